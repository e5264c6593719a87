#include "checker/disk/sorter.hpp"

namespace stalemate {

namespace {

constexpr std::size_t runs_merged = 16;

} // namespace

Sorter::Sorter(DiskWork& work, RowOrder order, std::size_t rows_max)
    : work_(work), order_(order), rows_end_(rows_max * (work.words + 1)),
      runs_(work, order, runs_merged) {
  rows_.reserve(rows_end_); // Takes none before it is used.
}

void Sorter::sort() {
  next_ = 0;
  if (runs_.runs().empty()) return sort_rows(rows_, work_.words, order_);
  write_run();
  merge_.emplace(work_, runs_.runs(), order_);
}

const Word* Sorter::next() {
  const Word* row = merge_ ? merge_->next() : next_in_memory();
  if (row != nullptr) return row;
  merge_.reset();
  runs_.clear();
  rows_.clear();
  return nullptr;
}

const Word* Sorter::next_in_memory() {
  const std::size_t width = work_.words + 1;
  for (; next_ < rows_.size(); next_ += width) {
    const Word* row = rows_.data() + next_;
    const bool is_known = order_ == RowOrder::by_state && next_ > 0 &&
                          compare_states(row + 1, row + 1 - width, work_.words) == 0;
    if (is_known) continue;
    next_ += width;
    return row;
  }
  return nullptr;
}

void Sorter::write_run() {
  sort_rows(rows_, work_.words, order_);
  RunWriter writer(work_);
  next_ = 0;
  while (const Word* row = next_in_memory())
    writer.append(row);
  rows_.clear();
  next_ = 0;
  runs_.add(writer.finish());
}

} // namespace stalemate
