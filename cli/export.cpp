#include "checker/export/murphi.hpp"
#include "checker/export/promela.hpp"
#include "cli/commands.hpp"
#include "cli/load.hpp"
#include "cli/output.hpp"
#include "cli/usage.hpp"
#include "model/lockless/lockless.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>

namespace stalemate::cli {

namespace {

struct ExportOptions {
  std::string file;
  std::string language;
  std::string output = "-";
};

/// "C1-no-lock-chain": the engine of the variant does not matter.
std::string test_name(const Candidate& candidate) {
  std::string name = candidate.name();
  for (const std::string_view engine : {"-sc", "-random"})
    if (name.ends_with(engine)) name.resize(name.size() - engine.size());
  std::ranges::replace(name, '#', '-');
  return name;
}

Status write_litmus(const ExportOptions& options, const Candidate& candidate) {
  if (!kernel::lockless::is_protocol(candidate.scenario))
    throw UsageError(candidate.name() +
                     ": a litmus test is of a lock-free protocol, and this scenario is none; those "
                     "of scenarios/lockless are");
  write_output(options.output,
               kernel::lockless::litmus_test(candidate.scenario, test_name(candidate)));
  return as_expected;
}

Status write_export(const ExportOptions& options) {
  const Candidate candidate = load_one(options.file);
  if (options.language == "litmus") return write_litmus(options, candidate);
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
  command
      ->add_option(
          "--to", options->language, "promela (for Spin), murphi (for rumur) or litmus (for herd7)")
      ->type_name("LANGUAGE")
      ->check(one_of("language", {"promela", "murphi", "litmus"}))
      ->required();
  command->add_option("-o,--output", options->output, "Where to; - is stdout, the default")
      ->type_name("FILE");
  command->footer(
      "The text opens with the commands that run it. The length of a shortest counterexample is\n"
      "that of `stalemate run`; so are states and transitions, where all are visited. A litmus "
      "test\n"
      "asks the kernel's own memory model about a protocol of scenarios/lockless.\n\n"
      "Examples:\n"
      "  stalemate export scenarios/iomap/R1-write-vs-reclaim.json#none --to promela -o R1.pml\n"
      "  stalemate export scenarios/iomap/R1-write-vs-reclaim.json#valid --to murphi -o R1.m\n"
      "  stalemate export C1#no-lock-chain --to litmus -o C1-no-lock-chain.litmus");
  command->callback([options, &action] { action = [options] { return write_export(*options); }; });
}

} // namespace stalemate::cli
