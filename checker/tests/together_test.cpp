// Nothing that is found tells how many ranks there were.

#include "checker/ranks/together.hpp"

#include "checker/reduce/ample.hpp"
#include "checker/reduce/symmetry.hpp"
#include "checker/search/explore.hpp"
#include "checker/search/reduced.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/same_result.hpp"
#include "checker/tests/thread_ranks.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <atomic>
#include <functional>
#include <map>
#include <string>

using namespace stalemate;

class TogetherTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(TogetherTest);
  CPPUNIT_TEST(random_models_do_not_show_how_many_ranks_there_were);
  CPPUNIT_TEST(large_levels_do_not_either);
  CPPUNIT_TEST(nor_do_limits);
  CPPUNIT_TEST(nor_do_reductions);
  CPPUNIT_TEST(memory_and_interrupts_of_one_rank_end_the_search_of_all);
  CPPUNIT_TEST(who_was_asked_something_else_is_refused);
  CPPUNIT_TEST(a_lost_rank_gives_no_result);
  CPPUNIT_TEST_SUITE_END();

 public:
  void random_models_do_not_show_how_many_ranks_there_were() {
    std::map<Verdict, int> verdicts;
    int stranded = 0;
    for (std::uint64_t seed = 1; seed <= tests::amount(200, 10'000); ++seed) {
      const bool is_live = seed % 5 == 0;
      const Program program =
          compile(is_live ? tests::random_live_model(seed) : tests::random_model(seed));
      const Result result = compare(program, fmt::format("seed {}", seed), few_states());
      ++verdicts[result.verdict];
      stranded += result.stranded.empty() ? 0 : 1;
    }
    for (const Verdict verdict :
         {Verdict::holds, Verdict::violated, Verdict::deadlock, Verdict::model_error})
      CPPUNIT_ASSERT_MESSAGE(word(verdict), verdicts[verdict] > 5);
    CPPUNIT_ASSERT_MESSAGE(std::to_string(stranded), stranded > 2);
  }

  void large_levels_do_not_either() {
    Limits limits;
    limits.block_max = 64;
    compare(compile(tests::philosophers(9, tests::Manners::last_is_odd)), "philosophers", limits);
    limits.block_max = 16;
    compare(compile(tests::philosophers(9, tests::Manners::left_first)), "deadlock", limits);
  }

  void nor_do_limits() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    for (const std::uint64_t states : {0, 1, 2, 500, 2185, 2186, 2187}) {
      Limits limits;
      limits.states_max = states;
      limits.block_max = 8;
      compare(program, fmt::format("{} states", states), limits);
    }
    for (const std::uint64_t depth : {0, 1, 10, 18, 19, 20, 100}) {
      Limits limits;
      limits.depth_max = depth;
      limits.block_max = 8;
      compare(program, fmt::format("depth {}", depth), limits);
    }
    // A deadlock in the deepest level that is allowed.
    const Program deadlock = compile(tests::philosophers(5, tests::Manners::left_first));
    for (const std::uint64_t depth : {3, 4, 5, 6}) {
      Limits limits;
      limits.depth_max = depth;
      limits.block_max = 4;
      compare(deadlock, fmt::format("deadlock, depth {}", depth), limits);
    }
  }

  void nor_do_reductions() {
    for (std::uint64_t seed = 1; seed <= tests::amount(60, 5'000); ++seed) {
      const ir::Model model = tests::random_alike_model(seed);
      Observer nobody;
      Limits limits = few_states();
      limits.block_max = 4;
      const Result alone = explore_reduced(model, all_reductions, limits, nobody);
      for (const int count : {2, 3})
        tests::with_ranks(count, [&](Ranks& ranks) {
          Limits together = limits;
          together.ranks = &ranks;
          tests::assert_same(fmt::format("seed {}, {} ranks", seed, count),
                             alone,
                             explore_reduced(model, all_reductions, together, nobody));
        });
    }
  }

  void memory_and_interrupts_of_one_rank_end_the_search_of_all() {
    const Program program = compile(tests::philosophers(9, tests::Manners::last_is_odd));
    const std::atomic<bool> interrupted = true;
    for (const bool is_memory : {true, false}) {
      std::atomic<int> ended = 0;
      tests::with_ranks(3, [&](Ranks& ranks) {
        Limits limits;
        limits.ranks = &ranks;
        if (ranks.number() == 2 && is_memory) limits.memory_max = 100'000;
        if (ranks.number() == 2 && !is_memory) limits.interrupted = &interrupted;
        Observer nobody;
        const Result result = explore(program, limits, nobody);
        CPPUNIT_ASSERT(result.verdict == Verdict::incomplete);
        CPPUNIT_ASSERT_EQUAL(
            std::string(is_memory ? "the memory limit of 100000 bytes is reached" : "interrupted"),
            result.reason);
        ++ended;
      });
      CPPUNIT_ASSERT_EQUAL(3, ended.load());
    }
  }

  void who_was_asked_something_else_is_refused() {
    const Program one = compile(tests::philosophers(3, tests::Manners::last_is_odd));
    const Program other = compile(tests::philosophers(4, tests::Manners::last_is_odd));
    const auto ask = [&](Ranks& ranks) {
      Limits limits;
      limits.ranks = &ranks;
      Observer nobody;
      (void)explore(ranks.number() == 1 ? other : one, limits, nobody);
    };
    try {
      tests::with_ranks(2, ask);
      CPPUNIT_FAIL("they went on");
    } catch (const RanksError& error) {
      CPPUNIT_ASSERT_EQUAL(
          std::string("rank 1 was asked something else than rank 0, or is of another build"),
          std::string(error.what()));
    }
  }

  void a_lost_rank_gives_no_result() {
    const Program program = compile(tests::philosophers(11, tests::Manners::last_is_odd));
    /// Is gone when it is asked how far the search is.
    class Gone : public Observer {
     public:
      void progress(const Progress&) override { throw std::runtime_error("gone"); }
    };
    std::atomic<int> results = 0;
    const auto ask = [&](Ranks& ranks) {
      Limits limits;
      limits.ranks = &ranks;
      limits.block_max = 64;
      Observer nobody;
      Gone gone;
      Observer& observer = ranks.number() == 1 ? gone : nobody;
      (void)explore(program, limits, observer);
      ++results;
    };
    CPPUNIT_ASSERT_THROW_MESSAGE("", tests::with_ranks(3, ask), std::runtime_error);
    CPPUNIT_ASSERT_EQUAL(0, results.load());
  }

 private:
  static Limits few_states() {
    Limits limits;
    limits.states_max = 20'000;
    return limits;
  }

  static Result compare(const Program& program, const std::string& what, Limits limits) {
    Observer nobody;
    const Result alone = explore(program, limits, nobody);
    for (const int count : {1, 2, 4})
      for (const std::uint64_t block : {std::uint64_t{3}, limits.block_max})
        tests::with_ranks(count, [&](Ranks& ranks) {
          Limits together = limits;
          together.ranks = &ranks;
          together.block_max = block;
          tests::assert_same(fmt::format("{}, {} ranks, blocks of {}", what, count, block),
                             alone,
                             explore(program, together, nobody));
        });
    return alone;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TogetherTest);
