#include "cli/check_reports.hpp"

#include "cli/output.hpp"
#include "cli/output_form.hpp"
#include "cli/usage.hpp"
#include "cli/version.hpp"
#include "model/scenario/excerpt.hpp"
#include "reports/check_github.hpp"
#include "reports/check_table.hpp"
#include "reports/junit.hpp"
#include "reports/ktap.hpp"
#include "reports/page.hpp"
#include "reports/sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace stalemate::cli {

namespace {

const std::vector<std::string> report_formats{
    "text", "json", "junit", "sarif", "ktap", "github", "markdown", "html"};

void write_report(const std::string& format,
                  const std::vector<report::CheckRow>& rows,
                  const std::optional<report::CheckPart>& part,
                  report::Rows printed,
                  bool is_colour,
                  std::ostream& out) {
  if (format == "json") return report::write_check_json(rows, part, out);
  if (format == "junit") return report::write_junit(rows, out);
  if (format == "sarif") return report::write_sarif(rows, program_version, out);
  if (format == "ktap") return report::write_ktap(rows, out);
  if (format == "github") return report::write_check_github(rows, out);
  if (format == "markdown") return report::write_check_markdown(rows, out);
  if (format == "html") return report::write_check_html(rows, out);
  report::write_check_text(rows, printed, is_colour, out);
}

} // namespace

void add_report_options(CLI::App& command, ReportOptions& options) {
  command
      .add_option("-f,--format",
                  options.format,
                  fmt::format("Of the result on stdout: {}", fmt::join(report_formats, ", ")))
      ->type_name("FORMAT")
      ->check(one_of("format", report_formats));
  command
      .add_option(
          "--report",
          options.reports,
          "Write it into a file as well, as in junit=FILE; once per file. The file is there "
          "from the start, and clean only when everything was run")
      ->type_name("FORMAT=FILE")
      ->allow_extra_args(false);
  command.add_flag(
      "-q,--quiet", options.quiet, "Of the table only what is not as expected, and the sum");
}

ReportFiles::ReportFiles(const ReportOptions& options) : options_(options) {
  for (const std::string& report : options.reports) {
    const auto equal = std::min(report.find('='), report.size());
    File file{report.substr(0, equal), report.substr(std::min(equal + 1, report.size()))};
    if (file.path.empty())
      throw UsageError(fmt::format("--report: {} is not like junit=FILE; known: {}",
                                   kernel::excerpt(report),
                                   fmt::join(report_formats, ", ")));
    if (file.path == "-") // It would be written again and again, as a file is.
      throw UsageError(
          fmt::format("--report: {} is no file; --format is for stdout", kernel::excerpt(report)));
    if (std::ranges::find(report_formats, file.format) == report_formats.end())
      throw UsageError("--report: " + kernel::unknown("format", file.format, report_formats));
    if (std::ranges::find(files_, file.path, &File::path) != files_.end())
      throw UsageError(fmt::format("--report: {} is given twice", kernel::excerpt(file.path)));
    files_.push_back(std::move(file));
  }
}

bool ReportFiles::has(const std::string& format) const {
  return options_.format == format ||
         std::ranges::find(files_, format, &File::format) != files_.end();
}

bool ReportFiles::has_traces() const {
  return has("html") || (part_ && has("json"));
}

std::vector<std::string> ReportFiles::paths() const {
  std::vector<std::string> paths;
  for (const File& file : files_)
    paths.push_back(file.path);
  return paths;
}

void ReportFiles::write(const std::vector<report::CheckRow>& rows) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  for (const File& file : files_)
    write_output(file.path, written([&](std::ostream& out) {
                   write_report(file.format, rows, part_, report::Rows::all, false, out);
                 }));
  const auto end = Clock::now();
  // Large reports may not become the main work.
  due_ = end + std::max<Clock::duration>(std::chrono::seconds(2), 20 * (end - start));
}

bool ReportFiles::is_due() const {
  return !files_.empty() && std::chrono::steady_clock::now() >= due_;
}

void ReportFiles::write_stdout(const std::vector<report::CheckRow>& rows) const {
  // Of wrong files alone there is no table; what is wrong is on stderr.
  const bool is_text = options_.format == "text";
  if (is_text && std::ranges::all_of(rows, [](const auto& row) { return !row.mistake.empty(); }) &&
      !rows.empty())
    return;
  write_report(options_.format,
               rows,
               part_,
               options_.quiet ? report::Rows::unexpected : report::Rows::all,
               stdout_has_colour(),
               std::cout);
}

} // namespace stalemate::cli
