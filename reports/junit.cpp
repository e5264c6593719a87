#include "reports/junit.hpp"

#include "reports/words.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <ostream>

namespace stalemate::report {

namespace {

std::string seconds(std::uint64_t time_ms) {
  return fmt::format("{}.{:03}", time_ms / 1000, time_ms % 1000);
}

void set(pugi::xml_node& node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(printable(value).c_str());
}

const char* element_of(const CheckRow& row) {
  if (row.is_skipped) return "skipped";
  const bool is_known =
      row.judgement() == Judgement::failed || row.judgement() == Judgement::answered;
  return is_known ? "failure" : "error";
}

std::string type_of(const CheckRow& row) {
  if (row.judgement() == Judgement::mistake) return row.scenario.empty() ? "wrong file" : "refused";
  if (row.judgement() == Judgement::not_run) return "not run";
  return row.found.text();
}

std::string counts_of(const CheckRow& row) {
  const std::string counts = row.executions
                                 ? counted(*row.executions, "execution")
                                 : fmt::format("{}, {}, depth {}",
                                               counted(row.counts.states, "state"),
                                               counted(row.counts.transitions, "transition"),
                                               grouped(row.counts.depth));
  const std::string omission =
      row.found.omission > 0 ? ", " + omission_text(row.found.omission) : "";
  return row.found.text() + ": " + counts + omission;
}

void add_case(pugi::xml_node& suite, const CheckRow& row) {
  const bool is_mistake = row.judgement() == Judgement::mistake;
  auto one = suite.append_child("testcase");
  const bool is_file = row.scenario.empty();
  set(one, "classname", is_file ? row.file : row.scenario);
  set(one, "name", is_file ? "is a scenario" : row.variant.empty() ? row.scenario : row.variant);
  if (!row.file.empty()) set(one, "file", row.file);
  if (!row.file.empty()) set(one, "line", std::to_string(row.line));
  if (row.time_ms) set(one, "time", seconds(*row.time_ms));
  if (!row.ok) {
    auto what = one.append_child(element_of(row));
    if (!row.is_skipped) set(what, "type", type_of(row));
    set(what, "message", row.complaint());
    std::string text;
    for (const std::string& line : row.explanation())
      text += printable(line) + "\n";
    if (!row.is_skipped) what.text().set(text.c_str());
  }
  const bool has_result = !is_mistake && row.judgement() != Judgement::not_run;
  if (has_result) one.append_child("system-out").text().set(printable(counts_of(row)).c_str());
}

struct Totals {
  int tests = 0;
  int failures = 0;
  int errors = 0;
  int skipped = 0;

  void add(const CheckRow& row) {
    const std::string element = row.ok ? "" : element_of(row);
    ++tests;
    failures += element == "failure" ? 1 : 0;
    errors += element == "error" ? 1 : 0;
    skipped += element == "skipped" ? 1 : 0;
  }

  void write(pugi::xml_node& node, bool has_skipped) const {
    node.append_attribute("tests") = tests;
    node.append_attribute("failures") = failures;
    node.append_attribute("errors") = errors;
    if (has_skipped) node.append_attribute("skipped") = skipped;
  }
};

bool is_same_suite(const CheckRow& a, const CheckRow& b) {
  return a.scenario == b.scenario && a.file == b.file;
}

} // namespace

void write_junit(const std::vector<CheckRow>& rows, std::ostream& out) {
  pugi::xml_document document;
  auto declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  auto suites = document.append_child("testsuites");
  set(suites, "name", "stalemate");
  Totals all;
  for (const CheckRow& row : rows)
    all.add(row);
  all.write(suites, false);
  for (auto first = rows.begin(); first != rows.end();) {
    auto suite = suites.append_child("testsuite");
    Totals totals;
    auto last = first;
    for (; last != rows.end() && is_same_suite(*first, *last); ++last)
      totals.add(*last);
    set(suite, "name", first->scenario.empty() ? first->file : first->scenario);
    totals.write(suite, true);
    for (; first != last; ++first)
      add_case(suite, *first);
  }
  document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
}

} // namespace stalemate::report
