// A scenario file of anybody, with all that it brings along: claims, patches, paths of its own.

#include "checker/ir/identity.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"
#include "tests/fuzz/target.hpp"

using namespace stalemate;
using kernel::InputError;
using kernel::Scenario;
using kernel::ScenarioError;
using kernel::ScenarioFile;

namespace {

/// What it says alone is the same scenario.
void read_again(const std::string& text, const ir::Model& model) {
  const ScenarioFile alone("alone.json", text);
  fuzz::require(alone.scenarios().size() == 1, "a scenario alone is one", text);
  const ir::Model again = kernel::build_model(alone.scenarios().front());
  fuzz::require(ir::identity(model) == ir::identity(again), "it is the same model again", text);
}

void build(const ScenarioFile& file, const Scenario& scenario) {
  try {
    const ir::Model model = kernel::build_model(scenario);
    read_again(file.text_of(scenario), model);
  } catch (const ScenarioError& error) {
    throw file.located(scenario, error);
  } catch (const ir::InvalidModel& error) {
    throw InputError(file.name() + ": " + error.what());
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const ScenarioFile file("f.json", std::string(fuzz::text_of(data, size)));
    for (const Scenario& scenario : file.scenarios())
      build(file, scenario);
  } catch (const InputError& error) {
    const std::string message = error.what();
    fuzz::require_clear(message);
    fuzz::require(message.starts_with("f.json:"), "a message begins with the file", message);
  }
  return 0;
}
