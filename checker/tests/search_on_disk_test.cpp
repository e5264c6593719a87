// Nothing that is found tells that states were on the disk.

#include "checker/disk/search_on_disk.hpp"

#include "checker/disk/disk_options.hpp"
#include "checker/search/explore.hpp"
#include "checker/search/reduced.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/every_verdict.hpp"
#include "checker/tests/memory_folder.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/same_result.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

using namespace stalemate;

class SearchOnDiskTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SearchOnDiskTest);
  CPPUNIT_TEST(random_models_do_not_show_where_states_were);
  CPPUNIT_TEST(large_levels_do_not_either);
  CPPUNIT_TEST(nor_do_limits);
  CPPUNIT_TEST(nor_do_reductions);
  CPPUNIT_TEST(goes_on_where_memory_ends);
  CPPUNIT_TEST(goes_on_where_numbers_end);
  CPPUNIT_TEST(what_fits_in_memory_takes_no_disk);
  CPPUNIT_TEST(a_limit_of_the_disk_ends_the_search);
  CPPUNIT_TEST(a_full_disk_ends_the_search);
  CPPUNIT_TEST(an_interrupt_ends_the_search);
  CPPUNIT_TEST_SUITE_END();

 public:
  void random_models_do_not_show_where_states_were() {
    tests::compare_random_models(
        tests::amount(300, 10'000),
        [this](const Program& program, const std::string& what, const Limits& limits) {
          return compare(program, what, limits);
        });
  }

  void large_levels_do_not_either() {
    compare(compile(tests::philosophers(9, tests::Manners::last_is_odd)), "philosophers", Limits());
    compare(compile(tests::philosophers(9, tests::Manners::left_first)), "deadlock", Limits());
  }

  void nor_do_limits() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    for (const std::uint64_t states : {0, 1, 2, 500, 2185, 2186, 2187}) {
      Limits limits;
      limits.states_max = states;
      compare(program, fmt::format("{} states", states), limits);
    }
    for (const std::uint64_t depth : {0, 1, 10, 18, 19, 20, 100}) {
      Limits limits;
      limits.depth_max = depth;
      compare(program, fmt::format("depth {}", depth), limits);
    }
    // A deadlock in the deepest level that is allowed.
    const Program deadlock = compile(tests::philosophers(5, tests::Manners::left_first));
    for (const std::uint64_t depth : {3, 4, 5, 6}) {
      Limits limits;
      limits.depth_max = depth;
      compare(deadlock, fmt::format("deadlock, depth {}", depth), limits);
    }
    for (std::uint64_t seed = 1; seed <= tests::amount(60, 5'000); ++seed) {
      const Program random = compile(tests::random_model(seed));
      for (const std::uint64_t states : {7, 50, 300}) {
        Limits limits;
        limits.states_max = states;
        compare(random, fmt::format("seed {}, {} states", seed, states), limits);
      }
      Limits limits;
      limits.depth_max = 6;
      compare(random, fmt::format("seed {}, depth 6", seed), limits);
    }
  }

  void nor_do_reductions() {
    for (std::uint64_t seed = 1; seed <= tests::amount(60, 5'000); ++seed) {
      const ir::Model model = tests::random_alike_model(seed);
      for (const std::uint64_t states : {100, 20'000}) {
        Limits limits;
        limits.states_max = states;
        Observer nobody;
        const Result alone = explore_reduced(model, all_reductions, limits, nobody);
        const DiskOptions options = on_disk(5000, 16);
        limits.disk = &options;
        tests::assert_same(fmt::format("seed {}, {} states", seed, states),
                           alone,
                           explore_reduced(model, all_reductions, limits, nobody));
      }
    }
  }

  /// Also that nobody is lost is found out without all states in memory.
  void goes_on_where_memory_ends() {
    const Program program = compile(tests::philosophers(9, tests::Manners::last_is_odd));
    Observer nobody;
    Limits limits;
    const Result plain = explore(program, limits, nobody);
    limits.memory_max = 100'000;
    CPPUNIT_ASSERT_EQUAL(std::string("the memory limit of 100000 bytes is reached"),
                         explore(program, limits, nobody).reason);
    DiskOptions options = on_disk(DiskOptions().buffers_max, 64);
    options.begins_in_memory = true;
    limits.disk = &options;
    tests::assert_same("philosophers", plain, explore(program, limits, nobody));
    CPPUNIT_ASSERT(plain.verdict == Verdict::holds);
  }

  /// There are 2186 states.
  void goes_on_where_numbers_end() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    DiskOptions options = on_disk(2000, 32);
    options.begins_in_memory = true;
    Limits limits;
    limits.numbers_max = 700;
    limits.disk = &options;
    Observer nobody;
    CPPUNIT_ASSERT(explore(program, limits, nobody).verdict == Verdict::holds);
    limits.states_max = 600;
    CPPUNIT_ASSERT_EQUAL(std::string("the limit of 600 states is reached"),
                         explore(program, limits, nobody).reason);
  }

  void what_fits_in_memory_takes_no_disk() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    DiskOptions options;
    options.folder = "/nowhere";
    options.bytes_max = 0;
    Limits limits;
    limits.disk = &options;
    Observer nobody;
    CPPUNIT_ASSERT(explore(program, limits, nobody).verdict == Verdict::holds);
  }

  void a_limit_of_the_disk_ends_the_search() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    Observer nobody;
    Limits limits;
    std::uint64_t most = 0;
    for (const std::uint64_t bytes : {0, 100, 1000, 5000, 20'000}) {
      DiskOptions options = on_disk(2000, 32);
      options.bytes_max = bytes;
      limits.disk = &options;
      const Result result = explore(program, limits, nobody);
      CPPUNIT_ASSERT(result.verdict == Verdict::incomplete);
      CPPUNIT_ASSERT_EQUAL(fmt::format("the disk limit of {} bytes is reached", bytes),
                           result.reason);
      CPPUNIT_ASSERT(result.counts.states >= most && result.counts.states < 2186);
      most = result.counts.states;
    }
    CPPUNIT_ASSERT(most > 100);
  }

  // Only the child's files are limited.
  void a_full_disk_ends_the_search() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    const DiskOptions options = on_disk(2000, 32);
    const pid_t child = ::fork();
    if (child == 0) {
      ::signal(SIGXFSZ, SIG_IGN);
      const rlimit small{2048, 2048};
      ::setrlimit(RLIMIT_FSIZE, &small);
      Limits limits;
      limits.disk = &options;
      Observer nobody;
      const Result result = explore(program, limits, nobody);
      const bool is_told = result.reason.find("cannot be written to") != std::string::npos;
      ::_exit(result.verdict == Verdict::incomplete && is_told && result.counts.states > 10 ? 0
                                                                                            : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CPPUNIT_ASSERT_EQUAL(0, status);
  }

  void an_interrupt_ends_the_search() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    const DiskOptions options = on_disk(2000, 32);
    const std::atomic<bool> interrupted = true;
    Limits limits;
    limits.disk = &options;
    limits.interrupted = &interrupted;
    Observer nobody;
    const Result result = explore(program, limits, nobody);
    CPPUNIT_ASSERT(result.verdict == Verdict::incomplete);
    CPPUNIT_ASSERT_EQUAL(std::string("interrupted"), result.reason);
  }

  /// After each of them.
  void tearDown() override { CPPUNIT_ASSERT(std::filesystem::is_empty(folder_.path())); }

 private:
  DiskOptions on_disk(std::uint64_t memory, std::size_t block_rows) const {
    DiskOptions options;
    options.folder = folder_.path();
    options.buffers_max = memory;
    options.begins_in_memory = false;
    options.block_rows = block_rows;
    return options;
  }

  Result compare(const Program& program, const std::string& what, Limits limits) const {
    Observer nobody;
    const Result plain = explore(program, limits, nobody);
    using Sizes = std::pair<std::uint64_t, std::size_t>;
    for (const auto& [memory, block] :
         {Sizes{200, 1}, Sizes{2000, 7}, Sizes{20'000, 3}, Sizes{1'000'000, 2048}}) {
      const DiskOptions options = on_disk(memory, block);
      Limits scarce = limits;
      scarce.disk = &options;
      tests::assert_same(fmt::format("{}, {} bytes, blocks of {}", what, memory, block),
                         plain,
                         explore(program, scarce, nobody));
    }
    return plain;
  }

  tests::MemoryFolder folder_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(SearchOnDiskTest);
