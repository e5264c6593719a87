#pragma once

#include "model/scenario/position.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace stalemate::kernel {

/// JSON whose objects keep the order of the text, so that the first error is the first one in it.
using Json = nlohmann::ordered_json;

/// What the text says, and where it says it.
// NOLINTNEXTLINE(bugprone-exception-escape): moving a Json does not throw, clang-tidy cannot tell.
struct JsonText {
  Json root;
  Positions positions;
};

/// A text that is not JSON, or JSON that no scenario needs and that would be silently misread or
/// costly: keys given twice, numbers that are not small integers, deep nesting, huge strings.
class MalformedJson : public std::runtime_error {
 public:
  MalformedJson(Position position,
                std::string pointer,
                const std::string& what,
                bool is_too_much = false)
      : std::runtime_error(what), position_(position), pointer_(std::move(pointer)),
        is_too_much_(is_too_much) {}

  [[nodiscard]] Position position() const { return position_; }
  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  /// JSON, but a number is too large, or there are too many values.
  [[nodiscard]] bool is_too_much() const { return is_too_much_; }

 private:
  Position position_;
  std::string pointer_;
  bool is_too_much_;
};

/// How much of everything is read. Far above what a scenario needs, far below what hurts.
inline constexpr std::size_t json_bytes_max = 4U << 20U;
inline constexpr std::size_t json_depth_max = 64;
inline constexpr std::size_t json_values_max = 20'000;
inline constexpr std::size_t json_key_max = 100;
inline constexpr std::size_t json_string_max = 20'000;
inline constexpr std::int64_t json_integer_max = (std::int64_t{1} << 53U) - 1;

/// Parses and checks. Throws MalformedJson.
[[nodiscard]] JsonText parse_json(const std::string& text);

/// The pointer to a member: pointer + "/" + the key with ~ and / escaped.
[[nodiscard]] std::string below(const std::string& pointer, std::string_view key);
[[nodiscard]] std::string below(const std::string& pointer, std::size_t index);

} // namespace stalemate::kernel
