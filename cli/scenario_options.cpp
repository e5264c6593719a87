#include "cli/scenario_options.hpp"

namespace stalemate::cli {

void add_scenario_options(CLI::App& command, ScenarioOptions& options) {
  command
      .add_option("--set",
                  options.set,
                  "Another kernel: sets this knob in every variant, which then asks and expects "
                  "nothing; once per knob")
      ->type_name("KNOB=VALUE")
      ->allow_extra_args(false);
}

kernel::Overrides overrides_of(const ScenarioOptions& options) {
  kernel::Overrides overrides;
  for (const std::string& setting : options.set)
    overrides.push_back(kernel::knob_override(setting));
  return overrides;
}

} // namespace stalemate::cli
