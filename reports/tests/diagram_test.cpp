#include "reports/diagram.hpp"

#include "reports/graphviz.hpp"
#include "reports/tests/example.hpp"
#include "reports/tests/golden.hpp"
#include "reports/tests/live_example.hpp"
#include "reports/tests/markup.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>

using namespace stalemate;
using namespace stalemate::report::tests;
using report::draw;
using report::Picture;

namespace {

std::string diagram(const ir::Model& model, const Result& result, const std::string& name) {
  const auto trace = replay(model, result);
  return written([&](std::ostream& out) {
    report::write_diagram(
        model, trace, report::example::caption(name, model, result), report::Fold::long_ones, out);
  });
}

std::string race() {
  return diagram(report::example::race(), report::example::race_result(), "R1#none");
}

/// The number behind the first occurrence of a text.
double number_after(const std::string& text, const std::string& key) {
  const auto at = text.find(key);
  return at == std::string::npos ? -1 : std::stod(text.substr(at + key.size()));
}

} // namespace

class DiagramTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(DiagramTest);
  CPPUNIT_TEST(tells_the_race);
  CPPUNIT_TEST(tells_the_deadlock);
  CPPUNIT_TEST(is_the_same_in_every_run);
  CPPUNIT_TEST(is_well_formed);
  CPPUNIT_TEST(is_a_picture);
  CPPUNIT_TEST(fits_a_mail_with_four_processes);
  CPPUNIT_TEST(draws_any_number_of_processes);
  CPPUNIT_TEST(names_that_look_like_markup_are_text);
  CPPUNIT_TEST(uses_one_accent_and_two_weights);
  CPPUNIT_TEST_SUITE_END();

 public:
  void tells_the_race() { assert_golden("race.dot", race()); }

  void tells_the_deadlock() {
    assert_golden("retries.dot",
                  diagram(report::example::retries(), report::example::retries_result(), "L0"));
    assert_golden("cycle.dot",
                  diagram(report::example::cycle(), report::example::cycle_result(), "R1#lock"));
  }

  void is_the_same_in_every_run() {
    CPPUNIT_ASSERT_EQUAL(race(), race());
    for (const auto picture : {Picture::svg, Picture::png, Picture::pdf})
      CPPUNIT_ASSERT(draw(race(), picture) == draw(race(), picture));
  }

  void is_well_formed() {
    CPPUNIT_ASSERT_EQUAL(std::string(), xml_mistake(draw(race(), Picture::svg)));
  }

  void is_a_picture() {
    const auto png = draw(race(), Picture::png);
    CPPUNIT_ASSERT(png.starts_with("\x89PNG\r\n"));
    CPPUNIT_ASSERT(png.size() > 20000);
    const auto pdf = draw(race(), Picture::pdf);
    CPPUNIT_ASSERT(pdf.starts_with("%PDF-"));
    CPPUNIT_ASSERT(pdf.size() > 10000);
  }

  void fits_a_mail_with_four_processes() {
    const double points = number_after(draw(race(), Picture::svg), "<svg width=\"");
    CPPUNIT_ASSERT(points > 600);
    CPPUNIT_ASSERT(points * 96 / 72 <= 1080); // at 1000 pixels text of 9 points is one of 8
  }

  void draws_any_number_of_processes() {
    for (int processes = 1; processes <= 8; ++processes) {
      const auto dot =
          diagram(report::example::crowd(processes), report::example::crowd_result(processes), "W");
      CPPUNIT_ASSERT_EQUAL(std::string(), xml_mistake(draw(dot, Picture::svg)));
    }
  }

  void names_that_look_like_markup_are_text() {
    auto model = report::example::race();
    model.processes[0].name = "<b>\"&\\N";
    model.functions[0].name = "</TABLE>\n\\l";
    model.processes[0].steps[0].phrase = "a < b && \"c\" > d \x01 \xff";
    model.properties[0].claim = "<script>";
    const auto dot = diagram(model, report::example::race_result(), "<x>&\"\033 --> -- &amp;");
    const auto svg = draw(dot, Picture::svg);
    CPPUNIT_ASSERT_EQUAL(std::string(), xml_mistake(svg));
    CPPUNIT_ASSERT(svg.find("<script>") == std::string::npos);
    CPPUNIT_ASSERT(svg.find("&lt;script&gt;") != std::string::npos);
  }

  void uses_one_accent_and_two_weights() {
    auto svg = draw(race(), Picture::svg);
    for (const auto* known :
         {"#c00020", "#000000", "#5f5f5f", "#b4b4b4", "#e4e4e4", "#f0f0f0", "#ffffff"})
      svg = replaced(std::move(svg), known, "");
    CPPUNIT_ASSERT(svg.find("\"#") == std::string::npos);
    svg = replaced(std::move(svg), "font-weight=\"bold\"", "");
    CPPUNIT_ASSERT(svg.find("font-weight") == std::string::npos);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DiagramTest);
