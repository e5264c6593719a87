#include "checker/generate/compile.hpp"

#include "checker/reduce/ample.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <cstdlib>
#include <string>

using namespace stalemate;

class GeneratedTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(GeneratedTest);
  CPPUNIT_TEST(does_what_the_interpreter_does);
  CPPUNIT_TEST(takes_over_in_the_middle);
  CPPUNIT_TEST(without_a_compiler_there_is_no_verdict);
  CPPUNIT_TEST(or_the_interpreter_goes_on);
  CPPUNIT_TEST_SUITE_END();

 public:
  void does_what_the_interpreter_does() {
    for (std::uint64_t seed = 1; seed <= tests::amount(6, 1000); ++seed) {
      Program program =
          compile(seed % 4 == 0 ? tests::random_live_model(seed) : tests::random_model(seed));
      if (seed % 3 == 0) find_ample_sets(program);
      compare(fmt::format("seed {}", seed), program, at_once());
    }
  }

  void takes_over_in_the_middle() {
    Limits limits;
    limits.translation = Limits::Translation::when_long;
    limits.translate_from = 1;
    const Program program = compile(tests::philosophers(13, tests::Manners::last_is_odd));
    compare("philosophers", program, limits);
  }

  void without_a_compiler_there_is_no_verdict() {
    const NoCompiler none;
    const Result result = run(compile(tests::peterson(tests::Announces::interest)), at_once());
    CPPUNIT_ASSERT(result.verdict == Verdict::incomplete);
    CPPUNIT_ASSERT_EQUAL(std::string("the code cannot be translated: there is no no-such-compiler"),
                         result.reason);
  }

  void or_the_interpreter_goes_on() {
    const NoCompiler none;
    Limits limits;
    limits.translation = Limits::Translation::when_long;
    limits.translate_from = 1;
    const Result result =
        run(compile(tests::philosophers(11, tests::Manners::last_is_odd)), limits);
    CPPUNIT_ASSERT(result.verdict == Verdict::holds);
  }

 private:
  struct NoCompiler {
    NoCompiler() { ::setenv("CXX", "no-such-compiler", 1); }
    ~NoCompiler() { ::unsetenv("CXX"); }
    NoCompiler(const NoCompiler&) = delete;
    NoCompiler& operator=(const NoCompiler&) = delete;
  };

  static Limits at_once() {
    Limits limits;
    limits.states_max = 20'000;
    limits.translation = Limits::Translation::at_once;
    return limits;
  }

  static Result run(const Program& program, const Limits& limits) {
    Observer nobody;
    return explore(program, limits, nobody);
  }

  static std::string text(const Result& result) {
    return fmt::format("{}, {} states, {} transitions, property {}",
                       word(result.verdict),
                       result.counts.states,
                       result.counts.transitions,
                       result.property);
  }

  static void compare(const std::string& what, const Program& program, const Limits& limits) {
    Limits interpreted = limits;
    interpreted.translation = Limits::Translation::never;
    const Result expected = run(program, interpreted);
    const Result found = run(program, limits);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, text(expected), text(found));
    CPPUNIT_ASSERT_MESSAGE(what, expected.schedule == found.schedule);
    CPPUNIT_ASSERT_MESSAGE(what, expected.loop == found.loop);
    CPPUNIT_ASSERT_MESSAGE(what, expected.coverage.fired == found.coverage.fired);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(GeneratedTest);
