#include "cli/scenario_options.hpp"

#include "cli/usage.hpp"
#include "model/scenario/read_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace stalemate::cli {

namespace {

bool is_stdin(const std::string& file) {
  return file == "-" || file == "/dev/stdin" || file.starts_with("/dev/stdin#");
}

} // namespace

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

void add_variant_argument(CLI::App& command, std::string& file) {
  command
      .add_option(
          "scenario", file, "One variant of a file, or of the scenario with this id; - is stdin")
      ->type_name("FILE[#VARIANT]")
      ->required();
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

kernel::Overrides overrides_of(const ScenarioOptions& options,
                               const std::vector<std::string>& scenarios) {
  if (std::ranges::count_if(options.patch, is_stdin) + std::ranges::count_if(scenarios, is_stdin) >
      1)
    throw UsageError("standard input is one file: of scenario and --patch only one can be -");
  kernel::Overrides overrides;
  for (const std::string& file : options.patch)
    for (kernel::Override& one : kernel::patch_overrides(file))
      overrides.push_back(std::move(one));
  std::map<std::string, std::string> settings; // By knob.
  for (const std::string& setting : options.set) {
    kernel::Override one = kernel::knob_override(setting);
    const auto [first, is_new] = settings.emplace(one.pointer, one.option);
    if (!is_new)
      throw kernel::InputError(
          fmt::format("{}: the knob is set already, by {}", one.option, first->second));
    overrides.push_back(std::move(one));
  }
  if (!options.claims.empty()) overrides.push_back(kernel::claims_override(options.claims));
  return overrides;
}

} // namespace stalemate::cli
