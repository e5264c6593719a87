#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace stalemate::cli {

/// --with FILE.cpp, once per file. It is the one option that makes us run code of the user.
void add_with_option(CLI::App& command, std::vector<std::string>& files);

/// Compiles the files and lets each add its paths, knobs and properties to the model, for as long
/// as the program runs. To be called before any scenario is read. Throws kernel::InputError.
void load_extensions(const std::vector<std::string>& files);

} // namespace stalemate::cli
