#include "checker/audit/reference.hpp"

#include "checker/tests/neutral_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::build;
using tests::Announces;
using tests::Manners;

class ReferenceTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ReferenceTest);
  CPPUNIT_TEST(counts_what_can_be_counted_by_hand);
  CPPUNIT_TEST(finds_what_is_known_to_be_broken);
  CPPUNIT_TEST(gives_no_verdict_beyond_its_limit);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// Two processes of n steps each that do not touch each other: (n + 1)^2 states, 2n(n + 1)
  /// transitions, depth 2n.
  void counts_what_can_be_counted_by_hand() {
    Model m({"p0", "p1"});
    for (const char* name : {"p0", "p1"}) {
      m.process(name, "path", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        for (const char* phrase : {"one", "two", "three"})
          p.step(phrase, always());
      });
    }
    const Result result = explore_plainly(m.finish());
    CPPUNIT_ASSERT(result.verdict == Verdict::holds);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{16}, result.counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{24}, result.counts.transitions);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{6}, result.counts.depth);
  }

  void finds_what_is_known_to_be_broken() {
    CPPUNIT_ASSERT(explore_plainly(tests::peterson(Announces::interest)).verdict == Verdict::holds);
    CPPUNIT_ASSERT(explore_plainly(tests::peterson(Announces::turn)).verdict == Verdict::violated);
    const Result dinner = explore_plainly(tests::philosophers(4, Manners::left_first));
    CPPUNIT_ASSERT(dinner.verdict == Verdict::deadlock);
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, dinner.schedule.size());
  }

  void gives_no_verdict_beyond_its_limit() {
    const ir::Model model = tests::philosophers(4, Manners::last_is_odd);
    CPPUNIT_ASSERT(explore_plainly(model, 80).verdict == Verdict::holds);
    CPPUNIT_ASSERT(explore_plainly(model, 79).verdict == Verdict::incomplete);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReferenceTest);
