#include "model/scenario/json_text.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

namespace stalemate::kernel {
namespace {

// "line:column pointer: what", or "" if nothing is wrong.
std::string refused_text(const std::string& text) {
  try {
    (void)parse_json(text);
    return "";
  } catch (const MalformedJson& error) {
    const Position at = error.position();
    return fmt::format("{}:{} {}: {}", at.line, at.column, error.pointer(), error.what());
  }
}

std::string value_position(const std::string& text, const std::string& pointer) {
  const Position at = parse_json(text).positions.values.at(pointer);
  return fmt::format("{}:{}", at.line, at.column);
}

void expect_refusal(const std::string& expected, const std::string& text) {
  CPPUNIT_ASSERT_EQUAL(expected, refused_text(text));
}

std::string nested(std::size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

class JsonTextTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(JsonTextTest);
  CPPUNIT_TEST(keeps_values_and_the_order_of_keys);
  CPPUNIT_TEST(knows_where_values_stand);
  CPPUNIT_TEST(knows_where_keys_stand);
  CPPUNIT_TEST(columns_count_characters);
  CPPUNIT_TEST(lines_may_end_in_any_way);
  CPPUNIT_TEST(a_byte_order_mark_is_skipped);
  CPPUNIT_TEST(pointers_escape_keys);
  CPPUNIT_TEST(refuses_an_empty_text);
  CPPUNIT_TEST(refuses_what_is_not_json);
  CPPUNIT_TEST(refuses_a_key_given_twice);
  CPPUNIT_TEST(refuses_numbers_that_are_no_small_integers);
  CPPUNIT_TEST(refuses_deep_nesting);
  CPPUNIT_TEST(refuses_huge_strings);
  CPPUNIT_TEST(refuses_huge_texts);
  CPPUNIT_TEST(refuses_nul);
  CPPUNIT_TEST(refuses_bytes_that_are_not_utf8);
  CPPUNIT_TEST_SUITE_END();

 public:
  void keeps_values_and_the_order_of_keys() {
    const JsonText json = parse_json(R"( {"b": [1, -2, true, null, "x\n"], "a": {}} )");
    CPPUNIT_ASSERT_EQUAL(std::string(R"({"b":[1,-2,true,null,"x\n"],"a":{}})"), json.root.dump());
  }

  void knows_where_values_stand() {
    const std::string text = "{\"a\": [1,\n  {\"b\":\"x,]}\\\"\\\\\"}, [], -3 ],\n\"c\":true}";
    CPPUNIT_ASSERT_EQUAL(std::string("1:1"), value_position(text, ""));
    CPPUNIT_ASSERT_EQUAL(std::string("1:7"), value_position(text, "/a"));
    CPPUNIT_ASSERT_EQUAL(std::string("1:8"), value_position(text, "/a/0"));
    CPPUNIT_ASSERT_EQUAL(std::string("2:3"), value_position(text, "/a/1"));
    CPPUNIT_ASSERT_EQUAL(std::string("2:8"), value_position(text, "/a/1/b"));
    CPPUNIT_ASSERT_EQUAL(std::string("2:21"), value_position(text, "/a/2"));
    CPPUNIT_ASSERT_EQUAL(std::string("2:25"), value_position(text, "/a/3"));
    CPPUNIT_ASSERT_EQUAL(std::string("3:5"), value_position(text, "/c"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{8}, parse_json(text).positions.values.size());
  }

  void knows_where_keys_stand() {
    const JsonText json = parse_json("{\"a\": {\n \"b\": 1}}");
    CPPUNIT_ASSERT(json.positions.keys.at("/a") == (Position{1, 2}));
    CPPUNIT_ASSERT(json.positions.keys.at("/a/b") == (Position{2, 2}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, json.positions.keys.size());
  }

  void columns_count_characters() {
    CPPUNIT_ASSERT_EQUAL(std::string("1:8"), value_position("[\"ä漢🐧\",1]", "/1"));
  }

  void lines_may_end_in_any_way() {
    CPPUNIT_ASSERT_EQUAL(std::string("2:2"), value_position("[\r\n\t1]", "/0"));
  }

  void a_byte_order_mark_is_skipped() {
    CPPUNIT_ASSERT_EQUAL(std::string("1:2"), value_position("\xEF\xBB\xBF[1]", "/0"));
  }

  void pointers_escape_keys() {
    CPPUNIT_ASSERT_EQUAL(std::string("1:9"), value_position(R"({"a/~": 1})", "/a~1~0"));
  }

  void refuses_an_empty_text() {
    expect_refusal("1:1 : the file is empty", "");
    expect_refusal("1:1 : the file is empty", " \r\n\t");
  }

  void refuses_what_is_not_json() {
    expect_refusal("1:7 : malformed JSON: unexpected end of input; expected '}'", "{\"a\":1");
    expect_refusal("1:4 : malformed JSON: unexpected ','; expected '[', '{', or a literal",
                   "[1,,2]");
    expect_refusal("2:1 : malformed JSON: unexpected '}'; expected string literal", "{\"a\":1,\n}");
    expect_refusal("1:3 : malformed JSON: unexpected number literal; expected end of input", "1 2");
    expect_refusal("1:2 : malformed JSON: unknown literal \"tru\"", "[tru]");
    expect_refusal("1:1 : malformed JSON: unknown literal \"\\u001B\"", "\x1b[31m");
    expect_refusal("1:2 : malformed JSON: unknown literal \"//\"", "[// comment\n1]");
    expect_refusal("1:3 : malformed JSON: invalid number; expected digit after '-'; last read: -]",
                   "[-]");
  }

  void refuses_a_key_given_twice() {
    expect_refusal("1:14 /a: the key \"a\" is given twice, first in line 1, column 2",
                   R"({"a":1,"b":2,"a":1})");
    expect_refusal("1:14 /b/a: the key \"a\" is given twice, first in line 1, column 8",
                   R"({"b": {"a":1,"a":{"a":1}}})");
    expect_refusal("", R"([{"a":{"a":1}},{"a":2}])");
  }

  void refuses_numbers_that_are_no_small_integers() {
    expect_refusal("", "[9007199254740991, -9007199254740991, -0, 0]");
    const std::string range = "a number of more than 53 bits";
    expect_refusal("1:2 /0: " + range, "[9007199254740992]");
    expect_refusal("1:2 /0: " + range, "[-9007199254740992]");
    expect_refusal("1:2 /0: " + range, "[18446744073709551616]");
    expect_refusal("1:2 /0: " + range, "[-99999999999999999999999999]");
    expect_refusal("1:2 /0: 1.0 is not an integer", "[1.0]");
    expect_refusal("1:2 /0: 1e2 is not an integer", "[1e2]");
    expect_refusal("1:6 : " + range, "[1e999]");
  }

  void refuses_deep_nesting() {
    expect_refusal("", nested(json_depth_max));
    CPPUNIT_ASSERT(
        refused_text(nested(json_depth_max + 1)).ends_with("nested more than 64 levels deep"));
    CPPUNIT_ASSERT(refused_text(std::string(1'000'000, '[')).starts_with("1:65 "));
  }

  void refuses_huge_strings() {
    expect_refusal("", "[\"" + std::string(json_string_max, 'x') + "\"]");
    expect_refusal("1:2 /0: a string of 20001 bytes; at most 20000 are read",
                   "[\"" + std::string(json_string_max + 1, 'x') + "\"]");
    expect_refusal("1:2 : a key of 101 bytes; at most 100 are read",
                   "{\"" + std::string(json_key_max + 1, 'x') + "\":1}");
    const std::string unending = refused_text("[\"" + std::string(1'000'000, 'x'));
    CPPUNIT_ASSERT(unending.size() < 200);
  }

  void refuses_huge_texts() {
    expect_refusal("1:1 : larger than 4194304 bytes", std::string(json_bytes_max + 1, ' '));
    std::string many = "[0";
    for (std::size_t i = 2; i < json_values_max; ++i)
      many += ",0";
    expect_refusal("", many + "]");
    CPPUNIT_ASSERT(refused_text(many + ",0]").ends_with("more than 20000 values"));
  }

  void refuses_nul() {
    using namespace std::string_literals;
    expect_refusal("1:4 : malformed JSON: a NUL byte", "{} \0{}"s);
    expect_refusal("1:2 /0: a string with a NUL character in it", "[\"a\\u0000b\"]");
  }

  void refuses_bytes_that_are_not_utf8() {
    expect_refusal("1:3 : malformed JSON: invalid string: ill-formed UTF-8 byte; "
                   "last read: \"\\xFF",
                   "[\"\xFF\"]");
    expect_refusal("1:2 : malformed JSON: unknown literal \"\\xFF\"", "[\xFF]");
    CPPUNIT_ASSERT(!refused_text("[\"\\ud800\"]").empty());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JsonTextTest);

} // namespace
} // namespace stalemate::kernel
