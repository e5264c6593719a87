#include "cli/job.hpp"

#include "checker/ranks/words_of.hpp"
#include "cli/usage.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace stalemate::cli {

namespace {

std::unique_ptr<Job>& joined() {
  static std::unique_ptr<Job> job;
  return job;
}

int& loud_stderr() {
  static int file = 2;
  return file;
}

/// Only the first rank speaks.
void be_silent() {
  loud_stderr() = ::dup(2);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  ::dup2(nowhere, 1);
  ::dup2(nowhere, 2);
  ::close(nowhere);
}

std::string text_of(const std::exception_ptr& failure) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

} // namespace

void join_job_if_asked(const std::vector<std::string>& words) {
  if (job() != nullptr || std::ranges::find(words, "--mpi") == words.end()) return;
  std::string problem;
  joined() = join_job(problem);
  if (!joined())
    throw UsageError(
        fmt::format("--mpi: this build has no MPI, or it cannot be loaded: {}", problem));
  if (job()->number() != 0) be_silent();
}

Job* job() {
  return joined().get();
}

void leave_job() {
  joined().reset();
}

void abort_job(const std::string& what, int status) {
  if (job() == nullptr) return;
  const std::string line = fmt::format("stalemate: rank {}: {}\n", job()->number(), what);
  if (job()->number() != 0) (void)!::write(loud_stderr(), line.data(), line.size());
  job()->abort(status);
}

void expect_of_all_ranks(const std::exception_ptr& failure) {
  if (job() != nullptr) {
    const auto all = job()->share(std::array{std::uint64_t{failure ? 1U : 0U}});
    const auto first = std::ranges::find(all, 1U);
    const auto rank = static_cast<int>(first - all.begin());
    if (first != all.end() && rank != 0) {
      const std::string what = words_of(rank, text_of(failure), *job());
      if (!failure) throw UsageError(fmt::format("rank {}: {}", rank, what));
    }
  }
  if (failure) std::rethrow_exception(failure);
}

} // namespace stalemate::cli
