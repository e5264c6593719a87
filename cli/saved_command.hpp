#pragma once

#include "reports/saved_command.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace stalemate::cli {

/// Writes what was asked, in the folder in which we are, to `checkpoints`/command.json. Throws
/// WriteError.
void save_command(const std::vector<std::string>& words, const std::filesystem::path& checkpoints);

/// Throws UsageError where there is none, or it is damaged.
[[nodiscard]] report::SavedCommand load_command(const std::filesystem::path& checkpoints);

} // namespace stalemate::cli
