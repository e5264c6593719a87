#include "model/iomap/build_model.hpp"

#include "model/iomap/knobs/knobs.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths.hpp"
#include "model/iomap/properties.hpp"
#include "model/scenario/record_model.hpp"
#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

namespace {

/// What the option ranges cannot say: that a process stays inside this file.
void check_inside_file(const Scenario& scenario,
                       const Geometry& geometry,
                       std::size_t number,
                       const Options& options) {
  const auto refuse = [&](const char* option, const std::string& what) {
    refuse_option(scenario, number, option, what);
  };
  const auto option = [&](const char* name) {
    const auto found = options.find(name);
    return found == options.end() ? 0 : found->second;
  };
  if (options.contains("at") && option("at") >= geometry.segments())
    refuse("at",
           fmt::format("no segment {}; the file has segments 0..{}",
                       option("at"),
                       geometry.segments() - 1));
  if (option("at") + option("segments") > geometry.segments())
    refuse("segments",
           fmt::format("{} segments from {} on leave the file, which has {}",
                       option("segments"),
                       option("at"),
                       geometry.segments()));
  if (options.contains("block") && option("block") >= geometry.blocks)
    refuse("block",
           fmt::format(
               "no block {}; the file has blocks 0..{}", option("block"), geometry.blocks - 1));
  if (options.contains("buffer_folio") && option("buffer_folio") >= geometry.folios())
    refuse("buffer_folio",
           fmt::format("no folio {}; the file has folios 0..{}",
                       option("buffer_folio"),
                       geometry.folios() - 1));
}

/// A truncate to where there is nothing, or twice from one size to the same, cannot be told apart.
void check_truncate(const Scenario& scenario,
                    const Setup& setup,
                    std::size_t number,
                    const Options& options) {
  if (scenario.processes[number].path != "truncate") return;
  const int segments = Geometry(setup.file).segments();
  for (const char* option : {"to", "then"})
    if (options.at(option) > segments)
      refuse_option(
          scenario, number, option, fmt::format("the file has room for {} segments", segments));
  const int size = setup.file.size.value_or(segments);
  if (options.at("to") == size && options.at("then") == size)
    refuse_option(
        scenario, number, "then", fmt::format("both leave the size at {}, where it is", size));
}

/// A direct write behind i_size would have to zero what lies between, one to a shared block to
/// copy.
void check_direct_write(const Scenario& scenario, const Setup& setup, std::size_t number) {
  const ProcessSpec& process = scenario.processes[number];
  if (process.path != "dio_write") return;
  if (setup.file.size && option_of(process, "at", 0) > *setup.file.size)
    refuse_option(scenario, number, "at", "a direct write behind i_size is not modelled");
  const auto is_there = [](Extent block) { return block != Extent::hole; };
  if (std::ranges::find(setup.file.shared, true) != setup.file.shared.end() ||
      std::ranges::any_of(setup.file.cow, is_there))
    refuse_option(scenario, number, "path", "a direct write to a reflinked file is not modelled");
}

/// What the scenario lists, for every block its I/O, and for every direct request its bios.
std::vector<Cast> cast_for(const Scenario& scenario, const Setup& setup) {
  const Geometry geometry(setup.file);
  std::vector<Cast> cast = cast_of(scenario, plain<PathEntry>(paths()));
  for (std::size_t i = 0; i < cast.size(); ++i) {
    check_inside_file(scenario, geometry, i, cast[i].options);
    check_truncate(scenario, setup, i, cast[i].options);
    check_direct_write(scenario, setup, i);
  }
  for (int b = 0; setup.writes_back() && b < geometry.blocks; ++b)
    cast.push_back({fmt::format("ioend{}", b), "io_completion", {{"block", b}}});
  for (int p = 0, rank = 0; p < static_cast<int>(setup.processes.size()); ++p) {
    const auto& path = setup.processes[static_cast<std::size_t>(p)].path;
    if (path == "dio_write" || path == "dio_read")
      cast.push_back({fmt::format("bios{}", rank++), "dio_completion", {{"of", p}}});
  }
  return cast;
}

} // namespace

ir::Model build_model(const Scenario& scenario) {
  const Setup setup{.file = std::any_cast<const FileLayout&>(scenario.layout),
                    .kernel = kernel_with(knobs(), scenario.kernel),
                    .processes = scenario.processes};
  const auto cast = cast_for(scenario, setup);
  const auto names = names_of(cast);
  build::Model model(names, title_of(scenario));
  World world = declare_world(model, setup, names);
  declare_properties(model, world, scenario, properties());
  return record_processes(model, world, scenario, cast, paths());
}

} // namespace stalemate::kernel::iomap
