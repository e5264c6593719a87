#pragma once

#include "model/stable_pages/paths.hpp"

namespace stalemate::kernel::stable_pages {

/// A store to the page, with the faults that it takes.
[[nodiscard]] AnonPath store();

/// A device that finishes reads after their submission has returned.
[[nodiscard]] AnonPath device_read();

} // namespace stalemate::kernel::stable_pages
