#include "model/iomap/objects/extent_map.hpp"

namespace stalemate::kernel::iomap {

using build::Effect;
using build::Expr;
using build::Place;

namespace {

bool needs_place(Extent state) {
  return state == Extent::unwritten || state == Extent::mapped;
}

} // namespace

Expr ExtentMap::is_border(int block) const {
  Expr differ = state[block] != state[block + 1];
  if (!disk.is_indirect()) return differ;
  return differ || (has_place(block) && place[block] + 1 != place[block + 1]);
}

Expr ExtentMap::extent_end(const Expr& block) const {
  // From the last block backwards: the extent ends after `block`, or where the next one ends if
  // there is no border.
  Expr end = blocks();
  for (int b = blocks() - 2; b >= 0; --b)
    end = select(block <= b && is_border(b), b + 1, end);
  return end;
}

Effect ExtentMap::convert_extent(const Expr& block, Extent to) const {
  // One effect per block, and each sees the earlier ones. So that "no border between here and
  // `block`" is still about the state before, blocks go from both ends inwards and `block` is last.
  // Places come first, since they are no part of a delayed extent's borders.
  const auto no_border = [&](int first, int last, const auto& is_outside) {
    return build::for_all(last - first, [&](int i) {
      const int b = first + i;
      return is_outside(b) || !is_border(b);
    });
  };
  const auto same_behind = [&](int b) {
    return block > b && no_border(b, blocks() - 1, [&](int i) { return block <= i; });
  };
  const auto same_before = [&](int b) {
    return block < b && no_border(0, b, [&](int i) { return block > i; });
  };
  Effect all;
  if (disk.is_indirect() && needs_place(to))
    for (int b = 0; b < blocks(); ++b) {
      const Expr is_in = (block == b || same_behind(b) || same_before(b)) && !has_place(b);
      const Place at = place[b];
      const Place used = disk.used[b];
      all = all.then(at = select(is_in, disk.next_place(b), at)).then(used = used + is_in);
    }
  for (int b = 0; b < blocks(); ++b)
    all = all.then(state[b] = select(same_behind(b), to, state[b]));
  for (int b = blocks() - 1; b >= 0; --b)
    all = all.then(state[b] = select(same_before(b), to, state[b]));
  return all.then(state[block] = to);
}

Effect ExtentMap::fill(int b, const Expr& condition, Extent to) const {
  Effect all;
  if (disk.is_indirect() && needs_place(to)) {
    const Place at = place[b];
    const Place used = disk.used[b];
    all = all.then(at = select(condition, disk.next_place(b), at)).then(used = used + condition);
  }
  return all.then(state[b] = select(condition, to, state[b]));
}

Effect ExtentMap::fill_holes(const Expr& first, const Expr& end, Extent to) const {
  // From the back, so that "no gap since first" is still the state before.
  Effect all;
  for (int b = blocks() - 1; b >= 0; --b) {
    Expr no_gap = true;
    for (int earlier = 0; earlier < b; ++earlier)
      no_gap = no_gap && (first > earlier || state[earlier] == Extent::hole);
    all = all.then(fill(b, first <= b && b < end && state[b] == Extent::hole && no_gap, to));
  }
  return all;
}

Effect ExtentMap::punch_delalloc(const Expr& first, const Expr& end) const {
  return build::for_each(blocks(), [&](int b) {
    const Expr given_back = first <= b && b < end && state[b] == Extent::delalloc;
    return state[b] = select(given_back, Extent::hole, state[b]);
  });
}

Effect ExtentMap::remove(int b, const Expr& condition) const {
  const Place at = place[b];
  const Effect gone = state[b] = select(condition, Extent::hole, state[b]);
  return disk.is_indirect() ? gone.then(at = select(condition, 0, at)) : gone;
}

const std::vector<std::string>& extent_names() {
  static const std::vector<std::string> names{"hole", "delalloc", "unwritten", "mapped"};
  return names;
}

ExtentMap declare_extent_map(build::Model& model,
                             const std::string& name,
                             const std::vector<Extent>& blocks,
                             const Disk& disk,
                             int rank) {
  ir::Variable state;
  state.name = name;
  state.kind = ir::Kind::named;
  state.range = {0, static_cast<int>(Extent::mapped)};
  state.names = extent_names();
  state.shape = {static_cast<int>(blocks.size())};
  std::vector<int> places;
  for (const Extent block : blocks) {
    state.initial.push_back(static_cast<int>(block));
    const bool has_place = disk.is_indirect() && needs_place(block);
    places.push_back(has_place ? rank * disk.blocks + static_cast<int>(places.size()) : 0);
  }
  return {.state = model.declare(std::move(state)),
          .place = model.array(name + ".place", disk.blocks, 0, disk.places() - 1, places),
          .disk = disk};
}

} // namespace stalemate::kernel::iomap
