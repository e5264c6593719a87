#include "model/dax/build_model.hpp"

#include "model/dax/knobs/knobs.hpp"
#include "model/dax/objects/world.hpp"
#include "model/dax/paths.hpp"
#include "model/dax/properties.hpp"
#include "model/scenario/record_model.hpp"
#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::dax {

namespace {

/// What the option ranges cannot say: that a process stays inside this file.
void check_inside_file(const Scenario& scenario,
                       int offsets,
                       std::size_t number,
                       const Options& options) {
  const auto at = options.find("at");
  if (at == options.end()) return;
  if (at->second >= offsets)
    refuse_option(scenario, number, "at", fmt::format("the file has offsets 0..{}", offsets - 1));
  const auto pages = options.find("pages");
  if (pages != options.end() && at->second + pages->second > offsets)
    refuse_option(scenario,
                  number,
                  "pages",
                  fmt::format("{} pages from {} on leave the file, which has {}",
                              pages->second,
                              at->second,
                              offsets));
}

void check_blocks(const DaxLayout& layout) {
  if (layout.blocks() == 0)
    throw ScenarioError("/dax/offsets",
                        "only holes, and no block to fill them: set dax.free_blocks to 1 or 2, or "
                        "make an offset mapped or present");
}

/// The page table is one process's, which faults nothing in once it has unmapped the file.
void check_unmaps(const Scenario& scenario, const std::vector<Cast>& cast) {
  for (std::size_t i = 0; i < cast.size(); ++i) {
    if (!unmaps_the_file(cast[i])) continue;
    if (std::ranges::count_if(cast, takes_references) > 1)
      refuse_option(scenario, i, "unmaps", "another process pins pages of the same mapping");
    if (cast[i].options.at("times") != 1)
      refuse_option(scenario, i, "unmaps", "the next request would find nothing mapped");
  }
}

/// There is one busy record, so that one process may free blocks.
void check_one_frees(const std::vector<Cast>& cast) {
  bool is_second = false;
  for (std::size_t i = 0; i < cast.size(); ++i) {
    if (!frees_blocks(cast[i])) continue;
    if (is_second)
      throw ScenarioError(fmt::format("/processes/{}", i),
                          "another process frees blocks already; the model has one busy extent");
    is_second = true;
  }
}

/// What the scenario lists, and the workers that come with it.
std::vector<Cast> cast_for(const Scenario& scenario, const Setup& setup) {
  std::vector<Cast> cast = cast_of(scenario, plain<PathEntry>(paths()));
  for (std::size_t i = 0; i < cast.size(); ++i)
    check_inside_file(scenario, static_cast<int>(setup.layout.offsets.size()), i, cast[i].options);
  const bool is_whole = setup.layout.has_every_worker;
  if (!is_whole) check_one_frees(cast);
  check_unmaps(scenario, cast);
  cast.push_back({"log", "dax_log_commit", {}});
  if (is_whole || setup.kernel.dax_discard != Discard::none)
    cast.push_back({"discard", "dax_discard_end", {}});
  if (is_whole || setup.has_callback_worker()) cast.push_back({"callback", "dax_page_idle", {}});
  return cast;
}

} // namespace

ir::Model build_model(const Scenario& scenario) {
  const Setup setup{.layout = std::any_cast<const DaxLayout&>(scenario.layout),
                    .kernel = kernel_with(knobs(), scenario.kernel),
                    .processes = scenario.processes};
  check_blocks(setup.layout);
  const auto cast = cast_for(scenario, setup);
  build::Model model(names_of(cast), title_of(scenario));
  World world = declare_world(model, setup, cast);
  declare_properties(model, world, scenario, properties());
  return record_processes(model, world, scenario, cast, paths(), properties());
}

} // namespace stalemate::kernel::dax
