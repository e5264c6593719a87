// What `reproduce` is to make happen in a running kernel.
#pragma once

#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "reports/trace_json.hpp"

#include <string>
#include <vector>

namespace stalemate::cli {

struct AttemptOptions {
  std::string what; ///< FILE#VARIANT, ID#VARIANT or a saved trace.
  ScenarioOptions scenario;
  SearchOptions search;
};

/// A run of the model.
struct Attempt {
  std::string name; ///< R1#none.
  report::SavedTrace trace;
  std::string json = {};                ///< The same as it was saved.
  bool is_harmless = false;             ///< A run to the end of a variant that holds.
  std::vector<std::string> claims = {}; ///< Of that: those which hold.
  std::string expected = {};            ///< The claim that the scenario says is broken; or empty.
  /// Where the kernel that runs, without the scenario's edits and what no release has, cannot
  /// follow the trace, by the model; empty: it can.
  std::string departure = {};
  std::vector<std::string> remarks = {}; ///< About where the model's kernel is another one.
};

/// A scenario that says nothing about it is asked about `version`. Throws UsageError where there is
/// no trace, and kernel::InputError.
[[nodiscard]] Attempt attempt_of(const AttemptOptions& options, const std::string& version);

} // namespace stalemate::cli
