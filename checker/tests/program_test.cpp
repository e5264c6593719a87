#include "checker/program/program.hpp"

#include "checker/program/interpret.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

using namespace stalemate;
using namespace stalemate::build;

class ProgramTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ProgramTest);
  CPPUNIT_TEST(names_every_alternative_and_part);
  CPPUNIT_TEST(an_index_of_few_values_splits_the_code);
  CPPUNIT_TEST(an_index_of_many_values_is_computed);
  CPPUNIT_TEST(invariants_that_nothing_can_break_are_not_looked_at);
  CPPUNIT_TEST_SUITE_END();

 public:
  void names_every_alternative_and_part() {
    const Program program = compile(tests::philosophers(3, tests::Manners::left_first));
    CPPUNIT_ASSERT_EQUAL(std::size_t{12}, program.alternatives.size());
    CPPUNIT_ASSERT((program.alternatives[5] == AlternativeName{1, 1, 0}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, program.parts.size());
    CPPUNIT_ASSERT_EQUAL(1, program.deadlock.value());
    CPPUNIT_ASSERT_EQUAL(3, program.successors_max);
  }

  void an_index_of_few_values_splits_the_code() {
    const Program program = compile(indexed(3));
    CPPUNIT_ASSERT_EQUAL(1, uses(program, Code::split));
    CPPUNIT_ASSERT_EQUAL(0, uses(program, Code::load_row) + uses(program, Code::store_row));
  }

  void an_index_of_many_values_is_computed() {
    const Program small = compile(indexed(20));
    CPPUNIT_ASSERT_EQUAL(0, uses(small, Code::split));
    CPPUNIT_ASSERT(uses(small, Code::load_row) > 0 && uses(small, Code::store_row) > 0);
    const Program large = compile(indexed(100)); // More than a word.
    CPPUNIT_ASSERT(uses(large, Code::load_cell) > 0 && uses(large, Code::store_cell) > 0);
  }

  void invariants_that_nothing_can_break_are_not_looked_at() {
    Model m({"p"});
    const Place x = m.var("x", 0, 3);
    const Place y = m.var("y", 0, 3);
    m.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("change what no invariant reads", then(y = 1));
      p.step("assign a value that is allowed", then(x = 2));
      p.step("assign one that may be wrong", then(x = y));
    });
    m.invariant("small", "x is small", {{x < 3, "x"}});
    const Program program = compile(m.finish());
    CPPUNIT_ASSERT_EQUAL(program.nothing, program.transitions[0].invariants);
    CPPUNIT_ASSERT_EQUAL(program.nothing, program.transitions[1].invariants);
    CPPUNIT_ASSERT_EQUAL(program.nothing, program.transitions[2].invariants); // y is 0 or 1.

    Model n({"p"});
    const Place z = n.var("z", 0, 3);
    n.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("count", when(z < 3).then(z = z + 1));
    });
    n.invariant("small", "z is small", {{z < 3, "z"}});
    const Program other = compile(n.finish());
    CPPUNIT_ASSERT(other.nothing != other.transitions[0].invariants);
  }

 private:
  static ir::Model indexed(int length) {
    return tests::one_process([=](Model& m) {
      const Array a = m.flags("a", length);
      const Place i = m.var("i", 0, length - 1);
      return [=](Path& p) {
        p.label("again");
        p.step("mark", when(!a[i]).then(a[i] = true), otherwise());
        p.step("move", then(i = (i + 1) % length).go("again"));
      };
    });
  }

  static int uses(const Program& program, Code code) {
    return static_cast<int>(
        std::ranges::count(program.code.instructions, code, &Instruction::code));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProgramTest);
