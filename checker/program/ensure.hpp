#pragma once

#include <stdexcept>
#include <string>

namespace stalemate {

/// Our own mistake, found while running: the checker must stop, not go on. The message says where
/// and why; the command line exits with 4.
class InternalError : public std::logic_error {
  using std::logic_error::logic_error;
};

[[noreturn]] inline void broken_promise(const char* why, const char* file, int line) {
  std::string text = file;
  text += ':';
  text += std::to_string(line);
  text += ": internal error: ";
  text += why;
  throw InternalError(text);
}

/// Throws InternalError unless the condition holds. `why` says why it always should. On in every
/// build; not for the innermost loop.
inline void ensure(bool condition,
                   const char* why,
                   const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
  if (!condition) [[unlikely]]
    broken_promise(why, file, line);
}

/// The same for the innermost loop: on in tests and sanitizer builds only.
inline void debug_ensure([[maybe_unused]] bool condition,
                         [[maybe_unused]] const char* why,
                         [[maybe_unused]] const char* file = __builtin_FILE(),
                         [[maybe_unused]] int line = __builtin_LINE()) {
#ifndef NDEBUG
  ensure(condition, why, file, line);
#endif
}

} // namespace stalemate
