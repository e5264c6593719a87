#pragma once

#include "model/scenario/word.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// A release of Linux whose sources the model follows, oldest first.
enum class Version : std::uint8_t { v6_1, v6_6, v6_12, v6_18, v7_0, v7_1 };

/// What a scenario is about if it does not say.
inline constexpr Version newest = Version::v7_1;

/// The knob of every subsystem that chooses one.
inline constexpr const char* version_knob_name = "version";

/// Their names, and which source was read of each; the index is the Version.
[[nodiscard]] const std::vector<Word>& versions();

/// "v6.12".
[[nodiscard]] const std::string& name_of(Version version);

} // namespace stalemate::kernel
