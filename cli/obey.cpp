#include "checker/ir/model.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "cli/usage.hpp"
#include "cli/version.hpp"
#include "cli/with.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/read_scenario.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

constexpr auto statuses = "Exit status: 0 everything is as expected, 1 something is not, 2 wrong "
                          "input or output\nthat cannot be written, 3 incomplete, 4 internal "
                          "error, 128+n signal n.\n\n"
                          "`stalemate COMMAND --help` has examples.";

// The first word that looks like an option of the command and is none; empty if there is none.
std::string unknown_option(const CLI::App& command, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const std::string name = word.substr(0, word.find('='));
    if (word.size() > 1 && word.starts_with('-') && command.get_option_no_throw(name) == nullptr)
      return name;
  }
  return "";
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames())
      names.push_back("--" + name);
  return names;
}

// "SCENARIO is missing: FILE[#VARIANT]" of "scenario is required"; empty if it is something else.
std::string missing_word(const CLI::App& command, const std::string& complaint) {
  const auto end = complaint.find(" is required");
  if (end == std::string::npos) return "";
  const std::string name = complaint.substr(0, end);
  const CLI::Option* option = command.get_option_no_throw(name);
  if (option == nullptr || !option->get_lnames().empty()) return "";
  std::string about = option->get_description();
  about.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(about.front())));
  return fmt::format("{} is missing: {}", option->get_type_name(), about);
}

// The library's own statuses are above 100, and its messages hold what the user typed.
Status
usage(const CLI::App& app, const CLI::ParseError& error, const std::vector<std::string>& words) {
  const std::string command = words.empty() ? "" : words.front();
  const bool is_option = command.empty() || command.starts_with('-');
  const bool is_known = is_option || !app.get_subcommands().empty();
  if (is_known && error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    app.exit(error, std::cout, std::cerr); // --help, --version
    return as_expected;
  }
  std::string what = error.what();
  if (app.get_subcommands().empty()) { // the library does not say which word is wrong
    std::vector<std::string> commands;
    for (const CLI::App* one : app.get_subcommands(nullptr))
      commands.push_back(one->get_name());
    if (command.empty())
      what = fmt::format("no command; known: {}", fmt::join(commands, ", "));
    else if (command.starts_with('-'))
      what = "unknown option " + kernel::excerpt(command);
    else
      what = kernel::unknown("command", command, commands);
  } else if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)) {
    const CLI::App& chosen = *app.get_subcommands().front();
    if (const std::string option = unknown_option(chosen, words); !option.empty())
      what = kernel::unknown("option", option, option_names(chosen), 4);
  } else if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError)) {
    if (const std::string missing = missing_word(*app.get_subcommands().front(), what);
        !missing.empty())
      what = missing;
  }
  std::cerr << fmt::format("stalemate: {}; try --help\n", kernel::printable(what, 300));
  return bad_input;
}

} // namespace

Status obey(const std::vector<std::string>& words) {
  CLI::App app("Explores every interleaving of kernel code paths and shows the shortest one that "
               "breaks a claim");
  app.name("stalemate");
  app.formatter(std::make_shared<HelpText>());
  app.set_version_flag("--version", fmt::format("stalemate {}", program_version));
  app.require_subcommand(1);
  app.footer(statuses);
  Action action;
  for (const auto& add :
       {add_run,    add_resume,     add_check,  add_merge,     add_matrix,  add_trace,
        add_graph,  add_explore,    add_shrink, add_teeth,     add_bisect,  add_hunt,
        add_show,   add_list,       add_replay, add_reproduce, add_conform, add_export,
        add_schema, add_completion, add_help,   add_version})
    add(app, action);
  std::vector<std::string> with;
  int width = 0;
  for (CLI::App* command : app.get_subcommands(nullptr)) {
    add_with_option(*command, with);
    command
        ->add_option(
            "--width",
            width,
            "Columns of text; else $COLUMNS, else those of the terminal up to 100, else 100")
        ->type_name("N")
        ->check(between(report::line_columns_min, 1000));
  }
  report::set_line_columns(text_columns(0));

  Status status = as_expected;
  try {
    // The library takes them from the end.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    report::set_line_columns(text_columns(width));
    load_extensions(with);
    status = action();
  } catch (const CLI::ParseError& error) {
    status = usage(app, error, words);
  } catch (const ir::InvalidModel& error) {
    if (with.empty()) throw; // our paths
    throw kernel::InputError(fmt::format("{}: the model is wrong: {}",
                                         kernel::printable(fmt::to_string(fmt::join(with, ", "))),
                                         error.what()));
  }
  flush_stdout();
  return status;
}

} // namespace stalemate::cli
