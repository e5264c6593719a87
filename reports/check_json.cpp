#include "reports/check_json.hpp"

#include "reports/json.hpp"
#include "reports/words.hpp"

#include <utility>

namespace stalemate::report {

namespace {

constexpr int check_version = 1;

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json part_json(const CheckPart& part) {
  return {{"number", part.number},
          {"of", part.count},
          {"rows", part.rows},
          {"program", part.program},
          {"scenarios", part.scenarios},
          {"arguments", part.arguments}};
}

Json mistake_json(const CheckRow& row) {
  Json error = Json::object();
  if (!row.scenario.empty()) {
    error["scenario"] = row.scenario;
    error["variant"] = text_or_null(row.variant);
  }
  error["file"] = row.file;
  error["line"] = row.line;
  error["message"] = row.mistake;
  return error;
}

Json not_run_json(const CheckRow& row) {
  return {{"scenario", row.scenario},
          {"variant", text_or_null(row.variant)},
          {"title", text_or_null(row.title)},
          {"notes", text_or_null(row.notes)},
          {"file", text_or_null(row.file)},
          {"line", row.line},
          {"why", row.not_run},
          {"skipped", row.is_skipped}};
}

Json steps_json(const std::vector<RowStep>& steps) {
  Json result = Json::array();
  for (const RowStep& step : steps)
    result.push_back({{"process", step.process},
                      {"function", step.function},
                      {"text", step.text},
                      {"matters", step.matters}});
  return result;
}

Json result_json(const CheckRow& row, bool has_trace) {
  Json result = {{"scenario", row.scenario},
                 {"variant", text_or_null(row.variant)},
                 {"title", text_or_null(row.title)},
                 {"notes", text_or_null(row.notes)},
                 {"file", text_or_null(row.file)},
                 {"line", row.line},
                 {"expected", row.is_question ? Json(nullptr) : Json(word(row.expected.verdict))},
                 {"expected_property", text_or_null(row.expected.property)},
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
  if (!row.steps.empty()) result["steps"] = steps_json(row.steps);
  if (!row.command.empty()) result["command"] = row.command;
  if (!row.remarks.empty()) result["remarks"] = row.remarks;
  if (row.found.omission > 0) result["omission_probability"] = row.found.omission;
  if (row.executions) result["executions"] = *row.executions;
  if (!row.found.within.empty()) result["within"] = row.found.within;
  if (row.time_ms) result["time_ms"] = *row.time_ms;
  // It is text already, and must come out again byte for byte.
  if (has_trace && !row.trace.empty()) result["trace"] = row.trace;
  return result;
}

std::string text_of(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? "" : found->get<std::string>();
}

std::vector<std::string> texts_of(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? std::vector<std::string>{}
                               : found->get<std::vector<std::string>>();
}

std::optional<std::uint64_t> number_of(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::nullopt;
  return found->get<std::uint64_t>();
}

Verdict verdict_of(const std::string& text) {
  for (auto number = static_cast<int>(Verdict::holds);
       number <= static_cast<int>(Verdict::model_error);
       ++number)
    for (const double omission : {0.0, 1.0})
      if (verdict_text(static_cast<Verdict>(number), omission) == text)
        return static_cast<Verdict>(number);
  throw JsonError("has the verdict \"" + printable(text) + "\", which is none");
}

/// What results, what was not run and what is wrong have in common.
CheckRow row_of(const nlohmann::json& object) {
  CheckRow row;
  row.scenario = text_of(object, "scenario");
  row.variant = text_of(object, "variant");
  row.title = text_of(object, "title");
  row.notes = text_of(object, "notes");
  row.file = text_of(object, "file");
  row.line = object.at("line").get<int>();
  return row;
}

CheckRow result_row(const nlohmann::json& object) {
  CheckRow row = row_of(object);
  row.is_question = object.at("expected").is_null();
  if (!row.is_question) row.expected.verdict = verdict_of(text_of(object, "expected"));
  row.expected.property = text_of(object, "expected_property");
  row.found = {verdict_of(text_of(object, "verdict")),
               text_of(object, "property"),
               object.value("omission_probability", 0.0),
               text_of(object, "within")};
  row.ok = object.at("ok").get<bool>();
  row.counts = {object.at("states").get<std::uint64_t>(),
                object.at("transitions").get<std::uint64_t>(),
                object.at("depth").get<std::uint64_t>()};
  row.trace_length = number_of(object, "trace_length");
  row.edits = texts_of(object, "edits");
  row.reasons = texts_of(object, "reasons");
  row.story = texts_of(object, "story");
  row.command = text_of(object, "command");
  row.remarks = texts_of(object, "remarks");
  row.executions = number_of(object, "executions");
  row.time_ms = number_of(object, "time_ms");
  row.trace = text_of(object, "trace");
  // It will stand inside of an element of a page.
  if (row.trace.find('<') != std::string::npos) throw JsonError("has a trace that is none");
  if (const auto steps = object.find("steps"); steps != object.end())
    for (const auto& step : *steps)
      row.steps.push_back({step.at("process").get<std::string>(),
                           step.at("function").get<std::string>(),
                           step.at("text").get<std::string>(),
                           step.at("matters").get<bool>()});
  return row;
}

CheckPart part_of(const nlohmann::json& object) {
  CheckPart part;
  part.number = object.at("number").get<std::size_t>();
  part.count = object.at("of").get<std::size_t>();
  part.rows = object.at("rows").get<std::size_t>();
  part.program = object.at("program").get<std::string>();
  part.scenarios = object.at("scenarios").get<std::string>();
  part.arguments = object.at("arguments").get<decltype(part.arguments)>();
  return part;
}

const nlohmann::json& list_of(const nlohmann::json& report, const char* key) {
  static const nlohmann::json none = nlohmann::json::array();
  return report.contains(key) ? report.at(key) : none;
}

} // namespace

void write_check_json(const std::vector<CheckRow>& rows,
                      const std::optional<CheckPart>& part,
                      std::ostream& out) {
  Json results = Json::array();
  Json not_run = Json::array();
  Json errors = Json::array();
  for (const CheckRow& row : rows) {
    if (row.judgement() == Judgement::mistake)
      errors.push_back(mistake_json(row));
    else if (row.judgement() == Judgement::not_run)
      not_run.push_back(not_run_json(row));
    else
      results.push_back(result_json(row, part.has_value()));
  }
  const CheckSummary s = summary_of(rows);
  Json report = {{"format", "stalemate-check"}, {"version", check_version}};
  if (part) report["part"] = part_json(*part);
  report["results"] = std::move(results);
  report["summary"] = {{"run", s.run},
                       {"ok", s.ok},
                       {"failed", s.failed},
                       {"asked", s.asked},
                       {"incomplete", s.incomplete}};
  if (!not_run.empty()) report["not_run"] = std::move(not_run);
  if (!errors.empty()) report["errors"] = std::move(errors);
  write_json(report, out);
}

CheckReport read_check_json(std::string_view text) {
  CheckReport result;
  try {
    const nlohmann::json report = parse_json(text);
    if (report.at("format") != "stalemate-check") throw JsonError("is no report of `check`");
    if (report.at("version") != check_version)
      throw JsonError("is a report of another version: " + report.at("version").dump() +
                      " where this program reads " + std::to_string(check_version));
    if (report.contains("part")) result.part = part_of(report.at("part"));
    for (const auto& object : report.at("results"))
      result.rows.push_back(result_row(object));
    for (const auto& object : list_of(report, "not_run")) {
      CheckRow row = row_of(object);
      row.not_run = object.at("why").get<std::string>();
      row.is_skipped = object.value("skipped", false);
      result.rows.push_back(std::move(row));
    }
    for (const auto& object : list_of(report, "errors")) {
      CheckRow row = row_of(object);
      row.mistake = object.at("message").get<std::string>();
      result.rows.push_back(std::move(row));
    }
  } catch (const nlohmann::json::exception&) {
    throw JsonError("is no report of `check`");
  }
  return result;
}

} // namespace stalemate::report
