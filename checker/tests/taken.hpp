#pragma once

#include "checker/result/verdict.hpp"

#include <vector>

namespace stalemate::tests {

/// Of every alternative, in the order of the model: was it ever taken?
inline std::vector<bool> taken(const Result& result) {
  std::vector<bool> all;
  for (const auto& steps : result.coverage.fired)
    for (const auto& alternatives : steps)
      for (const std::uint64_t times : alternatives)
        all.push_back(times > 0);
  return all;
}

} // namespace stalemate::tests
