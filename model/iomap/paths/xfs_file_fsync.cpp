// xfs_file_fsync(), fs/xfs/xfs_file.c; file_write_and_wait_range() and
// file_check_and_advance_wb_err(), mm/filemap.c.
//
// Keeps:   the pass over the dirty folios, which waits for an earlier writeback of a folio before
//          it writes it again; the wait for all of them; the look at what has gone wrong since the
//          file was told last, behind the wait; the log force.
// Drops:   fdatasync(2), the flush of the device's cache, the look whether the inode is pinned at
//          all; that an error of its own pass keeps it from waiting: it returns that error anyway.
// Atomic:  the log force: what the extent map says when it begins is what recovery will find. Until
//          the first folio is looked at nobody sees that fsync has begun.
// Sources: fs/xfs/xfs_file.c, mm/filemap.c and lib/errseq.c of Linux 6.1.

#include "model/iomap/paths/xfs_file_fsync.hpp"

#include "model/iomap/objects/content.hpp"
#include "model/iomap/paths/filemap_write_and_wait.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// What fsync owes, in ghosts: by segment, what was written there when it began. `garbage`, which
/// nobody writes, where it owes nothing.
class Debt {
 public:
  Debt(Path& p, const World& w) : world_(w), process_(p.number()) {
    for (int s = 0; s < w.geometry.segments(); ++s) {
      owed_.push_back(p.local_named(fmt::format("owes{}", s), w.tags.names, content::garbage));
      p.values_stand_for(owed_.back(), w.tags.naming());
      p.ghost(owed_.back());
      stale_.emplace_back();
      if (!may_be_passed(w, s)) continue;
      stale_.back() = p.local_named(fmt::format("stale{}", s), w.tags.names, content::garbage);
      p.values_stand_for(*stale_.back(), w.tags.naming());
      p.ghost(*stale_.back());
    }
  }

  [[nodiscard]] Effect incur() const {
    return for_each(world_.geometry.segments(), [&](int s) {
      const Expr owes = is_owed(s);
      const Effect debt = at(s) = select(owes, world_.written[s], content::garbage);
      const auto& stale = stale_[static_cast<std::size_t>(s)];
      if (!stale) return debt;
      const Expr differs = owes && world_.on_disk(s) != world_.written[s];
      return together(*stale = select(differs, world_.on_disk(s), content::garbage), debt);
    });
  }

  /// Later writes may have come in between, the last but one of which is on disk: as good. Who
  /// makes zeroes may do so again.
  [[nodiscard]] Expr is_paid() const {
    return for_all(world_.geometry.segments(), [&](int s) {
      Expr is_free = at(s) == content::garbage || world_.is_beyond_size(s);
      if (world_.dio) is_free = is_free || is_in_flight(s);
      const Expr stored = world_.on_disk(s);
      Expr survives = stored == at(s) || stored == world_.written[s];
      if (const auto& stale = stale_[static_cast<std::size_t>(s)])
        survives = survives || stored != *stale ||
                   (stored == content::zeroes && world_.written[s] != at(s));
      if (world_.appends()) survives = survives && world_.inode.disk_size > s;
      return is_free || survives;
    });
  }

  /// What of it stands nowhere, for the next fsync.
  [[nodiscard]] Effect forgive() const {
    return for_each(world_.geometry.segments(), [&](int s) {
      const Effect all = at(s) = content::garbage;
      const auto& stale = stale_[static_cast<std::size_t>(s)];
      return stale ? all.then(*stale = content::garbage) : all;
    });
  }

 private:
  /// Can the disk come to hold something that is newer than the debt and older than the last write?
  /// That takes two who write the segment, or one beside somebody who makes zeroes.
  static bool may_be_passed(const World& w, int segment) {
    const auto& tags = w.legal[static_cast<std::size_t>(segment)];
    const auto writers =
        std::ranges::count_if(tags, [&](int tag) { return tag >= w.tags.first_writer; });
    const bool zeroes = w.setup.runs_any({"punch_hole", "zero_range", "truncate"});
    return writers + (zeroes ? 1 : 0) > 1;
  }
  [[nodiscard]] const Place& at(int segment) const {
    return owed_[static_cast<std::size_t>(segment)];
  }
  [[nodiscard]] Expr is_in_flight(int segment) const {
    return world_.dio->is_being_written(segment) || world_.dio->contested[segment];
  }
  /// Its write has returned, and the file was not told that it is lost.
  [[nodiscard]] Expr is_owed(int segment) const {
    const auto& rwsem = world_.inode.i_rwsem;
    Expr has_returned = rwsem.holder == 0;
    for (std::size_t q = 0; q < world_.setup.processes.size(); ++q)
      if (world_.setup.processes[q].runs("buffered_write")) {
        const int writer = static_cast<int>(q);
        has_returned = has_returned || (rwsem.holder == writer + 1 &&
                                        world_.written[segment] != world_.tag(writer));
      }
    if (world_.dio) has_returned = has_returned && !is_in_flight(segment);
    if (world_.errors) has_returned = has_returned && !world_.errors->was_told(process_, segment);
    return has_returned && !world_.is_beyond_size(segment);
  }

  const World& world_;
  int process_;
  std::vector<Place> owed_;
  std::vector<std::optional<Place>>
      stale_; ///< What the disk held then, where that is something else.
};

void record_fsync(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("xfs_file_fsync", "fs/xfs/xfs_file.c");
  const WritepageContext context(p, w);
  const Debt debt(p, w);
  const int times = options.at("times");
  const Place left = p.local("fsyncs_left", 1, times, times);
  const Label begin = p.forward();
  const Label end = p.forward();
  p.label(begin);
  {
    const auto pass = p.function("file_write_and_wait_range", "mm/filemap.c");
    write_and_wait(p, w, context, 0, w.geometry.folios() - 1, debt.incur());
  }
  if (w.writes_can_fail()) {
    const auto check = p.function("file_check_and_advance_wb_err", "mm/filemap.c");
    const Expr has_news = w.errors->has_news(p.number());
    p.step("was an error recorded that this file has not been told of?",
           when(has_news)
               .note("yes: return it")
               .then(w.errors->tell(p.number()), debt.forgive())
               .go(end),
           when(!has_news).note("no"));
  }
  p.step("force the log, return 0",
         always()
             .check(w.claims.fsync_means_on_disk,
                    debt.is_paid(),
                    "what was written before the fsync is not on disk, and this file was not told")
             .then(debt.forgive()));
  p.label(end);
  if (times == 1) {
    p.step("return", always().end());
    return;
  }
  p.step("return",
         when(left > 1).note("and once more").then(left = left - 1).go(begin),
         otherwise().end());
}

} // namespace

IomapPath fsync() {
  return {{.name = "fsync",
           .process = "fsync",
           .function = "xfs_file_fsync",
           .text = "fsync(2) of a file that is open from the start, by a process of its own",
           .source = "xfs_file_fsync, file_write_and_wait_range",
           .options = {{"times", "how many, one after the other", 1, 3, 1}}},
          record_fsync};
}

} // namespace stalemate::kernel::iomap
