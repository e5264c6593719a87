#include "cli/scenario_options.hpp"

#include <utility>

namespace stalemate::cli {

void add_scenario_options(CLI::App& command, ScenarioOptions& options) {
  command
      .add_option("--set",
                  options.set,
                  "Another kernel: sets this knob in every variant, which then asks and expects "
                  "nothing; once per knob")
      ->type_name("KNOB=VALUE")
      ->allow_extra_args(false);
  command
      .add_option("--patch",
                  options.patch,
                  "Another path: edits every variant by a JSON list of edits, or merges an object "
                  "with any of patch, claims, state, paths, kernel into it; may be given again")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

void add_claim_option(CLI::App& command, ScenarioOptions& options) {
  command
      .add_option("--claim",
                  options.claims,
                  "Check this claim, one of the scenario's own or of the model's, and no others; "
                  "may be given again")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

kernel::Overrides overrides_of(const ScenarioOptions& options) {
  kernel::Overrides overrides;
  for (const std::string& file : options.patch)
    for (kernel::Override& one : kernel::patch_overrides(file))
      overrides.push_back(std::move(one));
  for (const std::string& setting : options.set)
    overrides.push_back(kernel::knob_override(setting));
  if (!options.claims.empty()) overrides.push_back(kernel::claims_override(options.claims));
  return overrides;
}

} // namespace stalemate::cli
