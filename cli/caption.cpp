#include "cli/caption.hpp"

#include "model/lockless/lockless.hpp"
#include "model/scenario/describe.hpp"
#include "model/scenario/idle_knobs.hpp"
#include "reports/verdict_text.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace stalemate::cli {

namespace {

std::string claims_of(const ir::Model& model) {
  std::string claims;
  for (const ir::Property& property : model.properties)
    report::append(claims, property.name);
  return claims;
}

std::string overrides_of(const Candidate& candidate) {
  std::string options;
  std::string last; // A file says several things.
  for (const kernel::Override& one : candidate.file->overrides())
    if (one.option != last) report::append(options, last = one.option, " ");
  return options;
}

// Most names need no quotes, and are easier to read without.
std::string shell_word(const std::string& word) {
  constexpr std::string_view special = " \t\n\"'`$&|;<>()*?[]{}!~\\#";
  const bool is_plain =
      !word.empty() && word.front() != '#' && std::ranges::all_of(word, [&](char c) {
        return c == '#' || special.find(c) == std::string_view::npos;
      });
  if (is_plain) return word;
  std::string quoted = "'";
  for (const char c : word)
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

} // namespace

std::string argument_of(const Candidate& candidate) {
  const std::string& variant = candidate.scenario.variant;
  return candidate.file->name() + (variant.empty() ? "" : "#" + variant);
}

std::string command_of(const Candidate& candidate) {
  std::string command = "stalemate run " + shell_word(argument_of(candidate));
  if (const auto options = overrides_of(candidate); !options.empty()) command += " " + options;
  return command;
}

report::Head head_of(const Candidate& candidate) {
  const kernel::Scenario& scenario = candidate.scenario;
  report::Head head{candidate.name(), scenario.title, {}};
  if (!scenario.notes.empty())
    head.lines.push_back({scenario.variant.empty() ? "notes" : "variant", scenario.notes});
  for (const auto& [label, text] : kernel::describe(scenario))
    head.lines.push_back({label, text});
  if (!candidate.model.edits.empty()) head.lines.push_back({"edits", {}, candidate.model.edits});
  head.lines.push_back({candidate.reach.empty() ? "claims" : "reach", claims_of(candidate.model)});
  if (const auto options = overrides_of(candidate); !options.empty())
    head.lines.push_back({"options", options});
  return head;
}

report::Caption title(const Candidate& candidate, const Result& result) {
  return {head_of(candidate), report::outcome_text(candidate.model, result), {}};
}

std::vector<std::string> remarks(const Candidate& candidate, const Finding& finding) {
  std::vector<std::string> remarks = idle_knobs(candidate);
  const auto never = report::ways_never_taken(candidate.model, finding.result).size();
  if (never > 0)
    remarks.push_back(fmt::format("{}; `run --never-taken` lists {}",
                                  report::never_taken_text(never),
                                  never == 1 ? "it" : "them"));
  if (finding.is_reduced_unasked)
    remarks.emplace_back("reduced: states that cannot change the verdict were left out; `--reduce "
                         "none` visits and counts all");
  if (finding.warning)
    remarks.push_back(fmt::format("a warning: {}; `stalemate trace {}` shows it",
                                  report::warning_text(candidate.model, *finding.warning),
                                  argument_of(candidate)));
  return remarks;
}

std::vector<std::string> idle_knobs(const Candidate& candidate) {
  std::vector<std::string> remarks;
  if (kernel::lockless::is_for_relacy(candidate.scenario)) return remarks;
  for (const std::string& knob : kernel::idle_knobs(candidate.scenario, candidate.model))
    remarks.push_back(
        knob == kernel::version_knob_name
            ? fmt::format("{} and {} do the same here",
                          kernel::name_of(kernel::version_of(candidate.scenario.kernel)),
                          kernel::name_of(kernel::newest))
            : fmt::format("the knob {} changes nothing here", knob));
  return remarks;
}

report::Caption answer(const Candidate& candidate, const Finding& finding) {
  report::Caption caption{head_of(candidate), answer_text(candidate, finding), {}};
  const bool is_proof = finding.result.verdict == Verdict::holds && finding.within.empty();
  if (is_proof && report::ways_never_taken(candidate.model, finding.result).empty())
    caption.remarks.emplace_back("every step was taken");
  for (const std::string& remark : remarks(candidate, finding))
    caption.remarks.push_back(remark);
  for (const std::string& surprise : finding.surprises)
    caption.remarks.push_back("NOT AS EXPECTED: " + surprise);
  if (!finding.is_question && finding.status() == as_expected)
    caption.remarks.emplace_back("as expected");
  return caption;
}

} // namespace stalemate::cli
