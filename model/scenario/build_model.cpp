#include "model/scenario/build_model.hpp"

#include "checker/builder/path.hpp"
#include "model/objects/world.hpp"
#include "model/paths/paths.hpp"
#include "model/properties/properties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace stalemate::kernel {

namespace {

template <typename Entry>
const Entry* find(const std::vector<Entry>& entries, const std::string& name) {
  const auto found = std::find_if(
      entries.begin(), entries.end(), [&](const Entry& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

/// A process of the model: one that the scenario lists, or one that comes with another.
struct Cast {
  std::string name;
  const PathEntry* path;
  Options options;
};

Options options_of(const PathEntry& path, const std::map<std::string, int>& given) {
  Options options;
  for (const PathOption& option : path.options) {
    const auto found = given.find(option.name);
    options[option.name] = found == given.end() ? option.initial : found->second;
  }
  return options;
}

/// What the option ranges cannot say: that a process stays inside this file.
void check_inside_file(const Scenario& scenario,
                       const Geometry& geometry,
                       std::size_t number,
                       const Options& options) {
  const ProcessSpec& process = scenario.processes[number];
  const auto refuse = [&](const char* option, const std::string& what) {
    const bool is_given = process.options.contains(option);
    throw ScenarioError(
        fmt::format("/processes/{}{}{}", number, is_given ? "/" : "", is_given ? option : ""),
        what);
  };
  const auto option = [&](const char* name) {
    const auto found = options.find(name);
    return found == options.end() ? 0 : found->second;
  };
  if (options.contains("at") && option("at") >= geometry.segments())
    refuse("at", fmt::format("the file has segments 0..{}", geometry.segments() - 1));
  if (option("at") + option("segments") > geometry.segments())
    refuse("segments",
           fmt::format("{} segments from {} on leave the file, which has {}",
                       option("segments"),
                       option("at"),
                       geometry.segments()));
  if (options.contains("buffer_folio") && option("buffer_folio") >= geometry.folios())
    refuse("buffer_folio", fmt::format("the file has folios 0..{}", geometry.folios() - 1));
}

std::vector<Cast> cast_of(const Scenario& scenario, const Geometry& geometry) {
  std::vector<Cast> cast;
  std::map<std::string, int> counts;
  std::set<std::string> names;
  for (std::size_t i = 0; i < scenario.processes.size(); ++i) {
    const ProcessSpec& process = scenario.processes[i];
    const PathEntry* path = find(paths(), process.path);
    if (path == nullptr || path->automatic)
      throw ScenarioError(fmt::format("/processes/{}/path", i), "is no path that a scenario runs");

    const int rank = counts[path->process]++;
    auto name = process.name;
    if (name.empty())
      name =
          path->is_daemon && rank == 0 ? path->process : fmt::format("{}{}", path->process, rank);
    if (!names.insert(name).second)
      throw ScenarioError(fmt::format("/processes/{}", i), "another process is called " + name);

    const Options options = options_of(*path, process.options);
    check_inside_file(scenario, geometry, i, options);
    cast.push_back({name, path, options});
  }
  if (first_process(scenario, "writeback") == ir::none) return cast;

  const PathEntry* completion = find(paths(), "io_completion");
  for (int b = 0; b < geometry.blocks; ++b)
    cast.push_back({fmt::format("{}{}", completion->process, b), completion, {{"block", b}}});
  return cast;
}

void declare_property(build::Model& model, World& world, const PropertyEntry& property) {
  switch (property.kind) {
  case ir::PropertyKind::invariant:
    model.invariant(property.name, property.claim, property.parts(world));
    return;
  case ir::PropertyKind::assertion:
    world.claims.*property.member = model.assertion(property.name, property.claim);
    return;
  case ir::PropertyKind::no_deadlock:
    model.no_deadlock(property.name, property.claim);
    return;
  }
}

void declare_properties(build::Model& model, World& world, const Scenario& scenario) {
  if (scenario.properties.empty()) {
    for (const PropertyEntry& property : properties())
      if (property.applies(scenario)) declare_property(model, world, property);
    return;
  }
  for (std::size_t i = 0; i < scenario.properties.size(); ++i) {
    const auto pointer = fmt::format("/properties/{}", i);
    const PropertyEntry* property = find(properties(), scenario.properties[i]);
    if (property == nullptr) throw ScenarioError(pointer, "unknown property");
    if (!property->applies(scenario))
      throw ScenarioError(pointer,
                          "nothing here can break it: no process runs " + property->checked_by);
    declare_property(model, world, *property);
  }
}

} // namespace

ir::Model build_model(const Scenario& scenario) {
  const Geometry geometry(scenario.file);
  const auto cast = cast_of(scenario, geometry);
  std::vector<std::string> names;
  for (const Cast& process : cast)
    names.push_back(process.name);

  const auto title = scenario.variant.empty() ? scenario.id : scenario.id + "#" + scenario.variant;
  build::Model model(names, title);
  World world = declare_world(model, scenario, names);
  declare_properties(model, world, scenario);
  for (const Cast& process : cast)
    model.process(process.name, process.path->name, [&](build::Path& path) {
      process.path->record(path, world, process.options);
    });
  return model.finish();
}

} // namespace stalemate::kernel
