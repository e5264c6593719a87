// What is changed about a kernel is noticed, or said to be not.
#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <string>

namespace stalemate::cli::tests {
namespace {

using nlohmann::json;

class TeethTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(TeethTest);
  CPPUNIT_TEST(the_report_of_a_scenario);
  CPPUNIT_TEST(known_mutations_are_found_again);
  CPPUNIT_TEST(what_another_scenario_notices_is_noticed);
  CPPUNIT_TEST(what_others_can_tell_is_owed);
  CPPUNIT_TEST(counts_are_pinned);
  CPPUNIT_TEST(a_lost_tooth_fails);
  CPPUNIT_TEST(a_report_is_written_again);
  CPPUNIT_TEST(jobs_change_nothing);
  CPPUNIT_TEST(what_breaks_has_no_teeth);
  CPPUNIT_TEST(a_limit_is_told);
  CPPUNIT_TEST(two_runs_print_the_same);
  CPPUNIT_TEST(mistakes_are_refused);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;

  static json teeth_of(const std::string& scenario, const std::string& path) {
    const Outcome outcome = run({"teeth", scenario, "--path", path, "--format", "json"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    return json::parse(outcome.out);
  }

  static json tooth(const json& teeth, const std::string& step, const std::string& edit) {
    for (const json& one : teeth["mutants"])
      if (one["step"] == step && one["edit"] == edit) return one;
    CPPUNIT_FAIL("no mutant " + step + ": " + edit);
    return {};
  }

 public:
  void the_report_of_a_scenario() {
    const Outcome outcome = run({"teeth", "R1#valid", "--path", "buffered_write"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    assert_golden("teeth_r1.txt", outcome.out);
    const Outcome markdown =
        run({"teeth", "R1#valid", "--path", "reclaim", "--format", "markdown"});
    assert_golden("teeth_r1.md", markdown.out);
  }

  /// R1 itself is the check passed by.
  void known_mutations_are_found_again() {
    const json found = tooth(teeth_of("R1#valid", "buffered_write"),
                             "iomap_write_begin: is the cached iomap still valid?",
                             "passed by");
    CPPUNIT_ASSERT_EQUAL(std::string("caught"), found["outcome"].get<std::string>());
    CPPUNIT_ASSERT_EQUAL(std::string("no_lost_write"), found["claim"].get<std::string>());
    CPPUNIT_ASSERT_EQUAL(16, found["steps"].get<int>());
  }

  void what_another_scenario_notices_is_noticed() {
    const auto caught = [](const json& teeth) { return teeth["summary"]["caught"].get<int>(); };
    const int alone = caught(teeth_of("R1#valid", "writeback"));
    CPPUNIT_ASSERT(caught(teeth_of("R1", "writeback")) > alone);
  }

  /// Who owes something says who could have told, and where; who is covered, by what.
  void what_others_can_tell_is_owed() {
    std::size_t explained = 0;
    const json teeth = teeth_of("R1", "buffered_write");
    for (const json& one : teeth["mutants"]) {
      const std::string outcome = one["outcome"];
      CPPUNIT_ASSERT_MESSAGE(one.dump(), (outcome == "covered") == one.contains("cover"));
      if (outcome != "owed") continue;
      ++explained;
      CPPUNIT_ASSERT_MESSAGE(one.dump(), one.contains("reason") && one.contains("scenario"));
    }
    CPPUNIT_ASSERT(explained > 0);
  }

  /// A small part of all of them; the rest is compared with docs/teeth by ./dev soak.
  void counts_are_pinned() {
    const Outcome outcome =
        run({"teeth", "R1", "--expect", STALEMATE_SOURCE_DIR "/cli/tests/golden/teeth_r1.json"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
  }

  void a_report_is_written_again() {
    const Outcome report = run({"teeth", "R1#valid", "--path", "reclaim", "--format", "json"});
    const std::string file = folder_.add("report.json", report.out);
    CPPUNIT_ASSERT_EQUAL(report.out, run({"teeth", "--from", file, "--format", "json"}).out);
    for (const char* format : {"text", "markdown", "html"})
      CPPUNIT_ASSERT_EQUAL(run({"teeth", "R1#valid", "--path", "reclaim", "--format", format}).out,
                           run({"teeth", "--from", file, "--format", format}).out);
  }

  void jobs_change_nothing() {
    const auto with = [](const char* jobs) {
      return run({"teeth", "R1#valid", "--path", "reclaim", "--format", "json", "--jobs", jobs})
          .out;
    };
    CPPUNIT_ASSERT_EQUAL(with("1"), with("3"));
  }

  void a_lost_tooth_fails() {
    const Outcome before = run({"teeth", "R1#valid", "--path", "reclaim", "--format", "json"});
    const std::string file = folder_.add("teeth.json", before.out);
    const auto compared = [](const std::string& expected) {
      return run({"teeth", "R1#valid", "--path", "reclaim", "--expect", expected});
    };
    CPPUNIT_ASSERT_EQUAL(0, compared(file).status);

    json changed = json::parse(before.out);
    for (json& one : changed["mutants"])
      one["outcome"] = "caught";
    const Outcome lost = compared(folder_.add("changed.json", changed.dump()));
    CPPUNIT_ASSERT_EQUAL(1, lost.status);
    CPPUNIT_ASSERT_MESSAGE(lost.err, lost.err.find("was caught, now ") != std::string::npos);

    changed = json::parse(before.out);
    changed["mutants"].erase(0);
    CPPUNIT_ASSERT(compared(folder_.add("fewer.json", changed.dump())).err.find(": new: ") !=
                   std::string::npos);
    CPPUNIT_ASSERT_EQUAL(2, compared(folder_.add("wrong.json", "{}")).status);
    CPPUNIT_ASSERT_EQUAL(2, compared(folder_ / "nowhere.json").status);
  }

  void what_breaks_has_no_teeth() {
    const Outcome outcome = run({"teeth", "R1#none"});
    CPPUNIT_ASSERT_EQUAL(0, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.out,
                           outcome.out.starts_with("0 mutants in 0 scenarios: 0 caught"));
  }

  void a_limit_is_told() {
    const Outcome outcome = run({"teeth", "R1#valid", "--states-max", "50"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 3, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.out,
                           outcome.out.find("left out: R1#valid: ") != std::string::npos);
  }

  void two_runs_print_the_same() {
    const auto twice = [] { return run({"teeth", "R1#valid", "--path", "reclaim", "--all"}).out; };
    CPPUNIT_ASSERT_EQUAL(twice(), twice());
  }

  void mistakes_are_refused() {
    const Outcome outcome = run({"teeth", "R1#valid", "--path", "reclam"});
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.err, outcome.err.find("known: reclaim") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(2, run({"teeth", "R1#valid", "--format", "pdf"}).status);
    CPPUNIT_ASSERT_EQUAL(2, run({"teeth", "R1#valid", "--from", "teeth.json"}).status);
    CPPUNIT_ASSERT_EQUAL(2, run({"teeth", "--from", folder_ / "nowhere.json"}).status);
    CPPUNIT_ASSERT_EQUAL(2, run({"teeth"}).status);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TeethTest);

} // namespace
} // namespace stalemate::cli::tests
