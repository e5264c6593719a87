#pragma once

// What the tree test checks, one function per rule. Each takes text and returns complaints, so that
// a planted mistake can prove that the rule still fires.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::tree {

struct File {
  std::string path; // From the root of the tree.
  std::vector<std::string> lines;
};

using Complaints = std::vector<std::string>;

// Folder to what it may include, from checker/tests/include_rules.txt.
using IncludeRules = std::map<std::string, std::vector<std::string>>;

// File to the number of lines it may have, from checker/tests/long_files.txt.
using LongFiles = std::map<std::string, std::size_t>;

inline constexpr std::size_t lines_max = 400;

// Empty if there is no such file.
File read_file(const std::string& path);

// All text files of the project, sorted. Neither build/ nor a hidden folder is part of it.
std::vector<File> read_tree();

bool is_source(std::string_view path);

IncludeRules include_rules(const std::vector<std::string>& lines);
LongFiles long_files(const std::vector<std::string>& lines);

Complaints include_complaints(const File& file, const IncludeRules& rules);
Complaints path_complaints(const File& file);

// A marker is allowed if the words after it are also on the known limits page.
Complaints marker_complaints(const File& file, const std::string& known_limits);

// A fixture that ctest does not know by name, or a test outside its suite, would never run.
Complaints fixture_complaints(const File& file);

Complaints length_complaints(const File& file, const LongFiles& known);

} // namespace stalemate::tree
