#include "checker/audit/rewritings.hpp"

#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::build;

class RewritingsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(RewritingsTest);
  CPPUNIT_TEST(a_rewritten_model_does_the_same);
  CPPUNIT_TEST(notices_what_does_not);
  CPPUNIT_TEST(a_counter_may_leave_its_range);
  CPPUNIT_TEST_SUITE_END();

 public:
  void a_rewritten_model_does_the_same() {
    check(tests::philosophers(4, tests::Manners::left_first), 100);
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
      check(tests::random_model(seed), 50);
      check(tests::random_counting_model(seed), 200);
      check(tests::random_live_counting_model(seed), 200);
    }
  }

  void notices_what_does_not() {
    const ir::Model model = two_steps(0, false);
    CPPUNIT_ASSERT_EQUAL(std::string("a claim holds in one of a state and its rewriting"),
                         first(model, two_steps(1, false)));
    CPPUNIT_ASSERT_EQUAL(std::string("p: go on, alternative 0 is possible in one"),
                         first(model, two_steps(-1, false)));
    CPPUNIT_ASSERT_EQUAL(std::string("p: set, alternative 0 fails in one"),
                         first(model, two_steps(2, false)));
  }

  void a_counter_may_leave_its_range() {
    CPPUNIT_ASSERT_EQUAL(std::string(), first(two_steps(2, true), two_steps(0, true)));
    CPPUNIT_ASSERT_EQUAL(std::string("p: set, alternative 0 fails in one"),
                         first(two_steps(2, false), two_steps(0, false)));
  }

 private:
  static ir::Model two_steps(int value, bool is_endless) {
    return tests::one_process([&](Model& m) {
      ir::Variable variable;
      variable.name = "x";
      variable.range = {0, 2};
      variable.initial = {1};
      variable.endless = is_endless;
      const Place x(m.declare(variable).id(), variable, nullptr);
      m.invariant("small", "x is small", {{x < 2, "x is large"}});
      return [x, value](Path& p) {
        p.step("set", then(x = x + value));
        p.step("go on", when(x > 0));
      };
    });
  }

  static std::string first(const ir::Model& model, const ir::Model& rewritten) {
    Effort effort(100);
    const auto complaints = audit_rewriting(model, rewritten, effort);
    return complaints.empty() ? "" : complaints.front();
  }

  static void check(const ir::Model& model, std::size_t states_max) {
    Effort effort(states_max);
    const auto complaints = audit_rewritings(model, effort);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(
        model.name, std::string(), complaints.empty() ? "" : complaints.front());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RewritingsTest);
