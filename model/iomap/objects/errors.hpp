#pragma once

#include "checker/builder/declare.hpp"
#include "model/iomap/layout/setup.hpp"
#include "model/iomap/objects/geometry.hpp"

#include <optional>
#include <vector>

namespace stalemate::kernel::iomap {

/// What fails as often as the layout says, and who is told of it.
///
/// mapping->wb_err counts errors, and every open file remembers how far it has been told
/// (errseq_t). Here each process that calls fsync(2) has a file of its own, open from the start,
/// and a flag: an error was recorded that it has not been told of.
struct Errors {
  std::optional<build::Place> writes; ///< How often the device may still fail a write.
  std::optional<build::Place> maps;   ///< How often an allocation by writeback may still fail.
  std::optional<build::Place> reads;  ///< How often reading into the page cache may still fail.
  std::vector<int> files;             ///< The processes that have a file.
  std::optional<build::Array> wb_err; ///< By file, or one flag for all; only where there are files.
  /// Ghosts, only where writing can fail. By segment: what was written there last was given up, and
  /// is not on disk. By file and segment: and no fsync of that file has said so.
  std::optional<build::Array> lost, untold;

  /// mapping_set_error().
  [[nodiscard]] build::Effect record() const;
  /// Where the condition is true, what was written last to the segment is given up.
  [[nodiscard]] build::Effect lose(const build::Expr& segment, const build::Expr& condition) const;
  /// Where the condition is true, something else is what was written last, or it is on disk.
  [[nodiscard]] build::Effect forget(const build::Expr& segment,
                                     const build::Expr& condition) const;
  [[nodiscard]] build::Expr is_lost(const build::Expr& segment) const;

  /// Has an error been recorded that the process's file has not been told of?
  [[nodiscard]] build::Expr has_news(int process) const;
  /// file_check_and_advance_wb_err(): the process is told of everything until now.
  [[nodiscard]] build::Effect tell(int process) const;
  /// Was what the segment lost reported to the process?
  [[nodiscard]] build::Expr was_told(int process, const build::Expr& segment) const;
};

/// Nothing where nothing can fail.
[[nodiscard]] std::optional<Errors>
declare_errors(build::Model& model, const Setup& setup, const Geometry& geometry);

} // namespace stalemate::kernel::iomap
