#include "cli/together.hpp"

#include "cli/job.hpp"
#include "cli/usage.hpp"
#include "model/lockless/lockless.hpp"

#include <fmt/format.h>

namespace stalemate::cli {

void refuse_apart(const SearchOptions& options) {
  const auto refuse = [](const std::string& option, const char* why) {
    throw UsageError(fmt::format("--mpi does not go together with {}: {}", option, why));
  };
  if (options.threads > 1)
    refuse(fmt::format("--threads {}", options.threads), "start more ranks instead");
  if (options.store != "exact")
    refuse("--store " + options.store, "ranks keep states whole, each a part of them");
  if (options.audit != 0) refuse("--audit", "one process alone can do that");
}

void refuse_apart(const std::vector<Candidate>& candidates) {
  if (candidates.size() != 1)
    throw UsageError(fmt::format("--mpi searches one variant, not {}: say which, as in {}",
                                 candidates.size(),
                                 candidates.front().name()));
  if (kernel::lockless::is_for_relacy(candidates.front().scenario))
    throw UsageError(
        fmt::format("{}: is a protocol, which Relacy executes in one process, not with --mpi",
                    candidates.front().name()));
}

void search_together(const SearchOptions& options, Limits& limits) {
  limits.ranks = job();
  if (options.memory_max == 0) limits.memory_max /= static_cast<std::uint64_t>(job()->count_here());
}

} // namespace stalemate::cli
