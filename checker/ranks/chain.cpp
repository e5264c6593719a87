#include "checker/ranks/chain.hpp"

#include "checker/program/ensure.hpp"
#include "checker/program/interpret.hpp"

#include <limits>
#include <vector>

namespace stalemate {

StateSet chain_of(const Program& program, std::span<const std::uint32_t> way) {
  constexpr auto any = std::numeric_limits<std::uint64_t>::max();
  StateSet chain(program.layout, any, any);
  const auto words = static_cast<std::size_t>(program.layout.words());
  const auto most = static_cast<std::size_t>(program.successors_max);
  std::vector<Word> state = program.initial;
  std::vector<Word> targets(most * words);
  std::vector<std::uint32_t> transitions(most);
  ensure(chain.insert_one(state), "a chain begins with the initial state");
  for (const std::uint32_t target : way) {
    const Expansion found = expand(program, state.data(), targets.data(), transitions.data());
    ensure(target < static_cast<std::uint32_t>(found.count), "a way goes on");
    state.assign(targets.begin() + static_cast<std::ptrdiff_t>(target * words),
                 targets.begin() + static_cast<std::ptrdiff_t>((target + 1) * words));
    ensure(chain.insert_one(state), "a shortest way passes no state twice");
    chain.parents.add_parent(1);
  }
  return chain;
}

} // namespace stalemate
