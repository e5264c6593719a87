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

// The scenario's own paths are known by its processes only.
void check_is_run(const ir::Model& model, const std::string& path) {
  std::vector<std::string> names;
  for (const ir::Process& process : model.processes)
    names.push_back(process.path);
  if (std::ranges::find(names, path) != names.end()) return;
  for (const kernel::PathEntry& entry : kernel::all_paths()) {
    if (entry.name == path)
      throw UsageError(fmt::format("{}: no process runs {}", model.name, path));
    names.push_back(entry.name);
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  throw UsageError(kernel::unknown("path", path, names));
}

// The model of the path's subsystem with nothing special about it.
ir::Model small_model(const std::string& path, const kernel::Overrides& overrides) {
  std::vector<std::string> names;
  for (const kernel::Subsystem& subsystem : kernel::subsystems())
    for (const kernel::PathEntry& entry : subsystem.paths) {
      if (entry.name == path)
        return kernel::build_model(kernel::small_scenario(subsystem, overrides));
      names.push_back(entry.name);
    }
  throw UsageError(kernel::unknown("path", path, names));
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
  const Candidate candidate = load_one(options.difference, overrides_of(options.kernel));
  for (const std::string& path : options.outputs.paths)
    write_output(path, written([&](std::ostream& out) {
                   const bool is_colour = path == "-" && stdout_has_colour();
                   write_difference(candidate, options.path, is_colour, out);
                 }));
  return as_expected;
}

Status show(const ShowOptions& options) {
  if (!options.difference.empty()) return show_difference(options);
  if (options.path.empty()) throw UsageError("path is required; try --help");
  const kernel::Overrides overrides = overrides_of(options.kernel);
  const std::vector<std::string> wanted = forms_of(options.outputs, machine_forms);
  const ir::Model model = options.scenario.empty() ? small_model(options.path, overrides)
                                                   : load_one(options.scenario, overrides).model;
  check_is_run(model, options.path);
  const std::vector<int> numbers = machines(model, options.path);

  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::string& path = options.outputs.paths[i];
    const bool is_colour = path == "-" && stdout_has_colour();
    const auto write_text = [&](std::ostream& out) {
      for (const int number : numbers) {
        if (number != numbers.front()) out << '\n';
        report::write_machine_text(model, number, is_colour, out);
      }
    };
    const auto write_diagram = [&](std::ostream& out) {
      report::write_machine_diagram(model, numbers.front(), out);
    };
    write_output(path,
                 wanted[i] == "txt"    ? written(write_text)
                 : wanted[i] == "json" ? kernel::own::path_as_json(model, numbers.front())
                                       : drawn(wanted[i], write_diagram));
  }
  return as_expected;
}

} // namespace

void add_show(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ShowOptions>();
  CLI::App* command = app.add_subcommand("show", "Show the state machine of a kernel path");
  command
      ->add_option("path",
                   options->path,
                   "A path, as `stalemate list paths` prints it, or one of the scenario's own")
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
      "  stalemate show reclaim -o reclaim.svg\n"
      "  stalemate show --as json reclaim\n"
      "  stalemate show --diff R1#valid --patch my-patch.json\n"
      "  stalemate show buffered_write --scenario scenarios/iomap/R1-write-vs-reclaim.json#estale");
  command->callback([options, &action] { action = [options] { return show(*options); }; });
}

} // namespace stalemate::cli
