// What bench/compare.cpp compares with must be the same model.

#include "checker/search/explore.hpp"
#include "checker/tests/second_opinions.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace stalemate::kernel {
namespace {

class HandWrittenTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(HandWrittenTest);
  CPPUNIT_TEST(has_the_states_of_ours);
  CPPUNIT_TEST(loses_a_write_as_soon);
  CPPUNIT_TEST_SUITE_END();

 public:
  void setUp() override {
    stalemate::tests::require_program("spin");
    stalemate::tests::require_program("tcc");
  }

  void has_the_states_of_ours() {
    const Result ours = explore(compile(model("one-writer")));
    const Opinion theirs = asked("#define ONE_WRITER\n");
    CPPUNIT_ASSERT_EQUAL(std::string(), theirs.failure);
    CPPUNIT_ASSERT(ours.verdict == Verdict::holds && theirs.findings.empty());
    CPPUNIT_ASSERT_EQUAL(ours.counts.states, theirs.states);
    CPPUNIT_ASSERT_EQUAL(ours.counts.transitions, theirs.transitions);
  }

  void loses_a_write_as_soon() {
    const Result ours = explore(compile(model("no-check")));
    const Opinion theirs = asked("#define NO_CHECK\n");
    CPPUNIT_ASSERT_EQUAL(std::string(), theirs.failure);
    CPPUNIT_ASSERT(ours.verdict == Verdict::violated && !theirs.findings.empty());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{ours.schedule.size()}, theirs.findings.front().length);
    CPPUNIT_ASSERT_EQUAL(0, theirs.findings.front().property);
  }

 private:
  static std::string file(const std::string& name) {
    return std::string(STALEMATE_SOURCE_DIR) + "/bench/" + name;
  }

  static ir::Model model(const std::string& variant) {
    const ScenarioFile scenarios = read_scenario_file(file("stale-iomap.json"));
    for (const Scenario& scenario : scenarios.scenarios())
      if (scenario.variant == variant) return build_model(scenario);
    throw std::runtime_error("no such variant");
  }

  static Opinion asked(const std::string& opening) {
    std::ifstream in(file("r1.pml"));
    ir::Model claims;
    claims.properties.resize(2); // As r1.pml numbers them.
    claims.properties[0].kind = ir::PropertyKind::assertion;
    claims.properties[1].kind = ir::PropertyKind::no_deadlock;
    SpinOptions options;
    options.compiler = {"tcc"};
    return ask_spin(opening + std::string{std::istreambuf_iterator<char>(in), {}}, claims, options);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HandWrittenTest);

} // namespace
} // namespace stalemate::kernel
