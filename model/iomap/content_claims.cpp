#include "model/iomap/content_claims.hpp"

#include "model/iomap/objects/content.hpp"

#include <fmt/format.h>

#include <functional>
#include <utility>

namespace stalemate::kernel::iomap {

using build::Expr;

Expr implies(const Expr& a, const Expr& b) {
  return !a || b;
}

Spot::Spot(const World& w, int segment)
    : folio(w.folio[segment / w.geometry.segments_per_folio()]),
      inside(segment % w.geometry.segments_per_folio()),
      is_uptodate(folio.uptodate[inside / w.geometry.segments_per_block]) {}

namespace {

using Claim = std::pair<Expr, build::Sentence>;

/// One part per segment of the file, about what lies before i_size. What a locked folio holds is
/// still in the hands of whoever locked it. What was given up because of an error is settled only
/// as far as it is nobody else's.
enum class OfLost : std::uint8_t { nothing, as_of_all };
Parts settled_segments(const World& w,
                       const std::function<Claim(int)>& claim,
                       OfLost of_lost = OfLost::nothing) {
  // A write that allocates blocks at once owns their garbage until it is done (atlas buffered 5).
  const bool write_exposes_blocks =
      w.setup.has_holes() && w.kernel().hole_write == HoleWrite::allocates;
  const Expr no_write = write_exposes_blocks ? w.inode.i_rwsem.is_free() : !w.is_being_rewritten();
  Parts parts;
  for (int s = 0; s < w.geometry.segments(); ++s) {
    Expr is_settled = Spot(w, s).folio.lock.is_free() && no_write && !w.is_beyond_size(s);
    // What a growing file still cuts off is nobody's.
    if (w.setup.is_mapped() && w.size_can_change())
      is_settled = is_settled && !(w.inode.cut_from <= s && s < w.inode.cut_to);
    if (w.errors && of_lost == OfLost::nothing) is_settled = is_settled && !w.is_lost(s);
    // Until a direct write returns, either content may be read.
    if (w.dio) is_settled = is_settled && !w.dio->is_being_written(s) && !w.dio->contested[s];
    const auto [holds, wrong] = claim(s);
    parts.emplace_back(implies(is_settled, holds), wrong);
  }
  return parts;
}

std::string read_of(int segment) {
  return fmt::format("a read of segment {} of the file", segment);
}

/// Of writes at the same time either may be read, but nothing that was there before, and no zeroes.
Parts contested_segments(const World& w) {
  Parts parts;
  for (int s = 0; w.dio && s < w.geometry.segments(); ++s) {
    const Expr is_settled = Spot(w, s).folio.lock.is_free() && !w.is_beyond_size(s) &&
                            !w.dio->is_being_written(s) && w.dio->contested[s];
    parts.emplace_back(
        implies(is_settled, w.seen(s) >= w.tags.first_writer),
        build::Sentence(read_of(s) + " sees {}, which is nothing of what was written last, at once",
                        {w.seen(s)}));
  }
  return parts;
}

/// What a write that is going on has left in an uptodate block: its copy came back short and was
/// not accepted, and it will be made again.
Expr is_being_copied(const World& w, int segment, const Expr& content) {
  Expr any = false;
  for (std::size_t p = 0; p < w.setup.processes.size(); ++p) {
    const ProcessSpec& process = w.setup.processes[p];
    const auto [first, end] = written_by(process);
    const auto shorts = process.options.find("short_copies");
    if (!process.runs("buffered_write") || shorts == process.options.end() || shorts->second == 0 ||
        segment < first || segment >= end)
      continue;
    const int writer = static_cast<int>(p);
    any = any || (w.inode.i_rwsem.holder == writer + 1 && content == w.tag(writer));
  }
  return any;
}

} // namespace

Parts no_lost_write(const World& w) {
  Parts parts = settled_segments(w, [&](int s) -> Claim {
    return {
        w.seen(s) == w.written[s] || is_being_copied(w, s, w.seen(s)),
        {read_of(s) + " sees {} instead of what was written last ({})", {w.seen(s), w.written[s]}}};
  });
  for (auto& part : contested_segments(w))
    parts.push_back(std::move(part));
  return parts;
}

Parts no_foreign_data(const World& w) {
  const auto claim = [&](int s) -> Claim {
    const auto& tags = w.legal[static_cast<std::size_t>(s)];
    return {build::exists(static_cast<int>(tags.size()),
                          [&](int i) { return w.seen(s) == tags[static_cast<std::size_t>(i)]; }),
            {read_of(s) + " sees {}, which nobody wrote there", {w.seen(s)}}};
  };
  return settled_segments(w, claim, OfLost::as_of_all);
}

Parts no_zeroes_over_data(const World& w) {
  return settled_segments(w, [&](int s) -> Claim {
    return {implies(w.seen(s) == content::zeroes, w.written[s] == content::zeroes),
            {read_of(s) + " sees zeroes instead of what was written last ({})", {w.written[s]}}};
  });
}

Parts clean_folio_matches_disk(const World& w) {
  return settled_segments(w, [&](int s) -> Claim {
    const Spot at(w, s);
    const Expr content = at.folio.data[at.inside];
    const Expr is_clean = at.folio.present && !at.folio.dirty && !at.folio.writeback &&
                          at.is_uptodate && at.folio.pte != Pte::writable;
    return {implies(is_clean, w.on_disk(s) == content || is_being_copied(w, s, content)),
            {fmt::format("the folio is clean, but holds {{}} in segment {} of the file, "
                         "where the disk holds {{}}",
                         s),
             {at.folio.data[at.inside], w.on_disk(s)}}};
  });
}

Parts uptodate_is_true(const World& w) {
  return settled_segments(w, [&](int s) -> Claim {
    const Spot at(w, s);
    const Expr content = at.folio.data[at.inside];
    return {implies(at.is_uptodate, content == w.written[s] || is_being_copied(w, s, content)),
            {fmt::format("the block is uptodate, but holds {{}} in segment {} of the file "
                         "instead of what was written last ({{}})",
                         s),
             {at.folio.data[at.inside], w.written[s]}}};
  });
}

} // namespace stalemate::kernel::iomap
