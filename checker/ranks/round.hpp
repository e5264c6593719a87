#pragma once

#include "checker/ranks/block.hpp"
#include "checker/ranks/keeper.hpp"
#include "checker/ranks/ranks.hpp"
#include "checker/ranks/trouble.hpp"
#include "checker/search/limits.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stalemate {

/// What all ranks do at the same time, over and over: each expands a block, asks those who keep the
/// targets which are new, answers what it is asked itself, and tells all what came of it.
class Round {
 public:
  Round(const Program& program, const Limits& limits, Keeper& keeper, Trouble& trouble);

  /// What a rank says of its block.
  struct Said {
    std::uint64_t is_in_trouble, found, has_end, fired, memory;
  };

  /// With these states of this rank. Returns what came of them. `memory`: in use beside this.
  Block::Outcome
  run(const Frontier& frontier, StateId first, std::uint64_t count, std::uint64_t memory);

  /// By rank.
  [[nodiscard]] const std::vector<Said>& said() const { return said_; }
  /// Why somebody cannot go on.
  [[nodiscard]] const std::optional<std::string>& reason() const { return reason_; }
  [[nodiscard]] const Block& block() const { return block_; }

 private:
  void claim();
  void tell(const Block::Outcome& mine, std::uint64_t memory);

  const Limits& limits_;
  Ranks& ranks_;
  Keeper& keeper_;
  Trouble& trouble_;
  Block block_;
  std::vector<Ranks::Message> asked_; ///< Of this rank, by the others.
  std::vector<Ranks::Message> answers_;
  std::vector<Ranks::Message> told_; ///< To this rank.
  std::vector<Said> said_;
  std::optional<std::string> reason_;
};

} // namespace stalemate
