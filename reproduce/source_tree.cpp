#include "reproduce/source_tree.hpp"

#include "reproduce/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>
#include <system_error>

namespace stalemate::reproduce {

namespace fs = std::filesystem;

namespace {

/// Where the functions that the model knows are defined; with what is below it, or without.
struct Part {
  const char* folder;
  bool is_deep;
};
constexpr std::array<Part, 6> parts{{{"fs", false},
                                     {"fs/iomap", false},
                                     {"fs/xfs", true},
                                     {"mm", false},
                                     {"lib", false},
                                     {"block", false}}};

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool is_of_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// "SUBLEVEL = 35"
std::string assigned(const std::string& makefile, const std::string& key) {
  std::istringstream in(makefile);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string name;
    std::string equals;
    std::string value;
    if (words >> name >> equals >> value && name == key && equals == "=") return value;
  }
  return "";
}

/// Does it define one of them? In the kernel's style a definition begins at the margin, its name
/// stands before the first bracket, and a block follows where a declaration ends.
bool defines_one(std::string_view text, const std::set<std::string>& functions) {
  for (std::size_t line = 0; line < text.size();) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    const std::size_t bracket = text.substr(0, end).find('(', line);
    if (bracket != std::string_view::npos && is_of_name(text[line])) {
      std::size_t name = bracket;
      while (name > line && is_of_name(text[name - 1]))
        --name;
      const std::size_t behind = text.find_first_of(";{", bracket);
      if (behind != std::string_view::npos && text[behind] == '{' &&
          functions.contains(std::string(text.substr(name, bracket - name))))
        return true;
    }
    line = end + 1;
  }
  return false;
}

template <typename Iterator>
void add_objects(std::set<std::string>& objects,
                 const fs::path& folder,
                 const std::set<std::string>& functions) {
  std::error_code error;
  for (const auto& entry : Iterator(folder, error))
    if (entry.path().extension() == ".c" && defines_one(text_of(entry.path()), functions))
      objects.insert(entry.path().stem().string());
}

} // namespace

SourceTree::SourceTree(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) throw Refusal("there is no such folder");
  folder_ = fs::canonical(folder).string();
  const std::string makefile = text_of(fs::path(folder_) / "Makefile");
  const std::string major = assigned(makefile, "VERSION");
  const std::string minor = assigned(makefile, "PATCHLEVEL");
  const auto is_there = [&](const char* name) {
    return fs::exists(fs::path(folder_) / name, error);
  };
  if (major.empty() || minor.empty() || !is_there("Kconfig"))
    throw Refusal("is no kernel tree, which has a Kconfig, and VERSION and PATCHLEVEL in its "
                  "Makefile");
  if (!is_there("arch/um/Makefile"))
    throw Refusal("has no arch/um, and cannot be built for user mode");
  if (folder_.find_first_of(" \t:") != std::string::npos)
    throw Refusal("has a space or a colon in its name, and no kernel is built there");
  for (const char* of_a_build : {".config", "include/config"})
    if (is_there(of_a_build))
      throw Refusal(fmt::format("was built in place, for {} is there, and cannot be built beside "
                                "that: run `make mrproper` there, or make a `git worktree` of it",
                                of_a_build));
  version_ = fmt::format("v{}.{}", major, minor);
  release_ = fmt::format("{}.{}.{}", major, minor, assigned(makefile, "SUBLEVEL"));
}

std::vector<std::string> SourceTree::objects_of(const std::set<std::string>& functions) const {
  std::set<std::string> objects;
  for (const Part& part : parts) {
    const fs::path folder = fs::path(folder_) / part.folder;
    if (part.is_deep)
      add_objects<fs::recursive_directory_iterator>(objects, folder, functions);
    else
      add_objects<fs::directory_iterator>(objects, folder, functions);
  }
  if (objects.empty())
    throw Refusal(folder_ + " defines no function of the map: where are fs/iomap, fs/xfs and mm?");
  return {objects.begin(), objects.end()};
}

} // namespace stalemate::reproduce
