// Nothing that is found tells how many ranks there were.

#include "checker/ranks/together.hpp"

#include "checker/checkpoint/checkpoint_error.hpp"
#include "checker/checkpoint/checkpoints.hpp"
#include "checker/search/explore.hpp"
#include "checker/search/reduced.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/every_verdict.hpp"
#include "checker/tests/memory_folder.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/same_result.hpp"
#include "checker/tests/thread_ranks.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <atomic>
#include <filesystem>
#include <string>

using namespace stalemate;
namespace fs = std::filesystem;

class TogetherTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(TogetherTest);
  CPPUNIT_TEST(random_models_do_not_show_how_many_ranks_there_were);
  CPPUNIT_TEST(large_levels_do_not_either);
  CPPUNIT_TEST(nor_do_limits);
  CPPUNIT_TEST(nor_do_reductions);
  CPPUNIT_TEST(memory_and_interrupts_of_one_rank_end_the_search_of_all);
  CPPUNIT_TEST(each_rank_has_numbers_for_states_of_its_own);
  CPPUNIT_TEST(goes_on_from_a_checkpoint);
  CPPUNIT_TEST(goes_on_where_a_crash_left_one_rank_behind);
  CPPUNIT_TEST(refuses_checkpoints_of_another_number_of_ranks);
  CPPUNIT_TEST(who_was_asked_something_else_is_refused);
  CPPUNIT_TEST(a_lost_rank_gives_no_result);
  CPPUNIT_TEST_SUITE_END();

 public:
  void random_models_do_not_show_how_many_ranks_there_were() {
    tests::compare_random_models(
        tests::amount(200, 10'000),
        [](const Program& program, const std::string& what, const Limits& limits) {
          return compare(program, what, limits);
        });
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

  /// There are 2186 states.
  void each_rank_has_numbers_for_states_of_its_own() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    for (const bool is_enough : {true, false})
      tests::with_ranks(2, [&](Ranks& ranks) {
        Limits limits;
        limits.ranks = &ranks;
        limits.numbers_max = is_enough ? 1500 : 500;
        Observer nobody;
        const Result result = explore(program, limits, nobody);
        CPPUNIT_ASSERT_EQUAL(std::string(is_enough ? "" : "more than 500 states at one rank"),
                             result.reason);
        CPPUNIT_ASSERT_EQUAL(word(is_enough ? Verdict::holds : Verdict::incomplete),
                             word(result.verdict));
      });
  }

  void goes_on_from_a_checkpoint() {
    int went_on = 0;
    for (std::uint64_t seed = 1; seed <= tests::amount(40, 1000); ++seed) {
      const Program program = compile(tests::random_model(seed));
      Observer nobody;
      const Result whole = explore(program, few_states(), nobody);
      if (whole.counts.states < 4) continue;
      const tests::MemoryFolder folder;
      (void)save(program, folder, 2, whole.counts.states / 2);
      // Where that is in the first level they begin again.
      const bool is_left = fs::exists(fs::path(folder.path()) / "rank-1" / "1" / "head");
      tests::assert_same(fmt::format("seed {}", seed), whole, go_on(program, folder, 2));
      went_on += is_left ? 1 : 0;
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(went_on), went_on > 15);
  }

  void goes_on_where_a_crash_left_one_rank_behind() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    Observer nobody;
    const Result whole = explore(program, Limits(), nobody);
    const tests::MemoryFolder folder;
    (void)save(program, folder, 3, 1000);
    const fs::path behind = fs::path(folder.path()) / "rank-1" / "1";
    fs::rename(behind / "head.previous", behind / "head");
    tests::assert_same("one behind", whole, go_on(program, folder, 3));
    // Without its first one they begin again.
    const tests::MemoryFolder other;
    (void)save(program, other, 3, 1000);
    fs::remove_all(fs::path(other.path()) / "rank-1");
    tests::assert_same("none", whole, go_on(program, other, 3));
  }

  void refuses_checkpoints_of_another_number_of_ranks() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    const tests::MemoryFolder folder;
    (void)save(program, folder, 2, 1000);
    for (const int count : {1, 3}) {
      try {
        (void)go_on(program, folder, count);
        CPPUNIT_FAIL("it was taken");
      } catch (const CheckpointError& error) {
        CPPUNIT_ASSERT_EQUAL(
            fmt::format("the checkpoint is one of 2 ranks, and here are {}", count),
            std::string(error.what()));
      }
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

  static Result searched(const Program& program,
                         const tests::MemoryFolder& folder,
                         int count,
                         std::uint64_t states_max,
                         bool goes_on) {
    Result found;
    tests::with_ranks(count, [&](Ranks& ranks) {
      Checkpoints checkpoints(
          {fs::path(folder.path()) / fmt::format("rank-{}", ranks.number()), {}, goes_on});
      Limits limits;
      limits.ranks = &ranks;
      limits.block_max = 16;
      limits.checkpoints = &checkpoints;
      limits.states_max = states_max;
      Observer nobody;
      const Result result = explore(program, limits, nobody);
      if (ranks.number() == 0) found = result;
    });
    return found;
  }
  static Result
  save(const Program& program, const tests::MemoryFolder& folder, int count, std::uint64_t states) {
    return searched(program, folder, count, states, false);
  }
  static Result go_on(const Program& program, const tests::MemoryFolder& folder, int count) {
    return searched(program, folder, count, few_states().states_max, true);
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
