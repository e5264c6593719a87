// Memory may run out anywhere. Whichever allocation fails, the program says so and ends as
// incomplete, or goes on to the same end: it never dies, and never says something else.

#include "checker/tests/figures.hpp"
#include "cli/tests/environment.hpp"
#include "cli/tests/program.hpp"

#include "checker/tests/amount.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using stalemate::tests::is_soak;
using Words = std::vector<std::string>;

class AllocationTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(AllocationTest);
  CPPUNIT_TEST(of_a_search_that_finds_something);
  CPPUNIT_TEST(of_a_search_that_holds);
  CPPUNIT_TEST(of_many_searches);
  CPPUNIT_TEST(of_a_picture);
  CPPUNIT_TEST(of_a_replay);
  CPPUNIT_TEST_SUITE_END();

  static Outcome run_with(int failing, const Words& words) {
    const Environment preload("LD_PRELOAD", STALEMATE_SCARCE_MEMORY);
    const Environment number("STALEMATE_FAILING_ALLOCATION", std::to_string(failing));
    return run(words);
  }

  /// Few of many for everybody; each one in a soak.
  static int after(int failing) { return is_soak() ? failing + 1 : failing * 5 / 4 + 7; }

  static void expect_an_end(const Words& words) {
    const Outcome whole = run(words);
    int ended_early = 0;
    for (int failing = first_; failing <= 10'000; failing = after(failing)) {
      const Outcome outcome = run_with(failing, words);
      const std::string what =
          fmt::format("{}, allocation {}: {} {}", words[0], failing, outcome.out, outcome.err);
      if (outcome.status == whole.status && outcome.out == whole.out) continue;
      CPPUNIT_ASSERT_EQUAL_MESSAGE(what, 3, outcome.status);
      CPPUNIT_ASSERT_MESSAGE(
          what, (outcome.out + outcome.err).find("out of memory") != std::string::npos);
      stalemate::tests::count_figure("faults_memory");
      ++ended_early;
    }
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{} of {}", ended_early, words[0]), ended_early > 20);
  }

 public:
  void of_a_search_that_finds_something() { expect_an_end({"run", "R1#none"}); }

  void of_a_search_that_holds() {
    expect_an_end({"run", "R1#valid", "--threads", "2", "--reduce", "all"});
  }

  void of_many_searches() {
    expect_an_end({"check", "scenarios/stable-pages", "--format", "json", "--jobs", "2"});
  }

  void of_a_picture() {
    const Folder folder;
    expect_an_end({"trace", "R1#none", "-o", folder / "x.svg"});
    CPPUNIT_ASSERT(folder.names().size() <= 1); // No draft of it is left.
  }

  void of_a_replay() {
    const Folder folder;
    const std::string file = folder / "x.json";
    CPPUNIT_ASSERT_EQUAL(0, run({"trace", "R1#none", "-o", file}).status);
    expect_an_end({"replay", file});
  }

 private:
  static constexpr int first_ = 1;
};

CPPUNIT_TEST_SUITE_REGISTRATION(AllocationTest);

} // namespace
} // namespace stalemate::cli::tests
