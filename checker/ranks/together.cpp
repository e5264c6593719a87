// The search, level by level, by several ranks. A state is kept by the rank that its hash says, and
// expanded by the one to which its number is dealt. A round is a block of states for each rank: it
// expands them and asks those who keep the targets which are new. Since blocks are dealt in the
// order of the states, targets come in the order in which one process alone would meet them, by
// rank, and so it is enough to count the new ones of each rank to know the number of each, and
// where the search ends. So nothing tells how many ranks there are.

#include "checker/ranks/together.hpp"

#include "checker/checkpoint/checkpoint_error.hpp"
#include "checker/checkpoint/checkpoints.hpp"
#include "checker/liveness/runs.hpp"
#include "checker/program/ensure.hpp"
#include "checker/program/interpret.hpp"
#include "checker/ranks/agreement.hpp"
#include "checker/ranks/chain.hpp"
#include "checker/ranks/dealt_states.hpp"
#include "checker/ranks/lineage.hpp"
#include "checker/ranks/lost.hpp"
#include "checker/ranks/round.hpp"
#include "checker/ranks/trouble.hpp"
#include "checker/ranks/words_of.hpp"
#include "checker/search/ending.hpp"
#include "checker/search/explore.hpp"
#include "checker/search/level.hpp"
#include "checker/search/lookout.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <limits>
#include <new>
#include <numeric>
#include <optional>
#include <utility>

namespace stalemate {

namespace {

class Together {
 public:
  Together(const Program& program, const Limits& limits, Observer& observer)
      : program_(program), limits_(limits), ranks_(*limits.ranks), me_(ranks_.number()),
        count_(static_cast<std::size_t>(ranks_.count())),
        keeper_(program.layout, limits.numbers_max, limits.memory_max),
        states_(program.layout, ranks_, limits.block_max), lineage_(ranks_, program.successors_max),
        round_(program, limits, keeper_, trouble_), lookout_(program, limits, observer),
        fired_(program.transitions.size()) {}

  Result run() {
    expect_same_question(program_, limits_, ranks_);
    explore();
    count();
    add_up();
    return std::move(result_);
  }

  /// All states were visited, and what is left to be known takes the graph of them.
  [[nodiscard]] bool needs_graph() const { return needs_graph_; }

 private:
  void explore() {
    if (limits_.translation == Limits::Translation::at_once) trouble_.note(lookout_.translate());
    if (is_stopped() || (!load() && !begin())) return;
    for (; level_.begin < level_.end; level_ = {level_.end, lineage_.end(), level_.depth + 1}) {
      begin_level();
      while (next_ < level_.end) {
        expand_round();
        if (reason_) return tell_incomplete(*reason_, result_);
        if (end_) return end();
      }
      trouble_.watch([&] { states_.deal_out(deal_of_next(), lineage_); });
      save_if_due();
      if (is_stopped()) return;
    }
    result_.verdict = Verdict::holds;
    needs_graph_ = claims_runs(program_.model) || (program_.deadlock && may_be_lost());
  }

  /// With the initial state. False if the search ends there.
  bool begin() {
    if (limits_.states_max == 0) {
      tell_incomplete(reason_of_states(limits_), result_);
      return false;
    }
    const int words = program_.layout.words();
    if (me_ == 0) states_.frontier().append(program_.initial.data());
    if (keeper_of(program_.initial.data(), words, ranks_.count()) == me_ &&
        !keeper_.keep_first(program_.initial.data()))
      trouble_.note(reason_of(keeper_.full(), limits_));
    if (is_stopped()) return false;
    const auto broken = ask(program_, program_.all_invariants, program_.initial.data());
    if (broken == Program::holds_all) return true;
    tell_end(program_,
             chain_of(program_, {}),
             {0, 0, 0},
             limits_,
             {.kind = End::Kind::violated, .part = broken},
             result_);
    return false;
  }

  void begin_level() {
    keeper_.begin_level();
    deal_ = Deal(level_.begin, level_.end, ranks_.count(), limits_.block_max);
    lineage_.begin_level(deal_);
    states_.begin_level();
  }

  [[nodiscard]] Deal deal_of_next() const {
    return {level_.end, lineage_.end(), ranks_.count(), limits_.block_max};
  }

  void expand_round() {
    look_around();
    const StateNumber end = next_ + deal_.block() * count_;
    const std::uint64_t own = deal_.before(end, me_) - deal_.before(next_, me_);
    const Block::Outcome mine = round_.run(states_.frontier(), states_.next(), own, memory());
    reason_ = round_.reason();
    if (!reason_) settle(mine);
    next_ = std::min(end, level_.end);
  }

  /// A checkpoint, between two levels. The first rank looks at the clock.
  void save_if_due() {
    if (!checkpoint_) return;
    const auto now = std::chrono::steady_clock::now();
    const bool is_due = now - saved_ >= limits_.checkpoints->options().distance;
    if (ranks_.share(std::array{std::uint64_t{is_due ? 1U : 0U}}).front() == 0) return;
    saved_ = now;
    try {
      checkpoint_->save([this](SnapshotWriter& out) {
        out.number(count_);
        out.number(level_.depth);
        out.numbers(std::array{level_.begin, level_.end, transitions_});
        out.numbers(fired_);
        out.grown(stalled_);
        keeper_.save(out);
        states_.save(out);
        lineage_.save(out);
      });
    } catch (const CheckpointError& error) {
      trouble_.note(error.what());
    }
  }

  /// From the last checkpoint, if there is one.
  bool load() {
    if (limits_.checkpoints == nullptr) return false;
    checkpoint_ = limits_.checkpoints->next(program_);
    const auto& options = limits_.checkpoints->options();
    if (!options.goes_on) return false;
    const bool is_loaded = load_in_all(
        *checkpoint_, options.generation, [this](SnapshotReader& in) { read(in); }, ranks_);
    if (is_loaded) level_ = {level_.end, lineage_.end(), level_.depth + 1};
    return is_loaded;
  }

  void read(SnapshotReader& in) {
    (void)in.number();
    level_.depth = in.number();
    const auto place = in.numbers();
    level_.begin = place.at(0);
    level_.end = place.at(1);
    transitions_ = place.at(2);
    next_ = level_.end;
    fired_ = in.numbers();
    in.grown(stalled_);
    keeper_.load(in);
    states_.load(in);
    lineage_.load(in);
  }

  /// Is somebody in trouble? Then that ends the search.
  bool is_stopped() {
    reason_ = trouble_.of_all(ranks_);
    if (reason_) tell_incomplete(*reason_, result_);
    return reason_.has_value();
  }

  /// The most states that there may be.
  [[nodiscard]] std::uint64_t states_max() const {
    return level_.depth == limits_.depth_max ? level_.end : limits_.states_max;
  }

  /// Takes what was found, by rank, up to what ends the search.
  void settle(const Block::Outcome& mine) {
    const auto& said = round_.said();
    StateNumber base = lineage_.end();
    std::vector<std::uint64_t> found;
    for (std::size_t rank = 0; rank < count_; ++rank) {
      const bool is_full = base + said[rank].found > states_max();
      if (is_full || said[rank].has_end != 0) return end_in(static_cast<int>(rank), base, mine);
      base += said[rank].found;
    }
    memory_ = 0;
    for (const Round::Said& one : said) {
      found.push_back(one.found);
      transitions_ += one.fired;
      memory_ += one.memory;
    }
    round_.block().count(mine, fired_);
    trouble_.watch([&] { take_found(); });
    lineage_.end_round(found);
  }

  void take_found() {
    StateNumber first = lineage_.end();
    for (int rank = 0; rank < me_; ++rank)
      first += round_.said()[static_cast<std::size_t>(rank)].found;
    states_.begin_run(first);
    std::vector<Word> state(program_.initial.size());
    round_.block().for_each_parent(
        [&](std::size_t parent, const std::vector<std::uint32_t>& targets) {
          lineage_.add_parent(targets);
          for (const std::uint32_t target : targets)
            states_.add_found(round_.block().target(parent, target));
          const StateId id = states_.pass();
          if (!program_.deadlock || !targets.empty()) return;
          states_.frontier().read(id, state.data());
          if (!round_.block().is_stalled(state.data(), parent)) return;
          states_.frontier().keep(id);
          stalled_.push_back({id, static_cast<std::uint32_t>(level_.depth)});
        });
  }

  /// The search ends in this rank's block; so many states were found before it.
  void end_in(int rank, StateNumber base, const Block::Outcome& mine) {
    Block::Outcome last = mine;
    if (rank == me_) last = round_.block().judge(states_max() - base);
    if (me_ <= rank) round_.block().count(last, fired_);
    const End end = last.end.value_or(End());
    const std::uint64_t first = deal_.before(next_, me_);
    const std::array<std::uint64_t, 6> numbers{static_cast<std::uint64_t>(end.kind),
                                               deal_.state_of(me_, first + end.parent),
                                               static_cast<std::uint64_t>(end.part),
                                               end.transition,
                                               base + last.found,
                                               last.target};
    const auto all = ranks_.share(numbers);
    const auto* at = all.data() + static_cast<std::size_t>(rank) * numbers.size();
    end_ = {.kind = static_cast<End::Kind>(at[0]),
            .part = static_cast<std::int32_t>(at[2]),
            .transition = static_cast<std::uint32_t>(at[3])};
    ended_at_ = at[1];
    ended_in_ = rank;
    ended_with_ = at[4];
    ended_target_ = static_cast<std::uint32_t>(at[5]);
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
    std::vector<std::uint32_t> way = lineage_.way_to(ended_at_, ranks_);
    end_->parent = static_cast<StateId>(way.size());
    if (end_->kind == Kind::violated) way.push_back(ended_target_);
    end_->child = static_cast<StateId>(way.size());
    tell_end(program_, chain_of(program_, way), {0, 0, 0}, limits_, *end_, result_);
    if (end_->kind == Kind::failed && ended_in_ == me_) ++fired_[end_->transition];
  }

  /// In this level, from that state on.
  std::optional<StateNumber> find_deadlock(StateNumber from) {
    constexpr auto none = std::numeric_limits<StateNumber>::max();
    const std::uint64_t begin = deal_.before(from, me_);
    StateNumber first = none;
    Successors room(program_);
    for (std::uint64_t i = begin; i < deal_.share_of(me_) && first == none; ++i) {
      states_.frontier().read(states_.of_level(i), room.state.data());
      if (is_deadlock(program_, room)) first = deal_.state_of(me_, i);
    }
    first = std::ranges::min(ranks_.share(std::array{first}));
    return first == none ? std::nullopt : std::optional(first);
  }

  bool may_be_lost() {
    constexpr std::uint64_t work_min = 100'000;
    const std::uint64_t work_max = lineage_.end() / count_ + work_min;
    using Answer = LookForLost::Answer;
    LookForLost look(program_, states_.frontier(), stalled_, work_max, keeper_, ranks_);
    const Answer answer = look.run([&] {
      trouble_.note(lookout_.watch().reason_to_stop());
      return trouble_.is_there();
    });
    if (answer == Answer::given_up) (void)is_stopped();
    return answer == Answer::perhaps;
  }

  void look_around() {
    const std::uint64_t beside = memory() - keeper_.memory();
    if (beside > limits_.memory_max) trouble_.note(reason_of(StateSet::Full::memory, limits_));
    keeper_.limit_memory(limits_.memory_max - std::min(beside, limits_.memory_max));
    trouble_.note(lookout_.look(next_, {[this] { return progress(); }, nullptr}));
  }

  [[nodiscard]] std::uint64_t memory() const {
    return keeper_.memory() + states_.memory() + lineage_.memory() +
           stalled_.capacity() * sizeof(Stalled);
  }

  void count() {
    result_.counts.states = end_ ? ended_with_ : lineage_.end();
    if (limits_.states_max == 0) result_.counts.states = 0;
    result_.counts.depth = level_.depth + (result_.counts.states > level_.end ? 1 : 0);
    if (level_.begin == level_.end) --result_.counts.depth;
  }

  Progress progress() {
    count();
    result_.counts.transitions = transitions_;
    return {result_.counts, lineage_.end() - next_, memory_};
  }

  /// What all of them have fired.
  void add_up() {
    const auto all = ranks_.share(fired_);
    std::vector<std::uint64_t> sum(fired_.size());
    for (std::size_t i = 0; i < all.size(); ++i)
      sum[i % sum.size()] += all[i];
    result_.coverage = coverage_of(program_, sum);
    result_.counts.transitions = std::accumulate(sum.begin(), sum.end(), std::uint64_t{0});
  }

  const Program& program_;
  const Limits& limits_;
  Ranks& ranks_;
  int me_;
  std::size_t count_; ///< Of the ranks.
  Keeper keeper_;
  DealtStates states_;
  Lineage lineage_;
  Trouble trouble_;
  Round round_;
  Lookout lookout_;
  std::optional<Checkpoint> checkpoint_;
  std::chrono::steady_clock::time_point saved_ = std::chrono::steady_clock::now();
  std::vector<std::uint64_t> fired_; ///< By transition, of this rank.
  std::vector<Stalled> stalled_;
  Level level_;
  Deal deal_;
  StateNumber next_ = 0;              ///< The first state of the next round.
  std::optional<std::string> reason_; ///< Why they all do not go on.
  std::optional<End> end_;
  StateNumber ended_at_ = 0;       ///< The state that was being expanded,
  int ended_in_ = 0;               ///< by this rank,
  StateNumber ended_with_ = 0;     ///< with so many states,
  std::uint32_t ended_target_ = 0; ///< at this target.
  std::uint64_t transitions_ = 0;  ///< Of all ranks, up to this round.
  std::uint64_t memory_ = 0;       ///< Of all ranks.
  bool needs_graph_ = false;
  Result result_;
};

} // namespace

Result explore_together(const Program& program, const Limits& limits, Observer& observer) {
  ensure(limits.threads == 1 && limits.storage == Storage::exact,
         "ranks have one thread each, and keep states whole");
  {
    Together search(program, limits, observer);
    Result result = search.run();
    if (!search.needs_graph()) return result;
  } // The memory is free now.
  Limits alone = limits;
  alone.ranks = nullptr;
  alone.checkpoints = nullptr;
  Result result;
  if (limits.ranks->number() == 0) result = explore(program, alone, observer);
  return result_of(0, result, *limits.ranks);
}

} // namespace stalemate
