#include "cli/mutated.hpp"

#include "checker/ir/identity.hpp"
#include "cli/finding.hpp"
#include "cli/signals.hpp"
#include "model/inquiry/mutants.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/build_model.hpp"
#include "reports/verdict_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace stalemate::cli {

namespace {

using kernel::inquiry::Mutant;
using report::Tooth;
using Ending = Tooth::Outcome;

/// A scenario that holds.
struct Held {
  const Candidate* candidate = nullptr;
  std::uint64_t identity = 0;
  Result result;
};

/// What is asked of claims: everywhere the same mutant.
struct Asked {
  Tooth tooth;
  std::vector<std::pair<const Held*, Mutant>> made; ///< In the order of the scenarios.
};

class Mutator {
 public:
  Mutator(const std::vector<std::string>& paths, const Limits& limits)
      : paths_(paths), limits_(limits) {}

  report::Teeth run(const std::vector<Candidate>& candidates) {
    for (const Candidate& one : candidates)
      if (!is_interrupted()) hold(one);
    const auto states = [](const Held& one) { return one.result.counts.states; };
    std::ranges::stable_sort(held_, {}, states);
    for (const Held& one : held_)
      for (Mutant& mutant : kernel::inquiry::mutants(one.candidate->model))
        if (paths_.empty() || std::ranges::find(paths_, mutant.path) != paths_.end())
          question_of(mutant).made.emplace_back(&one, std::move(mutant));
    for (std::vector<Asked>* of_path : in_order()) {
      for (Asked& question : *of_path) {
        look_into(question);
        teeth_.teeth.push_back(std::move(question.tooth));
      }
    }
    teeth_.scenarios = held_.size();
    return std::move(teeth_);
  }

 private:
  /// What breaks already says nothing about what breaks by a change.
  void hold(const Candidate& candidate) {
    if (kernel::lockless::is_for_relacy(candidate.scenario)) return;
    const Finding finding = find(candidate, limits_);
    if (finding.result.verdict == Verdict::incomplete)
      teeth_.left_out.push_back(fmt::format("{}: {}", candidate.name(), finding.result.reason));
    if (finding.result.verdict != Verdict::holds || finding.warning) return;
    held_.push_back({&candidate, ir::identity(candidate.model), finding.result});
  }

  Asked& question_of(const Mutant& mutant) {
    if (!by_path_.contains(mutant.path)) order_.push_back(mutant.path);
    std::vector<Asked>& all = by_path_[mutant.path];
    const auto [at, is_new] =
        numbers_.emplace(std::tuple(mutant.path, mutant.step, mutant.edit), all.size());
    if (is_new) {
      all.emplace_back();
      Tooth& tooth = all.back().tooth;
      tooth.path = mutant.path;
      tooth.step = mutant.step;
      tooth.edit = mutant.edit;
    }
    return all[at->second];
  }

  /// The questions of every path, those about one step together.
  std::vector<std::vector<Asked>*> in_order() {
    std::vector<std::vector<Asked>*> all;
    for (const std::string& path : order_) {
      std::vector<Asked>& questions = by_path_[path];
      std::map<std::string, std::size_t> rank;
      for (const Asked& one : questions)
        rank.emplace(one.tooth.step, one.tooth.step.empty() ? 0 : rank.size() + 1);
      std::ranges::stable_sort(
          questions, {}, [&](const Asked& one) { return rank.at(one.tooth.step); });
      all.push_back(&questions);
    }
    return all;
  }

  /// The best answer of any scenario: that a claim notices, or else what comes next in the order
  /// of outcomes.
  void look_into(Asked& question) {
    for (const auto& [held, mutant] : question.made) {
      if (is_interrupted()) {
        question.tooth.outcome = Ending::undecided;
        question.tooth.reason = "interrupted";
        return;
      }
      Tooth found = answer_in(*held, mutant);
      Tooth& best = question.tooth;
      ++best.scenarios;
      const bool is_better = best.scenarios == 1 || found.outcome < best.outcome;
      if (!is_better) continue;
      best.outcome = found.outcome;
      best.claim = std::move(found.claim);
      best.steps = found.steps;
      best.reason = std::move(found.reason);
      best.scenario = std::move(found.scenario);
      if (best.outcome == Ending::caught) return;
    }
  }

  [[nodiscard]] Tooth answer_in(const Held& held, const Mutant& mutant) const {
    const Candidate& original = *held.candidate;
    Tooth tooth;
    tooth.scenario = original.name();
    const auto runs = [&](const std::pair<int, int>& place) {
      const auto& ways =
          held.result.coverage
              .fired[static_cast<std::size_t>(place.first)][static_cast<std::size_t>(place.second)];
      return std::ranges::any_of(ways, [](std::uint64_t times) { return times > 0; });
    };
    if (std::ranges::none_of(mutant.places, runs)) {
      tooth.outcome = Ending::never_run;
      tooth.scenario.clear();
      return tooth;
    }
    try {
      const auto candidate = mutated(original, mutant);
      if (ir::identity(candidate.model) == held.identity) {
        tooth.outcome = Ending::same;
        tooth.scenario.clear();
        return tooth;
      }
      judge(candidate, tooth);
    } catch (const kernel::ScenarioError& error) {
      tooth.reason = error.what();
    } catch (const kernel::InputError& error) {
      tooth.reason = error.what();
    } catch (const ir::InvalidModel& error) {
      tooth.reason = error.what();
    }
    return tooth;
  }

  static Candidate mutated(const Candidate& original, const Mutant& mutant) {
    kernel::Scenario scenario = original.scenario;
    scenario.expect = {};
    for (const kernel::own::Edit& edit : mutant.edits)
      scenario.own.patch.push_back(edit);
    ir::Model model = kernel::build_model(scenario);
    return {original.file, std::move(scenario), std::move(model), {}};
  }

  void judge(const Candidate& candidate, Tooth& tooth) const {
    const Finding finding = find(candidate, limits_);
    const Result& result = finding.shown();
    switch (result.verdict) {
    case Verdict::holds:
      tooth.outcome = Ending::survives;
      tooth.scenario.clear();
      return;
    case Verdict::incomplete:
      tooth.outcome = Ending::undecided;
      tooth.reason = result.reason;
      return;
    default:
      break;
    }
    tooth.outcome = Ending::caught;
    tooth.steps = result.schedule.size();
    const bool is_rule = result.verdict == Verdict::model_error;
    tooth.claim = is_rule
                      ? "a rule of the model"
                      : candidate.model.properties[static_cast<std::size_t>(result.property)].name;
    if (finding.warning) tooth.claim += ", which only warns,";
  }

  const std::vector<std::string>& paths_;
  const Limits& limits_;
  report::Teeth teeth_;
  std::vector<Held> held_;
  std::vector<std::string> order_; ///< Of paths.
  std::map<std::string, std::vector<Asked>> by_path_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> numbers_;
};

} // namespace

report::Teeth teeth_of(const std::vector<Candidate>& candidates,
                       const std::vector<std::string>& paths,
                       const Limits& limits) {
  return Mutator(paths, limits).run(candidates);
}

} // namespace stalemate::cli
