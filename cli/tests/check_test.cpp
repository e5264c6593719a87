// `check` as CI uses it: reports, parts, several searches at once, and runs that end early.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <signal.h>

#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using nlohmann::json;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class CheckTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(CheckTest);
  CPPUNIT_TEST(writes_several_reports_at_once);
  CPPUNIT_TEST(a_page_has_every_trace);
  CPPUNIT_TEST(a_failure_tells_its_story_and_how_to_see_it);
  CPPUNIT_TEST(a_wrong_file_is_an_error_of_that_file);
  CPPUNIT_TEST(a_wrong_variant_is_an_error_of_that_variant);
  CPPUNIT_TEST(an_interrupted_run_is_not_clean);
  CPPUNIT_TEST(a_killed_run_is_not_clean);
  CPPUNIT_TEST(searches_at_once_change_no_byte);
  CPPUNIT_TEST(parts_make_a_whole);
  CPPUNIT_TEST(filters_by_name);
  CPPUNIT_TEST(runs_again_what_failed);
  CPPUNIT_TEST(stops_at_the_first_failure);
  CPPUNIT_TEST(the_time_of_all_is_limited);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;
  const Setting here_{.folder = folder_.path()};
  const std::string race_ = read(STALEMATE_SOURCE_DIR "/cli/tests/data/race.json");
  // What it calls broken is expected to hold.
  const std::string failing_ =
      replaced(race_, R"({"violated": "no_lost_write"})", R"({"holds": true})");

  static std::vector<std::string> all_reports(const std::string& name) {
    std::vector<std::string> words;
    for (const std::string format :
         {"text", "json", "junit", "sarif", "ktap", "github", "markdown"})
      words.insert(words.end(), {"--report", fmt::format("{0}={1}.{0}", format, name)});
    return words;
  }

  Outcome check(std::vector<std::string> words, const std::vector<std::string>& more = {}) const {
    words.insert(words.begin(), "check");
    words.insert(words.end(), more.begin(), more.end());
    return run(words, here_);
  }

  // The word of a report that says that something is wrong.
  static std::string alarm(const std::string& format) {
    if (format == "json") return "\"not_run\"";
    if (format == "junit") return "<error";
    if (format == "sarif") return "\"executionSuccessful\": false";
    if (format == "ktap") return "\nnot ok 1 ";
    if (format == "github") return "::error ";
    if (format == "markdown") return "not as expected";
    return " not run";
  }

 public:
  void writes_several_reports_at_once() {
    folder_.add("race.json", failing_);
    const Outcome outcome = check({"."}, all_reports("r"));
    CPPUNIT_ASSERT_EQUAL(1, outcome.status);
    CPPUNIT_ASSERT_EQUAL(outcome.out, read(folder_ / "r.text"));
    CPPUNIT_ASSERT_EQUAL(std::string(), outcome.err);
    for (const std::string format : {"json", "junit", "sarif", "ktap", "github", "markdown"})
      CPPUNIT_ASSERT_EQUAL(check({"race.json", "--format", format}).out,
                           read(folder_ / ("r." + format)));
    CPPUNIT_ASSERT_EQUAL(2, check({"."}, {"--report", "junit"}).status);
    CPPUNIT_ASSERT_EQUAL(2, check({"."}, {"--report", "junt=x"}).status);
    CPPUNIT_ASSERT_EQUAL(2, check({"."}, {"--report", "json=x", "--report", "ktap=x"}).status);
    CPPUNIT_ASSERT_EQUAL(2, check({"."}, {"--report", "junit=/dev/full"}).status);
  }

  void a_page_has_every_trace() {
    folder_.add("race.json", race_);
    CPPUNIT_ASSERT_EQUAL(0, check({"race.json"}, {"--report", "html=all.html"}).status);
    const std::string page = read(folder_ / "all.html");
    CPPUNIT_ASSERT_EQUAL(page, check({"race.json", "--format", "html"}).out);
    CPPUNIT_ASSERT(has(page, "id=\"trace-1\"") && !has(page, "id=\"trace-2\""));
    const Outcome one = run({"trace", "race.json#broken", "-o", "one.html"}, here_);
    CPPUNIT_ASSERT_EQUAL(0, one.status);
    // The same trace is in both.
    const std::string single = read(folder_ / "one.html");
    const auto start = single.find("{\"title\"");
    const auto end = single.find("</script>", start);
    CPPUNIT_ASSERT(start < end && has(page, single.substr(start, end - start)));
  }

  void a_failure_tells_its_story_and_how_to_see_it() {
    folder_.add("race.json", failing_);
    const std::string text = check({"race.json", "-f", "junit"}).out;
    for (const char* part : {"<failure type=\"violated no_lost_write\" message=\"expected holds, "
                             "found violated no_lost_write\">expected: holds\n"
                             "found: violated no_lost_write\nstep ",
                             "file=\"race.json\" line=\"12\"",
                             "which writer0 does not see",
                             "see it: stalemate run race.json#broken\n"})
      CPPUNIT_ASSERT_MESSAGE(text, has(text, part));
    CPPUNIT_ASSERT(has(check({"race.json"}).out, "\n    see it: stalemate run race.json#broken\n"));
    CPPUNIT_ASSERT(!has(check({"race.json"}).out, "race.json#sound\n"));
  }

  void a_wrong_file_is_an_error_of_that_file() {
    folder_.add("bad.json", "{\n");
    folder_.add("race.json", race_);
    const Outcome outcome = check({"."}, all_reports("r"));
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT(outcome.err.starts_with("bad.json:2:1: malformed JSON"));
    CPPUNIT_ASSERT(outcome.out.ends_with("3 run, 3 ok, 0 failed, 0 incomplete, 1 file wrong\n"));
    CPPUNIT_ASSERT(has(read(folder_ / "r.junit"),
                       "<testcase classname=\"bad.json\" name=\"is a scenario\" file=\"bad.json\" "
                       "line=\"2\">\n      <error type=\"wrong file\""));
    const json table = json::parse(read(folder_ / "r.json"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, table["results"].size());
    CPPUNIT_ASSERT(table["errors"][0]["file"] == "bad.json");
  }

  void a_wrong_variant_is_an_error_of_that_variant() {
    const std::string wrong = "\"name\": \"sound\", \"processes\": [{\"path\": "
                              "\"buffered_write\", \"at\": 3}],";
    folder_.add("race.json", replaced(race_, "\"name\": \"sound\",", wrong));
    const Outcome outcome = check({"."}, all_reports("r"));
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.err,
                           has(outcome.err, "race.json:14:") &&
                               has(outcome.err, "/variants/1/processes/0"));
    CPPUNIT_ASSERT(has(outcome.out, "T1#broken") && has(outcome.out, "T1#stuck"));
    CPPUNIT_ASSERT(outcome.out.ends_with("2 run, 2 ok, 0 failed, 0 incomplete, 1 refused\n"));
    const json table = json::parse(read(folder_ / "r.json"));
    CPPUNIT_ASSERT(table["errors"][0]["variant"] == "sound" && table["results"].size() == 2);
    // It stands where it stands in the file.
    const std::string junit = read(folder_ / "r.junit");
    CPPUNIT_ASSERT(junit.find("name=\"broken\"") < junit.find("name=\"sound\"") &&
                   junit.find("name=\"sound\"") < junit.find("name=\"stuck\""));
    CPPUNIT_ASSERT(has(junit, "tests=\"3\" failures=\"0\" errors=\"1\" skipped=\"0\""));
    // Who does not ask about it does not hear of it.
    // (Not of the folder: the report r.json in it is no scenario.)
    CPPUNIT_ASSERT_EQUAL(0, check({"race.json"}, {"--filter", "*#stuck"}).status);
    CPPUNIT_ASSERT_EQUAL(0, check({"race.json#stuck"}).status);
    CPPUNIT_ASSERT_EQUAL(2, check({"race.json#sound"}).status);
    CPPUNIT_ASSERT_EQUAL(0, run({"run", "race.json#stuck"}, here_).status);
    // What is set from outside may not go together with one of them.
    folder_.add("race.json", race_);
    const Outcome set = check({"race.json"}, {"--set", "ioends=of_an_extent"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(set.out + set.err, 2, set.status);
    CPPUNIT_ASSERT_MESSAGE(set.out, has(set.out, "T1#broken") && has(set.out, ", 1 refused"));
  }

  void an_interrupted_run_is_not_clean() {
    folder_.add("large.json", large_scenario);
    folder_.add("more.json", replaced(large_scenario, "\"L\"", "\"M\""));
    Setting setting = here_;
    setting.signal = SIGINT;
    setting.signal_after_ms = 1000;
    std::vector<std::string> words = all_reports("r");
    words.insert(words.begin(), {"check", "."});
    CPPUNIT_ASSERT_EQUAL(130, run(words, setting).status);
    for (const std::string format :
         {"text", "json", "junit", "sarif", "ktap", "github", "markdown"}) {
      const std::string report = read(folder_ / ("r." + format));
      CPPUNIT_ASSERT_MESSAGE(format + "\n" + report, has(report, alarm(format)));
    }
    CPPUNIT_ASSERT(has(read(folder_ / "r.junit"), "tests=\"2\" failures=\"0\" errors=\"2\""));
    CPPUNIT_ASSERT(has(read(folder_ / "r.junit"), "message=\"not run: interrupted\""));
  }

  void a_killed_run_is_not_clean() {
    folder_.add("a.json", race_);
    folder_.add("large.json", large_scenario);
    Setting setting = here_;
    setting.signal = SIGKILL;
    setting.signal_after_ms = 1000;
    std::vector<std::string> words = all_reports("r");
    words.insert(words.begin(), {"check", "."});
    CPPUNIT_ASSERT_EQUAL(128 + SIGKILL, run(words, setting).status);
    for (const std::string format : {"junit", "sarif", "github", "markdown"}) {
      const std::string report = read(folder_ / ("r." + format));
      CPPUNIT_ASSERT_MESSAGE(format + "\n" + report, has(report, alarm(format)));
    }
  }

  void searches_at_once_change_no_byte() {
    folder_.add("race.json", failing_);
    const std::vector<std::string> paths{STALEMATE_SOURCE_DIR "/scenarios/dax", "race.json"};
    const Outcome one = check(paths, {"--format", "sarif", "--coverage"});
    for (const std::string jobs : {"2", "7"}) {
      const Outcome several = check(paths, {"--format", "sarif", "--coverage", "--jobs", jobs});
      CPPUNIT_ASSERT_EQUAL(one.status, several.status);
      CPPUNIT_ASSERT_EQUAL(one.out, several.out);
      CPPUNIT_ASSERT_EQUAL(one.err, several.err);
    }
  }

  void parts_make_a_whole() {
    folder_.add("race.json", race_);
    std::size_t count = 0;
    for (const std::string part : {"1/2", "2/2"})
      count += json::parse(check({"."}, {"--shard", part, "-f", "json"}).out)["results"].size();
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, count);
    CPPUNIT_ASSERT_EQUAL(0, check({"."}, {"--shard", "9/9"}).status);
    for (const std::string part : {"0/2", "3/2", "1", "/", "a/b", "1/2/3"})
      CPPUNIT_ASSERT_EQUAL_MESSAGE(part, 2, check({"."}, {"--shard", part}).status);
  }

  void filters_by_name() {
    folder_.add("race.json", race_);
    CPPUNIT_ASSERT(check({"."}, {"--filter", "T1"})
                       .out.ends_with("3 run, 3 ok, 0 failed, "
                                      "0 incomplete\n"));
    const std::string two = check({"."}, {"--filter", "*#so*", "--filter", "T1#stuck"}).out;
    CPPUNIT_ASSERT(has(two, "T1#sound") && has(two, "T1#stuck") && !has(two, "T1#broken"));
    CPPUNIT_ASSERT_EQUAL(2, check({"."}, {"--filter", "T2"}).status);
  }

  void runs_again_what_failed() {
    folder_.add("race.json", failing_);
    CPPUNIT_ASSERT_EQUAL(1, check({"race.json"}, {"--report", "json=first.report"}).status);
    const Outcome again = check({"race.json"}, {"--failed-only", "first.report"});
    CPPUNIT_ASSERT_EQUAL(1, again.status);
    CPPUNIT_ASSERT(again.out.ends_with("1 run, 0 ok, 1 failed, 0 incomplete\n"));
    const Outcome wrong = check({"race.json"}, {"--failed-only", "race.json"});
    CPPUNIT_ASSERT_EQUAL(2, wrong.status);
    CPPUNIT_ASSERT_EQUAL(std::string("race.json: is no report of `check`\n"), wrong.err);
  }

  void stops_at_the_first_failure() {
    folder_.add("a.json", replaced(failing_, "\"T1\"", "\"A\""));
    folder_.add("b.json", race_);
    const std::vector<std::string> words{"--fail-fast", "--format", "junit"};
    const Outcome one = check({"."}, words);
    CPPUNIT_ASSERT_EQUAL(1, one.status);
    CPPUNIT_ASSERT(has(one.out, "<skipped message=\"not run: something before it"));
    CPPUNIT_ASSERT(!has(one.out, "<error"));
    const Outcome several = check({".", "--jobs", "4"}, words);
    CPPUNIT_ASSERT_EQUAL(one.out, several.out);
    CPPUNIT_ASSERT_EQUAL(one.err, several.err);
  }

  void the_time_of_all_is_limited() {
    folder_.add("large.json", large_scenario);
    folder_.add("more.json", replaced(large_scenario, "\"L\"", "\"M\""));
    const Outcome outcome = check({"."}, {"--total-time-max", "200ms"});
    CPPUNIT_ASSERT_EQUAL(3, outcome.status);
    CPPUNIT_ASSERT(has(outcome.out, "the time limit of 200 ms for the whole run is reached\n"));
    CPPUNIT_ASSERT(
        outcome.out.ends_with("1 run, 0 ok, 0 failed, 1 asked, 0 incomplete, 1 not run\n") ||
        outcome.out.ends_with("1 run, 0 ok, 0 failed, 1 incomplete, 1 not run\n"));
    CPPUNIT_ASSERT_EQUAL(std::string("stalemate: stopped, 1 of 2 scenarios were not run\n"),
                         outcome.err);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CheckTest);

} // namespace
} // namespace stalemate::cli::tests
