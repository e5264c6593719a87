#include "checker/inquiry/drawn_graph.hpp"
#include "cli/caption.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/load.hpp"
#include "cli/output.hpp"
#include "cli/output_form.hpp"
#include "cli/scenario_options.hpp"
#include "cli/usage.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/excerpt.hpp"
#include "reports/state_graph.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

const std::vector<std::string> graph_forms{"svg", "png", "pdf", "dot"};

struct GraphOptions {
  std::string file;
  OutputOptions outputs{{"-"}, "dot"};
  std::vector<std::string> by;
  int states_max = 20'000;
  int nodes_max = 300;
  bool every_state = false;
  ScenarioOptions scenario;
};

/// "folio.dirty" is every cell of it, "folio[0].dirty" one, "writer0" where it stands.
void add_cells(const ir::Model& model, const std::string& word, std::vector<ir::Cell>& cells) {
  std::vector<std::string> known;
  for (int v = 0; v < static_cast<int>(model.variables.size()); ++v) {
    const ir::Variable& variable = model.variables[static_cast<std::size_t>(v)];
    const bool is_location = variable.kind == ir::Kind::location;
    const std::string& name = is_location
                                  ? model.processes[static_cast<std::size_t>(variable.owner)].name
                                  : variable.name;
    known.push_back(name);
    for (int i = 0; i < variable.cells(); ++i)
      if (word == name || (!is_location && word == ir::cell_name(variable, i)))
        cells.push_back({v, i});
  }
  if (cells.empty()) throw UsageError("--by: " + kernel::unknown("variable", word, known));
}

std::vector<ir::Cell> cells_of(const ir::Model& model, const std::vector<std::string>& words) {
  std::vector<ir::Cell> cells;
  for (const std::string& word : words) {
    std::vector<ir::Cell> found;
    add_cells(model, word, found);
    cells.insert(cells.end(), found.begin(), found.end());
  }
  return cells;
}

Status graph(const GraphOptions& options) {
  const std::vector<std::string> wanted = forms_of(options.outputs, graph_forms);
  const Candidate candidate =
      load_one(options.file, overrides_of(options.scenario, {options.file}));
  if (kernel::lockless::is_for_relacy(candidate.scenario))
    throw UsageError(candidate.name() + ": Relacy executes it, there are no states; the search has "
                                        "those of the variants whose names end in -sc");
  const ir::Model model = model_of(candidate, Verdict::holds);
  const std::vector<ir::Cell> cells = cells_of(model, options.by);
  const auto whole = drawn_graph(model, static_cast<std::size_t>(options.states_max));
  if (!whole)
    throw UsageError(
        fmt::format("{} has more than {}: too many to draw; a smaller scenario, or "
                    "--states-max with --by",
                    candidate.name(),
                    report::counted(static_cast<std::uint64_t>(options.states_max), "state")));
  DrawnGraph drawn_states = cells.empty() ? *whole : seen_through(*whole, cells);
  if (!options.every_state && cells.empty()) drawn_states = with_merged_runs(drawn_states);
  const std::size_t nodes = drawn_states.nodes.size();
  if (nodes > static_cast<std::size_t>(options.nodes_max))
    throw UsageError(fmt::format(
        "{}: {} would be drawn, more than --nodes-max {}; --by VARIABLE draws those as one that "
        "agree in it",
        candidate.name(),
        report::counted(nodes, "state"),
        options.nodes_max));
  report::Caption caption{head_of(candidate), "", {}};
  caption.verdict =
      cells.empty()
          ? fmt::format("{}, {} drawn: those where processes take turns, runs part, or end",
                        report::counted(whole->nodes.size(), "state"),
                        nodes)
          : fmt::format("{}, as {} by {}",
                        report::counted(whole->nodes.size(), "state"),
                        nodes,
                        fmt::join(options.by, ", "));
  if (options.every_state && cells.empty())
    caption.verdict = report::counted(whole->nodes.size(), "state");
  for (std::size_t i = 0; i < wanted.size(); ++i)
    write_output(options.outputs.paths[i], drawn(wanted[i], [&](std::ostream& out) {
                   report::write_state_graph(model, drawn_states, cells, caption, out);
                 }));
  return as_expected;
}

} // namespace

void add_graph(CLI::App& app, Action& action) {
  const auto options = std::make_shared<GraphOptions>();
  CLI::App* command = app.add_subcommand("graph", "Draw the reachable states of a small scenario");
  add_variant_argument(*command, options->file);
  add_outputs(*command, options->outputs, graph_forms);
  command
      ->add_option("--by",
                   options->by,
                   "States that agree in these are one: folio.dirty, folio[0].dirty, or a process "
                   "for where it stands")
      ->type_name("NAME,...")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_flag(
      "--every-state", options->every_state, "Without --by: also those that a process only passes");
  command->add_option("--states-max", options->states_max, "Refuse what has more; 20000 if absent")
      ->type_name("N")
      ->check(between(1, 10'000'000));
  command->add_option("--nodes-max", options->nodes_max, "Refuse to draw more; 300 if absent")
      ->type_name("N")
      ->check(between(1, 3000));
  add_scenario_options(*command, options->scenario);
  command->footer(
      command->get_footer() +
      "; dot if absent\n"
      "Red: a claim breaks, or nobody can move. A double border: everyone has ended or "
      "rests.\n\n"
      "Examples:\n"
      "  stalemate graph C5#dirty-first-sc -o C5.svg\n"
      "  stalemate graph R1#none --by extent,folio.dirty,folio.present -o R1-states.svg\n"
      "  stalemate graph DL4#exclusive -f dot");
  command->callback([options, &action] { action = [options] { return graph(*options); }; });
}

} // namespace stalemate::cli
