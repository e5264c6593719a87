// end_swap_bio_write(), end_swap_bio_read(), and swapfile_write_complete() and its kin of "mm: Use
// DIO for swap", version 3, mm/page_io.c.
//
// Keeps:   the order of dirty, PG_reclaim and writeback when a write failed; where the completion
//          finds its page; the references on the kiocb.
// Drops:   PG_error, whose readers are none; statistics; rotation of pages with PG_reclaim, since
//          reclaim chooses its pages freely.
// Atomic:  "make the page dirty again" with PG_reclaim: nobody looks at that flag meanwhile.
// Sources: swap-dio thread, patches 5, 6; atlas direct-and-swap 4.3 aC, 4.5 cW cC, 5.2 rC.

#include "model/swap/paths/end_swap_io.hpp"

#include "model/swap/paths/reclaimer.hpp"
#include "model/swap/paths/swap_writepage.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

void end_page_writeback(Path& p, const World& w, const FrameTable::Row& page) {
  const auto fn = p.function("end_page_writeback", "mm/filemap.c");
  p.step("clear writeback",
         always()
             .check(w.claims.lock_order,
                    page.writeback,
                    "the end of a write finds its page not under writeback")
             .check(w.claims.redirtied,
                    !page.failed || page.dirty,
                    "writeback ends of a page that could not be written, and the page is clean")
             .then(page.writeback = false, page.submitter = 0));
}

} // namespace

void end_swap_write(Path& p, const World& w, const FrameTable::Row& page) {
  const auto fn = p.function("swapfile_write_complete", "mm/page_io.c");
  if (!may_fail(w)) {
    end_page_writeback(p, w, page);
    return;
  }
  const Redirty when_dirty = w.kernel().redirty;
  const auto forget = w.failures = 0;
  const auto count = w.failures = min(w.failures + 1, reclaim_retries);
  const auto mark = together(page.dirty = true, page.reclaim = false);
  const Label after = p.forward();
  p.step("did the write succeed?",
         when(!page.failed).note("yes").then(forget),
         when(page.failed).note("no").then(count).go(after));
  end_page_writeback(p, w, page);
  p.step("return", always().ret());
  p.label(after);
  if (when_dirty == Redirty::before_end_writeback) p.step("make the page dirty again", then(mark));
  {
    const auto end = p.function("end_page_writeback", "mm/filemap.c");
    p.step("clear writeback after an error",
           always()
               .check(w.claims.lock_order,
                      page.writeback,
                      "the end of a write finds its page not under writeback")
               .check(w.claims.redirtied,
                      page.dirty,
                      "writeback ends of a page that could not be written, and the page is clean")
               .then(page.writeback = false, page.submitter = 0));
  }
  if (when_dirty == Redirty::after_end_writeback)
    p.step("make the page dirty again, too late", then(mark));
}

void end_swap_read(Path& p, const World& w, const FrameTable::Row& page) {
  const auto fn = p.function("swapfile_read_complete", "mm/page_io.c");
  p.step("uptodate if the read succeeded, unlock the page",
         always()
             .check(w.claims.lock_order,
                    !page.lock.is_free(),
                    "the end of a read finds its page unlocked")
             .then(page.uptodate = !page.failed, page.lock.holder = 0));
}

Effect put_kiocb(const World& w, const FrameTable::Row& page) {
  const Expr is_in_request = w.kernel().bvec_in == BvecIn::request;
  const bool is_from_pool = w.kernel().no_kiocb == NoKiocb::comes_from_pool;
  const Effect free = w.memory.free = w.memory.free + select(page.kiocb == 1, 1, 0);
  return (is_from_pool ? Effect() : free)
      .then(page.pointer = select(page.kiocb == 1, Expr(Pointer::none), page.pointer))
      .then(page.bvec = select(is_in_request && page.kiocb == 1, Expr(false), Expr(page.bvec)))
      .then(page.kiocb = max(page.kiocb - 1, 0));
}

void complete_kiocb(Path& p, const World& w, const FrameTable::Row& page, bool is_write) {
  const auto fn = p.function(is_write ? "__swapfile_write_complete" : "__swapfile_read_complete",
                             "mm/page_io.c");
  const Label put = p.forward();
  const Expr is_intact = page.pointer == Pointer::page;
  p.step("take the page from the kiocb",
         when(is_intact)
             .note("it is there")
             .check(w.claims.lifetime, page.kiocb > 0, "the kiocb has been freed"),
         otherwise()
             .check(w.claims.own_page,
                    false,
                    "a cookie lies in the kiocb where its page was: the wrong page's I/O ends, and "
                    "this one's "
                    "never does")
             .note("end the I/O of what the cookie points at")
             .go(put));
  is_write ? end_swap_write(p, w, page) : end_swap_read(p, w, page);
  p.label(put);
  p.step("put the completion's reference on the kiocb", then(put_kiocb(w, page)));
}

} // namespace stalemate::kernel::swap
