#include "checker/tests/shrink.hpp"

#include "checker/audit/reference.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;

class ShrinkTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ShrinkTest);
  CPPUNIT_TEST(leaves_only_what_matters);
  CPPUNIT_TEST(leaves_alone_what_is_not_bad);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// As if a checker could not count beyond 20 states.
  void leaves_only_what_matters() {
    const auto is_bad = [](const ir::Model& model) {
      return explore_plainly(model, 20).verdict == Verdict::incomplete;
    };
    int shrunken = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      const ir::Model model = tests::random_model(seed);
      if (!is_bad(model)) continue;
      const ir::Model small = tests::shrunk(model, is_bad);
      CPPUNIT_ASSERT(is_bad(small));
      CPPUNIT_ASSERT(tests::alternatives(small) <= 12);
      CPPUNIT_ASSERT(small.properties.empty());
      ++shrunken;
    }
    CPPUNIT_ASSERT(shrunken > 5);
  }

  void leaves_alone_what_is_not_bad() {
    const ir::Model model = tests::random_model(1);
    const ir::Model same = tests::shrunk(model, [](const ir::Model&) { return false; });
    CPPUNIT_ASSERT_EQUAL(tests::alternatives(model), tests::alternatives(same));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ShrinkTest);
