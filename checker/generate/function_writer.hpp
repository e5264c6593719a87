#pragma once

#include "checker/program/program.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace stalemate {

// Functions of generated code, as text. `head` is the line with the name and the parameters.

/// One that fires every enabled alternative of a process: (s, out, transitions, failed).
[[nodiscard]] std::string
process_source(const Program& program, std::size_t process, const std::string& head);

/// One that answers what stands at the entry: (s).
[[nodiscard]] std::string
question_source(const Program& program, Entry entry, const std::string& head);

/// Literals of 64 bits.
[[nodiscard]] std::string unsigned_text(Word value);
[[nodiscard]] std::string signed_text(std::int64_t value);

} // namespace stalemate
