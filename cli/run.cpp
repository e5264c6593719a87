#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/output.hpp"
#include "cli/search_options.hpp"
#include "cli/signals.hpp"
#include "cli/usage.hpp"
#include "reports/story.hpp"
#include "reports/trace_text.hpp"
#include "reports/verdict_text.hpp"
#include "reports/wrap.hpp"

#include <iostream>
#include <memory>
#include <string>

namespace stalemate::cli {

namespace {

struct RunOptions {
  std::string file;
  SearchOptions search;
  std::string engine = "search";
  RelacyBound relacy;
};

void print(const Candidate& candidate, const Finding& finding, std::ostream& out) {
  const kernel::Scenario& scenario = candidate.scenario;
  const bool is_searched = finding.within.empty();
  if (is_searched)
    report::write_verdict_text(
        candidate.name(), candidate.model, finding.result, scenario.expect.never_taken, out);
  else
    for (const std::string& line : report::wrapped(verdict_line(candidate, finding), 100, 2))
      out << line << '\n';
  for (const std::string& surprise : finding.surprises)
    for (const std::string& line : report::wrapped("NOT AS EXPECTED: " + surprise, 98, 2))
      out << "  " << line << '\n';
  if (finding.status() == as_expected)
    out << (scenario.expect.stated ? "  as expected\n" : "  as expected: nothing else is stated\n");
  if (!finding.trace) return;
  out << '\n';
  report::write_trace_text(candidate.model,
                           *finding.trace,
                           report::title_of(candidate.name(),
                                            candidate.model,
                                            *finding.trace,
                                            is_searched && finding.result.is_shortest),
                           stdout_has_colour(),
                           out);
}

Status run(const RunOptions& options) {
  const Limits limits = limits_of(options.search);
  const Reductions reductions = reductions_of(options.search);
  Status status = as_expected;
  bool is_first = true;
  for (const Candidate& candidate : load(options.file)) {
    if (is_interrupted()) break;
    const Finding finding = options.engine == "relacy"
                                ? second_opinion(candidate, options.relacy, limits)
                                : find(candidate, limits, reductions);
    audit(candidate, options.search.audit);
    if (!is_first) std::cout << '\n';
    is_first = false;
    print(candidate, finding, std::cout);
    flush_stdout();
    status = gravest(status, finding.status());
  }
  return status;
}

} // namespace

void add_run(CLI::App& app, Action& action) {
  const auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand("run", "Explore one scenario, print verdict and trace");
  command->add_option("scenario", options->file, "All variants of a file, or one; - is stdin")
      ->type_name("FILE[#VARIANT]")
      ->required();
  command
      ->add_option("--engine",
                   options->engine,
                   "search, or relacy: a second opinion by executing the model, within a bound")
      ->type_name("ENGINE")
      ->check(one_of("engine", {"search", "relacy"}));
  command
      ->add_option("--switches",
                   options->relacy.switches,
                   "Of relacy: preemptive switches of an execution, 2 if absent")
      ->type_name("N")
      ->check(CLI::Range(0, 8));
  add_search_options(*command, options->search);
  command->footer("Examples:\n"
                  "  stalemate run scenarios/iomap/R1-write-vs-reclaim.json\n"
                  "  stalemate run scenarios/iomap/R1-write-vs-reclaim.json#none\n"
                  "  stalemate run --engine relacy scenarios/iomap/R1-write-vs-reclaim.json#none\n"
                  "  stalemate run --time-max 30s - < my-scenario.json");
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace stalemate::cli
