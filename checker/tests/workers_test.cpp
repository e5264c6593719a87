#include "checker/search/workers.hpp"

#include "checker/builder/path.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/same_result.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

using namespace stalemate;
using namespace stalemate::build;

class WorkersTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(WorkersTest);
  CPPUNIT_TEST(random_models_do_not_show_how_many_threads_there_were);
  CPPUNIT_TEST(large_levels_do_not_either);
  CPPUNIT_TEST(of_what_ends_a_search_the_first_is_told);
  CPPUNIT_TEST(nor_do_limits);
  CPPUNIT_TEST(one_level_may_be_left_to_one_thread);
  CPPUNIT_TEST(states_that_are_new_at_once_are_told_apart_by_any_word);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// Threads only go to work where they cannot meet a limit: what is compared has none.
  void random_models_do_not_show_how_many_threads_there_were() {
    Limits few;
    few.states_max = 20'000;
    int broken = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      const bool is_live = seed % 4 == 0;
      const Program program =
          compile(is_live ? tests::random_live_model(seed) : tests::random_model(seed));
      Observer nobody;
      const Result alone = explore(program, few, nobody);
      if (alone.verdict == Verdict::incomplete) continue;
      compare(program, fmt::format("seed {}", seed), {}, 1);
      if (alone.schedule.size() > 3) ++broken;
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(broken), broken > 10);
  }

  void large_levels_do_not_either() {
    compare(compile(tests::philosophers(11, tests::Manners::last_is_odd)), "philosophers", {}, 64);
    compare(compile(tests::philosophers(11, tests::Manners::left_first)), "deadlock", {}, 16);
  }

  /// A level has many states that end the search, in chunks of several threads.
  void of_what_ends_a_search_the_first_is_told() {
    for (const Ends ends : {Ends::by_invariant, Ends::by_check, Ends::in_an_error, Ends::nowhere})
      for (const int depth : {9, 14, 25})
        for (const int rest : {0, 5}) {
          const Program program = compile(counters(8, ends, depth, rest));
          const std::string what =
              fmt::format("{} from {} on, {}", static_cast<int>(ends), depth, rest);
          CPPUNIT_ASSERT_MESSAGE(what, explore(program).verdict != Verdict::holds);
          compare(program, what, {}, rest == 0 ? 1 : 64);
        }
  }

  /// Where one comes near, a single thread goes on; before that, several are at work.
  void nor_do_limits() {
    const Program program = compile(counters(12, Ends::regularly));
    for (const std::uint64_t states : {1, 500, 18'000, 20'735, 20'736, 20'737, 40'000}) {
      Limits limits;
      limits.states_max = states;
      compare(program, fmt::format("{} states", states), limits, 1);
    }
    for (const std::uint64_t depth : {0, 10, 43, 44, 100}) {
      Limits limits;
      limits.depth_max = depth;
      compare(program, fmt::format("depth {}", depth), limits, 1);
    }
    for (const std::uint64_t memory : {10'000, 300'000, 900'000, 5'000'000}) {
      Limits limits;
      limits.memory_max = memory;
      compare(program, fmt::format("{} bytes", memory), limits, 1);
    }
  }

  void one_level_may_be_left_to_one_thread() {
    const Program program = compile(tests::philosophers(9, tests::Manners::last_is_odd));
    for (const std::uint64_t least : {2, 100, 1000, 100'000})
      compare(program, fmt::format("from {} on", least), {}, least);
  }

  /// The last level has a quarter of a million. Hundreds of them share all of a hash that a slot
  /// has with another one, and all their last word.
  void states_that_are_new_at_once_are_told_apart_by_any_word() {
    const ir::Model model = tests::one_process([](Model& m) {
      const Array digits = m.array("digits", 3, 0, 63);
      const Array rest = m.flags("rest", 64);
      return [=](Path& p) {
        for (int i = 0; i < 3; ++i)
          p.step(fmt::format("choose digit {}", i),
                 for_any(64, [&](int value) { return then(digits[i] = value); }));
        p.step("fill the rest", then(for_each(64, [&](int i) { return rest[i] = true; })));
      };
    });
    Limits limits;
    limits.depth_max = 3;
    limits.threads = 2;
    limits.parallel_min = 64;
    limits.is_crew_kept = true;
    Observer nobody;
    const Result result = explore(compile(model), limits, nobody);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1 + 64 + 64 * 64 + 64 * 64 * 64}, result.counts.states);
  }

 private:
  enum class Ends { regularly, by_invariant, by_check, in_an_error, nowhere };

  /// Four processes count, so that there are values^4 states. When they have come to `depth`
  /// together, something is wrong where a mixture of their numbers leaves `rest`.
  static ir::Model counters(int values, Ends ends, int depth = 0, int rest = 0) {
    Model m({"a", "b", "c", "d"});
    const Array at = m.array("at", 4, 0, values - 1);
    const Place odd = m.flag("odd");
    const Claim claim = m.assertion("good", "all is good");
    const Expr sum = at[0] + at[1] + at[2] + at[3];
    const Expr mixture = (at[0] * 3 + at[1] * 5 + at[2] * 2 + at[3]) % 7;
    const Expr good = sum < depth || mixture != rest;
    for (int i = 0; i < 4; ++i)
      m.process(std::string(1, static_cast<char>('a' + i)), "counter", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        Alternative count = when(at[i] < values - 1);
        if (ends == Ends::by_check) count = count.check(claim, good, "it is not");
        if (ends == Ends::in_an_error) count = count.then(odd = select(good, 0, 2));
        if (ends == Ends::nowhere) count = count.wait(good, "what never comes");
        p.label("again");
        p.step("count", count.then(at[i] = min(at[i] + 1, values - 1)).go("again"));
      });
    if (ends == Ends::by_invariant)
      m.invariant("good", "all is good", {{sum <= 4 * values, "too much"}, {good, "it is not"}});
    if (ends == Ends::nowhere) m.no_deadlock();
    (void)m.drop_unchecked();
    return m.finish();
  }

  static void
  compare(const Program& program, const std::string& what, Limits limits, std::uint64_t least) {
    Observer nobody;
    const Result alone = explore(program, limits, nobody);
    for (const int threads : {2, 3}) {
      limits.threads = threads;
      limits.parallel_min = least;
      limits.is_crew_kept = true;
      const Result together = explore(program, limits, nobody);
      tests::assert_same(what, alone, together);
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WorkersTest);
