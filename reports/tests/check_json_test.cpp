#include "reports/check_json.hpp"

#include "reports/json.hpp"
#include "reports/tests/check_rows.hpp"
#include "reports/tests/golden.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>

using namespace stalemate;
using namespace stalemate::report::tests;
using report::CheckRow;

namespace {

std::string json(const std::vector<CheckRow>& rows,
                 const std::optional<report::CheckPart>& part = {}) {
  return written([&](std::ostream& out) { report::write_check_json(rows, part, out); });
}

// Every kind of row, and everything that a row can have.
std::vector<CheckRow> all_rows() {
  std::vector<CheckRow> rows = every_kind_of_row();
  rows.insert(rows.begin() + 5, hostile_row());
  rows[0].notes = "After the lock.";
  rows[0].trace = R"({"title":"\u003cb>"})";
  rows[0].trace_length = 16;
  rows[1].edits = {"drop iomap_write_begin: is the cached iomap still valid?"};
  rows[2].executions = 961;
  rows[2].found.within = "3 preemptive switches";
  rows[4].remarks = {"14 ways through steps never ran"};
  CheckRow refused = rows.back();
  refused.scenario = "R1";
  refused.variant = "old";
  rows.push_back(refused);
  return rows;
}

report::CheckPart some_part() {
  return {2, 3, "1.2.3", "0123456789abcdef", 26, {{"path", {"scenarios"}}, {"--filter", {"R*"}}}};
}

std::string refusal(const std::string& text) {
  try {
    (void)report::read_check_json(text);
  } catch (const report::JsonError& error) {
    return error.what();
  }
  return "read";
}

} // namespace

class CheckJsonTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(CheckJsonTest);
  CPPUNIT_TEST(writes_the_object_that_scripts_read);
  CPPUNIT_TEST(reads_what_it_wrote);
  CPPUNIT_TEST(what_is_only_probable_never_reads_as_certain);
  CPPUNIT_TEST(a_trace_is_written_of_a_part_only);
  CPPUNIT_TEST(nothing_run_is_an_empty_list);
  CPPUNIT_TEST(refuses_what_it_did_not_write);
  CPPUNIT_TEST_SUITE_END();

 public:
  void writes_the_object_that_scripts_read() {
    assert_golden("check.json", json(all_rows()));
    assert_golden("check.part.json", json(all_rows(), some_part()));
  }

  void reads_what_it_wrote() {
    const std::string text = json(all_rows(), some_part());
    const report::CheckReport read = report::read_check_json(text);
    CPPUNIT_ASSERT_EQUAL(text, json(read.rows, read.part));
    const std::string whole = json(all_rows());
    CPPUNIT_ASSERT_EQUAL(whole, json(report::read_check_json(whole).rows));
    CPPUNIT_ASSERT(!report::read_check_json(whole).part);
  }

  void what_is_only_probable_never_reads_as_certain() {
    std::vector<CheckRow> rows{every_kind_of_row().front()};
    CPPUNIT_ASSERT(json(rows).find("omission") == std::string::npos);
    for (const Verdict verdict : {Verdict::holds, Verdict::latent}) {
      rows[0].found = {verdict, "", 1.22e-25};
      const std::string text = json(rows);
      CPPUNIT_ASSERT(text.find("\"verdict\": \"" + word(verdict) + " (probabilistic)\"") !=
                     std::string::npos);
      CPPUNIT_ASSERT(text.find("\"omission_probability\": 1.22e-25") != std::string::npos);
      CPPUNIT_ASSERT_EQUAL(text, json(report::read_check_json(text).rows));
    }
  }

  void a_trace_is_written_of_a_part_only() {
    CPPUNIT_ASSERT(json(all_rows()).find("\"trace\"") == std::string::npos);
    CPPUNIT_ASSERT(json(all_rows(), some_part()).find("\"trace\"") != std::string::npos);
  }

  void nothing_run_is_an_empty_list() {
    CPPUNIT_ASSERT(json({}).find("\"results\": []") != std::string::npos);
    CPPUNIT_ASSERT(report::read_check_json(json({})).rows.empty());
  }

  void refuses_what_it_did_not_write() {
    const std::string text = json(all_rows(), some_part());
    const auto changed = [&](const std::string& what, const std::string& into) {
      const auto at = text.find(what);
      CPPUNIT_ASSERT_MESSAGE(what, at != std::string::npos);
      return refusal(std::string(text).replace(at, what.size(), into));
    };
    const std::string none = "is no report of `check`";
    CPPUNIT_ASSERT_EQUAL(std::string("1:1: not JSON"), refusal(""));
    CPPUNIT_ASSERT_EQUAL(none, refusal("{}"));
    CPPUNIT_ASSERT_EQUAL(none, refusal("[1]"));
    CPPUNIT_ASSERT_EQUAL(none, changed("stalemate-check", "stalemate-trace"));
    CPPUNIT_ASSERT_EQUAL(none, changed("\"ok\": true", "\"ok\": 1"));
    CPPUNIT_ASSERT_EQUAL(none, changed("\"results\"", "\"result\""));
    CPPUNIT_ASSERT_EQUAL(none, changed("\"rows\": 26", "\"rows\": null"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("is a report of another version: 9 where this program reads 1"),
        changed("\"version\": 1", "\"version\": 9"));
    CPPUNIT_ASSERT_EQUAL(std::string("has the verdict \"maybe\", which is none"),
                         changed("\"verdict\": \"holds\"", "\"verdict\": \"maybe\""));
    CPPUNIT_ASSERT_EQUAL(std::string("has a trace that is none"),
                         changed("\\\\u003cb>", "</script><script>"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CheckJsonTest);
