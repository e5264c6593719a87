#include "model/iomap/objects/errors.hpp"

#include <algorithm>

namespace stalemate::kernel::iomap {

using build::Effect;
using build::Expr;
using build::Place;

namespace {

int row_of(const std::vector<int>& files, int process) {
  return static_cast<int>(std::ranges::find(files, process) - files.begin());
}

} // namespace

Effect Errors::record() const {
  if (!wb_err) return {};
  return build::for_each(wb_err->size(), [&](int i) { return (*wb_err)[i] = true; });
}

Effect Errors::lose(const Expr& segment, const Expr& condition) const {
  if (!lost) return {};
  const Place flag = (*lost)[segment];
  const Effect all = flag = flag || condition;
  return all.then(build::for_each(static_cast<int>(files.size()), [&](int i) {
    const Place row = untold->row(i)[segment];
    return row = row || condition;
  }));
}

Effect Errors::forget(const Expr& segment, const Expr& condition) const {
  if (!lost) return {};
  const Place flag = (*lost)[segment];
  const Effect all = flag = flag && !condition;
  return all.then(build::for_each(static_cast<int>(files.size()), [&](int i) {
    const Place row = untold->row(i)[segment];
    return row = row && !condition;
  }));
}

Expr Errors::is_lost(const Expr& segment) const {
  return lost ? Expr((*lost)[segment]) : Expr(false);
}

Expr Errors::has_news(int process) const {
  if (!wb_err) return false;
  return (*wb_err)[wb_err->size() == 1 ? 0 : row_of(files, process)];
}

Effect Errors::tell(int process) const {
  if (!wb_err) return {};
  const int row = row_of(files, process);
  const Effect all = (*wb_err)[wb_err->size() == 1 ? 0 : row] = false;
  return all.then(
      build::for_each(untold->row(row).size(), [&](int s) { return untold->row(row)[s] = false; }));
}

Expr Errors::was_told(int process, const Expr& segment) const {
  if (!lost) return false;
  return (*lost)[segment] && !untold->row(row_of(files, process))[segment];
}

std::optional<Errors>
declare_errors(build::Model& model, const Setup& setup, const Geometry& geometry) {
  const FileLayout& file = setup.file;
  if (!file.fails()) return std::nullopt;
  Errors errors;
  const auto often = [&](const char* name, int times) {
    return times == 0 ? std::nullopt : std::optional(model.var(name, 0, times, times));
  };
  errors.writes = often("device.write_errors", file.write_errors);
  errors.maps = often("file.map_errors", file.map_errors);
  errors.reads = often("device.read_errors", file.read_errors);
  if (!file.loses_writes()) return errors;

  for (std::size_t p = 0; p < setup.processes.size(); ++p)
    if (setup.processes[p].runs("fsync")) errors.files.push_back(static_cast<int>(p));
  const int count = static_cast<int>(errors.files.size());
  const auto ghost = [&](const std::string& name, std::vector<int> shape) {
    ir::Variable made;
    made.name = name;
    made.kind = ir::Kind::boolean;
    made.range = {0, 1};
    made.shape = std::move(shape);
    made.ghost = true;
    return model.declare(std::move(made));
  };
  errors.lost = ghost("lost", {geometry.segments()});
  if (count == 0) return errors;
  const bool has_one_flag = setup.kernel.wb_err == WbErr::first_to_ask;
  errors.wb_err = model.flags("mapping.wb_err", has_one_flag ? 1 : count);
  errors.untold = ghost("untold", {count, geometry.segments()});
  return errors;
}

} // namespace stalemate::kernel::iomap
