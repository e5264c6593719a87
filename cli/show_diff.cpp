#include "cli/show_diff.hpp"

#include "cli/usage.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/excerpt.hpp"
#include "reports/machine_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <sstream>
#include <vector>

namespace stalemate::cli {

namespace {

void check_runs(const ir::Model& model, const std::string& path) {
  std::vector<std::string> known;
  for (const ir::Process& process : model.processes)
    if (std::ranges::find(known, process.path) == known.end()) known.push_back(process.path);
  if (!path.empty() && std::ranges::find(known, path) == known.end())
    throw UsageError(fmt::format("{}: no process runs {}; there are: {}",
                                 model.name,
                                 kernel::excerpt(path),
                                 kernel::nearest_first(path, known)));
}

} // namespace

void write_difference(const Candidate& candidate,
                      const std::string& path,
                      bool is_colour,
                      std::ostream& out) {
  check_runs(candidate.model, path);
  const ir::Model before = kernel::build_model(kernel::without_edits(candidate.scenario));
  const ir::Model after = kernel::build_model(kernel::without_own_claims(candidate.scenario));
  out << fmt::format(
      "{}: {}\n", candidate.name(), kernel::printable(candidate.scenario.title, 200));
  for (const std::string& edit : after.edits)
    out << "  " << kernel::printable(edit, 1000) << '\n';
  std::set<std::string> written; // Processes of one path mostly differ in the same way.
  for (std::size_t p = 0; p < after.processes.size(); ++p) {
    if (!path.empty() && after.processes[p].path != path) continue;
    std::ostringstream text;
    report::write_machine_diff(before, after, static_cast<int>(p), is_colour, text);
    if (!text.str().empty() && written.insert(text.str()).second) out << '\n' << text.str();
  }
  if (written.empty())
    out << (after.edits.empty() ? "  there are no edits\n"
            : path.empty()      ? "  no path differs\n"
                                : fmt::format("  {} does not differ\n", path));
}

} // namespace stalemate::cli
