#include "checker/ir/model.hpp"
#include "checker/program/ensure.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/signals.hpp"
#include "cli/usage.hpp"
#include "cli/version.hpp"
#include "cli/with.hpp"
#include "model/extension/extension.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/read_scenario.hpp"

#include <fmt/format.h>

#include <exception>
#include <iostream>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

constexpr auto statuses = "Exit status: 0 everything is as expected, 1 something is not, 2 wrong "
                          "input,\n3 incomplete, 4 internal error or output that cannot be "
                          "written, 128+n signal n.\n\n"
                          "`stalemate COMMAND --help` has examples.";

Status complain(const std::string& what, Status status) {
  std::cerr << "stalemate: " << what << '\n';
  return status;
}

/// The library leaves two empty lines between groups of options.
class HelpText final : public CLI::Formatter {
 public:
  std::string
  make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
    std::string text = Formatter::make_help(app, std::move(name), mode);
    for (auto at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n"))
      text.erase(at, 1);
    return text;
  }
};

// The library's own statuses are above 100, and its messages hold what the user typed.
Status usage(const CLI::App& app, const CLI::ParseError& error, const std::string& command) {
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
  }
  return complain(fmt::format("{}; try --help", kernel::printable(what, 300)), bad_input);
}

Status run(int argc, char** argv) {
  CLI::App app("Explores every interleaving of kernel code paths and shows the shortest one that "
               "breaks a claim");
  app.name("stalemate");
  app.formatter(std::make_shared<HelpText>());
  app.set_version_flag("--version", fmt::format("stalemate {}", version));
  app.require_subcommand(1);
  app.footer(statuses);
  Action action;
  for (const auto& add :
       {add_run, add_check, add_trace, add_show, add_list, add_replay, add_export, add_schema})
    add(app, action);
  std::vector<std::string> with;
  for (CLI::App* command : app.get_subcommands(nullptr))
    add_with_option(*command, with);

  Status status = as_expected;
  try {
    app.parse(argc, argv);
    load_extensions(with);
    status = action();
  } catch (const CLI::ParseError& error) {
    status = usage(app, error, argc > 1 ? argv[1] : "");
  } catch (const ir::InvalidModel& error) {
    if (with.empty()) throw; // our paths
    throw kernel::InputError(fmt::format("{}: the model is wrong: {}",
                                         kernel::printable(fmt::to_string(fmt::join(with, ", "))),
                                         error.what()));
  }
  flush_stdout();
  return status;
}

// The one place that knows every kind of failure.
Status guarded(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const kernel::InputError& error) {
    std::cerr << error.what() << '\n'; // starts with the file, as compilers do
    return bad_input;
  } catch (const kernel::ExtensionError& error) {
    std::cerr << error.what() << '\n';
    return bad_input;
  } catch (const UsageError& error) {
    return complain(error.what(), bad_input);
  } catch (const kernel::ScenarioError& error) {
    return complain(fmt::format("{}: {}", error.pointer(), error.what()), bad_input);
  } catch (const WriteError& error) {
    return complain(error.what(), broken);
  } catch (const std::bad_alloc&) {
    return complain("out of memory", not_complete);
  } catch (const InternalError& error) {
    return complain(error.what(), broken);
  } catch (const std::exception& error) {
    return complain(std::string("internal error: ") + error.what(), broken);
  }
}

} // namespace

} // namespace stalemate::cli

int main(int argc, char** argv) {
  using namespace stalemate::cli;
  catch_signals();
  const int status = guarded(argc, argv);
  if (const int signal = caught_signal(); signal != 0) return 128 + signal;
  return status;
}
