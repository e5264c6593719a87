// Looking for a state instead of checking claims.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

const std::string locked =
    R"(at(writer0, "iomap_write_begin: get and lock the folio") && folio[0].dirty)";

class ReachTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ReachTest);
  CPPUNIT_TEST(the_shortest_run_is_shown);
  CPPUNIT_TEST(what_is_never_reached_is_1);
  CPPUNIT_TEST(all_that_is_never_reached_is_named);
  CPPUNIT_TEST(a_limit_is_3);
  CPPUNIT_TEST(a_wrong_expression_is_shown_with_its_place);
  CPPUNIT_TEST(every_variant_is_looked_at);
  CPPUNIT_TEST(a_run_is_drawn_without_a_mark);
  CPPUNIT_TEST(a_saved_run_replays);
  CPPUNIT_TEST(reductions_find_the_same);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;
  const std::string race_ = STALEMATE_SOURCE_DIR "/cli/tests/data/race.json";

  static bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  static void expect(int status, const std::string& part, const Outcome& outcome) {
    const std::string all = outcome.out + outcome.err;
    CPPUNIT_ASSERT_EQUAL_MESSAGE(all, status, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(part + "\nis not in\n" + all, has(all, part));
  }

 public:
  void the_shortest_run_is_shown() {
    const Outcome outcome = run({"run", "--reach", locked, race_ + "#broken"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT(!has(outcome.out, "<--"));
    CPPUNIT_ASSERT(!has(outcome.out, "violated"));
    assert_golden("reach.txt", outcome.out);
  }

  void what_is_never_reached_is_1() {
    const std::string never = "folio[0].dirty && !folio[0].present";
    expect(
        1, "\n" + never + " is never reached: ", run({"run", race_ + "#sound", "--reach", never}));
    expect(1,
           "there is no trace: T1#sound: " + never + " is never reached: ",
           run({"trace", race_ + "#sound", "--reach", never}));
  }

  void all_that_is_never_reached_is_named() {
    const std::string text = R"json({
      "id": "C", "title": "Counts", "file": {"blocks": ["hole"]},
      "state": {"count": {"range": [0, 2]}},
      "paths": {"zap": {"steps": [
        {"function": "f", "phrase": "count", "ways": [{"then": "count = 1"}]}]}},
      "processes": [{"path": "zap"}],
      "claims": {"one": {"reach": "count == 1"}, "two": {"reach": "count == 2"},
                 "none": {"reach": "count == 0 && done(zap0)"}},
      "properties": [PROPERTIES]})json";
    const auto file = [&](const std::string& properties, const std::string& expect) {
      return folder_.add("c.json", replaced(text, "[PROPERTIES]", "[" + properties + "]" + expect));
    };
    const std::string all = R"("one", "two", "none")";
    expect(1, "\ntwo, none are never reached: ", run({"run", file(all, "")}));
    expect(1, "none is never reached either", run({"check", file(all, "")}));
    expect(1,
           "none is never reached either",
           run({"run", file(all, R"(, "expect": {"unreachable": "two"})")}));
    expect(1,
           "not accepted: two, none are never reached; a variant can expect that of one",
           run({"check", "--accept", file(all, "")}));
    const std::string one = file(R"("one", "two")", "");
    expect(0, "accepted: two is never reached", run({"check", "--accept", one}));
    CPPUNIT_ASSERT_MESSAGE(read(one), has(read(one), R"("expect": {"unreachable": "two", )"));
    expect(0, "two", run({"check", one}));
  }

  void a_limit_is_3() {
    expect(3,
           "incomplete (",
           run({"run", race_ + "#sound", "--reach", "done(writer0)", "--states-max", "2"}));
  }

  void a_wrong_expression_is_shown_with_its_place() {
    const auto ask = [&](const std::string& expression) {
      const Outcome outcome = run({"run", race_ + "#sound", "--reach", expression});
      CPPUNIT_ASSERT_EQUAL(2, outcome.status);
      CPPUNIT_ASSERT_EQUAL(std::string(), outcome.out);
      return outcome.err;
    };
    const std::string unknown = ask("!folio[0].dirty && folo[0].dirty");
    CPPUNIT_ASSERT_MESSAGE(unknown, unknown.starts_with("--reach:1:20: unknown "));
    CPPUNIT_ASSERT_MESSAGE(
        unknown,
        unknown.ends_with("\n  !folio[0].dirty && folo[0].dirty\n" + std::string(21, ' ') + "^\n"));
    const std::string sign = ask("inode.size ≥ 1");
    CPPUNIT_ASSERT_MESSAGE(sign, sign.starts_with("--reach:1:12: \"≥\" means nothing here\n"));
    const std::string quoted = ask(R"(at(writer0, "nothing like it"))");
    CPPUNIT_ASSERT_MESSAGE(quoted, quoted.starts_with("--reach:1:13: "));
    expect(2,
           "--reach asks for a state, and --claim for claims",
           run({"run", race_ + "#sound", "--reach", "done(writer0)", "--claim", "no_deadlock"}));
    expect(2,
           "--reach is answered by the search",
           run({"run", race_ + "#sound", "--reach", "done(writer0)", "--engine", "relacy"}));
  }

  void every_variant_is_looked_at() {
    const Outcome outcome = run({"run", race_ + "#broken,sound", "--reach", "done(writer0)"});
    CPPUNIT_ASSERT_EQUAL(0, outcome.status);
    CPPUNIT_ASSERT(has(outcome.out, "T1#broken: "));
    CPPUNIT_ASSERT(has(outcome.out, "\n\nT1#sound: "));
  }

  void a_run_is_drawn_without_a_mark() {
    const Outcome outcome =
        run({"trace", race_ + "#sound", "--reach", "done(writer0)", "--format", "svg"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT(has(outcome.out, "done(writer0) is reached after "));
    CPPUNIT_ASSERT(!has(outcome.out, "#c00020"));
    CPPUNIT_ASSERT(
        has(run({"trace", race_ + "#broken", "--format", "svg"}).out, "#c00020")); // the accent
  }

  void a_saved_run_replays() {
    const std::string file = folder_ / "t.json";
    expect(0, "", run({"trace", race_ + "#sound", "--reach", locked, "-o", file}));
    const Outcome outcome = run({"replay", file});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT(has(outcome.out, locked.substr(0, 20)));
    CPPUNIT_ASSERT(has(outcome.out, " is reached after "));
    expect(2, "does not fit", [&] {
      const std::string other = // the one that counts, not the one in the head
          replaced(read(file), "\n  \"reach\": \"at(", "\n  \"reach\": \"!at(");
      return run({"replay", folder_.add("u.json", other)});
    }());
  }

  void reductions_find_the_same() {
    for (const std::string& goal : {locked, std::string("done(writer0)")})
      for (const char* reduction : {"all", "symmetry"})
        expect(0,
               "is reached after ",
               run({"run", race_ + "#sound", "--reach", goal, "--reduce", reduction}));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReachTest);

} // namespace
} // namespace stalemate::cli::tests
