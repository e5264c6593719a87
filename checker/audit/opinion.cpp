#include "checker/audit/opinion.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate {

namespace {

std::string name_of(const ir::Model& model, Verdict verdict, int property) {
  if (property < 0) return word(verdict);
  return fmt::format(
      "{} ({})", word(verdict), model.properties[static_cast<std::size_t>(property)].name);
}

/// Claims about runs are decided when all states are known and none broke a claim of its own. The
/// others are not asked about them: to them, such a model holds.
bool holds_in_every_state(const ir::Model& model, const Result& result) {
  switch (result.verdict) {
  case Verdict::holds:
  case Verdict::livelock:
  case Verdict::starvation:
  case Verdict::stuck:
  case Verdict::unreachable:
    return true;
  case Verdict::deadlock:
    return !result.stranded.empty();
  case Verdict::violated: // or a goal that is never reached
    return ir::is_about_runs(model.properties[static_cast<std::size_t>(result.property)].kind);
  case Verdict::latent:
  case Verdict::incomplete:
  case Verdict::model_error:
    break;
  }
  return false;
}

} // namespace

std::string disagreement(const ir::Model& model, const Result& result, const Opinion& opinion) {
  if (!opinion.failure.empty()) return "no opinion: " + opinion.failure;
  if (opinion.findings.empty()) {
    if (!holds_in_every_state(model, result))
      return fmt::format("{} after {} steps; the other: holds",
                         name_of(model, result.verdict, result.property),
                         result.schedule.size());
    if (result.counts.states == opinion.states && result.counts.transitions == opinion.transitions)
      return {};
    return fmt::format("{} states, {} transitions; the other: {} states, {} transitions",
                       result.counts.states,
                       result.counts.transitions,
                       opinion.states,
                       opinion.transitions);
  }

  const std::uint64_t length =
      std::ranges::min_element(opinion.findings, {}, &Finding::length)->length;
  std::string theirs;
  for (const Finding& finding : opinion.findings) {
    if (finding.length != length) continue;
    if (finding.verdict == result.verdict && finding.property == result.property &&
        length == result.schedule.size())
      return {};
    const std::string one = name_of(model, finding.verdict, finding.property);
    if (theirs.find(one) == std::string::npos) theirs += (theirs.empty() ? "" : ", ") + one;
  }
  return fmt::format("{} after {} steps; the other: {} after {} steps",
                     name_of(model, result.verdict, result.property),
                     result.schedule.size(),
                     theirs,
                     length);
}

ir::Model without_claims(ir::Model model) {
  for (ir::Process& process : model.processes)
    for (ir::Step& step : process.steps)
      for (ir::Alternative& way : step.alternatives)
        std::erase_if(way.checks,
                      [](const ir::Check& check) { return check.property != ir::none; });
  model.properties.clear();
  return model;
}

} // namespace stalemate
