#include "checker/disk/levels.hpp"

#include "checker/program/ensure.hpp"

#include <algorithm>

namespace stalemate {

void Levels::end() {
  levels_.push_back(writer_->finish());
  levels_.back().first_states = {}; // Nobody asks for a state here.
  writer_.reset();
}

std::vector<std::vector<Word>> Levels::way_to(std::uint64_t position) const {
  std::vector<std::vector<Word>> way;
  std::vector<Word> row(work_.words + 1);
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
    RunReader reader(work_, *level);
    reader.go_to(position);
    ensure(reader.next(row.data()), "a parent is in the level before");
    way.emplace_back(row.begin() + 1, row.end());
    position = row.front();
  }
  std::ranges::reverse(way);
  return way;
}

} // namespace stalemate
