#pragma once

namespace stalemate::ir {

/// What a check says that stands where a lock is given back: the model is wrong, since nobody can
/// give back what he does not hold.
inline constexpr const char* unheld_release = "releases a lock that it does not hold";

} // namespace stalemate::ir
