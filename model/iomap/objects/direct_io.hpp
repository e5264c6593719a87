#pragma once

#include "checker/builder/declare.hpp"
#include "model/iomap/layout/setup.hpp"
#include "model/iomap/objects/content.hpp"
#include "model/iomap/objects/geometry.hpp"

#include <optional>
#include <vector>

namespace stalemate::kernel::iomap {

/// One read or write with O_DIRECT: struct kiocb and what follows from it and the file's geometry.
struct DirectRequest {
  int process; ///< Who submits it.
  int rank;    ///< Counting the direct requests of the scenario.
  int first;   ///< In segments of the file: first..end-1.
  int end;
  int segments_per_block;
  bool writes;
  bool is_async; ///< The submitter returns with -EIOCBQUEUED; the completion is another process.

  [[nodiscard]] int first_block() const { return first / segments_per_block; }
  [[nodiscard]] int end_block() const {
    return (end + segments_per_block - 1) / segments_per_block;
  }
  [[nodiscard]] int blocks() const { return end_block() - first_block(); }
  /// Does the first block, or the last one, hold something that the request leaves alone?
  [[nodiscard]] bool has_head() const { return first % segments_per_block != 0; }
  [[nodiscard]] bool has_tail() const { return end % segments_per_block != 0; }
  [[nodiscard]] bool is_aligned() const { return !has_head() && !has_tail(); }
  [[nodiscard]] bool covers(int segment) const { return first <= segment && segment < end; }
};

/// Somebody who reads the file, in a scenario with direct I/O: its folio, or its request.
struct Observer {
  int process;
  int first;
  int end;
};

/// What readers got and what they could have got: ghosts, for the claims about reads.
struct Observations {
  std::vector<Observer> observers;
  build::Array got;      ///< Table: observer, segment of the file.
  build::Array base;     ///< Likewise: what was there when the read began.
  build::Array either;   ///< Likewise: it was contested then.
  build::Array too_late; ///< Table: observer, request: it had returned before the read began.
  build::Array must_see; ///< Likewise: an earlier read has seen it.
  build::Array last; ///< By segment: what the last write to return left; "nothing" behind the end.
  build::Array returned; ///< By request.
  build::Array precedes; ///< Table: request, request: the second had returned before the first.
  build::Array was_seen; ///< By request: a read has returned what it wrote.
};

/// struct iomap_dio of every direct request and its bios; i_dio_count. A request goes through once.
struct DirectIo {
  std::vector<DirectRequest> requests;
  build::Place count;     ///< inode->i_dio_count
  build::Array bio;       ///< Table: request, bio. Submitted and not completed.
  build::Array place;     ///< Table: request, block: where on disk its mapping says the block is.
  build::Array queued;    ///< By request: -EIOCBQUEUED, whoever ends the last bio completes it.
  build::Array unwritten; ///< By request: IOMAP_DIO_UNWRITTEN.
  build::Array cow;       ///< By request: IOMAP_DIO_COW.
  build::Array error;     ///< By request: dio->error.
  build::Array in_flight; ///< Ghost, by request: from the call to the return.
  build::Array contested; ///< Ghost, by segment: written by several at once; either may be read.
  std::optional<Observations> observed; ///< Only where somebody reads.

  /// The request of a process.
  [[nodiscard]] const DirectRequest& of(int process) const;
  /// The bio with the data of the request's block number `k`; with zeroes before and behind it.
  [[nodiscard]] build::Place data(const DirectRequest& request, int k) const;
  [[nodiscard]] build::Place head(const DirectRequest& request) const;
  [[nodiscard]] build::Place tail(const DirectRequest& request) const;
  /// Is a bio of the request with the device?
  [[nodiscard]] build::Expr is_waiting(const DirectRequest& request) const;
  /// Is some direct write to the segment in flight? `but` leaves out that of a process.
  [[nodiscard]] build::Expr is_being_written(int segment, int but = -1) const;

  /// Of a process that stores to a segment through the page cache, where the condition is true.
  [[nodiscard]] build::Effect
  stored(int process, int segment, const build::Expr& condition, const build::Expr& content) const;
  /// Of somebody who frees it, when no direct write is at work any more.
  [[nodiscard]] build::Effect zeroed(int segment, const build::Expr& condition) const;
};

[[nodiscard]] DirectIo declare_direct_io(build::Model& model,
                                         const Setup& setup,
                                         const Geometry& geometry,
                                         const Tags& tags,
                                         int places,
                                         const std::vector<int>& readable,
                                         const std::vector<std::string>& processes);

} // namespace stalemate::kernel::iomap
