#include "checker/audit/symmetry.hpp"

#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

using namespace stalemate;

class AuditSymmetryTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(AuditSymmetryTest);
  CPPUNIT_TEST(what_one_does_another_can_do);
  CPPUNIT_TEST_SUITE_END();

 public:
  void what_one_does_another_can_do() {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
      Effort effort(40);
      const auto complaints = audit_symmetry(tests::random_alike_model(seed), effort);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(fmt::format("seed {}", seed),
                                   std::string(),
                                   complaints.empty() ? "" : complaints.front());
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AuditSymmetryTest);
