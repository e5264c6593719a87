#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace stalemate::cli {

/// Where a command writes its result: -o, several times, and --format for stdout.
struct OutputOptions {
  std::vector<std::string> paths{"-"};
  std::string format = "txt"; ///< Of what goes to stdout.
};

/// `forms` are the endings of the files that the command can write: svg, txt.
void add_outputs(CLI::App& command, OutputOptions& options, const std::vector<std::string>& forms);

/// The form of every path, before anything is computed. Throws UsageError for an ending that is
/// not among `forms`.
[[nodiscard]] std::vector<std::string> forms_of(const OutputOptions& options,
                                                const std::vector<std::string>& forms);

/// Everything that `write` writes to a stream.
[[nodiscard]] std::string written(const std::function<void(std::ostream&)>& write);

/// The picture that `write` writes as DOT, as svg, png, pdf or dot.
[[nodiscard]] std::string drawn(const std::string& form,
                                const std::function<void(std::ostream&)>& write);

} // namespace stalemate::cli
