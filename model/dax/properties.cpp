#include "model/dax/properties.hpp"

#include "model/extension/additions.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::dax {

using build::Expr;

namespace {

Parts no_freed_page_in_use(const World& w) {
  Parts parts;
  for (int b = 0; b < w.blocks(); ++b) {
    const Expr is_pinned = build::exists(static_cast<int>(w.pinners.size()), [&](int g) {
      return build::exists(w.offsets(), [&](int off) { return w.pinned.row(g)[off] == b + 1; });
    });
    const build::Place is_of = w.block.owner[b];
    const Expr is_foreign = is_of == owner::free || is_of == owner::other;
    parts.emplace_back(!is_foreign || !is_pinned,
                       fmt::format("block {} is pinned, and no longer the file's", b));
  }
  return parts;
}

/// Blocks that the file had at the start can only have been freed by the one transaction.
Parts durable_before_reuse(const World& w) {
  Parts parts;
  for (int b = 0; b < w.setup.layout.used_blocks(); ++b) {
    const build::Place is_of = w.block.owner[b];
    const Expr is_reusable = is_of == owner::free || is_of == owner::other;
    parts.emplace_back(!is_reusable || w.busy.committed,
                       fmt::format("block {} can be used again before its removal is on disk", b));
  }
  return parts;
}

Parts no_leaked_space(const World& w) {
  const Expr is_called =
      build::exists(w.blocks(), [&](int b) { return w.block.callback[b] == true; }) ||
      build::exists(w.busy.notifying.size(), [&](int g) { return w.busy.notifying[g] == true; });
  const Expr is_looked_at = w.busy.log_looks || w.busy.discard_issued || is_called;
  const Expr is_due = w.busy.in_tree && w.busy.committed && w.record_is_idle();
  return {{!is_due || is_looked_at, "the busy extent"}};
}

Parts no_spurious_fault(const World& w) {
  return {{!w.fault_failed, "a fault at an offset below i_size"}};
}

Parts no_sleep_for_dma(const World& w) {
  return {{!w.slept_for_dma, "the process that frees blocks"}};
}

} // namespace

const std::vector<DaxProperty>& properties() {
  using Kind = ir::PropertyKind;
  static const std::vector<DaxProperty> own{
      {{"no_foreign_dma",
        "a device accesses only blocks that are still the file's, or kept for it",
        "atlas dax A-I1",
        Kind::assertion,
        {"dax_dma", "dax_direct_io"}},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.no_foreign_dma; }},
      {{"no_freed_page_in_use",
        "a block that others may allocate has no reference on its page",
        "atlas dax A-I2",
        Kind::invariant,
        {}},
       no_freed_page_in_use,
       nullptr},
      {{"durable_before_reuse",
        "a freed block is not reused before the transaction that frees it is durable",
        "atlas dax A-I3",
        Kind::invariant,
        {}},
       durable_before_reuse,
       nullptr},
      {{"busy_cleared_once",
        "a busy extent is cleared once",
        "atlas dax A-I4",
        Kind::assertion,
        {"dax_punch", "dax_truncate"}},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.busy_cleared_once; }},
      {{"no_spurious_fault",
        "a fault inside the file never fails",
        "atlas dax A-I5",
        Kind::invariant,
        {}},
       no_spurious_fault,
       nullptr},
      {{"scan_is_fresh",
        "blocks are freed under the MMAPLOCK that was held since a scan found no busy page",
        "atlas dax A-I7",
        Kind::assertion,
        {"dax_punch", "dax_truncate"}},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.scan_is_fresh; }},
      {{"no_use_after_free",
        "nobody touches memory that was freed",
        "atlas dax A-R17",
        Kind::assertion,
        {"dax_punch", "dax_truncate"}},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.no_use_after_free; }},
      {{"no_sleep_atomic",
        "nobody sleeps under a spinlock",
        "dax-dma-vs-truncate thread; atlas dax A-I6",
        Kind::assertion,
        {"dax_punch", "dax_truncate"},
        true},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.no_sleep_atomic; }},
      {{"no_leaked_space",
        "a busy extent that is durable and idle is gone, or somebody is about to look at it",
        "atlas dax A-L3",
        Kind::invariant,
        {}},
       no_leaked_space,
       nullptr},
      {{"no_sleep_for_dma",
        "a punch never sleeps until DMA ends",
        "dax-dma-vs-truncate thread; atlas dax A-L4",
        Kind::invariant,
        {},
        true}, // what the thread proposed; the kernel sleeps
       no_sleep_for_dma,
       nullptr},
      {{"no_deadlock",
        "somebody can always go on, unless all have ended or rest",
        "atlas dax A.7",
        Kind::no_deadlock,
        {}},
       nullptr,
       nullptr},
      {{"progress",
        "whoever has not ended and does not rest gets on with it, some time",
        "atlas dax A-L1",
        Kind::progress,
        {},
        true},
       nullptr,
       nullptr},
  };
  static const auto all = with_additions(own);
  return all;
}

} // namespace stalemate::kernel::dax
