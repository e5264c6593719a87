// The reports that `check` writes: one on stdout, and any number into files.
#pragma once

#include "reports/check_json.hpp"
#include "reports/check_row.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::cli {

struct ReportOptions {
  std::string format = "text";      ///< Of stdout.
  std::vector<std::string> reports; ///< junit=FILE
  bool quiet = false;               ///< Of text only what is not as expected.
};

void add_report_options(CLI::App& command, ReportOptions& options);

/// Writes the files of a run: before it begins, so that they are not clean if it is killed, now and
/// then, and when it is over.
class ReportFiles {
 public:
  /// Throws UsageError.
  explicit ReportFiles(const ReportOptions& options);

  /// What is written is about a part of a run.
  void set_part(const report::CheckPart& part) { part_ = part; }

  [[nodiscard]] bool has_traces() const; ///< Of each row that has one.

  [[nodiscard]] std::vector<std::string> paths() const;

  void write(const std::vector<report::CheckRow>& rows);

  /// Whether it is time to write them again; never if there are none.
  [[nodiscard]] bool is_due() const;

  void write_stdout(const std::vector<report::CheckRow>& rows) const;

 private:
  struct File {
    std::string format;
    std::string path;
  };
  const ReportOptions& options_;
  std::vector<File> files_;
  std::optional<report::CheckPart> part_;

  [[nodiscard]] bool has(const std::string& format) const;
  std::chrono::steady_clock::time_point due_; ///< Not before.
};

} // namespace stalemate::cli
