#include "checker/search/ledger.hpp"

#include "checker/program/interpret.hpp"

#include <algorithm>
#include <numeric>

namespace stalemate {

/// Consecutive states that were expanded, and what was found.
struct Ledger::Found {
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
void Ledger::take(const Found& found, IsNew is_new, Rises rises) {
  using Kind = End::Kind;
  const auto words = static_cast<std::size_t>(program_.layout.words());
  std::size_t i = 0;
  StateId parent = found.first;
  for (const std::size_t last : found.ends) {
    const std::size_t begin = i;
    const std::uint64_t before = states_;
    for (; i < last; ++i) {
      if (i == found.taken) {
        end_ = {.kind = Kind::full, .parent = parent};
        return;
      }
      const std::uint32_t transition = found.transitions[i];
      ++fired_[transition];
      if (!is_new(i)) continue;
      seen_.parents.add_child();
      ++states_;
      const auto broken = broken_by(program_, transition, found.states.data() + i * words);
      if (broken == Program::holds_all) [[likely]]
        continue;
      end_ = {.kind = Kind::violated,
              .parent = parent,
              .part = broken,
              .child = static_cast<StateId>(states_ - 1)};
      return;
    }
    end_parent(parent,
               begin < last && states_ == before &&
                   !rises(static_cast<std::size_t>(parent - found.first)));
    ++parent;
  }
  if (found.stop == Successors::Stop::failed)
    end_ = {.kind = Kind::failed, .parent = parent - 1, .transition = found.failed};
  if (found.stop == Successors::Stop::deadlock)
    end_ = {.kind = Kind::deadlock, .parent = parent - 1};
}

void Ledger::take(const Successors& batch, std::size_t taken) {
  const auto rises = [&](std::size_t parent) {
    const std::size_t begin = parent == 0 ? 0 : batch.ends[parent - 1];
    const auto from = batch.targets.ids.begin();
    return std::any_of(from + static_cast<std::ptrdiff_t>(begin),
                       from + static_cast<std::ptrdiff_t>(batch.ends[parent]),
                       [&](StateId id) { return id > batch.first + parent; });
  };
  take(
      {batch.first,
       batch.ends,
       batch.transitions,
       batch.targets.states,
       taken,
       batch.stop,
       batch.failed},
      [&](std::size_t target) { return batch.targets.fresh[target] != 0; },
      rises);
}

/// They have looked at everything already, but for where the search ends.
void Ledger::take(const Workers& workers) {
  const auto chunks = workers.chunks();
  if (chunks.back().is_last()) {
    for (const Chunk& chunk : chunks)
      take_to_the_end(chunk);
    return;
  }
  const auto fired = workers.fired();
  for (std::size_t t = 0; t < fired.size(); ++t)
    fired_[t] += fired[t];
  for (const Chunk& chunk : chunks)
    take(chunk);
}

void Ledger::take(const Chunk& chunk) {
  std::size_t begin = 0;
  for (std::size_t p = 0; p < chunk.ends.size(); ++p) {
    seen_.parents.add_parent(chunk.fresh[p]);
    if (begin < chunk.ends[p] && !chunk.rises(p))
      stalled_.push_back(chunk.first + static_cast<StateId>(p));
    begin = chunk.ends[p];
  }
  states_ += chunk.new_states;
}

void Ledger::take_to_the_end(const Chunk& chunk) {
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

void Ledger::end_parent(StateId parent, bool is_stalled) {
  seen_.parents.next_parent();
  if (!is_stalled) return;
  stalled_.push_back(parent);
  if (program_.deadlock) seen_.keep(parent); // For may_be_stranded().
}

std::uint64_t Ledger::transitions() const {
  return std::accumulate(fired_.begin(), fired_.end(), std::uint64_t{0});
}

Coverage Ledger::coverage() const {
  return coverage_of(program_, fired_);
}

void Ledger::save(SnapshotWriter& out) const {
  out.number(states_);
  out.numbers(fired_);
  out.grown(stalled_);
}

void Ledger::load(SnapshotReader& in) {
  states_ = in.number();
  fired_ = in.numbers();
  in.grown(stalled_);
}

std::int32_t broken_by(const Program& program, std::uint32_t transition, const Word* state) {
  const Entry entry = program.transitions[transition].invariants;
  if (entry == program.nothing) return Program::holds_all;
  return ask(program, entry, state);
}

Coverage coverage_of(const Program& program, std::span<const std::uint64_t> fired) {
  Coverage coverage = no_coverage(program.model);
  std::vector<std::uint64_t> by_alternative(program.alternatives.size());
  const auto orbit = [&](std::size_t alternative) {
    return program.symmetry ? program.symmetry->orbits[alternative] : alternative;
  };
  for (std::size_t t = 0; t < fired.size(); ++t)
    by_alternative[orbit(program.transitions[t].alternative)] += fired[t];
  for (std::size_t a = 0; a < by_alternative.size(); ++a) {
    const AlternativeName& name = program.alternatives[a];
    coverage.fired[static_cast<std::size_t>(name.process)][static_cast<std::size_t>(name.step)]
                  [static_cast<std::size_t>(name.alternative)] = by_alternative[orbit(a)];
  }
  return coverage;
}

} // namespace stalemate
