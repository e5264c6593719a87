#include "model/lockless/properties.hpp"

namespace stalemate::kernel::lockless {

const std::vector<PropertyEntry>& properties() {
  using Kind = ir::PropertyKind;
  static const std::vector<PropertyEntry> all{
      {"no_data_race",
       "accesses to plain memory, one of them a store, are ordered; so is freeing it",
       "atlas lockless C",
       Kind::assertion,
       {}},
      {"no_zeroes_over_data",
       "a read does not see zeroes where data was written",
       "atlas lockless C1",
       Kind::assertion,
       {}},
      {"fresh_cookie",
       "who sees a new extent sees the new sequence counter",
       "atlas lockless C1",
       Kind::assertion,
       {}},
      {"no_lost_write",
       "a read sees what was written last",
       "atlas lockless C5",
       Kind::assertion,
       {}},
      {"no_leaked_space",
       "a busy extent that is durable and idle is gone, or somebody is about to look at it",
       "atlas lockless C6",
       Kind::assertion,
       {}},
      {"durable_before_reuse",
       "a freed block is not reused before the transaction that frees it is durable",
       "atlas lockless C6",
       Kind::assertion,
       {}},
      {"no_foreign_dma",
       "a device accesses only blocks that are still the file's, or kept for it",
       "atlas lockless C7",
       Kind::assertion,
       {}},
      {"no_freed_page_in_use",
       "a block that others may allocate has no reference on its page",
       "atlas lockless C8",
       Kind::assertion,
       {}},
      {"synchronous_means_done",
       "a synchronous read returns when it is done",
       "atlas direct-and-swap W3",
       Kind::assertion,
       {}},
      {"no_deadlock",
       "somebody can always go on, unless all have ended or rest",
       "atlas lockless C",
       Kind::no_deadlock,
       {}},
  };
  return all;
}

} // namespace stalemate::kernel::lockless
