#include "checker/disk/run_merge.hpp"

#include <algorithm>
#include <utility>

namespace stalemate {

RunMerge::RunMerge(DiskWork& work, std::span<const Run> runs, RowOrder order)
    : width_(work.words + 1), order_(order), rows_(runs.size() * width_), last_(width_) {
  for (const Run& run : runs) {
    readers_.emplace_back(work, run);
    if (readers_.back().next(row(readers_.size() - 1))) heap_.push_back(readers_.size() - 1);
  }
  const auto is_later = [this](std::size_t a, std::size_t b) {
    return comes_before(row(b), row(a), width_ - 1, order_);
  };
  std::ranges::make_heap(heap_, is_later);
}

const Word* RunMerge::next() {
  for (;;) {
    if (heap_.empty()) return nullptr;
    const Word* first = row(heap_.front());
    const bool is_known = order_ == RowOrder::by_state && !is_first_ &&
                          compare_states(first + 1, last_.data() + 1, width_ - 1) == 0;
    if (!is_known) std::copy_n(first, width_, last_.begin());
    is_first_ = false;
    pass();
    if (!is_known) return last_.data();
  }
}

/// The run on top goes on to its next row.
void RunMerge::pass() {
  const auto is_later = [this](std::size_t a, std::size_t b) {
    return comes_before(row(b), row(a), width_ - 1, order_);
  };
  std::ranges::pop_heap(heap_, is_later);
  if (readers_[heap_.back()].next(row(heap_.back())))
    std::ranges::push_heap(heap_, is_later);
  else
    heap_.pop_back();
}

void RunTiers::add(Run run) {
  if (run.size == 0) return;
  runs_.push_back(std::move(run));
  for (;;) {
    const int tier = tier_of(runs_.back());
    const auto same = std::partition(
        runs_.begin(), runs_.end(), [&](const Run& one) { return tier_of(one) != tier; });
    if (static_cast<std::size_t>(runs_.end() - same) < factor_) return;
    RunWriter writer(work_);
    RunMerge merge(work_, {same, runs_.end()}, order_);
    while (const Word* row = merge.next())
      writer.append(row);
    runs_.erase(same, runs_.end());
    runs_.push_back(writer.finish());
  }
}

int RunTiers::tier_of(const Run& run) const {
  int tier = 0;
  for (std::uint64_t size = run.size; size >= factor_; size /= factor_)
    ++tier;
  return tier;
}

} // namespace stalemate
