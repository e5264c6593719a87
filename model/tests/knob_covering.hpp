#pragma once

#include "model/tests/knob_pairs.hpp"

#include <vector>

namespace stalemate::kernel {

/// Rows in which every setting changes the model, so that each two settings that can meet do, in
/// one of them; `known` first, as far as they are still good. Takes minutes.
[[nodiscard]] Covering
cover(const Subsystem& subsystem, const Bases& bases, const std::vector<Row>& known);

} // namespace stalemate::kernel
