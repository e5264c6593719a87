// A race made as small as it gets is still the race.
#include "checker/tests/amount.hpp"
#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using nlohmann::json;

const std::vector<std::string> few{"A-R1#unmapped",
                                   "A-R2#two-pages",
                                   "D8#two-writes",
                                   "R10#skip",
                                   "B-R1#flag-missing",
                                   "DL7#unstable"};
// Every tenth or so of the variants that break.
const std::vector<std::string> many{"K01#one-look",
                                    "K24#alloc-new",
                                    "A-R1#unmapped",
                                    "A-R14#waits",
                                    "A-R4#frees-at-once",
                                    "A-R9#samples-early",
                                    "DL1#conversion-log-waiter",
                                    "DL3#iomap_swap_rw-ilock",
                                    "DL7#unstable",
                                    "D1#no-force-wait",
                                    "D3#revalidates-invalidates-first",
                                    "D7#write",
                                    "D8#two-writes",
                                    "E2#copy-stable-mapped",
                                    "R1#none-early-warning",
                                    "R1#early-end-clean",
                                    "R10#skip",
                                    "R12#grow-zeroes-late",
                                    "R17#v6.6-delalloc",
                                    "R19#whole-extent",
                                    "R20#forgets-blocks",
                                    "R22#truncate-v6.18",
                                    "R6#scan-unlocked",
                                    "R7#none",
                                    "R8#gives-up-inside-gfs2",
                                    "B-R1#flag-missing",
                                    "B-R3#cleared-then-set",
                                    "B-R9#asynchronous",
                                    "L2#union-writeback",
                                    "L5#returns-swapoff",
                                    "N5#inline-data-accepted",
                                    "S10#pin-in-two-steps",
                                    "S13#freed",
                                    "S3#no-bypass-none"};

class ShrinkTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ShrinkTest);
  CPPUNIT_TEST(the_report_of_a_race);
  CPPUNIT_TEST(what_is_written_is_a_scenario_that_breaks);
  CPPUNIT_TEST(nothing_is_larger_than_before);
  CPPUNIT_TEST(two_runs_write_the_same);
  CPPUNIT_TEST(what_holds_can_not_be_made_smaller);
  CPPUNIT_TEST(a_limit_is_told);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;

 public:
  void the_report_of_a_race() {
    const Outcome outcome = run({"shrink", "R1#none-two-folios"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    assert_golden("shrink_r1.txt", outcome.out);
  }

  void what_is_written_is_a_scenario_that_breaks() {
    const std::string file = folder_ / "small.json";
    const Outcome outcome = run({"shrink", "R1#none-two-folios", "-o", file});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT(outcome.out.find("\"id\"") == std::string::npos);
    const Outcome checked = run({"check", file});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(checked.out + checked.err, 0, checked.status);
    CPPUNIT_ASSERT(checked.out.find("violated no_lost_write") != std::string::npos);
    // There is nothing left to take away.
    const json again = json::parse(run({"shrink", file, "--format", "json"}).out);
    CPPUNIT_ASSERT_EQUAL(again["before"].dump(), again["after"].dump());
  }

  /// As large as it was at most; that the mechanism is the same the program ensures itself.
  void nothing_is_larger_than_before() {
    for (const std::string& name : stalemate::tests::is_soak() ? many : few) {
      const Outcome outcome = run({"shrink", name, "--format", "json"});
      CPPUNIT_ASSERT_EQUAL_MESSAGE(name + outcome.err, 0, outcome.status);
      const json report = json::parse(outcome.out);
      for (const char* what : {"processes", "blocks", "edits", "knobs", "values"})
        if (report["before"].contains(what))
          CPPUNIT_ASSERT_MESSAGE(name, report["after"][what] <= report["before"][what]);
      CPPUNIT_ASSERT_MESSAGE(name, report["fewest_processes"] == true);
      const std::string file = folder_.add("small.json", report["shrunk"].dump());
      CPPUNIT_ASSERT_EQUAL_MESSAGE(name, 0, run({"check", file}).status);
    }
  }

  void two_runs_write_the_same() {
    CPPUNIT_ASSERT_EQUAL(run({"shrink", "A-R2#two-pages"}).out,
                         run({"shrink", "A-R2#two-pages"}).out);
  }

  void what_holds_can_not_be_made_smaller() {
    const Outcome outcome = run({"shrink", "R1#valid"});
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.err,
                           outcome.err.find("nothing to make smaller: holds") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(2, run({"shrink", "R1"}).status);
    CPPUNIT_ASSERT_EQUAL(2, run({"shrink", "R1#none", "--format", "svg"}).status);
  }

  void a_limit_is_told() {
    const Outcome outcome = run({"shrink", "R1#none", "--states-max", "20"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.out, 2, outcome.status);
    CPPUNIT_ASSERT(outcome.err.find("incomplete") != std::string::npos);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ShrinkTest);

} // namespace
} // namespace stalemate::cli::tests
