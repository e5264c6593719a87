// One of several parts of a run, and how they become the whole again.
#pragma once

#include "cli/check_choice.hpp"
#include "reports/check_json.hpp"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace stalemate::cli {

/// The part that --shard names, without what is known only when the files are read; nothing without
/// the option. `command` was parsed. Throws UsageError.
[[nodiscard]] std::optional<report::CheckPart> part_of(const CLI::App& command,
                                                       const ChoiceOptions& options);

/// Adds what is searched in the whole run, so that parts of others are known.
void describe_whole(const std::vector<Candidate>& all, report::CheckPart& part);

/// Those of them that are in the part.
[[nodiscard]] std::vector<Candidate> part_of(std::vector<Candidate> all,
                                             const report::CheckPart& part);

/// What came of a part, and the file that says so.
struct PartFile {
  std::string name;
  report::CheckReport report;
};

/// The rows of the whole run, in its order. Throws UsageError if the parts are not all parts of one
/// run, and says which is not.
[[nodiscard]] std::vector<report::CheckRow> merged(std::vector<PartFile> parts);

} // namespace stalemate::cli
