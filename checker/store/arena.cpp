#include "checker/store/arena.hpp"

namespace stalemate {

Arena::Arena(const Layout& layout)
    : words_(layout.words()), bytes_(static_cast<std::size_t>(layout.bytes())) {
  const int last_bytes = layout.bytes() - 8 * (words_ - 1);
  last_mask_ = last_bytes == 8 ? ~Word{0} : (Word{1} << (8 * last_bytes)) - 1;
}

std::uint64_t Arena::memory() const {
  return size_ * bytes_;
}

void Arena::add_chunk() {
  // Eight bytes more, since words are read and written whole.
  chunks_.emplace_back(chunk_states * bytes_ + 8);
}

} // namespace stalemate
