#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace stalemate {

/// They cannot search together: one is lost, or was asked something else.
class RanksError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The processes that search together, as one of them sees them: a rank, among several. Perhaps on
/// other machines, so there are only messages, and steps that all take together. All of it throws
/// RanksError where one of them is lost.
class Ranks {
 public:
  using Message = std::vector<std::byte>;

  Ranks() = default;
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;
  virtual ~Ranks() = default;

  /// 0..count() - 1
  [[nodiscard]] virtual int number() const = 0;
  [[nodiscard]] virtual int count() const = 0;

  /// Gives the messages in `out` to the ranks, one each, in their order; `in` becomes what they
  /// gave to this one.
  virtual void exchange(const std::vector<Message>& out, std::vector<Message>& in) = 0;

  /// Tells all the numbers, the same amount of each rank. Returns those of all, one rank behind the
  /// other.
  [[nodiscard]] virtual std::vector<std::uint64_t> share(std::span<const std::uint64_t> mine) = 0;
};

} // namespace stalemate
