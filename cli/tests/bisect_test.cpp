// Which changes decide a verdict.
#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using nlohmann::json;

class BisectTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(BisectTest);
  CPPUNIT_TEST(the_report_of_a_patch);
  CPPUNIT_TEST(all_smallest_sets_are_found);
  CPPUNIT_TEST(releases_differ_by_a_knob);
  CPPUNIT_TEST(two_runs_print_the_same);
  CPPUNIT_TEST(mistakes_are_refused);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;

  static json bisected(std::vector<std::string> words) {
    words.insert(words.begin(), "bisect");
    words.insert(words.end(), {"--format", "json"});
    const Outcome outcome = run(words);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    return json::parse(outcome.out);
  }

 public:
  void the_report_of_a_patch() {
    const Outcome outcome = run({"bisect", "R1#before"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    assert_golden("bisect_r1.txt", outcome.out);
  }

  /// The first edit takes one way away in which the claim comes true, either of the others the
  /// other.
  void all_smallest_sets_are_found() {
    const std::string file = folder_.add("two.json", R"({
      "id": "two", "title": "Two ways to break it", "file": {"blocks": ["hole"]},
      "state": {"a": "flag", "b": "flag"},
      "paths": {"setter": {"steps": [
        {"function": "f", "phrase": "set a", "ways": [{"then": "a = yes"}]},
        {"function": "f", "phrase": "set b", "ways": [{"then": "b = yes"}]},
        {"function": "f", "phrase": "stop", "ways": [{}]}]}},
      "processes": [{"path": "setter"}],
      "claims": {"some": {"eventually": "a || b"}},
      "patch": [{"drop": "f: set a"}, {"change": "f: set b", "then": []},
                {"change": "f: set b", "then": ["b = no"]}],
      "properties": ["some"]})");
    const json found = bisected({file});
    const auto sets = [&](const char* which) {
      std::vector<std::size_t> sizes;
      for (const json& set : found[which])
        sizes.push_back(set["changes"].size());
      return sizes;
    };
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, found["changes"].size());
    CPPUNIT_ASSERT(sets("enough") == (std::vector<std::size_t>{2, 2}));
    CPPUNIT_ASSERT(sets("needed") == (std::vector<std::size_t>{1, 2}));
    CPPUNIT_ASSERT(found["needed"][0]["changes"][0] == found["changes"][0]);
    CPPUNIT_ASSERT(found["enough"][1]["changes"][1] == found["changes"][2]);
  }

  void releases_differ_by_a_knob() {
    const json found = bisected({"R12#size-trimmed", "--from", "v6.6", "--to", "v6.12"});
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found["enough"].size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found["enough"][0]["changes"].size());
    CPPUNIT_ASSERT(found["enough"][0]["changes"] == found["needed"][0]["changes"]);
  }

  void two_runs_print_the_same() {
    const auto twice = [] { return run({"bisect", "R1#before", "--traces"}).out; };
    CPPUNIT_ASSERT_EQUAL(twice(), twice());
  }

  void mistakes_are_refused() {
    CPPUNIT_ASSERT_EQUAL(2, run({"bisect", "R1#valid"}).status); // it changes nothing
    CPPUNIT_ASSERT_EQUAL(2, run({"bisect", "R1"}).status);
    CPPUNIT_ASSERT_EQUAL(2, run({"bisect", "R1#before", "--from", "v6.6"}).status);
    CPPUNIT_ASSERT_EQUAL(2, run({"bisect", "R1#before", "--from", "v6.5", "--to", "v6.6"}).status);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BisectTest);

} // namespace
} // namespace stalemate::cli::tests
