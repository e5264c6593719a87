#pragma once

#include <optional>
#include <string>
#include <vector>

namespace stalemate::report {

/// What was asked, kept beside its checkpoints so that the same can be asked again.
struct SavedCommand {
  std::string folder;             ///< In which it was asked.
  std::vector<std::string> words; ///< The command line, without the program's name.
  std::string checksum;           ///< Of both; of the writer's choice.
};

/// As JSON, always the same for the same command.
[[nodiscard]] std::string text_of(const SavedCommand& command);

/// Nothing unless it is exactly what text_of() makes.
[[nodiscard]] std::optional<SavedCommand> read_command(const std::string& text);

} // namespace stalemate::report
