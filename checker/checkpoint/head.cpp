#include "checker/checkpoint/head.hpp"

#include "checker/checkpoint/checkpoint_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace stalemate {

static_assert(std::endian::native == std::endian::little, "numbers are stored low bytes first");

namespace {

constexpr std::uint64_t magic = 0x746e696f706b6863; // "chkpoint"
constexpr std::uint64_t version = 1;

Digest::Value digest_of(std::span<const std::byte> bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.value();
}

/// Takes number after number. Behind a digest that is right they are as they were written.
class Numbers {
 public:
  Numbers(std::span<const std::byte> bytes, const std::string& file)
      : numbers_(bytes.size() / sizeof(std::uint64_t)), file_(file) {
    std::memcpy(numbers_.data(), bytes.data(), numbers_.size() * sizeof(std::uint64_t));
  }

  std::uint64_t next() {
    if (at_ == numbers_.size()) damaged();
    return numbers_[at_++];
  }
  Digest::Value digest() {
    const std::uint64_t low = next();
    return {low, next()};
  }
  /// A number of things that take so many numbers each, at least.
  std::uint64_t count(std::uint64_t least) {
    const std::uint64_t count = next();
    if (count > (numbers_.size() - at_) / least) damaged();
    return count;
  }
  void end() const {
    if (at_ != numbers_.size()) damaged();
  }

 private:
  [[noreturn]] void damaged() const {
    throw CheckpointError(fmt::format("{}: damaged: its numbers do not fit together", file_));
  }

  std::vector<std::uint64_t> numbers_;
  const std::string& file_;
  std::size_t at_ = 0;
};

} // namespace

std::vector<std::byte> bytes_of(const Head& head) {
  std::vector<std::uint64_t> numbers{magic, version};
  const auto add = [&](const auto& some) {
    numbers.insert(numbers.end(), some.begin(), some.end());
  };
  add(head.build);
  add(head.program);
  numbers.push_back(head.parts.size());
  for (const SavedPart& part : head.parts) {
    numbers.push_back(part.bytes);
    add(part.digest);
    numbers.push_back(part.ranges.size());
    for (const auto& [from, to] : part.ranges)
      add(std::array{from, to});
  }
  numbers.push_back(head.values.size());
  add(head.values);
  add(digest_of(std::as_bytes(std::span(numbers))));
  const auto bytes = std::as_bytes(std::span(numbers));
  return {bytes.begin(), bytes.end()};
}

Head head_of(std::span<const std::byte> bytes, const std::string& file) {
  constexpr std::size_t digest_bytes = sizeof(Digest::Value);
  const auto complain = [&](const char* what) {
    throw CheckpointError(fmt::format("{}: {}", file, what));
  };
  if (bytes.size() < digest_bytes || bytes.size() % sizeof(std::uint64_t) != 0)
    complain("damaged: its size is not that of a checkpoint");
  const auto content = bytes.first(bytes.size() - digest_bytes);
  const Digest::Value digest = digest_of(content);
  if (!std::ranges::equal(bytes.last(digest_bytes), std::as_bytes(std::span(digest))))
    complain("damaged: its checksum is not that of its content");

  Numbers numbers(content, file);
  if (numbers.next() != magic) complain("not a checkpoint");
  if (numbers.next() != version) complain("a checkpoint of another version");
  Head head;
  head.build = numbers.digest();
  head.program = numbers.digest();
  head.parts.resize(numbers.count(4));
  for (SavedPart& part : head.parts) {
    part.bytes = numbers.next();
    part.digest = numbers.digest();
    part.ranges.resize(numbers.count(2));
    for (SavedPart::Range& range : part.ranges) {
      range.from = numbers.next();
      range.to = numbers.next();
    }
  }
  head.values.resize(numbers.count(1));
  for (std::uint64_t& value : head.values)
    value = numbers.next();
  numbers.end();
  return head;
}

} // namespace stalemate
