#pragma once

#include <stdexcept>

namespace stalemate {

/// A search on disk cannot go on: the disk is full or damaged, time is over, a signal came. What it
/// says is the reason why the search is incomplete.
class Stopped : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

} // namespace stalemate
