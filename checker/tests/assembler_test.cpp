#include "checker/program/assembler.hpp"

#include "checker/program/ensure.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;

class AssemblerTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(AssemblerTest);
  CPPUNIT_TEST(jumps_are_relative);
  CPPUNIT_TEST(equal_tables_are_shared);
  CPPUNIT_TEST(codes_that_no_value_has_lead_where_the_last_does);
  CPPUNIT_TEST(a_mark_must_be_placed_once);
  CPPUNIT_TEST_SUITE_END();

 public:
  void jumps_are_relative() {
    Bytecode tables;
    Assembler code(tables);
    const Mark start = code.mark();
    const Mark end = code.mark();
    code.place(start);
    code.add({.code = Code::test}, end);
    code.add({.code = Code::jump}, start);
    code.place(end);
    code.add({.code = Code::end});
    const auto piece = code.finish();
    CPPUNIT_ASSERT_EQUAL(2, piece[0].jump);
    CPPUNIT_ASSERT_EQUAL(-1, piece[1].jump);
  }

  void equal_tables_are_shared() {
    Bytecode tables;
    Assembler code(tables);
    CPPUNIT_ASSERT_EQUAL(0, code.table(std::vector<std::int64_t>{1, 2, 3}));
    CPPUNIT_ASSERT_EQUAL(1, code.table(std::vector<std::int64_t>{2, 3}));
    CPPUNIT_ASSERT_EQUAL(3, code.table(std::vector<std::int64_t>{3, 4}));
  }

  void codes_that_no_value_has_lead_where_the_last_does() {
    Bytecode tables;
    Assembler code(tables);
    std::vector<Mark> marks{code.mark(), code.mark(), code.mark()};
    Field field;
    field.bits = 2;
    code.split(field, marks);
    for (const Mark mark : marks) {
      code.place(mark);
      code.add({.code = Code::end});
    }
    (void)code.finish();
    CPPUNIT_ASSERT((tables.jumps == std::vector<std::int32_t>{1, 2, 3, 3}));
  }

  void a_mark_must_be_placed_once() {
    Bytecode tables;
    Assembler code(tables);
    const Mark mark = code.mark();
    code.add({.code = Code::jump}, mark);
    CPPUNIT_ASSERT_THROW((void)code.finish(), InternalError);
    code.place(mark);
    CPPUNIT_ASSERT_THROW(code.place(mark), InternalError);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AssemblerTest);
