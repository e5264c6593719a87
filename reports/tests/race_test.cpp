#include "reports/race.hpp"

#include "reports/tests/example.hpp"
#include "reports/tests/golden.hpp"
#include "reports/tests/live_example.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::report::tests;

namespace {

std::vector<report::RaceLine> lines(const ir::Model& model, const Result& result) {
  const auto trace = replay(model, result);
  const auto why = report::causality(model, trace);
  return report::race(model, trace, why, report::tell(model, trace, why));
}

} // namespace

class RaceTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(RaceTest);
  CPPUNIT_TEST(says_who_relied_on_what_and_who_changed_it);
  CPPUNIT_TEST(a_deadlock_is_who_waits_for_whom);
  CPPUNIT_TEST(a_loop_is_where_it_begins_and_ends);
  CPPUNIT_TEST(is_short_however_many_take_part);
  CPPUNIT_TEST_SUITE_END();

  static std::string text_of(const std::vector<report::RaceLine>& lines, int step) {
    for (const auto& line : lines)
      if (line.step == step) return line.text;
    return "(none)";
  }

 public:
  void says_who_relied_on_what_and_who_changed_it() {
    const auto race = lines(report::example::race(), report::example::race_result());
    CPPUNIT_ASSERT_EQUAL(std::string("writer0: sample the extent and its cookie -- keeps extent[0] "
                                     "unwritten as iomap.type"),
                         text_of(race, 1));
    CPPUNIT_ASSERT_EQUAL(std::string("ioend0: convert the unwritten extent -- extent[0] unwritten "
                                     "-> written, which writer0 does not see"),
                         text_of(race, 6));
    const auto harm = text_of(race, 13);
    CPPUNIT_ASSERT_MESSAGE(
        harm,
        harm.find(" -- goes by iomap.type, extent[0] unwritten of step 2; folio[0].data[1]: old -> "
                  "zeroes; no_lost_write breaks") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(
        std::string("a read of segment 1 sees zeroes instead of what was written last (old)"),
        race.back().text);
    CPPUNIT_ASSERT_EQUAL(-1, race.back().step);
  }

  void a_deadlock_is_who_waits_for_whom() {
    const auto race = lines(report::example::cycle(), report::example::cycle_result());
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, race.size());
    CPPUNIT_ASSERT_EQUAL(std::string("deadlock: they wait for each other"), race[0].text);
    CPPUNIT_ASSERT(race[2].text.starts_with("ioend0 in xfs_end_ioend waits for inode.i_rwsem"));
  }

  void a_loop_is_where_it_begins_and_ends() {
    const auto race = lines(report::example::retries(), report::example::retries_result());
    CPPUNIT_ASSERT_EQUAL(
        std::string("livelock: from step 3 to step 8, again and again; nobody progresses"),
        race.back().text);
  }

  void is_short_however_many_take_part() {
    for (int processes = 1; processes <= 8; ++processes) {
      const auto race =
          lines(report::example::crowd(processes), report::example::crowd_result(processes));
      CPPUNIT_ASSERT(race.size() <= report::race_lines_max);
      CPPUNIT_ASSERT(race.back().step == -1);
      for (std::size_t i = 1; i < race.size() && race[i].step >= 0; ++i)
        CPPUNIT_ASSERT(race[i - 1].step < race[i].step);
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RaceTest);
