#include "cli/commands.hpp"
#include "cli/load.hpp"
#include "cli/output.hpp"
#include "cli/output_form.hpp"
#include "cli/scenario_options.hpp"
#include "cli/show_diff.hpp"
#include "cli/usage.hpp"
#include "model/own/write.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/subsystem.hpp"
#include "reports/machine.hpp"
#include "reports/machine_diagram.hpp"
#include "reports/machine_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

const std::vector<std::string> machine_forms{"svg", "png", "pdf", "dot", "txt", "json"};

struct ShowOptions {
  std::string path;
  std::string scenario;
  std::string difference; ///< Of which scenario to show what its edits change; or empty.
  OutputOptions outputs;
  ScenarioOptions kernel;
};

// What is to be shown: a path, or the part of it that is one kernel function.
struct Wanted {
  std::string path;
  std::string function;            ///< Empty: all of it.
  std::vector<std::string> others; ///< More paths that contain the function.
  ir::Model model;
};

bool contains(const ir::Model& model, int process, const std::string& function) {
  return std::ranges::any_of(
      report::machine(model, process).blocks,
      [&](const report::MachineBlock& block) { return block.function == function; });
}

// The paths of a model that contain a function, in its order.
std::vector<std::string> paths_with(const ir::Model& model, const std::string& function) {
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < model.processes.size(); ++i) {
    const std::string& path = model.processes[i].path;
    if (std::ranges::find(paths, path) == paths.end() &&
        contains(model, static_cast<int>(i), function))
      paths.push_back(path);
  }
  return paths;
}

void add_functions(const ir::Model& model, std::vector<std::string>& names) {
  for (std::size_t i = 0; i < model.processes.size(); ++i)
    for (const report::MachineBlock& block : report::machine(model, static_cast<int>(i)).blocks)
      if (std::ranges::find(names, block.function) == names.end()) names.push_back(block.function);
}

// The model of the path's subsystem with nothing special about it, or of one that has a function
// of this name.
Wanted wanted(const std::string& name, const kernel::Overrides& overrides) {
  const auto small = [&](const kernel::Subsystem& subsystem) {
    return kernel::build_model(kernel::small_scenario(subsystem, overrides));
  };
  std::vector<std::string> names;
  for (const kernel::Subsystem& subsystem : kernel::subsystems())
    for (const kernel::PathEntry& entry : subsystem.paths) {
      if (entry.name == name) return {name, "", {}, small(subsystem)};
      names.push_back(entry.name);
    }
  for (const kernel::Subsystem& subsystem : kernel::subsystems()) {
    ir::Model model = small(subsystem);
    std::vector<std::string> paths = paths_with(model, name);
    if (!paths.empty()) {
      const std::string first = paths.front();
      paths.erase(paths.begin());
      return {first, name, std::move(paths), std::move(model)};
    }
    add_functions(model, names);
  }
  throw UsageError(kernel::unknown("path or kernel function", name, names));
}

// In a scenario's model: a path that some process runs, the scenario's own among them, or the first
// that has the function.
Wanted wanted_in(ir::Model model, const std::string& name) {
  const auto runs = [&](const ir::Process& process) { return process.path == name; };
  if (std::ranges::any_of(model.processes, runs)) return {name, "", {}, std::move(model)};
  Wanted what{"", name, paths_with(model, name), {}};
  if (what.others.empty()) {
    const auto paths = kernel::all_paths();
    if (std::ranges::find(paths, name, &kernel::PathEntry::name) != paths.end())
      throw UsageError(fmt::format("{}: no process runs {}", model.name, name));
    std::vector<std::string> known;
    for (const ir::Process& process : model.processes)
      if (std::ranges::find(known, process.path) == known.end()) known.push_back(process.path);
    add_functions(model, known);
    throw UsageError(kernel::unknown("path", name, known));
  }
  what.path = what.others.front();
  what.others.erase(what.others.begin());
  what.model = std::move(model);
  return what;
}

// The processes that run the path, one for each machine. A diagram has room for the first.
std::vector<int> machines(const ir::Model& model, const std::string& path) {
  std::vector<int> numbers;
  for (std::size_t i = 0; i < model.processes.size(); ++i) {
    const ir::Process& process = model.processes[i];
    const bool is_known = std::ranges::any_of(numbers, [&](int known) {
      return report::is_same_machine(model.processes[static_cast<std::size_t>(known)], process);
    });
    if (process.path == path && !is_known) numbers.push_back(static_cast<int>(i));
  }
  return numbers;
}

Status show_difference(const ShowOptions& options) {
  if (!options.scenario.empty())
    throw UsageError("--diff names the scenario; --scenario is not needed");
  for (const std::string& form : forms_of(options.outputs, machine_forms))
    if (form != "txt") throw UsageError(fmt::format("--diff is text, and no {}", form));
  const Candidate candidate =
      load_one(options.difference, overrides_of(options.kernel, {options.difference}));
  for (const std::string& path : options.outputs.paths)
    write_output(path, written([&](std::ostream& out) {
                   const bool is_colour = path == "-" && stdout_has_colour();
                   write_difference(candidate, options.path, is_colour, out);
                 }));
  return as_expected;
}

Status show(const ShowOptions& options) {
  if (!options.difference.empty()) return show_difference(options);
  if (options.path.empty())
    throw UsageError(
        "PATH is missing: a kernel path or function, `stalemate list paths` has them; try --help");
  const kernel::Overrides overrides = overrides_of(options.kernel, {options.scenario});
  const bool is_small = options.scenario.empty();
  const std::vector<std::string> wanted_forms = forms_of(options.outputs, machine_forms);
  Wanted what = is_small ? wanted(options.path, overrides)
                         : wanted_in(load_one(options.scenario, overrides).model, options.path);
  const ir::Model& model = what.model;
  const std::vector<int> numbers = machines(model, what.path);
  if (numbers.empty())
    throw UsageError(fmt::format("{}: no process runs {}", model.name, what.path));

  for (std::size_t i = 0; i < wanted_forms.size(); ++i) {
    const std::string& path = options.outputs.paths[i];
    const bool is_colour = path == "-" && stdout_has_colour();
    const auto write_text = [&](std::ostream& out) {
      for (const int number : numbers) {
        if (number != numbers.front()) out << '\n';
        report::write_machine_text(model, number, is_colour, out, what.function);
      }
      if (!what.others.empty())
        out << fmt::format("\n{} is also in {}\n", what.function, fmt::join(what.others, ", "));
    };
    const auto write_diagram = [&](std::ostream& out) {
      report::write_machine_diagram(model, numbers.front(), out);
    };
    write_output(path,
                 wanted_forms[i] == "txt"    ? written(write_text)
                 : wanted_forms[i] == "json" ? kernel::own::path_as_json(model, numbers.front())
                                             : drawn(wanted_forms[i], write_diagram));
  }
  return as_expected;
}

} // namespace

void add_show(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ShowOptions>();
  CLI::App* command = app.add_subcommand("show", "Show the state machine of a kernel path");
  command
      ->add_option(
          "path",
          options->path,
          "A path, as `stalemate list paths` prints it, a kernel function in one, or one of "
          "the scenario's own paths")
      ->type_name("PATH-NAME");
  command
      ->add_option("--scenario",
                   options->scenario,
                   "As it is in this scenario; a small one with the kernel's defaults if absent")
      ->type_name("FILE[#VARIANT]");
  command
      ->add_option("--diff",
                   options->difference,
                   "What the edits of this scenario make of its paths, or of the one that is named")
      ->type_name("FILE[#VARIANT]");
  add_scenario_options(*command, options->kernel);
  add_outputs(*command, options->outputs, machine_forms);
  command->add_option("--as", options->outputs.format, "The same as --format")
      ->type_name("FORM")
      ->transform([](const std::string& form) { return form == "text" ? "txt" : form; })
      ->check(one_of("form", machine_forms));
  command->footer(
      command->get_footer() +
      "\n\nExamples:\n"
      "  stalemate show buffered_write\n"
      "  stalemate show iomap_write_begin\n"
      "  stalemate show reclaim -o reclaim.svg\n"
      "  stalemate show --as json reclaim\n"
      "  stalemate show --diff R1#valid --patch my-patch.json\n"
      "  stalemate show buffered_write --scenario scenarios/iomap/R1-write-vs-reclaim.json#estale");
  command->callback([options, &action] { action = [options] { return show(*options); }; });
}

} // namespace stalemate::cli
