#pragma once

// All that a source file needs to add paths, knobs and properties of its own; the headers of the
// objects and paths that it uses come on top. docs/your-own-path.md has an example.

#include "model/extension/abi.hpp"
#include "model/scenario/knob.hpp"
#include "model/scenario/path_entry.hpp"
#include "model/scenario/property_entry.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace stalemate::kernel {

namespace iomap {
struct World;
struct Kernel;
} // namespace iomap
namespace dax {
struct World;
struct Kernel;
} // namespace dax
namespace stable_pages {
struct World;
struct Kernel;
} // namespace stable_pages
namespace swap {
struct World;
struct Kernel;
} // namespace swap

/// What is wrong with an extension, with the name of its file first.
class ExtensionError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What one source file outside of the project adds to the kernel, as if it stood in the tables of
/// the project. Everything throws ExtensionError.
class Extension {
 public:
  /// `file` stands for it in messages.
  explicit Extension(std::string file) : file_(std::move(file)) {}

  void add(PathOf<iomap::World> path);
  void add(PathOf<dax::World> path);
  void add(PathOf<stable_pages::World> path);
  void add(PathOf<swap::World> path);

  void add(PropertyOf<iomap::World> property);
  void add(PropertyOf<dax::World> property);
  void add(PropertyOf<stable_pages::World> property);
  void add(PropertyOf<swap::World> property);

  void add(KnobOf<iomap::Kernel> knob);
  void add(KnobOf<dax::Kernel> knob);
  void add(KnobOf<stable_pages::Kernel> knob);
  void add(KnobOf<swap::Kernel> knob);

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] bool is_empty() const {
    return paths_.empty() && properties_.empty() && knobs_.empty();
  }

  /// Refuses a name that anything else of its kind has, the project's own or an earlier
  /// extension's; and a path that is like one that there is not. To be called when all are added:
  /// it closes the tables.
  static void check_names(const std::vector<Extension>& all);

 private:
  template <typename World>
  void add_path(PathOf<World> path);
  template <typename Property, typename World>
  void add_property(PropertyOf<World> property);
  template <typename Kernel>
  void add_knob(KnobOf<Kernel> knob);

  void check_name(const char* what, const std::string& name) const;
  void check_likes() const;
  [[noreturn]] void
  refuse(const char* what, const std::string& name, const std::string& problem) const;

  std::string file_;
  std::vector<std::string> paths_;
  std::vector<std::string> properties_;
  std::vector<std::string> knobs_;
};

} // namespace stalemate::kernel

/// Followed by the body of a function that adds everything to `extension`; once in each file.
#define STALEMATE_EXTENSION(extension)                                                             \
  extern "C" __attribute__((visibility("default"))) const char* stalemate_extension_abi() {        \
    return STALEMATE_ABI;                                                                          \
  }                                                                                                \
  extern "C" __attribute__((visibility("default"))) void stalemate_extend(                         \
      stalemate::kernel::Extension& extension)
