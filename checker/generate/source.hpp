#pragma once

#include "checker/program/program.hpp"

#include <string>

namespace stalemate {

/// The program's code as a source of C++ that needs no header of ours: one function per process and
/// per question, one statement per instruction, jumps as `goto`. It exports the functions of Native
/// under these names with "stalemate_" in front.
[[nodiscard]] std::string cpp_source(const Program& program);

} // namespace stalemate
