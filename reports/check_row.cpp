#include "reports/check_row.hpp"

#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace stalemate::report {

std::string Outcome::text() const {
  std::string text = verdict_text(verdict, omission);
  if (!property.empty()) text += " " + property;
  return within.empty() ? text : text + " within " + within;
}

std::string CheckRow::name() const {
  if (scenario.empty()) return file;
  return variant.empty() ? scenario : scenario + "#" + variant;
}

Judgement CheckRow::judgement() const {
  if (!mistake.empty()) return Judgement::mistake;
  if (!not_run.empty()) return Judgement::not_run;
  if (found.verdict == Verdict::incomplete) return Judgement::incomplete;
  if (is_question) return Judgement::answered;
  return ok ? Judgement::ok : Judgement::failed;
}

std::string CheckRow::complaint() const {
  if (ok) return "";
  switch (judgement()) {
  case Judgement::mistake:
    return mistake;
  case Judgement::not_run:
    return "not run: " + not_run;
  case Judgement::incomplete:
    return fmt::format("incomplete: {}", fmt::join(reasons, "; "));
  default:
    return reasons.empty() ? "found " + found.text() : reasons.front();
  }
}

std::vector<std::string> CheckRow::explanation() const {
  std::vector<std::string> lines;
  const Judgement what = judgement();
  if (what == Judgement::mistake || what == Judgement::not_run) return {complaint()};
  lines.push_back("expected: " + (is_question ? "nothing" : expected.text()));
  lines.push_back("found: " + found.text());
  const std::string both = fmt::format("expected {}, found {}", expected.text(), found.text());
  for (const std::string& reason : reasons)
    if (reason != both) lines.push_back(reason);
  lines.insert(lines.end(), story.begin(), story.end());
  if (!command.empty()) lines.push_back("see it: " + command);
  return lines;
}

std::string CheckSummary::text() const {
  auto text = fmt::format("{} run, {} ok, {} failed, ", run, ok, failed);
  if (asked > 0) text += fmt::format("{} asked, ", asked);
  text += fmt::format("{} incomplete", incomplete);
  if (not_run > 0) text += fmt::format(", {} not run", not_run);
  if (refused > 0) text += fmt::format(", {} refused", refused);
  if (mistakes > 0) text += fmt::format(", {} wrong", counted(mistakes, "file"));
  return text;
}

std::vector<CheckRow> in_order(std::vector<CheckRow> rows, std::vector<CheckRow> mistakes) {
  std::ranges::stable_sort(
      mistakes, {}, [](const CheckRow& row) { return std::tuple(row.file, row.line, row.name()); });
  for (CheckRow& mistake : mistakes) {
    auto at = rows.end();
    for (auto row = rows.begin(); row != rows.end(); ++row)
      if (row->file == mistake.file && (row->line < mistake.line || at == rows.end()))
        at = row->line < mistake.line ? row + 1 : row;
    rows.insert(at, std::move(mistake));
  }
  return rows;
}

CheckSummary summary_of(const std::vector<CheckRow>& rows) {
  CheckSummary s;
  for (const CheckRow& row : rows) {
    const Judgement what = row.judgement();
    if (what == Judgement::mistake)
      ++(row.scenario.empty() ? s.mistakes : s.refused);
    else if (what == Judgement::not_run)
      ++s.not_run;
    else
      ++s.run;
    s.ok += what == Judgement::ok ? 1 : 0;
    s.failed += what == Judgement::failed ? 1 : 0;
    s.asked += what == Judgement::answered ? 1 : 0;
    s.incomplete += what == Judgement::incomplete ? 1 : 0;
  }
  return s;
}

} // namespace stalemate::report
