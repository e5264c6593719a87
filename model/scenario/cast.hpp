#pragma once

#include "model/scenario/path_entry.hpp"
#include "model/scenario/scenario.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// A process of the model: one that the scenario lists, or one that comes with another.
struct Cast {
  std::string name;
  std::string path; ///< Empty for one that is like none of the model's.
  Options options;
  std::optional<ir::Fairness> fairness = {};
  std::vector<std::string> like = {}; ///< PathEntry::like of the path.
  std::string own = {};               ///< The scenario's own path that it runs, if it does.

  /// Does it run this path, or one like it?
  [[nodiscard]] bool runs(const std::string& which) const {
    return path == which || std::find(like.begin(), like.end(), which) != like.end();
  }
};

/// The processes that the scenario lists, with names and with every option. Throws ScenarioError
/// for two of one name.
[[nodiscard]] std::vector<Cast> cast_of(const Scenario& scenario,
                                        const std::vector<PathEntry>& paths);

/// Refuses an option of process number `process`, at its own place if the scenario gives it.
[[noreturn]] void refuse_option(const Scenario& scenario,
                                std::size_t process,
                                const std::string& option,
                                const std::string& what);

/// Their names, in order. Throws ScenarioError if one that the scenario lists is called like one
/// that comes by itself.
[[nodiscard]] std::vector<std::string> names_of(const std::vector<Cast>& cast);

/// What the model is called: R1#none.
[[nodiscard]] std::string title_of(const Scenario& scenario);

} // namespace stalemate::kernel
