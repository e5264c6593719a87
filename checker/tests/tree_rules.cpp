#include "checker/tests/tree_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace stalemate::tree {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  return lines;
}

bool is_test(std::string_view path) {
  return path.find("/tests/") != std::string_view::npos;
}

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool is_below(std::string_view path, std::string_view folder) {
  return path == folder ||
         (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

// The key of the rule for a file, or "" if there is none.
std::string rule_for(const std::string& path, const IncludeRules& rules) {
  if (is_test(path)) return rules.contains("tests") ? "tests" : "";
  std::string best;
  for (const auto& [folder, allowed] : rules)
    if (is_below(path, folder) && folder.size() > best.size()) best = folder;
  return best;
}

bool may_include(const std::string& path, const std::string& target, const IncludeRules& rules) {
  if (is_test(target) && !is_test(path) && !is_below(path, "bench")) return false;
  const std::string rule = rule_for(path, rules);
  return is_below(target, rule) ||
         std::ranges::any_of(rules.at(rule),
                             [&](const std::string& entry) { return is_below(target, entry); });
}

// "checker/tests/place_test.cpp" to "PlaceTest", as CMakeLists.txt does it.
std::string fixture_of(const std::string& path) {
  std::string name;
  bool is_first = true;
  for (const char c : fs::path(path).stem().string()) {
    if (c != '_')
      name += is_first ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    is_first = c == '_';
  }
  return name;
}

// What stands in the parentheses after every use of a macro that starts a line.
std::vector<std::string> arguments(const File& file, const std::string& macro) {
  std::vector<std::string> found;
  for (const std::string& line : file.lines) {
    const auto start = line.find_first_not_of(' ');
    if (start == std::string::npos || line.compare(start, macro.size() + 1, macro + "(") != 0)
      continue;
    const auto open = start + macro.size() + 1;
    found.push_back(line.substr(open, line.find_first_of(",)", open) - open));
  }
  return found;
}

} // namespace

File read_file(const std::string& path) {
  std::ifstream in(fs::path(STALEMATE_SOURCE_DIR) / path);
  return {path, lines_of({std::istreambuf_iterator<char>(in), {}})};
}

std::vector<File> read_tree() {
  static constexpr std::array folders = {
      "bench", "checker", "cli", "docs", "model", "reports", "scenarios"};
  static constexpr std::array extensions = {".cpp", ".hpp", ".json", ".md", ".txt", ".dot"};
  const fs::path root = STALEMATE_SOURCE_DIR;

  std::vector<std::string> paths;
  const auto add = [&](const fs::path& path) {
    if (std::ranges::find(extensions, path.extension()) != extensions.end())
      paths.push_back(path.lexically_relative(root).generic_string());
  };
  for (const auto& entry : fs::directory_iterator(root))
    if (entry.is_regular_file()) add(entry.path());
  for (const char* folder : folders)
    if (fs::exists(root / folder))
      for (const auto& entry : fs::recursive_directory_iterator(root / folder))
        if (entry.is_regular_file()) add(entry.path());
  std::ranges::sort(paths);

  std::vector<File> files;
  files.reserve(paths.size());
  for (const std::string& path : paths)
    files.push_back(read_file(path));
  return files;
}

bool is_source(std::string_view path) {
  return path.ends_with(".cpp") || path.ends_with(".hpp");
}

IncludeRules include_rules(const std::vector<std::string>& lines) {
  IncludeRules rules;
  for (const std::string& line : lines) {
    const auto colon = line.find(':');
    if (line.starts_with('#') || colon == std::string::npos) continue;
    std::istringstream words(line.substr(colon + 1));
    rules[line.substr(0, colon)] = {std::istream_iterator<std::string>(words), {}};
  }
  return rules;
}

LongFiles long_files(const std::vector<std::string>& lines) {
  LongFiles known;
  for (const std::string& line : lines) {
    std::istringstream words(line);
    std::size_t count = 0;
    std::string path;
    if (words >> count >> path) known[path] = count;
  }
  return known;
}

Complaints include_complaints(const File& file, const IncludeRules& rules) {
  if (rule_for(file.path, rules).empty())
    return {fmt::format("{}: no rule in include_rules.txt for this folder", file.path)};
  Complaints complaints;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    if (!line.starts_with("#include")) continue;
    const auto open = line.find_first_of("\"<");
    const auto close = line.find_last_of("\">");
    if (open == std::string::npos || close <= open) continue;
    const std::string target = line.substr(open + 1, close - open - 1);
    const bool is_standard = line[open] == '<' && target.find_first_of("./") == std::string::npos;
    if (!is_standard && !may_include(file.path, target, rules))
      complaints.push_back(fmt::format("{}:{}: may not include {}", file.path, i + 1, target));
  }
  return complaints;
}

Complaints path_complaints(const File& file) {
  // Without slashes, so that this file does not complain about itself.
  static constexpr std::array tops = {
      "home", "root", "tmp", "mnt", "Users", "work", "workspace", "builds"};
  Complaints complaints;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    for (const char* top : tops) {
      const std::string path = fmt::format("/{}/", top);
      const auto at = line.find(path);
      if (at == std::string::npos) continue;
      const char before = at == 0 ? ' ' : line[at - 1];
      if (is_word_character(before) || before == '.' || before == '/' || before == '}') continue;
      complaints.push_back(fmt::format("{}:{}: absolute path {}...", file.path, i + 1, path));
    }
  }
  return complaints;
}

Complaints marker_complaints(const File& file, const std::string& known_limits) {
  // In two parts, so that this file does not complain about itself.
  static const std::array markers = {
      std::string("TO") + "DO", std::string("FIX") + "ME", std::string("XX") + "X"};
  Complaints complaints;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    for (const std::string& marker : markers) {
      const auto at = line.find(marker);
      if (at == std::string::npos) continue;
      const auto end = at + marker.size();
      if (at > 0 && is_word_character(line[at - 1])) continue;
      if (end < line.size() && is_word_character(line[end])) continue;
      const auto start = line.find_first_not_of(": ", end);
      if (start != std::string::npos && known_limits.find(line.substr(start)) != std::string::npos)
        continue;
      complaints.push_back(fmt::format(
          "{}:{}: {} without the same words in docs/known-limits.md", file.path, i + 1, marker));
    }
  }
  return complaints;
}

Complaints fixture_complaints(const File& file) {
  if (!is_test(file.path) || !file.path.ends_with(".cpp")) return {};
  const auto fixtures = arguments(file, "CPPUNIT_TEST_SUITE_REGISTRATION");
  if (!file.path.ends_with("_test.cpp")) {
    if (fixtures.empty()) return {};
    return {fmt::format("{}: tests belong in a file <name>_test.cpp", file.path)};
  }

  Complaints complaints;
  if (fixtures != std::vector{fixture_of(file.path)})
    complaints.push_back(fmt::format(
        "{}: must register the fixture {} and no other", file.path, fixture_of(file.path)));

  auto tests = arguments(file, "CPPUNIT_TEST");
  std::ranges::copy(arguments(file, "CPPUNIT_TEST_EXCEPTION"), std::back_inserter(tests));
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string_view method = "  void ";
    const std::string& line = file.lines[i];
    const auto end = line.find("() {");
    if (!line.starts_with(method) || end == std::string::npos) continue;
    const std::string name = line.substr(method.size(), end - method.size());
    if (name != "setUp" && name != "tearDown" && std::ranges::find(tests, name) == tests.end())
      complaints.push_back(
          fmt::format("{}:{}: {} is in no CPPUNIT_TEST and never runs", file.path, i + 1, name));
  }
  return complaints;
}

Complaints length_complaints(const File& file, const LongFiles& known) {
  const auto entry = known.find(file.path);
  const std::size_t allowed = entry == known.end() ? lines_max : entry->second;
  if (file.lines.size() <= allowed) return {};
  return {fmt::format("{}: grew to {} lines, {} are allowed (long_files.txt)",
                      file.path,
                      file.lines.size(),
                      allowed)};
}

} // namespace stalemate::tree
