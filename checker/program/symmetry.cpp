#include "checker/program/symmetry.hpp"

#include <algorithm>
#include <bit>

namespace stalemate {

Symmetry::Symmetry(const Layout& layout, const std::vector<StateImage>& images)
    : words_(static_cast<std::size_t>(layout.words())) {
  for (const StateImage& image : images) {
    Motion motion;
    motion.constant.resize(words_);
    for (std::size_t v = 0; v < image.size(); ++v)
      for (std::size_t i = 0; i < image[v].size(); ++i)
        add(layout, {static_cast<int>(v), static_cast<int>(i)}, image[v][i], motion);
    motions_.push_back(std::move(motion));
  }
}

void Symmetry::add(const Layout& layout,
                   const ir::Cell& cell,
                   const CellImage& image,
                   Motion& motion) {
  const Field& from = layout.field(cell);
  const Field& to = layout.field(image.to);
  if (to.bits == 0) return;
  // Only values that the target can take: others are in no state that is ever reached.
  const auto code = [&](int value) {
    const auto wanted = static_cast<Word>(static_cast<std::int64_t>(value) - to.low);
    return (wanted & to.mask()) << to.shift;
  };
  const auto image_of = [&](int i) {
    return image.values.empty() ? from.low + i : image.values[static_cast<std::size_t>(i)];
  };
  if (from.bits == 0) {
    motion.constant[to.word] |= code(image_of(0));
  } else if (image.values.empty() && from.low == to.low) {
    const auto turn = static_cast<std::uint8_t>((to.shift - from.shift) & 63);
    const Word mask = (from.mask() & to.mask()) << from.shift;
    const auto same = std::ranges::find_if(motion.moves, [&](const Move& one) {
      return one.from == from.word && one.to == to.word && one.turn == turn;
    });
    if (same == motion.moves.end())
      motion.moves.push_back({mask, from.word, to.word, turn});
    else
      same->mask |= mask;
  } else {
    motion.exchanges.push_back({from, to.word, static_cast<std::uint32_t>(numbers_.size())});
    const ir::Range range = layout.ranges().of(cell);
    const auto values = static_cast<int>(range.high - range.low) + 1;
    for (int i = 0; i < values; ++i)
      numbers_.push_back(code(image_of(i)));
  }
}

void Symmetry::move(const Motion& motion, const Word* state, Word* image) const {
  std::copy_n(motion.constant.data(), words_, image);
  for (const Move& one : motion.moves)
    image[one.to] |= std::rotl(state[one.from] & one.mask, one.turn);
  for (const Exchange& one : motion.exchanges) {
    const Word code = (state[one.field.word] >> one.field.shift) & one.field.mask();
    image[one.to] |= numbers_[one.first + code];
  }
}

void Symmetry::canonicalise(Word* states, int count) const {
  constexpr std::size_t words_max = 256;
  Word rooms[2][words_max]; // NOLINT: written before read.
  for (Word* state = states; count > 0; --count, state += words_) {
    Word* image = rooms[0];
    Word* least = rooms[1];
    std::copy_n(state, words_, least);
    for (const Motion& motion : motions_) {
      move(motion, state, image);
      if (std::lexicographical_compare(image, image + words_, least, least + words_))
        std::swap(image, least);
    }
    std::copy_n(least, words_, state);
  }
}

} // namespace stalemate
