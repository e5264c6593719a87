#pragma once

#include <stdexcept>

namespace stalemate::edit {

/// An edit that means nothing here, or more than one thing. The message says which, and how to say
/// it instead.
class EditError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

} // namespace stalemate::edit
