#include "checker/store/arena.hpp"

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

} // namespace stalemate
