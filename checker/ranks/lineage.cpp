#include "checker/ranks/lineage.hpp"

#include "checker/program/ensure.hpp"

#include <algorithm>
#include <array>

namespace stalemate {

Lineage::Lineage(const Ranks& ranks, int successors_max)
    : number_(ranks.number()), count_(ranks.count()), target_bytes_(successors_max > 256 ? 2 : 1) {
  ensure(successors_max <= 65536, "a state has fewer successors");
}

void Lineage::begin_level(const Deal& deal) {
  std::uint64_t before = 0;
  if (!levels_.empty())
    before = levels_.back().expanded_before + levels_.back().deal.share_of(number_);
  levels_.push_back({deal, before});
}

void Lineage::add_parent(std::span<const std::uint32_t> targets) {
  parents_.add_parent(targets.size());
  for (const std::uint32_t target : targets) {
    targets_.push_back(static_cast<std::uint8_t>(target));
    if (target_bytes_ == 2) targets_.push_back(static_cast<std::uint8_t>(target >> 8));
  }
}

void Lineage::end_round(std::span<const std::uint64_t> found) {
  own_before_.push_back(own_);
  own_ += found[static_cast<std::size_t>(number_)];
  for (const std::uint64_t some : found)
    run_ends_.push_back(end() + some);
}

std::uint64_t Lineage::run_of(StateNumber state) const {
  return static_cast<std::uint64_t>(std::ranges::upper_bound(run_ends_, state) - run_ends_.begin());
}

/// Of a state that this rank found.
Lineage::Origin Lineage::origin_of(StateNumber state) const {
  const std::uint64_t run = run_of(state);
  const StateNumber first = run == 0 ? 1 : run_ends_[run - 1];
  const std::uint64_t round = run / static_cast<std::uint64_t>(count_);
  const std::uint64_t own = own_before_[round] + (state - first);
  const std::uint64_t expanded = parents_.parent(static_cast<StateId>(own + 1));
  const auto behind = std::ranges::upper_bound(levels_, expanded, {}, &LevelDealt::expanded_before);
  const LevelDealt& level = *(behind - 1);
  Origin origin;
  origin.parent = level.deal.state_of(number_, expanded - level.expanded_before);
  origin.target = targets_[own * target_bytes_];
  if (target_bytes_ == 2)
    origin.target |= static_cast<std::uint32_t>(targets_[own * target_bytes_ + 1]) << 8;
  return origin;
}

std::vector<std::uint32_t> Lineage::way_to(StateNumber state, Ranks& ranks) const {
  std::vector<std::uint32_t> way;
  while (state != 0) {
    const int who = finder(run_of(state));
    const Origin mine = who == number_ ? origin_of(state) : Origin();
    const auto all = ranks.share(std::array{mine.parent, std::uint64_t{mine.target}});
    const std::size_t at = 2 * static_cast<std::size_t>(who);
    state = all[at];
    way.push_back(static_cast<std::uint32_t>(all[at + 1]));
  }
  std::ranges::reverse(way);
  return way;
}

std::uint64_t Lineage::memory() const {
  return 8 * (run_ends_.capacity() + own_before_.capacity()) + parents_.memory() +
         targets_.capacity() + levels_.capacity() * sizeof(LevelDealt);
}

void Lineage::save(SnapshotWriter& out) const {
  out.number(own_);
  out.grown(levels_);
  out.grown(run_ends_);
  out.grown(own_before_);
  parents_.save(out);
  out.grown(targets_);
}

void Lineage::load(SnapshotReader& in) {
  own_ = in.number();
  in.grown(levels_);
  in.grown(run_ends_);
  in.grown(own_before_);
  parents_.load(in);
  in.grown(targets_);
}

} // namespace stalemate
