#include "checker/search/workers.hpp"

#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/same_result.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

using namespace stalemate;

class WorkersTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(WorkersTest);
  CPPUNIT_TEST(random_models_do_not_show_how_many_threads_there_were);
  CPPUNIT_TEST(large_levels_do_not_either);
  CPPUNIT_TEST(nor_do_limits);
  CPPUNIT_TEST(one_level_may_be_left_to_one_thread);
  CPPUNIT_TEST_SUITE_END();

 public:
  void random_models_do_not_show_how_many_threads_there_were() {
    for (std::uint64_t seed = 1; seed <= 250; ++seed) {
      const bool is_live = seed % 4 == 0;
      const Program program =
          compile(is_live ? tests::random_live_model(seed) : tests::random_model(seed));
      compare(program, fmt::format("seed {}", seed), few_states(), 1);
    }
  }

  void large_levels_do_not_either() {
    compare(compile(tests::philosophers(11, tests::Manners::last_is_odd)), "philosophers", {}, 64);
    compare(compile(tests::philosophers(11, tests::Manners::left_first)), "deadlock", {}, 16);
  }

  void nor_do_limits() {
    const Program program = compile(tests::philosophers(10, tests::Manners::last_is_odd));
    for (const std::uint64_t states : {1, 500, 5000, 59047, 59048, 59049}) {
      Limits limits;
      limits.states_max = states;
      compare(program, fmt::format("{} states", states), limits, 1);
    }
    for (const std::uint64_t depth : {0, 10, 20, 100}) {
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

 private:
  static Limits few_states() {
    Limits limits;
    limits.states_max = 20'000;
    return limits;
  }

  static void
  compare(const Program& program, const std::string& what, Limits limits, std::uint64_t least) {
    Observer nobody;
    const Result alone = explore(program, limits, nobody);
    for (const int threads : {2, 3}) {
      limits.threads = threads;
      limits.parallel_min = least;
      const Result together = explore(program, limits, nobody);
      tests::assert_same(what, alone, together);
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WorkersTest);
