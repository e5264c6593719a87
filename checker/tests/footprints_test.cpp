#include "checker/audit/footprints.hpp"

#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;

class FootprintsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(FootprintsTest);
  CPPUNIT_TEST(no_step_notices_what_it_does_not_read);
  CPPUNIT_TEST_SUITE_END();

 public:
  void no_step_notices_what_it_does_not_read() {
    check(tests::philosophers(4, tests::Manners::left_first), 100);
    check(tests::peterson(tests::Announces::turn), 100);
    for (std::uint64_t seed = 1; seed <= 200; ++seed)
      check(tests::random_model(seed), 20);
  }

 private:
  static void check(const ir::Model& model, std::size_t states_max) {
    Effort effort(states_max);
    const auto complaints = audit_footprints(model, effort);
    CPPUNIT_ASSERT_EQUAL(std::string(), complaints.empty() ? "" : complaints.front());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FootprintsTest);
