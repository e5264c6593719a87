#include "reports/machine_text.hpp"

#include "reports/tests/example.hpp"
#include "reports/tests/golden.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>

using namespace stalemate;
using namespace stalemate::report::tests;

class MachineTextTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MachineTextTest);
  CPPUNIT_TEST(describes_a_path_in_source_order);
  CPPUNIT_TEST(shows_jumps_and_rests);
  CPPUNIT_TEST(fits_a_terminal);
  CPPUNIT_TEST_SUITE_END();

  static std::string text(const ir::Model& model, int process) {
    return written(
        [&](std::ostream& out) { report::write_machine_text(model, process, false, out); });
  }

 public:
  void describes_a_path_in_source_order() {
    assert_golden("machine-writer.txt", text(report::example::race(), 0));
  }

  void shows_jumps_and_rests() {
    assert_golden("machine-kswapd.txt", text(report::example::race(), 3));
  }

  void fits_a_terminal() { CPPUNIT_ASSERT(widest(text(report::example::crowd(3), 1)) <= 100); }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MachineTextTest);
