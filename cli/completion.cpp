#include "cli/commands.hpp"
#include "cli/usage.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <string>

namespace stalemate::cli {

namespace {

std::string words_of(const CLI::App& command) {
  std::string words;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames())
      words += (words.empty() ? "--" : " --") + name;
  return words;
}

// Options by command, the commands themselves, and files for the rest.
void write_bash(const CLI::App& app) {
  std::string commands;
  std::string cases;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    commands += (commands.empty() ? "" : " ") + command->get_name();
    cases += fmt::format("    {}) options=\"{}\" ;;\n", command->get_name(), words_of(*command));
  }
  std::cout << "# bash completion of stalemate, from its own table of options.\n"
               "_stalemate() {\n"
               "  local word=${COMP_WORDS[COMP_CWORD]} options=\"\"\n"
               "  COMPREPLY=()\n"
               "  if [[ $COMP_CWORD -eq 1 ]]; then\n"
            << fmt::format("    COMPREPLY=($(compgen -W \"{} {}\" -- \"$word\"))\n",
                           commands,
                           words_of(app))
            << "    return\n"
               "  fi\n"
               "  case ${COMP_WORDS[1]} in\n"
            << cases
            << "  esac\n"
               "  if [[ $word == -* ]]; then\n"
               "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
               "  else\n"
            << fmt::format("    [[ ${{COMP_WORDS[1]}} == help ]] && COMPREPLY=($(compgen -W \"{}\" "
                           "-- \"$word\"))\n",
                           commands)
            << "    [[ ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- \"$word\"))\n"
               "  fi\n"
               "}\n"
               "complete -o filenames -F _stalemate stalemate\n";
}

} // namespace

void add_completion(CLI::App& app, Action& action) {
  const auto shell = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("completion", "Print what completes commands and options in a shell");
  command->add_option("shell", *shell, "bash")
      ->type_name("SHELL")
      ->required()
      ->check(one_of("shell", {"bash"}));
  command->footer(
      "Examples:\n"
      "  stalemate completion bash > ~/.local/share/bash-completion/completions/stalemate");
  command->callback([&app, &action] {
    action = [&app] {
      write_bash(app);
      return as_expected;
    };
  });
}

} // namespace stalemate::cli
