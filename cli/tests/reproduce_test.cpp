// What `reproduce` writes for a running kernel; none runs here.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

const std::string d1 = "scenarios/dio/D1-sub-block-zeroing.json";
const std::string r1 = "scenarios/iomap/R1-write-vs-reclaim.json";

class ReproduceTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ReproduceTest);
  CPPUNIT_TEST(a_counterexample_becomes_a_schedule_and_a_program);
  CPPUNIT_TEST(a_saved_trace_does_as_well);
  CPPUNIT_TEST(a_variant_that_holds_runs_to_its_end);
  CPPUNIT_TEST(another_kernel_is_said);
  CPPUNIT_TEST(what_no_release_has_is_said);
  CPPUNIT_TEST(several_have_a_folder_each);
  CPPUNIT_TEST(what_shows_memory_is_refused);
  CPPUNIT_TEST(what_cannot_be_run_is_refused);
  CPPUNIT_TEST(a_tree_is_asked_about_in_its_version);
  CPPUNIT_TEST(what_is_no_tree_is_refused);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;

  Outcome dry(const std::string& what, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{"reproduce", what, "--dry-run", "--out", folder_ / "out"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }

  std::string written(const std::string& name) const { return read(folder_ / ("out/" + name)); }

  // As much of a kernel tree as a dry run looks at.
  std::string tree(const std::string& minor) const {
    folder_.add("Makefile", "VERSION = 6\nPATCHLEVEL = " + minor + "\nSUBLEVEL = 35\n");
    folder_.add("Kconfig", "");
    std::filesystem::create_directories(folder_ / "arch/um");
    folder_.add("arch/um/Makefile", "");
    return folder_.path();
  }

  void refused(const std::string& expected, const std::string& what) const {
    const Outcome outcome = dry(what);
    CPPUNIT_ASSERT_EQUAL(expected + "\n", outcome.err);
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
  }

 public:
  void a_counterexample_becomes_a_schedule_and_a_program() {
    std::string all;
    for (const std::string& what : {d1 + "#truncate", r1 + "#none"}) {
      const Outcome outcome = dry(what, {"--force", "xfs_iomap_valid=1"});
      CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
      all += written("schedule.txt") + written("schedule") + written("play.h") + written("job");
    }
    assert_golden("reproduce.txt", all);
    CPPUNIT_ASSERT(written("stress.c").find("at_first") != std::string::npos);
    CPPUNIT_ASSERT(written("gate/gate.c").find("GPL-2.0-only OR Apache-2.0") < 40);
  }

  void a_saved_trace_does_as_well() {
    const std::string trace = folder_ / "t.json";
    CPPUNIT_ASSERT_EQUAL(0, dry(d1 + "#truncate").status);
    const std::string schedule = written("schedule");
    CPPUNIT_ASSERT_EQUAL(
        0, run({"trace", d1 + "#truncate", "--set", "version=v6.1", "-o", trace}).status);
    CPPUNIT_ASSERT_EQUAL(0, dry(trace).status);
    CPPUNIT_ASSERT_EQUAL(schedule, written("schedule"));
  }

  void a_variant_that_holds_runs_to_its_end() {
    const Outcome outcome = dry(d1 + "#truncate-end-included");
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT(outcome.out.find("the model holds") != std::string::npos);
  }

  void another_kernel_is_said() {
    const Outcome outcome = dry("scenarios/iomap/R16-hole-under-copy.json#shrink-v6.18");
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT(outcome.out.find("the trace is one of v6.18, the kernel that runs is v6.1") !=
                   std::string::npos);
    CPPUNIT_ASSERT(outcome.out.find("it is not a run of v6.1 as released: step 4") !=
                   std::string::npos);
  }

  void what_no_release_has_is_said() {
    const std::string released = "it is not a run of v6.1 as released";
    CPPUNIT_ASSERT(dry(d1 + "#truncate").out.find(released) == std::string::npos);
    const std::string none = dry(r1 + "#none").out;
    CPPUNIT_ASSERT_MESSAGE(none, none.find(released + ": step 13: writer0 stands at") != none.npos);
  }

  void several_have_a_folder_each() {
    const Outcome outcome =
        run({"reproduce", d1, "R2#none", "R9", "--dry-run", "--out", folder_ / "out"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT(!written("D1-shared/play.h").empty());
    CPPUNIT_ASSERT(!written("R2-none/play.h").empty());
    CPPUNIT_ASSERT(outcome.out.find("R9#unlocks-first: not run: it is about gfs2_jdata") !=
                   std::string::npos);
    CPPUNIT_ASSERT_MESSAGE("it holds", outcome.out.find("D1#exclusive") == std::string::npos);
  }

  void what_shows_memory_is_refused() {
    for (const char* what : {"R1#short-copy-garbage",
                             "R1#short-copy-none",
                             "E2#copy",
                             "D8#two-writes",
                             "D8#read-of-a-freed-block",
                             "D5#read-punch-does-not-wait",
                             "R8#mmap-none"})
      refused(fmt::format("stalemate: {}: one user may see or change what is another's: no program "
                          "for that is written here, see SECURITY.md",
                          what),
              what);
    for (const char* what : {"S15", "R8#gives-up-inside-gfs2"})
      CPPUNIT_ASSERT_EQUAL_MESSAGE(what, 2, dry(what).status);
  }

  void what_cannot_be_run_is_refused() {
    refused(
        "stalemate: A-R1#none: only scenarios with \"file\" can be run: there is no program for "
        "dax",
        "A-R1#none");
    const std::string r6 = "scenarios/iomap/R6-unused-reservation.json#drop-reservation";
    refused(
        "stalemate: " + r6 +
            ": dirty_has_reservation: a program does not see what space is reserved, only later "
            "that it was lacking",
        r6);
    refused("stalemate: R9#unlocks-first: it is about gfs2_jdata, and only XFS has a map of its "
            "functions",
            "R9#unlocks-first");
    const auto problem = [&](const std::vector<std::string>& more) {
      const Outcome outcome = dry(d1 + "#truncate", more);
      CPPUNIT_ASSERT_EQUAL(2, outcome.status);
      CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{1},
                           std::count(outcome.err.begin(), outcome.err.end(), '\n'));
      return outcome.err;
    };
    CPPUNIT_ASSERT_EQUAL(
        std::string("stalemate: --kernel bzImage: is not called vmlinuz-VERSION\n"),
        problem({"--kernel", "bzImage"}));
    CPPUNIT_ASSERT(
        problem({"--kernel", "vmlinuz-5.10.0-1"}).find("no map of the functions of v5.10") !=
        std::string::npos);
    CPPUNIT_ASSERT(problem({"--force", "f"}).find("FUNCTION=NUMBER") != std::string::npos);
    CPPUNIT_ASSERT(problem({"--force", "f;g=1"}).find("FUNCTION=NUMBER") != std::string::npos);
    CPPUNIT_ASSERT(problem({"--runs", "-1"}).find("--runs") != std::string::npos);
    const std::string wrong =
        folder_.add("t.json", R"({"format": "stalemate-trace", "version": 9})");
    refused(wrong + ": /version: is 9, this program reads 1 to 2", wrong);
  }

  void a_tree_is_asked_about_in_its_version() {
    const std::string r16 = "scenarios/iomap/R16-hole-under-copy.json";
    const Outcome outcome = dry(r16 + "#shrink-v6.18", {"--source", tree("18")});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT(outcome.out.find("kernel 6.18.35 of ") != std::string::npos);
    CPPUNIT_ASSERT(outcome.out.find("the trace is one of") == std::string::npos);
    CPPUNIT_ASSERT(outcome.out.find("the map does not know") == std::string::npos);
    assert_golden("reproduce-source.txt", written("schedule.txt") + written("play.h"));
    // D1 names no version.
    CPPUNIT_ASSERT_EQUAL(0, dry(d1 + "#truncate", {"--source", tree("18")}).status);
    CPPUNIT_ASSERT(written("trace.json").find("\"version=v6.18\"") != std::string::npos);
  }

  void what_is_no_tree_is_refused() {
    const auto problem = [&](const std::vector<std::string>& more) {
      const Outcome outcome = dry(d1 + "#truncate", more);
      CPPUNIT_ASSERT_EQUAL(2, outcome.status);
      return outcome.err;
    };
    CPPUNIT_ASSERT_EQUAL(std::string("stalemate: --source nowhere: there is no such folder\n"),
                         problem({"--source", "nowhere"}));
    CPPUNIT_ASSERT(problem({"--source", "docs"}).find("docs: is no kernel tree") !=
                   std::string::npos);
    CPPUNIT_ASSERT(
        problem({"--source", tree("13")})
            .find("there is no map of the functions of v6.13, only of v6.1, v6.6, v6.12, v6.18") !=
        std::string::npos);
    CPPUNIT_ASSERT(problem({"--source", tree("18"), "--force", "xfs_iomap_valid=1"})
                       .find("--force xfs_iomap_valid=1: gates that are built in") !=
                   std::string::npos);
    CPPUNIT_ASSERT(problem({"--source", tree("18"), "--kernel", "vmlinuz-6.1.0"})
                       .find("--kernel excludes --source") != std::string::npos);
    CPPUNIT_ASSERT(problem({"--source-build", "b"}).find("--source-build requires --source") !=
                   std::string::npos);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReproduceTest);

} // namespace
} // namespace stalemate::cli::tests
