// Recorded logs, judged; nothing runs here. `stale.log` is one in which the kernel's check fires;
// the others were refused once, and wrongly.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

namespace stalemate::cli::tests {
namespace {

const std::string stale = "cli/tests/data/conform/stale.log";

std::string stale_text() {
  return read(STALEMATE_SOURCE_DIR "/" + stale);
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  CPPUNIT_ASSERT_MESSAGE(what, at != std::string::npos);
  return text.replace(at, what.size(), by);
}

/// Without the line that has it.
std::string without(const std::string& text, const std::string& what) {
  const auto at = text.find(what);
  CPPUNIT_ASSERT_MESSAGE(what, at != std::string::npos);
  const auto begin = text.rfind('\n', at) + 1;
  return text.substr(0, begin) + text.substr(text.find('\n', at) + 1);
}

class ConformTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ConformTest);
  CPPUNIT_TEST(a_run_of_the_model);
  CPPUNIT_TEST(not_one_of_a_kernel_without_the_check);
  CPPUNIT_TEST(another_answer_of_the_check_is_impossible);
  CPPUNIT_TEST(a_call_that_is_missing_is_noticed);
  CPPUNIT_TEST(another_file_in_the_end_is_impossible);
  CPPUNIT_TEST(an_incomplete_log_is_none);
  CPPUNIT_TEST(a_worker_on_another_file_is_another_task);
  CPPUNIT_TEST(what_lies_behind_i_size_is_let_go_at_once);
  CPPUNIT_TEST(a_wrong_log_is_refused);
  CPPUNIT_TEST(changed_logs_are_counted);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;

  Outcome changed(const std::string& text) const {
    return run({"conform", folder_.add("run.log", text)});
  }

  static void assert_says(const std::string& expected, int status, const Outcome& outcome) {
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.out + outcome.err, status, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.out + outcome.err,
                           (outcome.out + outcome.err).find(expected) != std::string::npos);
  }

 public:
  void a_run_of_the_model() {
    const Outcome outcome = run({"conform", stale});
    CPPUNIT_ASSERT_EQUAL(stale + ": a run of C1#one: 28 events\n", outcome.out);
    CPPUNIT_ASSERT_EQUAL(0, outcome.status);
    CPPUNIT_ASSERT_EQUAL(0, run({"conform", stale, "--scenario", "R1#valid"}).status);
  }

  void not_one_of_a_kernel_without_the_check() {
    const Outcome outcome = run({"conform", stale, "--scenario", "R1#none"});
    assert_says(stale + ": no run of R1#none: 17 of 24 events are possible\n"
                        "  line 46: writer0 exit xfs_buffered_write_iomap_begin -> 0: not possible "
                        "before it: writer0 xfs_buffered_write_iomap_begin: look up the extent, "
                        "sample the cookie\n  a nearest run, its last 6 of ",
                1,
                outcome);
    assert_says("\n  the model could go on there with:\n", 1, outcome);
  }

  void another_answer_of_the_check_is_impossible() {
    assert_says("exit xfs_iomap_valid -> 1: not possible before it: writer0 iomap_write_begin: is "
                "the cached iomap still valid?",
                1,
                changed(replaced(stale_text(), "xfs_iomap_valid -> 0", "xfs_iomap_valid -> 1")));
  }

  void a_call_that_is_missing_is_noticed() {
    std::string text = stale_text();
    text = without(without(text, "enter xfs_map_blocks"), "exit xfs_map_blocks");
    assert_says("exit xfs_iomap_write_unwritten -> 0: not possible before it: io_completion "
                "xfs_end_ioend: convert the extent from unwritten to mapped",
                1,
                changed(text));
  }

  void another_file_in_the_end_is_impossible() {
    assert_says("the file ends as no run with these calls leaves it: inode.size == 2",
                1,
                changed(replaced(stale_text(), " 4096 41 6f", " 4096 41 00")));
  }

  void an_incomplete_log_is_none() {
    const std::string text = stale_text();
    assert_says(
        "the log is incomplete: line 8: kworker is no process of the scenario, and enters "
        "iomap_writepages",
        3,
        run({"conform",
             folder_.add(
                 "kworker.log",
                 replaced(text,
                          "\n    2 ",
                          "\n    2      "
                          "   0 kworker     kworker/u4:1    enter iomap_writepages\n    2 ")),
             "--scenario",
             "R1#valid"}));
  }

  // Two kworkers: one is still in iomap_writepages() of another file when the other comes to this.
  void a_worker_on_another_file_is_another_task() {
    assert_says("a run of C1#three", 0, run({"conform", "cli/tests/data/conform/two_workers.log"}));
  }

  // iomap_do_writepage() returns 0 with no block mapped.
  void what_lies_behind_i_size_is_let_go_at_once() {
    const std::string log = "cli/tests/data/conform/behind_i_size.log";
    assert_says("a run of C8#write-behind-the-end", 0, run({"conform", log}));
  }

  void a_wrong_log_is_refused() {
    const Outcome outcome = changed(replaced(stale_text(), " enter xfs_file_buffered_write", ""));
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    assert_says("no arrival at a function: ", 2, outcome);
    assert_says("run.log:", 2, outcome);
  }

  void changed_logs_are_counted() {
    const std::string page = folder_ / "page.md";
    const Outcome outcome = run({"conform", stale, "--mutants", "10", "-o", page});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    const std::string text = read(page);
    CPPUNIT_ASSERT_MESSAGE(
        text,
        text.find("1 logs of 1 scenarios, 0 of which have more than one block") !=
            std::string::npos);
    CPPUNIT_ASSERT_MESSAGE(text, text.find("| value | 10 | ") != std::string::npos);
    // The same log is changed in the same ways.
    (void)run({"conform", stale, "--mutants", "10", "-o", page});
    CPPUNIT_ASSERT_EQUAL(text, read(page));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConformTest);

} // namespace
} // namespace stalemate::cli::tests
