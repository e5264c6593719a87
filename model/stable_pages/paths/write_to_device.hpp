#pragma once

#include "checker/builder/path.hpp"
#include "model/stable_pages/objects/world.hpp"

namespace stalemate::kernel::stable_pages {

/// What the writer of a page remembers.
struct Transfer {
  build::Place half;     ///< What it read first.
  build::Place data;     ///< What it is going to store.
  build::Place capacity; ///< What it allocated memory for.
  build::Place failed;
};

[[nodiscard]] Transfer declare_transfer(build::Path& p);

/// The device stores the page, reading it as often as that kind of device does.
void write_to_device(build::Path& p, const World& w, const Transfer& transfer);

} // namespace stalemate::kernel::stable_pages
