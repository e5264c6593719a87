#include "reports/graphviz.hpp"

#include "reports/tests/golden.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate::report;
using namespace stalemate::report::tests;

class GraphvizTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(GraphvizTest);
  CPPUNIT_TEST(draws_every_format);
  CPPUNIT_TEST(draws_the_same_bytes_twice);
  CPPUNIT_TEST(leaves_out_version_and_date);
  CPPUNIT_TEST(refuses_what_is_not_dot);
  CPPUNIT_TEST(goes_on_after_a_mistake);
  CPPUNIT_TEST(quotes_what_dot_would_understand);
  CPPUNIT_TEST(escapes_what_markup_would_understand);
  CPPUNIT_TEST_SUITE_END();

  const std::string graph_ = "digraph g { a -> b [label=\"x\"] }";

 public:
  void draws_every_format() {
    CPPUNIT_ASSERT(draw(graph_, Picture::svg).starts_with("<?xml"));
    CPPUNIT_ASSERT(draw(graph_, Picture::png).starts_with("\x89PNG\r\n"));
    CPPUNIT_ASSERT(draw(graph_, Picture::pdf).starts_with("%PDF-"));
    CPPUNIT_ASSERT_EQUAL(graph_, draw(graph_, Picture::dot));
  }

  void draws_the_same_bytes_twice() {
    for (const auto picture : {Picture::svg, Picture::png, Picture::pdf})
      CPPUNIT_ASSERT(draw(graph_, picture) == draw(graph_, picture));
  }

  void leaves_out_version_and_date() {
    CPPUNIT_ASSERT(draw(graph_, Picture::svg).find("graphviz version") == std::string::npos);
    const auto pdf = draw(graph_, Picture::pdf);
    CPPUNIT_ASSERT(pdf.find("/CreationDate (D:19700101000000") != std::string::npos);
  }

  void refuses_what_is_not_dot() {
    const auto why = refusal([] { (void)draw("digraph {", Picture::svg); });
    CPPUNIT_ASSERT_MESSAGE(why, why.starts_with("graphviz: cannot read the graph: "));
    const auto empty = refusal([] { (void)draw("", Picture::svg); });
    CPPUNIT_ASSERT_MESSAGE(empty, empty.starts_with("graphviz: cannot read the graph: "));
    const auto layout = refusal([] { (void)draw("digraph { layout=none_such }", Picture::svg); });
    CPPUNIT_ASSERT_MESSAGE(layout, layout.starts_with("graphviz: no layout: "));
  }

  void goes_on_after_a_mistake() {
    (void)refusal([] { (void)draw("digraph {", Picture::svg); });
    CPPUNIT_ASSERT(draw(graph_, Picture::svg).starts_with("<?xml"));
  }

  void quotes_what_dot_would_understand() {
    CPPUNIT_ASSERT_EQUAL(std::string(R"("a \"b\" \\ c d")"), dot_string("a \"b\" \\ c\nd"));
  }

  void escapes_what_markup_would_understand() {
    CPPUNIT_ASSERT_EQUAL(std::string("&lt;a&gt; &amp; &quot;b&quot; "), escaped("<a> & \"b\"\n"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(GraphvizTest);
