#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/read_scenario.hpp"

#include <memory>
#include <string>
#include <vector>

namespace stalemate::cli {

/// A scenario that can be searched.
struct Candidate {
  std::shared_ptr<const kernel::ScenarioFile> file;
  kernel::Scenario scenario;
  ir::Model model;
  std::string reach = {}; ///< What is looked for instead of its claims; empty: they are checked.

  /// "R1#none", or "R1" in a file without variants.
  [[nodiscard]] std::string name() const;
};

/// The scenarios that FILE or FILE#VARIANT names; cli/selection.hpp says how. Throws
/// kernel::InputError, also for what the model cannot express.
[[nodiscard]] std::vector<Candidate> load(const std::string& argument,
                                          const kernel::Overrides& overrides = {});

/// The only one. Throws kernel::InputError if there are several.
[[nodiscard]] Candidate load_one(const std::string& argument,
                                 const kernel::Overrides& overrides = {});

/// All scenarios in and below the paths, sorted by file; a path may also be FILE#VARIANT. Reports
/// every wrong file at once. Throws kernel::InputError.
[[nodiscard]] std::vector<Candidate> load_all(const std::vector<std::string>& paths,
                                              const kernel::Overrides& overrides = {});

/// A file that is no scenario, or not one that can be run beside the others; or, if it has a name,
/// one scenario of a file that has others.
struct BadFile {
  std::string file;
  int line = 1;
  std::string what; ///< Without the place.
  std::string text; ///< With it, as load_all() throws it.
  std::string id = {};
  std::string variant = {};
};

/// What load_all() loads, of what is right. All else is told of. Reports that are
/// written into a folder of scenarios, `except`, are none.
[[nodiscard]] std::vector<Candidate> load_right(const std::vector<std::string>& paths,
                                                const kernel::Overrides& overrides,
                                                std::vector<BadFile>& bad,
                                                const std::vector<std::string>& except = {});

/// Scenario files in and below the paths, sorted, each once.
[[nodiscard]] std::vector<std::string> scenario_files(const std::vector<std::string>& paths);

} // namespace stalemate::cli
