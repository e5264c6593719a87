// xfsaild_push(), fs/xfs/xfs_trans_ail.c, and xlog_cil_push_work(), fs/xfs/xfs_log_cil.c, v5.15.
//
// Keeps:   an item that is pinned by the CIL is not written back; the AIL asks for the CIL to be
//          pushed; the push worker is an ordinary task and allocates a new context with GFP_NOFS,
//          for as long as it takes; a unit of log space is free when its item is on disk.
// Drops:   the tail's order: a unit is free when its own item is written, not when all older ones
//          are, so that less waits here than there; iclogs; the periodic log worker, which only
//          pushes sooner what xfsaild asks for.
// Atomic:  the CIL's items move on together.
// Sources: atlas direct-and-swap 7 (G1-G3); swap-dio thread, Chinner, 25 Sep 2021.

#include "model/swap/paths/xfs_log.hpp"

#include "model/swap/paths/reclaimer.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

void record_ail(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("xfsaild_push", "fs/xfs/xfs_trans_ail.c");
  const Log& log = w.log;
  const Place unit = p.local("unit", 0, log.units - 1);
  const Expr is_stuck =
      exists(log.units, [&](int u) { return log.pinned[u] || log.stage[u] == UnitStage::in_cil; });
  p.label("next");
  p.step(weakly_fair(idle("look at an item")),
         for_any(log.units,
                 [&](int u) {
                   return when(log.stage[u] == UnitStage::in_ail && !log.pinned[u])
                       .note("queue its buffer")
                       .then(unit = u, log.stage[u] = UnitStage::being_written);
                 }),
         when(is_stuck && !log.has_space() && !log.push_requested)
             .note("pinned in the CIL: ask for a push")
             .then(log.push_requested = true)
             .go("next"));
  p.step("the buffer is on disk: free its log space",
         then(log.stage[unit] = UnitStage::free).go("next"));
}

void record_cil(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("xlog_cil_push_work", "fs/xfs/xfs_log_cil.c");
  const Log& log = w.log;
  p.label("next");
  p.step(weakly_fair(idle("wait for a push")), when(log.push_requested));
  p.step("allocate a new context, GFP_NOFS", allocate_nofail(w, Gfp::nofs));
  p.step("write the CIL, unpin its items",
         then(for_each(log.units,
                       [&](int u) {
                         return log.stage[u] = select(log.stage[u] == UnitStage::in_cil,
                                                      Expr(UnitStage::in_ail),
                                                      log.stage[u]);
                       }),
              for_each(log.units, [&](int u) { return log.pinned[u] = false; }),
              log.push_requested = false,
              w.file.metadata_dirty = false,
              free_memory(w))
             .go("next"));
}

} // namespace

SwapPath xfsaild() {
  SwapPath path;
  path.name = "xfsaild";
  path.process = "xfsaild";
  path.function = "xfsaild_push";
  path.text = "writes back logged metadata, which frees log space";
  path.source = "atlas direct-and-swap 7 G1, G3";
  path.record = record_ail;
  path.is_daemon = true;
  return path;
}

SwapPath cil_worker() {
  SwapPath path;
  path.name = "cil_worker";
  path.process = "cil_worker";
  path.function = "xlog_cil_push_work";
  path.text = "writes the CIL to the log, which unpins its items; needs memory for that";
  path.source = "atlas direct-and-swap 7 G2";
  path.record = record_cil;
  path.is_daemon = true;
  return path;
}

} // namespace stalemate::kernel::swap
