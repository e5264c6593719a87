#include "checker/generate/compile.hpp"

#include "checker/generate/source.hpp"

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
  folder_.write("model.cpp", cpp_source(program));
  build_.emplace("model.cpp", native_flags, folder_.path());
}

std::shared_ptr<const Native> NativeBuild::result() {
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
  return native;
}

} // namespace stalemate
