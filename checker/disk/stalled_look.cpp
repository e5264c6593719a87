#include "checker/disk/stalled_look.hpp"

#include "checker/disk/rows.hpp"
#include "checker/program/interpret.hpp"

#include <iterator>

namespace stalemate {

StalledLook::StalledLook(const Program& program)
    : program_(program), standings_(program),
      words_(static_cast<std::size_t>(program.layout.words())),
      targets_(static_cast<std::size_t>(program.successors_max) * words_),
      transitions_(static_cast<std::size_t>(program.successors_max)) {}

bool StalledLook::is_stalled(const Word* state, std::span<const Word> targets) const {
  if (targets.empty()) return false;
  const std::uint64_t progress = progress_of(state);
  for (std::size_t at = 0; at < targets.size(); at += words_)
    if (is_behind(targets.data() + at, progress, state)) return false;
  return true;
}

bool StalledLook::may_lose(const Word* state, std::uint64_t states_max) {
  const Ranked start = ranked(state);
  std::set<Ranked> met{start};
  std::set<Ranked> todo{start};
  ProcessSet lost = ~ProcessSet{0};
  while (!todo.empty()) {
    // The one that comes last leads behind the start soonest.
    const Ranked next = std::move(todo.extract(std::prev(todo.end())).value());
    const Expansion found =
        expand(program_, next.state.data(), targets_.data(), transitions_.data());
    ProcessSet enabled = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(found.count); ++i)
      enabled |= only(standings_.process_of(transitions_[i]));
    lost &= standings_.alike(standings_.of(next.state.data()).waiting & ~enabled);
    if (lost == 0) return false;
    if (++passed_ > states_max) return true;
    for (std::size_t i = 0; i < static_cast<std::size_t>(found.count); ++i) {
      const Word* target = targets_.data() + i * words_;
      // From what comes behind the start it is known, or will be, that nobody is lost.
      if (is_behind(target, start.progress, start.state.data())) return false;
      Ranked one = ranked(target);
      if (met.insert(one).second) todo.insert(std::move(one));
    }
  }
  return true;
}

StalledLook::Ranked StalledLook::ranked(const Word* state) const {
  return {progress_of(state), {state, state + words_}};
}

std::uint64_t StalledLook::progress_of(const Word* state) const {
  std::uint64_t sum = 0;
  for (const ProcessCode& process : program_.processes)
    sum += static_cast<std::uint64_t>(process.location.value(state));
  return sum;
}

/// Does a state come behind another one, of which it is known how far it is?
bool StalledLook::is_behind(const Word* state, std::uint64_t progress, const Word* other) const {
  const std::uint64_t mine = progress_of(state);
  return mine != progress ? mine > progress : compare_states(state, other, words_) > 0;
}

} // namespace stalemate
