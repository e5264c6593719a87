// The textbook search, level by level. Who expands, what is counted, what is watched and what an
// end means are told elsewhere; states are kept in the set.

#include "checker/search/explore.hpp"

#include "checker/checkpoint/checkpoint_error.hpp"
#include "checker/checkpoint/checkpoints.hpp"
#include "checker/disk/search_on_disk.hpp"
#include "checker/liveness/runs.hpp"
#include "checker/program/ensure.hpp"
#include "checker/program/interpret.hpp"
#include "checker/ranks/together.hpp"
#include "checker/search/ending.hpp"
#include "checker/search/expander.hpp"
#include "checker/search/ledger.hpp"
#include "checker/search/level.hpp"
#include "checker/search/lookout.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <optional>
#include <utility>

namespace stalemate {

namespace {

class Search {
 public:
  Search(const Program& program, const Limits& limits, Observer& observer)
      : program_(program), limits_(limits), seen_(program.layout,
                                                  std::min(limits.states_max, limits.numbers_max),
                                                  limits.memory_max,
                                                  limits.storage,
                                                  limits.hash_bits),
        ledger_(program, seen_), expander_(program, seen_, limits),
        lookout_(program, limits, observer) {
    ensure(limits.threads == 1 || limits.storage == Storage::exact,
           "only an exact set is shared by threads");
    if (limits.checkpoints == nullptr) return;
    checkpoint_ = limits.checkpoints->next(program);
    duties_.save = [this] { save(); };
  }

  Result run() {
    try {
      explore();
    } catch (const std::bad_alloc&) {
      result_ = {};
      tell_incomplete("out of memory", result_);
    }
    report_counts();
    return std::move(result_);
  }

 private:
  void explore() {
    if (auto reason = reason_not_to_start()) return tell_incomplete(*reason, result_);
    if (!load() && !begin()) return;
    for (; level_.begin < level_.end; level_ = {level_.end, seen_.size(), level_.depth + 1}) {
      if (next_ == level_.begin) begin_level();
      while (next_ < level_.end) {
        if (auto reason = look_around()) return tell_incomplete(*reason, result_);
        next_ += expander_.expand(next_, level_.end, ledger_);
        if (ledger_.end()) return end();
      }
    }
    result_.verdict = Verdict::holds;
    count();
    check_runs(program_,
               {seen_, result_.counts, level_ends_, ledger_.stalled()},
               limits_,
               lookout_.watch(),
               result_);
  }

  std::optional<std::string> reason_not_to_start() {
    // Now rather than after hours.
    if (limits_.storage == Storage::compact && claims_runs(program_.model))
      return "claims about runs need the states, of which only hashes are stored";
    if (limits_.translation == Limits::Translation::at_once) return lookout_.translate();
    return std::nullopt;
  }

  /// With the initial state. False if the search ends there.
  bool begin() {
    if (!seen_.insert_one(program_.initial)) {
      tell_end(program_, seen_, level_, limits_, {.kind = End::Kind::full}, result_);
      return false;
    }
    ledger_.take_first();
    const auto broken = ask(program_, program_.all_invariants, program_.initial.data());
    if (broken == Program::holds_all) return true;
    count();
    tell_end(program_, seen_, {0, 0, 0}, limits_, {End::Kind::violated, 0, broken, 0}, result_);
    return false;
  }

  void begin_level() {
    level_ends_.push_back(level_.end);
    seen_.forget_before(static_cast<StateId>(level_.begin));
    if (level_.depth == limits_.depth_max) seen_.limit(seen_.size());
  }

  std::optional<std::string> look_around() {
    try {
      return lookout_.look(next_, duties_);
    } catch (const CheckpointError& error) {
      return error.what();
    }
  }

  void end() {
    count();
    const End& end = *ledger_.end();
    tell_end(program_, seen_, level_, limits_, end, result_);
    if (end.kind == End::Kind::failed && result_.verdict != Verdict::deadlock)
      ++ledger_.fired()[end.transition];
  }

  void count() {
    result_.counts.states = ledger_.states();
    result_.counts.transitions = ledger_.transitions();
    result_.counts.depth = level_.depth + (result_.counts.states > level_.end ? 1 : 0);
    // Behind the last level comes an empty one.
    if (level_.begin == level_.end) --result_.counts.depth;
  }

  Progress progress() {
    count();
    return {result_.counts, seen_.size() - next_, seen_.memory()};
  }

  void report_counts() {
    count();
    result_.coverage = ledger_.coverage();
    if (limits_.storage != Storage::compact) return;
    // A state that was left out may have led to more, and on a shorter way.
    result_.is_shortest = false;
    if (result_.verdict == Verdict::holds)
      result_.omission = omission_probability(result_.counts.states, limits_.hash_bits);
  }

  void save() {
    checkpoint_->save([this](SnapshotWriter& out) {
      out.numbers(std::array{next_, level_.begin, level_.end, level_.depth});
      out.numbers(level_ends_);
      ledger_.save(out);
      seen_.save(out);
    });
  }

  /// From the last checkpoint, if there is one.
  bool load() {
    if (!checkpoint_ || !limits_.checkpoints->options().goes_on) return false;
    return checkpoint_->load(limits_.checkpoints->options().generation, [this](SnapshotReader& in) {
      const auto place = in.numbers();
      next_ = place.at(0);
      level_ = {place.at(1), place.at(2), place.at(3)};
      level_ends_ = in.numbers();
      ledger_.load(in);
      seen_.load(in);
      if (level_.depth == limits_.depth_max) seen_.limit(level_.end);
    });
  }

  const Program& program_;
  const Limits& limits_;
  StateSet seen_;
  Ledger ledger_;
  Expander expander_;
  Lookout lookout_;
  Lookout::Duties duties_{[this] { return progress(); }, nullptr};
  std::optional<Checkpoint> checkpoint_;
  Level level_;
  std::uint64_t next_ = 0;                ///< The next state to be expanded.
  std::vector<std::uint64_t> level_ends_; ///< By depth: the first state behind it.
  Result result_;
};

} // namespace

Result explore(const Program& program, const Limits& limits, Observer& observer) {
  if (limits.ranks != nullptr) return explore_together(program, limits, observer);
  if (limits.disk != nullptr) return explore_on_disk(program, limits, observer);
  return Search(program, limits, observer).run();
}

Result explore(const Program& program) {
  Observer nobody;
  return explore(program, Limits(), nobody);
}

} // namespace stalemate
