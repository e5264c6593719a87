#pragma once

#include "checker/program/bytecode.hpp"

#include <span>
#include <vector>

namespace stalemate {

/// A place in a piece of code that is being written, to jump to.
using Mark = int;

/// Writes one piece of code; jumps may point forward. Tables that are equal are shared.
class Assembler {
 public:
  explicit Assembler(Bytecode& tables) : tables_(tables) {}

  [[nodiscard]] Mark mark();
  /// The mark is where the next instruction goes. Once for every mark.
  void place(Mark mark);

  void add(const Instruction& instruction) { code_.push_back(instruction); }
  /// An instruction that jumps to the mark.
  void add(const Instruction& instruction, Mark target);
  /// Goes on at the mark whose number is the field's code: its value without the `low`.
  void split(const Field& field, const std::vector<Mark>& targets);

  /// Index of a table in Bytecode::numbers or Bytecode::fields.
  [[nodiscard]] std::int32_t table(const std::vector<std::int64_t>& numbers);
  [[nodiscard]] std::int32_t table(std::span<const Field> fields);

  /// The finished piece.
  [[nodiscard]] std::vector<Instruction> finish();

 private:
  struct Jump {
    std::size_t at;
    Mark target;
  };
  struct Split {
    std::size_t at;
    std::vector<Mark> targets;
  };

  [[nodiscard]] std::int32_t distance(std::size_t from, Mark target) const;

  Bytecode& tables_;
  std::vector<Instruction> code_;
  std::vector<std::int32_t> places_; ///< By mark; -1 as long as it is not placed.
  std::vector<Jump> jumps_;
  std::vector<Split> splits_;
};

} // namespace stalemate
