#include "reports/head.hpp"

#include "reports/tests/golden.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>

using namespace stalemate;
using namespace stalemate::report::tests;
using report::Caption;

class HeadTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(HeadTest);
  CPPUNIT_TEST(labels_stand_in_a_column);
  CPPUNIT_TEST(a_scenario_without_title_has_its_name);
  CPPUNIT_TEST(no_word_of_it_commands_the_terminal);
  CPPUNIT_TEST_SUITE_END();

  static std::string text(const Caption& caption, bool colour = false) {
    return written([&](std::ostream& out) { report::write_caption(caption, colour, out); });
  }

 public:
  void labels_stand_in_a_column() {
    const Caption caption{{"R1#none",
                           "Write against reclaim",
                           {{"kernel", "iomap_valid=none"}, {"processes", "writer0; kswapd"}}},
                          "holds: 1 state",
                          {"as expected"}};
    CPPUNIT_ASSERT_EQUAL(std::string("R1#none: Write against reclaim\n"
                                     "  kernel     iomap_valid=none\n"
                                     "  processes  writer0; kswapd\n"
                                     "\n"
                                     "holds: 1 state\n"
                                     "  as expected\n"),
                         text(caption));
  }

  void a_scenario_without_title_has_its_name() {
    CPPUNIT_ASSERT_EQUAL(std::string("R1\n\nholds\n"), text({{"R1", "", {}}, "holds", {}}));
  }

  void no_word_of_it_commands_the_terminal() {
    const std::string evil = "\033]0;x\007";
    const auto out = text({{evil, evil, {{evil, evil}}}, evil, {evil}});
    CPPUNIT_ASSERT(out.find('\033') == std::string::npos);
    CPPUNIT_ASSERT(out.find('\007') == std::string::npos);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HeadTest);
