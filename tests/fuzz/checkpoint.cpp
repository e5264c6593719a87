// The head of a checkpoint. Its checksum stops all that was damaged, so what comes behind it is
// tried as well: with the checksum made right.

#include "checker/checkpoint/checkpoint_error.hpp"
#include "checker/checkpoint/head.hpp"
#include "tests/fuzz/target.hpp"

#include <algorithm>
#include <span>
#include <vector>

using namespace stalemate;

namespace {

void read(const std::vector<std::byte>& bytes) {
  try {
    const Head head = head_of(bytes, "head");
    fuzz::require(std::ranges::equal(bytes_of(head), bytes), "it is written as it was read");
  } catch (const CheckpointError& error) {
    const std::string message = error.what();
    fuzz::require_clear(message);
    fuzz::require(message.starts_with("head: "), "a message begins with the file", message);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto given = std::as_bytes(std::span(data, size));
  std::vector<std::byte> bytes(given.begin(), given.end());
  read(bytes);
  bytes.resize(size / sizeof(std::uint64_t) * sizeof(std::uint64_t));
  Digest digest;
  digest.add(bytes);
  const Digest::Value value = digest.value();
  const auto sum = std::as_bytes(std::span(value));
  bytes.insert(bytes.end(), sum.begin(), sum.end());
  read(bytes);
  return 0;
}
