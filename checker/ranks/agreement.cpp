#include "checker/ranks/agreement.hpp"

#include "checker/checkpoint/checkpoint_error.hpp"
#include "checker/checkpoint/identity.hpp"
#include "checker/ranks/trouble.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>

namespace stalemate {

namespace {

constexpr auto no_checkpoint = std::numeric_limits<std::uint64_t>::max();

/// How deep the search was when the checkpoint was written.
std::uint64_t depth_of(Checkpoint checkpoint, Generation generation, const Ranks& ranks) {
  std::uint64_t depth = no_checkpoint;
  (void)checkpoint.load(generation, [&](SnapshotReader& in) {
    const auto count = in.number();
    if (count != static_cast<std::uint64_t>(ranks.count()))
      throw CheckpointError(
          fmt::format("the checkpoint is one of {} ranks, and here are {}", count, ranks.count()));
    depth = in.number();
  });
  return depth;
}

void expect_of_all(const Trouble& trouble, Ranks& ranks) {
  if (const auto reason = trouble.of_all(ranks)) throw CheckpointError(*reason);
}

template <typename Work>
void noting(Trouble& trouble, Work work) {
  try {
    work();
  } catch (const CheckpointError& error) {
    trouble.note(error.what());
  }
}

} // namespace

void expect_same_question(const Program& program, const Limits& limits, Ranks& ranks) {
  const auto what = identity_of(program);
  const auto build = build_identity();
  const std::array mine{what[0], what[1], build[0], build[1], limits.states_max, limits.depth_max};
  const auto all = ranks.share(mine);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i] != all[i % mine.size()])
      throw RanksError(fmt::format(
          "rank {} was asked something else than rank 0, or is of another build", i / mine.size()));
}

bool load_in_all(Checkpoint& checkpoint,
                 Generation generation,
                 const std::function<void(SnapshotReader&)>& give,
                 Ranks& ranks) {
  Trouble trouble;
  std::uint64_t newest = no_checkpoint;
  std::uint64_t previous = no_checkpoint;
  noting(trouble, [&] {
    // A damaged newest one is what the one before is asked for.
    if (generation == Generation::newest) newest = depth_of(checkpoint, Generation::newest, ranks);
    previous = depth_of(checkpoint, Generation::previous, ranks);
  });
  expect_of_all(trouble, ranks);
  if (generation == Generation::previous) newest = previous;
  std::uint64_t common = no_checkpoint;
  for (const std::uint64_t depth : ranks.share(std::array{newest})) {
    if (depth == no_checkpoint) return false;
    common = std::min(common, depth);
  }
  noting(trouble, [&] {
    if (newest != common && previous != common)
      throw CheckpointError("the ranks have no checkpoint of the same level");
    const bool is_newest = newest == common && generation == Generation::newest;
    (void)checkpoint.load(is_newest ? Generation::newest : Generation::previous, give);
  });
  expect_of_all(trouble, ranks);
  return true;
}

} // namespace stalemate
