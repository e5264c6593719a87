// `run --disk`: what memory does not hold is on the disk, and the answer is the same.

#include "checker/disk/disk_options.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/same_result.hpp"
#include "cli/load.hpp"
#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>
#include <unistd.h>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using Words = std::vector<std::string>;

class DiskTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(DiskTest);
  CPPUNIT_TEST(says_what_a_run_in_memory_says);
  CPPUNIT_TEST(the_library_does_not_show_where_states_were);
  CPPUNIT_TEST(a_limit_or_a_full_disk_is_told);
  CPPUNIT_TEST(a_signal_leaves_nothing);
  CPPUNIT_TEST(refuses_what_it_cannot_do);
  CPPUNIT_TEST(where_no_file_can_be_made_nothing_is_proved);
  CPPUNIT_TEST_SUITE_END();

 public:
  void says_what_a_run_in_memory_says() {
    for (const char* scenario : {"R15#shared-two-blocks", "R1#none,valid"}) {
      const Outcome plain = run({"run", scenario});
      const Outcome found = run(with({"run", scenario, "--memory-max", "100K"}));
      CPPUNIT_ASSERT_EQUAL_MESSAGE(found.err, plain.status, found.status);
      CPPUNIT_ASSERT_EQUAL(plain.out, found.out);
      expect_empty();
    }
  }

  void the_library_does_not_show_where_states_were() {
    const Limits limits = few_states();
    int compared = 0;
    for (const Candidate& candidate : load_all({STALEMATE_SOURCE_DIR "/scenarios"})) {
      if (compared >= 40 && !stalemate::tests::is_soak()) break;
      const Program program = compile(candidate.model);
      Observer nobody;
      const Result plain = explore(program, limits, nobody);
      const bool is_large = plain.counts.states >= 20'000;
      if (is_large && !stalemate::tests::is_soak()) continue;
      Limits on_disk = limits;
      DiskOptions options;
      options.folder = folder_.path();
      options.begins_in_memory = false;
      options.buffers_max = 300'000;
      on_disk.disk = &options;
      stalemate::tests::assert_same(candidate.name(), plain, explore(program, on_disk, nobody));
      ++compared;
    }
    CPPUNIT_ASSERT(compared >= 40);
    expect_empty();
  }

  void a_limit_or_a_full_disk_is_told() {
    const Words words =
        with({"run", "R15#shared-two-blocks", "--memory-max", "100K", "--disk-max", "10K"});
    const Outcome limited = run(words);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(limited.err, 3, limited.status);
    expect_part(limited.out, "the disk limit of 10240 bytes is reached");
    Setting shell;
    shell.program = "/bin/sh";
    const Outcome full =
        run({"-c",
             fmt::format(
                 "ulimit -f 4; exec '{}' {}",
                 STALEMATE_BINARY,
                 fmt::join(with({"run", "'R15#shared-two-blocks'", "--memory-max", "100K"}), " "))},
            shell);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(full.err, 3, full.status);
    expect_part(full.out, folder_.path() + ": cannot be written to");
    expect_empty();
  }

  void a_signal_leaves_nothing() {
    const Folder own;
    const std::string file = own.add("large.json", large_scenario);
    Setting setting;
    setting.signal = 15;
    setting.signal_after_ms = 2000;
    const Outcome ended = run(with({"run", file, "--memory-max", "5M"}), setting);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(ended.err, 143, ended.status);
    expect_part(ended.out, "interrupted");
    expect_empty();
  }

  void refuses_what_it_cannot_do() {
    const std::string race = "R1#valid";
    refused(with({"run", race, "--threads", "2"}), "--disk does not go together with --threads 2");
    for (const std::string store : {"tree", "compact"})
      refused(with({"run", race, "--store", store}),
              "--disk does not go together with --store " + store);
    refused(with({"run", race, "--mpi"}), "--disk does not go together with --mpi");
    refused(with({"run", race, "--checkpoint", folder_ / "cp"}),
            "--disk does not go together with --checkpoint");
    refused(with({"run", race, "--engine", "relacy"}),
            "--disk does not go together with --engine relacy");
    refused(with({"run", race, "--fewest-switches"}),
            "--disk does not go together with --fewest-switches");
    refused({"run", race, "--disk", folder_ / "none"}, "none: there is no such folder");
    refused({"run", race, "--disk", ""}, "--disk: a folder has a name");
    refused({"run", race, "--reduce", "all,none"}, "none does not go together with others");
    refused({"run", race, "--disk-max", "1G"}, "--disk-max requires --disk");
    refused(with({"run", race, "--disk-max", "much"}), "--disk-max");
    refused(with({"check", race}), "--disk");
    expect_empty();
  }

  /// Who may do everything is not told before: the kernel refuses it later.
  void where_no_file_can_be_made_nothing_is_proved() {
    const Outcome outcome =
        run({"run", "R15#shared-two-blocks", "--memory-max", "100K", "--disk", "/proc"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, ::geteuid() == 0 ? 3 : 2, outcome.status);
    expect_part(outcome.out + outcome.err,
                ::geteuid() == 0 ? "a file cannot be made" : "no file can be made there");
  }

 private:
  [[nodiscard]] Words with(Words words) const {
    words.insert(words.end(), {"--disk", folder_.path()});
    return words;
  }

  static Limits few_states() {
    Limits limits;
    if (!stalemate::tests::is_soak()) limits.states_max = 20'000;
    return limits;
  }

  static void expect_part(const std::string& text, const std::string& part) {
    CPPUNIT_ASSERT_MESSAGE(text, text.find(part) != std::string::npos);
  }
  void expect_empty() const { CPPUNIT_ASSERT(folder_.names().empty()); }

  static void refused(const Words& words, const std::string& why) {
    const Outcome outcome = run(words);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 2, outcome.status);
    expect_part(outcome.err, why);
  }

  const Folder folder_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(DiskTest);

} // namespace
} // namespace stalemate::cli::tests
