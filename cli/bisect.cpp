#include "reports/bisect.hpp"
#include "checker/ir/identity.hpp"
#include "cli/caption.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/output.hpp"
#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "cli/signals.hpp"
#include "cli/usage.hpp"
#include "model/lockless/lockless.hpp"
#include "model/own/patch.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/subsystem.hpp"
#include "reports/trace_text.hpp"
#include "reports/verdict_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

struct BisectOptions {
  std::string file;
  std::string from;
  std::string to;
  std::string format = "text";
  bool traces = false;
  SearchOptions search;
  ScenarioOptions scenario;
};

/// A set of changes, as bits.
using Set = std::uint32_t;
constexpr std::size_t changes_max = 16;

/// One of the things in which two kernels differ: an edit, or a knob.
struct Difference {
  std::string text;
  std::optional<kernel::own::Edit> edit = {};
  std::pair<std::string, int> knob = {};
};

/// Two kernels, and what lies between them.
struct Range {
  kernel::Scenario before; ///< None of the changes.
  std::string name_before;
  std::string name_after;
  std::vector<Difference> changes;

  [[nodiscard]] kernel::Scenario with(Set set) const {
    kernel::Scenario scenario = before;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      if ((set >> i & 1U) == 0) continue;
      if (changes[i].edit)
        scenario.own.patch.push_back(*changes[i].edit);
      else
        scenario.kernel[changes[i].knob.first] = changes[i].knob.second;
    }
    return scenario;
  }

  [[nodiscard]] Set all() const { return (Set{1} << changes.size()) - 1; }
};

std::string knob_text(const kernel::Knob& knob, int value) {
  return fmt::format("{}={}", knob.name, knob.value_name(value));
}

const kernel::Knob& knob_named(const kernel::Scenario& scenario, const std::string& name) {
  return *std::ranges::find(scenario.subsystem->knobs, name, &kernel::Knob::name);
}

/// The edits and knobs of a scenario.
Range patch_of(const Candidate& candidate) {
  Range range{candidate.scenario, "without", "with all", {}};
  for (const kernel::own::Edit& edit : candidate.scenario.own.patch)
    range.changes.push_back({kernel::own::text_of(edit), edit, {}});
  for (const auto& [name, value] : candidate.scenario.kernel)
    if (name != kernel::version_knob_name)
      range.changes.push_back(
          {knob_text(knob_named(candidate.scenario, name), value), {}, {name, value}});
  range.before.own.patch.clear();
  std::erase_if(range.before.kernel,
                [](const auto& knob) { return knob.first != kernel::version_knob_name; });
  return range;
}

kernel::Version version_of(const std::string& name) {
  const auto at = std::ranges::find(kernel::versions(), name, &kernel::Word::name);
  return static_cast<kernel::Version>(at - kernel::versions().begin());
}

/// What two releases differ in, but for knobs that the scenario sets itself.
Range releases_of(const Candidate& candidate, const BisectOptions& options) {
  Range range{candidate.scenario, options.from, options.to, {}};
  const kernel::Version from = version_of(options.from);
  const kernel::Version to = version_of(options.to);
  range.before.kernel[kernel::version_knob_name] = static_cast<int>(from);
  for (const kernel::Knob& knob : candidate.scenario.subsystem->knobs)
    if (knob.value_in(from) != knob.value_in(to) && !candidate.scenario.kernel.contains(knob.name))
      range.changes.push_back(
          {knob_text(knob, knob.value_in(to)), {}, {knob.name, knob.value_in(to)}});
  return range;
}

/// Looks at kernels between two, each once.
class Bisector {
 public:
  Bisector(const Candidate& candidate, Range range, const Limits& limits)
      : candidate_(candidate), range_(std::move(range)), limits_(limits) {
    range_.before.expect = {};
  }

  report::Bisection run() {
    leave_out_idle();
    if (range_.changes.size() > changes_max)
      throw UsageError(fmt::format("{} changes are too many to try all sets of; {} is possible",
                                   range_.changes.size(),
                                   changes_max));
    const Set all = range_.all();
    before_ = require(0, range_.name_before);
    after_ = require(all, range_.name_after);
    result_.scenario = candidate_.name();
    result_.before = range_.name_before;
    result_.after = range_.name_after;
    result_.answer_before = before_.text;
    result_.answer_after = after_.text;
    for (const Difference& change : range_.changes)
      result_.changes.push_back(change.text);
    if (key_of(before_) != key_of(after_)) {
      result_.enough = smallest([&](Set set) { return is_after(set); }, 0);
      result_.needed = smallest([&](Set set) { return is_before(all & ~set); }, all);
    }
    result_.kernels = known_.size();
    return std::move(result_);
  }

  /// The race of a side that breaks.
  void write_traces(std::ostream& out) {
    for (const Set set : {Set{0}, range_.all()}) {
      const Candidate side = made(set);
      const Finding finding = find(side, limits_);
      if (!finding.trace) continue;
      out << '\n';
      report::write_trace_text(side.model,
                               *finding.trace,
                               answer(side, finding),
                               report::Detailed::race,
                               stdout_has_colour(),
                               out);
    }
  }

 private:
  struct Answer {
    bool is_known = false;
    bool holds = false;
    std::string claim; ///< What breaks, and how.
    std::string text;  ///< Or why nothing is known.
  };

  [[nodiscard]] Candidate made(Set set) const {
    kernel::Scenario scenario = range_.with(set);
    ir::Model model = kernel::build_model(scenario);
    return {candidate_.file, std::move(scenario), std::move(model), {}};
  }

  /// What changes nothing, neither alone nor missing in the whole.
  void leave_out_idle() {
    const auto all = std::exchange(range_.changes, {});
    const Range nothing = range_;
    Range whole = range_;
    whole.changes = all;
    for (std::size_t i = 0; i < all.size(); ++i) {
      Range alone = nothing;
      alone.changes = {all[i]};
      Range rest = nothing;
      rest.changes = all;
      rest.changes.erase(rest.changes.begin() + static_cast<std::ptrdiff_t>(i));
      const bool is_idle = !all[i].edit && identity_of(alone) == identity_of(nothing) &&
                           identity_of(rest) == identity_of(whole);
      if (is_idle)
        result_.idle.push_back(all[i].text);
      else
        range_.changes.push_back(all[i]);
    }
  }

  static std::optional<std::uint64_t> identity_of(const Range& range) {
    kernel::Scenario scenario = range.before;
    for (const Difference& change : range.changes)
      if (change.edit)
        scenario.own.patch.push_back(*change.edit);
      else
        scenario.kernel[change.knob.first] = change.knob.second;
    return kernel::identity_of(scenario);
  }

  const Answer& answer_of(Set set) {
    const auto known = sets_.find(set);
    if (known != sets_.end()) return known->second;
    Answer found;
    try {
      if (is_interrupted()) throw kernel::InputError("interrupted");
      const Candidate side = made(set);
      const auto [at, is_new] = known_.try_emplace(ir::identity(side.model));
      if (is_new) at->second = searched(side);
      found = at->second;
    } catch (const kernel::ScenarioError& error) {
      found.text = error.what();
    } catch (const kernel::InputError& error) {
      found.text = error.what();
    } catch (const ir::InvalidModel& error) {
      found.text = error.what();
    }
    return sets_.emplace(set, std::move(found)).first->second;
  }

  [[nodiscard]] Answer searched(const Candidate& side) const {
    const Finding finding = find(side, limits_);
    const Result& result = finding.shown();
    Answer found;
    found.text = report::outcome_text(side.model, result);
    found.is_known =
        result.verdict != Verdict::incomplete && result.verdict != Verdict::model_error;
    found.holds = result.verdict == Verdict::holds;
    found.claim = word(result.verdict);
    if (result.property >= 0)
      found.claim += " " + side.model.properties[static_cast<std::size_t>(result.property)].name;
    return found;
  }

  Answer require(Set set, const std::string& name) {
    Answer found = answer_of(set);
    if (!found.is_known)
      throw kernel::InputError(fmt::format(
          "{}: {}: {}: {}", candidate_.file->name(), candidate_.name(), name, found.text));
    return found;
  }

  /// That it holds, or which claim breaks, and how.
  static std::string key_of(const Answer& found) {
    if (!found.is_known) return "unknown";
    return found.holds ? "holds" : found.claim;
  }

  bool is_after(Set set) { return key_of(answer_of(set)) == key_of(after_); }
  bool is_before(Set set) {
    const Answer& found = answer_of(set);
    return found.is_known && key_of(found) != key_of(after_);
  }

  /// All sets of which it is true, and not of any set within them. `turned`: the changes that are
  /// not in the set are made.
  template <typename F>
  std::vector<report::Bisection::Set> smallest(F is_true, Set turned) {
    std::vector<Set> sets;
    for (Set set = 1; set <= range_.all(); ++set)
      sets.push_back(set);
    std::ranges::stable_sort(sets, {}, [](Set set) { return std::popcount(set); });
    std::vector<Set> found;
    std::vector<report::Bisection::Set> told;
    for (const Set set : sets) {
      const auto is_within = [&](Set one) { return (one & set) == one; };
      if (std::ranges::any_of(found, is_within)) continue;
      const bool is_it = is_true(set);
      const Answer& what = answer_of(turned == 0 ? set : turned & ~set);
      if (!what.is_known) note_unknown(turned == 0 ? set : turned & ~set, what);
      if (!is_it) continue;
      found.push_back(set);
      told.push_back({numbers_of(set), what.text});
    }
    return told;
  }

  void note_unknown(Set set, const Answer& what) {
    std::string text;
    for (const std::size_t change : numbers_of(set))
      text += (text.empty() ? "" : " + ") + range_.changes[change].text;
    const std::string line = fmt::format("{}: {}", text.empty() ? "nothing" : text, what.text);
    if (std::ranges::find(result_.undecided, line) == result_.undecided.end())
      result_.undecided.push_back(line);
  }

  [[nodiscard]] std::vector<std::size_t> numbers_of(Set set) const {
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < range_.changes.size(); ++i)
      if ((set >> i & 1U) != 0) numbers.push_back(i);
    return numbers;
  }

  const Candidate& candidate_;
  Range range_;
  const Limits& limits_;
  Answer before_;
  Answer after_;
  report::Bisection result_;
  std::map<Set, Answer> sets_;
  std::map<std::uint64_t, Answer> known_; ///< By the identity of the model.
};

Status bisect(const BisectOptions& options) {
  if (options.from.empty() != options.to.empty())
    throw UsageError("--from and --to go together: two releases, between which to look");
  const Candidate candidate =
      load_one(options.file, overrides_of(options.scenario, {options.file}));
  if (kernel::lockless::is_for_relacy(candidate.scenario))
    throw UsageError(fmt::format("{} is executed by Relacy, and has no kernel", candidate.name()));
  Range range = options.from.empty() ? patch_of(candidate) : releases_of(candidate, options);
  if (range.changes.empty())
    throw kernel::InputError(fmt::format("{}: {}: {}",
                                         candidate.file->name(),
                                         candidate.name(),
                                         options.from.empty()
                                             ? "it has no edits and no knobs; --from and --to "
                                               "compare two releases"
                                             : "these releases do not differ here"));
  const Limits limits = limits_of(options.search);
  Bisector bisector(candidate, std::move(range), limits);
  const report::Bisection found = bisector.run();
  if (options.format == "json") {
    report::write_bisection_json(found, std::cout);
  } else {
    report::write_bisection_text(found, std::cout);
    if (options.traces) bisector.write_traces(std::cout);
  }
  return as_expected;
}

} // namespace

void add_bisect(CLI::App& app, Action& action) {
  const auto options = std::make_shared<BisectOptions>();
  CLI::App* command = app.add_subcommand(
      "bisect", "Which edits and knobs, of a variant or between two releases, decide the verdict");
  std::vector<std::string> names;
  for (const kernel::Word& version : kernel::versions())
    names.push_back(version.name);
  add_variant_argument(*command, options->file);
  command->add_option("--from", options->from, "The release to begin with, instead of its edits")
      ->type_name("VERSION")
      ->check(one_of("version", names));
  command->add_option("--to", options->to, "The other release")
      ->type_name("VERSION")
      ->check(one_of("version", names));
  command->add_option("--format", options->format, "Of the result: text or json")
      ->type_name("FORMAT")
      ->check(one_of("format", {"text", "json"}));
  command->add_flag(
      "--traces", options->traces, "The race of each side that breaks, in a few lines");
  add_scenario_options(*command, options->scenario);
  add_claim_option(*command, options->scenario);
  add_limits(*command, options->search);
  command->footer(
      "All sets of the changes are tried, so that all smallest ones are found, not only one: "
      "those\n"
      "that alone bring about what all changes do, and those without which the rest does not.\n"
      "Knobs that change nothing, neither alone nor missing in the whole, are left out before.\n\n"
      "Examples:\n"
      "  stalemate bisect R1#before\n"
      "  stalemate bisect R12#size-trimmed --from v6.6 --to v6.12\n"
      "  stalemate bisect R16#grow-v6.12 --from v6.12 --to v6.18 --traces");
  command->callback([options, &action] { action = [options] { return bisect(*options); }; });
}

} // namespace stalemate::cli
