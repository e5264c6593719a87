#include "reports/page.hpp"

#include "reports/graphviz.hpp"
#include "reports/json.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <utility>

namespace stalemate::report {

namespace {

/// Nothing is fetched from anywhere, even if a name were markup after all.
constexpr auto page_policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

void write_page_start(const std::string& title, std::ostream& out) {
  out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      << "<meta http-equiv=\"Content-Security-Policy\" content=\"" << page_policy << "\">\n"
      << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
      << escaped(title) << "</title>\n<style>\n"
      << page_css << "</style>\n</head>\n<body>\n<div id=\"page\"></div>\n"
      << "<noscript>This page needs JavaScript, but no network.</noscript>\n";
}

void write_page_data(const std::string& id, const std::string& json, std::ostream& out) {
  out << "<script type=\"application/json\" id=\"" << id << "\">" << json << "</script>\n";
}

void write_page_end(std::ostream& out) {
  out << "<script>\n" << page_js << "</script>\n</body>\n</html>\n";
}

const char* page_judgement(const CheckRow& row) {
  switch (row.judgement()) {
  case Judgement::ok:
    return "ok";
  case Judgement::answered:
    return "asked";
  case Judgement::incomplete:
    return "INCOMPLETE";
  case Judgement::not_run:
    return "not run";
  case Judgement::mistake:
    return "ERROR";
  case Judgement::failed:
    break;
  }
  return "FAILED";
}

Json page_row(const CheckRow& row) {
  const bool has_result = row.not_run.empty() && row.mistake.empty();
  const bool has_counts = has_result && !row.executions;
  const auto count = [&](std::uint64_t number) { return has_counts ? Json(number) : Json(); };
  std::vector<std::string> reasons = row.reasons;
  if (!has_result) reasons = {row.complaint()};
  if (row.ok) reasons.clear();
  return {{"name", row.name()},
          {"scenario", row.scenario},
          {"variant", row.variant},
          {"title", row.title},
          {"notes", row.notes},
          {"file", row.file},
          {"line", row.line},
          {"found", has_result ? row.found.text() : ""},
          {"judgement", page_judgement(row)},
          {"ok", row.ok},
          {"reasons", reasons},
          {"states", count(row.counts.states)},
          {"transitions", count(row.counts.transitions)},
          {"depth", count(row.counts.depth)},
          {"steps", row.trace_length ? Json(*row.trace_length) : Json()},
          {"trace", nullptr}};
}

} // namespace

void write_trace_html(const ir::Model& model,
                      const Trace& trace,
                      const Caption& caption,
                      std::ostream& out) {
  write_page_start(caption.head.first_line(), out);
  write_page_data("data", page_trace(model, trace, caption), out);
  write_page_end(out);
}

void write_check_html(const std::vector<CheckRow>& rows, std::ostream& out) {
  Json table = Json::array();
  std::vector<const std::string*> traces;
  for (const CheckRow& row : rows) {
    table.push_back(page_row(row));
    if (row.trace.empty()) continue;
    table.back()["trace"] = traces.size();
    traces.push_back(&row.trace);
  }
  write_page_start("Stalemate", out);
  write_page_data("data",
                  inside_page({{"summary", summary_of(rows).text()},
                               {"good", std::ranges::all_of(rows, &CheckRow::ok)},
                               {"rows", std::move(table)}}),
                  out);
  for (std::size_t i = 0; i < traces.size(); ++i)
    write_page_data(fmt::format("trace-{}", i), *traces[i], out);
  write_page_end(out);
}

} // namespace stalemate::report
