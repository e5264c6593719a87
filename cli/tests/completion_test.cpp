// What completes the words of the command line has all of them: it is made of the table that is
// parsed with. tests/install/install.sh says the same of the manual.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

std::vector<std::string> commands() {
  std::vector<std::string> names;
  for (const auto& one : nlohmann::json::parse(run({"list", "commands", "--format", "json"}).out))
    names.push_back(one["name"]);
  return names;
}

std::string completion(const std::string& shell) {
  const Outcome outcome = run({"completion", shell});
  CPPUNIT_ASSERT_EQUAL(0, outcome.status);
  return outcome.out;
}

/// What bash offers behind these words, of which the last one is begun.
std::set<std::string> offered(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words)
    line += " '" + word + "'";
  const Outcome outcome = run({"-c",
                               fmt::format("{}\nCOMP_WORDS=({})\nCOMP_CWORD={}\n_stalemate\n"
                                           "printf '%s\\n' \"${{COMPREPLY[@]}}\"",
                                           completion("bash"),
                                           line,
                                           words.size() - 1)},
                              {.program = "/bin/bash"});
  CPPUNIT_ASSERT_EQUAL(std::string(), outcome.err);
  std::istringstream lines(outcome.out);
  std::set<std::string> all;
  for (std::string word; std::getline(lines, word);)
    all.insert(word);
  return all;
}

class CompletionTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(CompletionTest);
  CPPUNIT_TEST(is_as_approved);
  CPPUNIT_TEST(every_command_is_there_for_every_shell);
  CPPUNIT_TEST(every_command_is_in_the_help);
  CPPUNIT_TEST(every_option_is_there_for_every_shell);
  CPPUNIT_TEST(bash_offers_what_comes_next);
  CPPUNIT_TEST_SUITE_END();

 public:
  void is_as_approved() {
    for (const char* shell : {"bash", "zsh", "fish"})
      assert_golden(fmt::format("completion.{}", shell), completion(shell));
  }

  void every_command_is_there_for_every_shell() {
    const std::vector<std::string> names = commands();
    CPPUNIT_ASSERT(names.size() >= 21);
    const std::string bash = completion("bash");
    const std::string zsh = completion("zsh");
    const std::string fish = completion("fish");
    for (const std::string& name : names) {
      CPPUNIT_ASSERT_MESSAGE(name, bash.find("\n    " + name + ") options=") != std::string::npos);
      CPPUNIT_ASSERT_MESSAGE(name, zsh.find("\n    '" + name + ":") != std::string::npos);
      CPPUNIT_ASSERT_MESSAGE(name, zsh.find("\n    " + name + ")\n") != std::string::npos);
      CPPUNIT_ASSERT_MESSAGE(
          name, fish.find("-n __fish_use_subcommand -a " + name + " ") != std::string::npos);
    }
    const std::set<std::string> first = offered({"stalemate", ""});
    for (const std::string& name : names)
      CPPUNIT_ASSERT_MESSAGE(name, first.contains(name));
  }

  void every_command_is_in_the_help() {
    const std::string help = run({"--help"}).out;
    const std::string page = read(STALEMATE_SOURCE_DIR "/docs/using.md");
    for (const std::string& name : commands()) {
      CPPUNIT_ASSERT_MESSAGE(name, help.find("\n  " + name + " ") != std::string::npos);
      CPPUNIT_ASSERT_MESSAGE(name, page.find("`stalemate " + name) != std::string::npos);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(name, 0, run({name, "--help"}).status);
    }
  }

  // What --help of a command says, and nothing else, is what is offered.
  void every_option_is_there_for_every_shell() {
    const std::string zsh = completion("zsh");
    const std::string fish = completion("fish");
    const std::regex option(R"((?:^|\n)  (?:-[a-z],)?(--[a-z-]+))");
    for (const std::string& name : commands()) {
      const std::string help = run({name, "--help"}).out;
      std::set<std::string> said;
      for (std::sregex_iterator one(help.begin(), help.end(), option), end; one != end; ++one)
        said.insert((*one)[1]);
      const std::set<std::string> all = offered({"stalemate", name, "--"});
      CPPUNIT_ASSERT_EQUAL_MESSAGE(
          name, fmt::format("{}", fmt::join(said, " ")), fmt::format("{}", fmt::join(all, " ")));
      const auto begin = zsh.find("\n    " + name + ")\n");
      const std::string part = zsh.substr(begin, zsh.find(";;", begin) - begin);
      for (const std::string& one : said) {
        CPPUNIT_ASSERT_MESSAGE(name + one, part.find("'*" + one + "[") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(name + one,
                               std::regex_search(fish,
                                                 std::regex("__fish_seen_subcommand_from " + name +
                                                            "'[^\n]* -l " + one.substr(2) + " ")));
      }
    }
  }

  void bash_offers_what_comes_next() {
    using Words = std::set<std::string>;
    CPPUNIT_ASSERT((offered({"stalemate", "sh"}) == Words{"show", "shrink"}));
    CPPUNIT_ASSERT((offered({"stalemate", "help", "tee"}) == Words{"teeth"}));
    CPPUNIT_ASSERT((offered({"stalemate", "completion", ""}) == Words{"bash", "fish", "zsh"}));
    CPPUNIT_ASSERT((offered({"stalemate", "list", "kn"}) == Words{"knobs"}));
    CPPUNIT_ASSERT((offered({"stalemate", "check", "--format", "j"}) == Words{"json", "junit"}));
    CPPUNIT_ASSERT((offered({"stalemate", "trace", "-f", "l"}) == Words{"ladder"}));
    CPPUNIT_ASSERT((offered({"stalemate", "run", "--sta"}) == Words{"--states-max"}));
    CPPUNIT_ASSERT((offered({"stalemate", "run", "READ"}) == Words{"README.md"}));
    CPPUNIT_ASSERT((offered({"stalemate", "run", "--width", "READ"}) == Words{"README.md"}));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CompletionTest);

} // namespace
} // namespace stalemate::cli::tests
