#pragma once

#include "checker/builder/path.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// An option of a process in a scenario: {"path": "buffered_write", "at": 1}.
struct PathOption {
  std::string name;
  std::string text;
  int low = 0;     ///< Included.
  int high = 0;    ///< Included; the scenario's layout may narrow it further.
  int initial = 0; ///< Its value when the scenario does not give it.
};

/// The options of one process: what the scenario gives, else the initial values.
using Options = std::map<std::string, int>;

/// A kernel path, described by itself.
struct PathEntry {
  std::string name;     ///< As scenarios call it: buffered_write.
  std::string process;  ///< Names of its processes start like this: writer.
  std::string function; ///< The kernel function at its top.
  std::string text;     ///< One line, no full stop.
  std::string source;
  std::vector<PathOption> options = {};
  bool is_daemon = false; ///< Usually there is one; its name gets a number only if there are more.
  bool automatic = false; ///< The model starts it where it belongs; scenarios do not list it.
  /// Paths that it counts as wherever the model asks what runs: which variables it needs, which
  /// claims it can break. For paths that come from elsewhere, of which the model cannot know.
  std::vector<std::string> like = {};
};

/// A path of one subsystem, recorded over its World.
template <typename World>
struct PathOf : PathEntry {
  std::function<void(build::Path&, const World&, const Options&)> record;
};

} // namespace stalemate::kernel
