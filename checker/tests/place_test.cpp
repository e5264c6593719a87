#include "checker/builder/place.hpp"

#include "checker/builder/declare.hpp"
#include "checker/tests/refusal.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::build;
using tests::refusal;

class PlaceTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(PlaceTest);
  CPPUNIT_TEST(refuses_an_index_that_can_leave_the_array);
  CPPUNIT_TEST(refuses_a_column_that_can_leave_the_row);
  CPPUNIT_TEST(refuses_a_value_that_is_never_in_range);
  CPPUNIT_TEST(assigning_records_and_changes_nothing);
  CPPUNIT_TEST(copying_a_place_binds_the_same_cell);
  CPPUNIT_TEST(assigning_a_place_to_a_place_records_its_value);
  CPPUNIT_TEST(a_row_of_a_table_is_an_array);
  CPPUNIT_TEST(an_index_needs_as_many_dimensions_as_the_variable);
  CPPUNIT_TEST_SUITE_END();

 public:
  void refuses_an_index_that_can_leave_the_array() {
    Model m;
    const Array dirty = m.array("folio.dirty", 2, 0, 1);
    const Place i = m.var("i", 0, 5);
    CPPUNIT_ASSERT_EQUAL(std::string("folio.dirty: index range 0..5 leaves 0..1"),
                         refusal([&] { (void)dirty[i]; }));
    CPPUNIT_ASSERT_EQUAL(std::string("accepted"), refusal([&] { (void)dirty[i % 2]; }));
  }

  void refuses_a_column_that_can_leave_the_row() {
    Model m;
    const Array data = table(m);
    CPPUNIT_ASSERT_EQUAL(std::string("folio.data: index range 3..3 leaves 0..2"),
                         refusal([&] { (void)data.row(0)[3]; }));
    CPPUNIT_ASSERT_EQUAL(std::string("folio.data: index range 2..2 leaves 0..1"),
                         refusal([&] { (void)data.row(2); }));
  }

  void refuses_a_value_that_is_never_in_range() {
    Model m;
    const Place x = m.var("x", 0, 3);
    CPPUNIT_ASSERT_EQUAL(std::string("x: value 4 is outside 0..3"),
                         refusal([&] { (void)(x = 4); }));
    CPPUNIT_ASSERT_EQUAL(std::string("x: value 4..7 is outside 0..3"),
                         refusal([&] { (void)(x = x + 4); }));
    CPPUNIT_ASSERT_EQUAL(std::string("accepted"), refusal([&] { (void)(x = x + 1); }));
  }

  void assigning_records_and_changes_nothing() {
    Model m;
    const Place x = m.var("x", 0, 3);
    const Effect effect = x = 2;
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, effect.parts().size());
    CPPUNIT_ASSERT(ir::is_constant(effect.parts()[0].effect.value, 2));
    CPPUNIT_ASSERT_EQUAL(0, effect.parts()[0].effect.variable);
  }

  void copying_a_place_binds_the_same_cell() {
    Model m;
    const Place x = m.var("x", 0, 3);
    const Place same = x; // NOLINT(performance-unnecessary-copy-initialization): what is tested
    CPPUNIT_ASSERT(x.node() == same.node());
  }

  void assigning_a_place_to_a_place_records_its_value() {
    Model m;
    const Place x = m.var("x", 0, 3);
    const Place y = m.var("y", 0, 3);
    const Effect effect = x = y;
    CPPUNIT_ASSERT(effect.parts()[0].effect.value == y.node());
  }

  void a_row_of_a_table_is_an_array() {
    Model m;
    const Array row = table(m).row(1);
    CPPUNIT_ASSERT_EQUAL(3, row.size());
    const Place last = row[2];
    CPPUNIT_ASSERT(ir::is_constant(last.node()->operands[0], 5));
  }

  void an_index_needs_as_many_dimensions_as_the_variable() {
    Model m;
    const Array flat = m.array("flat", 2, 0, 1);
    const Array data = table(m);
    CPPUNIT_ASSERT_EQUAL(std::string("flat: has no rows"), refusal([&] { (void)flat.row(0); }));
    CPPUNIT_ASSERT_EQUAL(std::string("folio.data: a row is missing"),
                         refusal([&] { (void)data[0]; }));
  }

 private:
  static Array table(Model& m) {
    ir::Variable variable;
    variable.name = "folio.data";
    variable.range = {0, 1};
    variable.shape = {2, 3};
    return m.declare(variable);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PlaceTest);
