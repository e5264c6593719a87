#include "reports/machine.hpp"

#include "reports/tests/example.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using report::machine;

class MachineTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MachineTest);
  CPPUNIT_TEST(groups_steps_by_function_in_source_order);
  CPPUNIT_TEST(names_own_variables_as_the_process_would);
  CPPUNIT_TEST(recognises_what_otherwise_means);
  CPPUNIT_TEST(prints_constants_as_their_variable_does);
  CPPUNIT_TEST(leaves_out_what_changes_nothing);
  CPPUNIT_TEST(a_way_that_cannot_be_taken_says_so);
  CPPUNIT_TEST(the_title_names_everyone_who_runs_it);
  CPPUNIT_TEST_SUITE_END();

  ir::Model race_ = report::example::race();

  [[nodiscard]] report::MachineStep step(int process, int number) const {
    for (const auto& block : machine(race_, process).blocks)
      for (const auto& s : block.steps)
        if (s.number == number) return s;
    return {};
  }

 public:
  void groups_steps_by_function_in_source_order() {
    std::string functions;
    for (const auto& block : machine(race_, 0).blocks)
      functions += block.function + ":" + std::to_string(block.steps.size()) + " ";
    CPPUNIT_ASSERT_EQUAL(std::string("xfs_file_buffered_write:1 xfs_buffered_write_iomap_begin:1 "
                                     "iomap_write_begin:2 iomap_write_iter:1 iomap_write_end:1 "
                                     "xfs_file_buffered_write:1 "),
                         functions);
  }

  void names_own_variables_as_the_process_would() {
    CPPUNIT_ASSERT_EQUAL(std::string("iomap.type = extent[0]"), step(0, 1).ways[0].effects[0]);
  }

  void recognises_what_otherwise_means() {
    CPPUNIT_ASSERT_EQUAL(std::string("when folio[0].present"), step(0, 2).ways[0].condition);
    CPPUNIT_ASSERT_EQUAL(std::string("it is not cached, make a new one: otherwise"),
                         step(0, 2).ways[1].condition);
    CPPUNIT_ASSERT_EQUAL(std::string("zero it: otherwise, when iomap.type == unwritten"),
                         step(0, 3).ways[1].condition);
  }

  void prints_constants_as_their_variable_does() {
    auto& effect = race_.processes[0].steps[4].alternatives[0].effects[0];
    effect.value = ir::combine(
        ir::Op::select,
        {race_.processes[0].steps[2].alternatives[0].guard, ir::constant(2), ir::constant(1)});
    CPPUNIT_ASSERT_EQUAL(std::string("folio[0].data[0] = folio[0].present ? new : old"),
                         step(0, 4).ways[0].effects[0]);
    const auto& range = race_.variables[static_cast<std::size_t>(effect.variable)].range;
    const auto kept = ir::load(effect.variable, range, effect.index);
    const auto condition = effect.value->operands[0];
    effect.value = ir::combine(ir::Op::select, {condition, ir::constant(2), kept});
    CPPUNIT_ASSERT_EQUAL(
        std::string("folio[0].data[0] = folio[0].present ? new : folio[0].data[0]"),
        step(0, 4).ways[0].effects[0]);
    effect.value = ir::combine(ir::Op::select, {condition, kept, ir::constant(1)});
    CPPUNIT_ASSERT_EQUAL(
        std::string("folio[0].data[0] = folio[0].present ? folio[0].data[0] : old"),
        step(0, 4).ways[0].effects[0]);
  }

  void leaves_out_what_changes_nothing() {
    auto& effect = race_.processes[0].steps[4].alternatives[0].effects[0];
    const auto& range = race_.variables[static_cast<std::size_t>(effect.variable)].range;
    effect.value = ir::load(effect.variable, range, effect.index);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, step(0, 4).ways[0].effects.size());
  }

  void a_way_that_cannot_be_taken_says_so() {
    race_.processes[0].steps[2].alternatives[1].guard = ir::constant(0);
    CPPUNIT_ASSERT_EQUAL(std::string("it is not cached, make a new one: never in this scenario"),
                         step(0, 2).ways[1].condition);
  }

  void the_title_names_everyone_who_runs_it() {
    race_.processes[1].path = "writer";
    CPPUNIT_ASSERT_EQUAL(std::string("writer: 7 steps, run by writer0"), machine(race_, 0).title);
    race_.processes[1].steps = race_.processes[0].steps;
    CPPUNIT_ASSERT_EQUAL(std::string("writer: 7 steps, run by writer0, flusher"),
                         machine(race_, 0).title);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MachineTest);
