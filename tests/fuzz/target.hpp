// What a target promises to whoever throws bytes at it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// Takes an input, or refuses it as the program would. Everything else ends the process: that is
/// how a fuzzer learns of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace stalemate::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// On in every build.
inline void require(bool condition, const char* what, const std::string& message = "") {
  if (condition) return;
  std::fprintf(stderr, "broken: %s: %s\n", what, message.c_str());
  std::abort();
}

/// One clear message is one line that a terminal can show and a person can read.
inline void require_clear(const std::string& message) {
  require(!message.empty(), "a message says something");
  require(message.size() < 2000, "a message is short", message);
  for (const char c : message)
    require(static_cast<unsigned char>(c) >= ' ' && c != '\x7f', "a message is one line", message);
}

} // namespace stalemate::fuzz
