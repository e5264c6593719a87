#include "checker/generate/compile.hpp"

#include "checker/generate/source.hpp"

#include <exception>
#include <string>
#include <vector>

namespace stalemate {

namespace {

/// Of the generated code: it is one loop that a compiler should take its time for.
const std::vector<std::string> native_flags{"-std=c++20", "-O2", "-w"};

template <typename Function>
void find(const Library& library, const char* name, Function& function) {
  function = library.function<Function>(name);
}

} // namespace

NativeBuild::NativeBuild(const Program& program) {
  try {
    folder_.emplace();
    folder_->write("model.cpp", cpp_source(program));
    build_.emplace("model.cpp", native_flags, folder_->path());
  } catch (const std::exception& error) {
    problem_ = error.what();
  }
}

std::shared_ptr<const Native> NativeBuild::result() {
  if (!build_) return nullptr;
  const std::shared_ptr<Library> library = build_->result();
  if (!library) {
    const bool is_refused = build_->failure() == LibraryBuild::Failure::refused;
    problem_ = is_refused ? compiler() + ": " + build_->problem() : build_->problem();
    return nullptr;
  }
  auto native = std::make_shared<Native>();
  native->library = library;
  find(*library, "stalemate_fire", native->fire);
  find(*library, "stalemate_expand", native->expand);
  find(*library, "stalemate_ask", native->ask);
  if (native->fire != nullptr && native->expand != nullptr && native->ask != nullptr) return native;
  problem_ = compiler() + " made a library without the functions of the model";
  return nullptr;
}

} // namespace stalemate
