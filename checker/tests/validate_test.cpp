#include "checker/ir/validate.hpp"

#include "checker/builder/path.hpp"
#include "checker/tests/refusal.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdint>
#include <functional>
#include <memory>

using namespace stalemate;
using tests::refusal;

class ValidateTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ValidateTest);
  CPPUNIT_TEST(accepts_a_sound_model);
  CPPUNIT_TEST(refuses_unsound_variables);
  CPPUNIT_TEST(refuses_unsound_steps);
  CPPUNIT_TEST(refuses_unsound_expressions);
  CPPUNIT_TEST(refuses_a_step_that_depends_on_a_ghost);
  CPPUNIT_TEST(refuses_claims_that_claim_nothing);
  CPPUNIT_TEST_SUITE_END();

 public:
  void accepts_a_sound_model() {
    CPPUNIT_ASSERT_EQUAL(std::string("accepted"), changed([](ir::Model&) {}));
  }

  void refuses_unsound_variables() {
    CPPUNIT_ASSERT_EQUAL(std::string("x: its range 3..2 is empty"), changed([](ir::Model& m) {
                           m.variables[0].range = {3, 2};
                         }));
    CPPUNIT_ASSERT_EQUAL(std::string("x: initial value 4 is outside 0..3"),
                         changed([](ir::Model& m) { m.variables[0].initial = {4}; }));
    CPPUNIT_ASSERT_EQUAL(std::string("x: 2 initial values for 1 cells"), changed([](ir::Model& m) {
                           m.variables[0].initial = {0, 0};
                         }));
    CPPUNIT_ASSERT_EQUAL(std::string("x: an array of no cells"),
                         changed([](ir::Model& m) { m.variables[0].shape = {0}; }));
    CPPUNIT_ASSERT_EQUAL(std::string("x: an array of more than 16777216 cells"),
                         changed([](ir::Model& m) {
                           m.variables[0].shape = {65'536, 65'536};
                         }));
    CPPUNIT_ASSERT_EQUAL(std::string("x: two variables of this name"),
                         changed([](ir::Model& m) { m.variables[1].name = "x"; }));
    CPPUNIT_ASSERT_EQUAL(std::string("x: the names of its rows do not fit its shape"),
                         changed([](ir::Model& m) { m.variables[0].rows = {"one"}; }));
  }

  void refuses_unsound_steps() {
    const std::string where = "worker: work: \"count\": ";
    CPPUNIT_ASSERT_EQUAL(where + "goes on at step 7, which does not exist",
                         changed([](ir::Model& m) { first(m).next = 7; }));
    CPPUNIT_ASSERT_EQUAL(where + "variable 99 does not exist",
                         changed([](ir::Model& m) { first(m).effects[0].variable = 99; }));
    CPPUNIT_ASSERT_EQUAL(where + "x: value 9..9 is outside 0..3", changed([](ir::Model& m) {
                           first(m).effects[0].value = ir::constant(9);
                         }));
    CPPUNIT_ASSERT_EQUAL(where + "x: is no array", changed([](ir::Model& m) {
                           first(m).effects[0].index = ir::constant(0);
                         }));
    CPPUNIT_ASSERT_EQUAL(where + "an expression is missing",
                         changed([](ir::Model& m) { first(m).guard = nullptr; }));
    CPPUNIT_ASSERT_EQUAL(where + "an expression still says `self`",
                         changed([](ir::Model& m) { first(m).guard = ir::self(1); }));
    CPPUNIT_ASSERT_EQUAL(where + "a wait must say what it waits for", changed([](ir::Model& m) {
                           first(m).waits.push_back({ir::constant(1), nullptr, "", {}, false});
                         }));
    CPPUNIT_ASSERT_EQUAL(where + "x: assigned by a process that does not own it",
                         changed([](ir::Model& m) { m.variables[0].owner = 1; }));
    CPPUNIT_ASSERT_EQUAL(where + "a step needs an alternative", changed([](ir::Model& m) {
                           m.processes[0].steps[0].alternatives.clear();
                         }));
  }

  void refuses_unsound_expressions() {
    const std::string where = "worker: work: \"count\": ";
    CPPUNIT_ASSERT_EQUAL(where + "a value can need more than 32 bits: 0..4294967296",
                         changed([](ir::Model& m) { first(m).guard = wide(); }));
    // Those who do not trust what it was folded to read the rest too.
    CPPUNIT_ASSERT_EQUAL(where + "variable 99 does not exist", changed([](ir::Model& m) {
                           ir::Expression e = *ir::constant(1);
                           e.written = ir::load(99, {0, 1}, nullptr);
                           first(m).guard = std::make_shared<const ir::Expression>(e);
                         }));
    for (const auto kind : {ir::PropertyKind::eventually, ir::PropertyKind::leads_to})
      CPPUNIT_ASSERT_EQUAL(std::string("meant: a value can need more than 32 bits: 0..4294967296"),
                           changed([&](ir::Model& m) {
                             const bool has_cause = kind == ir::PropertyKind::leads_to;
                             m.properties.push_back({"meant", "", kind, {}});
                             m.properties.back().goal = has_cause ? ir::constant(1) : wide();
                             if (has_cause) m.properties.back().cause = wide();
                           }));
  }

  void refuses_a_step_that_depends_on_a_ghost() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("worker: work: \"count\": x is a ghost; no step may depend on it"),
        changed([](ir::Model& m) { m.variables[0].ghost = true; }));
  }

  void refuses_claims_that_claim_nothing() {
    CPPUNIT_ASSERT_EQUAL(std::string("empty: an invariant that claims nothing"),
                         changed([](ir::Model& m) {
                           m.properties.push_back({"empty", "", ir::PropertyKind::invariant, {}});
                         }));
    CPPUNIT_ASSERT_EQUAL(std::string("idle: an assertion that no step checks"),
                         changed([](ir::Model& m) {
                           m.properties.push_back({"idle", "", ir::PropertyKind::assertion, {}});
                         }));
  }

 private:
  static ir::Alternative& first(ir::Model& m) { return m.processes[0].steps[0].alternatives[0]; }

  /// As no function makes it.
  static ir::ExpressionPtr wide() {
    ir::Expression e = *ir::constant(1);
    e.range = {0, std::int64_t{1} << 32};
    return std::make_shared<const ir::Expression>(e);
  }

  static std::string changed(const std::function<void(ir::Model&)>& change) {
    build::Model m({"worker"});
    const build::Place x = m.var("x", 0, 3);
    (void)m.var("y", 0, 3);
    m.process("worker", "work", [&](build::Path& p) {
      const auto fn = p.function("work", "w.c");
      p.step("count", build::when(x < 3).then(x = x + 1));
    });
    ir::Model model = m.finish();
    change(model);
    return refusal([&] { ir::validate(model); });
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ValidateTest);
