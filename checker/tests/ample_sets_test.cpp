#include "checker/audit/ample_sets.hpp"

#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;

class AmpleSetsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(AmpleSetsTest);
  CPPUNIT_TEST(who_is_alone_is_not_disturbed);
  CPPUNIT_TEST_SUITE_END();

 public:
  void who_is_alone_is_not_disturbed() {
    check(tests::philosophers(4, tests::Manners::left_first), 100);
    check(tests::peterson(tests::Announces::turn), 100);
    for (std::uint64_t seed = 1; seed <= 500; ++seed)
      check(tests::random_model(seed), 50);
  }

 private:
  static void check(const ir::Model& model, std::size_t states_max) {
    Effort effort(states_max);
    const auto complaints = audit_ample_sets(model, effort);
    CPPUNIT_ASSERT_EQUAL(std::string(), complaints.empty() ? "" : complaints.front());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AmpleSetsTest);
