#pragma once

#include "checker/program/layout.hpp"

#include <compare>
#include <cstdint>
#include <vector>

namespace stalemate {

/// What an instruction does. A field is (in[word] >> shift) & mask; r is the register file; "else
/// jump" means: go on at the next instruction if it is true, else `jump` instructions further.
enum class Code : std::uint8_t {
  // Tests of packed fields against constants, the bulk of all guards.
  test,        ///< (in[word] & mask) == value, else jump
  test_not,    ///< (in[word] & mask) != value, else jump
  test_member, ///< bit number `field` of `value` is set, else jump; the field has 6 bits at most

  // Tests of two fields; the second is (in[a] >> b) & value.
  test_equal,     ///< field - second == other, else jump
  test_not_equal, ///< field - second != other, else jump
  test_less,      ///< field - second < other, else jump
  test_not_less,  ///< field - second >= other, else jump

  // Tests of registers.
  test_register,       ///< r[a] != 0, else jump
  test_register_not,   ///< r[a] == 0, else jump
  test_register_range, ///< (int64) mask <= r[a] <= (int64) value, else jump

  jump,  ///< always
  split, ///< jump by jumps[other + field]

  // Registers.
  set,       ///< r[into] = value
  load,      ///< r[into] = field + value
  load_row,  ///< r[into] = ((in[word] >> (shift + r[a] * b)) & mask) + value
  load_cell, ///< r[into] = value of fields[other + r[a]]
  look_up,   ///< r[into] = numbers[other + field]
  invert,    ///< r[into] = r[a] == 0; the following likewise with r[a], r[b]
  negate,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  equal,
  not_equal,
  less,
  less_equal,
  both,
  either,
  minimum,
  maximum,
  select, ///< r[into] = r[a] != 0 ? r[b] : r[c]

  // Effects.
  begin,      ///< the target starts as a copy of the state; `in` means the target from now on
  assign,     ///< out[word] = (out[word] & ~mask) | value
  map,        ///< field = numbers[other + second], else jump if that is `nowhere`
  store,      ///< field = r[a] - value
  store_row,  ///< ((out[word] >> (shift + r[c] * b)) & mask) = r[a] - value
  store_cell, ///< fields[other + r[c]] = r[a]

  // What comes of it.
  emit,   ///< the target is complete: transition number `other`; `in` means the state again
  fail,   ///< transition number `other` breaks a check or leaves a range; the search ends here
  answer, ///< the result is `other`
  end,    ///< no more alternatives
};

/// One instruction. Jumps are relative, so that code can be moved.
struct Instruction {
  Code code = Code::end;
  std::uint8_t word = 0;
  std::uint8_t shift = 0;
  std::uint8_t into = 0;
  std::uint8_t a = 0;
  std::uint8_t b = 0;
  std::uint8_t c = 0;
  std::int32_t jump = 0;
  std::int32_t other = 0;
  Word mask = 0;
  Word value = 0;

  friend auto operator<=>(const Instruction&, const Instruction&) = default;
};

inline constexpr std::int64_t nowhere = INT64_MIN; ///< In `numbers`: the value leaves the range.
inline constexpr int registers_max = 64;

/// Instructions and what they index.
struct Bytecode {
  std::vector<Instruction> instructions;
  std::vector<std::int64_t> numbers; ///< Of look_up: values; of map: what is stored, or nowhere.
  std::vector<std::int32_t> jumps;   ///< Of split.
  std::vector<Field> fields;         ///< Of load_cell and store_cell.
};

} // namespace stalemate
