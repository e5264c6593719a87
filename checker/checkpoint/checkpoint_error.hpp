#pragma once

#include <stdexcept>

namespace stalemate {

/// A checkpoint is damaged, of something else, or cannot be written; names the file and why.
class CheckpointError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

} // namespace stalemate
