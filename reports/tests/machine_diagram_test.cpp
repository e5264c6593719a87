#include "reports/machine_diagram.hpp"

#include "reports/graphviz.hpp"
#include "reports/tests/example.hpp"
#include "reports/tests/golden.hpp"
#include "reports/tests/markup.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>

using namespace stalemate;
using namespace stalemate::report::tests;
using report::draw;
using report::Picture;

class MachineDiagramTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MachineDiagramTest);
  CPPUNIT_TEST(draws_jumps_at_the_side);
  CPPUNIT_TEST(is_well_formed_for_every_process);
  CPPUNIT_TEST(is_the_same_in_every_run);
  CPPUNIT_TEST_SUITE_END();

  static std::string diagram(const ir::Model& model, int process) {
    return written([&](std::ostream& out) { report::write_machine_diagram(model, process, out); });
  }

 public:
  void draws_jumps_at_the_side() {
    assert_golden("machine-kswapd.dot", diagram(report::example::race(), 3));
  }

  void is_well_formed_for_every_process() {
    const auto model = report::example::race();
    for (int p = 0; p < static_cast<int>(model.processes.size()); ++p)
      CPPUNIT_ASSERT_EQUAL(std::string(), xml_mistake(draw(diagram(model, p), Picture::svg)));
  }

  void is_the_same_in_every_run() {
    const auto model = report::example::race();
    CPPUNIT_ASSERT(draw(diagram(model, 0), Picture::png) == draw(diagram(model, 0), Picture::png));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MachineDiagramTest);
