#include "cli/names_in.hpp"

#include <dirent.h>

#include <cerrno>
#include <memory>
#include <system_error>

namespace stalemate::cli {

namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

[[noreturn]] void fail_to_list() {
  throw std::system_error(errno, std::generic_category());
}

} // namespace

std::vector<std::string> names_in(const std::string& folder) {
  const std::unique_ptr<DIR, CloseFolder> open(::opendir(folder.c_str()));
  if (!open) fail_to_list();
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(open.get()); // NOLINT(concurrency-mt-unsafe): a folder of ours
    if (entry == nullptr && errno != 0) fail_to_list();
    if (entry == nullptr) return names;
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
}

} // namespace stalemate::cli
