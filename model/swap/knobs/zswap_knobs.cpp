#include "model/swap/knobs/zswap_knobs.hpp"

namespace stalemate::kernel::swap {

std::vector<KnobOf<Kernel>> with_zswap_knobs(std::vector<KnobOf<Kernel>> knobs) {
  const std::vector<KnobOf<Kernel>> zswap{
      words(&Kernel::zswap_recheck,
            "zswap_recheck",
            "what the shrinker of zswap looks at again once it has a page in the swap cache",
            "04fc7816089c, e3b63e966cac",
            {{"none", "nothing: the entry may be of what the slot held earlier"},
             {"keeps_lock",
              "that the slot still has its entry; if not, the page leaves the cache, locked"},
             {"unlocks", "the same; the page is unlocked and put as well"}}),
      words(&Kernel::zswap_old_entry,
            "zswap_old_entry",
            "what becomes of an older entry of the slot when a page is written out",
            "42c06a0e8ebe; mm/zswap: invalidate old entry when store fail or !zswap_enabled",
            {{"kept_if_refused", "it is replaced, but stays if zswap does not take the page"},
             {"dropped_first", "it goes before zswap is asked"},
             {"dropped", "it is replaced, or goes if zswap does not take the page"}})
          .in({{Version::v6_1, "dropped_first", "__frontswap_store; v6.6 zswap_store: dupentry"},
               {Version::v6_12, "dropped", "zswap_store: check_old"}}),
      words(&Kernel::zswap_shrinker_holds,
            "zswap_shrinker_holds",
            "what the shrinker of zswap has in hands when it first touches the tree of the area",
            "5878303c5353",
            {{"handle",
              "compressed data, which names its slot: it looks for the slot's entry in the tree"},
             {"tree_pointer", "an entry that may be freed, and a pointer to the tree"},
             {"page", "a locked page of the slot in the swap cache, which swapoff waits for"}})
          .in({{Version::v6_1, "handle", "zbud_reclaim_page, zswap_writeback_entry"},
               {Version::v6_6, "tree_pointer", "zswap_reclaim_entry"},
               {Version::v6_12, "page", "shrink_memcg_cb, zswap_writeback_entry"}}),
      words(&Kernel::zswap_load,
            "zswap_load",
            "what a load from zswap leaves there",
            "b9c91c43412f, c2e2ba770200",
            {{"keeps_entry", "the entry, beside the page"},
             {"drops_entry", "nothing: the page is dirty"}})
          .in({{Version::v6_1,
                "keeps_entry",
                "zswap_frontswap_load; v6.6 zswap_load: zswap_exclusive_loads_enabled"},
               {Version::v6_12, "drops_entry", "zswap_load: xa_erase"}}),
      boolean(&Kernel::zswap_fakes_writeback,
              "zswap_fakes_writeback",
              "a page that zswap has taken is under writeback for a moment, unlocked",
              "swap_writepage")
          .in({{Version::v6_1, "true", "swap_writepage: folio_end_writeback"},
               {Version::v6_12, "false", "swap_writepage: folio_unlock"}}),
  };
  knobs.insert(knobs.end(), zswap.begin(), zswap.end());
  return knobs;
}

} // namespace stalemate::kernel::swap
