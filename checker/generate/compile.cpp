#include "checker/generate/compile.hpp"

#include "checker/generate/source.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <vector>

namespace stalemate {

namespace {

/// Of the generated code: it is one loop that a compiler should take its time for.
constexpr auto flags = {"-std=c++20", "-O2", "-w", "-fPIC", "-shared"};

std::string compiler() {
  const char* chosen = std::getenv("CXX"); // NOLINT: nothing changes the environment
  return chosen != nullptr && *chosen != '\0' ? chosen : "c++";
}

template <typename Function>
void find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
}

} // namespace

NativeBuild::NativeBuild(const Program& program) : name_(compiler()) {
  folder_.write("model.cpp", cpp_source(program));
  std::vector<std::string> words{name_};
  words.insert(words.end(), flags.begin(), flags.end());
  for (const char* word : {"-o", "model.so", "model.cpp"})
    words.emplace_back(word);
  compiler_.emplace(words, folder_.path());
}

std::shared_ptr<const Native> NativeBuild::result() {
  const Ran& ran = compiler_->result();
  if (ran.status != 0) {
    problem_ = ran.status == 127 ? "there is no " + name_ : name_ + ": " + ran.out;
    return nullptr;
  }
  const std::shared_ptr<void> library(
      ::dlopen((folder_.path() + "/model.so").c_str(), RTLD_NOW | RTLD_LOCAL), [](void* handle) {
        if (handle != nullptr) ::dlclose(handle);
      });
  if (!library) {
    problem_ = ::dlerror(); // NOLINT: nobody else loads libraries
    return nullptr;
  }
  auto native = std::make_shared<Native>();
  native->library = library;
  find(library.get(), "stalemate_fire", native->fire);
  find(library.get(), "stalemate_expand", native->expand);
  find(library.get(), "stalemate_ask", native->ask);
  return native;
}

} // namespace stalemate
