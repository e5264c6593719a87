#pragma once

#include "checker/checkpoint/checkpoints.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace stalemate::cli {

/// Where a search leaves checkpoints, and from where it goes on.
struct CheckpointOptions {
  std::string folder;            ///< Empty: none are written.
  std::uint64_t every = 300'000; ///< Milliseconds.
  std::string goes_on;           ///< A word: newest, previous; empty: it begins.
};

void add_checkpoint_options(CLI::App& command, CheckpointOptions& options);

/// Throws UsageError if `file`, which is asked about, cannot be read again.
void expect_resumable(const CheckpointOptions& options, const std::string& file);

/// Null where none are written. Where a search begins, what was asked is written down, too. Throws
/// CheckpointError if checkpoints of another search are there.
[[nodiscard]] std::unique_ptr<Checkpoints> checkpoints_of(const CheckpointOptions& options);

/// What was typed: the command line, without the program's name.
void set_command_words(std::vector<std::string> words);

} // namespace stalemate::cli
