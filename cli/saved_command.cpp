#include "cli/saved_command.hpp"

#include "cli/output.hpp"
#include "cli/usage.hpp"

#include <fmt/format.h>

#include <fstream>
#include <system_error>
#include <xxhash.h>

namespace stalemate::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t bytes_max = std::size_t{1} << 20;

fs::path file_in(const fs::path& checkpoints) {
  return checkpoints / "command.json";
}

// With a length before each, so that no two commands are the same text.
std::string checksum_of(const report::SavedCommand& command) {
  std::string text = fmt::format("{} {}", command.folder.size(), command.folder);
  for (const std::string& word : command.words)
    text += fmt::format(" {} {}", word.size(), word);
  return fmt::format("{:016x}", XXH3_64bits(text.data(), text.size()));
}

} // namespace

void save_command(const std::vector<std::string>& words, const fs::path& checkpoints) {
  std::error_code error;
  fs::create_directories(checkpoints, error);
  if (error)
    throw WriteError(fmt::format("{}: cannot be made: {}", checkpoints.string(), error.message()));
  report::SavedCommand command{fs::current_path().string(), words, ""};
  command.checksum = checksum_of(command);
  write_output(file_in(checkpoints).string(), report::text_of(command));
}

report::SavedCommand load_command(const fs::path& checkpoints) {
  const std::string file = file_in(checkpoints).string();
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw UsageError(
        fmt::format("{}: no checkpoints: there is no command.json", checkpoints.string()));
  std::string text(bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() <= bytes_max)
    if (auto command = report::read_command(text);
        command && command->checksum == checksum_of(*command))
      return *command;
  throw UsageError(fmt::format("{}: damaged: it is not what `run --checkpoint` wrote", file));
}

} // namespace stalemate::cli
