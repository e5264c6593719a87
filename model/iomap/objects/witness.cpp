#include "model/iomap/objects/witness.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap::witness {

using build::Alternative;
using build::Effect;
using build::Expr;
using build::Place;

namespace {

/// The row of a reader.
int row_of(const Observations& seen, int process) {
  const auto found = std::ranges::find(seen.observers, process, &Observer::process);
  return static_cast<int>(found - seen.observers.begin());
}

Effect for_each_write(const World& w, const auto& effect) {
  Effect all;
  for (const DirectRequest& request : w.dio->requests)
    if (request.writes) all = all.then(effect(request));
  return all;
}

/// Is it what one of the paths that write brings?
Expr is_written(const World& w, const Expr& content) {
  return content >= w.tags.first_writer;
}

/// May a read that began when the row was recorded get this?
Expr is_regular(const World& w, const Observations& seen, int row, int segment) {
  const Expr got = seen.got.row(row)[segment];
  Expr is_fresh = is_written(w, got);
  for (const DirectRequest& request : w.dio->requests)
    if (request.writes)
      is_fresh =
          is_fresh && (got != w.tag(request.process) || !seen.too_late.row(row)[request.rank] ||
                       w.dio->contested[segment] || seen.either.row(row)[segment]);
  // Who frees a block leaves zeroes there, at a time that these ghosts do not know.
  const Expr is_freed = w.setup.frees_data() ? got == content::zeroes : Expr(false);
  return got == seen.base.row(row)[segment] || is_fresh || is_freed;
}

/// Did the read get anything of what the request wrote?
Expr has_seen(const World& w, const Observations& seen, int row, const DirectRequest& request) {
  const Observer& reader = seen.observers[static_cast<std::size_t>(row)];
  const int first = std::max(reader.first, request.first);
  return build::exists(std::max(std::min(reader.end, request.end) - first, 0), [&](int i) {
    return seen.got.row(row)[first + i] == w.tag(request.process);
  });
}

/// Must the read have got what the request wrote, or something newer? Because an earlier read saw
/// it, or because this one saw what was written after it.
Expr must_have_seen(const World& w,
                    const Observations& seen,
                    int row,
                    const DirectRequest& request) {
  Expr must = seen.must_see.row(row)[request.rank];
  for (const DirectRequest& later : w.dio->requests)
    if (later.writes && later.rank != request.rank)
      must = must || (seen.precedes.row(later.rank)[request.rank] && has_seen(w, seen, row, later));
  return must;
}

} // namespace

Effect write_begins(const World& w, const DirectRequest& request) {
  if (!w.dio) return {};
  // What is made again has begun already.
  const Expr has_begun = w.dio->in_flight[request.rank];
  Effect all;
  for (int s = request.first; s < request.end; ++s) {
    const Place both = w.dio->contested[s];
    all = all.then(both = select(has_begun, both, w.dio->is_being_written(s)));
  }
  if (const auto& seen = w.dio->observed)
    all = all.then(for_each_write(w, [&](const DirectRequest& earlier) -> Effect {
      if (earlier.rank == request.rank) return {};
      const Place before = seen->precedes.row(request.rank)[earlier.rank];
      return before = select(has_begun, before, seen->returned[earlier.rank]);
    }));
  return all.then(w.dio->in_flight[request.rank] = true);
}

Effect write_ends(const World& w, const DirectRequest& request) {
  // What was refused is made again, or its user is told of it.
  const Expr is_written = !w.dio->error[request.rank];
  return build::for_each(request.end - request.first, [&](int i) {
    const Place written = w.written[request.first + i];
    return written = select(is_written, w.tag(request.process), written);
  });
}

Effect write_returns(const World& w, const DirectRequest& request) {
  Effect all = w.dio->in_flight[request.rank] = false;
  if (!w.dio->observed) return all;
  const Observations& seen = *w.dio->observed;
  const int mine = w.tag(request.process);
  const Expr is_written = !w.dio->error[request.rank];
  return all.then(seen.returned[request.rank] = is_written)
      .then(build::for_each(request.end - request.first, [&](int i) {
        const int s = request.first + i;
        const Place last = seen.last[s];
        // Whoever wrote there after it was complete has the last word.
        const Expr is_last = w.written[s] == mine || w.dio->contested[s];
        return last = select(is_written && is_last, mine, last);
      }));
}

Effect read_begins(const World& w, int process) {
  if (!w.dio || !w.dio->observed) return {};
  const Observations& seen = *w.dio->observed;
  const int row = row_of(seen, process);
  const Observer& reader = seen.observers[static_cast<std::size_t>(row)];
  Effect all;
  for (int s = reader.first; s < reader.end; ++s) {
    all = all.then(seen.base.row(row)[s] = seen.last[s])
              .then(seen.either.row(row)[s] = w.dio->contested[s]);
  }
  return all.then(for_each_write(w, [&](const DirectRequest& request) {
    const Place too_late = seen.too_late.row(row)[request.rank];
    const Place must_see = seen.must_see.row(row)[request.rank];
    return together(too_late = seen.returned[request.rank], must_see = seen.was_seen[request.rank]);
  }));
}

Effect read_gets(const World& w, int process, int segment, const Expr& content) {
  if (!w.dio || !w.dio->observed) return {};
  const Observations& seen = *w.dio->observed;
  return seen.got.row(row_of(seen, process))[segment] = content;
}

Alternative read_returns(const World& w, int process, const Expr& end, const Alternative& way) {
  if (!w.dio || !w.dio->observed) return way;
  const Observations& seen = *w.dio->observed;
  const int row = row_of(seen, process);
  const Observer& reader = seen.observers[static_cast<std::size_t>(row)];
  Alternative all = way;
  for (int s = reader.first; s < reader.end; ++s) {
    if (w.claims.reads_are_regular.property)
      all = all.check(
          w.claims.reads_are_regular,
          s >= end || is_regular(w, seen, row, s),
          fmt::format("segment {} is neither what was there when the read began nor written since",
                      s));
    for (const DirectRequest& request : w.dio->requests)
      if (w.claims.reads_are_atomic.property && request.writes && request.covers(s))
        all = all.check(
            w.claims.reads_are_atomic,
            s >= end || !must_have_seen(w, seen, row, request) ||
                is_written(w, seen.got.row(row)[s]),
            fmt::format("segment {} is older than what the read has seen of that write", s));
  }
  return all.then(for_each_write(w, [&](const DirectRequest& request) {
    const Place was_seen = seen.was_seen[request.rank];
    return was_seen = was_seen || has_seen(w, seen, row, request);
  }));
}

} // namespace stalemate::kernel::iomap::witness
