#pragma once

#include "cli/status.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <vector>

namespace stalemate::cli {

/// What the command line asks for; returns the exit status.
using Action = std::function<Status()>;

// Each adds one command with its options and help. Parsing the command sets the action. The order
// here is the order in --help.
void add_run(CLI::App& app, Action& action);
void add_resume(CLI::App& app, Action& action);
void add_check(CLI::App& app, Action& action);
void add_merge(CLI::App& app, Action& action);
void add_matrix(CLI::App& app, Action& action);
void add_trace(CLI::App& app, Action& action);
void add_graph(CLI::App& app, Action& action);
void add_explore(CLI::App& app, Action& action);
void add_shrink(CLI::App& app, Action& action);
void add_teeth(CLI::App& app, Action& action);
void add_bisect(CLI::App& app, Action& action);
void add_hunt(CLI::App& app, Action& action);
void add_show(CLI::App& app, Action& action);
void add_list(CLI::App& app, Action& action);
void add_replay(CLI::App& app, Action& action);
void add_reproduce(CLI::App& app, Action& action);
void add_conform(CLI::App& app, Action& action);
void add_export(CLI::App& app, Action& action);
void add_schema(CLI::App& app, Action& action);
void add_completion(CLI::App& app, Action& action);
void add_help(CLI::App& app, Action& action);
void add_version(CLI::App& app, Action& action);

/// Does what a command line says, without the program's name: what main() does, once more.
[[nodiscard]] Status obey(const std::vector<std::string>& words);

} // namespace stalemate::cli
