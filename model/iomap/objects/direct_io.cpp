#include "model/iomap/objects/direct_io.hpp"

#include <algorithm>

namespace stalemate::kernel::iomap {

using build::Array;
using build::Effect;
using build::Expr;
using build::Place;

const DirectRequest& DirectIo::of(int process) const {
  return *std::ranges::find(requests, process, &DirectRequest::process);
}

// A request's bios: the data block by block, then the zeroes.
Place DirectIo::data(const DirectRequest& request, int k) const {
  return bio.row(request.rank)[k];
}

Place DirectIo::head(const DirectRequest& request) const {
  return bio.row(request.rank)[bio.row(request.rank).size() - 2];
}

Place DirectIo::tail(const DirectRequest& request) const {
  return bio.row(request.rank)[bio.row(request.rank).size() - 1];
}

Expr DirectIo::is_waiting(const DirectRequest& request) const {
  Expr any = build::exists(request.blocks(), [&](int k) { return data(request, k); });
  if (request.writes && request.has_head()) any = any || head(request);
  if (request.writes && request.has_tail()) any = any || tail(request);
  return any;
}

Expr DirectIo::is_being_written(int segment, int but) const {
  Expr any = false;
  for (const DirectRequest& request : requests)
    if (request.writes && request.covers(segment) && request.process != but)
      any = any || in_flight[request.rank];
  return any;
}

Effect
DirectIo::stored(int process, int segment, const Expr& condition, const Expr& content) const {
  const Place both = contested[segment];
  Effect all = both = select(condition, is_being_written(segment, process), both);
  if (!observed) return all;
  const Place last = observed->last[segment];
  return all.then(last = select(condition, content, last));
}

Effect DirectIo::zeroed(int segment, const Expr& condition) const {
  const Place both = contested[segment];
  Effect all = both = both && !condition;
  if (!observed) return all;
  const Place last = observed->last[segment];
  return all.then(last = select(condition, content::zeroes, last));
}

namespace {

std::vector<DirectRequest> requests_of(const Setup& setup, const Geometry& geometry) {
  std::vector<DirectRequest> requests;
  for (std::size_t p = 0; p < setup.processes.size(); ++p) {
    const ProcessSpec& process = setup.processes[p];
    if (!process.runs("dio_write") && !process.runs("dio_read")) continue;
    const int first = option_of(process, "at", 0);
    requests.push_back({.process = static_cast<int>(p),
                        .rank = static_cast<int>(requests.size()),
                        .first = first,
                        .end = first + option_of(process, "segments", 2),
                        .segments_per_block = geometry.segments_per_block,
                        .writes = process.runs("dio_write"),
                        .is_async = option_of(process, "async", 0) > 0});
  }
  return requests;
}

std::vector<Observer> observers_of(const Setup& setup, const Geometry& geometry) {
  std::vector<Observer> observers;
  const int per_folio = geometry.segments_per_folio();
  for (std::size_t p = 0; p < setup.processes.size(); ++p) {
    const ProcessSpec& process = setup.processes[p];
    const int at = option_of(process, "at", 0);
    if (process.runs("dio_read"))
      observers.push_back({static_cast<int>(p), at, at + option_of(process, "segments", 2)});
    if (!process.runs("buffered_read")) continue;
    if (const int part = option_of(process, "part", 0); part > 0)
      observers.push_back({static_cast<int>(p), at, at + part});
    else
      observers.push_back(
          {static_cast<int>(p), at / per_folio * per_folio, (at / per_folio + 1) * per_folio});
  }
  return observers;
}

/// A flag for every cell, or one of the values. Rows are called after their processes.
ir::Variable cells(const std::string& name,
                   std::vector<int> shape,
                   const std::vector<std::string>& rows,
                   const std::vector<std::string>& values = {}) {
  ir::Variable made;
  made.name = name;
  made.kind = values.empty() ? ir::Kind::boolean : ir::Kind::named;
  made.range = {0, values.empty() ? 1 : static_cast<int>(values.size()) - 1};
  made.names = values;
  made.shape = std::move(shape);
  made.rows = rows;
  return made;
}

/// Cells that stand for things that change places.
ir::Variable by(ir::Variable made,
                const std::optional<ir::Naming>& rows,
                const std::optional<ir::Naming>& columns = {},
                const std::optional<ir::Naming>& values = {}) {
  made.row_of = rows;
  made.column_of = columns;
  made.value_of = values;
  return made;
}

Array declare_ghost(build::Model& model, ir::Variable made) {
  made.ghost = true;
  return model.declare(std::move(made));
}

using Names = std::vector<std::string>;

std::optional<Observations> declare_observations(build::Model& model,
                                                 const Setup& setup,
                                                 const Geometry& geometry,
                                                 const Tags& tags,
                                                 const std::vector<int>& readable,
                                                 const Names& processes,
                                                 const Names& requests,
                                                 const ir::Naming& request) {
  auto observers = observers_of(setup, geometry);
  if (observers.empty()) return std::nullopt;
  Names readers;
  std::vector<std::vector<int>> reading;
  for (const Observer& observer : observers) {
    readers.push_back(processes[static_cast<std::size_t>(observer.process)]);
    reading.push_back({observer.process});
  }
  const ir::Naming reader{model.scalarset("reader", std::move(reading))};
  const int rows = static_cast<int>(observers.size());
  const int count = static_cast<int>(requests.size());
  const int segments = geometry.segments();
  Names values = tags.names;
  values.emplace_back("nothing");
  const int nothing = static_cast<int>(values.size()) - 1;
  ir::Variable last = cells("written.returned", {segments}, {}, values);
  last.initial = readable;
  for (int s = setup.file.size.value_or(segments); s < segments; ++s)
    last.initial[static_cast<std::size_t>(s)] = nothing;
  last.value_of = tags.naming();
  const auto ghost = [&](ir::Variable made) { return declare_ghost(model, std::move(made)); };
  return Observations{
      .observers = std::move(observers),
      .got = ghost(
          by(cells("read.got", {rows, segments}, readers, tags.names), reader, {}, tags.naming())),
      .base = ghost(
          by(cells("read.base", {rows, segments}, readers, values), reader, {}, tags.naming())),
      .either = ghost(by(cells("read.either", {rows, segments}, readers), reader)),
      .too_late = ghost(by(cells("read.too_late", {rows, count}, readers), reader, request)),
      .must_see = ghost(by(cells("read.must_see", {rows, count}, readers), reader, request)),
      .last = ghost(std::move(last)),
      .returned = ghost(by(cells("dio.returned", {count}, requests), request)),
      .precedes = ghost(by(cells("dio.precedes", {count, count}, requests), request, request)),
      .was_seen = ghost(by(cells("dio.was_seen", {count}, requests), request))};
}

} // namespace

DirectIo declare_direct_io(build::Model& model,
                           const Setup& setup,
                           const Geometry& geometry,
                           const Tags& tags,
                           int places,
                           const std::vector<int>& readable,
                           const std::vector<std::string>& processes) {
  auto requests = requests_of(setup, geometry);
  const int count = static_cast<int>(requests.size());
  Names rows;
  std::vector<std::vector<int>> asking;
  const auto completer = [&](const DirectRequest& request) {
    const int blocks = setup.writes_back() ? geometry.blocks : 0;
    return static_cast<int>(setup.processes.size()) + blocks + request.rank;
  };
  for (const DirectRequest& request : requests) {
    rows.push_back(processes[static_cast<std::size_t>(request.process)]);
    asking.push_back({request.process, completer(request)});
  }
  const ir::Naming request{model.scalarset("request", std::move(asking))};
  const auto flags = [&](const std::string& name) {
    return model.declare(by(cells(name, {count}, rows), request));
  };
  ir::Variable place = by(cells("dio.place", {count, geometry.blocks}, rows), request);
  place.kind = ir::Kind::number;
  place.range = {0, places - 1};
  return {.requests = std::move(requests),
          .count = model.var("inode.dio_count", 0, count),
          .bio = model.declare(by(cells("dio.bio", {count, geometry.blocks + 2}, rows), request)),
          .place = model.declare(std::move(place)),
          .queued = flags("dio.queued"),
          .unwritten = flags("dio.unwritten"),
          .cow = flags("dio.cow"),
          .error = flags("dio.error"),
          .in_flight = declare_ghost(model, by(cells("dio.running", {count}, rows), request)),
          .contested = declare_ghost(model, cells("written.contested", {geometry.segments()}, {})),
          .observed = declare_observations(
              model, setup, geometry, tags, readable, processes, rows, request)};
}

} // namespace stalemate::kernel::iomap
