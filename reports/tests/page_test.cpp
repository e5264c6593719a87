#include "reports/page.hpp"

#include "reports/tests/check_rows.hpp"
#include "reports/tests/example.hpp"
#include "reports/tests/golden.hpp"
#include "reports/tests/live_example.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <map>
#include <ostream>
#include <string>

using namespace stalemate;
using namespace stalemate::report::tests;
using nlohmann::json;

namespace {

std::string data(const ir::Model& model, const Result& result, const std::string& name) {
  return report::page_trace(
      model, replay(model, result), report::example::caption(name, model, result));
}

std::string page(const std::string& name) {
  const auto model = report::example::race();
  const auto result = report::example::race_result();
  return written([&](std::ostream& out) {
    report::write_trace_html(
        model, replay(model, result), report::example::caption(name, model, result), out);
  });
}

std::string pretty(const std::string& text) {
  return json::parse(text).dump(1) + "\n";
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

} // namespace

// That a browser draws these pages without complaint, steps, folds and fetches nothing was seen in
// Chromium; here they only keep their shape.
class PageTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(PageTest);
  CPPUNIT_TEST(has_everything_of_a_race);
  CPPUNIT_TEST(has_who_waits_for_whom);
  CPPUNIT_TEST(has_the_loop);
  CPPUNIT_TEST(steps_lead_from_the_first_values_to_the_last);
  CPPUNIT_TEST(needs_nothing_from_elsewhere);
  CPPUNIT_TEST(words_cannot_become_markup);
  CPPUNIT_TEST(a_table_leads_to_its_traces);
  CPPUNIT_TEST_SUITE_END();

 public:
  void has_everything_of_a_race() {
    assert_golden("race.page.json",
                  pretty(data(report::example::race(), report::example::race_result(), "R1#none")));
  }

  void has_who_waits_for_whom() {
    const json trace =
        json::parse(data(report::example::cycle(), report::example::cycle_result(), "R1#lock"));
    CPPUNIT_ASSERT(trace["cycle"] == json::parse("[0, 1]"));
    CPPUNIT_ASSERT(trace["blocked"][1] == json::parse(R"({"process": 1, "function": "xfs_end_ioend",
        "what": "inode.i_rwsem", "holders": [{"process": 0, "since": 1}]})"));
  }

  void has_the_loop() {
    const json trace =
        json::parse(data(report::example::retries(), report::example::retries_result(), "L0"));
    CPPUNIT_ASSERT(trace["loop"] == 3);
  }

  void steps_lead_from_the_first_values_to_the_last() {
    const json trace =
        json::parse(data(report::example::race(), report::example::race_result(), "R1#none"));
    std::map<std::string, std::string> values;
    for (const json& cell : trace["cells"])
      values[cell["name"]] = cell["initial"];
    CPPUNIT_ASSERT_EQUAL(std::string("unwritten"), values["extent[0]"]);
    for (const json& step : trace["steps"])
      for (const json& change : step["set"])
        values[trace["cells"][change[0].get<std::size_t>()]["name"]] = change[1];
    CPPUNIT_ASSERT_EQUAL(std::string("written"), values["extent[0]"]);
    CPPUNIT_ASSERT_EQUAL(std::string("zeroes"), values["folio[0].data[1]"]);
  }

  void needs_nothing_from_elsewhere() {
    const std::string text = page("R1#none");
    CPPUNIT_ASSERT(text.starts_with("<!DOCTYPE html>\n"));
    CPPUNIT_ASSERT(text.find("default-src 'none'") != std::string::npos);
    // The one address is the name of SVG, which nobody fetches.
    CPPUNIT_ASSERT_EQUAL(count(text, "http://www.w3.org/2000/svg"), count(text, "://"));
    for (const char* word :
         {"src=", "href=\"h", "@import", "url(h", "fetch(", "innerHTML", "eval("})
      CPPUNIT_ASSERT_MESSAGE(word, text.find(word) == std::string::npos);
  }

  void words_cannot_become_markup() {
    const std::string text = page("</title></script><script>alert(1)</script><!--");
    CPPUNIT_ASSERT(text.find("alert") != std::string::npos);
    CPPUNIT_ASSERT(text.find("<script>alert") == std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, count(text, "</script>"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count(text, "</title>"));
  }

  void a_table_leads_to_its_traces() {
    auto rows = every_kind_of_row();
    rows.push_back(hostile_row());
    rows[1].trace = data(report::example::race(), report::example::race_result(), "R1#none");
    const std::string text =
        written([&](std::ostream& out) { report::write_check_html(rows, out); });
    const std::string start = "id=\"data\">";
    const auto from = text.find(start) + start.size();
    const json table = json::parse(text.substr(from, text.find("</script>", from) - from));
    CPPUNIT_ASSERT_EQUAL(rows.size(), table["rows"].size());
    CPPUNIT_ASSERT(table["rows"][1]["trace"] == 0);
    CPPUNIT_ASSERT(table["rows"][0]["trace"].is_null());
    CPPUNIT_ASSERT(table["good"] == false);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count(text, "id=\"trace-"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PageTest);
