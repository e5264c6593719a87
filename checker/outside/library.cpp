#include "checker/outside/library.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <exception>
#include <iterator>
#include <sstream>

namespace stalemate {

std::string compiler() {
  const char* chosen = std::getenv("CXX"); // NOLINT: nothing changes the environment
  return chosen != nullptr && *chosen != '\0' ? chosen : "c++";
}

std::vector<std::string> compiler_words() {
  std::istringstream text(compiler());
  std::vector<std::string> words{std::istream_iterator<std::string>(text), {}};
  if (words.empty()) words.emplace_back("c++");
  return words;
}

std::shared_ptr<Library> Library::load(const std::string& path, std::string& problem) {
  void* handle = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    problem = ::dlerror(); // NOLINT: nobody else loads libraries
    return nullptr;
  }
  return std::shared_ptr<Library>(new Library(handle));
}

Library::~Library() {
  ::dlclose(handle_);
}

void* Library::symbol(const char* name) const {
  return ::dlsym(handle_, name);
}

LibraryBuild::LibraryBuild(const std::string& source,
                           const std::vector<std::string>& flags,
                           const std::string& folder)
    : words_(compiler_words()) {
  std::vector<std::string> words = words_;
  words.insert(words.end(), flags.begin(), flags.end());
  try {
    folder_.emplace();
    words.insert(words.end(),
                 {"-fPIC", "-shared", "-o", folder_->path() + "/library.so", "-x", "c++", source});
    command_.emplace(words, folder, 3600, Command::Group::own);
  } catch (const std::exception& error) {
    failure_ = Failure::not_started;
    problem_ = error.what();
  }
}

std::shared_ptr<Library> LibraryBuild::result() {
  if (!command_) return nullptr;
  const Ran& ran = command_->result();
  if (ran.status != 0) {
    const bool is_missing = ran.status == 127;
    failure_ = is_missing ? Failure::no_compiler : Failure::refused;
    problem_ = is_missing ? "there is no " + words_.front() : ran.out;
    return nullptr;
  }
  remarks_ = ran.out;
  auto library = Library::load(folder_->path() + "/library.so", problem_);
  if (!library) failure_ = Failure::not_loaded;
  return library;
}

} // namespace stalemate
