// Parts of a run are put together: what comes out is what one run would have written, or nothing.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <signal.h>

#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using Words = std::vector<std::string>;

class MergeTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MergeTest);
  CPPUNIT_TEST(the_whole_is_that_of_one_run);
  CPPUNIT_TEST(answers_and_proofs_are_no_failure);
  CPPUNIT_TEST(a_part_that_was_interrupted_is_not_clean);
  CPPUNIT_TEST(refuses_what_is_not_one_run);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;
  const Setting here_{.folder = folder_.path()};
  const std::string race_ = read(STALEMATE_SOURCE_DIR "/cli/tests/data/race.json");
  const std::string failing_ =
      replaced(race_, R"({"violated": "no_lost_write"})", R"({"holds": true})");

  Outcome stalemate(const Words& words) const { return run(words, here_); }

  // Runs the parts, with what else is asked for, and returns their files, the last one first.
  Words parts(int count, const Words& more = {}) const {
    Words files;
    for (int i = count; i >= 1; --i) {
      files.push_back(fmt::format("part{}.report", i));
      Words words{
          "check", "--shard", fmt::format("{}/{}", i, count), "--report", "json=" + files.back()};
      words.insert(words.end(), more.begin(), more.end());
      (void)stalemate(words);
    }
    return files;
  }

  Outcome merge(const Words& files, const Words& more = {}) const {
    Words words{"merge"};
    words.insert(words.end(), files.begin(), files.end());
    words.insert(words.end(), more.begin(), more.end());
    return stalemate(words);
  }

  void expect_refusal(const std::string& line, const Words& files) const {
    const Outcome outcome = merge(files);
    CPPUNIT_ASSERT_EQUAL(line + "\n", outcome.err);
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string(), outcome.out);
  }

 public:
  void the_whole_is_that_of_one_run() {
    folder_.add("a.json", failing_);
    folder_.add("b.json", replaced(race_, "\"T1\"", "\"T2\""));
    folder_.add("c.json", "{\n");
    // One variant of it is wrong.
    folder_.add("d.json",
                replaced(replaced(race_, "\"T1\"", "\"T3\""),
                         "\"name\": \"sound\",",
                         "\"name\": \"sound\", \"processes\": [{\"path\": \"buffered_write\", "
                         "\"at\": 1}, {\"path\": \"buffered_write\", \"at\": 3}],"));
    const Words formats{"text", "json", "junit", "sarif", "ktap", "github", "markdown", "html"};
    Words reports;
    for (const std::string& format : formats)
      reports.insert(reports.end(), {"--report", fmt::format("{0}=whole-{0}.report", format)});
    Words words{"check", "."};
    words.insert(words.end(), reports.begin(), reports.end());
    const Outcome whole = stalemate(words);
    CPPUNIT_ASSERT_EQUAL(2, whole.status);
    CPPUNIT_ASSERT_MESSAGE(whole.out,
                           whole.out.ends_with("8 run, 7 ok, 1 failed, 0 incomplete, 1 refused, "
                                               "1 file wrong\n"));
    for (const int count : {1, 3, 8, 11}) {
      const Words files = parts(count, {"."});
      const Outcome merged = merge(files, {"--report", "html=merged.report"});
      CPPUNIT_ASSERT_EQUAL(whole.out, merged.out);
      CPPUNIT_ASSERT_EQUAL(whole.status, merged.status);
      CPPUNIT_ASSERT(read(folder_ / "whole-html.report") == read(folder_ / "merged.report"));
      for (const std::string& format : formats)
        CPPUNIT_ASSERT_EQUAL_MESSAGE(format,
                                     read(folder_ / ("whole-" + format + ".report")),
                                     merge(files, {"-f", format}).out);
    }
  }

  void answers_and_proofs_are_no_failure() {
    folder_.add("a.json", race_);
    CPPUNIT_ASSERT_EQUAL(0, merge(parts(2, {"."})).status);
    // What is set asks, and the answer is that something breaks.
    const Words asked{".", "--set", "iomap_valid=none"};
    const Outcome answer = merge(parts(2, asked));
    CPPUNIT_ASSERT_EQUAL(1, answer.status);
    CPPUNIT_ASSERT_EQUAL(stalemate({"check", ".", "--set", "iomap_valid=none"}).out, answer.out);
    CPPUNIT_ASSERT_EQUAL(3, merge(parts(2, {".", "--states-max", "9"})).status);
  }

  void a_part_that_was_interrupted_is_not_clean() {
    folder_.add("a.json", race_);
    folder_.add("large.json", large_scenario);
    Setting setting = here_;
    setting.signal = SIGINT;
    setting.signal_after_ms = 2000;
    // large.json is the last of four, and with that in the second part.
    (void)stalemate({"check", "--shard", "1/2", "--report", "json=part1.report", "."});
    CPPUNIT_ASSERT_EQUAL(
        130,
        run({"check", "--shard", "2/2", "--report", "json=part2.report", "."}, setting).status);
    const Outcome outcome = merge({"part1.report", "part2.report"}, {"-f", "junit"});
    CPPUNIT_ASSERT_EQUAL(3, outcome.status);
    CPPUNIT_ASSERT(outcome.out.find("<error") != std::string::npos);
  }

  void refuses_what_is_not_one_run() {
    folder_.add("a.json", race_);
    const Words files = parts(3, {"."});
    const std::string second = read(folder_ / "part2.report");
    expect_refusal("stalemate: 1 of 3 parts is missing: 2", {"part1.report", "part3.report"});
    expect_refusal("stalemate: 2 of 3 parts are missing: 1, 3", {"part2.report"});
    folder_.add("copy.report", second);
    expect_refusal("stalemate: part2.report: is part 2 of 3, and so is copy.report",
                   {"part1.report", "copy.report", "part2.report", "part3.report"});
    folder_.add("part2.report", replaced(second, "\"program\": \"", "\"program\": \"9"));
    expect_refusal("stalemate: part2.report: is of version 90.1.0, part1.report of 0.1.0", files);
    (void)stalemate({"check", "--shard", "2/4", "--report", "json=part2.report", "."});
    expect_refusal("stalemate: part2.report: is one of 4 parts, part1.report one of 3", files);
    (void)stalemate(
        {"check", "--shard", "2/3", "--report", "json=part2.report", ".", "--filter", "T*"});
    expect_refusal("stalemate: part2.report: was asked for other things than part1.report: "
                   "--filter T*, path .; there path .",
                   files);
    folder_.add("part2.report", replaced(second, "\"variant\": \"sound\"", "\"variant\": \"s\""));
    CPPUNIT_ASSERT_EQUAL(0, merge(files).status); // Nobody can know.
    folder_.add("b.json", replaced(race_, "\"T1\"", "\"T2\""));
    (void)stalemate({"check", "--shard", "2/3", "--report", "json=part2.report", "."});
    expect_refusal("stalemate: part2.report: is about other scenarios than part1.report", files);
    folder_.add("part2.report", replaced(second, "\"results\": [", "\"results\": [], \"more\": ["));
    expect_refusal("stalemate: part2.report: has 0 rows where part 2 of 3 should have 1", files);
    (void)stalemate({"check", "--report", "json=part2.report", "."});
    expect_refusal("stalemate: part2.report: is no part of a run: it was made without --shard",
                   files);
    const Outcome outcome = merge({"a.json"});
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string("a.json: is no report of `check`\n"), outcome.err);
    // One that was killed before it had read anything.
    const auto whole = second.find("\"scenarios\": \"");
    CPPUNIT_ASSERT(whole != std::string::npos);
    std::string killed = second;
    killed.erase(whole + 14, 16);
    folder_.add("part2.report", killed);
    expect_refusal("stalemate: part2.report: its run ended before it had read the scenarios; run "
                   "this part again",
                   files);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MergeTest);

} // namespace
} // namespace stalemate::cli::tests
