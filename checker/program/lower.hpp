#pragma once

#include "checker/program/program.hpp"

namespace stalemate {

/// Fills in the program's code: its model and layout are there.
void lower(Program& program);

} // namespace stalemate
