#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/ir/model.hpp"
#include "checker/program/ranges.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace stalemate {

/// Unit of a packed state.
using Word = std::uint64_t;

/// Where a cell is stored: `bits` bits of one word, as value - low. No bits: the value is `low` in
/// every state.
struct Field {
  std::uint8_t word = 0;
  std::uint8_t shift = 0;
  std::uint8_t bits = 0; ///< 0..32
  int low = 0;

  /// The field's bits, moved down.
  [[nodiscard]] Word mask() const { return (Word{1} << bits) - 1; }
  [[nodiscard]] int value(const Word* state) const {
    return static_cast<int>((state[word] >> shift) & mask()) + low;
  }

  friend bool operator==(const Field&, const Field&) = default;
};

/// An array whose cells stand side by side in one word, so that an index becomes a shift.
struct Row {
  Field first;
  std::uint8_t stride = 0; ///< Bits from one cell to the next.
};

/// How the valuations of a model become packed states.
///
/// Every cell gets the bits that its values need; one with a single value needs none. No field
/// straddles a word, words are filled first-fit decreasing, and the cells of an array that is
/// indexed by an expression stay together in one word if they fit and have the same range.
class Layout {
 public:
  /// Throws ir::InvalidModel if a state needs more than 255 words.
  explicit Layout(const ir::Model& model);

  [[nodiscard]] const Field& field(ir::Cell cell) const {
    return fields_[first_[static_cast<std::size_t>(cell.variable)] +
                   static_cast<std::size_t>(cell.index)];
  }
  /// All fields of a variable, in the order of its cells.
  [[nodiscard]] std::span<const Field> fields(ir::VariableId variable) const;
  /// Set if the variable's cells stand side by side.
  [[nodiscard]] std::optional<Row> row(ir::VariableId variable) const;
  /// The values that the fields can hold.
  [[nodiscard]] const Ranges& ranges() const { return ranges_; }

  /// Words of an unpacked state, at least 1.
  [[nodiscard]] int words() const { return words_; }
  /// Bits that the fields use, without the gaps between them.
  [[nodiscard]] int bits() const { return bits_; }
  /// Bytes that a stored state takes, at least 1: the first bytes of its words, little end first.
  [[nodiscard]] int bytes() const { return bytes_; }

  /// Values must be inside ranges().
  void pack(const ir::Valuation& values, Word* state) const;
  [[nodiscard]] ir::Valuation unpack(const Word* state) const;

 private:
  struct Block;
  [[nodiscard]] bool fits_a_row(ir::VariableId variable, int cells) const;
  [[nodiscard]] std::vector<Block> blocks() const;
  void place(std::vector<Block> blocks);

  Ranges ranges_;
  std::vector<std::size_t> first_; ///< By variable: its first field.
  std::vector<Field> fields_;
  std::vector<bool> is_row_;         ///< By variable.
  std::vector<std::size_t> lengths_; ///< By variable: number of cells.
  int words_ = 1;
  int bits_ = 0;
  int bytes_ = 1;
};

} // namespace stalemate
