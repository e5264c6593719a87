// __get_user_pages() and gup_pte_range(), mm/gup.c; a driver's DMA; iomap_dio_rw(),
// fs/iomap/direct-io.c.
//
// Keeps:   references taken page by page, with those of earlier pages kept while later ones fault;
//          DMA that begins when all pages are pinned; one access of each page; one drop of each
//          reference; the fast way that takes no lock and looks at the entry again; of direct I/O
//          the IOLOCK over the submission and the count of I/O in flight; that the process may
//          unmap the file meanwhile: it is the only one that maps it, and pins nothing more.
// Drops:   mmap_lock (nobody takes it for writing while another faults), short counts: a driver
// that gets too few
//          pages gives them back. DAX files of today copy with the CPU instead of direct I/O; where
//          `dax_direct_io` runs, the file is one whose direct I/O goes through bios.
// Atomic:  an entry that is there is followed, and the page's count raised, under the page table
//          lock.
// Sources: atlas dax GS1-GS4, GF1-GF3, DM1-DM3, A-R8, A-R18.

#include "model/dax/paths/get_user_pages.hpp"

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"
#include "model/dax/paths/dax_iomap_fault.hpp"
#include "model/dax/paths/put_page.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::dax {

using namespace build;

namespace {

/// What is being pinned, page by page.
struct Request {
  int at;
  int pages;
  bool is_fast;
  Pinner pinner;

  [[nodiscard]] Place pinned(const World& w, int page) const {
    return w.pinned.row(pinner.row)[at + page];
  }
};

void put(Path& p, const World& w, const Request& r, int page, Context context) {
  const Place pinned = r.pinned(w, page);
  put_page(p, w, r.pinner, w.block_of(pinned), pinned = 0, context);
}

/// Tries without a lock; goes to `slow` if the entry is gone or changes meanwhile.
void pin_fast(Path& p, const World& w, const Request& r, int page, Label pinned) {
  const auto fn = p.function("gup_pte_range", "mm/gup.c");
  const Place pte = w.at.pte[r.at + page];
  const Place seen = p.local(fmt::format("seen{}", page), 0, w.blocks());
  p.step(fmt::format("page {}: read the entry without a lock", page),
         when(pte != 0).then(seen = pte),
         otherwise().note("not there: the slow way").ret());
  const Expr block_number = w.block_of(seen);
  const Place count = w.block.count[block_number];
  if (w.idle_count() == 0)
    p.step(fmt::format("page {}: raise its count, unless it is zero", page),
           when(count > 0 || pte == seen).then(count = count + 1),
           otherwise().note("zero: the slow way").ret());
  else
    p.step(fmt::format("page {}: raise its count", page), then(count = count + 1));
  p.step(fmt::format("page {}: is the entry still the same?", page),
         when(pte == seen).then(r.pinned(w, page) = seen).go(pinned),
         otherwise().note("it changed: drop the reference"));
  put_page(p, w, r.pinner, block_number, Effect(), Context::fast_gup);
}

void pin(Path& p, const World& w, const Request& r, int page, Label failed) {
  const auto fn = p.function("__get_user_pages", "mm/gup.c");
  const Label done = p.forward();
  if (r.is_fast) pin_fast(p, w, r, page, done);
  const Place pte = w.at.pte[r.at + page];
  const Place count = w.block.count[w.block_of(pte)];
  p.label("retry");
  p.step(fmt::format("page {}: is it mapped? take a reference", page),
         when(pte != 0).then(count = count + 1, r.pinned(w, page) = pte).go(done),
         otherwise().note("not mapped: fault it in"));
  dax_iomap_fault(p, w, r.at + page, failed);
  p.step(fmt::format("page {}: look again", page), always().retry().go("retry"));
  p.label(done);
}

void access(Path& p, const World& w, const Request& r) {
  const auto fn = p.function("dma", "the device");
  for (int page = 0; page < r.pages; ++page) {
    const Place of = w.block.owner[w.block_of(r.pinned(w, page))];
    p.step(fmt::format("the device accesses page {}", page),
           always().check(w.claims.no_foreign_dma,
                          of == owner::offset(r.at + page) || of == owner::busy,
                          "the block is neither the file's nor kept for it"));
  }
}

/// munmap(2) of the whole file by its last user, who has pinned what he wants.
void unmap_file(Path& p, const World& w) {
  {
    const auto fn = p.function("unmap_vmas", "mm/memory.c");
    for (int off = 0; off < w.offsets(); ++off)
      p.step(fmt::format("clear the entry of offset {}", off), then(w.at.pte[off] = 0));
  }
  const auto fn = p.function("unlink_file_vma", "mm/mmap.c");
  p.step("the file has no mapping any more", then(w.inode.mapped = false));
}

/// The completion interrupt drops all references.
void complete(Path& p, const World& w, const Request& r) {
  const auto fn = p.function("bio_release_pages", "block/bio.c");
  const auto runs = w.kernel().dax_callback_runs;
  if (!w.setup.has_callback() || runs == CallbackRuns::in_work_item) {
    for (int page = 0; page < r.pages; ++page)
      put(p, w, r, page, Context::interrupt);
    return;
  }
  const auto enter = take(w.busy.interrupt);
  if (runs == CallbackRuns::in_interrupt)
    p.step("the interrupt comes on the CPU of the log worker", enter);
  else
    p.step("the interrupt comes on the CPU of the log worker",
           enter.wait(w.busy.eb_lock.is_free(), "interrupts to be on", w.busy.eb_lock.holder));
  for (int page = 0; page < r.pages; ++page)
    put(p, w, r, page, Context::interrupt);
  p.step("the interrupt returns", then(release(w.busy.interrupt)));
}

Request request(Path& p, const World& w, const Options& options, bool is_fast) {
  return {options.at("at"),
          options.at("pages"),
          is_fast,
          {w.pinner(p.number()),
           p.local("page", 0, w.blocks() - 1),
           p.local("left", w.idle_count(), w.idle_count() + 7)}};
}

/// Pins the pages of a request; on an error gives back what was pinned and goes to `failed`.
void pin_all(Path& p, const World& w, const Request& r, Label failed) {
  const auto fn = p.function("get_user_pages", "mm/gup.c");
  const Label all_pinned = p.forward();
  std::vector<Label> give_back;
  give_back.reserve(static_cast<std::size_t>(r.pages));
  for (int page = 0; page < r.pages; ++page)
    give_back.push_back(p.forward());
  for (int page = 0; page < r.pages; ++page)
    pin(p, w, r, page, give_back[static_cast<std::size_t>(page)]);
  p.step("all pages are pinned", always().go(all_pinned));
  for (int page = r.pages - 1; page >= 0; --page) {
    p.label(give_back[static_cast<std::size_t>(page)]);
    if (page > 0) put(p, w, r, page - 1, Context::process);
  }
  p.step("return the error", always().go(failed));
  p.label(all_pinned);
}

void record_dma(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("driver_dma", "a driver");
  const Request r = request(p, w, options, options.at("fast") != 0);
  const int times = options.at("times");
  const bool is_for_good = options.at("for_good") != 0;
  const Place round = p.local("round", 0, std::max(times - 1, 0));

  if (is_for_good && w.kernel().dax_long_term_pins == LongTermPins::refused) {
    p.step("a long-term pin of a DAX page: refused",
           always().check(w.claims.no_foreign_dma, true, "no page is pinned").end());
    return;
  }
  const Label failed = p.forward();
  p.label("next");
  pin_all(p, w, r, failed);
  if (options.at("unmaps") != 0) unmap_file(p, w);
  access(p, w, r);
  if (is_for_good) {
    p.step("keep the pages registered for good", always().end());
  } else {
    complete(p, w, r);
    if (times == 0)
      p.step("the next request", always().go("next"));
    else if (times > 1)
      p.step("the next request",
             when(round < times - 1).then(round = round + 1).go("next"),
             otherwise().note("that was the last").end());
    else
      p.step("the request is done", always().end());
  }
  p.label(failed);
  p.step("give up", always().end());
}

void record_direct_io(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("iomap_dio_rw", "fs/iomap/direct-io.c");
  const Request r = request(p, w, options, false);
  const bool is_locked = w.kernel().dax_dio_submission == DioSubmission::under_iolock;
  const Place dio = w.inode.dio;
  const Label failed = p.forward();

  p.label("next");
  if (is_locked) p.step("take the IOLOCK shared", take_shared(w.inode.iolock));
  p.step("count direct I/O in flight", then(dio = dio + 1));
  pin_all(p, w, r, failed);
  if (is_locked)
    p.step("submit the bio, drop the IOLOCK", then(release_shared(w.inode.iolock)));
  else
    p.step("submit the bio", always());
  access(p, w, r);
  complete(p, w, r);
  const Effect end = dio = dio - 1;
  if (options.at("times") == 0)
    p.step("direct I/O has ended", then(end).go("next"));
  else
    p.step("direct I/O has ended", then(end).end());
  p.label(failed);
  if (is_locked)
    p.step("give up, drop the IOLOCK", then(end, release_shared(w.inode.iolock)).end());
  else
    p.step("give up", then(end).end());
}

std::vector<PathOption> request_options() {
  return {{"at", "first page that it pins", 0, 3, 0},
          {"pages", "pages of the request", 1, 3, 1},
          {"times", "requests one after the other; 0: for ever", 0, 3, 1}};
}

} // namespace

DaxPath dma() {
  auto options = request_options();
  options.push_back({"fast", "1: tries get_user_pages_fast first", 0, 1, 0});
  options.push_back({"unmaps", "1: unmaps the file once it has pinned its pages", 0, 1, 0});
  options.push_back({"for_good", "1: never gives the pages back, as RDMA does", 0, 1, 0});
  return {{.name = "dax_dma",
           .process = "gup",
           .function = "get_user_pages",
           .text = "a driver pins pages of a DAX mapping, lets the device access them, lets go",
           .source = "atlas dax A.1",
           .options = std::move(options)},
          record_dma};
}

DaxPath direct_io() {
  return {{.name = "dax_direct_io",
           .process = "dio",
           .function = "iomap_dio_rw",
           .text = "direct I/O on the file, from or to a mapping of the same file",
           .source = "atlas dax A-R3, A-R18",
           .options = request_options()},
          record_direct_io};
}

} // namespace stalemate::kernel::dax
