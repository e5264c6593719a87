// The result of `check` as annotations of GitHub Actions, and as a summary in Markdown.
#pragma once

#include "reports/check_row.hpp"

#include <iosfwd>
#include <vector>

namespace stalemate::report {

/// A workflow command per row that is not ok, for the log of a step: GitHub shows it at the
/// variant's line.
void write_check_github(const std::vector<CheckRow>& rows, std::ostream& out);

/// The sum, a table of what is not ok, and the story of each: for $GITHUB_STEP_SUMMARY, an issue or
/// a mail. Of very many only the first are told, since a summary may have a mebibyte.
void write_check_markdown(const std::vector<CheckRow>& rows, std::ostream& out);

} // namespace stalemate::report
