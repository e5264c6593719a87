#include "checker/audit/commutation.hpp"

#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;

class CommutationTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(CommutationTest);
  CPPUNIT_TEST(independent_steps_run_in_either_order);
  CPPUNIT_TEST_SUITE_END();

 public:
  void independent_steps_run_in_either_order() {
    check(tests::philosophers(4, tests::Manners::left_first), 100);
    check(tests::peterson(tests::Announces::turn), 100);
    for (std::uint64_t seed = 1; seed <= 500; ++seed)
      check(tests::random_model(seed), 30);
  }

 private:
  static void check(const ir::Model& model, std::size_t states_max) {
    Effort effort(states_max);
    const auto complaints = audit_commutation(model, effort);
    CPPUNIT_ASSERT_EQUAL(std::string(), complaints.empty() ? "" : complaints.front());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CommutationTest);
