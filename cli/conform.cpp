#include "checker/outside/command.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/kit.hpp"
#include "cli/output.hpp"
#include "cli/played.hpp"
#include "cli/search_options.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"
#include "reproduce/conform/campaign.hpp"
#include "reproduce/conform/judge.hpp"
#include "reproduce/conform/mutate.hpp"
#include "reproduce/conform/tally.hpp"
#include "reproduce/folder.hpp"
#include "reproduce/map_library.hpp"
#include "reproduce/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t log_bytes_max = 16U << 20U;
constexpr auto log_ending = ".log";

struct ConformOptions {
  std::vector<std::string> what;
  std::string scenario;
  int mutants = 0;
  std::string page;
  // Of a campaign.
  bool is_campaign = false;
  std::string folder = "conformance";
  std::string kernel;
  int runs = 10;
  int seed = 1;
  std::vector<int> cpus{1, 2};
  reproduce::Boot boot;
  SearchOptions search;
};

/// What it takes to judge logs of one version, and the scenarios that were asked about before.
class Judge {
 public:
  explicit Judge(const std::string& version)
      : map(reproduce::kernel_map_of(kit_folder(), reproduce::Carrier::module, version)),
        sightings(reproduce::read_sightings(
            "conform/" + version + ".json",
            reproduce::kit_text(kit_folder(), "conform/" + version + ".json"))),
        programs(reproduce::read_programs("programs.json",
                                          reproduce::kit_text(kit_folder(), "programs.json"))),
        version_(version) {}

  const Played& played(const std::string& argument) {
    auto& known = played_[argument];
    if (!known) known = std::make_unique<Played>(cli::played(argument, version_, programs));
    return *known;
  }

  reproduce::KernelMap map;
  reproduce::Sightings sightings;
  reproduce::Programs programs;

 private:
  std::string version_;
  std::map<std::string, std::unique_ptr<Played>> played_;
};

// --- Logs that are there -----------------------------------------------------------------------

// Of folders those in and below them, sorted.
std::vector<std::string> logs_in(const std::vector<std::string>& arguments) {
  std::vector<std::string> logs;
  for (const std::string& argument : arguments) {
    std::error_code error;
    if (!fs::is_directory(argument, error)) {
      logs.push_back(argument);
      continue;
    }
    const std::size_t before = logs.size();
    for (const auto& entry : fs::recursive_directory_iterator(argument, error))
      if (entry.path().extension() == log_ending) logs.push_back(entry.path().string());
    if (logs.size() == before)
      throw UsageError(fmt::format("{}: no log is there", kernel::printable(argument, 300)));
    std::sort(logs.begin() + static_cast<std::ptrdiff_t>(before), logs.end());
  }
  return logs;
}

Status
say(const std::string& name, const std::string& scenario, const reproduce::Judgement& judgement) {
  using Answer = reproduce::Judgement::Answer;
  switch (judgement.answer) {
  case Answer::run:
    std::cout << fmt::format("{}: a run of {}: {} events\n", name, scenario, judgement.events);
    return as_expected;
  case Answer::no_run:
    std::cout << fmt::format("{}: no run of {}: {} of {} events are possible\n  {}\n",
                             name,
                             scenario,
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

bool is_same(const observe::Observation& a, const observe::Observation& b) {
  return std::ranges::equal(a.events, b.events, {}, &observe::Event::text, &observe::Event::text);
}

class Conformance {
 public:
  explicit Conformance(const ConformOptions& options)
      : options_(options), limits_(limits_of(options.search)) {}

  Status one(const std::string& name) {
    const reproduce::Log log = reproduce::read_log(name, kernel::read_text(name, log_bytes_max));
    if (!judge_) judge_ = std::make_unique<Judge>(log.version);
    const std::string& argument = options_.scenario.empty() ? log.scenario : options_.scenario;
    const Played& run = judge_->played(argument);
    const reproduce::Observed seen = observed(log, run);
    const reproduce::Judgement judgement = reproduce::judge(log, seen, run.subject(), limits_);
    tally.add(log, run.candidate.name(), run.subject().geometry.blocks(), judgement);
    if (judgement.answer == reproduce::Judgement::Answer::run) change(log, seen, run);
    if (is_told_one_by_one) return say(name, run.candidate.name(), judgement);
    return judgement.answer == reproduce::Judgement::Answer::no_run ? not_as_expected : as_expected;
  }

  /// The figures within what there is to say about them.
  [[nodiscard]] std::string page() const {
    std::string text = reproduce::kit_text(kit_folder(), "conform/page.md");
    const std::string mark = "@FIGURES@\n";
    const auto at = text.find(mark);
    return text.replace(at, mark.size(), tally.markdown(judge_->sightings.divergences));
  }

  reproduce::Tally tally;
  bool is_told_one_by_one = true;

 private:
  reproduce::Observed observed(const reproduce::Log& log, const Played& run) {
    return reproduce::observe(log, run.candidate.model, judge_->sightings, judge_->map);
  }

  // So many of each kind. One in which nothing that stands for a step has changed is none.
  void change(const reproduce::Log& log, const reproduce::Observed& seen, const Played& run) {
    constexpr int tries = 8;
    for (const reproduce::Change change : reproduce::all_changes)
      for (int i = 0; i < options_.mutants; ++i)
        for (int t = 0; t < tries; ++t) {
          const auto mutant =
              reproduce::mutant_of(log, {seen.arrivals, seen.values}, change, next_seed_++);
          if (!mutant) continue;
          const reproduce::Observed other = observed(mutant->log, run);
          if (change != reproduce::Change::content && is_same(seen.observation, other.observation))
            continue;
          tally.add(change,
                    *mutant,
                    reproduce::judge(mutant->log, other, run.subject(), limits_),
                    !seen.demanded.contains(mutant->function));
          break;
        }
  }

  const ConformOptions& options_;
  Limits limits_;
  std::unique_ptr<Judge> judge_;
  std::uint32_t next_seed_ = 1;
};

// --- A campaign ----------------------------------------------------------------------------------

std::string plain(std::string name) {
  std::ranges::replace_if(
      name, [](char c) { return c == '#' || c == '/' || c == ' '; }, '-');
  return name;
}

std::vector<reproduce::Play> plays_of(const ConformOptions& options, Judge& judge) {
  std::vector<reproduce::Play> plays;
  for (const Candidate& candidate : load_all(options.what)) {
    const std::string argument =
        fmt::format("{}#{}", candidate.file->name(), candidate.scenario.variant);
    const Played& run = judge.played(argument);
    plays.push_back({plain(run.candidate.name()),
                     argument,
                     reproduce::play(run.candidate.name(), run.begins, judge.programs),
                     run.subject().geometry.block_bytes()});
  }
  return plays;
}

// Runs all of them in one boot, and writes the logs.
void record(const ConformOptions& options,
            const std::vector<reproduce::Play>& plays,
            const Judge& judge,
            const reproduce::Boot& boot,
            const std::string& kernel) {
  const std::string version = version_of_image(kernel);
  const std::string guest = (fs::path(options.folder) / "guest").string();
  reproduce::write_files(
      reproduce::campaign_files(plays, judge.sightings, judge.map, boot, kit_folder()), guest);
  std::cerr << fmt::format("stalemate: {} runs on {} CPUs, seeds from {} on\n",
                           boot.runs * static_cast<int>(plays.size()),
                           boot.cpus,
                           boot.seed);
  const Ran ran = run({"./run.sh", fs::absolute(kernel).string()}, guest, 100'000);
  write_output((fs::path(options.folder) / "serial.log").string(), ran.out);
  const reproduce::Recorded recorded =
      reproduce::read_recorded(ran.out, watched_functions(judge.sightings, judge.map));
  for (const std::string& what : recorded.broken)
    std::cerr << "stalemate: the guest: " << what << '\n';
  if (!recorded.is_complete)
    std::cerr << fmt::format("stalemate: incomplete: the guest did not come to its end, "
                             "{}/serial.log has what it printed\n",
                             options.folder);
  std::map<std::string, int> numbers;
  fs::create_directories(fs::path(options.folder) / "logs");
  for (reproduce::Log log : recorded.logs) {
    const auto play = std::ranges::find(plays, log.scenario, &reproduce::Play::name);
    if (play == plays.end()) continue;
    const std::string name = fmt::format(
        "{}-{}-{}-{:03}{}", play->name, boot.cpus, boot.seed, ++numbers[play->name], log_ending);
    log.scenario = play->scenario;
    log.version = version;
    log.kernel += fmt::format(", {} CPU{}", boot.cpus, boot.cpus == 1 ? "" : "s");
    write_output((fs::path(options.folder) / "logs" / name).string(), text_of(log));
  }
}

void campaign(const ConformOptions& options) {
  const std::string kernel = options.kernel.empty() ? installed_kernel() : options.kernel;
  for (const char* program : {"qemu-system-x86_64", "busybox", "cpio", "cc", "make"})
    if (!has_program(program))
      throw UsageError(fmt::format("{} is missing; `./dev conform` installs it", program));
  Judge judge(version_of_image(kernel));
  const auto plays = plays_of(options, judge);
  fs::remove_all(options.folder);
  for (const int cpus : options.cpus) {
    reproduce::Boot boot = options.boot;
    boot.runs = options.runs;
    boot.cpus = cpus;
    boot.seed = static_cast<unsigned>(options.seed);
    record(options, plays, judge, boot, kernel);
  }
}

Status conform_all(const ConformOptions& options) {
  if (options.is_campaign) campaign(options);
  const auto logs =
      logs_in(options.is_campaign ? std::vector{options.folder + "/logs"} : options.what);
  Conformance conformance(options);
  conformance.is_told_one_by_one =
      logs.size() == 1 || (!options.is_campaign && options.mutants == 0);
  Status status = as_expected;
  for (const std::string& log : logs)
    status = gravest(status, conformance.one(log));
  if (!conformance.is_told_one_by_one)
    for (const std::string& line : conformance.tally.text())
      std::cout << line << '\n';
  if (!options.page.empty()) write_output(options.page, conformance.page());
  return status;
}

Status conform(const ConformOptions& options) {
  try {
    return conform_all(options);
  } catch (const reproduce::Refusal& error) {
    throw UsageError(error.what());
  }
}

} // namespace

void add_conform(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ConformOptions>();
  CLI::App* command = app.add_subcommand(
      "conform",
      "Is what a running kernel did a run of the model? Judges recorded logs; status 0 if all are, "
      "1 if one is not, 3 if a log is incomplete");
  command
      ->add_option("what",
                   options->what,
                   "Logs, or folders with logs; of a campaign scenarios, or folders with scenarios")
      ->type_name("LOG | FOLDER ...")
      ->required();
  command
      ->add_option("--scenario",
                   options->scenario,
                   "Of which the logs may be runs, instead of what they say")
      ->type_name("FILE[#VARIANT]");
  command
      ->add_option(
          "--mutants",
          options->mutants,
          "Change every log that is a run so often in each way, and judge again; 0 if absent")
      ->type_name("N")
      ->check(between(0, 1000));
  command->add_option("-o,--output", options->page, "Where to write the figures to, as Markdown")
      ->type_name("FILE");
  command->add_flag("--campaign",
                    options->is_campaign,
                    "Record the logs first: in an emulated machine, with random delays");
  command->add_option("--kernel", options->kernel, "Of a campaign: its image, as for `reproduce`")
      ->type_name("IMAGE");
  command
      ->add_option(
          "--runs", options->runs, "Of a campaign: runs of each scenario in a boot; 10 if absent")
      ->type_name("N")
      ->check(between(1, 10'000));
  command
      ->add_option("--cpus",
                   options->cpus,
                   "Of a campaign: a boot with each of these numbers of CPUs; 1 2 if absent")
      ->type_name("N ...")
      ->check(between(1, 8));
  command->add_option("--seed", options->seed, "Of a campaign: of the first run; 1 if absent")
      ->type_name("N")
      ->check(between(1, 1'000'000));
  command
      ->add_option("--jitter",
                   options->boot.jitter_us,
                   "Of a campaign: microseconds that a delay takes at most; 4000 if absent")
      ->type_name("N")
      ->check(between(1, 1'000'000));
  command
      ->add_option("--out",
                   options->folder,
                   "Of a campaign: the folder that it writes to; conformance if absent")
      ->type_name("DIR");
  add_limits(*command, options->search);
  command->footer(
      command->get_footer() +
      "\n\nExamples:\n"
      "  stalemate conform conformance/logs/C1-one-1-1-001.log\n"
      "  stalemate conform run.log --scenario R1#none\n"
      "  stalemate conform --campaign reproduce/campaign --runs 13 --mutants 1 -o conformance.md");
  command->callback([options, &action] { action = [options] { return conform(*options); }; });
}

} // namespace stalemate::cli
