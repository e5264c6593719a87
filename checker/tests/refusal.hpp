#pragma once

#include "checker/ir/model.hpp"

#include <string>

namespace stalemate::tests {

/// The message with which the action is refused; "accepted" if it is not.
template <typename Action>
std::string refusal(const Action& action) {
  try {
    action();
  } catch (const ir::InvalidModel& error) {
    return error.what();
  }
  return "accepted";
}

} // namespace stalemate::tests
