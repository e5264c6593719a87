// The search, level by level, with delayed duplicate detection after Korf, and Bao and Jones: the
// targets of a level are written down, each with its place, which is where in the order of the
// search it was met. When the level is expanded they are sorted by state, so that of equal ones the
// first is met first, and compared with all states visited before, which are sorted as well. What
// is left is new; sorted by place, it is the next level. So nothing tells that it was not known at
// once which targets were new.

#include "checker/disk/search_on_disk.hpp"

#include "checker/disk/levels.hpp"
#include "checker/disk/recent_states.hpp"
#include "checker/disk/sorter.hpp"
#include "checker/disk/stalled_look.hpp"
#include "checker/disk/stopped.hpp"
#include "checker/disk/visited.hpp"
#include "checker/liveness/runs.hpp"
#include "checker/program/ensure.hpp"
#include "checker/search/ending.hpp"
#include "checker/search/explore.hpp"
#include "checker/search/level.hpp"
#include "checker/search/lookout.hpp"
#include "checker/search/successors.hpp"

#include <algorithm>
#include <chrono>
#include <new>
#include <numeric>
#include <optional>
#include <utility>

namespace stalemate {

namespace {

/// Where a target was met: its parent's position in the level, and its index among the parent's.
constexpr int index_bits = 16;
constexpr std::uint64_t place_of(std::uint64_t parent, std::size_t index) {
  return parent << index_bits | index;
}
constexpr std::uint64_t parent_of(std::uint64_t place) {
  return place >> index_bits;
}

constexpr std::uint64_t rows_min = 8;

class SearchOnDisk {
 public:
  SearchOnDisk(const Program& program, const Limits& limits, Lookout& lookout)
      : program_(program), limits_(limits), lookout_(lookout), words_(program.initial.size()),
        work_(words_, *limits.disk, [this] { look_at_the_clock(); }), levels_(work_),
        visited_(work_), recent_(program.initial, memory_max() / 2),
        found_(work_, RowOrder::by_state, rows_in(memory_max() / 4)),
        news_(work_, RowOrder::by_number, rows_in(memory_max() / 8)), batch_(program),
        stalled_(program), row_(words_ + 1), fired_(program.transitions.size()) {}

  Result run() {
    try {
      explore();
    } catch (const Stopped& stopped) {
      tell_incomplete(stopped.what(), result_);
    } catch (const std::bad_alloc&) {
      tell_incomplete("out of memory", result_);
    }
    count();
    result_.coverage = coverage_of(program_, fired_);
    return std::move(result_);
  }

  /// All states were visited, and what is left to be known takes the graph of them.
  [[nodiscard]] bool needs_graph() const { return needs_graph_; }

 private:
  void explore() {
    if (limits_.states_max == 0) return tell_incomplete(reason_of_states(limits_), result_);
    if (!begin()) return;
    for (; level_.begin < level_.end; level_ = {level_.end, states_, level_.depth + 1}) {
      expand_level();
      find_out_what_is_new();
      if (end_) return end();
    }
    result_.verdict = Verdict::holds;
    needs_graph_ = claims_runs(program_.model) || may_be_lost_;
  }

  /// With the initial state. False if the search ends there.
  bool begin() {
    std::ranges::copy(program_.initial, row_.begin() + 1);
    levels_.begin();
    levels_.add(row_.data());
    levels_.end();
    RunWriter writer(work_);
    writer.append(row_.data());
    visited_.add(writer.finish());
    states_ = 1;
    const auto broken = ask(program_, program_.all_invariants, program_.initial.data());
    if (broken == Program::holds_all) return true;
    tell({.kind = End::Kind::violated, .part = broken}, chain_of({program_.initial}));
    return false;
  }

  void expand_level() {
    fired_before_ = fired_;
    RunReader frontier(work_, levels_.last());
    while (!end_ && expand_batch(frontier)) {
      take_batch();
      look_around(frontier.position());
    }
  }

  /// As many states as the search in memory expands at once, so that it is the same what is passed.
  /// False if there are none left.
  bool expand_batch(RunReader& frontier) {
    begin_batch(batch_);
    batch_begin_ = frontier.position();
    bool goes_on = true;
    while (goes_on && frontier.next(row_.data())) {
      std::copy(row_.begin() + 1, row_.end(), batch_.state.begin());
      const std::size_t before = batch_.targets.count;
      goes_on = expand_next(program_, batch_);
      if (!looks_for_lost_ || batch_.stop != Successors::Stop::no) continue;
      const auto targets = std::span(batch_.targets.states).subspan(before * words_);
      look_for_lost(targets.first((batch_.targets.count - before) * words_));
    }
    return !batch_.ends.empty();
  }

  void look_for_lost(std::span<const Word> targets) {
    constexpr std::uint64_t work_min = 100'000;
    if (!stalled_.is_stalled(batch_.state.data(), targets)) return;
    may_be_lost_ = stalled_.may_lose(batch_.state.data(), states_ + work_min);
    looks_for_lost_ = !may_be_lost_;
  }

  /// The same as Ledger::take() does. But for what it met lately it does not know yet what is new.
  /// It need not: what was met before breaks nothing.
  void take_batch() {
    using Kind = End::Kind;
    note_passed();
    announce_targets();
    std::size_t i = 0;
    for (std::size_t p = 0; p < batch_.ends.size(); ++p) {
      const std::uint64_t parent = batch_begin_ + p;
      for (const std::size_t begin = i; i < batch_.ends[p]; ++i) {
        const std::uint32_t transition = batch_.transitions[i];
        ++fired_[transition];
        const Word* state = target(i);
        if (recent_.meet(places_[i], state)) continue;
        found_.add(place_of(parent, i - begin), state);
        const auto broken = broken_by(program_, transition, state);
        if (broken == Program::holds_all) [[likely]]
          continue;
        end_ = {.kind = Kind::violated, .part = broken};
        ended_at_ = parent;
        broken_.assign(state, state + words_);
        return;
      }
    }
    ended_at_ = batch_begin_ + batch_.ends.size() - 1;
    if (batch_.stop == Successors::Stop::failed)
      end_ = {.kind = Kind::failed, .transition = batch_.failed};
    if (batch_.stop == Successors::Stop::deadlock) end_ = {.kind = Kind::deadlock};
  }

  void note_passed() {
    for (std::size_t t = 0; t < fired_.size(); ++t)
      fired_[t] += std::exchange(batch_.passed[t], 0);
  }

  void announce_targets() {
    places_.resize(batch_.targets.count);
    for (std::size_t i = 0; i < places_.size(); ++i) {
      places_[i] = recent_.place_of(target(i));
      recent_.announce(places_[i]);
    }
  }

  void find_out_what_is_new() {
    RunWriter visited(work_);
    found_.sort();
    visited_.begin_questions();
    while (const Word* row = found_.next()) {
      if (visited_.has(row + 1)) continue;
      news_.add(row[0], row + 1);
      std::copy_n(row + 1, words_, row_.begin() + 1);
      row_.front() = 0;
      visited.append(row_.data());
    }
    write_level();
    if (!end_) visited_.add(visited.finish());
  }

  /// The next level; what is behind the limit of states ends the search.
  void write_level() {
    const std::uint64_t end = level_.depth == limits_.depth_max ? level_.end : limits_.states_max;
    levels_.begin();
    news_.sort();
    while (const Word* row = news_.next()) {
      if (states_ == end) return end_full(row[0]);
      std::copy_n(row, words_ + 1, row_.begin());
      row_.front() = parent_of(row[0]);
      levels_.add(row_.data());
      ++states_;
    }
    if (!end_) levels_.end();
  }

  /// At this place there is no room for another state, and nothing behind it was fired.
  void end_full(std::uint64_t place) {
    end_ = {.kind = End::Kind::full};
    ended_at_ = parent_of(place);
    fired_ = fired_before_;
    RunReader frontier(work_, levels_.last());
    looks_for_lost_ = false;
    while (expand_batch(frontier)) {
      note_passed();
      std::size_t i = 0;
      for (std::size_t p = 0; p < batch_.ends.size(); ++p)
        for (const std::size_t begin = i; i < batch_.ends[p]; ++i) {
          if (place_of(batch_begin_ + p, i - begin) == place) return;
          ++fired_[batch_.transitions[i]];
        }
    }
  }

  /// As tell_end(), which is asked in the end, about the way there.
  void end() {
    using Kind = End::Kind;
    const bool is_there = settle_end(
        program_,
        limits_,
        level_.depth == limits_.depth_max,
        reason_of_states(limits_),
        [this](std::uint64_t from) { return find_deadlock(from); },
        *end_,
        ended_at_,
        result_);
    if (!is_there) return;
    auto way = levels_.way_to(ended_at_);
    end_->parent = static_cast<StateId>(way.size() - 1);
    if (end_->kind == Kind::violated) way.push_back(broken_);
    end_->child = static_cast<StateId>(way.size() - 1);
    tell(*end_, chain_of(way));
    if (end_->kind == Kind::failed) ++fired_[end_->transition];
  }

  /// In this level, from that position on.
  std::optional<std::uint64_t> find_deadlock(std::uint64_t from) {
    RunReader frontier(work_, levels_.last());
    frontier.go_to(from);
    for (; frontier.next(row_.data()); ++from) {
      std::copy(row_.begin() + 1, row_.end(), batch_.state.begin());
      if (is_deadlock(program_, batch_)) return from;
    }
    return std::nullopt;
  }

  /// A set of its own, in which tell_end() finds the way.
  [[nodiscard]] StateSet chain_of(const std::vector<std::vector<Word>>& way) const {
    StateSet chain(program_.layout, Limits::unlimited, Limits::unlimited);
    for (const std::vector<Word>& state : way) {
      ensure(chain.insert_one(state), "a shortest way passes no state twice");
      if (chain.size() > 1) chain.parents.add_parent(1);
    }
    return chain;
  }

  void tell(const End& end, const StateSet& chain) {
    tell_end(program_, chain, {0, 0, 0}, limits_, end, result_);
  }

  void look_around(std::uint64_t position) {
    const auto progress = [&] {
      count();
      result_.counts.transitions = transitions();
      return Progress{result_.counts, level_.end - level_.begin - position, memory()};
    };
    if (const auto reason = lookout_.look(level_.begin + position, {progress, nullptr}))
      throw Stopped(*reason);
  }

  void look_at_the_clock() const {
    if (const auto reason = lookout_.watch().reason_to_stop()) throw Stopped(*reason);
  }

  void count() {
    result_.counts.states = states_;
    result_.counts.transitions = transitions();
    result_.counts.depth = level_.depth + (states_ > level_.end ? 1 : 0);
    // Behind the last level comes an empty one.
    if (level_.begin == level_.end) --result_.counts.depth;
  }

  [[nodiscard]] std::uint64_t transitions() const {
    return std::accumulate(fired_.begin(), fired_.end(), std::uint64_t{0});
  }

  [[nodiscard]] std::uint64_t memory_max() const {
    return std::min(limits_.memory_max, limits_.disk->buffers_max);
  }
  [[nodiscard]] std::uint64_t memory() const {
    return recent_.memory() + found_.memory() + news_.memory();
  }

  [[nodiscard]] std::size_t rows_in(std::uint64_t bytes) const {
    return std::max(bytes / ((words_ + 1) * sizeof(Word)), rows_min);
  }

  [[nodiscard]] const Word* target(std::size_t i) const {
    return batch_.targets.states.data() + i * words_;
  }

  const Program& program_;
  const Limits& limits_;
  Lookout& lookout_;
  std::size_t words_;
  DiskWork work_;
  Levels levels_;
  Visited visited_;
  RecentStates recent_;
  Sorter found_; ///< Targets of the level, by state.
  Sorter news_;  ///< Those that are new, by place.
  Successors batch_;
  StalledLook stalled_;
  std::vector<Word> row_;                   ///< Room for one.
  std::vector<std::uint64_t> places_;       ///< Of the batch's targets among the recent states.
  std::uint64_t batch_begin_ = 0;           ///< In the level.
  std::vector<std::uint64_t> fired_;        ///< By transition.
  std::vector<std::uint64_t> fired_before_; ///< Before the level.
  Level level_;
  std::uint64_t states_ = 0;
  std::optional<End> end_;
  std::uint64_t ended_at_ = 0; ///< Position of the state that was being expanded.
  std::vector<Word> broken_;   ///< The state that breaks an invariant.
  bool looks_for_lost_ = program_.deadlock && !claims_runs(program_.model);
  bool may_be_lost_ = false;
  bool needs_graph_ = false;
  Result result_;
};

/// Did a search end where one on disk goes on: without memory, or numbers for more states?
bool has_no_room(const Result& result, const Limits& limits) {
  if (result.verdict != Verdict::incomplete) return false;
  return result.reason == reason_of(StateSet::Full::memory, limits) ||
         (limits.states_max >= limits.numbers_max &&
          result.reason == reason_of(StateSet::Full::states, limits));
}

} // namespace

Result explore_on_disk(const Program& program, const Limits& limits, Observer& observer) {
  ensure(limits.threads == 1 && limits.storage == Storage::exact && limits.ranks == nullptr,
         "a search on disk has one thread, and keeps states whole");
  Limits shared = limits; // All searches together may take so long.
  if (!shared.since) shared.since = std::chrono::steady_clock::now();
  Lookout lookout(program, shared, observer);
  Limits in_memory = shared;
  in_memory.disk = nullptr;
  if (limits.disk->begins_in_memory) {
    Result result = explore(program, in_memory, observer);
    if (!has_no_room(result, limits)) return result;
  }
  try {
    SearchOnDisk search(program, shared, lookout);
    Result result = search.run();
    if (!search.needs_graph()) return result;
  } catch (const Stopped& stopped) { // Not even the first file could be made.
    Result result;
    tell_incomplete(stopped.what(), result);
    return result;
  }
  // The memory is free now.
  return explore(program, in_memory, observer);
}

} // namespace stalemate
