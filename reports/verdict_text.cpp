#include "reports/verdict_text.hpp"

#include "reports/words.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>

namespace stalemate::report {

namespace {

std::string counts_text(const Counts& counts) {
  return fmt::format("{}, {}, depth {}",
                     counted(counts.states, "state"),
                     counted(counts.transitions, "transition"),
                     grouped(counts.depth));
}

std::string outcome(const ir::Model& model, const Result& result) {
  const auto steps = counted(result.schedule.size(), "step");
  switch (result.verdict) {
  case Verdict::holds:
    return verdict_text(result.verdict, result.omission);
  case Verdict::violated:
    return fmt::format("{} is violated after {}",
                       model.properties[static_cast<std::size_t>(result.property)].name,
                       steps);
  case Verdict::latent:
    return fmt::format("{}: {} breaks after {}, and no harm comes of it here",
                       verdict_text(result.verdict, result.omission),
                       model.properties[static_cast<std::size_t>(result.property)].name,
                       steps);
  case Verdict::deadlock:
    return "deadlock after " + steps;
  case Verdict::livelock:
  case Verdict::starvation:
    return fmt::format("{}: {}{} after {}{}",
                       model.properties[static_cast<std::size_t>(result.property)].name,
                       word(result.verdict),
                       result.verdict == Verdict::livelock || result.process < 0
                           ? ""
                           : " of " + process_of(model, result.process).name,
                       steps,
                       result.loop.empty() ? "" : fmt::format(", loop of {}", result.loop.size()));
  case Verdict::stuck:
    return fmt::format("{}: stuck after {}",
                       model.properties[static_cast<std::size_t>(result.property)].name,
                       steps);
  case Verdict::unreachable:
    return fmt::format("{}: no run comes to such a state",
                       model.properties[static_cast<std::size_t>(result.property)].name);
  case Verdict::incomplete:
    return "incomplete (" + result.reason + ")";
  case Verdict::model_error:
    break;
  }
  return fmt::format("model error after {} ({})", steps, result.reason);
}

/// The search came to its end, whatever it then found.
bool is_complete(const ir::Model& model, const Result& result) {
  const bool is_about_runs =
      names_property(result.verdict) &&
      ir::is_about_runs(model.properties[static_cast<std::size_t>(result.property)].kind);
  return result.verdict == Verdict::holds || result.verdict == Verdict::unreachable ||
         is_about_runs || !result.stranded.empty();
}

} // namespace

std::string
verdict_line(const std::string& scenario, const ir::Model& model, const Result& result) {
  return printable(fmt::format("{}: {}: {}{}{}{}",
                               scenario,
                               outcome(model, result),
                               counts_text(result.counts),
                               result.is_reduced ? ", reduced" : "",
                               is_complete(model, result) ? "" : " so far",
                               result.omission > 0 ? ", " + omission_text(result.omission) : ""));
}

void write_verdict_text(const std::string& scenario,
                        const ir::Model& model,
                        const Result& result,
                        const std::vector<std::string>& expected,
                        std::ostream& out) {
  for (const auto& line : wrapped(verdict_line(scenario, model, result), line_columns, 2))
    out << line << '\n';
  if (result.verdict != Verdict::holds) return;

  const auto never = never_taken(model, result.coverage);
  if (never.empty()) {
    out << "  every step was taken\n";
    return;
  }
  out << "  never taken:\n";
  std::set<std::string> told; // Several paths may share a step.
  for (const NeverTaken& n : never) {
    if (!told.insert(n.text()).second) continue;
    const bool is_expected = std::ranges::find(expected, n.text()) != expected.end();
    const auto text = n.text() + (is_expected ? " (expected)" : "");
    for (const auto& line : wrapped(text, line_columns - 4, 2))
      out << "    " << line << '\n';
  }
}

} // namespace stalemate::report
