#include "cli/commands.hpp"
#include "cli/usage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

struct OptionWord {
  std::vector<std::string> shorts; ///< f
  std::vector<std::string> longs;  ///< format
  std::string about;
  std::string value; ///< What it is called; empty: it takes none.
  std::string words; ///< What it can be, if that is a few words.
};

struct CommandWords {
  std::string name;
  std::string about;
  std::vector<OptionWord> options;
  std::string words; ///< What the first word behind it can be, if that is a few words.
};

/// As much of a description as stands in one line beside its option.
std::string first_clause(const std::string& text) {
  return text.substr(0, std::min({text.find("; "), text.find(": "), text.find(" ("), text.size()}));
}

CommandWords words_of(CLI::App& command) {
  CommandWords words{command.get_name(), first_clause(command.get_description()), {}, ""};
  for (CLI::Option* option : command.get_options()) {
    if (option->get_positional() && words.words.empty()) words.words = words_for(*option);
    if (option->get_lnames().empty() || option->get_group().empty()) continue; // Ours alone.
    words.options.push_back({option->get_snames(),
                             option->get_lnames(),
                             first_clause(option->get_description()),
                             option->get_items_expected_max() > 0 ? option->get_type_name() : "",
                             words_for(*option)});
  }
  return words;
}

std::vector<CommandWords> commands_of(CLI::App& app) {
  std::vector<CommandWords> commands;
  std::string names;
  for (CLI::App* command : app.get_subcommands(nullptr)) {
    commands.push_back(words_of(*command));
    names += (names.empty() ? "" : " ") + command->get_name();
  }
  for (CommandWords& command : commands)
    if (command.name == "help") command.words = names;
  return commands;
}

std::string names_of(const std::vector<CommandWords>& commands) {
  std::string names;
  for (const CommandWords& command : commands)
    names += (names.empty() ? "" : " ") + command.name;
  return names;
}

std::string long_options(const CommandWords& command) {
  std::string names;
  for (const OptionWord& option : command.options)
    for (const std::string& name : option.longs)
      names += (names.empty() ? "--" : " --") + name;
  return names;
}

/// With a backslash before each of the characters.
std::string with_backslashes(const std::string& text, std::string_view characters) {
  std::string result;
  for (const char c : text) {
    if (characters.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

/// A word of a shell in single quotes, in which one of them cannot be.
std::string quoted(const std::string& text) {
  std::string result;
  for (const char c : text)
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return "'" + result + "'";
}

// Options by command, what they and the first word can be, the commands themselves, and files for
// the rest.
void write_bash(CLI::App& app) {
  const std::vector<CommandWords> commands = commands_of(app);
  std::string cases;
  std::string values;
  for (const CommandWords& command : commands) {
    const std::string words =
        command.words.empty() ? "" : fmt::format(" words=\"{}\"", command.words);
    cases +=
        fmt::format("    {}) options=\"{}\"{} ;;\n", command.name, long_options(command), words);
    for (const OptionWord& option : command.options) {
      if (option.words.empty()) continue;
      std::string names;
      for (const std::string& name : option.shorts)
        names += fmt::format("\"{} -{}\" | ", command.name, name);
      values += fmt::format("    {}\"{} --{}\") values=\"{}\" ;;\n",
                            names,
                            command.name,
                            option.longs.front(),
                            option.words);
    }
  }
  std::cout << "# bash completion of stalemate, from its own table of options.\n"
               "_stalemate() {\n"
               "  local word=${COMP_WORDS[COMP_CWORD]} options=\"\" words=\"\" values=\"\"\n"
               "  COMPREPLY=()\n"
               "  if [[ $COMP_CWORD -eq 1 ]]; then\n"
            << fmt::format("    COMPREPLY=($(compgen -W \"{} {}\" -- \"$word\"))\n",
                           names_of(commands),
                           long_options(words_of(app)))
            << "    return\n"
               "  fi\n"
               "  case ${COMP_WORDS[1]} in\n"
            << cases
            << "  esac\n"
               "  case \"${COMP_WORDS[1]} ${COMP_WORDS[COMP_CWORD - 1]}\" in\n"
            << values
            << "  esac\n"
               "  [[ $COMP_CWORD -eq 2 ]] || words=\"\"\n"
               "  if [[ -n $values ]]; then\n"
               "    COMPREPLY=($(compgen -W \"$values\" -- \"$word\"))\n"
               "  elif [[ $word == -* ]]; then\n"
               "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
               "  elif [[ -n $words ]]; then\n"
               "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
               "  else\n"
               "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
               "  fi\n"
               "}\n"
               "complete -o filenames -F _stalemate stalemate\n";
}

/// Each may be given again: which may not is the program's business.
std::string zsh_option(const OptionWord& option) {
  const std::string about = with_backslashes(option.about, "[]\\");
  const std::string what = option.words.empty() ? "_files" : "(" + option.words + ")";
  const std::string value =
      option.value.empty() ? "" : ":" + with_backslashes(option.value, ":\\") + ":" + what;
  std::string lines;
  for (const auto& [dashes, names] :
       {std::pair{"-", &option.shorts}, std::pair{"--", &option.longs}})
    for (const std::string& name : *names)
      lines += " \\\n        " + quoted(fmt::format("*{}{}[{}]{}", dashes, name, about, value));
  return lines;
}

void write_zsh(CLI::App& app) {
  const std::vector<CommandWords> commands = commands_of(app);
  std::string described;
  std::string cases;
  for (const CommandWords& command : commands) {
    described += "    " + quoted(with_backslashes(command.name, ":") + ":" + command.about) + "\n";
    std::string options;
    for (const OptionWord& option : command.options)
      options += zsh_option(option);
    const std::string first =
        command.words.empty() ? "" : fmt::format("'1: :({})' \\\n        ", command.words);
    const std::string rest = first + "'*: :_files'";
    cases += fmt::format(
        "    {})\n      _arguments{} \\\n        {}\n      ;;\n", command.name, options, rest);
  }
  std::string options;
  for (const OptionWord& option : words_of(app).options)
    options += zsh_option(option);
  std::cout << "#compdef stalemate\n"
               "# zsh completion of stalemate, from its own table of options.\n"
               "_stalemate() {\n"
               "  local -a commands=(\n"
            << described
            << "  )\n"
               "  if (( CURRENT == 2 )); then\n"
               "    _describe command commands\n"
            << "    _arguments" << options
            << "\n"
               "    return\n"
               "  fi\n"
               "  shift words\n"
               "  (( CURRENT-- ))\n"
               "  case $words[1] in\n"
            << cases
            << "  esac\n"
               "}\n"
               "_stalemate \"$@\"\n";
}

std::string fish_option(const OptionWord& option) {
  std::string text;
  for (const std::string& name : option.shorts)
    text += " -s " + name;
  for (const std::string& name : option.longs)
    text += " -l " + name;
  if (!option.words.empty())
    text += " -x -a '" + option.words + "'";
  else if (!option.value.empty())
    text += " -r";
  return text + " -d '" + with_backslashes(option.about, "\\'") + "'\n";
}

void write_fish(CLI::App& app) {
  const std::vector<CommandWords> commands = commands_of(app);
  std::cout << "# fish completion of stalemate, from its own table of options.\n";
  for (const CommandWords& command : commands)
    std::cout << fmt::format("complete -c stalemate -f -n __fish_use_subcommand -a {} -d '{}'\n",
                             command.name,
                             with_backslashes(command.about, "\\'"));
  for (const OptionWord& option : words_of(app).options)
    std::cout << "complete -c stalemate -n __fish_use_subcommand" << fish_option(option);
  for (const CommandWords& command : commands)
    for (const OptionWord& option : command.options)
      std::cout << fmt::format("complete -c stalemate -n '__fish_seen_subcommand_from {}'{}",
                               command.name,
                               fish_option(option));
  for (const CommandWords& command : commands)
    if (!command.words.empty())
      std::cout << fmt::format(
          "complete -c stalemate -f -n '__fish_seen_subcommand_from {}' -a '{}'\n",
          command.name,
          command.words);
}

} // namespace

void add_completion(CLI::App& app, Action& action) {
  const auto shell = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("completion", "Print what completes commands and options in a shell");
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->type_name("SHELL")
      ->required()
      ->check(one_of("shell", {"bash", "zsh", "fish"}));
  command->footer(
      "Examples:\n"
      "  stalemate completion bash > ~/.local/share/bash-completion/completions/stalemate\n"
      "  stalemate completion fish > ~/.config/fish/completions/stalemate.fish\n"
      "  stalemate completion zsh > ~/.zfunc/_stalemate   # a folder of $fpath");
  command->callback([&app, shell, &action] {
    action = [&app, shell] {
      if (*shell == "bash")
        write_bash(app);
      else if (*shell == "zsh")
        write_zsh(app);
      else
        write_fish(app);
      return as_expected;
    };
  });
}

} // namespace stalemate::cli
