#include "checker/search/free_memory.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace stalemate {

namespace {

namespace fs = std::filesystem;

/// The number in a file that holds just that; nothing where it says "max".
std::optional<std::uint64_t> number_in(const fs::path& file) {
  std::ifstream in(file);
  std::uint64_t number = 0;
  if (in >> number) return number;
  return std::nullopt;
}

/// The number behind a word in a file of such lines.
std::uint64_t number_behind(const fs::path& file, const std::string& word) {
  std::ifstream in(file);
  std::string name;
  for (std::uint64_t number = 0; in >> name >> number;)
    if (name == word) return number;
  return 0;
}

std::optional<std::uint64_t> memory_of_system(const fs::path& root) {
  std::ifstream in(root / "proc/meminfo");
  std::string word;
  while (in >> word) {
    std::uint64_t kib = 0;
    if (word == "MemAvailable:" && in >> kib) return kib * 1024;
  }
  return std::nullopt;
}

/// How a version of control groups calls what it says.
struct Names {
  const char* limit;
  const char* used;
  const char* cache; ///< In memory.stat: what the kernel takes back before it kills anybody.
};

constexpr Names version_1{"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"};
constexpr Names version_2{"memory.max", "memory.current", "inactive_file"};

void at_most(std::optional<std::uint64_t>& least, std::optional<std::uint64_t> other) {
  if (other && (!least || *other < *least)) least = other;
}

std::optional<std::uint64_t> free_in(const fs::path& group, const Names& names) {
  const auto limit = number_in(group / names.limit);
  const auto used = number_in(group / names.used);
  if (!limit || !used) return std::nullopt;
  const std::uint64_t needed =
      *used - std::min(*used, number_behind(group / "memory.stat", names.cache));
  return *limit - std::min(needed, *limit);
}

/// Of a group and all that it is in. In a container the path may be one that is not seen there:
/// then the root is the container's own group.
std::optional<std::uint64_t>
free_up_from(const fs::path& mount, const std::string& path, const Names& names) {
  std::optional<std::uint64_t> least;
  for (fs::path below = fs::path(path).relative_path();; below = below.parent_path()) {
    at_most(least, free_in(mount / below, names));
    if (below.empty()) return least;
  }
}

bool is_among(const std::string& list, const std::string& word) {
  return ("," + list + ",").find("," + word + ",") != std::string::npos;
}

std::optional<std::uint64_t> memory_of_groups(const fs::path& root) {
  const fs::path mount = root / "sys/fs/cgroup";
  std::optional<std::uint64_t> least;
  std::ifstream in(root / "proc/self/cgroup");
  for (std::string line; std::getline(in, line);) {
    std::istringstream parts(line); // 4:memory:/a/b, or 0::/a/b
    std::string number;
    std::string controllers;
    std::string path;
    std::getline(parts, number, ':');
    std::getline(parts, controllers, ':');
    std::getline(parts, path);
    if (is_among(controllers, "memory"))
      at_most(least, free_up_from(mount / "memory", path, version_1));
    if (!controllers.empty()) continue;
    for (const char* where : {"", "unified"})
      at_most(least, free_up_from(mount / where, path, version_2));
  }
  return least;
}

} // namespace

std::optional<std::uint64_t> memory_available(const fs::path& root) {
  std::optional<std::uint64_t> least = memory_of_system(root);
  at_most(least, memory_of_groups(root));
  return least;
}

} // namespace stalemate
