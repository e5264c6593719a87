#include "reports/mechanism.hpp"

#include "checker/builder/path.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace stalemate;
using namespace stalemate::build;

class MechanismTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MechanismTest);
  CPPUNIT_TEST(a_claim_breaks_by_what_was_relied_on);
  CPPUNIT_TEST(a_ring_is_who_waits_for_what);
  CPPUNIT_TEST_SUITE_END();

  static std::string said(const ir::Model& model) {
    return report::text(report::mechanism(model, replay(model, explore(compile(model)))));
  }

  /// Two add to a number of an array, one more than the other; names and places do not matter.
  static ir::Model adding(int cell, const std::string& first, const std::string& second) {
    Model m({first, second});
    const Array x = m.array("x", 3, 0, 3);
    const Place ended = m.var("ended", 0, 2);
    for (const std::string& name : {first, second})
      m.process(name, "add", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        const Place seen = p.local("seen", 0, 3);
        p.step("read", then(seen = x[cell]));
        p.step("write", then(x[cell] = seen + (name == first ? 1 : 2), ended = ended + 1));
      });
    m.invariant("both_count", "", {{ended < 2 || x[cell] == 3, "one is lost"}});
    return m.finish();
  }

 public:
  void a_claim_breaks_by_what_was_relied_on() {
    const std::string expected = "both_count is violated by add, in f; add goes by x";
    CPPUNIT_ASSERT_EQUAL(expected, said(adding(0, "a", "b")));
    CPPUNIT_ASSERT_EQUAL(expected, said(adding(2, "adder1", "adder0")));
  }

  void a_ring_is_who_waits_for_what() {
    CPPUNIT_ASSERT_EQUAL(std::string("no_deadlock: deadlock; ab waits for two; ba waits for one"),
                         said(tests::ring_of_two_locks()));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MechanismTest);
