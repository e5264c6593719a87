#include "model/tests/known_races.hpp"

#include <algorithm>

namespace stalemate::kernel {

bool KnownRace::is(const Mechanism& found, Version version) const {
  return first <= version && version <= last && section == found.section && claim == found.claim &&
         (path.empty() || path == found.path) &&
         std::ranges::all_of(among, [&](const auto& one) { return found.among.contains(one); });
}

const std::vector<KnownRace>& known_races() {
  static const std::vector<KnownRace> all{
      {"file",
       "no_leaked_reservation",
       "mmap_write",
       {},
       "A fault that fails keeps its reservation: 118e021b4b66 mended writes, not faults."},
      {"file",
       "no_lost_write",
       "dio_write",
       {"mmap_write"},
       "Undefined use: a fault dirties the folio between the two invalidations of a direct write; "
       "the second one fails and warns in the log (`dio_warn_stale_pagecache`)."},
      {"file",
       "no_lost_write",
       "dio_completion",
       {"mmap_write"},
       "The same, of an asynchronous direct write."},
      {"file",
       "reads_are_regular",
       "buffered_read",
       {"dio_write"},
       "An appending direct write moves i_size between the copy and the look at it (K05)."},
      {"file",
       "writes_own_block",
       "dio_completion",
       {},
       "Two direct writes to one shared block (D8 `two-writes`)."},
      {"file", "clone_keeps_its_data", "dio_completion", {}, "The same, seen from the clone."},
      {"file",
       "no_lost_write",
       "zero_range",
       {},
       "Zeroing skips dirty data over what is zero on disk (R10); fallocate writes it back before.",
       Version::v6_1,
       Version::v6_6},
      {"file",
       "no_lost_write",
       "buffered_write",
       {},
       "The same, when a write begins behind i_size (R17).",
       Version::v6_1,
       Version::v6_6},
      {"file",
       "no_zeroes_after_a_crash",
       "io_completion",
       {},
       "The size on disk is that of the block (R12).",
       Version::v6_1,
       Version::v6_6},
      {"memory",
       "an element of the pool",
       "two_bios",
       {},
       "Each holds one bio of the pool and wants a second, which `bio_alloc_bioset` forbids."},
      {"memory",
       "no_needless_sigbus",
       "touch",
       {},
       "The device fails as often as the layout says, and the page cannot be read."},
      {"memory",
       "reclaim_makes_progress",
       "kswapd",
       {},
       "Every write to a full sequential zone fails, and swapon did not look."},
      {"memory",
       "free memory (reclaim)",
       "",
       {},
       "Limit of the model: less memory than its processes need at once, and no OOM killer."},
      {"dax",
       "no_freed_page_in_use",
       "",
       {"dax_dma"},
       "The scan for busy pages is left out when nobody maps the file any more (A-R1).",
       Version::v6_1,
       Version::v6_12},
  };
  return all;
}

} // namespace stalemate::kernel
