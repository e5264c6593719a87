#pragma once

#include "checker/checkpoint/digest.hpp"
#include "checker/program/program.hpp"

namespace stalemate {

/// Which executable this is: what the linker wrote into it, or 0 where it wrote nothing.
[[nodiscard]] Digest::Value build_identity();

/// Which program this is: two with the same one have the same states, in the same order.
[[nodiscard]] Digest::Value identity_of(const Program& program);

} // namespace stalemate
