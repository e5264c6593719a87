#pragma once

#include <stdexcept>

namespace stalemate::reproduce {

/// What cannot be tried on a running kernel, or must not be; or a file of ours that is wrong. One
/// line, and names the place.
class Refusal : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

} // namespace stalemate::reproduce
