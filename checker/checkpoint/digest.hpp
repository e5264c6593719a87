#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

struct XXH3_state_s;

namespace stalemate {

/// 128 bits that differ when what was added differs, but for chances that nobody will meet. Made
/// to notice damage and mistakes, not malice.
class Digest {
 public:
  using Value = std::array<std::uint64_t, 2>;

  Digest();

  void add(std::span<const std::byte> bytes);
  void add(std::uint64_t number) { add(std::as_bytes(std::span(&number, 1))); }

  /// Of everything that was added.
  [[nodiscard]] Value value() const;

 private:
  struct Free {
    void operator()(XXH3_state_s* state) const;
  };
  std::unique_ptr<XXH3_state_s, Free> state_;
};

} // namespace stalemate
