#include "checker/export/murphi.hpp"
#include "checker/export/promela.hpp"
#include "cli/commands.hpp"
#include "cli/load.hpp"
#include "cli/output.hpp"
#include "cli/usage.hpp"
#include "model/lockless/lockless.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>

namespace stalemate::cli {

namespace {

struct ExportOptions {
  std::string file;
  std::string language;
  std::string output = "-";
};

Status write_export(const ExportOptions& options) {
  const Candidate candidate = load_one(options.file);
  if (kernel::lockless::is_for_relacy(candidate.scenario))
    throw UsageError(candidate.name() +
                     ": Relacy executes it, there is no model; the search has one "
                     "of the variants whose names end in -sc");
  try {
    write_output(options.output,
                 options.language == "promela" ? promela(candidate.model)
                                               : murphi(candidate.model));
  } catch (const ir::InvalidModel& error) {
    throw UsageError(fmt::format("{}: {}", candidate.name(), error.what()));
  }
  return as_expected;
}

} // namespace

void add_export(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ExportOptions>();
  CLI::App* command =
      app.add_subcommand("export", "Write the model of a scenario for another checker");
  command->add_option("scenario", options->file, "One variant of a file; - is stdin")
      ->type_name("FILE[#VARIANT]")
      ->required();
  command->add_option("--to", options->language, "promela (for Spin) or murphi (for rumur)")
      ->type_name("LANGUAGE")
      ->check(one_of("language", {"promela", "murphi"}))
      ->required();
  command->add_option("-o,--output", options->output, "Where to; - is stdout, the default")
      ->type_name("FILE");
  command->footer(
      "The text opens with the commands that run it. The length of a shortest counterexample is\n"
      "that of `stalemate run`; so are states and transitions, where all are visited.\n\n"
      "Examples:\n"
      "  stalemate export scenarios/iomap/R1-write-vs-reclaim.json#none --to promela -o R1.pml\n"
      "  stalemate export scenarios/iomap/R1-write-vs-reclaim.json#valid --to murphi -o R1.m");
  command->callback([options, &action] { action = [options] { return write_export(*options); }; });
}

} // namespace stalemate::cli
