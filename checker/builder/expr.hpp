#pragma once

#include "checker/ir/expression.hpp"

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

namespace stalemate::build {

/// An expression being written down. It records; nothing is computed. It has no truth value of its
/// own, so that `if (inode.seq == 1)` does not compile.
class Expr {
 public:
  Expr(int value) : node_(ir::constant(value)) {} // NOLINT(google-explicit-constructor): notation
  Expr(bool value) : node_(ir::constant(value ? 1 : 0)) {} // NOLINT(google-explicit-constructor)
  template <typename V>
  requires std::integral<V> || std::is_enum_v<V>
  Expr(V value) // NOLINT(google-explicit-constructor): notation
      : node_(ir::constant(wide(value))) {}
  explicit Expr(ir::ExpressionPtr node) : node_(std::move(node)) {}

  [[nodiscard]] const ir::ExpressionPtr& node() const { return node_; }
  [[nodiscard]] ir::Range range() const { return node_->range; }

 private:
  /// Whatever the type, too large stays too large, and is refused as a constant.
  template <typename V>
  static std::int64_t wide(V value) {
    if constexpr (std::is_enum_v<V>)
      return wide(static_cast<std::underlying_type_t<V>>(value));
    else if constexpr (std::is_unsigned_v<V> && sizeof(V) == sizeof(std::int64_t))
      return static_cast<std::int64_t>(
          std::min<V>(value, std::numeric_limits<std::int64_t>::max()));
    else
      return value;
  }

  ir::ExpressionPtr node_;
};

[[nodiscard]] inline Expr combine(ir::Op op, const Expr& a) {
  return Expr(ir::combine(op, {a.node()}));
}
[[nodiscard]] inline Expr combine(ir::Op op, const Expr& a, const Expr& b) {
  return Expr(ir::combine(op, {a.node(), b.node()}));
}

// Free functions on Expr itself, found for places too, since a place is an expression.
[[nodiscard]] inline Expr operator!(const Expr& a) {
  return combine(ir::Op::invert, a);
}
[[nodiscard]] inline Expr operator-(const Expr& a) {
  return combine(ir::Op::negate, a);
}
[[nodiscard]] inline Expr operator+(const Expr& a, const Expr& b) {
  return combine(ir::Op::add, a, b);
}
[[nodiscard]] inline Expr operator-(const Expr& a, const Expr& b) {
  return combine(ir::Op::subtract, a, b);
}
[[nodiscard]] inline Expr operator*(const Expr& a, const Expr& b) {
  return combine(ir::Op::multiply, a, b);
}
[[nodiscard]] inline Expr operator/(const Expr& a, const Expr& b) {
  return combine(ir::Op::divide, a, b);
}
[[nodiscard]] inline Expr operator%(const Expr& a, const Expr& b) {
  return combine(ir::Op::modulo, a, b);
}
[[nodiscard]] inline Expr operator==(const Expr& a, const Expr& b) {
  return combine(ir::Op::equal, a, b);
}
[[nodiscard]] inline Expr operator!=(const Expr& a, const Expr& b) {
  return combine(ir::Op::not_equal, a, b);
}
[[nodiscard]] inline Expr operator<(const Expr& a, const Expr& b) {
  return combine(ir::Op::less, a, b);
}
[[nodiscard]] inline Expr operator<=(const Expr& a, const Expr& b) {
  return combine(ir::Op::less_equal, a, b);
}
[[nodiscard]] inline Expr operator>(const Expr& a, const Expr& b) {
  return b < a;
}
[[nodiscard]] inline Expr operator>=(const Expr& a, const Expr& b) {
  return b <= a;
}
[[nodiscard]] inline Expr operator&&(const Expr& a, const Expr& b) {
  return combine(ir::Op::both, a, b);
}
[[nodiscard]] inline Expr operator||(const Expr& a, const Expr& b) {
  return combine(ir::Op::either, a, b);
}

/// `yes` where the condition is true, else `no`.
[[nodiscard]] inline Expr select(const Expr& condition, const Expr& yes, const Expr& no) {
  return Expr(ir::combine(ir::Op::select, {condition.node(), yes.node(), no.node()}));
}
[[nodiscard]] inline Expr min(const Expr& a, const Expr& b) {
  return combine(ir::Op::minimum, a, b);
}
[[nodiscard]] inline Expr max(const Expr& a, const Expr& b) {
  return combine(ir::Op::maximum, a, b);
}

/// True where `condition(i)` is true for every i in 0..count-1.
template <std::invocable<int> F>
[[nodiscard]] Expr for_all(int count, F condition) {
  Expr all = true;
  for (int i = 0; i < count; ++i)
    all = all && condition(i);
  return all;
}

/// True where `condition(i)` is true for some i in 0..count-1.
template <std::invocable<int> F>
[[nodiscard]] Expr exists(int count, F condition) {
  Expr some = false;
  for (int i = 0; i < count; ++i)
    some = some || condition(i);
  return some;
}

} // namespace stalemate::build
