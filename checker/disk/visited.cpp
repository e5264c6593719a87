#include "checker/disk/visited.hpp"

namespace stalemate {

namespace {

constexpr std::size_t visited_merged = 4;

} // namespace

Visited::Visited(DiskWork& work) : work_(work), runs_(work, RowOrder::by_state, visited_merged) {}

void Visited::begin_questions() {
  readers_.clear();
  for (const Run& run : runs_.runs())
    readers_.emplace_back(work_, run);
}

bool Visited::has(const Word* state) {
  for (RunReader& reader : readers_)
    if (reader.has(state)) return true;
  return false;
}

} // namespace stalemate
