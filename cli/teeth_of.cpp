#include "cli/teeth_of.hpp"

#include "cli/in_parallel.hpp"
#include "cli/mutated.hpp"
#include "cli/signals.hpp"

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

/// What is asked of claims: everywhere the same mutant.
struct Asked {
  struct Made {
    const Held* held = nullptr;
    Mutant mutant;
  };
  Tooth tooth;
  std::vector<Made> made;                 ///< In the order of the scenarios.
  std::vector<std::size_t> survived = {}; ///< Those that break nothing, the most telling first.
};

Ending outcome_of(Consequence consequence) {
  switch (consequence) {
  case Consequence::caught:
    return Ending::caught;
  case Consequence::undecided:
    return Ending::undecided;
  case Consequence::told:
  case Consequence::not_compared:
    return Ending::owed;
  case Consequence::less:
    return Ending::less;
  case Consequence::nothing:
    return Ending::no_change;
  case Consequence::same:
    return Ending::same;
  case Consequence::never_run:
    return Ending::never_run;
  case Consequence::refused:
    break;
  }
  return Ending::refused;
}

bool survives(Consequence consequence) {
  return consequence >= Consequence::told && consequence <= Consequence::not_compared;
}

/// What is changed has more states than what was right.
Limits limits_of_mutants(const Limits& limits, const Held& held) {
  static constexpr std::uint64_t times = 16;
  Limits more = limits;
  if (limits.states_max != 0)
    more.states_max = times * std::max(limits.states_max, held.result.counts.states);
  return more;
}

/// The best answer of any scenario.
void answer(Asked& question, const Limits& limits) {
  Tooth& tooth = question.tooth;
  Consequence best = Consequence::refused;
  for (std::size_t i = 0; i < question.made.size(); ++i) {
    const auto& [held, mutant] = question.made[i];
    Answer found =
        is_interrupted()
            ? Answer{.consequence = Consequence::undecided, .reason = "interrupted"}
            : answer_in(*held, mutant, limits_of_mutants(limits, *held), best > Consequence::told);
    ++tooth.scenarios;
    if (survives(found.consequence)) question.survived.push_back(i);
    // Better than that a way is lost is a run that shows what breaks.
    const bool is_shown = found.consequence == Consequence::caught && found.steps > 0;
    if (i > 0 && found.consequence >= best && !is_shown) continue;
    best = found.consequence;
    if (survives(best))
      std::rotate(question.survived.begin(), question.survived.end() - 1, question.survived.end());
    tooth.outcome = outcome_of(best);
    tooth.claim = std::move(found.claim);
    tooth.steps = found.steps;
    tooth.reason = best == Consequence::not_compared ? "it is too large to be compared"
                                                     : std::move(found.reason);
    const bool has_place = best <= Consequence::told || best == Consequence::not_compared ||
                           best == Consequence::refused;
    tooth.scenario = has_place ? held->candidate.name() : "";
    if (is_shown || is_interrupted()) return;
  }
}

/// Which other mutant has to be made as well.
class Covers {
 public:
  Covers(const std::vector<Asked*>& questions, const Limits& limits)
      : questions_(questions), limits_(limits) {
    for (const Asked* question : questions_) {
      if (question->survived.empty()) continue;
      const Edit kind = question->made.front().mutant.edits.front().kind;
      if (kind != Edit::unlock && kind != Edit::drop && kind != Edit::always) continue;
      for (const std::size_t i : question->survived) {
        const auto& made = question->made[i];
        protections_[made.held].push_back({question, &made.mutant, kind});
      }
    }
    for (auto& [held, all] : protections_)
      std::ranges::stable_sort(all, {}, [](const Protection& one) {
        return one.kind == Edit::unlock ? 0 : one.kind == Edit::drop ? 1 : 2;
      });
  }

  struct Cover {
    const Asked* other = nullptr;
    const Held* held = nullptr;
    Answer answer;
  };

  [[nodiscard]] std::optional<Cover> of(const Asked& question) const {
    for (std::size_t i = 0; i < std::min(question.survived.size(), scenarios_max); ++i)
      if (auto found = in(question, question.made[question.survived[i]])) return found;
    return std::nullopt;
  }

 private:
  using Edit = kernel::own::Edit::Kind;
  static constexpr std::size_t scenarios_max = 3; ///< Of one mutant.
  static constexpr std::size_t tries_max = 24;    ///< In each.

  /// Something that may keep the harm away.
  struct Protection {
    const Asked* question;
    const Mutant* mutant;
    Edit kind;
  };

  [[nodiscard]] std::optional<Cover> in(const Asked& question, const Asked::Made& made) const {
    const auto here = protections_.find(made.held);
    if (here == protections_.end()) return std::nullopt;
    const ir::Model& model = made.held->candidate.model;
    const std::vector<bool> mine = touched(model, made.mutant);
    const auto is_near = [&](const Mutant& other) {
      const std::vector<bool> its = touched(model, other);
      for (std::size_t v = 0; v < mine.size(); ++v)
        if (mine[v] && its[v]) return true;
      return false;
    };
    std::size_t tries = 0;
    for (const Protection& one : here->second) {
      const bool is_itself = one.mutant->path == made.mutant.path &&
                             one.mutant->step == made.mutant.step &&
                             (!made.mutant.step.empty() || one.question == &question);
      if (is_itself || !is_near(*one.mutant)) continue;
      if (++tries > tries_max || is_interrupted()) return std::nullopt;
      Answer both = answer_to_both(
          *made.held, made.mutant, *one.mutant, limits_of_mutants(limits_, *made.held));
      if (both.consequence == Consequence::caught)
        return Cover{one.question, made.held, std::move(both)};
    }
    return std::nullopt;
  }

  const std::vector<Asked*>& questions_;
  const Limits& limits_;
  std::map<const Held*, std::vector<Protection>> protections_;
};

class Mutator {
 public:
  explicit Mutator(const TeethQuestion& question) : asked_(question) {}

  report::Teeth run(const std::vector<Candidate>& candidates) {
    hold(candidates);
    for (std::size_t i = 0; i < held_.size(); ++i)
      for (Mutant& mutant : kernel::inquiry::mutants(held_[i].candidate.model))
        if (is_among(mutant.path, asked_.paths) && is_among(mutant.path, for_paths_[i]))
          question_of(mutant).made.push_back({&held_[i], std::move(mutant)});
    const std::vector<Asked*> questions = in_order();
    in_parallel(questions.size(), asked_.jobs, [&](std::size_t i) {
      answer(*questions[i], asked_.limits);
    });
    cover(questions);
    for (Asked* question : questions)
      teeth_.teeth.push_back(std::move(question->tooth));
    teeth_.scenarios = held_.size();
    return std::move(teeth_);
  }

 private:
  /// Of no paths all are meant.
  static bool is_among(const std::string& path, const std::vector<std::string>& paths) {
    return paths.empty() || std::ranges::find(paths, path) != paths.end();
  }

  void hold(const std::vector<Candidate>& candidates) {
    Limits limits = asked_.limits;
    if (asked_.smallest > 0 && limits.states_max != 0)
      limits.states_max = std::max(limits.states_max, teeth_states_max);
    std::vector<std::optional<Held>> all(candidates.size());
    std::vector<std::string> left_out(candidates.size());
    in_parallel(candidates.size(), asked_.jobs, [&](std::size_t i) {
      if (!is_interrupted()) all[i] = held(candidates[i], limits, left_out[i]);
    });
    const auto states = [&](std::size_t i) { return all[i]->result.counts.states; };
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i]) order.push_back(i);
    std::ranges::stable_sort(order, {}, states);
    for (const std::size_t i : order) {
      const bool is_small = asked_.limits.states_max == 0 || states(i) <= asked_.limits.states_max;
      std::vector<std::string> for_paths;
      if (!is_small) {
        for_paths = wanted_in(candidates[i].model);
        if (for_paths.empty())
          left_out[i] = fmt::format("{}: {} states, and each of its paths runs in smaller ones",
                                    candidates[i].name(),
                                    states(i));
        if (for_paths.empty()) continue;
      }
      held_.push_back(std::move(*all[i]));
      for_paths_.push_back(std::move(for_paths));
    }
    for (std::string& why : left_out)
      if (!why.empty()) teeth_.left_out.push_back(std::move(why));
  }

  /// The paths of a scenario that is not small which do not run in enough others yet.
  std::vector<std::string> wanted_in(const ir::Model& model) {
    std::vector<std::string> wanted;
    for (const ir::Process& process : model.processes)
      if (std::ranges::find(wanted, process.path) == wanted.end() &&
          beyond_[process.path]++ < asked_.smallest)
        wanted.push_back(process.path);
    return wanted;
  }

  Asked& question_of(const Mutant& mutant) {
    if (!by_path_.contains(mutant.path)) order_.push_back(mutant.path);
    std::vector<Asked>& all = by_path_[mutant.path];
    const auto [at, is_new] =
        numbers_.emplace(std::tuple(mutant.path, mutant.step, mutant.edit), all.size());
    if (is_new) {
      Tooth tooth;
      tooth.path = mutant.path;
      tooth.step = mutant.step;
      tooth.edit = mutant.edit;
      all.push_back({std::move(tooth), {}});
    }
    return all[at->second];
  }

  /// The questions of every path, those about one step together.
  std::vector<Asked*> in_order() {
    std::vector<Asked*> all;
    for (const std::string& path : order_) {
      std::vector<Asked>& questions = by_path_[path];
      std::map<std::string, std::size_t> rank;
      for (const Asked& one : questions)
        rank.emplace(one.tooth.step, one.tooth.step.empty() ? 0 : rank.size() + 1);
      std::ranges::stable_sort(
          questions, {}, [&](const Asked& one) { return rank.at(one.tooth.step); });
      for (Asked& one : questions)
        all.push_back(&one);
    }
    return all;
  }

  /// Is it worth to know what else would have to go? Of what somebody can tell, and of every lock,
  /// wait and test that nobody misses.
  static bool wants_cover(const Asked& question) {
    using Edit = kernel::own::Edit::Kind;
    const Ending outcome = question.tooth.outcome;
    if (outcome == Ending::owed) return true;
    if (outcome != Ending::less && outcome != Ending::no_change) return false;
    const Edit kind = question.made.front().mutant.edits.front().kind;
    return kind == Edit::unlock || kind == Edit::drop;
  }

  void cover(const std::vector<Asked*>& questions) {
    const Covers covers(questions, asked_.limits);
    std::vector<std::optional<Covers::Cover>> found(questions.size());
    in_parallel(questions.size(), asked_.jobs, [&](std::size_t i) {
      if (wants_cover(*questions[i])) found[i] = covers.of(*questions[i]);
    });
    for (std::size_t i = 0; i < questions.size(); ++i) {
      if (!found[i]) continue;
      Tooth& tooth = questions[i]->tooth;
      tooth.outcome = Ending::covered;
      tooth.cover = name_of(found[i]->other->tooth);
      tooth.claim = found[i]->answer.claim;
      tooth.steps = found[i]->answer.steps;
      tooth.scenario = found[i]->held->candidate.name();
      tooth.reason.clear();
    }
  }

  const TeethQuestion& asked_;
  report::Teeth teeth_;
  std::vector<Held> held_;                          ///< The smallest first.
  std::vector<std::vector<std::string>> for_paths_; ///< As held_: of these only, or empty: of all.
  std::map<std::string, std::size_t> beyond_;       ///< By path: scenarios that are not small.
  std::vector<std::string> order_;                  ///< Of paths.
  std::map<std::string, std::vector<Asked>> by_path_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> numbers_;
};

} // namespace

report::Teeth teeth_of(const std::vector<Candidate>& candidates, const TeethQuestion& question) {
  return Mutator(question).run(candidates);
}

} // namespace stalemate::cli
