#pragma once

#include <CLI/CLI.hpp>

namespace stalemate::cli {

/// Prints help as the library does, in lines that fit.
class HelpText final : public CLI::Formatter {
 public:
  [[nodiscard]] std::string
  make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
};

} // namespace stalemate::cli
