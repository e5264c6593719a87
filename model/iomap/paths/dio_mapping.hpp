#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

#include <optional>
#include <string>

namespace stalemate::kernel::iomap {

/// struct iomap of a direct request, returned by value. Where its blocks are on disk stands in
/// DirectIo::place.
struct DioMapping {
  build::Place end;  ///< The first block behind it, in the file; at or before the request's end.
  build::Place kind; ///< What a write or a read must do about it: a flag.
  /// Of a write that looks twice: what the data fork had at the first look.
  std::optional<build::Place> type = {};

  DioMapping(build::Path& p, const DirectRequest& request, const std::string& flag)
      : end(p.local("mapping.end", request.first_block(), request.end_block())),
        kind(p.local_flag("mapping." + flag)) {}

  /// What a lookup at block `b` returns that found the blocks of a fork up to `to`.
  [[nodiscard]] build::Effect found(const World& w,
                                    const DirectRequest& request,
                                    const ExtentMap& fork,
                                    int b,
                                    const build::Expr& to,
                                    const build::Expr& is_kind) const;
  /// Of those: the places, from block `b` on.
  [[nodiscard]] static build::Effect
  places(const World& w, const DirectRequest& request, const ExtentMap& fork, int b);
};

} // namespace stalemate::kernel::iomap
