#pragma once

#include "checker/outside/command.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stalemate {

/// The compiler of the system: $CXX, or else c++.
[[nodiscard]] std::string compiler();
/// The same as words: there may be options in $CXX, or a compiler cache before the compiler.
[[nodiscard]] std::vector<std::string> compiler_words();

/// Code that was loaded into this process; unloaded with the last of those who have it.
class Library {
 public:
  /// Null if it cannot be loaded; then `problem` says why.
  [[nodiscard]] static std::shared_ptr<Library> load(const std::string& path, std::string& problem);
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  /// The function of this name, which must have that type; null if there is none.
  template <typename Function>
  [[nodiscard]] Function function(const char* name) const {
    return reinterpret_cast<Function>(symbol(name));
  }

 private:
  explicit Library(void* handle) : handle_(handle) {}
  [[nodiscard]] void* symbol(const char* name) const;

  void* handle_;
};

/// A C++ source on its way through the compiler of the system, which takes seconds. It runs beside
/// us.
class LibraryBuild {
 public:
  /// Does not throw: where it cannot even begin, result() says so. The source is named as the
  /// compiler shall name it in its messages, from the folder in which it runs. `flags` come before
  /// what makes a library of it.
  LibraryBuild(const std::string& source,
               const std::vector<std::string>& flags,
               const std::string& folder);

  [[nodiscard]] bool is_done() { return !command_ || command_->is_done(); }

  enum class Failure : std::uint8_t { none, not_started, no_compiler, refused, not_loaded };

  /// Waits for it. Null if that fails; then `problem` says what the compiler or the loader said.
  [[nodiscard]] std::shared_ptr<Library> result();
  [[nodiscard]] Failure failure() const { return failure_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }
  /// What the compiler said, if it did not refuse: warnings.
  [[nodiscard]] const std::string& remarks() const { return remarks_; }

 private:
  std::optional<TemporaryFolder> folder_;
  std::vector<std::string> words_; ///< The compiler.
  std::optional<Command> command_; ///< Nothing if it could not be started.
  Failure failure_ = Failure::none;
  std::string problem_;
  std::string remarks_;
};

} // namespace stalemate
