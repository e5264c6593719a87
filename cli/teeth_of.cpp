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
  return consequence >= Consequence::told && consequence <= Consequence::nothing;
}

/// The best answer of any scenario.
void answer(Asked& question, const Limits& limits) {
  Tooth& tooth = question.tooth;
  Consequence best = Consequence::refused;
  for (std::size_t i = 0; i < question.made.size(); ++i) {
    const auto& [held, mutant] = question.made[i];
    Answer found = is_interrupted()
                       ? Answer{.consequence = Consequence::undecided, .reason = "interrupted"}
                       : answer_in(*held, mutant, limits, best > Consequence::told);
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
    const bool has_place = best <= Consequence::not_compared || best == Consequence::refused;
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
      Answer both = answer_to_both(*made.held, made.mutant, *one.mutant, limits_);
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
  Mutator(const std::vector<std::string>& paths, const Limits& limits, int jobs)
      : paths_(paths), limits_(limits), of_mutants_(limits), jobs_(jobs) {
    if (limits.states_max != 0) of_mutants_.states_max = states_of_mutants * limits.states_max;
  }

  report::Teeth run(const std::vector<Candidate>& candidates) {
    hold(candidates);
    for (const Held& one : held_)
      for (Mutant& mutant : kernel::inquiry::mutants(one.candidate.model))
        if (paths_.empty() || std::ranges::find(paths_, mutant.path) != paths_.end())
          question_of(mutant).made.push_back({&one, std::move(mutant)});
    const std::vector<Asked*> questions = in_order();
    in_parallel(
        questions.size(), jobs_, [&](std::size_t i) { answer(*questions[i], of_mutants_); });
    cover(questions);
    for (Asked* question : questions)
      teeth_.teeth.push_back(std::move(question->tooth));
    teeth_.scenarios = held_.size();
    return std::move(teeth_);
  }

 private:
  void hold(const std::vector<Candidate>& candidates) {
    std::vector<std::optional<Held>> all(candidates.size());
    std::vector<std::string> left_out(candidates.size());
    in_parallel(candidates.size(), jobs_, [&](std::size_t i) {
      if (!is_interrupted()) all[i] = held(candidates[i], limits_, left_out[i]);
    });
    for (std::string& why : left_out)
      if (!why.empty()) teeth_.left_out.push_back(std::move(why));
    for (std::optional<Held>& one : all)
      if (one) held_.push_back(std::move(*one));
    const auto states = [](const Held& one) { return one.result.counts.states; };
    std::ranges::stable_sort(held_, {}, states);
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
    const Covers covers(questions, of_mutants_);
    std::vector<std::optional<Covers::Cover>> found(questions.size());
    in_parallel(questions.size(), jobs_, [&](std::size_t i) {
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

  /// What is changed has more states than what was right.
  static constexpr std::uint64_t states_of_mutants = 4;

  const std::vector<std::string>& paths_;
  const Limits& limits_;
  Limits of_mutants_;
  int jobs_;
  report::Teeth teeth_;
  std::vector<Held> held_;
  std::vector<std::string> order_; ///< Of paths.
  std::map<std::string, std::vector<Asked>> by_path_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> numbers_;
};

} // namespace

report::Teeth teeth_of(const std::vector<Candidate>& candidates,
                       const std::vector<std::string>& paths,
                       const Limits& limits,
                       int jobs) {
  return Mutator(paths, limits, jobs).run(candidates);
}

} // namespace stalemate::cli
