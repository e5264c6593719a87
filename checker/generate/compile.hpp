#pragma once

#include "checker/outside/command.hpp"
#include "checker/outside/library.hpp"
#include "checker/program/program.hpp"

#include <memory>
#include <optional>
#include <string>

namespace stalemate {

/// A program's code on its way through the compiler of the system, $CXX or else c++, which takes
/// seconds. It runs beside us.
class NativeBuild {
 public:
  /// Does not throw: where it cannot even begin, result() says so.
  explicit NativeBuild(const Program& program);

  [[nodiscard]] bool is_done() { return !build_ || build_->is_done(); }

  /// Waits for it. Null if there is no compiler or if it refuses; then `problem` says why.
  [[nodiscard]] std::shared_ptr<const Native> result();
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  std::optional<TemporaryFolder> folder_; ///< Of the source.
  std::optional<LibraryBuild> build_;
  std::string problem_;
};

} // namespace stalemate
