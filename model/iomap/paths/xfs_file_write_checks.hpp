#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

#include <optional>
#include <string>
#include <vector>

namespace stalemate::kernel::iomap {

/// A write at `at` that may begin behind i_size: what lies between is zeroed first.
class Gap {
 public:
  Gap(build::Path& p, const World& w, int at);

  /// xfs_file_write_checks(), with i_rwsem held exclusively. No step if the write cannot begin
  /// behind i_size.
  void zero(build::Path& p) const;

  /// Is there anything to do once i_size has moved over the gap?
  [[nodiscard]] bool has_tail() const;
  /// That: called when the folio of the write is unlocked, after every round of it.
  void extend(build::Path& p) const;
  /// Of the end of the write.
  [[nodiscard]] build::Effect end() const;

 private:
  const World& world_;
  int at_;
  std::vector<int> sizes_;           ///< What i_size can be that is less.
  std::optional<build::Place> from_; ///< What it was; `at` if there is no gap.
};

} // namespace stalemate::kernel::iomap
