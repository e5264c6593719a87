#pragma once

#include "checker/ir/expression.hpp"
#include "checker/ir/variable.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::ir {

/// What the values of an expression are, and so how they are written and what they may be compared
/// with: a sort, as logic has it. Expressions themselves know numbers only.
struct Sort {
  enum class Form : std::uint8_t {
    any,    ///< a constant, which is what its surroundings take it for
    number, ///< numbers
    truth,  ///< no, yes
    words,  ///< as `named_by` calls them
  };
  Form form = Form::any;
  const Variable* named_by = nullptr; ///< Of words; null otherwise. Belongs to the model.

  /// Words are the same if they are spelled alike and stand for the same numbers.
  friend bool operator==(const Sort& a, const Sort& b);
};

inline constexpr Sort number_sort{Sort::Form::number, nullptr};
inline constexpr Sort truth_sort{Sort::Form::truth, nullptr};

[[nodiscard]] Sort sort_of(const Variable& variable);
[[nodiscard]] Sort sort_of(const Model& model, const Expression& expression);

/// May a value of this sort stand where that one is wanted?
[[nodiscard]] bool fits(const Sort& sort, const Sort& wanted);

/// What both are where they are compared, or chosen between; number_sort if they do not fit.
[[nodiscard]] Sort common(const Sort& a, const Sort& b);

/// The words of a sort, as they are called in the model, in the order of their values.
[[nodiscard]] std::vector<std::string> words(const Sort& sort);

/// The value that the word stands for.
[[nodiscard]] std::optional<std::int64_t> value_of(const Sort& sort, std::string_view word);

/// The value as an expression writes it: 3, yes, unwritten, "read-only". What could be mistaken for
/// something else is quoted; what has no word is written as a number.
[[nodiscard]] std::string literal(const Model& model, const Sort& sort, std::int64_t value);

/// The word, in quotes if expressions could not tell it from something else: "read-only".
[[nodiscard]] std::string quoted(const std::string& word);

} // namespace stalemate::ir
