#include "model/iomap/objects/extent_map.hpp"

namespace stalemate::kernel::iomap {

using build::Expr;

Expr ExtentMap::extent_end(const Expr& block) const {
  // From the last block backwards: the extent ends after `block`, or where the next one ends if
  // both are in the same state.
  Expr end = blocks();
  for (int b = blocks() - 2; b >= 0; --b)
    end = select(block <= b && state[b] != state[b + 1], b + 1, end);
  return end;
}

build::Effect ExtentMap::convert_extent(const Expr& block, Extent to) const {
  // One effect per block, and each sees the earlier ones. So that "no border between here and
  // `block`" is still about the state before, blocks go from both ends inwards and `block` is last.
  const auto no_border = [&](int first, int last, const auto& is_outside) {
    return build::for_all(last - first, [&](int i) {
      const int b = first + i;
      return is_outside(b) || state[b] == state[b + 1];
    });
  };
  build::Effect all;
  for (int b = 0; b < blocks(); ++b) {
    const Expr same = no_border(b, blocks() - 1, [&](int i) { return block <= i; });
    all = all.then(state[b] = select(block > b && same, to, state[b]));
  }
  for (int b = blocks() - 1; b >= 0; --b) {
    const Expr same = no_border(0, b, [&](int i) { return block > i; });
    all = all.then(state[b] = select(block < b && same, to, state[b]));
  }
  return all.then(state[block] = to);
}

build::Effect ExtentMap::fill_holes(const Expr& first, const Expr& end, Extent to) const {
  // From the back, so that "no gap since first" is still the state before.
  build::Effect all;
  for (int b = blocks() - 1; b >= 0; --b) {
    Expr no_gap = true;
    for (int earlier = 0; earlier < b; ++earlier)
      no_gap = no_gap && (first > earlier || state[earlier] == Extent::hole);
    const Expr taken = first <= b && b < end && state[b] == Extent::hole && no_gap;
    all = all.then(state[b] = select(taken, to, state[b]));
  }
  return all;
}

build::Effect ExtentMap::punch_delalloc(const Expr& first, const Expr& end) const {
  return build::for_each(blocks(), [&](int b) {
    const Expr given_back = first <= b && b < end && state[b] == Extent::delalloc;
    return state[b] = select(given_back, Extent::hole, state[b]);
  });
}

const std::vector<std::string>& extent_names() {
  static const std::vector<std::string> names{"hole", "delalloc", "unwritten", "mapped"};
  return names;
}

ExtentMap declare_extent_map(build::Model& model, const std::vector<Extent>& blocks) {
  ir::Variable state;
  state.name = "extent";
  state.kind = ir::Kind::named;
  state.range = {0, static_cast<int>(Extent::mapped)};
  state.names = extent_names();
  state.shape = {static_cast<int>(blocks.size())};
  for (const Extent block : blocks)
    state.initial.push_back(static_cast<int>(block));
  return {model.declare(std::move(state))};
}

} // namespace stalemate::kernel::iomap
