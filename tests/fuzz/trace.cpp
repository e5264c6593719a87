// A trace file of anybody, against the model that the best of them are of.

#include "checker/result/trace.hpp"
#include "cli/saved_trace.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"
#include "reports/trace_json.hpp"
#include "tests/fuzz/target.hpp"

#include <sstream>

using namespace stalemate;

namespace {

ir::Model model_of(const std::string& file) {
  const auto read = kernel::read_scenario_file(STALEMATE_SOURCE_DIR "/" + file);
  return kernel::build_model(read.scenarios().front());
}

/// What was executed can be saved, and is read as the same schedule.
void save_again(const ir::Model& model, const report::SavedTrace& saved, const Result& result) {
  const Trace trace = replay(model, result);
  report::TraceOrigin origin;
  origin.scenario = saved.scenario;
  origin.variant = saved.variant;
  std::ostringstream out;
  report::write_trace_json(model, trace, origin, out);
  const report::SavedTrace again = report::read_schedule(out.str());
  fuzz::require(!report::difference(model, trace, again), "a saved trace says what is so");
  const Result same = cli::executed(model, again);
  fuzz::require(same.verdict == result.verdict && same.property == result.property &&
                    same.schedule.size() == result.schedule.size() &&
                    same.loop.size() == result.loop.size(),
                "a saved trace is the same again");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ir::Model model = model_of("tests/fuzz/corpus/scenario/three-tasks.json");
  try {
    const report::SavedTrace saved = report::read_schedule(fuzz::text_of(data, size));
    (void)cli::followed(model, saved);
    save_again(model, saved, cli::executed(model, saved));
  } catch (const report::TraceFileError& error) {
    fuzz::require_clear(error.what());
  } catch (const cli::Misfit& error) {
    fuzz::require_clear(error.what());
  } catch (const ReplayError& error) {
    fuzz::require_clear(error.what());
  }
  return 0;
}
