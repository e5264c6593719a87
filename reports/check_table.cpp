#include "reports/check_table.hpp"

#include "reports/json.hpp"
#include "reports/words.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <ostream>

namespace stalemate::report {

namespace {

constexpr auto accent = "\033[1;31m";
constexpr auto normal = "\033[0m";

constexpr std::size_t column_count = 8;
using Cells = std::array<std::string, column_count>;

/// The first two columns are words, the others numbers.
constexpr std::size_t word_columns = 2;

std::string judgement_word(const CheckRow& row) {
  switch (row.judgement()) {
  case Judgement::incomplete:
    return "INCOMPLETE";
  case Judgement::answered:
    return "asked";
  case Judgement::ok:
    return "ok";
  default:
    return "FAILED";
  }
}

std::string optional_text(const std::optional<std::uint64_t>& number) {
  return number ? grouped(*number) : "";
}

Cells cells_of(const CheckRow& row) {
  const auto count = [&](std::uint64_t number) {
    return row.executions ? std::string() : grouped(number);
  };
  return {printable(row.name()),
          row.found.text(),
          count(row.counts.states),
          count(row.counts.transitions),
          count(row.counts.depth),
          optional_text(row.trace_length),
          row.found.omission > 0 ? probability_text(row.found.omission) : "",
          optional_text(row.time_ms)};
}

std::string spaces(const std::string& text, std::size_t width) {
  return std::string(width - static_cast<std::size_t>(columns_of(text)), ' ');
}

void write_below(const std::vector<std::string>& remarks, std::ostream& out) {
  for (const std::string& remark : remarks)
    for (const std::string& part : wrapped(printable(remark), line_columns() - 4, 2))
      out << "    " << part << '\n';
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

} // namespace

void write_check_text(const std::vector<CheckRow>& all,
                      Rows printed,
                      bool colour,
                      std::ostream& out) {
  std::vector<CheckRow> rows;
  std::ranges::copy_if(all, std::back_inserter(rows), [&](const CheckRow& row) {
    const bool has_result = row.not_run.empty() && row.mistake.empty();
    return has_result && (printed == Rows::all || row.is_question || !row.ok);
  });
  std::vector<Cells> table = {
      {"scenario", "verdict", "states", "transitions", "depth", "steps", "omission", "ms"}};
  for (const CheckRow& row : rows)
    table.push_back(cells_of(row));

  std::array<std::size_t, column_count> widths{};
  for (std::size_t c = 0; c < column_count; ++c) {
    // A column without any value is not there.
    if (std::ranges::all_of(
            table.begin() + 1, table.end(), [&](const Cells& r) { return r[c].empty(); }))
      continue;
    for (const Cells& r : table)
      widths[c] = std::max(widths[c], static_cast<std::size_t>(columns_of(r[c])));
  }

  if (rows.empty()) table.clear();
  for (std::size_t r = 0; r < table.size(); ++r) {
    std::string line;
    for (std::size_t c = 0; c < column_count; ++c) {
      if (widths[c] == 0) continue;
      const auto space = spaces(table[r][c], widths[c]);
      if (c > 0) line += "  ";
      line += c < word_columns ? table[r][c] + space : space + table[r][c];
    }
    const bool is_bad = r > 0 && !rows[r - 1].ok;
    const auto judged = r > 0 ? judgement_word(rows[r - 1]) : "";
    if (!judged.empty()) line += "  " + (is_bad && colour ? accent + judged + normal : judged);
    out << line << '\n';
    if (r == 0) continue;
    const CheckRow& row = rows[r - 1];
    if (is_bad) write_below(row.reasons, out);
    write_below(row.story, out);
    if (!row.command.empty()) write_below({"see it: " + row.command}, out);
    write_below(row.remarks, out);
  }

  if (!rows.empty()) out << '\n';
  out << summary_of(all).text() << '\n';
}

void write_check_json(const std::vector<CheckRow>& rows, std::ostream& out) {
  Json results = Json::array();
  Json not_run = Json::array();
  Json errors = Json::array();
  for (const CheckRow& row : rows) {
    if (row.judgement() == Judgement::mistake) {
      errors.push_back({{"file", row.file}, {"line", row.line}, {"message", row.mistake}});
      continue;
    }
    if (row.judgement() == Judgement::not_run) {
      not_run.push_back({{"scenario", row.scenario},
                         {"variant", text_or_null(row.variant)},
                         {"file", text_or_null(row.file)},
                         {"line", row.line},
                         {"why", row.not_run}});
      continue;
    }
    Json result = {{"scenario", row.scenario},
                   {"variant", text_or_null(row.variant)},
                   {"title", text_or_null(row.title)},
                   {"notes", text_or_null(row.notes)},
                   {"file", text_or_null(row.file)},
                   {"line", row.line},
                   {"expected", row.is_question ? Json(nullptr) : Json(word(row.expected.verdict))},
                   {"verdict", verdict_text(row.found.verdict, row.found.omission)},
                   {"property", text_or_null(row.found.property)},
                   {"ok", row.ok},
                   {"states", row.counts.states},
                   {"transitions", row.counts.transitions},
                   {"depth", row.counts.depth},
                   {"trace_length", row.trace_length ? Json(*row.trace_length) : Json(nullptr)}};
    if (!row.edits.empty()) result["edits"] = row.edits;
    if (!row.ok && !row.reasons.empty()) result["reasons"] = row.reasons;
    if (!row.story.empty()) result["story"] = row.story;
    if (!row.command.empty()) result["command"] = row.command;
    if (!row.remarks.empty()) result["remarks"] = row.remarks;
    if (row.found.omission > 0) result["omission_probability"] = row.found.omission;
    if (row.executions) result["executions"] = *row.executions;
    if (!row.found.within.empty()) result["within"] = row.found.within;
    if (row.time_ms) result["time_ms"] = *row.time_ms;
    results.push_back(std::move(result));
  }
  const CheckSummary s = summary_of(rows);
  Json report = {{"format", "stalemate-check"},
                 {"version", 1},
                 {"results", std::move(results)},
                 {"summary",
                  {{"run", s.run},
                   {"ok", s.ok},
                   {"failed", s.failed},
                   {"asked", s.asked},
                   {"incomplete", s.incomplete}}}};
  if (!not_run.empty()) report["not_run"] = std::move(not_run);
  if (!errors.empty()) report["errors"] = std::move(errors);
  write_json(report, out);
}

std::set<std::string> failed_in_check(std::string_view text) {
  std::set<std::string> names;
  try {
    const nlohmann::json report = parse_json(text);
    if (report.at("format") != "stalemate-check") throw JsonError("is no report of `check`");
    const auto add = [&](const nlohmann::json& row) {
      const auto& variant = row.at("variant");
      names.insert(row.at("scenario").get<std::string>() +
                   (variant.is_null() ? "" : "#" + variant.get<std::string>()));
    };
    for (const auto& row : report.at("results"))
      if (!row.at("ok").get<bool>()) add(row);
    if (report.contains("not_run"))
      for (const auto& row : report["not_run"])
        add(row);
  } catch (const nlohmann::json::exception&) {
    throw JsonError("is no report of `check`");
  }
  return names;
}

} // namespace stalemate::report
