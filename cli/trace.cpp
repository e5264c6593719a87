#include "cli/caption.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/idle_options.hpp"
#include "cli/output.hpp"
#include "cli/output_form.hpp"
#include "cli/reach.hpp"
#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "cli/switches.hpp"
#include "cli/write_trace.hpp"
#include "reports/diagram.hpp"
#include "reports/itf.hpp"
#include "reports/ladder.hpp"
#include "reports/mermaid.hpp"
#include "reports/page.hpp"
#include "reports/shiviz.hpp"
#include "reports/trace_text.hpp"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

const std::vector<std::string> trace_forms{
    "svg", "png", "pdf", "dot", "json", "txt", "html", "ladder", "mermaid", "itf", "shiviz"};

struct TraceOptions {
  std::string file;
  OutputOptions outputs;
  bool slice = false;
  bool all_steps = false;
  bool fewest_switches = false;
  SearchOptions search;
  ScenarioOptions scenario;
};

std::string content(const std::string& form,
                    bool is_colour,
                    const TraceOptions& trace_options,
                    const Candidate& candidate,
                    const Finding& finding) {
  const ScenarioOptions& options = trace_options.scenario;
  const Trace& trace = *finding.trace;
  const ir::Model& model = candidate.model;
  const report::Caption caption = title(candidate, finding.shown());
  if (form == "txt")
    return written([&](std::ostream& out) {
      const auto detailed = trace_options.slice ? report::Detailed::slice : report::Detailed::steps;
      report::write_trace_text(model, trace, caption, detailed, is_colour, out);
    });
  if (form == "ladder")
    return written([&](std::ostream& out) { report::write_ladder(model, trace, caption, out); });
  if (form == "html")
    return written(
        [&](std::ostream& out) { report::write_trace_html(model, trace, caption, out); });
  if (form == "mermaid")
    return written([&](std::ostream& out) { report::write_mermaid(model, trace, caption, out); });
  if (form == "itf")
    return written([&](std::ostream& out) { report::write_itf(model, trace, caption, out); });
  if (form == "shiviz")
    return written([&](std::ostream& out) { report::write_shiviz(model, trace, out); });
  if (form == "json") return trace_json(candidate, options, finding);
  const auto fold = trace_options.all_steps ? report::Fold::never
                    : trace_options.slice   ? report::Fold::always
                                            : report::Fold::long_ones;
  return drawn(form,
               [&](std::ostream& out) { report::write_diagram(model, trace, caption, fold, out); });
}

Status trace(const TraceOptions& options) {
  const std::vector<std::string> wanted = forms_of(options.outputs, trace_forms);
  for (const std::string& path : options.outputs.paths)
    expect_writable(path);
  const Limits limits = limits_of(options.search);
  const Candidate candidate = asked(
      load_one(options.file, overrides_of(options.scenario, {options.file})), options.scenario);
  say_idle_options({candidate}, options.search);
  Finding finding = find(candidate, limits, reductions_of(options.search));
  audit(candidate, options.search.audit, limits, finding);
  if (options.fewest_switches) take_fewest_switches(candidate, finding);
  const auto complain = [&](const std::string& what) {
    std::cerr << "stalemate: " << candidate.name() << ": " << what << '\n';
  };
  for (const auto& list : {finding.surprises, finding.hints, idle_knobs(candidate)})
    for (const std::string& remark : list)
      complain(remark);
  if (!finding.trace) {
    std::cerr << "stalemate: there is no trace: " << verdict_line(candidate, finding);
    const bool holds = finding.result.verdict == Verdict::holds;
    std::cerr << (holds ? "; --reach end has a run that ends well\n" : "\n");
    return finding.status() == as_expected ? not_as_expected : finding.status();
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::string& path = options.outputs.paths[i];
    const bool is_colour = path == "-" && stdout_has_colour();
    write_output(path, content(wanted[i], is_colour, options, candidate, finding));
  }
  if (!finding.mistake.empty()) std::cerr << finding.mistake << '\n';
  // Who asks for a trace and gets it has what he asked for.
  const bool is_wrong = finding.result.verdict == Verdict::model_error;
  return finding.is_question && !is_wrong ? as_expected : finding.status();
}

} // namespace

void add_trace(CLI::App& app, Action& action) {
  const auto options = std::make_shared<TraceOptions>();
  CLI::App* command = app.add_subcommand("trace", "Write a counterexample as diagram or text");
  add_variant_argument(*command, options->file);
  add_outputs(*command, options->outputs, trace_forms);
  CLI::Option* slice = command->add_flag(
      "--slice",
      options->slice,
      "Of txt and pictures, only the steps that matter to what broke; pictures that would be long "
      "fold the others anyway");
  command->add_flag("--all-steps", options->all_steps, "Of pictures, fold nothing")
      ->excludes(slice);
  add_switches_option(*command, options->fewest_switches);
  add_scenario_options(*command, options->scenario);
  add_claim_option(*command, options->scenario);
  add_reach_option(*command, options->scenario);
  add_search_options(*command, options->search);
  command->footer(command->get_footer() +
                  "\nhtml: one page to step through, without a network; ladder: the race as in a "
                  "commit message, 72 columns; mermaid: a sequence "
                  "diagram (.mmd too); itf: for viewers of TLA+ traces (X.itf.json too); shiviz: a "
                  "log with vector clocks"
                  "\n\nExamples:\n"
                  "  stalemate trace scenarios/iomap/R1-write-vs-reclaim.json#none -o R1.svg\n"
                  "  stalemate trace scenarios/iomap/R1-write-vs-reclaim.json#none -o R1.pdf -o "
                  "R1.json\n"
                  "  stalemate trace scenarios/iomap/R1-write-vs-reclaim.json#none --format dot\n"
                  "  stalemate trace R1#none -o R1.html\n"
                  "  stalemate trace R1#none -f ladder\n"
                  "  stalemate trace R1#none -f mermaid -o R1.mmd\n"
                  "  stalemate trace R1#none -o R1.itf.json -o R1.shiviz\n"
                  "  stalemate trace R1#valid --reach end -o R1-holds.svg\n"
                  "  stalemate trace D1#truncate --fewest-switches");
  command->callback([options, &action] { action = [options] { return trace(*options); }; });
}

} // namespace stalemate::cli
