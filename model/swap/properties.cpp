#include "model/swap/properties.hpp"

#include "model/extension/additions.hpp"
#include "model/swap/paths/do_swap_page.hpp"
#include "model/swap/paths/swap_writepage.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::swap {

using build::Expr;

namespace {

using Property = PropertyOf<World>;

Expr implies(const Expr& a, const Expr& b) {
  return !a || b;
}

/// A claim that steps check, where they are.
Property checked(build::Claim Claims::*member,
                 std::string name,
                 std::string claim,
                 std::string source,
                 std::vector<std::string> checked_by) {
  Property property;
  property.name = std::move(name);
  property.claim = std::move(claim);
  property.source = std::move(source);
  property.kind = ir::PropertyKind::assertion;
  property.checked_by = std::move(checked_by);
  property.claimed = [member](World& w) -> build::Claim& { return w.claims.*member; };
  return property;
}

/// Such a claim that can break in some worlds only.
Property
where(std::string takes, std::function<bool(const World&)> is_usual_in, Property property) {
  property.takes = std::move(takes);
  property.is_usual_in = std::move(is_usual_in);
  return property;
}

Property
always_true(std::string name, std::string claim, std::string source, Parts (*parts)(const World&)) {
  Property property;
  property.name = std::move(name);
  property.claim = std::move(claim);
  property.source = std::move(source);
  property.parts = parts;
  return property;
}

/// An invariant that some worlds do not have.
Property with_takes(std::string takes, Property property) {
  property.takes = std::move(takes);
  return property;
}

/// A claim about runs, which is checked where a scenario lists it.
Property
about_runs(std::string name, std::string claim, std::string source, ir::PropertyKind kind) {
  Property property;
  property.name = std::move(name);
  property.claim = std::move(claim);
  property.source = std::move(source);
  property.kind = kind;
  property.on_request = true;
  return property;
}

Property on_request(Property property) {
  property.on_request = true;
  return property;
}

/// What holds for page 0 holds for all: they begin alike.
Property ends(std::string name,
              std::string claim,
              std::string source,
              std::function<Expr(const World&)> lasts) {
  Property property =
      about_runs(std::move(name), std::move(claim), std::move(source), ir::PropertyKind::leads_to);
  property.cause = lasts;
  property.goal = [lasts = std::move(lasts)](const World& w) { return !lasts(w); };
  return property;
}

Property deadlock() {
  Property property;
  property.name = "no_deadlock";
  property.claim = "somebody can always go on, unless all have ended or rest";
  property.source = "atlas direct-and-swap LIV-1; atlas buffered I13";
  property.kind = ir::PropertyKind::no_deadlock;
  return property;
}

/// A device like RAM has no process of its own.
bool has_disk(const World& w) {
  return !w.kernel().synchronous_device && !w.setup.memory.pages.empty();
}

/// SAF-6, of the task that does nothing but swap I/O.
Parts swap_io_takes_nothing(const World& w) {
  const int kswapd = w.holder("kswapd");
  const auto is_not_held = [&](const build::SharedLock& lock) {
    return kswapd == 0 ? Expr(true) : lock.holder != kswapd && !lock.readers[kswapd - 1];
  };
  return {{is_not_held(w.file.i_rwsem.lock), "kswapd holds i_rwsem of the swap file"},
          {is_not_held(w.file.ilock), "kswapd holds the ILOCK of the swap file"},
          {kswapd == 0 || w.file.cached_page.holder != kswapd,
           "kswapd holds the lock of a page of the swap file"}};
}

/// SAF-7
Parts writeback_has_a_slot(const World& w) {
  Parts parts;
  for (int f = 0; f < w.frames(); ++f) {
    const auto page = w.frame[f];
    parts.emplace_back(
        implies(page.writeback, page.used && page.in_cache && w.has_cache[page.slot]),
        fmt::format("page {} is under writeback and has no slot", f));
  }
  return parts;
}

/// SAF-8
Parts one_page_per_slot(const World& w) {
  const auto uses = [&](int f) { return w.frame[f].in_cache || w.frame[f].writeback; };
  Parts parts;
  for (int f = 0; f < w.frames(); ++f)
    for (int g = 0; g < f; ++g)
      parts.emplace_back(implies(uses(f) && uses(g), w.frame[f].slot != w.frame[g].slot),
                         build::Sentence(fmt::format("pages {} and {} both use slot {{}}", g, f),
                                         {w.frame[f].slot}));
  if (parts.empty())
    parts.emplace_back(implies(w.frame[0].in_cache, w.has_cache[w.frame[0].slot]),
                       "page 0 is in the swap cache, and its slot is free");
  return parts;
}

/// Reclaim and migration find a page where its rmap leads, and its anon_vma lives only as long.
Parts rmap_finds_its_page(const World& w) {
  Parts parts;
  if (!w.rmap) return parts;
  for (int f = 0; f < w.frames(); ++f)
    for (int i = 0; i < w.pte.size(); ++i)
      parts.emplace_back(
          implies(w.pte[i] == f, w.has_rmap(f, i)),
          fmt::format("pte[{}] maps page {}, whose rmap leads somewhere else", i, f));
  return parts;
}

Parts freed_area_is_empty(const World& w) {
  Parts parts;
  for (int k = 0; k < w.own_slots(); ++k)
    parts.emplace_back(implies(w.area.gone, w.is_free_slot(k)),
                       fmt::format("slot {} is in use, and the area is gone", k));
  return parts;
}

/// Neither mapped nor in the swap cache nor off the LRU, and nobody has a reference.
Expr is_unused(const World& w) {
  const auto page = w.frame[0];
  return page.used && !w.is_mapped(0) && !page.in_cache && page.refs == 0 && !page.isolated;
}

} // namespace

const std::vector<Property>& properties() {
  static const std::vector<Property> own{
      checked(&Claims::content,
              "swap_keeps_content",
              "a page comes back from swap as it was written",
              "atlas direct-and-swap SAF-1",
              {"touch", "swapoff"}),
      where(
          "reads that can fail: memory.io_errors, the path shutdown, or swap_io dio_async with "
          "memory.failures; or swapoff beside zswap_shrinker, with unuse_compares pte",
          [](const World& w) {
            return reads_can_fail(w) || (w.has_path("swapoff") && may_unuse_unread(w));
          },
          checked(&Claims::no_sigbus,
                  "no_needless_sigbus",
                  "no process dies because a page could not be read",
                  "atlas direct-and-swap SAF-10'",
                  {"touch"})),
      checked(&Claims::no_lost_page,
              "no_lost_page",
              "what a freed page holds is in its slot",
              "atlas direct-and-swap SAF-2",
              {"kswapd", "chmod", "read_file", "readahead"}),
      where(
          "zswap, or a device that is not synchronous, and not swap_on nfs, but for swap_io "
          "dio_async",
          [](const World& w) {
            return w.zswap.has_value() || w.kernel().swap_on != SwapOn::nfs ||
                   w.kernel().swap_io == SwapIo::dio_async;
          },
          checked(&Claims::lifetime,
                  "no_use_after_free",
                  "nobody touches memory that was freed",
                  "atlas direct-and-swap SAF-3; 5878303c5353",
                  {"kswapd", "zswap_shrinker"})),
      where(
          "swap_io dio_async",
          [](const World& w) { return w.kernel().swap_io == SwapIo::dio_async; },
          checked(&Claims::own_page,
                  "completion_finds_its_page",
                  "the end of a swap request ends the I/O of its own page",
                  "atlas direct-and-swap SAF-3, L2",
                  {"kswapd"})),
      where("pages, and a device that is not synchronous",
            has_disk,
            checked(&Claims::lock_order,
                    "no_unlock_of_unlocked",
                    "the end of a swap I/O finds its page locked for the read, or under writeback",
                    "atlas direct-and-swap SAF-4, LIV-8",
                    {"touch", "swapoff", "kswapd", "zswap_shrinker"})),
      where("pages, and a device that is not synchronous",
            has_disk,
            checked(&Claims::own_blocks,
                    "writes_stay_in_swap_file",
                    "a swap write goes to blocks of the swap file",
                    "atlas direct-and-swap SAF-5",
                    {"kswapd", "zswap_shrinker"})),
      where("pages, and a device that is not synchronous",
            has_disk,
            checked(&Claims::redirtied,
                    "failed_write_leaves_dirty",
                    "a page whose write failed is dirty before its writeback ends",
                    "atlas direct-and-swap SAF-10",
                    {"kswapd", "zswap_shrinker"})),
      where(
          "a write that returns an error, and writepage_result looked_at",
          [](const World& w) {
            return may_return_error(w) && w.kernel().writepage_result == ResultOf::looked_at;
          },
          checked(&Claims::never_sleeps,
                  "reclaim_waits_for_no_page",
                  "reclaim does not wait for the lock of a page",
                  "atlas direct-and-swap L6",
                  {"kswapd"})),
      where("writes that can fail",
            may_fail,
            checked(&Claims::progress,
                    "reclaim_makes_progress",
                    "kswapd does not give up while the device works",
                    "atlas direct-and-swap LIV-5, LIV-2'",
                    {"kswapd"})),
      where(
          "swapoff beside munmap, or beside a touch with readahead, with synchronous_device, or of "
          "v7.0 and later",
          [](const World& w) {
            return w.kernel().synchronous_device || w.has_path("munmap") || w.reads_ahead();
          },
          checked(&Claims::area_alive,
                  "area_outlives_its_users",
                  "nobody reads by an area that swapoff has freed",
                  "atlas direct-and-swap SAF-9; 82b1c07a0af6",
                  {"touch", "munmap"})),
      where(
          "reads around the swap cache (synchronous_device true, a bypass_claim of a bypass) under "
          "an area_guard",
          [](const World& w) {
            return bypasses_cache(w.kernel()) && w.kernel().area_guard != AreaGuard::none;
          },
          checked(&Claims::may_sleep,
                  "no_sleep_under_rcu",
                  "nobody sleeps inside an RCU read section",
                  "atlas direct-and-swap S3",
                  {"touch"})),
      checked(&Claims::usable,
              "swap_file_is_usable",
              "every page of an active swap file can be overwritten in place by one bio",
              "atlas direct-and-swap N5; swap-dio thread, Chinner and Le Moal",
              {"swapon"}),
      always_true("swap_io_takes_nothing",
                  "kswapd holds neither i_rwsem nor ILOCK nor a cached page of the swap file",
                  "atlas direct-and-swap SAF-6",
                  swap_io_takes_nothing),
      always_true("writeback_has_a_slot",
                  "a page under writeback is in the swap cache, and its slot is taken",
                  "atlas direct-and-swap SAF-7",
                  writeback_has_a_slot),
      always_true("one_page_per_slot",
                  "no two pages are in one slot of the swap cache, or being written to one slot",
                  "atlas direct-and-swap SAF-8",
                  one_page_per_slot),
      with_takes("the path uffd_move",
                 always_true("rmap_finds_its_page",
                             "the rmap of a page leads to the page table entry that maps it",
                             "c50f8e6053b0; S20",
                             rmap_finds_its_page)),
      deadlock(),
      about_runs("progress",
                 "whoever has not ended and does not rest gets on with it, some time",
                 "atlas direct-and-swap LIV-4, LIV-6, LIV-7",
                 ir::PropertyKind::progress),
      about_runs("can_finish",
                 "whatever has happened, everyone can still end or come to rest",
                 "atlas direct-and-swap LIV-1, LIV-6",
                 ir::PropertyKind::can_finish),
      ends("writeback_ends",
           "writeback that has begun ends",
           "atlas direct-and-swap LIV-2",
           [](const World& w) -> Expr { return w.frame[0].writeback; }),
      ends("page_lock_ends",
           "a page that is locked is unlocked again",
           "atlas direct-and-swap LIV-3",
           [](const World& w) -> Expr { return w.frame[0].lock.holder != 0; }),
      // What kmemleak, or a machine that runs out of it, would say of what is taken and not given
      // back.
      ends("kiocb_ends",
           "the kiocb of a page's swap I/O is freed",
           "atlas direct-and-swap SAF-3, L3",
           [](const World& w) -> Expr { return w.frame[0].kiocb != 0; }),
      ends("isolation_ends",
           "a page that was taken off the LRU goes back to it, or is freed",
           "putback_lru_page(), mm/vmscan.c",
           [](const World& w) -> Expr { return w.frame[0].isolated; }),
      ends("references_end",
           "who has taken a reference on a page or folio puts it",
           "folio_put(), include/linux/mm.h",
           [](const World& w) -> Expr { return w.frame[0].refs != 0; }),
      ends("unused_page_goes",
           "a page that nobody uses any more is freed",
           "folio_put(), include/linux/mm.h",
           is_unused),
      on_request(always_true("swapoff_leaves_nothing",
                             "an area that swapoff has freed has nobody's page in it",
                             "try_to_unuse(), mm/swapfile.c",
                             freed_area_is_empty)),
      ends("log_grant_ends",
           "log space that was granted is used, or given back",
           "xlog_ticket, fs/xfs/xfs_log_priv.h",
           [](const World& w) -> Expr {
             return w.log.units > 0 ? w.log.stage[0] == UnitStage::granted : Expr(false);
           }),
      ends("rpc_task_ends",
           "an RPC that was begun ends",
           "rpc_exit_task(), net/sunrpc/sched.c",
           [](const World& w) -> Expr { return w.rpc.stage[0] != RpcStage::none; }),
  };
  static const auto all = with_additions(own);
  return all;
}

} // namespace stalemate::kernel::swap
