#include "checker/ranks/dealt_states.hpp"

#include "checker/ranks/packing.hpp"

#include <algorithm>
#include <new>

namespace stalemate {

DealtStates::DealtStates(const Layout& layout, Ranks& ranks, std::uint64_t block_max)
    : ranks_(ranks), words_(static_cast<std::size_t>(layout.words())),
      bytes_(static_cast<std::size_t>(layout.bytes())),
      piece_(4 * block_max * static_cast<std::uint64_t>(ranks.count())), frontier_(layout.bytes()),
      found_(layout.bytes()) {}

void DealtStates::begin_level() {
  level_begin_ = next_;
  frontier_.forget_before(next_);
}

// Where memory ends the others must not wait for a message, so it is sent all the same.
void DealtStates::deal_out(const Deal& deal, const Lineage& lineage) {
  const auto count = static_cast<std::size_t>(ranks_.count());
  std::vector<Ranks::Message> out(count);
  std::vector<Ranks::Message> in(count);
  bool is_whole = true;
  const auto guarded = [&](auto work) {
    try {
      if (is_whole) work();
    } catch (const std::bad_alloc&) {
      is_whole = false;
    }
  };
  run_ = 0;
  given_ = 0;
  taken_ = 0;
  for (StateNumber begin = deal.begin(); begin < deal.end(); begin += piece_) {
    const StateNumber end = std::min(begin + piece_, deal.end());
    for (Ranks::Message& message : out)
      message.clear();
    guarded([&] { give(end, deal, out); });
    ranks_.exchange(out, in);
    guarded([&] { take(end, deal, lineage, in); });
  }
  runs_.clear();
  found_ = Arena(static_cast<int>(bytes_));
  if (!is_whole) throw std::bad_alloc();
}

void DealtStates::give(StateNumber end, const Deal& deal, std::vector<Ranks::Message>& out) {
  std::vector<Word> state(words_);
  for (; run_ < runs_.size(); ++run_) {
    Run& run = runs_[run_];
    for (; run.first < run.end; ++run.first) {
      if (run.first >= end) return;
      found_.read(given_++, state.data());
      append_state(out[static_cast<std::size_t>(deal.rank_of(run.first))], state.data(), bytes_);
    }
  }
}

void DealtStates::take(StateNumber end,
                       const Deal& deal,
                       const Lineage& lineage,
                       const std::vector<Ranks::Message>& in) {
  std::vector<Word> state(words_);
  std::vector<std::size_t> taken(in.size());
  const int me = ranks_.number();
  for (; taken_ < deal.share_of(me); ++taken_) {
    const StateNumber number = deal.state_of(me, taken_);
    if (number >= end) return;
    const auto from = static_cast<std::size_t>(lineage.finder(lineage.run_of(number)));
    const std::size_t index = taken[from]++;
    if ((index + 1) * bytes_ > in[from].size()) throw std::bad_alloc(); // Where it was sent.
    read_state(in[from], index, bytes_, state.data(), words_);
    frontier_.append(state.data());
  }
}

std::uint64_t DealtStates::memory() const {
  return frontier_.memory_with(0) + found_.memory() + runs_.capacity() * sizeof(Run);
}

void DealtStates::save(SnapshotWriter& out) const {
  out.number(next_);
  frontier_.save(out);
}

void DealtStates::load(SnapshotReader& in) {
  next_ = static_cast<StateId>(in.number());
  frontier_.load(in);
}

} // namespace stalemate
