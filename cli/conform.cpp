#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/kit.hpp"
#include "cli/output.hpp"
#include "cli/played.hpp"
#include "cli/search_options.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"
#include "reproduce/conform/judge.hpp"
#include "reproduce/folder.hpp"
#include "reproduce/refusal.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

struct ConformOptions {
  std::vector<std::string> logs;
  std::string scenario;
  SearchOptions search;
};

constexpr std::size_t log_bytes_max = 16U << 20U;

/// What it takes to judge logs of one version.
struct Judge {
  explicit Judge(const std::string& version)
      : map(map_of(kit_folder(), version)),
        sightings(reproduce::read_sightings(
            "conform/" + version + ".json",
            reproduce::kit_text(kit_folder(), "conform/" + version + ".json"))),
        programs(reproduce::read_programs("programs.json",
                                          reproduce::kit_text(kit_folder(), "programs.json"))) {}

  reproduce::KernelMap map;
  reproduce::Sightings sightings;
  reproduce::Programs programs;
};

Status conform_one(const ConformOptions& options, const std::string& name) {
  const reproduce::Log log = reproduce::read_log(name, kernel::read_text(name, log_bytes_max));
  const std::string argument = options.scenario.empty() ? log.scenario : options.scenario;
  const Judge by(log.version);
  const Played run = played(argument, log.version, by.programs);
  const reproduce::Judgement judgement =
      reproduce::judge(log, run.subject(), by.sightings, by.map, limits_of(options.search));
  using Answer = reproduce::Judgement::Answer;
  switch (judgement.answer) {
  case Answer::run:
    std::cout << fmt::format("{}: a run of {}: {} events, {} states\n",
                             name,
                             run.candidate.name(),
                             judgement.events,
                             judgement.states);
    return as_expected;
  case Answer::no_run:
    std::cout << fmt::format("{}: no run of {}: {} of {} events are possible\n  {}\n",
                             name,
                             run.candidate.name(),
                             judgement.possible,
                             judgement.events,
                             judgement.reason);
    for (const std::string& line : judgement.details)
      std::cout << "  " << line << '\n';
    return not_as_expected;
  case Answer::incomplete_log:
    std::cout << fmt::format("{}: the log is incomplete: {}\n", name, judgement.reason);
    return not_complete;
  case Answer::unfinished:
    break;
  }
  std::cout << fmt::format("{}: incomplete: {}\n", name, judgement.reason);
  return not_complete;
}

Status conform(const ConformOptions& options) {
  Status status = as_expected;
  for (const std::string& log : options.logs) {
    try {
      status = gravest(status, conform_one(options, log));
    } catch (const reproduce::Refusal& error) {
      throw UsageError(fmt::format("{}: {}", kernel::printable(log, 300), error.what()));
    }
  }
  return status;
}

} // namespace

void add_conform(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ConformOptions>();
  CLI::App* command = app.add_subcommand(
      "conform", "Is what a running kernel did a run of the model? Judges recorded logs");
  command->add_option("logs", options->logs, "Recorded logs")->type_name("LOG ...")->required();
  command->add_option("--scenario", options->scenario, "Instead of what the log says")
      ->type_name("FILE[#VARIANT]");
  add_search_options(*command, options->search);
  command->callback([options, &action] { action = [options] { return conform(*options); }; });
}

} // namespace stalemate::cli
