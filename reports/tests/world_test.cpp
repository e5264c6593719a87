#include "reports/world.hpp"

#include "reports/tests/example.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using report::Strip;

class WorldTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(WorldTest);
  CPPUNIT_TEST(shows_what_the_claim_reads_and_what_went_stale);
  CPPUNIT_TEST(accents_the_two_sides_of_the_contradiction);
  CPPUNIT_TEST(spans_cover_every_moment_once);
  CPPUNIT_TEST(shows_no_more_than_asked_for);
  CPPUNIT_TEST(a_deadlock_shows_its_locks);
  CPPUNIT_TEST_SUITE_END();

  const ir::Model race_ = report::example::race();
  const Trace trace_ = replay(race_, report::example::race_result());

  [[nodiscard]] std::vector<Strip> strips(std::size_t most) const {
    return report::world(race_, trace_, report::causality(race_, trace_), most);
  }

  static std::string names(const std::vector<Strip>& strips) {
    std::string text;
    for (const Strip& s : strips)
      text += s.name + " ";
    return text;
  }

 public:
  void shows_what_the_claim_reads_and_what_went_stale() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("extent[0] folio[0].present folio[0].data[1] disk[1] file[1] "),
        names(strips(6)));
  }

  void accents_the_two_sides_of_the_contradiction() {
    std::string accented;
    for (const Strip& s : strips(6))
      if (s.is_broken) accented += s.name + " ";
    CPPUNIT_ASSERT_EQUAL(std::string("folio[0].data[1] file[1] "), accented);
  }

  void spans_cover_every_moment_once() {
    for (const Strip& s : strips(6)) {
      int next = 0;
      for (const report::Span& span : s.spans) {
        CPPUNIT_ASSERT_EQUAL(next, span.from);
        CPPUNIT_ASSERT(span.from <= span.to);
        next = span.to + 1;
      }
      CPPUNIT_ASSERT_EQUAL(static_cast<int>(trace_.steps.size()) + 1, next);
    }
  }

  void shows_no_more_than_asked_for() {
    CPPUNIT_ASSERT_EQUAL(std::string("folio[0].present folio[0].data[1] file[1] "),
                         names(strips(3)));
    CPPUNIT_ASSERT(strips(0).empty());
  }

  void a_deadlock_shows_its_locks() {
    const auto model = report::example::cycle();
    const auto trace = replay(model, report::example::cycle_result());
    const auto shown = report::world(model, trace, report::causality(model, trace), 6);
    CPPUNIT_ASSERT_EQUAL(std::string("inode.i_rwsem "), names(shown));
    CPPUNIT_ASSERT_EQUAL(std::string("free"), shown[0].spans[0].value);
    CPPUNIT_ASSERT(shown[0].spans[0].is_nothing);
    CPPUNIT_ASSERT_EQUAL(std::string("writer0"), shown[0].spans[1].value);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WorldTest);
