#include "model/stable_pages/knobs/knobs.hpp"

#include "model/extension/additions.hpp"

namespace stalemate::kernel::stable_pages {

namespace {

/// Of a release, only zram has what others do not: ->rw_page(), and reads that are done at once.
KnobOf<Kernel> device() {
  auto knob = words(&Kernel::anon_device,
                    "anon_device",
                    "what the swap area lies on; if not zram, it sets anon_write_path bio and "
                    "anon_swap_in through_swap_cache, each of which a scenario can set otherwise",
                    "anonymous-stable-pages thread; atlas stable-pages B.1",
                    {{"zram_two_pass", "zram that compresses again if it had to sleep for memory"},
                     {"zram_one_pass", "zram that compresses once, into a buffer of its own"},
                     {"zram_checks_size", "zram that allocates again if the second size differs"},
                     {"checksum", "a device that verifies a checksum made before the transfer"},
                     {"plain_disk", "a disk that stores what it is given"},
                     {"parity_raid",
                      "RAID without a copy, which reads the page for parity and again for data"}})
                  .in({{Version::v6_1, "zram_two_pass", "__zram_bvec_write"},
                       {Version::v6_18, "zram_one_pass", "zram_write_page"}})
                  .released_with({"checksum", "plain_disk", "parity_raid"});
  knob.set = [](Kernel& kernel, int value) {
    kernel.anon_device = static_cast<Device>(value);
    switch (kernel.anon_device) {
    case Device::zram_two_pass:
    case Device::zram_one_pass:
    case Device::zram_checks_size:
      return;
    case Device::checksum:
    case Device::plain_disk:
    case Device::parity_raid:
      kernel.anon_write_path = WritePath::bio;
      kernel.anon_swap_in = SwapIn::through_swap_cache;
    }
  };
  return knob;
}

} // namespace

const std::vector<KnobOf<Kernel>>& knobs() {
  static const auto all = with_additions<KnobOf<Kernel>>({
      version_knob<Kernel>(),
      words(
          &Kernel::anon_reuse,
          "anon_reuse",
          "what reuse_swap_page says about the only user's page while it is written to swap; asked "
          "where anon_exclusive is not_remembered",
          "f05714293a59; anonymous-stable-pages thread; atlas stable-pages SF5",
          {{"always", "reuse it in place, as up to v4.9"},
           {"copies_if_stable", "copy it if the swap area needs stable pages, as merged"},
           {"copies_if_not_stable", "the test the wrong way round"},
           {"waits", "wait for the end of writeback, which must not sleep here"}}),
      words(
          &Kernel::anon_exclusive,
          "anon_exclusive",
          "whether swap entries say that the page is exclusive, and what writeback does to that; "
          "if so, anon_reuse says nothing",
          "v5.19 to v7.1, do_swap_page; atlas stable-pages B.2, B-R2",
          {{"not_remembered", "they do not: users are counted, as up to v5.17"},
           {"dropped_if_stable", "the mark goes if the swap area needs stable pages, as in v5.19"},
           {"dropped_if_not_stable", "the test the wrong way round"},
           {"kept", "the mark stays"}})
          .released_with({"dropped_if_stable"}),
      boolean(&Kernel::anon_fork_clears_mark,
              "anon_fork_clears_mark",
              "a page that fork shares is not exclusive any more",
              "v5.19; atlas stable-pages B-R7"),
      device(),
      boolean(&Kernel::anon_stable_flag,
              "anon_stable_flag",
              "the device says that it needs stable pages, so that the swap area knows",
              "SWP_STABLE_WRITES, f05714293a59"),
      words(&Kernel::anon_write_path,
            "anon_write_path",
            "how swap_writepage hands the page to the device",
            "anonymous-stable-pages thread; atlas stable-pages SO7a, SO7b, B-R4",
            {{"bio", "unlocks it and submits a bio"},
             {"rw_page", "keeps it locked until the device is done"},
             {"rw_page_may_fail", "the same; if the driver has no memory, a bio after all"}})
          .in({{Version::v6_1, "rw_page_may_fail", "__swap_writepage, bdev_write_page"},
               {Version::v6_6, "bio", "swap_writepage_bdev_sync: unlocked, then waited for"}}),
      words(&Kernel::anon_flag_set,
            "anon_flag_set",
            "when a zram device that is given its size says that it needs stable pages",
            "anonymous-stable-pages thread; atlas stable-pages B.3, B-R3",
            {{"cleared_then_set", "revalidation clears the capability, then it is set again"},
             {"under_init_lock", "the same under a lock that swapon takes as well"},
             {"before_size", "before the device can be opened"},
             {"in_one_step", "it is never seen cleared"}}),
      boolean(&Kernel::anon_device_fails,
              "anon_device_fails",
              "a write may fail for reasons of the device's own",
              "atlas stable-pages SO8, B-R5")
          .of_surroundings(),
      words(&Kernel::anon_write_error,
            "anon_write_error",
            "what the end of a failed write does to the page",
            "end_swap_bio_write; atlas stable-pages SO8, B-R5",
            {{"redirties_page", "marks it dirty again"},
             {"leaves_page_clean", "leaves it as if it were written"}}),
      words(&Kernel::anon_users,
            "anon_users",
            "what counts as a user of a page in the swap cache",
            "atlas stable-pages SF5, B-R7",
            {{"map_and_slot", "page table entries and swap entries"},
             {"map_only", "page table entries"}}),
      words(&Kernel::anon_slot_freed,
            "anon_slot_freed",
            "when a swap slot may be given to somebody else",
            "swap_map, SWAP_HAS_CACHE; atlas stable-pages B-I6",
            {{"after_swap_cache", "when no entry names it and the page has left the swap cache"},
             {"with_last_entry", "when no entry names it"}}),
      boolean(&Kernel::anon_leaks_si_lock,
              "anon_leaks_si_lock",
              "the answer \"copy\" leaves with the lock of the swap area held",
              "anonymous-stable-pages thread; atlas stable-pages B-R8"),
      words(&Kernel::anon_after_read,
            "anon_after_read",
            "what becomes of the device's copy when the page has been read back",
            "atlas stable-pages B-R10",
            {{"keeps_slot", "it stays until the slot is freed"},
             {"frees_slot_dirties_page", "it goes, and the page becomes dirty"},
             {"frees_slot", "it goes, and the page stays clean"}}),
      words(&Kernel::anon_copy_alloc,
            "anon_copy_alloc",
            "what a write fault does if there is no memory for the copy",
            "atlas stable-pages SF9, B-R11",
            {{"fails", "it fails"}, {"waits", "it waits until a page is free"}}),
      words(&Kernel::anon_swap_in,
            "anon_swap_in",
            "how the only user of a slot reads it from a device that is said to be synchronous",
            "0bcac06f27d7; atlas stable-pages B-R9",
            {{"through_swap_cache", "as from any other device"},
             {"bypasses_swap_cache", "into a page of its own, which is taken for read at once"},
             {"bypasses_and_waits", "into a page of its own, once the read has ended"}})
          .in({{Version::v6_1, "bypasses_and_waits", "do_swap_page, swap_readpage"},
               {Version::v7_0, "through_swap_cache", "do_swap_page, swapin_folio"}}),
      boolean(&Kernel::anon_read_is_asynchronous,
              "anon_read_is_asynchronous",
              "zram reads from its backing device, after the submission has returned",
              "atlas stable-pages B-R9")
          .of_surroundings(),
  });
  return all;
}

} // namespace stalemate::kernel::stable_pages
