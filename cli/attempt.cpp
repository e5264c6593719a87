#include "cli/attempt.hpp"

#include "cli/finding.hpp"
#include "cli/reach.hpp"
#include "cli/saved_trace.hpp"
#include "cli/usage.hpp"
#include "cli/write_trace.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/cast.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/knob.hpp"
#include "model/scenario/release.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/scenario/version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace stalemate::cli {

namespace {

namespace fs = std::filesystem;

// Others have no map, and behave in another way where a trace of theirs matters.
void refuse_others_than_xfs(const Candidate& candidate) {
  if (candidate.scenario.subsystem->name != "iomap")
    throw UsageError(fmt::format("{}: only scenarios with \"file\" can be run: there is no program "
                                 "for {}",
                                 candidate.name(),
                                 candidate.scenario.subsystem->section));
  if (candidate.scenario.layout_words.find("large_folios") != std::string::npos)
    throw UsageError(
        fmt::format("{}: no program makes a large folio and has it split", candidate.name()));
  const auto& knobs = candidate.scenario.subsystem->knobs;
  const auto filesystem = std::ranges::find(knobs, "filesystem", &kernel::Knob::name);
  const auto set = candidate.scenario.kernel.find("filesystem");
  if (filesystem == knobs.end() || set == candidate.scenario.kernel.end()) return;
  if (const std::string name = filesystem->value_name(set->second); name != "xfs")
    throw UsageError(fmt::format(
        "{}: it is about {}, and only XFS has a map of its functions", candidate.name(), name));
}

// That everyone who comes to an end has come there.
std::string all_done(const kernel::Scenario& scenario) {
  std::string text;
  for (const kernel::Cast& process : kernel::cast_of(scenario, scenario.subsystem->paths)) {
    const auto& paths = scenario.subsystem->paths;
    const auto path = std::ranges::find(paths, process.path, &kernel::PathEntry::name);
    if (path == paths.end() || path->is_daemon) continue;
    text += fmt::format("{}done({})", text.empty() ? "" : " && ", process.name);
  }
  return text;
}

Candidate
candidate_of(const AttemptOptions& options, const std::string& version, ScenarioOptions& asks) {
  const auto load = [&] { return load_one(options.what, overrides_of(asks, {options.what})); };
  Candidate candidate = load();
  const bool says_version = candidate.scenario.kernel.contains(kernel::version_knob_name);
  if (says_version) return candidate;
  asks.set.push_back(fmt::format("{}={}", kernel::version_knob_name, version));
  return load();
}

// One with a map, so that it is known.
kernel::Version version_named(const std::string& name) {
  const auto& all = kernel::versions();
  const auto found = std::ranges::find(all, name, &kernel::Word::name);
  if (found == all.end())
    throw UsageError(fmt::format("the model knows no {}", kernel::printable(name, 40)));
  return static_cast<kernel::Version>(found - all.begin());
}

// Where the kernel that runs, as it was released, cannot follow the trace; by the model.
std::string
departure(const Candidate& candidate, const report::SavedTrace& trace, kernel::Version version) {
  Candidate released = candidate;
  try {
    released.scenario = kernel::as_released(candidate.scenario, version);
    released.model = kernel::build_model(released.scenario);
    const Followed run = followed(model_of(released, verdict_of(trace.verdict)), trace);
    if (!run.departure.empty() || run.left_out.empty()) return run.departure;
    return fmt::format("there is no {}", run.left_out.front());
  } catch (const kernel::ScenarioError& error) { // Some of what it has is newer.
    return error.what();
  }
}

Attempt of_scenario(const AttemptOptions& options, const std::string& version) {
  ScenarioOptions asks = options.scenario;
  Candidate candidate = candidate_of(options, version, asks);
  Attempt attempt;
  attempt.name = candidate.name();
  refuse_others_than_xfs(candidate);
  attempt.expected = load_one(options.what).scenario.expect.property;
  Finding finding = find(candidate, limits_of(options.search), reductions_of(options.search));
  if (!finding.trace && finding.result.verdict == Verdict::holds) {
    attempt.is_harmless = true;
    for (const ir::Property& property : candidate.model.properties)
      attempt.claims.push_back(property.name);
    asks.claims.clear();
    asks.reach = all_done(candidate.scenario);
    candidate = asked(load_one(options.what, overrides_of(asks, {options.what})), asks);
    finding = find(candidate, limits_of(options.search), reductions_of(options.search));
  }
  if (!finding.trace)
    throw UsageError("there is no trace to run: " + verdict_line(candidate, finding));
  attempt.json = trace_json(candidate, asks, finding);
  attempt.trace = report::read_schedule(attempt.json);
  const std::string& of = kernel::name_of(kernel::version_of(candidate.scenario.kernel));
  if (of != version)
    attempt.remarks.push_back(
        fmt::format("the trace is one of {}, the kernel that runs is {}", of, version));
  if (!attempt.is_harmless)
    attempt.departure = departure(candidate, attempt.trace, version_named(version));
  if (!attempt.departure.empty())
    attempt.remarks.push_back(
        fmt::format("it is not a run of {} as released: {}", version, attempt.departure));
  if (attempt.is_harmless)
    attempt.remarks.push_back("the model holds: what is tried is one run to its end");
  return attempt;
}

} // namespace

Attempt attempt_of(const AttemptOptions& options, const std::string& version) {
  const fs::path path(options.what);
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return of_scenario(options, version);
  const std::string text = kernel::read_text(options.what, trace_bytes_max);
  if (text.find("\"stalemate-trace\"") == std::string::npos) return of_scenario(options, version);
  Attempt attempt;
  attempt.json = text;
  try {
    attempt.trace = report::read_schedule(text);
  } catch (const report::TraceFileError& wrong) {
    throw kernel::InputError(
        fmt::format("{}: {}", kernel::printable(options.what, 300), wrong.what()));
  }
  attempt.name = attempt.trace.title.substr(0, attempt.trace.title.find(':'));
  attempt.is_harmless = !attempt.trace.reach.empty();
  return attempt;
}

} // namespace stalemate::cli
