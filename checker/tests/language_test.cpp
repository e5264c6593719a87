#include "checker/language/parse.hpp"

#include "checker/ir/evaluate.hpp"
#include "checker/tests/language_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>

using namespace stalemate;
using language::Scope;
using language::SyntaxError;

namespace {

const char* lisp_word(ir::Op op) {
  static constexpr const char* words[] = {"",
                                          "",
                                          "!",
                                          "-",
                                          "+",
                                          "-",
                                          "*",
                                          "/",
                                          "%",
                                          "==",
                                          "!=",
                                          "<",
                                          "<=",
                                          "&&",
                                          "||",
                                          "?",
                                          "min",
                                          "max",
                                          "self"};
  return words[static_cast<std::size_t>(op)];
}

/// The tree in a form that needs no precedence: (&& folio.dirty@0 (! hot)).
std::string lisp(const ir::Model& model, const ir::Expression& e) {
  if (e.op == ir::Op::constant) return std::to_string(e.value);
  if (e.op == ir::Op::load) {
    const auto& name = model.variables[static_cast<std::size_t>(e.value)].name;
    return e.operands.empty() ? name : name + "@" + lisp(model, *e.operands[0]);
  }
  std::string text = std::string("(") + lisp_word(e.op);
  for (const auto& operand : e.operands)
    text += " " + lisp(model, *operand);
  return text + ")";
}

} // namespace

class LanguageTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LanguageTest);
  CPPUNIT_TEST(operators_bind_as_in_c);
  CPPUNIT_TEST(names_are_those_of_traces);
  CPPUNIT_TEST(words_are_values_of_what_they_stand_next_to);
  CPPUNIT_TEST(implication_binds_less_than_or_and_more_than_a_choice);
  CPPUNIT_TEST(something_is_asked_of_every_row);
  CPPUNIT_TEST(locks_are_asked_who_holds_them);
  CPPUNIT_TEST(processes_are_asked_where_they_stand);
  CPPUNIT_TEST(a_process_calls_its_own_variables_by_their_first_names);
  CPPUNIT_TEST(assignments_take_words_of_what_they_change);
  CPPUNIT_TEST(a_condition_is_true_or_false);
  CPPUNIT_TEST(a_place_is_one_cell);
  CPPUNIT_TEST_SUITE_END();

  const ir::Model model_ = tests::spoken_model();

  [[nodiscard]] std::string tree(const std::string& text, int process = ir::none) const {
    try {
      return lisp(model_, *language::parse_value(Scope{model_, process, true}, text));
    } catch (const SyntaxError& error) {
      return fmt::format("{}: {}", error.offset(), error.what());
    }
  }

  void expect(const std::string& wanted, const std::string& text) const {
    CPPUNIT_ASSERT_EQUAL_MESSAGE(text, wanted, tree(text));
  }

 public:
  void operators_bind_as_in_c() {
    expect("(|| folio.dirty@0 (&& folio.dirty@1 (! hot)))",
           "folio[0].dirty || folio[1].dirty && !hot");
    expect("(&& (|| folio.dirty@0 folio.dirty@1) hot)",
           "(folio[0].dirty || folio[1].dirty) && hot");
    expect("(< (+ inode.size (* offset 2)) 3)", "inode.size + offset * 2 < 3");
    expect("(* (+ inode.size offset) 2)", "(inode.size + offset) * 2");
    expect("(- (- inode.size offset) 1)", "inode.size - offset - 1");
    expect("(- inode.size (- offset 1))", "inode.size - (offset - 1)");
    expect("(% (/ inode.size 2) 2)", "inode.size / 2 % 2");
    expect("(< 1 inode.size)", "inode.size > 1");
    expect("(<= 1 inode.size)", "inode.size >= 1");
    expect("(== (< inode.size 1) hot)", "inode.size < 1 == hot");
    expect("(+ (- offset) -1)", "-offset + -1");
    expect("(- inode.size -2)", "inode.size - -2");
    expect("(? hot 1 (? folio.dirty@0 2 3))", "hot ? 1 : folio[0].dirty ? 2 : 3");
    expect("(min (max inode.size 1) offset)", "min(max(inode.size, 1), offset)");
    expect("7", "1 + 2 * 3");
  }

  void names_are_those_of_traces() {
    expect("folio.data@3", "folio[1].data[1]");
    expect("folio.data@(+ 2 writer0.pos)", "folio[1].data[writer0.pos]");
    expect("folio.data@(* writer0.pos 2)", "folio[writer0.pos].data[0]");
    expect("disk@2", "disk[1][0]");
    expect("inode.i_rwsem.shared@1", "inode.i_rwsem[flusher].shared");
    expect("inode.i_rwsem.shared@1", "inode.i_rwsem[1].shared");
    expect("folio.data@inode.size", "cell(folio.data, inode.size)");
    expect("folio.order@writer0.pos", "folio[writer0.pos].order");
  }

  void words_are_values_of_what_they_stand_next_to() {
    expect("(== extent 1)", "extent == unwritten");
    expect("(!= 2 extent)", "mapped != extent");
    expect("(== pte 1)", "pte == \"read-only\"");
    expect("(== pte 2)", "pte == \"extent\"");
    expect("(== (? hot extent 0) 2)", "(hot ? extent : hole) == mapped");
    expect("(== extent (? hot 1 2))", "extent == (hot ? unwritten : mapped)");
    expect("(== folio.data@0 disk@3)", "folio[0].data[0] == disk[1][1]");
    expect("(== hot 0)", "hot == no");
    expect("(== inode.i_rwsem 2)", "inode.i_rwsem == flusher");
    expect("(== extent 1)", "number(extent) == 1");
    expect("(&& inode.size hot)", "number(inode.size) && hot");
    // No array is read by its name alone, so the name is free for a value.
    expect("(== pte 4)", "pte == disk");
  }

  void implication_binds_less_than_or_and_more_than_a_choice() {
    expect("(|| (! (|| hot folio.dirty@0)) folio.dirty@1)",
           "hot || folio[0].dirty => folio[1].dirty");
    expect("(|| (! hot) (|| (! folio.dirty@0) folio.dirty@1))",
           "hot => folio[0].dirty => folio[1].dirty");
    expect("(? (|| (! hot) folio.dirty@0) 1 2)", "hot => folio[0].dirty ? 1 : 2");
  }

  void something_is_asked_of_every_row() {
    expect("(&& folio.dirty@0 folio.dirty@1)", "all(i, folio, folio[i].dirty)");
    expect("(|| (== folio.order@0 0) (== folio.order@1 1))", "any(i, folio, folio[i].order == i)");
    expect("(< 1 (+ folio.dirty@0 folio.dirty@1))", "count(i, folio, folio[i].dirty) > 1");
    expect("(|| (== inode.size 1) (== inode.size 2))", "any(k, 1..2, inode.size == k)");
    expect("1", "all(i, 1..0, hot)");
    expect("(|| inode.i_rwsem.shared@0 inode.i_rwsem.shared@1)",
           "any(i, inode.i_rwsem, inode.i_rwsem[i].shared)");
    expect("(&& (|| (== folio.data@0 2) (== folio.data@1 2)) (|| (== folio.data@2 2) (== "
           "folio.data@3 2)))",
           "all(i, folio, any(j, 0..1, folio[i].data[j] == old))");
  }

  void locks_are_asked_who_holds_them() {
    expect("(== inode.i_rwsem 1)", "holder(inode.i_rwsem) == writer0");
    expect("(== folio.lock@1 0)", "holder(folio[1].lock) == free");
    expect("(!= folio.lock@0 0)", "held(folio[0].lock)");
    expect("(|| (|| (!= inode.i_rwsem 0) inode.i_rwsem.shared@0) inode.i_rwsem.shared@1)",
           "held(inode.i_rwsem)");
    expect("(|| (== inode.i_rwsem 2) inode.i_rwsem.shared@1)", "held_by(inode.i_rwsem, flusher)");
  }

  void processes_are_asked_where_they_stand() {
    expect("(== writer0.location 1)", "at(writer0, \"iomap_iter: remember it\")");
    expect("(|| (== writer0.location 0) (== flusher.location 0))",
           "at(\"iomap_iter: look up the extent\")");
    expect("(== flusher.location 2)", "done(flusher)");
    expect("(== flusher.location 2)", "flusher.location == finished");
  }

  void a_process_calls_its_own_variables_by_their_first_names() {
    CPPUNIT_ASSERT_EQUAL(std::string("(== writer0.pos 1)"), tree("pos == 1", 0));
    CPPUNIT_ASSERT_EQUAL(std::string("(== flusher.type extent)"), tree("type == extent", 1));
    CPPUNIT_ASSERT_EQUAL(std::string("(== inode.i_rwsem 2)"), tree("inode.i_rwsem == self", 1));
    CPPUNIT_ASSERT_EQUAL(std::string("(== flusher.location 2)"), tree("done(self)", 1));
    CPPUNIT_ASSERT_EQUAL(std::string("inode.i_rwsem.shared@1"),
                         tree("inode.i_rwsem[self].shared", 1));
  }

  void assignments_take_words_of_what_they_change() {
    const auto effect = [&](const char* text, int process = ir::none) {
      const auto e = language::parse_assignment(Scope{model_, process}, text);
      return fmt::format("{} {} {}",
                         model_.variables[static_cast<std::size_t>(e.variable)].name,
                         e.index ? lisp(model_, *e.index) : "-",
                         lisp(model_, *e.value));
    };
    CPPUNIT_ASSERT_EQUAL(std::string("folio.dirty 0 0"), effect("folio[0].dirty = no"));
    CPPUNIT_ASSERT_EQUAL(std::string("extent - 2"), effect("extent = mapped"));
    CPPUNIT_ASSERT_EQUAL(std::string("extent - (? hot 0 extent)"),
                         effect("extent = hot ? hole : extent"));
    CPPUNIT_ASSERT_EQUAL(std::string("inode.i_rwsem - 2"), effect("inode.i_rwsem = self", 1));
    CPPUNIT_ASSERT_EQUAL(std::string("hot - (== extent 0)"), effect("hot = extent == hole"));
    CPPUNIT_ASSERT_EQUAL(std::string("writer0.pos - (+ writer0.pos 1)"),
                         effect("pos = pos + 1", 0));
  }

  void a_condition_is_true_or_false() {
    const Scope scope{model_};
    CPPUNIT_ASSERT(language::parse_condition(scope, "hot")->op == ir::Op::load);
    CPPUNIT_ASSERT(ir::is_constant(language::parse_condition(scope, "yes"), 1));
    CPPUNIT_ASSERT_THROW((void)language::parse_condition(scope, "1"), SyntaxError);
    CPPUNIT_ASSERT_THROW((void)language::parse_condition(scope, "inode.size"), SyntaxError);
    CPPUNIT_ASSERT_THROW((void)language::parse_condition(scope, "extent"), SyntaxError);
  }

  void a_place_is_one_cell() {
    const Scope scope{model_};
    CPPUNIT_ASSERT_EQUAL(std::string("folio.lock@1"),
                         lisp(model_, *language::parse_place(scope, "folio[1].lock")));
    CPPUNIT_ASSERT_THROW((void)language::parse_place(scope, "folio"), language::UnknownWord);
    CPPUNIT_ASSERT_THROW((void)language::parse_place(scope, "hot && hot"), SyntaxError);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LanguageTest);
