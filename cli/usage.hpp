#pragma once

#include <CLI/CLI.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace stalemate::cli {

/// What was typed makes no sense, and no file is to blame.
class UsageError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Accepts the words only; otherwise names the nearest ones.
[[nodiscard]] CLI::Validator one_of(const std::string& noun, const std::vector<std::string>& words);

/// The words that an option was given to one_of(), one blank between them; empty: any.
[[nodiscard]] std::string words_for(CLI::Option& option);

/// Accepts whole numbers above 0.
[[nodiscard]] CLI::Validator positive();

/// Accepts whole numbers in a range.
[[nodiscard]] CLI::Validator between(int low, int high);

/// Accepts 500ms, 30s, 5min, 2h and turns them into milliseconds.
[[nodiscard]] CLI::Validator duration();

/// Accepts 1000000, 500M, 2G and turns them into bytes; a K is 1024.
[[nodiscard]] CLI::Validator size();

} // namespace stalemate::cli
