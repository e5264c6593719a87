#include "reports/sarif.hpp"

#include "reports/json.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string_view>
#include <utility>

namespace stalemate::report {

namespace {

/// A path as a relative reference, or an absolute one.
std::string uri_of(const std::string& path) {
  constexpr std::string_view plain = "-._~/!$&'()*+,;=@";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (is_word || plain.find(c) != std::string_view::npos)
      uri += c;
    else
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

Json location_of(const CheckRow& row) {
  return {
      {"physicalLocation",
       {{"artifactLocation", {{"uri", uri_of(row.file)}}}, {"region", {{"startLine", row.line}}}}}};
}

std::string text_of(const CheckRow& row) {
  std::string text = row.name() + ": " + row.title;
  for (const std::string& line : row.explanation())
    append(text, printable(line), "\n");
  return text;
}

/// What broke; or that nothing did.
std::string rule_of(const CheckRow& row) {
  if (!row.found.property.empty()) return row.found.property;
  std::string id =
      row.found.verdict == Verdict::holds ? "unexpected holds" : word(row.found.verdict);
  std::ranges::replace(id, ' ', '_');
  return id;
}

/// A thread per process; their steps are numbered across threads.
Json code_flow(const CheckRow& row) {
  Json threads = Json::array();
  for (std::size_t i = 0; i < row.steps.size(); ++i) {
    const RowStep& step = row.steps[i];
    auto thread =
        std::ranges::find_if(threads, [&](const Json& t) { return t["id"] == step.process; });
    if (thread == threads.end()) {
      threads.push_back({{"id", step.process}, {"locations", Json::array()}});
      thread = threads.end() - 1;
    }
    Json location = location_of(row);
    location["message"] = {
        {"text",
         fmt::format("step {}, {}: {}: {}", i + 1, step.process, step.function, step.text)}};
    location["logicalLocations"] = {{{"fullyQualifiedName", step.function}, {"kind", "function"}}};
    (*thread)["locations"].push_back({{"location", std::move(location)},
                                      {"executionOrder", i + 1},
                                      {"importance", step.matters ? "essential" : "unimportant"}});
  }
  return {{"message", {{"text", row.found.text()}}}, {"threadFlows", std::move(threads)}};
}

Json result_of(const CheckRow& row) {
  Json result = {
      {"ruleId", rule_of(row)},
      {"level", "error"},
      {"message", {{"text", text_of(row)}}},
      {"locations", Json::array({location_of(row)})},
      {"partialFingerprints", {{"scenarioAndRule/v1", row.name() + "/" + rule_of(row)}}}};
  if (!row.steps.empty()) result["codeFlows"] = Json::array({code_flow(row)});
  return result;
}

Json notification_of(const CheckRow& row) {
  return {{"level", row.is_skipped ? "note" : "error"},
          {"message", {{"text", printable(row.name() + ": " + row.complaint())}}},
          {"locations", Json::array({location_of(row)})}};
}

} // namespace

void write_sarif(const std::vector<CheckRow>& rows,
                 const std::string& program_version,
                 std::ostream& out) {
  Json rules = Json::array();
  Json results = Json::array();
  Json execution = Json::array();
  Json configuration = Json::array();
  for (const CheckRow& row : rows) {
    if (row.ok) continue;
    const Judgement what = row.judgement();
    if (what == Judgement::mistake) configuration.push_back(notification_of(row));
    if (what == Judgement::not_run || what == Judgement::incomplete)
      execution.push_back(notification_of(row));
    if (what != Judgement::failed && what != Judgement::answered) continue;
    results.push_back(result_of(row));
    const std::string rule = rule_of(row);
    if (std::ranges::none_of(rules, [&](const Json& r) { return r["id"] == rule; }))
      rules.push_back({{"id", rule}, {"shortDescription", {{"text", row.found.text()}}}});
  }
  Json invocation = {{"executionSuccessful", summary_of(rows).is_whole()}};
  if (!execution.empty()) invocation["toolExecutionNotifications"] = std::move(execution);
  if (!configuration.empty())
    invocation["toolConfigurationNotifications"] = std::move(configuration);
  write_json({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
              {"version", "2.1.0"},
              {"runs",
               Json::array({{{"tool",
                              {{"driver",
                                {{"name", "stalemate"},
                                 {"version", program_version},
                                 {"rules", std::move(rules)}}}}},
                             {"invocations", Json::array({std::move(invocation)})},
                             {"columnKind", "utf16CodeUnits"},
                             {"results", std::move(results)}}})}},
             out);
}

} // namespace stalemate::report
