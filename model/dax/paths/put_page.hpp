#pragma once

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"

#include <cstdint>

namespace stalemate::kernel::dax {

/// What a process that takes references needs to remember.
struct Pinner {
  int row;           ///< In World::pinned.
  build::Place page; ///< The block of the reference that it is dropping.
  build::Place left; ///< The count that this left.
};

/// Where a reference is dropped. But for a process, nobody may sleep there.
enum class Context : std::uint8_t { process, fast_gup, interrupt };

/// Drops a reference on the page of `block_number`; `forget` is what records that it is gone.
void put_page(build::Path& p,
              const World& w,
              const Pinner& pinner,
              const build::Expr& block_number,
              const build::Effect& forget,
              Context context);

} // namespace stalemate::kernel::dax
