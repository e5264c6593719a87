// The textbook search, in batches. What a batch holds is met in the same order as by expanding one
// state after the other, and everything behind the first broken claim is left out of the counts, so
// batches are invisible: they only keep several memory accesses under way.

#include "checker/search/explore.hpp"

#include "checker/generate/compile.hpp"
#include "checker/liveness/runs.hpp"
#include "checker/program/definition.hpp"
#include "checker/program/ensure.hpp"
#include "checker/search/counterexample.hpp"
#include "checker/search/successors.hpp"
#include "checker/search/workers.hpp"

#include <algorithm>
#include <new>
#include <numeric>
#include <optional>
#include <utility>

namespace stalemate {

namespace {

constexpr std::uint64_t watch_distance = std::uint64_t{1} << 12;    // States between looks.
constexpr std::uint64_t progress_distance = std::uint64_t{1} << 16; // States between reports.

/// States of equal distance from the initial one: a range of numbers.
struct Level {
  std::uint64_t begin = 0;
  std::uint64_t end = 1;
  std::uint64_t depth = 0;
};

class Search {
 public:
  Search(const Program& program, const Limits& limits, Observer& observer)
      : program_(program), limits_(limits), observer_(observer), watch_(limits),
        seen_(
            program.layout, limits.states_max, limits.memory_max, limits.storage, limits.hash_bits),
        batch_(program), fired_(program.transitions.size()) {
    ensure(limits.threads == 1 || limits.storage == Storage::exact,
           "only an exact set is shared by threads");
  }

  Result run() {
    try {
      explore();
    } catch (const std::bad_alloc&) {
      result_.property = result_.part = result_.process = -1;
      result_.schedule.clear();
      result_.loop.clear();
      result_.stranded.clear();
      end(Verdict::incomplete, "out of memory");
    }
    report_counts();
    return std::move(result_);
  }

 private:
  void explore() {
    // Now rather than after hours.
    if (limits_.storage == Storage::compact && claims_runs(program_.model))
      return end(Verdict::incomplete,
                 "claims about runs need the states, of which only hashes are stored");
    if (limits_.translation == Limits::Translation::at_once) translate();
    if (is_over_) return;
    if (!seen_.insert_one(program_.initial)) return full(0);
    result_.counts.states = 1;
    const auto broken = ask(program_, program_.all_invariants, program_.initial.data());
    if (broken != Program::holds_all) return violated(0, broken);

    for (; level_.begin < level_.end; level_ = {level_.end, seen_.size(), level_.depth + 1}) {
      level_ends_.push_back(level_.end);
      seen_.forget_before(static_cast<StateId>(level_.begin));
      if (level_.depth == limits_.depth_max) seen_.limit(seen_.size());
      for (std::uint64_t next = level_.begin; next < level_.end;) {
        look_around(next);
        if (is_over_) return;
        next += expand(next);
        if (is_over_) return;
      }
    }
    end(Verdict::holds, {});
    count();
    check_runs(program_, {seen_, result_.counts, level_ends_, stalled_}, limits_, watch_, result_);
  }

  /// Expands some states of the level, from the next one on; returns how many.
  std::uint64_t expand(std::uint64_t next) {
    const auto first = static_cast<StateId>(next);
    if (limits_.threads > 1 && level_.end - next >= limits_.parallel_min) {
      if (!workers_) workers_.emplace(program_, seen_, limits_.threads);
      if (workers_->expand(first, level_.end)) return take_chunks();
    }
    expand_some(program_, seen_, first, level_.end, batch_);
    const std::size_t taken = seen_.insert(batch_.targets);
    const auto rises = [&](std::size_t parent) {
      const std::size_t begin = parent == 0 ? 0 : batch_.ends[parent - 1];
      const auto from = batch_.targets.ids.begin();
      return std::any_of(from + static_cast<std::ptrdiff_t>(begin),
                         from + static_cast<std::ptrdiff_t>(batch_.ends[parent]),
                         [&](StateId id) { return id > first + parent; });
    };
    take(
        {first,
         batch_.ends,
         batch_.transitions,
         batch_.targets.states,
         taken,
         batch_.stop,
         batch_.failed},
        [&](std::size_t target) { return batch_.targets.fresh[target] != 0; },
        rises);
    return batch_.ends.size();
  }

  /// Consecutive states that were expanded, and what was found.
  struct Found {
    StateId first;
    const std::vector<std::size_t>& ends;
    const std::vector<std::uint32_t>& transitions;
    const std::vector<Word>& states;
    std::size_t taken; ///< Targets that found room in the set.
    Successors::Stop stop;
    std::uint32_t failed;
  };

  /// Takes it in order, up to the first broken claim. `is_new(i)`: the i-th target was not there
  /// before. `rises(i)`: the i-th state leads to one with a higher number; asked only where none of
  /// its targets is new, since those are higher.
  template <typename IsNew, typename Rises>
  void take(const Found& found, IsNew is_new, Rises rises) {
    std::size_t i = 0;
    StateId parent = found.first;
    for (const std::size_t last : found.ends) {
      const std::size_t begin = i;
      const std::uint64_t before = result_.counts.states;
      for (; i < last; ++i) {
        if (i == found.taken) return full(parent);
        const std::uint32_t transition = found.transitions[i];
        ++fired_[transition];
        if (!is_new(i)) continue;
        seen_.parents.add_child();
        ++result_.counts.states;
        const auto broken = broken_by(transition, found.states, i);
        if (broken == Program::holds_all) [[likely]]
          continue;
        if (!deadlocked_sooner(parent)) violated(result_.counts.states - 1, broken);
        return;
      }
      end_parent(parent,
                 begin < last && result_.counts.states == before &&
                     !rises(static_cast<std::size_t>(parent - found.first)));
      ++parent;
    }
    if (found.stop == Successors::Stop::failed && !deadlocked_sooner(parent - 1))
      failed(parent - 1, found.failed);
    if (found.stop == Successors::Stop::deadlock) deadlocked(parent - 1);
  }

  void end_parent(StateId parent, bool is_stalled) {
    seen_.parents.next_parent();
    if (!is_stalled) return;
    stalled_.push_back(parent);
    if (program_.deadlock) seen_.keep(parent); // For may_be_stranded().
  }

  /// Takes what the workers found. Where the search ends there, one by one; otherwise they have
  /// looked at everything already.
  std::uint64_t take_chunks() {
    const auto chunks = workers_->chunks();
    const bool is_last = chunks.back().is_last();
    if (!is_last) {
      const auto fired = workers_->fired();
      for (std::size_t t = 0; t < fired.size(); ++t)
        fired_[t] += fired[t];
    }
    std::uint64_t expanded = 0;
    for (const Chunk& chunk : chunks) {
      expanded += chunk.ends.size();
      if (!is_last)
        take(chunk);
      else
        take(
            {chunk.first,
             chunk.ends,
             chunk.transitions,
             chunk.states,
             chunk.count,
             chunk.stop,
             chunk.failed},
            [&](std::size_t target) { return chunk.is_new(target); },
            [&](std::size_t parent) { return chunk.rises(parent); });
    }
    return expanded;
  }

  void take(const Chunk& chunk) {
    std::size_t begin = 0;
    for (std::size_t p = 0; p < chunk.ends.size(); ++p) {
      seen_.parents.add_parent(chunk.fresh[p]);
      if (begin < chunk.ends[p] && !chunk.rises(p))
        stalled_.push_back(chunk.first + static_cast<StateId>(p));
      begin = chunk.ends[p];
    }
    result_.counts.states += chunk.new_states;
  }

  /// The part of an invariant that a new state breaks. Its parent broke none.
  [[nodiscard]] std::int32_t
  broken_by(std::uint32_t transition, const std::vector<Word>& states, std::size_t number) const {
    const Entry entry = program_.transitions[transition].invariants;
    if (entry == program_.nothing) return Program::holds_all;
    const auto words = static_cast<std::size_t>(program_.layout.words());
    return ask(program_, entry, states.data() + number * words);
  }

  /// What breaks with a transition out of this level is one step longer than a deadlock in it.
  [[nodiscard]] bool deadlocked_sooner(StateId parent) {
    if (!program_.deadlock) return false;
    const auto sooner = find_deadlock(program_, seen_, std::uint64_t{parent} + 1, level_.end);
    if (sooner) deadlocked(*sooner);
    return sooner.has_value();
  }

  void violated(std::uint64_t id, std::int32_t part) {
    Way way = way_to(program_, seen_, static_cast<StateId>(id));
    if (program_.symmetry) part = ask(program_, program_.all_invariants, way.state.data());
    const PartName& name = program_.parts[static_cast<std::size_t>(part)];
    result_.property = name.property;
    result_.part = name.part;
    result_.schedule = std::move(way.schedule);
    end(Verdict::violated, {});
  }

  void deadlocked(StateId id) {
    result_.property = *program_.deadlock;
    result_.schedule = schedule_to(program_, seen_, id);
    end(Verdict::deadlock, {});
  }

  /// The code only knows that something failed; the definition says what.
  void failed(StateId parent, std::uint32_t transition) {
    ++fired_[transition];
    Way way = way_to(program_, seen_, parent);
    const AlternativeName name =
        program_.symmetry ? first_to_fail(program_, way.state)
                          : program_.alternatives[program_.transitions[transition].alternative];
    const ir::Process& process = program_.model.processes[static_cast<std::size_t>(name.process)];
    const ir::Alternative& alternative =
        process.steps[static_cast<std::size_t>(name.step)]
            .alternatives[static_cast<std::size_t>(name.alternative)];
    const auto values = program_.layout.unpack(way.state.data());
    ensure(is_enabled(alternative, values), "what fails is enabled");
    const Firing firing = fire(program_.model, process, alternative, values);
    ensure(firing.broken != nullptr || !firing.error.empty(), "what fails, fails by definition");

    result_.schedule = std::move(way.schedule);
    result_.schedule.push_back({name.process, name.alternative});
    if (firing.broken != nullptr && firing.broken->property != ir::none) {
      result_.property = firing.broken->property;
      return end(Verdict::violated, {});
    }
    const std::string what = firing.broken != nullptr ? firing.broken->text : firing.error;
    end(Verdict::model_error, at_step(program_.model, process, name.step, what));
  }

  void full(StateId parent) {
    const bool is_deep =
        seen_.full() == StateSet::Full::states && level_.depth == limits_.depth_max;
    if (!is_deep) return end(Verdict::incomplete, reason_of(seen_.full(), limits_));
    // The rest of this level is as deep as allowed, too.
    if (!deadlocked_sooner(parent)) end(Verdict::incomplete, reason_of_depth(limits_));
  }

  void end(Verdict verdict, std::string reason) {
    result_.verdict = verdict;
    result_.reason = std::move(reason);
    is_over_ = true;
  }

  void look_around(std::uint64_t next) {
    if (next < look_at_) return;
    look_at_ = next + watch_distance;
    if (auto reason = watch_.reason_to_stop()) return end(Verdict::incomplete, *reason);
    if (next < progress_at_) return;
    progress_at_ = next + progress_distance;
    translate_if_long();
    count();
    observer_.progress({result_.counts, seen_.size() - next, seen_.memory()});
  }

  void translate() {
    NativeBuild build(program_);
    program_.native = build.result();
    if (program_.native) return;
    // A signal may have ended the compiler as well.
    const auto reason = watch_.reason_to_stop();
    end(Verdict::incomplete,
        reason ? *reason : "the code cannot be translated: " + build.problem());
  }

  /// The compiler runs beside the search. If there is none, the interpreter goes on.
  void translate_if_long() {
    if (limits_.translation != Limits::Translation::when_long || program_.native) return;
    if (!build_ && seen_.size() >= limits_.translate_from) build_.emplace(program_);
    if (build_ && build_->is_done()) program_.native = build_->result();
  }

  void count() {
    for (std::size_t t = 0; t < fired_.size(); ++t)
      fired_[t] += std::exchange(batch_.passed[t], 0);
    result_.counts.transitions = std::accumulate(fired_.begin(), fired_.end(), std::uint64_t{0});
    result_.counts.depth = level_.depth + (result_.counts.states > level_.end ? 1 : 0);
    // Behind the last level comes an empty one.
    if (level_.begin == level_.end) --result_.counts.depth;
  }

  void report_counts() {
    count();
    if (limits_.storage == Storage::compact) report_omission();
    result_.coverage = no_coverage(program_.model);
    // An alternative is fired where a symmetry of it is, under another name.
    std::vector<std::uint64_t> fired(program_.alternatives.size());
    const auto orbit = [&](std::size_t alternative) {
      return program_.symmetry ? program_.symmetry->orbits[alternative] : alternative;
    };
    for (std::size_t t = 0; t < fired_.size(); ++t)
      fired[orbit(program_.transitions[t].alternative)] += fired_[t];
    for (std::size_t a = 0; a < fired.size(); ++a) {
      const AlternativeName& name = program_.alternatives[a];
      result_.coverage.fired[static_cast<std::size_t>(name.process)][static_cast<std::size_t>(
          name.step)][static_cast<std::size_t>(name.alternative)] = fired[orbit(a)];
    }
  }

  /// A state that was left out may have led to more, and on a shorter way.
  void report_omission() {
    result_.is_shortest = false;
    if (result_.verdict == Verdict::holds)
      result_.omission = omission_probability(result_.counts.states, limits_.hash_bits);
  }

  const Program& program_;
  const Limits& limits_;
  Observer& observer_;
  Watch watch_;
  StateSet seen_;
  Successors batch_;
  std::optional<Workers> workers_;
  std::optional<NativeBuild> build_;
  Level level_;
  std::vector<std::uint64_t> fired_; ///< By transition.
  std::vector<std::uint64_t> level_ends_;
  std::vector<StateId> stalled_; ///< That lead only to states found before them.
  std::uint64_t look_at_ = 0;
  std::uint64_t progress_at_ = progress_distance;
  Result result_;
  bool is_over_ = false;
};

} // namespace

Result explore(const Program& program, const Limits& limits, Observer& observer) {
  return Search(program, limits, observer).run();
}

Result explore(const Program& program) {
  Observer nobody;
  return explore(program, Limits(), nobody);
}

} // namespace stalemate
