#pragma once

#include "model/scenario/json_text.hpp"
#include "model/scenario/subsystem.hpp"

#include <rapidcheck/Shrinkable.h>

#include <cstdint>

namespace stalemate::kernel {

/// Which knobs a random scenario turns: none, or each in one of three cases.
enum class Knobs : std::uint8_t { of_the_kernel, any };

/// A scenario file about the subsystem, made by dice from the scenario format, with smaller ones
/// that are like it. It fits the format; whether it can exist is another question. The same seed
/// gives the same one everywhere.
[[nodiscard]] rc::Shrinkable<Json>
random_scenario(const Subsystem& subsystem, Knobs knobs, std::uint64_t seed);

} // namespace stalemate::kernel
