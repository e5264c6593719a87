#include "cli/commands.hpp"
#include "cli/saved_command.hpp"
#include "cli/usage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace stalemate::cli {

namespace {

struct ResumeOptions {
  std::string folder;
  bool previous = false;
  bool allow_with = false;
  std::vector<std::string> instead; ///< Options that take the place of those that were typed.
};

bool brings_code(const std::string& word) {
  return word == "--with" || word.starts_with("--with=");
}

// Checkpoints may come from somebody else.
void expect_harmless(const std::vector<std::string>& words, const ResumeOptions& options) {
  if (words.empty() || words.front() != "run")
    throw UsageError(fmt::format("{}: only `run` leaves checkpoints", options.folder));
  if (!options.allow_with && std::ranges::any_of(words, brings_code))
    throw UsageError(
        fmt::format("{}: was asked with --with, which runs code of a file; if that may be run, "
                    "say --allow-with",
                    options.folder));
}

Status resume(const ResumeOptions& options) {
  namespace fs = std::filesystem;
  const fs::path checkpoints = fs::absolute(options.folder);
  report::SavedCommand saved = load_command(checkpoints);
  expect_harmless(saved.words, options);
  std::error_code error;
  fs::current_path(saved.folder, error);
  if (error)
    throw UsageError(fmt::format("{}: asked in the folder {}, which cannot be entered: {}",
                                 options.folder,
                                 saved.folder,
                                 error.message()));
  std::vector<std::string>& words = saved.words;
  words.insert(words.end(), options.instead.begin(), options.instead.end());
  words.insert(
      words.end(),
      {"--checkpoint", checkpoints.string(), "--go-on", options.previous ? "previous" : "newest"});
  return obey(words);
}

} // namespace

void add_resume(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ResumeOptions>();
  CLI::App* command = app.add_subcommand(
      "resume",
      "Go on with a `run --checkpoint DIR` that ended early: what it then would have said");
  command->add_option("folder", options->folder, "What was given to --checkpoint")
      ->type_name("DIR")
      ->required();
  command->add_flag("--previous",
                    options->previous,
                    "From the checkpoint before the last one, where that is damaged");
  command->add_flag(
      "--allow-with", options->allow_with, "Run the code that was brought along by --with");
  for (const char* name : {"--states-max", "--memory-max", "--time-max", "--threads"})
    command
        ->add_option_function<std::string>(
            name,
            [options, name](const std::string& value) {
              options->instead.insert(options->instead.end(), {name, value});
            },
            "As of `run`, in place of what was given to it")
        ->type_name(std::string(name) == "--memory-max" ? "SIZE"
                    : std::string(name) == "--time-max" ? "TIME"
                                                        : "N");
  command->footer("The answer is the one that an uninterrupted run gives, byte for byte.\n"
                  "A checkpoint that is damaged, of another build of this program or of a scenario "
                  "that has changed\nis refused with status 2.\n\n"
                  "Examples:\n"
                  "  stalemate run my-scenario.json#all --checkpoint /var/tmp/all --time-max 8h\n"
                  "  stalemate resume /var/tmp/all --time-max 8h\n"
                  "  stalemate resume /var/tmp/all --memory-max 60G --threads 2");
  command->callback([options, &action] { action = [options] { return resume(*options); }; });
}

} // namespace stalemate::cli
