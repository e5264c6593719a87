#include "checker/generate/flow.hpp"

#include <iterator>

namespace stalemate {

namespace {

bool is_test(Code code) {
  return code <= Code::test_register_range;
}

} // namespace

Flow::Flow(const Bytecode& code, const std::vector<Entry>& entries) : code_(code) {
  for (const Entry entry : entries)
    reach({static_cast<std::int64_t>(entry), false}, true);
  while (!open_.empty()) {
    const Place place = open_.back();
    open_.pop_back();
    follow(place);
  }
  // What is not written right behind what it follows is jumped to.
  for (auto place = places_.begin(); place != places_.end(); ++place) {
    const auto next = std::next(place);
    const auto follower = follower_of(*place);
    if (follower && (next == places_.end() || *next != *follower)) labels_.insert(*follower);
  }
}

void Flow::reach(const Place& place, bool is_jump) {
  if (is_jump) labels_.insert(place);
  if (places_.insert(place).second) open_.push_back(place);
}

/// Where it goes on if it does not jump.
std::optional<Place> Flow::follower_of(const Place& place) const {
  switch (at(place).code) {
  case Code::jump:
  case Code::split:
  case Code::emit:
  case Code::fail:
  case Code::answer:
  case Code::end:
    return std::nullopt;
  case Code::begin:
    return Place{place.at + 1, true};
  default:
    return Place{place.at + 1, place.is_target};
  }
}

void Flow::follow(const Place& place) {
  const Instruction& i = at(place);
  if (const auto follower = follower_of(place)) reach(*follower, false);
  if (i.code == Code::emit) reach({place.at + i.jump, false}, true);
  if (i.code == Code::jump || i.code == Code::map || is_test(i.code))
    reach({place.at + i.jump, place.is_target}, true);
  if (i.code == Code::split)
    for (const std::int32_t jump : jumps_of(i))
      reach({place.at + jump, place.is_target}, true);
}

std::span<const std::int32_t> Flow::jumps_of(const Instruction& split) const {
  return std::span(code_.jumps)
      .subspan(static_cast<std::size_t>(split.other), static_cast<std::size_t>(split.mask) + 1);
}

} // namespace stalemate
