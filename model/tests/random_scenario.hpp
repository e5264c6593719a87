#pragma once

#include "model/scenario/json_text.hpp"
#include "model/scenario/subsystem.hpp"

#include <rapidcheck/Shrinkable.h>

#include <cstdint>
#include <optional>
#include <string>

namespace stalemate::kernel {

/// Which knobs a random scenario turns: none, or some.
enum class Knobs : std::uint8_t { of_the_kernel, some };

/// A scenario file about the subsystem, made by dice from the scenario format alone, with smaller
/// ones that are like it. It fits the format; whether it can exist is another question. The same
/// seed gives the same one everywhere.
[[nodiscard]] rc::Shrinkable<Json>
random_scenario(const Subsystem& subsystem, Knobs knobs, std::uint64_t seed);

/// The scenario without what stands at the pointer, or without what it is part of, as little as
/// the format allows; nothing if all of it is needed.
[[nodiscard]] std::optional<Json> without(const Json& scenario, const std::string& pointer);

} // namespace stalemate::kernel
