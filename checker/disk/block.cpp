#include "checker/disk/block.hpp"

#include "checker/disk/stopped.hpp"

#include <zstd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <new>
#include <utility>

namespace stalemate {

namespace {

/// Of zstd's fastest way, since a block is read many times. Blocks are small, so a large table
/// takes longer to clear than it finds; and a match that is short takes as long to undo as a long
/// one.
constexpr int level = 1;
constexpr int table_log = 10;
constexpr int match_min = 7;

constexpr std::size_t word_bytes = sizeof(Word);

[[noreturn]] void tell_damage() {
  throw Stopped("what was written to the disk came back damaged");
}

/// How many bytes of a word are written, and behind how many that are zero, in one byte.
struct Piece {
  std::uint8_t code = 0;

  [[nodiscard]] static Piece of(Word word) {
    if (word == 0) return {};
    const int skipped = std::countr_zero(word) / 8;
    const int size = static_cast<int>(word_bytes) - std::countl_zero(word) / 8 - skipped;
    return {static_cast<std::uint8_t>(skipped << 4 | size)};
  }
  [[nodiscard]] unsigned shift() const { return code >> 4 & 7U; }
  [[nodiscard]] unsigned size() const { return code & 15U; }
};

/// The first so many bytes of a word.
constexpr std::array<Word, 16> masks = [] {
  std::array<Word, 16> all{};
  for (std::size_t size = 0; size < all.size(); ++size)
    all[size] = size < word_bytes ? (Word{1} << (8 * size)) - 1 : ~Word{0};
  return all;
}();

/// A whole word may be read and written where its first byte is.
std::size_t plain_most(const RowBlock& block) {
  const std::size_t column = 1 + (1 + word_bytes) * block.rows_max;
  return sizeof(std::uint32_t) + block.columns * column + word_bytes;
}

/// Returns where the next one begins.
std::uint8_t* encode_column(const Word* cells, std::size_t count, std::uint8_t* out) {
  const bool is_zero = std::all_of(cells, cells + count, [](Word cell) { return cell == 0; });
  *out++ = is_zero ? 0 : 1;
  if (is_zero) return out;
  std::uint8_t* bytes = out + count;
  Word above = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Word difference = cells[i] ^ std::exchange(above, cells[i]);
    const Piece piece = Piece::of(difference);
    out[i] = piece.code;
    const Word written = difference >> (8 * piece.shift());
    std::memcpy(bytes, &written, word_bytes);
    bytes += piece.size();
  }
  return bytes;
}

/// The same, from what has this many bytes, and some room behind them.
const std::uint8_t*
decode_column(Word* cells, std::size_t count, const std::uint8_t* in, const std::uint8_t* end) {
  if (in == end) tell_damage();
  if (*in++ == 0) {
    std::fill_n(cells, count, Word{0});
    return in;
  }
  if (static_cast<std::size_t>(end - in) < count) tell_damage();
  const std::uint8_t* bytes = in + count;
  std::size_t size = 0;
  for (std::size_t i = 0; i < count; ++i)
    size += Piece{in[i]}.size();
  if (static_cast<std::size_t>(end - bytes) < size) tell_damage();
  Word above = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Piece piece{in[i]};
    Word written = 0;
    std::memcpy(&written, bytes, word_bytes);
    bytes += piece.size();
    above ^= (written & masks[piece.size()]) << (8 * piece.shift());
    cells[i] = above;
  }
  return bytes;
}

} // namespace

BlockCodec::BlockCodec() : writer_(ZSTD_createCCtx()), reader_(ZSTD_createDCtx()) {
  const auto takes = [this](ZSTD_cParameter parameter, int value) {
    return ZSTD_isError(ZSTD_CCtx_setParameter(writer_, parameter, value)) == 0;
  };
  const bool is_ready = writer_ != nullptr && reader_ != nullptr &&
                        takes(ZSTD_c_compressionLevel, level) && takes(ZSTD_c_hashLog, table_log) &&
                        takes(ZSTD_c_minMatch, match_min) && takes(ZSTD_c_checksumFlag, 1);
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
  for (std::size_t c = 0; c < block.columns; ++c)
    out = encode_column(block.column(c), block.count, out);
  const auto size = static_cast<std::size_t>(out - plain_.data());
  packed_.resize(ZSTD_compressBound(size));
  const std::size_t packed =
      ZSTD_compress2(writer_, packed_.data(), packed_.size(), plain_.data(), size);
  if (ZSTD_isError(packed) != 0) throw std::bad_alloc(); // There is room, so it had no memory.
  return std::span(packed_).first(packed);
}

void BlockCodec::decode(std::span<const std::byte> bytes, RowBlock& block) {
  plain_.resize(plain_most(block));
  const std::size_t size = ZSTD_decompressDCtx(
      reader_, plain_.data(), plain_.size() - word_bytes, bytes.data(), bytes.size());
  std::uint32_t count = 0;
  if (ZSTD_isError(size) != 0 || size < sizeof count) tell_damage();
  std::memcpy(&count, plain_.data(), sizeof count);
  if (count > block.rows_max) tell_damage();
  block.count = count;
  const std::uint8_t* in = plain_.data() + sizeof count;
  const std::uint8_t* const end = plain_.data() + size;
  for (std::size_t c = 0; c < block.columns; ++c)
    in = decode_column(block.column(c), count, in, end);
  if (in != end) tell_damage();
}

} // namespace stalemate
