#pragma once

#include "model/scenario/json_text.hpp"
#include "model/scenario/shape.hpp"

#include <stdexcept>
#include <string>

namespace stalemate::kernel {

/// A value that is not as its shape says.
class Mismatch : public std::runtime_error {
 public:
  Mismatch(std::string pointer, const std::string& what, bool is_key = false)
      : std::runtime_error(what), pointer_(std::move(pointer)), is_key_(is_key) {}

  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] bool is_key() const { return is_key_; } ///< The key is wrong, not the value.

 private:
  std::string pointer_;
  bool is_key_;
};

/// How much of an object must be there.
enum class Completeness {
  whole, ///< all that is needed
  part,  ///< variants will add the rest
  patch, ///< anything; null removes a member
};

/// Throws Mismatch for the first value, in the order of the text, that is not as the shape says.
void check_shape(const Json& value,
                 const Shape& shape,
                 Completeness completeness,
                 const std::string& pointer = "");

/// "0..31 is possible" at a pointer to a number, "1..8 items are possible" at one to an item of a
/// list; empty where the pointer alone does not say it.
[[nodiscard]] std::string limits_at(const Shape& root, const std::string& pointer);

} // namespace stalemate::kernel
