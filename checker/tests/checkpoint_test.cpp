// A search that goes on from a checkpoint finds what it would have found without: wherever it was
// stopped, whatever is kept of its states and however many threads expand them. A checkpoint that
// is damaged, or of something else, is refused.

#include "checker/checkpoint/checkpoint_error.hpp"
#include "checker/checkpoint/checkpoints.hpp"
#include "checker/checkpoint/durable_file.hpp"
#include "checker/search/explore.hpp"
#include "checker/search/reduced.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/figures.hpp"
#include "checker/tests/memory_folder.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/same_result.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace stalemate;
namespace fs = std::filesystem;

class CheckpointTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(CheckpointTest);
  CPPUNIT_TEST(goes_on_from_anywhere);
  CPPUNIT_TEST(goes_on_in_a_reduced_search_and_the_plain_one_behind_it);
  CPPUNIT_TEST(goes_on_after_kill);
  CPPUNIT_TEST(goes_on_from_the_one_before);
  CPPUNIT_TEST(begins_where_nothing_was_written);
  CPPUNIT_TEST(refuses_every_flipped_byte);
  CPPUNIT_TEST(refuses_what_is_cut_or_gone);
  CPPUNIT_TEST(refuses_another_program_and_another_build);
  CPPUNIT_TEST(refuses_a_folder_that_has_some);
  CPPUNIT_TEST(a_full_disk_ends_the_search);
  CPPUNIT_TEST_SUITE_END();

 public:
  void goes_on_from_anywhere() {
    int went_on = 0;
    for (std::uint64_t seed = 1; seed <= tests::amount(40, 1000); ++seed)
      for (const ir::Model& model : {tests::random_model(seed), tests::random_live_model(seed)})
        for (const Storage storage : {Storage::exact, Storage::tree, Storage::compact})
          went_on += compare(fmt::format("seed {}", seed), compile(model), storage, 1);
    const Program table = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    for (const Storage storage : {Storage::exact, Storage::tree, Storage::compact})
      went_on += compare("philosophers", table, storage, 1);
    for (const int threads : {2, 3})
      went_on += compare("philosophers", table, Storage::exact, threads);
    CPPUNIT_ASSERT_MESSAGE(std::to_string(went_on), went_on > 100);
  }

  void goes_on_in_a_reduced_search_and_the_plain_one_behind_it() {
    const ir::Model model = tests::philosophers(6, tests::Manners::left_first);
    for (std::uint64_t states : {20, 200, 1000}) {
      const tests::MemoryFolder folder;
      Observer nobody;
      const Result whole = explore_reduced(model, all_reductions, Limits(), nobody);
      Checkpoints first({folder.path(), {}, false, Generation::newest});
      Limits limits;
      limits.states_max = states;
      limits.checkpoints = &first;
      (void)explore_reduced(model, all_reductions, limits, nobody);
      Checkpoints second({folder.path(), {}, true, Generation::newest});
      limits.states_max = Limits::unlimited;
      limits.checkpoints = &second;
      tests::assert_same(
          "philosophers", whole, explore_reduced(model, all_reductions, limits, nobody));
    }
  }

  // At any instant: between files, within one, before the first and after the last.
  void goes_on_after_kill() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    const Result whole = explore(program);
    int killed = 0;
    int wait_max = 30'000; // Microseconds; about as long as a search takes here.
    tests::Dice dice(7);
    for (std::uint64_t round = 0; round < tests::amount(20, 200); ++round) {
      const tests::MemoryFolder folder;
      for (int times = 0; times < 3; ++times) {
        const pid_t child = ::fork();
        if (child == 0) {
          (void)resumed(program, folder.path(), Storage::exact, 1);
          ::_exit(0);
        }
        std::this_thread::sleep_for(std::chrono::microseconds(dice.below(wait_max)));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        killed += WIFSIGNALED(status) ? 1 : 0;
        wait_max =
            WIFSIGNALED(status) ? std::min(wait_max * 9 / 8, 1'000'000) : wait_max * 3 / 4 + 100;
      }
      tests::assert_same(fmt::format("round {}", round),
                         whole,
                         resumed(program, folder.path(), Storage::exact, 1));
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(killed), killed > 20);
    tests::count_figure("killed", static_cast<std::uint64_t>(killed));
  }

  void goes_on_from_the_one_before() {
    const Program program = compile(tests::philosophers(6, tests::Manners::last_is_odd));
    const tests::MemoryFolder folder;
    write_some(program, folder.path(), 500);
    // Without it the search would begin anew, and find the same.
    CPPUNIT_ASSERT(fs::exists(fs::path(folder.path()) / "1" / "head.previous"));
    damage(last_part(folder.path()), 0);
    CPPUNIT_ASSERT_THROW((void)resumed(program, folder.path(), Storage::exact, 1), CheckpointError);
    Checkpoints before({folder.path(), {}, true, Generation::previous});
    const Result result = explored(program, Storage::exact, 1, Limits::unlimited, &before);
    tests::assert_same("the one before", explore(program), result);
    tests::assert_same(
        "and from there", result, resumed(program, folder.path(), Storage::exact, 1));
  }

  void begins_where_nothing_was_written() {
    const Program program = compile(tests::peterson(tests::Announces::interest));
    const tests::MemoryFolder folder;
    tests::assert_same(
        "peterson", explore(program), resumed(program, folder.path(), Storage::exact, 1));
  }

  void refuses_every_flipped_byte() {
    const Program program = compile(tests::philosophers(4, tests::Manners::last_is_odd));
    const tests::MemoryFolder folder;
    write_some(program, folder.path(), 120);
    int flipped = 0;
    for (const auto& file : fs::directory_iterator(fs::path(folder.path()) / "1")) {
      const bool is_old = file.path().filename() == "head.previous";
      const std::uint64_t bytes = fs::file_size(file.path());
      for (std::uint64_t at = 0; at < bytes && !is_old; ++at, ++flipped) {
        damage(file.path(), at);
        const std::string what = file.path().filename().string() + fmt::format(" byte {}", at);
        CPPUNIT_ASSERT_THROW_MESSAGE(
            what, (void)resumed(program, folder.path(), Storage::exact, 1), CheckpointError);
        damage(file.path(), at);
      }
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(flipped), flipped > 1000);
    tests::count_figure("flipped", static_cast<std::uint64_t>(flipped));
    tests::assert_same(
        "whole again", explore(program), resumed(program, folder.path(), Storage::exact, 1));
  }

  void refuses_what_is_cut_or_gone() {
    const Program program = compile(tests::philosophers(5, tests::Manners::last_is_odd));
    const tests::MemoryFolder folder;
    write_some(program, folder.path(), 200);
    const fs::path part = last_part(folder.path());
    fs::resize_file(part, fs::file_size(part) - 1);
    refused(program, folder.path(), "damaged");
    fs::remove(part);
    refused(program, folder.path(), "cannot be read");
    const fs::path head = fs::path(folder.path()) / "1" / "head";
    for (const std::uint64_t bytes :
         {std::uint64_t{0}, std::uint64_t{8}, fs::file_size(head) - 8}) {
      fs::resize_file(head, bytes);
      refused(program, folder.path(), "damaged");
    }
  }

  void refuses_another_program_and_another_build() {
    const Program program = compile(tests::philosophers(5, tests::Manners::last_is_odd));
    const tests::MemoryFolder folder;
    write_some(program, folder.path(), 200);
    refused(compile(tests::philosophers(5, tests::Manners::left_first)),
            folder.path(),
            "another model");

    const fs::path file = fs::path(folder.path()) / "1" / "head";
    Head head = head_of(content_of(file, 1 << 20), "head");
    CPPUNIT_ASSERT(head.build != Digest::Value{}); // The linker wrote one.
    head.build[0] ^= 1;
    DurableFile other(file);
    other.write(bytes_of(head));
    other.finish();
    refused(program, folder.path(), "another build");
  }

  void refuses_a_folder_that_has_some() {
    const Program program = compile(tests::philosophers(4, tests::Manners::last_is_odd));
    const tests::MemoryFolder folder;
    write_some(program, folder.path(), 50);
    CPPUNIT_ASSERT_THROW(Checkpoints({folder.path(), {}, false, Generation::newest}),
                         CheckpointError);
  }

  // What was written before stays; only the child's files are limited.
  void a_full_disk_ends_the_search() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    const tests::MemoryFolder folder;
    write_some(program, folder.path(), 100);
    const pid_t child = ::fork();
    if (child == 0) {
      ::signal(SIGXFSZ, SIG_IGN);
      const rlimit small{4096, 4096};
      ::setrlimit(RLIMIT_FSIZE, &small);
      const Result result = resumed(program, folder.path(), Storage::exact, 1);
      const bool is_told = result.reason.find("cannot be written") != std::string::npos;
      ::_exit(result.verdict == Verdict::incomplete && is_told && result.counts.states > 100 ? 0
                                                                                             : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CPPUNIT_ASSERT_EQUAL(0, status);
    tests::assert_same(
        "goes on", explore(program), resumed(program, folder.path(), Storage::exact, 1));
  }

 private:
  static Result explored(const Program& program,
                         Storage storage,
                         int threads,
                         std::uint64_t states_max,
                         Checkpoints* checkpoints) {
    Limits limits;
    limits.storage = storage;
    limits.threads = threads;
    limits.parallel_min = 64;
    limits.is_crew_kept = true;
    limits.states_max = states_max;
    limits.checkpoints = checkpoints;
    Observer nobody;
    return explore(program, limits, nobody);
  }

  static Result
  resumed(const Program& program, const std::string& folder, Storage storage, int threads) {
    Checkpoints checkpoints({folder, {}, true, Generation::newest});
    return explored(program, storage, threads, Limits::unlimited, &checkpoints);
  }

  /// Those of a search that ends at so many states.
  static void write_some(const Program& program, const std::string& folder, std::uint64_t states) {
    Checkpoints checkpoints({folder, {}, false, Generation::newest});
    (void)explored(program, Storage::exact, 1, states, &checkpoints);
  }

  /// The last of the files that hold what only grows.
  static fs::path last_part(const std::string& folder) {
    int number = 0;
    const auto name = [&](int of) { return fs::path(folder) / "1" / fmt::format("part-{}", of); };
    const Head head = head_of(content_of(fs::path(folder) / "1" / "head", 1 << 24), "head");
    number = static_cast<int>(head.parts.size());
    return name(number);
  }

  static void damage(const fs::path& file, std::uint64_t at) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(at));
    const char byte = static_cast<char>(stream.get());
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(static_cast<char>(byte ^ 0x10));
  }

  static void refused(const Program& program, const std::string& folder, const std::string& why) {
    try {
      (void)resumed(program, folder, Storage::exact, 1);
    } catch (const CheckpointError& error) {
      CPPUNIT_ASSERT_MESSAGE(error.what(),
                             std::string(error.what()).find(why) != std::string::npos);
      return;
    }
    CPPUNIT_FAIL("not refused: " + why);
  }

  /// Stops at some numbers of states, one after the other, and goes on. 1 if anything was gone on
  /// from.
  static int
  compare(const std::string& what, const Program& program, Storage storage, int threads) {
    const Result whole = explored(program, storage, threads, Limits::unlimited, nullptr);
    const std::uint64_t states = whole.counts.states;
    if (states > 20'000) return 0; // A checkpoint every hundred states takes its time.
    const tests::MemoryFolder folder;
    for (const std::uint64_t share : {4, 3, 2}) {
      Checkpoints checkpoints({folder.path(), {}, true, Generation::newest});
      (void)explored(program, storage, threads, states / share + 1, &checkpoints);
    }
    const bool is_there = fs::exists(fs::path(folder.path()) / "1" / "head");
    tests::assert_same(what, whole, resumed(program, folder.path(), storage, threads));
    return is_there ? 1 : 0;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CheckpointTest);
