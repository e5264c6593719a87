#pragma once

#include "checker/program/layout.hpp"

#include <cstdint>
#include <vector>

namespace stalemate {

/// What a symmetry of the model does to one cell.
struct CellImage {
  ir::Cell to;             ///< Its values are there afterwards,
  std::vector<int> values; ///< as these, by the values that it can take; empty: as they are.
};

/// By variable and cell.
using StateImage = std::vector<std::vector<CellImage>>;

/// A group of symmetries of a program. States that one of them maps onto each other behave alike,
/// so one of them stands for all: the smallest, as packed.
class Symmetry {
 public:
  /// The images of all members but the one that changes nothing. Cells whose values change must
  /// have few.
  Symmetry(const Layout& layout, const std::vector<StateImage>& images);

  /// Replaces each of the states, one behind the other, by the one that stands for it.
  void canonicalise(Word* states, int count) const;

  /// How many symmetries there are, with the one that changes nothing.
  [[nodiscard]] std::size_t order() const { return motions_.size() + 1; }

  /// By process: as bits, those that a symmetry can put in its place, itself included.
  std::vector<std::uint64_t> alike;
  /// By index into Program::alternatives: the first one that a symmetry makes of it.
  std::vector<std::uint32_t> orbits;

 private:
  /// Fields that keep their values and their distance.
  struct Move {
    Word mask = 0;
    std::uint8_t from = 0; ///< Words.
    std::uint8_t to = 0;
    std::uint8_t turn = 0; ///< Bits to rotate to the left.
  };
  /// A field with another value: numbers[first + field], in place already.
  struct Exchange {
    Field field;
    std::uint8_t to = 0; ///< Word.
    std::uint32_t first = 0;
  };
  struct Motion {
    std::vector<Word> constant; ///< What fields get that come from cells with one value.
    std::vector<Move> moves;
    std::vector<Exchange> exchanges;
  };

  void add(const Layout& layout, const ir::Cell& cell, const CellImage& image, Motion& motion);
  void move(const Motion& motion, const Word* state, Word* image) const;

  std::size_t words_;
  std::vector<Motion> motions_;
  std::vector<Word> numbers_;
};

} // namespace stalemate
