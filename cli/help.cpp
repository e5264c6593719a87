#include "cli/help.hpp"

#include "cli/commands.hpp"
#include "cli/usage.hpp"
#include "cli/version.hpp"
#include "model/scenario/excerpt.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

constexpr std::size_t text_column = 30; // The library's: where the words about an option start.

// Breaks a line of help; what an option does stays in its column.
std::string broken_line(const std::string& line) {
  const int columns = report::line_columns();
  if (report::columns_of(line) <= columns) return line;
  const bool is_option = line.size() > text_column && line[text_column - 1] == ' ';
  const std::size_t margin = is_option ? text_column : 0;
  std::string text;
  for (const std::string& part :
       report::wrapped(line.substr(margin), columns - static_cast<double>(margin))) {
    text += text.empty() ? line.substr(0, margin) : "\n" + std::string(margin, ' ');
    text += part;
  }
  return text;
}

} // namespace

// The library leaves two empty lines between groups of options, and never breaks a line.
std::string
HelpText::make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const {
  std::istringstream lines(Formatter::make_help(app, std::move(name), mode));
  std::string text;
  bool is_after_empty = false;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() || !is_after_empty) text += broken_line(line) + "\n";
    is_after_empty = line.empty();
  }
  return text;
}

void add_help(CLI::App& app, Action& action) {
  const auto wanted = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("help", "Say what a command does, like COMMAND --help");
  command->add_option("command", *wanted, "The command; all of them if absent")
      ->type_name("COMMAND");
  command->footer("Examples:\n  stalemate help run");
  command->callback([&app, wanted, &action] {
    action = [&app, wanted] {
      const CLI::App* about = &app;
      std::vector<std::string> known;
      for (const CLI::App* one : app.get_subcommands(nullptr)) {
        known.push_back(one->get_name());
        if (one->get_name() == *wanted) about = one;
      }
      if (about == &app && !wanted->empty())
        throw UsageError(kernel::unknown("command", *wanted, known));
      const std::string name = wanted->empty() ? "" : " " + *wanted;
      std::cout << app.get_formatter()->make_help(
          about, app.get_name() + name, CLI::AppFormatMode::Normal);
      return as_expected;
    };
  });
}

void add_version(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("version", "Say which version this is");
  command->footer("Examples:\n  stalemate version");
  command->callback([&action] {
    action = [] {
      std::cout << fmt::format("stalemate {}\n", program_version);
      return as_expected;
    };
  });
}

} // namespace stalemate::cli
