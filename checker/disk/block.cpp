#include "checker/disk/block.hpp"

#include "checker/disk/stopped.hpp"

#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace stalemate {

namespace {

constexpr int zstd_level = 1;
constexpr std::size_t word_bytes = sizeof(Word);

[[noreturn]] void tell_damage() {
  throw Stopped("what was written to the disk came back damaged");
}

/// Which bytes of a word are not zero in all of them, as bits.
std::uint8_t bytes_in(const std::vector<Word>& words) {
  Word any = 0;
  for (const Word word : words)
    any |= word;
  std::uint8_t bytes = 0;
  for (std::size_t b = 0; b < word_bytes; ++b)
    if ((any >> (8 * b) & 0xff) != 0) bytes = static_cast<std::uint8_t>(bytes | 1U << b);
  return bytes;
}

std::size_t plain_most(const RowBlock& block) {
  return sizeof(std::uint32_t) + block.columns * (1 + word_bytes * block.rows_max);
}

} // namespace

BlockCodec::BlockCodec() : writer_(ZSTD_createCCtx()), reader_(ZSTD_createDCtx()) {
  const bool is_ready =
      writer_ != nullptr && reader_ != nullptr &&
      ZSTD_isError(ZSTD_CCtx_setParameter(writer_, ZSTD_c_compressionLevel, zstd_level)) == 0 &&
      ZSTD_isError(ZSTD_CCtx_setParameter(writer_, ZSTD_c_checksumFlag, 1)) == 0;
  if (is_ready) return;
  ZSTD_freeCCtx(writer_);
  ZSTD_freeDCtx(reader_);
  throw std::bad_alloc();
}

BlockCodec::~BlockCodec() {
  ZSTD_freeCCtx(writer_);
  ZSTD_freeDCtx(reader_);
}

std::span<const std::byte> BlockCodec::encode(const RowBlock& block) {
  const auto count = static_cast<std::uint32_t>(block.count);
  plain_.resize(plain_most(block));
  std::memcpy(plain_.data(), &count, sizeof count);
  std::uint8_t* out = plain_.data() + sizeof count;
  differences_.resize(block.count);
  for (std::size_t c = 0; c < block.columns; ++c) {
    const Word* cells = block.column(c);
    for (std::size_t i = 0; i < block.count; ++i)
      differences_[i] = i == 0 ? cells[0] : cells[i] ^ cells[i - 1];
    const std::uint8_t bytes = bytes_in(differences_);
    *out++ = bytes;
    for (std::size_t b = 0; b < word_bytes; ++b) {
      if ((bytes >> b & 1) == 0) continue;
      for (const Word difference : differences_)
        *out++ = static_cast<std::uint8_t>(difference >> (8 * b));
    }
  }
  const auto size = static_cast<std::size_t>(out - plain_.data());
  packed_.resize(ZSTD_compressBound(size));
  const std::size_t packed =
      ZSTD_compress2(writer_, packed_.data(), packed_.size(), plain_.data(), size);
  if (ZSTD_isError(packed) != 0) throw std::bad_alloc(); // There is room, so it had no memory.
  return std::span(packed_).first(packed);
}

void BlockCodec::decode(std::span<const std::byte> bytes, RowBlock& block) {
  plain_.resize(plain_most(block));
  const std::size_t size =
      ZSTD_decompressDCtx(reader_, plain_.data(), plain_.size(), bytes.data(), bytes.size());
  std::uint32_t count = 0;
  if (ZSTD_isError(size) != 0 || size < sizeof count) tell_damage();
  std::memcpy(&count, plain_.data(), sizeof count);
  if (count > block.rows_max) tell_damage();
  block.count = count;
  const std::uint8_t* in = plain_.data() + sizeof count;
  const std::uint8_t* const end = plain_.data() + size;
  for (std::size_t c = 0; c < block.columns; ++c) {
    if (in == end) tell_damage();
    const std::uint8_t present = *in++;
    Word* cells = block.column(c);
    std::fill_n(cells, count, Word{0});
    for (std::size_t b = 0; b < word_bytes; ++b) {
      if ((present >> b & 1) == 0) continue;
      if (static_cast<std::size_t>(end - in) < count) tell_damage();
      for (std::size_t i = 0; i < count; ++i)
        cells[i] |= static_cast<Word>(in[i]) << (8 * b);
      in += count;
    }
    for (std::size_t i = 1; i < count; ++i)
      cells[i] ^= cells[i - 1];
  }
  if (in != end) tell_damage();
}

} // namespace stalemate
