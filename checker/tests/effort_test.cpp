// Audits end where a limit says so, and say what they did.

#include "checker/audit/effort.hpp"

#include "checker/audit/ample_sets.hpp"
#include "checker/audit/commutation.hpp"
#include "checker/audit/footprints.hpp"
#include "checker/audit/rewritings.hpp"
#include "checker/audit/symmetry.hpp"
#include "checker/tests/neutral_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;

class EffortTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(EffortTest);
  CPPUNIT_TEST(without_limits_everything_is_tried);
  CPPUNIT_TEST(an_interrupt_ends_all_audits);
  CPPUNIT_TEST(memory_ends_them);
  CPPUNIT_TEST_SUITE_END();

 public:
  void without_limits_everything_is_tried() {
    Effort effort(50);
    audit_all(effort);
    CPPUNIT_ASSERT_EQUAL(std::string(), effort.reason());
    CPPUNIT_ASSERT(effort.comparisons() > 1000);
  }

  void an_interrupt_ends_all_audits() {
    std::atomic<bool> interrupted = true;
    Limits limits;
    limits.interrupted = &interrupted;
    Effort effort(50, limits);
    audit_all(effort);
    CPPUNIT_ASSERT_EQUAL(std::string("interrupted"), effort.reason());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, effort.comparisons());
  }

  void memory_ends_them() {
    Limits limits;
    limits.memory_max = 5'000;
    Effort effort(50'000, limits);
    audit_all(effort);
    CPPUNIT_ASSERT_EQUAL(std::string("the memory limit of 5000 bytes is reached"), effort.reason());
  }

 private:
  static void audit_all(Effort& effort) {
    const ir::Model model = tests::philosophers(4, tests::Manners::left_first);
    for (const auto& audit :
         {audit_footprints, audit_commutation, audit_ample_sets, audit_symmetry, audit_rewritings})
      CPPUNIT_ASSERT(audit(model, effort).empty());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(EffortTest);
