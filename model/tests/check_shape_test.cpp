#include "model/scenario/check_shape.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

namespace stalemate::kernel {
namespace {

std::string misfit(const Shape& shape,
                   const std::string& text,
                   Completeness completeness = Completeness::whole) {
  try {
    check_shape(Json::parse(text), shape, completeness);
    return "";
  } catch (const Mismatch& mismatch) {
    return fmt::format(
        "{}{}: {}", mismatch.pointer(), mismatch.is_key() ? " (key)" : "", mismatch.what());
  }
}

void expect(const std::string& expected, const Shape& shape, const std::string& text) {
  CPPUNIT_ASSERT_EQUAL(expected, misfit(shape, text));
}

const Shape pair = object_of("key",
                             {{"left", "", number_in(0, 3), Member::Need::merged},
                              {"right", "", truth_shape(), Member::Need::optional},
                              {"name", "", name_shape(), Member::Need::always}});

// A process-like object: "kind" says which other members there are.
Shape tagged() {
  Shape shape = object_of("option", {{"name", "", name_shape()}});
  shape.tag = "kind";
  shape.cases = {{"write", "", {{"at", "", number_in(0, 1)}}}, {"read", "", {}}};
  return shape;
}

// An expectation-like object: exactly one of "holds" and "violated".
Shape exclusive() {
  Shape shape = object_of("key", {});
  shape.cases = {
      {"holds", "", {{"holds", "", yes_shape(), Member::Need::always}}},
      {"violated",
       "",
       {{"violated", "", text_shape(), Member::Need::always}, {"length", "", number_in(0, 9)}}}};
  return shape;
}

class CheckShapeTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(CheckShapeTest);
  CPPUNIT_TEST(numbers_have_a_range);
  CPPUNIT_TEST(limits_are_known_without_a_value);
  CPPUNIT_TEST(names_are_plain);
  CPPUNIT_TEST(texts_are_one_line);
  CPPUNIT_TEST(words_are_known);
  CPPUNIT_TEST(truths_are_true_or_false);
  CPPUNIT_TEST(lists_have_a_size);
  CPPUNIT_TEST(lists_can_be_distinct);
  CPPUNIT_TEST(unknown_keys_are_refused);
  CPPUNIT_TEST(members_can_be_required);
  CPPUNIT_TEST(parts_and_patches_may_be_incomplete);
  CPPUNIT_TEST(only_a_patch_removes);
  CPPUNIT_TEST(lists_in_a_patch_are_whole);
  CPPUNIT_TEST(a_tag_selects_the_case);
  CPPUNIT_TEST(a_key_selects_the_case);
  CPPUNIT_TEST(a_word_or_an_object);
  CPPUNIT_TEST(the_first_mistake_in_the_text_is_reported);
  CPPUNIT_TEST_SUITE_END();

 public:
  void numbers_have_a_range() {
    const Shape shape = number_in(1, 3);
    expect("", shape, "1");
    expect("", shape, "3");
    expect(": 0 is out of range 1..3", shape, "0");
    expect(": 4 is out of range 1..3", shape, "4");
    expect(": a string where a number should be", shape, "\"1\"");
    expect(": null where a number should be", shape, "null");
  }

  void limits_are_known_without_a_value() {
    Shape tagged = object_of("key", {});
    tagged.cases = {{"a", "", {{"n", "", number_in(0, 1), {}}, {"m", "", number_in(0, 1), {}}}},
                    {"b", "", {{"n", "", number_in(0, 2), {}}, {"m", "", number_in(0, 1), {}}}}};
    const Shape root = object_of("key", {{"list", "", list_of(tagged, 1, 8), {}}});
    CPPUNIT_ASSERT_EQUAL(std::string("1..8 items are possible"), limits_at(root, "/list/9"));
    CPPUNIT_ASSERT_EQUAL(std::string("0..1 is possible"), limits_at(root, "/list/0/m"));
    CPPUNIT_ASSERT_EQUAL(std::string(), limits_at(root, "/list/0/n"));
    CPPUNIT_ASSERT_EQUAL(std::string(), limits_at(root, "/other"));
    CPPUNIT_ASSERT_EQUAL(std::string(), limits_at(root, ""));
  }

  void names_are_plain() {
    const std::string rule =
        " is not a name: 1..64 letters, digits, \".\", \"_\" or \"-\", the first a letter or digit";
    expect("", name_shape(), "\"A-R1.b_2\"");
    expect(": \"\"" + rule, name_shape(), "\"\"");
    expect(": \"a b\"" + rule, name_shape(), "\"a b\"");
    expect(": \"a/b\"" + rule, name_shape(), "\"a/b\"");
    expect(": \"-a\"" + rule, name_shape(), "\"-a\"");
    expect("", name_shape(), "\"" + std::string(64, 'a') + "\"");
    CPPUNIT_ASSERT(!misfit(name_shape(), "\"" + std::string(65, 'a') + "\"").empty());
  }

  void texts_are_one_line() {
    expect("", text_shape(), "\"iomap: a, b\"");
    expect(": an empty text", text_shape(), "\"\"");
    expect(": a control character in \"a\\nb\"", text_shape(), "\"a\\nb\"");
    expect(": an object where a string should be", text_shape(), "{}");
  }

  void words_are_known() {
    const Shape shape = word_of("layout word", {{"hole", ""}, {"mapped", ""}});
    expect("", shape, "\"hole\"");
    expect(": unknown layout word \"maped\"; known: mapped, hole", shape, "\"maped\"");
    expect(": a number where a string should be", shape, "1");
  }

  void truths_are_true_or_false() {
    expect("", truth_shape(), "false");
    expect(": a number where true or false should be", truth_shape(), "1");
    expect("", yes_shape(), "true");
    expect(": false where true should be", yes_shape(), "false");
  }

  void lists_have_a_size() {
    const Shape shape = list_of(number_in(0, 9), 1, 2);
    expect(": 0 items; 1..2 are possible", shape, "[]");
    expect("", shape, "[1]");
    expect("", shape, "[1, 1]");
    expect(": 3 items; 1..2 are possible", shape, "[1, 1, 1]");
    expect("/1: true where a number should be", shape, "[1, true]");
    expect(": an object where a list should be", shape, "{}");
  }

  void lists_can_be_distinct() {
    Shape shape = list_of(text_shape(), 0, 9);
    shape.distinct = true;
    expect("", shape, R"(["a", "b"])");
    expect("/2: \"a\" is given twice", shape, R"(["a", "b", "a"])");
  }

  void unknown_keys_are_refused() {
    expect("/rigth (key): unknown key \"rigth\"; known: right, left, name",
           pair,
           R"({"name": "a", "rigth": true})");
    expect("/a~1b (key): unknown key \"a/b\"; known: name, left, right", pair, R"({"a/b": 1})");
  }

  void members_can_be_required() {
    expect("", pair, R"({"name": "a", "left": 1})");
    expect(": \"left\" is missing", pair, R"({"name": "a"})");
    expect(": \"name\" is missing", pair, R"({"left": 1})");
  }

  void parts_and_patches_may_be_incomplete() {
    for (const Completeness completeness : {Completeness::part, Completeness::patch}) {
      CPPUNIT_ASSERT_EQUAL(std::string(), misfit(pair, R"({"name": "a"})", completeness));
      CPPUNIT_ASSERT_EQUAL(std::string(": \"name\" is missing"), misfit(pair, "{}", completeness));
    }
  }

  void only_a_patch_removes() {
    const std::string text = R"({"name": "a", "left": null})";
    CPPUNIT_ASSERT_EQUAL(std::string(), misfit(pair, text, Completeness::patch));
    CPPUNIT_ASSERT_EQUAL(std::string("/left: null where a number should be"),
                         misfit(pair, text, Completeness::part));
    CPPUNIT_ASSERT_EQUAL(std::string("/name: null where a string should be"),
                         misfit(pair, R"({"name": null})", Completeness::patch));
  }

  void lists_in_a_patch_are_whole() {
    CPPUNIT_ASSERT_EQUAL(std::string("/0: \"left\" is missing"),
                         misfit(list_of(pair, 1, 1), R"([{"name": "a"}])", Completeness::patch));
  }

  void a_tag_selects_the_case() {
    expect("", tagged(), R"({"kind": "write", "at": 1, "name": "w"})");
    expect("", tagged(), R"({"kind": "read"})");
    expect(": \"kind\" is missing; known: write, read", tagged(), R"({"at": 1})");
    expect("/kind: unknown kind \"wrote\"; known: write, read", tagged(), R"({"kind": "wrote"})");
    expect("/kind: a number where a string should be", tagged(), R"({"kind": 1})");
    expect("/at (key): unknown option of read \"at\"; known: name, kind",
           tagged(),
           R"({"kind": "read", "at": 1})");
  }

  void a_key_selects_the_case() {
    expect("", exclusive(), R"({"holds": true})");
    expect("", exclusive(), R"({"length": 2, "violated": "x"})");
    expect(": one of holds, violated is missing", exclusive(), R"({"length": 2})");
    expect("/holds (key): violated and holds exclude each other",
           exclusive(),
           R"({"violated": "x", "holds": true})");
    expect("/violates (key): unknown key \"violates\"; known: violated, holds",
           exclusive(),
           R"({"violates": "x", "length": 2})");
    expect("/length (key): unknown key of holds \"length\"; known: holds",
           exclusive(),
           R"({"holds": true, "length": 2})");
  }

  void a_word_or_an_object() {
    const Shape shape = either_of(word_of("expectation", {{"holds", ""}}), exclusive());
    expect("", shape, "\"holds\"");
    expect("", shape, R"({"holds": true})");
    expect(": unknown expectation \"hold\"; known: holds", shape, "\"hold\"");
    expect(": a list where a string or an object should be", shape, "[]");
  }

  void the_first_mistake_in_the_text_is_reported() {
    expect("/right: a number where true or false should be",
           pair,
           R"({"right": 1, "left": 9, "name": ""})");
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CheckShapeTest);

} // namespace
} // namespace stalemate::kernel
