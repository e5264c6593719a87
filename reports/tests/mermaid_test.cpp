#include "reports/mermaid.hpp"

#include "reports/tests/example.hpp"
#include "reports/tests/golden.hpp"
#include "reports/tests/live_example.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>
#include <regex>
#include <sstream>
#include <string>

using namespace stalemate;
using namespace stalemate::report::tests;

namespace {

std::string mermaid(const ir::Model& model, const Result& result, const std::string& name) {
  const auto trace = replay(model, result);
  return written([&](std::ostream& out) {
    report::write_mermaid(model, trace, report::example::caption(name, model, result), out);
  });
}

/// The first line that is none of the few statements that we write; empty if there is none. Mermaid
/// itself has read the golden files.
std::string mermaid_mistake(const std::string& diagram) {
  static const std::regex statement(
      R"(  (participant p\d* as [^;]|Note over p\d*(,p\d+)?: |p\d+(->>|-->>|-x)p\d+: |)"
      R"(rect rgba\([0-9., ]+\)$|loop again and again$|end$).*)");
  static const std::regex entity("#[0-9]+;");
  std::istringstream lines(diagram);
  std::string line;
  for (int i = 0; i < 4 && std::getline(lines, line); ++i)
    if (i == 3 && line != "sequenceDiagram") return line;
  int open = 0;
  while (std::getline(lines, line)) {
    if (!std::regex_match(line, statement)) return line;
    if (std::regex_replace(line, entity, "").find_first_of(";#") != std::string::npos) return line;
    open += line.starts_with("  rect") || line.starts_with("  loop") ? 1 : 0;
    open -= line == "  end" ? 1 : 0;
    if (open < 0) return line;
  }
  return open == 0 ? "" : "end is missing";
}

} // namespace

class MermaidTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MermaidTest);
  CPPUNIT_TEST(draws_a_race);
  CPPUNIT_TEST(draws_a_deadlock);
  CPPUNIT_TEST(draws_a_loop);
  CPPUNIT_TEST(long_traces_are_folded);
  CPPUNIT_TEST(names_cannot_become_statements);
  CPPUNIT_TEST_SUITE_END();

 public:
  void draws_a_race() {
    const auto text = mermaid(report::example::race(), report::example::race_result(), "R1#none");
    assert_golden("race.mmd", text);
    CPPUNIT_ASSERT_EQUAL(std::string(), mermaid_mistake(text));
  }

  void draws_a_deadlock() {
    const auto text = mermaid(report::example::cycle(), report::example::cycle_result(), "R1#lock");
    assert_golden("cycle.mmd", text);
    CPPUNIT_ASSERT_EQUAL(std::string(), mermaid_mistake(text));
  }

  void draws_a_loop() {
    const auto text = mermaid(report::example::retries(), report::example::retries_result(), "L0");
    assert_golden("retries.mmd", text);
    CPPUNIT_ASSERT_EQUAL(std::string(), mermaid_mistake(text));
  }

  void long_traces_are_folded() {
    for (const int processes : {6, 60}) {
      const auto text =
          mermaid(report::example::crowd(processes), report::example::crowd_result(processes), "W");
      CPPUNIT_ASSERT_EQUAL(std::string(), mermaid_mistake(text));
      CPPUNIT_ASSERT_MESSAGE(text, text.size() < report::mermaid_bytes_max);
    }
  }

  void names_cannot_become_statements() {
    auto model = report::example::race();
    for (auto& process : model.processes)
      for (auto& step : process.steps)
        step.phrase += ";\n end # <b>\"%%{init}%%";
    const auto text = mermaid(model, report::example::race_result(), "\"R1\": \\ ---\nx");
    CPPUNIT_ASSERT_EQUAL(std::string(), mermaid_mistake(text));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MermaidTest);
