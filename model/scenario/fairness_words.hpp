#pragma once

#include "checker/ir/step.hpp"
#include "model/scenario/word.hpp"

#include <vector>

namespace stalemate::kernel {

/// What a scenario may say of a process, in the order of ir::Fairness.
inline std::vector<Word> fairness_words() {
  return {{"unfair", "It need never run again"},
          {"weak", "It runs some time if it is able to all the time"},
          {"strong", "It runs some time if it is able to again and again"}};
}

} // namespace stalemate::kernel
