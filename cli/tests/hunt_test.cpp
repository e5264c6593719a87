// Every small scenario, and each race once: what was covered is exact, and the same however the
// hunt was cut.
#include "checker/tests/amount.hpp"
#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using nlohmann::json;
using Words = std::vector<std::string>;

/// The kernel before the cached mapping was checked, and who it takes to be hit by it.
const Words unchecked{"hunt",
                      "--kernel",
                      "v6.1",
                      "--set",
                      "iomap_valid=none",
                      "--with-paths",
                      "buffered_write,writeback,reclaim",
                      "--paths",
                      "buffered_write"};
/// A fraction of a second's worth, in which something breaks.
const Words few{"hunt",
                "--section",
                "dax",
                "--kernel",
                "v6.12",
                "--paths",
                "dax_dma,dax_punch,dax_other_file",
                "--vary",
                "unmaps"};
/// Some seconds' worth.
const Words many{"hunt",
                 "--kernel",
                 "v6.18",
                 "--paths",
                 "truncate,reclaim,writeback",
                 "--with-paths",
                 "truncate"};

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

class HuntTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(HuntTest);
  CPPUNIT_TEST(the_races_of_a_kernel_without_the_check);
  CPPUNIT_TEST(a_table_for_a_mail);
  CPPUNIT_TEST(every_section_is_hunted);
  CPPUNIT_TEST(what_was_covered_is_counted);
  CPPUNIT_TEST(any_number_of_jobs_finds_the_same);
  CPPUNIT_TEST(a_hunt_that_was_ended_goes_on);
  CPPUNIT_TEST(a_hunt_that_was_killed_goes_on);
  CPPUNIT_TEST(nobody_goes_on_with_another_hunt);
  CPPUNIT_TEST(what_is_known_is_no_news);
  CPPUNIT_TEST(an_edit_counts_where_its_step_runs);
  CPPUNIT_TEST(wrong_arguments);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;

 public:
  void the_races_of_a_kernel_without_the_check() {
    const std::string races = folder_ / "races";
    const Outcome outcome = run(unchecked + Words{"-o", races});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 1, outcome.status);
    assert_golden("hunt_unchecked.txt", outcome.out);
    const Outcome checked = run({"check", races});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(checked.out + checked.err, 0, checked.status);
    CPPUNIT_ASSERT(std::filesystem::exists(races + "/race-1.json"));
  }

  void a_table_for_a_mail() {
    const Outcome table = run(few + Words{"--format", "markdown"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(table.err, 1, table.status);
    assert_golden("hunt_dax.md", table.out);
  }

  /// Every section that has layouts to go through; a kernel in which something breaks.
  void every_section_is_hunted() {
    const std::vector<std::pair<std::string, std::string>> all{
        {"dax", "dax_dma,dax_punch"},
        {"anon", "anon_swap_out,anon_store"},
        {"memory", "kswapd,touch,swapoff"},
    };
    for (const auto& [section, paths] : all) {
      const Outcome outcome = run(
          {"hunt", "--section", section, "--paths", paths, "--processes", "2", "--format", "json"});
      CPPUNIT_ASSERT_MESSAGE(section + outcome.err, outcome.status == 0 || outcome.status == 1);
      const json report = json::parse(outcome.out);
      CPPUNIT_ASSERT_MESSAGE(section, report["hold"].get<int>() > 0);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(section, report["scenarios"], report["done"]);
    }
  }

  /// Every scenario is done, and counted once.
  void what_was_covered_is_counted() {
    for (const int processes : {1, 2}) {
      const Outcome outcome = run({"hunt",
                                   "--set",
                                   "filesystem=gfs2",
                                   "--paths",
                                   "buffered_write,reclaim",
                                   "--processes",
                                   std::to_string(processes),
                                   "--format",
                                   "json"});
      CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
      const json report = json::parse(outcome.out);
      CPPUNIT_ASSERT(report["scenarios"].get<int>() > report["layouts"].get<int>());
      CPPUNIT_ASSERT(report["scenarios"] == report["done"]);
      CPPUNIT_ASSERT(report["races"].empty());
    }
  }

  void any_number_of_jobs_finds_the_same() {
    const Words& hunt = stalemate::tests::is_soak() ? many : few;
    CPPUNIT_ASSERT_EQUAL(run(hunt).out, run(hunt + Words{"--jobs", "2"}).out);
    CPPUNIT_ASSERT_EQUAL(run(hunt).out, run(hunt).out);
  }

  void a_hunt_that_was_ended_goes_on() {
    const Words with_state = few + Words{"--state", folder_ / "ended.json"};
    const Outcome part = run(with_state + Words{"--scenarios-max", "20"});
    CPPUNIT_ASSERT(part.status == 3 || part.status == 1);
    CPPUNIT_ASSERT_MESSAGE(part.out, part.out.find("the first 20 of ") != std::string::npos);
    CPPUNIT_ASSERT_MESSAGE(part.out,
                           part.out.find("stopped: the limit of 20 scenarios is reached") !=
                               std::string::npos);
    CPPUNIT_ASSERT_EQUAL(run(few).out, run(with_state).out);
    CPPUNIT_ASSERT_EQUAL(run(few).out, run(with_state).out); // Nothing is left to do.
  }

  void a_hunt_that_was_killed_goes_on() {
    const bool is_soak = stalemate::tests::is_soak();
    const Words& hunt = is_soak ? many : few;
    const Words with_state = hunt + Words{"--state", folder_ / "killed.json"};
    Setting setting;
    setting.signal = SIGKILL;
    setting.signal_after_ms = is_soak ? 1500 : 50;
    (void)run(with_state, setting);
    CPPUNIT_ASSERT_EQUAL(run(hunt).out, run(with_state).out);
  }

  void nobody_goes_on_with_another_hunt() {
    const std::string state = folder_ / "state.json";
    const Words small{"hunt", "--section", "dax", "--paths", "dax_fsync", "--state", state};
    CPPUNIT_ASSERT_EQUAL(0, run(small).status);
    const Outcome other = run(small + Words{"--kernel", "v6.6"});
    CPPUNIT_ASSERT_EQUAL(2, other.status);
    CPPUNIT_ASSERT_MESSAGE(other.err,
                           other.err.find("is the journal of another hunt") != std::string::npos);
    const std::string none = folder_.add("none.json", "{}");
    const Outcome wrong =
        run({"hunt", "--section", "dax", "--paths", "dax_fsync", "--state", none});
    CPPUNIT_ASSERT_EQUAL(2, wrong.status);
    CPPUNIT_ASSERT_MESSAGE(wrong.err,
                           wrong.err.find("is no journal of a hunt") != std::string::npos);
  }

  /// What a hunt has found is known to the next.
  void what_is_known_is_no_news() {
    const std::string races = folder_ / "known";
    CPPUNIT_ASSERT_EQUAL(1, run(few + Words{"-o", races}).status);
    const Outcome outcome = run(few + Words{"--known", races});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.out + outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.out, outcome.out.find("known as") != std::string::npos);
  }

  /// The step is there in a write only; the hunt goes on without the edit where nobody writes.
  void an_edit_counts_where_its_step_runs() {
    const std::string drop =
        folder_.add("drop.json", R"([{"drop": "iomap_write_end: mark it uptodate and dirty"}])");
    const Words hunt{"hunt", "--set", "filesystem=gfs2", "--processes", "1", "--paths"};
    CPPUNIT_ASSERT_EQUAL(0, run(hunt + Words{"buffered_write,reclaim"}).status);
    const Outcome dropped = run(hunt + Words{"buffered_write,reclaim", "--patch", drop});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(dropped.err, 1, dropped.status);
    const Outcome nowhere = run(hunt + Words{"reclaim,writeback", "--patch", drop});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(nowhere.out, 2, nowhere.status);
    CPPUNIT_ASSERT_MESSAGE(
        nowhere.err, nowhere.err.find("changes nothing in any scenario") != std::string::npos);
  }

  void wrong_arguments() {
    const std::vector<std::pair<Words, std::string>> wrong{
        {{"--section", "fiel"}, "unknown section \"fiel\""},
        {{"--section", "lockless"}, "unknown section \"lockless\""},
        {{"--section", "dax", "--vary", "disk"}, "unknown name \"disk\""},
        {{"--paths", "bufered_write"}, "unknown path \"bufered_write\""},
        {{"--paths", "io_completion"}, "unknown path \"io_completion\""},
        {{"--vary", "tims"}, "unknown name \"tims\""},
        {{"--kernel", "v5.0"}, "unknown value \"v5.0\""},
        {{"--processes", "0"}, "is not a whole number from 1 to 8"},
        {{"--jobs", "0"}, "is not a whole number from 1 to 64"},
        {{"--scenarios-max", "x"}, "is not a whole number above 0"},
        {{"--known", "nowhere"}, "nowhere"},
    };
    for (const auto& [words, message] : wrong) {
      const Outcome outcome = run(Words{"hunt"} + words);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(message, 2, outcome.status);
      CPPUNIT_ASSERT_MESSAGE(outcome.err, outcome.err.find(message) != std::string::npos);
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HuntTest);

} // namespace
} // namespace stalemate::cli::tests
