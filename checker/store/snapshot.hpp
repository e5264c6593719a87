#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace stalemate {

/// Writes down what a search consists of. Whoever has a part of it hands that over in an order of
/// its own, always the same one, and a SnapshotReader gives it back in that order. Throws
/// std::runtime_error where it cannot be written.
class SnapshotWriter {
 public:
  SnapshotWriter() = default;
  SnapshotWriter(const SnapshotWriter&) = delete;
  SnapshotWriter& operator=(const SnapshotWriter&) = delete;
  virtual ~SnapshotWriter() = default;

  /// The bytes from `at` on, as many as lie together.
  using Piece = std::function<std::span<const std::byte>(std::uint64_t at)>;

  virtual void number(std::uint64_t value) = 0;
  /// Some, written whole each time.
  virtual void numbers(std::span<const std::uint64_t> values) = 0;
  /// What only grows at its end, of `size` bytes by now: what an earlier snapshot holds of it is
  /// not written again. The bytes before `gone` are not there any more.
  virtual void grown(std::uint64_t gone, std::uint64_t size, const Piece& piece) = 0;

  /// The same, of what lies together.
  template <typename T>
  void grown(const std::vector<T>& values) {
    const auto bytes = std::as_bytes(std::span(values));
    grown(0, bytes.size(), [&](std::uint64_t at) { return bytes.subspan(at); });
  }
};

/// Gives back what a SnapshotWriter was told, in the same order. Throws std::runtime_error if there
/// is something else.
class SnapshotReader {
 public:
  SnapshotReader() = default;
  SnapshotReader(const SnapshotReader&) = delete;
  SnapshotReader& operator=(const SnapshotReader&) = delete;
  virtual ~SnapshotReader() = default;

  /// Where the bytes from `at` on belong, as many as lie together.
  using Room = std::function<std::span<std::byte>(std::uint64_t at)>;

  [[nodiscard]] virtual std::uint64_t number() = 0;
  [[nodiscard]] virtual std::vector<std::uint64_t> numbers() = 0;
  /// The size of what comes next and only grows, in bytes.
  [[nodiscard]] virtual std::uint64_t size() = 0;
  /// All of it, but for the bytes before `gone`.
  virtual void grown(std::uint64_t gone, const Room& room) = 0;

  /// The same, of what lies together.
  template <typename T>
  void grown(std::vector<T>& values) {
    values.resize(size() / sizeof(T));
    const auto bytes = std::as_writable_bytes(std::span(values));
    grown(0, [&](std::uint64_t at) { return bytes.subspan(at); });
  }
};

} // namespace stalemate
