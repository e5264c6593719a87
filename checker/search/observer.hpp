#pragma once

#include "checker/result/verdict.hpp"

#include <cstdint>

namespace stalemate {

/// How far a search is.
struct Progress {
  Counts counts;
  std::uint64_t frontier = 0; ///< States found and not yet expanded.
  std::uint64_t memory = 0;   ///< Bytes in use.
};

/// Is told now and then how far a search is. The default listens to nothing.
class Observer {
 public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;

  /// Called every 2^16 expanded states or so, from the thread that searches.
  virtual void progress(const Progress& progress) { (void)progress; }
};

} // namespace stalemate
