// That documents show what is: commands print what they show, links lead somewhere, names are names
// of something, and what is generated is as it is generated now. With STALEMATE_APPROVE=1 the first
// and the last are put right: read the change.

#include "cli/load.hpp"
#include "cli/selection.hpp"
#include "cli/tests/console.hpp"
#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

namespace fs = std::filesystem;

const fs::path root = STALEMATE_SOURCE_DIR;

/// A page without its figures: its links are those of the page that is made of it, elsewhere.
bool is_template(const std::string& text) {
  return text.find("@FIGURES@") != std::string::npos;
}

/// Those of the project: not what is below build/ or in folders whose name begins with a dot.
std::map<std::string, std::string> documents() {
  std::map<std::string, std::string> all;
  for (const char* name : {"README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"})
    all[name] = read((root / name).string());
  for (const char* folder : {"docs", "scenarios", "reproduce"})
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      if (entry.path().extension() == ".md")
        all[fs::relative(entry.path(), root).string()] = read(entry.path().string());
  std::erase_if(all, [](const auto& document) { return is_template(document.second); });
  return all;
}

/// Without the history, which tells of names that are gone.
std::map<std::string, std::string> current_documents() {
  auto all = documents();
  all.erase("CHANGELOG.md");
  return all;
}

bool is_approved() {
  const char* approve = std::getenv("STALEMATE_APPROVE");
  return approve != nullptr && std::string(approve) == "1";
}

void write(const std::string& name, const std::string& text) {
  std::ofstream(root / name, std::ios::binary) << text;
}

std::string joined(const std::vector<std::string>& lines) {
  return fmt::format("{}", fmt::join(lines, "\n"));
}

/// The anchors of a document, as GitHub makes them from its headings.
std::set<std::string> anchors(const std::string& text) {
  std::set<std::string> all;
  bool is_code = false;
  for (const std::string& line : lines_of(text)) {
    if (line.starts_with("```")) is_code = !is_code;
    const auto begin = line.find_first_not_of('#');
    if (is_code || begin == 0 || begin == std::string::npos || line[begin] != ' ') continue;
    std::string anchor;
    for (const char c : line.substr(begin + 1)) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == ' ')
        anchor += '-';
      else if (std::isalnum(byte) != 0 || c == '_' || c == '-' || byte > 127)
        anchor += static_cast<char>(std::tolower(byte));
    }
    all.insert(anchor);
  }
  return all;
}

/// The text without its blocks of code.
std::string prose(const std::string& text) {
  std::string kept;
  bool is_code = false;
  for (const std::string& line : lines_of(text)) {
    const bool is_fence = line.starts_with("```");
    if (!is_code && !is_fence) kept += line + "\n";
    if (is_fence) is_code = !is_code;
  }
  return kept;
}

/// What a command can be told, by its name.
std::map<std::string, std::set<std::string>> options_of_commands() {
  std::map<std::string, std::set<std::string>> all;
  const std::string completion = run({"completion", "bash"}).out;
  const std::regex row(R"re(\n +([a-z]+)\) options="([^"]*)")re");
  for (std::sregex_iterator one(completion.begin(), completion.end(), row), end; one != end;
       ++one) {
    const auto options = shell_words((*one)[2]);
    all[(*one)[1]] = {options.begin(), options.end()};
  }
  return all;
}

class DocumentsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(DocumentsTest);
  CPPUNIT_TEST(what_is_left_out_stands_for_any_lines);
  CPPUNIT_TEST(commands_print_what_is_shown);
  CPPUNIT_TEST(commands_and_options_are_there);
  CPPUNIT_TEST(links_lead_somewhere);
  CPPUNIT_TEST(variants_are_there);
  CPPUNIT_TEST(the_reference_is_current);
  CPPUNIT_TEST(the_families_are_current);
  CPPUNIT_TEST(the_glossary_has_the_words_of_answers_and_layouts);
  CPPUNIT_TEST(every_document_is_in_the_index);
  CPPUNIT_TEST_SUITE_END();

 public:
  void what_is_left_out_stands_for_any_lines() {
    CPPUNIT_ASSERT(is_as_shown({"a", "...", "d"}, {"a", "b", "c", "d"}));
    CPPUNIT_ASSERT(is_as_shown({"...", "b", "..."}, {"b"}));
    CPPUNIT_ASSERT(!is_as_shown({"a", "...", "c"}, {"a", "b", "c", "d"}));
    CPPUNIT_ASSERT(!is_as_shown({"a"}, {"a", "b"}));
    CPPUNIT_ASSERT((shell_words("run 'a b' \"c\" d > e") ==
                    std::vector<std::string>{"run", "a b", "c", "d", ">", "e"}));
    const std::string document =
        "```console\n$ stalemate version\nstalemate 0\n$ echo $?\n1\n```\n";
    const Replay wrong = replay("x.md", document);
    CPPUNIT_ASSERT_EQUAL(2, wrong.commands);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, wrong.differences.size());
    CPPUNIT_ASSERT(replay("x.md", wrong.text).differences.empty());
  }

  void commands_print_what_is_shown() {
    int commands = 0;
    std::vector<std::string> differences;
    for (const auto& [name, text] : documents()) {
      const Replay done = replay(name, text);
      commands += done.commands;
      std::ranges::copy(done.differences, std::back_inserter(differences));
      if (is_approved() && !done.differences.empty()) write(name, done.text);
    }
    CPPUNIT_ASSERT(commands > 20);
    if (!is_approved()) CPPUNIT_ASSERT_EQUAL(std::string(), joined(differences));
  }

  void commands_and_options_are_there() {
    const auto known = options_of_commands();
    CPPUNIT_ASSERT(known.size() > 10);
    std::vector<std::string> wrong;
    // In code, up to its end or to an explanation behind two spaces.
    const std::regex call(
        R"((?:`|    |\$ )(?:stalemate|\./dev|build/release/stalemate) ([a-z]+)([^`|>]*))");
    const std::regex option(R"((?:^| )(--[a-z-]+))");
    for (const auto& [name, text] : current_documents())
      for (const std::string& line : lines_of(text))
        for (std::sregex_iterator one(line.begin(), line.end(), call), end; one != end; ++one) {
          const std::string command = (*one)[1];
          const bool is_dev = one->str().find("./dev ") != std::string::npos;
          if (is_dev && !known.contains(command)) continue;
          if (!known.contains(command)) {
            wrong.push_back(fmt::format("{}: no command {}", name, command));
            continue;
          }
          std::string rest = (*one)[2];
          rest = rest.substr(0, rest.find("  "));
          for (std::sregex_iterator word(rest.begin(), rest.end(), option); word != end; ++word)
            if (!known.at(command).contains((*word)[1]))
              wrong.push_back(fmt::format("{}: {} has no {}", name, command, (*word)[1].str()));
        }
    CPPUNIT_ASSERT_EQUAL(std::string(), joined(wrong));
  }

  void links_lead_somewhere() {
    const auto all = documents();
    std::vector<std::string> wrong;
    int links = 0;
    const std::regex link(R"(\]\(([^)\s]+)\))");
    for (const auto& [name, text] : all) {
      const std::string words = prose(text);
      for (std::sregex_iterator one(words.begin(), words.end(), link), end; one != end; ++one) {
        const std::string target = (*one)[1];
        if (target.starts_with("http") || target.starts_with("mailto:")) continue;
        ++links;
        const std::string path = target.substr(0, target.find('#'));
        const fs::path file = path.empty() ? root / name : (root / name).parent_path() / path;
        if (!fs::exists(file)) {
          wrong.push_back(fmt::format("{}: {} is not there", name, target));
        } else if (target.find('#') != std::string::npos) {
          const std::string anchor = target.substr(target.find('#') + 1);
          if (!anchors(read(file.string())).contains(anchor))
            wrong.push_back(fmt::format("{}: {} has no such heading", name, target));
        }
      }
    }
    CPPUNIT_ASSERT(links > 100);
    CPPUNIT_ASSERT_EQUAL(std::string(), joined(wrong));
  }

  void variants_are_there() {
    std::map<std::string, std::set<std::string>> known;
    for (const char* folder : {"scenarios", "reproduce/campaign"})
      for (const std::string& path : files_below((root / folder).string())) {
        const kernel::ScenarioFile file = kernel::read_scenario_file(path);
        for (const kernel::Scenario& scenario : file.scenarios())
          known[scenario.id].insert(scenario.variant);
      }
    std::vector<std::string> wrong;
    const std::regex reference(R"(\b([A-Z]+-?[A-Z]*[0-9]+[a-z]?)#([a-zA-Z0-9_.-]*[a-zA-Z0-9_]))");
    for (const auto& [name, text] : current_documents())
      for (std::sregex_iterator one(text.begin(), text.end(), reference), end; one != end; ++one) {
        const auto file = known.find((*one)[1]);
        const char behind = one->suffix().length() > 0 ? *one->suffix().first : ' ';
        if (file == known.end() || (behind != '*' && !file->second.contains((*one)[2])))
          wrong.push_back(fmt::format("{}: {}", name, one->str()));
      }
    CPPUNIT_ASSERT_EQUAL(std::string(), joined(wrong));
  }

  void the_reference_is_current() {
    const std::string name = "docs/scenario-reference.md";
    const std::string now = run({"list", "reference", "--format", "markdown"}).out;
    if (is_approved()) return write(name, now);
    CPPUNIT_ASSERT_MESSAGE(name + " is not what list reference writes now: STALEMATE_APPROVE=1",
                           read((root / name).string()) == now);
  }

  void the_families_are_current() {
    const std::string text = read((root / "README.md").string());
    const auto begin = text.find("| family |");
    CPPUNIT_ASSERT(begin != std::string::npos);
    const auto end = text.find("\n\n", begin) + 1;
    const std::string now = run({"list", "families", "--format", "markdown"}).out;
    if (is_approved())
      write("README.md", text.substr(0, begin) + now + text.substr(end));
    else
      CPPUNIT_ASSERT_EQUAL(now, text.substr(begin, end - begin));
  }

  void the_glossary_has_the_words_of_answers_and_layouts() {
    const std::string glossary = read((root / "docs/glossary.md").string());
    const auto has = [&](const std::string& word) {
      return glossary.find("**" + word + "**") != std::string::npos ||
             glossary.find("`" + word + "`") != std::string::npos;
    };
    const auto format = nlohmann::json::parse(run({"list", "format", "--format", "json"}).out);
    int endings = 0;
    for (const auto& entry : format)
      if (const std::string name = entry["name"]; name.starts_with("expect ")) {
        ++endings;
        CPPUNIT_ASSERT_MESSAGE(name, has(name.substr(std::string("expect ").size())));
      }
    CPPUNIT_ASSERT_EQUAL(8, endings);
    for (const char* what : {"file.blocks", "file.cached[].data"}) {
      const auto words =
          nlohmann::json::parse(run({"list", "layout", what, "--format", "json"}).out)[0]["parts"];
      CPPUNIT_ASSERT(!words.empty());
      for (const auto& word : words)
        CPPUNIT_ASSERT_MESSAGE(word["name"], has(word["name"]));
    }
  }

  void every_document_is_in_the_index() {
    const std::string index = read((root / "docs/README.md").string());
    for (const auto& entry : fs::directory_iterator(root / "docs"))
      if (const std::string name = entry.path().filename().string();
          name.ends_with(".md") && name != "README.md")
        CPPUNIT_ASSERT_MESSAGE(name, index.find("](" + name) != std::string::npos);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DocumentsTest);

} // namespace
} // namespace stalemate::cli::tests
