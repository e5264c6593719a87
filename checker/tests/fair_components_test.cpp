#include "checker/liveness/fair_components.hpp"

#include "checker/builder/path.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace stalemate;
using namespace stalemate::build;
using ir::Fairness;

class FairComponentsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(FairComponentsTest);
  CPPUNIT_TEST(a_part_of_a_loop_may_be_fair_where_the_whole_is_not);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// Who could go on now and then is owed that where it is so, and nothing where it never is.
  void a_part_of_a_loop_may_be_fair_where_the_whole_is_not() {
    Model m({"p0", "p1"});
    const Place open = m.flag("open");
    const Place ticks = m.var("ticks", 0, 1);
    m.process("p0", "waits", [&](Path& p) {
      const auto f = p.function("f", "");
      p.fairness(Fairness::strong);
      p.step("go in", when(open));
    });
    m.process("p1", "opens", [&](Path& p) {
      const auto f = p.function("g", "");
      p.label("again");
      p.step("open it or not",
             when(!open).then(open = true).go("again"),
             when(!open).then(ticks = 1 - ticks).go("again"),
             when(open).then(open = false).go("again"));
    });
    m.progress();
    const ir::Model model = m.finish();
    const Result result = explore(compile(model));
    CPPUNIT_ASSERT_EQUAL(std::string("starvation"), word(result.verdict));
    CPPUNIT_ASSERT_EQUAL(0, result.process);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.loop.size());
    (void)replay(model, result);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FairComponentsTest);
