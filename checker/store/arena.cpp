#include "checker/store/arena.hpp"

#include <algorithm>

namespace stalemate {

Arena::Arena(int bytes) : words_((bytes + 7) / 8), bytes_(static_cast<std::size_t>(bytes)) {
  const int last_bytes = bytes - 8 * (words_ - 1);
  last_mask_ = last_bytes == 8 ? ~Word{0} : (Word{1} << (8 * last_bytes)) - 1;
}

std::uint64_t Arena::memory() const {
  return (size_ - forgotten_ * chunk_states) * bytes_;
}

void Arena::forget_before(StateId id) {
  for (; (forgotten_ + 1) * chunk_states <= id; ++forgotten_)
    chunks_[forgotten_] = Pages();
}

void Arena::add_chunk() {
  // Eight bytes more, since words are read and written whole.
  chunks_.emplace_back(chunk_states * bytes_ + 8);
}

/// The bytes from there on that lie in one chunk.
std::span<std::byte> Arena::piece(std::uint64_t at) const {
  const std::uint64_t chunk_bytes = chunk_states * bytes_;
  const std::uint64_t in_chunk = at % chunk_bytes;
  const std::uint64_t left = std::min(chunk_bytes - in_chunk, size_ * bytes_ - at);
  return {chunks_[at / chunk_bytes].data() + in_chunk, left};
}

void Arena::save(SnapshotWriter& out) const {
  out.number(forgotten_);
  out.grown(forgotten_ * chunk_states * bytes_, size_ * bytes_, [this](std::uint64_t at) {
    return piece(at);
  });
}

void Arena::load(SnapshotReader& in) {
  const std::uint64_t forgotten = in.number();
  extend(in.size() / bytes_);
  in.grown(forgotten * chunk_states * bytes_, [this](std::uint64_t at) { return piece(at); });
  forget_before(static_cast<StateId>(forgotten * chunk_states));
}

} // namespace stalemate
