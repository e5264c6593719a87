#include "reports/check_table.hpp"

#include "reports/tests/golden.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>

using namespace stalemate;
using namespace stalemate::report::tests;
using report::CheckRow;

class CheckTableTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(CheckTableTest);
  CPPUNIT_TEST(aligns_its_columns);
  CPPUNIT_TEST(shows_times_only_where_there_are_some);
  CPPUNIT_TEST(what_is_only_probable_never_reads_as_certain);
  CPPUNIT_TEST(nothing_run_is_no_table_but_a_summary);
  CPPUNIT_TEST_SUITE_END();

  static std::vector<CheckRow> rows() {
    CheckRow broken;
    broken.scenario = "R1";
    broken.variant = "none";
    broken.title = "Write against reclaim";
    broken.notes = "No check.";
    broken.file = "scenarios/R1.json";
    broken.line = 12;
    broken.expected = {Verdict::violated, "no_lost_write"};
    broken.found = broken.expected;
    broken.ok = true;
    broken.counts = {812, 1523, 16};
    broken.trace_length = 16;

    CheckRow held;
    held.scenario = "R1";
    held.variant = "after_folio_lock";
    held.ok = true;
    held.counts = {1234567, 3456789, 131};

    CheckRow missed = held;
    missed.scenario = "D2";
    missed.variant = "";
    missed.expected = {Verdict::deadlock, ""};
    missed.ok = false;
    missed.reasons = {"expected deadlock, found holds",
                      "never taken: iomap_write_begin: get and lock the folio"};

    CheckRow stopped = missed;
    stopped.scenario = "R4";
    stopped.variant = "b";
    stopped.found = {Verdict::incomplete, ""};
    stopped.reasons = {"10 states are the limit"};
    stopped.counts = {10, 12, 3};

    CheckRow asked = held;
    asked.is_question = true;
    asked.variant = "mine";
    asked.remarks = {"14 ways through steps never ran"};

    CheckRow answer = broken;
    answer.is_question = true;
    answer.variant = "other";
    answer.ok = false;
    return {broken, held, missed, stopped, asked, answer};
  }

  static std::string text(const std::vector<CheckRow>& rows) {
    return written(
        [&](std::ostream& out) { report::write_check_text(rows, report::Rows::all, false, out); });
  }

 public:
  void aligns_its_columns() { assert_golden("check.txt", text(rows())); }

  void shows_times_only_where_there_are_some() {
    auto timed = rows();
    CPPUNIT_ASSERT(text(timed).find(" ms") == std::string::npos);
    timed[1].time_ms = 1234;
    CPPUNIT_ASSERT(text(timed).find("1 234  ok") != std::string::npos);
  }

  void what_is_only_probable_never_reads_as_certain() {
    auto probable = rows();
    CPPUNIT_ASSERT(text(probable).find("omission") == std::string::npos);
    probable = {probable[1]};
    probable[0].found.omission = 1.22e-25;
    CPPUNIT_ASSERT(text(probable).find("  holds (probabilistic)  ") != std::string::npos);
    CPPUNIT_ASSERT(text(probable).find("   1.3e-25  ok") != std::string::npos);
  }

  void nothing_run_is_no_table_but_a_summary() {
    CPPUNIT_ASSERT_EQUAL(std::string("0 run, 0 ok, 0 failed, 0 incomplete\n"), text({}));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CheckTableTest);
