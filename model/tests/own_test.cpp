// What a scenario brings along, asked: claims, variables and paths of its own.
#include "model/tests/own_scenarios.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

namespace stalemate::kernel {
namespace {

class OwnTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(OwnTest);
  CPPUNIT_TEST(always_holds_and_is_broken);
  CPPUNIT_TEST(at_holds_and_is_broken);
  CPPUNIT_TEST(reach_is_reachable_and_is_not);
  CPPUNIT_TEST(claims_about_runs);
  CPPUNIT_TEST(claims_that_are_listed);
  CPPUNIT_TEST(locks_of_all_kinds);
  CPPUNIT_TEST(waits);
  CPPUNIT_TEST(where_ways_go_on);
  CPPUNIT_TEST(checks);
  CPPUNIT_TEST(variables_of_all_kinds);
  CPPUNIT_TEST_SUITE_END();

  static void same(const std::string& expected, const std::string& actual) {
    CPPUNIT_ASSERT_EQUAL(expected, actual);
  }

 public:
  void always_holds_and_is_broken() {
    same("violated: counts", verdict(counted(counts_both)));
    same("violated: counts", verdict(counted(counts_both), all_reductions));
    same("holds", verdict(counted(R"json("small": {"always": "x <= 2"})json")));
    same("holds", verdict(counting(locked_steps, claiming(counts_both))));
    same("holds", verdict(counting(locked_steps, claiming(counts_both)), all_reductions));
  }

  void at_holds_and_is_broken() {
    same("violated: late",
         verdict(counted(R"json("late": {"at": "inc: write", "holds": "x == seen"})json")));
    same("holds",
         verdict(counted(R"json("late": {"at": "inc: write", "holds": "x >= seen"})json")));
    // Of one process only, of which there is no other.
    same("holds",
         verdict(counted(R"json("first": {"at": "read", "holds": "x == 0 || done(counter1)",
                                      "in": "counter0"
  })json",
                         R"json({"merge": ["read", "write"]})json")));
  }

  void reach_is_reachable_and_is_not() {
    same("holds", verdict(counted(R"json("both": {"reach": "x == 2"})json")));
    same("unreachable: both",
         verdict(counted(R"json("both": {"reach": "at(counter0, \"inc: write\") && x == 2"})json",
                         R"json({"drop": "inc: write", "in": "counter1"})json")));
    same("unreachable: both",
         verdict(counted(R"json("both": {"reach": "at(counter0, \"inc: write\") && x == 2"})json",
                         R"json({"drop": "inc: write", "in": "counter1"})json"),
                 all_reductions));
  }

  void claims_about_runs() {
    same("holds", verdict(counted(R"json("ends": {"eventually": "done(counter0)"})json")));
    same("holds", verdict(counted(R"json("ends": {"from": "x == 1", "leads_to": "done(counter0)"
  })json")));
    same("violated: ends",
         verdict(counted(R"json("ends": {"from": "x == 1", "leads_to": "x == 2"})json")));
    same("violated: ends", verdict(counted(R"json("ends": {"eventually": "x == 2"})json")));
  }

  void claims_that_are_listed() {
    const std::string claims = claiming(counts_both + R"json(, "small": {"always": "x < 2"})json");
    const auto listing = [&](const std::string& more) {
      return counting(locked_steps, claims + more);
    };
    same("violated: small", verdict(listing("")));
    same("violated: small", verdict(listing(R"json(, "properties": ["small"])json")));
    same("holds", verdict(listing(R"json(, "properties": ["counts"])json")));
    same("holds", verdict(listing(R"json(, "properties": ["no_deadlock"])json")));
    const ScenarioFile file("f.json", listing(R"json(, "expect": {"violated": "small"})json"));
    same("small", file.scenarios().front().expect.property);
    CPPUNIT_ASSERT_THROW_MESSAGE(
        "an expected claim that is not asked",
        ScenarioFile(
            "f.json",
            listing(R"json(, "properties": ["counts"], "expect": {"violated": "small"})json")),
        InputError);
  }

  void locks_of_all_kinds() {
    const auto under = [](const std::string& take, const std::string& release) {
      return verdict(
          counting(fmt::format(R"json([{{"function": "f", "phrase": "lock", "ways": [{{{}}}]}},
                          {{"function": "f", "phrase": "read", "ways": [{{"then": "seen = x"}}]}},
                          {{"function": "f", "phrase": "write",
                            "ways": [{{"then": "x = seen + 1"}}]}},
                          {{"function": "f", "phrase": "unlock", "ways": [{{{}}}]}}])json",
                               take,
                               release),
                   claiming(counts_both)));
    };
    same("holds", under(R"json("take": "mutex")json", R"json("release": "mutex")json"));
    same("holds", under(R"json("take": "sem")json", R"json("release": "sem")json"));
    same("violated: counts",
         under(R"json("take_shared": "sem")json", R"json("release_shared": "sem")json"));
    same("holds", under(R"json("take": "row[1].lock")json", R"json("release": "row[1].lock")json"));
    same("holds",
         under(R"json("take": ["mutex", "row[0].lock"])json",
               R"json("release": ["row[0].lock", "mutex"])json"));
    // Which row is found out as it runs.
    same("holds",
         under(R"json("take": "row[seen == 2 ? 1 : 0].lock")json",
               R"json("release": "row[seen == 2 ? 1 : 0].lock")json"));
    same("model error",
         under(R"json("note": "takes nothing")json", R"json("release": "mutex")json"));
    same("deadlock", under(R"json("take": "mutex")json", R"json("note": "keeps it")json"));
  }

  void waits() {
    const auto waiting = [](const std::string& wait) {
      return verdict(alone(step("go", R"json({"then": "x = 1"})json") + "," +
                               step("wait", fmt::format(R"json({{"wait": {}}})json", wait)),
                           claiming(R"json("ends": {"reach": "done(counter0)"})json")));
    };
    same("holds", waiting(R"json("x == 1")json"));
    same("holds", waiting(R"json({"until": "x == 1", "for": "the count"})json"));
    same("deadlock", waiting(R"json("x == 2")json"));
    same("deadlock",
         waiting(R"json([{"until": "x == 1"}, {"until": "x == 2", "holder": "counter0"}])json"));
    same("holds",
         waiting(R"json({"until": "mutex == free", "place": "mutex", "acquires": true})json"));
  }

  void where_ways_go_on() {
    const auto ending = [](const std::string& steps) {
      return verdict(
          alone(steps, claiming(R"json("one": {"always": "done(counter0) => x == 1"})json")));
    };
    const std::string second = step("second", R"json({"then": "x = 2"})json");
    same("violated: one", ending(step("first", R"json({"then": "x = 1"})json") + "," + second));
    CPPUNIT_ASSERT(ending(step("first", R"json({"then": "x = 1", "end": true})json") + "," + second)
                       .find("no one can reach f: second") != std::string::npos);
    same("holds",
         ending(step("first", R"json({"then": "x = 1", "when": "x == 0", "end": true},
                                 {"otherwise": true})json") +
                "," + second));
    // Leaves the function: on behind its steps.
    same("holds",
         ending(step("first", R"json({"then": "x = 1", "when": "x == 0", "ret": true},
                                 {"otherwise": true})json") +
                "," + second + R"json(, {"function": "g", "phrase": "behind", "ways": [{}]})json"));
    // A loop with an end, and one that only tries again.
    same("holds", ending(R"json({"label": "again", "function": "f", "phrase": "first", "ways": [
                      {"when": "x == 0", "then": "x = 1", "go": "again"},
                      {"otherwise": true}]})json"));
    const auto trying = [](const std::string& retry) {
      return verdict(
          alone(fmt::format(R"json({{"label": "again", "function": "f", "phrase": "first", "ways": [
                           {{"when": "x == 0", "then": "hot = !hot", "go": "again"{}}},
                           {{"otherwise": true}}]}})json",
                            retry),
                R"json("properties": ["progress"])json"));
    };
    same("holds", trying(""));
    same("livelock: progress", trying(R"json(, "retry": true)json"));
  }

  void checks() {
    const auto checking = [](const std::string& check) {
      return verdict(alone(step("go", R"json({"then": "x = 1"})json") + "," +
                               step("look", fmt::format(R"json({{"check": {}}})json", check)),
                           ""));
    };
    same("holds", checking(R"json({"holds": "x == 1"})json"));
    same("model error", checking(R"json({"holds": "x == 0", "text": "x was counted"})json"));
    same("model error", checking(R"json([{"holds": "x == 1"}, {"holds": "hot"}])json"));
  }

  void variables_of_all_kinds() {
    const auto at_start = [](const std::string& claim) {
      return verdict(alone(step("nothing", "{}"),
                           claiming(fmt::format(R"json("start": {{"always": "{}"}})json", claim))));
    };
    same("holds", at_start("x == 0 && !hot && mutex == free && row[1].lock == free"));
    same("holds", at_start("row[0].state == new && row[1].state == new"));
    same("holds", at_start("all(i, row, row[i].state == new) && seen_by_claims == 0"));
    same("holds", at_start("counter0.seen == 0 && !held(sem)"));
    // A ghost is for claims.
    same("holds",
         verdict(alone(step("note", R"json({"then": "seen_by_claims = x + 1"})json"),
                       claiming(R"json("g": {"always": "seen_by_claims < 2"})json"))));
    CPPUNIT_ASSERT(verdict(alone(step("read", R"json({"when": "seen_by_claims == 1"})json"), ""))
                       .find("seen_by_claims is a ghost; no step may depend on it") !=
                   std::string::npos);
    same("model error",
         verdict(alone(step("over", R"json({"then": ["x = 2", "x = x + 1"]})json"), "")));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OwnTest);

} // namespace
} // namespace stalemate::kernel
