#include "checker/program/footprint.hpp"

#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::build;
using tests::one_process;

class FootprintTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(FootprintTest);
  CPPUNIT_TEST(an_open_index_stands_for_every_cell_of_its_range);
  CPPUNIT_TEST(what_is_waited_for_and_an_index_are_read);
  CPPUNIT_TEST(in_a_state_an_index_is_one_cell);
  CPPUNIT_TEST(an_index_is_resolved_when_its_effect_runs);
  CPPUNIT_TEST(what_is_not_enabled_writes_nothing);
  CPPUNIT_TEST(writing_what_the_other_reads_is_a_conflict);
  CPPUNIT_TEST_SUITE_END();

 public:
  FootprintTest()
      : model_(one_process([](Model& m) {
          const Array a = m.flags("a", 4);
          const Place i = m.var("i", 0, 2);
          return
              [=](Path& p) { p.step("go", when(!a[i]).then(i = 2, a[i + 1] = true), when(a[0])); };
        })) {}

  void an_open_index_stands_for_every_cell_of_its_range() {
    const Footprint f = static_footprint(process(), alternative(0));
    CPPUNIT_ASSERT((f.enabled == Cells{{0, 0}, {0, 1}, {0, 2}, {1, 0}, location()}));
    CPPUNIT_ASSERT((f.read == f.enabled));
    CPPUNIT_ASSERT((f.written == Cells{{0, 1}, {0, 2}, {0, 3}, {1, 0}, location()}));
  }

  void what_is_waited_for_and_an_index_are_read() {
    const ir::Model model = one_process([](Model& m) {
      const Array a = m.flags("a", 2);
      const Place i = m.var("i", 0, 1);
      const Place ready = m.flag("ready");
      return [=](Path& p) { p.step("go", always().wait(ready, "the others").then(a[i] = true)); };
    });
    const ir::Process& its = model.processes[0];
    const Footprint f = static_footprint(its, its.steps[0].alternatives[0]);
    CPPUNIT_ASSERT((f.enabled == Cells{{2, 0}, {its.location, 0}}));
    CPPUNIT_ASSERT((f.read == Cells{{1, 0}, {2, 0}, {its.location, 0}}));
  }

  void in_a_state_an_index_is_one_cell() {
    const Footprint f = resolved_footprint(model_, process(), alternative(0), state(1));
    CPPUNIT_ASSERT((f.enabled == Cells{{0, 1}, {1, 0}, location()}));
  }

  void an_index_is_resolved_when_its_effect_runs() {
    const Footprint f = resolved_footprint(model_, process(), alternative(0), state(0));
    CPPUNIT_ASSERT((f.written == Cells{{0, 3}, {1, 0}, location()}));
  }

  void what_is_not_enabled_writes_nothing() {
    const Footprint f = resolved_footprint(model_, process(), alternative(1), state(0));
    CPPUNIT_ASSERT(f.written.empty());
    CPPUNIT_ASSERT((f.enabled == Cells{{0, 0}, location()}));
  }

  void writing_what_the_other_reads_is_a_conflict() {
    Footprint writer;
    writer.written = {{0, 1}};
    Footprint reader;
    reader.read = {{0, 1}};
    Footprint other;
    other.read = {{0, 2}};
    CPPUNIT_ASSERT(!are_independent(writer, reader));
    CPPUNIT_ASSERT(!are_independent(reader, writer));
    CPPUNIT_ASSERT(!are_independent(writer, writer));
    CPPUNIT_ASSERT(are_independent(reader, reader));
    CPPUNIT_ASSERT(are_independent(writer, other));
  }

 private:
  using Cells = std::set<ir::Cell>;

  const ir::Process& process() const { return model_.processes[0]; }
  const ir::Alternative& alternative(std::size_t number) const {
    return process().steps[0].alternatives[number];
  }
  ir::Cell location() const { return {process().location, 0}; }
  ir::Valuation state(int i) const {
    ir::Valuation values = ir::initial(model_);
    values[1][0] = i;
    return values;
  }

  ir::Model model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(FootprintTest);
