#include "cli/checkpoint_options.hpp"

#include "cli/job.hpp"
#include "cli/saved_command.hpp"
#include "cli/search_options.hpp"
#include "cli/usage.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

std::vector<std::string>& command_words() {
  static std::vector<std::string> words;
  return words;
}

} // namespace

void set_command_words(std::vector<std::string> words) {
  command_words() = std::move(words);
}

void add_checkpoint_options(CLI::App& command, CheckpointOptions& options) {
  command
      .add_option("--checkpoint",
                  options.folder,
                  "Leave in this folder what `resume` needs to go on after a limit, a signal or a "
                  "crash; it must have none yet")
      ->type_name("DIR")
      ->take_last()
      ->group(limits_group);
  command
      .add_option("--checkpoint-every",
                  options.every,
                  "So often, as in 30s, 5min; 5min if absent. A limit of time or a signal leaves "
                  "one as well")
      ->type_name("TIME")
      ->take_last()
      ->transform(duration())
      ->group(limits_group);
  command.add_option("--go-on", options.goes_on)
      ->check(one_of("word", {"newest", "previous"}))
      ->group(""); // Of `resume`.
}

void expect_resumable(const CheckpointOptions& options, const std::string& file) {
  if (options.folder.empty()) return;
  if (file.starts_with("-") || file.starts_with("/dev/stdin"))
    throw UsageError("--checkpoint: what comes from standard input cannot be read again; "
                     "put it into a file");
}

std::unique_ptr<Checkpoints> checkpoints_of(const CheckpointOptions& options) {
  if (options.folder.empty()) return nullptr;
  const bool goes_on = !options.goes_on.empty();
  // Each rank has a part of the search.
  const bool is_first = job() == nullptr || job()->number() == 0;
  std::filesystem::path folder = options.folder;
  if (job() != nullptr) folder /= fmt::format("rank-{}", job()->number());
  auto checkpoints = std::make_unique<Checkpoints>(Checkpoints::Options{
      .folder = std::move(folder),
      .distance = std::chrono::milliseconds(options.every),
      .goes_on = goes_on,
      .generation = options.goes_on == "previous" ? Generation::previous : Generation::newest});
  if (!goes_on && is_first) save_command(command_words(), options.folder);
  return checkpoints;
}

} // namespace stalemate::cli
