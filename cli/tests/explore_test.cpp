// Stepping through a scenario by commands on standard input.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

class ExploreTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ExploreTest);
  CPPUNIT_TEST(a_walk_is_the_same_every_time);
  CPPUNIT_TEST(wrong_commands_are_a_line_each);
  CPPUNIT_TEST(a_step_that_is_taken_back_never_was);
  CPPUNIT_TEST(random_steps_hang_on_the_seed_alone);
  CPPUNIT_TEST(a_run_to_somewhere_replays);
  CPPUNIT_TEST(a_run_that_breaks_a_claim_replays_as_such);
  CPPUNIT_TEST(a_deadlock_replays);
  CPPUNIT_TEST(what_cannot_be_walked_is_refused);
  CPPUNIT_TEST_SUITE_END();

  const std::string race_ = STALEMATE_SOURCE_DIR "/cli/tests/data/race.json#broken";
  const Folder folder_;

  [[nodiscard]] Outcome explored(const std::string& commands,
                                 const std::string& scenario = "") const {
    Setting setting;
    setting.input = commands;
    return run({"explore", scenario.empty() ? race_ : scenario}, setting);
  }

  static bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  static std::string lines_from(const std::string& text, const std::string& line) {
    const auto at = text.rfind(line);
    return at == std::string::npos ? "(none)" : text.substr(at);
  }

 public:
  void a_walk_is_the_same_every_time() {
    const std::string commands = "lock writer0\n1\nchanges\nback\nuntil folio[0].writeback\nstate\n"
                                 "steps\nhelp\nquit\n1\n";
    const Outcome outcome = explored(commands);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string(), outcome.err);
    assert_golden("explore.txt", outcome.out);
    CPPUNIT_ASSERT_EQUAL(outcome.out, explored(commands).out);
  }

  void wrong_commands_are_a_line_each() {
    const std::string start = explored("").out;
    const Outcome outcome = explored(
        "jump\n0\n99\nback\nback x\nlock nobody\nuntil folio[0].dirtier\nuntil 1 +\nuntil\n"
        "random 3 4 5\nrandom -1\nchanges\nsave\nsave /nowhere/x.json\n# a comment\n\n");
    CPPUNIT_ASSERT_EQUAL(0, outcome.status);
    CPPUNIT_ASSERT_EQUAL(start, outcome.out.substr(0, start.size()));
    assert_golden("explore_wrong.txt", outcome.out.substr(start.size()));
  }

  void a_step_that_is_taken_back_never_was() {
    const std::string start = lines_from(explored("").out, "after 0 steps");
    CPPUNIT_ASSERT_EQUAL(start, lines_from(explored("1\n1\nback 2\n").out, "after 0 steps"));
    CPPUNIT_ASSERT_EQUAL(start,
                         lines_from(explored("random 20\nback 1000\n").out, "after 0 steps"));
  }

  void random_steps_hang_on_the_seed_alone() {
    const std::string first = explored("random 12 7\n").out;
    CPPUNIT_ASSERT_EQUAL(first, explored("random 12 7\n").out);
    bool differs = false;
    for (const char* seed : {"8", "9", "10"})
      differs = differs || explored("random 12 " + std::string(seed) + "\n").out != first;
    CPPUNIT_ASSERT(differs);
  }

  void a_run_to_somewhere_replays() {
    const std::string file = folder_ / "walk.json";
    const Outcome outcome = explored("random 6 3\nsave " + file + "\n");
    CPPUNIT_ASSERT_MESSAGE(outcome.out, has(outcome.out, "saved 6 steps to "));
    const Outcome replayed = run({"replay", file});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(replayed.out + replayed.err, 0, replayed.status);
    CPPUNIT_ASSERT(has(replayed.out, "reached: at("));
    // One that ends: nobody is anywhere any more.
    CPPUNIT_ASSERT_EQUAL(0, explored("until end\nsave " + file + "\n").status);
    CPPUNIT_ASSERT_EQUAL(0, run({"replay", file}).status);
  }

  void a_run_that_breaks_a_claim_replays_as_such() {
    const std::string file = folder_ / "broken.json";
    const std::string trace = folder_ / "shortest.json";
    CPPUNIT_ASSERT_EQUAL(0, run({"trace", race_, "-f", "json", "-o", trace}).status);
    std::string found;
    for (int seed = 1; seed <= 60 && !has(found, "\nbreaks "); ++seed)
      found = explored("random 100 " + std::to_string(seed) + "\nsave " + file + "\n1\n").out;
    CPPUNIT_ASSERT(has(found, "\nbreaks no_lost_write: "));
    CPPUNIT_ASSERT_MESSAGE(found,
                           has(found, "nothing is possible here")); // Nobody goes on behind it.
    const Outcome replayed = run({"replay", file});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(replayed.out + replayed.err, 0, replayed.status);
    CPPUNIT_ASSERT(has(replayed.out, "no_lost_write claims "));
    CPPUNIT_ASSERT(!has(replayed.out, "a shortest trace"));
  }

  void a_deadlock_replays() {
    const std::string file = folder_ / "deadlock.json";
    const std::string scenario = "DL4#exclusive";
    std::string found;
    for (int seed = 1; seed <= 60 && !has(found, "\ndeadlock: "); ++seed)
      found =
          explored("random 200 " + std::to_string(seed) + "\nsave " + file + "\n", scenario).out;
    CPPUNIT_ASSERT_MESSAGE(found, has(found, "\ndeadlock: nobody can move"));
    const Outcome replayed = run({"replay", file});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(replayed.out + replayed.err, 0, replayed.status);
  }

  void what_cannot_be_walked_is_refused() {
    const Outcome relacy = explored("", "C1#no-lock-chain");
    CPPUNIT_ASSERT_EQUAL(2, relacy.status);
    CPPUNIT_ASSERT(has(relacy.err, "whose names end in -sc"));
    const Outcome input = explored("{}", "-");
    CPPUNIT_ASSERT_EQUAL(2, input.status);
    CPPUNIT_ASSERT(has(input.err, "the scenario is a file"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ExploreTest);

} // namespace
} // namespace stalemate::cli::tests
