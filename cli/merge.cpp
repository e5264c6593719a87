#include "cli/check_choice.hpp"
#include "cli/check_part.hpp"
#include "cli/check_reports.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

struct MergeOptions {
  std::vector<std::string> parts;
  ReportOptions reports;
};

/// What `check` would have ended with, had this been its only row.
Status status_of(const report::CheckRow& row) {
  switch (row.judgement()) {
  case report::Judgement::ok:
    return as_expected;
  case report::Judgement::mistake:
    return bad_input;
  case report::Judgement::incomplete:
    return not_complete;
  case report::Judgement::not_run:
    return row.is_skipped ? as_expected : not_complete;
  default:
    break;
  }
  if (row.found.verdict == Verdict::model_error) return row.edits.empty() ? broken : bad_input;
  return row.ok ? as_expected : not_as_expected;
}

Status merge(const MergeOptions& options) {
  ReportFiles files(options.reports);
  std::vector<PartFile> parts;
  for (const std::string& name : options.parts)
    parts.push_back({name, read_check_report(name)});
  const std::vector<report::CheckRow> rows = merged(std::move(parts));
  Status status = as_expected;
  for (const report::CheckRow& row : rows) {
    status = gravest(status, status_of(row));
    if (!row.mistake.empty())
      std::cerr << kernel::printable(fmt::format("{}:{}: {}", row.file, row.line, row.mistake))
                << '\n';
  }
  files.write_stdout(rows);
  files.write(rows);
  return status;
}

} // namespace

void add_merge(CLI::App& app, Action& action) {
  const auto options = std::make_shared<MergeOptions>();
  CLI::App* command =
      app.add_subcommand("merge", "Make one report of the parts that `check --shard` ran");
  command
      ->add_option("part",
                   options->parts,
                   "What --report json=FILE of each part wrote; all of them, in any order")
      ->type_name("FILE")
      ->required();
  add_report_options(*command, options->reports);
  command->footer(
      "The reports are those of a run that was never parted, byte for byte, and so is the exit\n"
      "status. Parts that are missing, given twice, or of another run are refused.\n\n"
      "Examples:\n"
      "  stalemate check --shard 1/2 --report json=part1.json scenarios\n"
      "  stalemate check --shard 2/2 --report json=part2.json scenarios\n"
      "  stalemate merge part1.json part2.json --report junit=junit.xml --report html=races.html");
  command->callback([options, &action] { action = [options] { return merge(*options); }; });
}

} // namespace stalemate::cli
