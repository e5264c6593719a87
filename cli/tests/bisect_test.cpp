// Which changes decide a verdict.
#include "checker/tests/amount.hpp"
#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using nlohmann::json;

const std::vector<std::string> few{"A-R2#two-pages",
                                   "A-R8#retry-allowed",
                                   "DL2#nested-transaction",
                                   "R1#before",
                                   "B-R6#parity-raid"};
// Of all families; those that a kernel without what they change can ask about.
const std::vector<std::string> many{"A-L2#busy-extent-no-room",
                                    "A-R11#if-idle",
                                    "A-R13#clears",
                                    "A-R14#waits",
                                    "A-R2#two-pages",
                                    "A-R5#before",
                                    "A-R8#retry-allowed",
                                    "A-R9#calls-early",
                                    "DL2#nested-transaction",
                                    "DL7#transport-ordinary-memory",
                                    "DL7#V3-synchronous",
                                    "R1#before",
                                    "R1#none",
                                    "R1#none-uptodate",
                                    "R1#none-two-blocks",
                                    "R1#early-end-flag",
                                    "R1#rwsem-in-completion-throttled",
                                    "R11#shared",
                                    "R12#size-rounded",
                                    "R2#wrap-2",
                                    "R20#forgets-blocks",
                                    "R22#write-unchecked",
                                    "R6#folio-dirty-test",
                                    "R6#zeroing-locks-again",
                                    "R8#mmap-cookie",
                                    "R8#read-cookie",
                                    "D1#no-force-wait",
                                    "D3#invalidates-first",
                                    "E2#first-to-ask",
                                    "B-L1#leaked-lock",
                                    "B-R1#reused-unstable",
                                    "B-R1#one-pass-torn",
                                    "B-R12#kept",
                                    "B-R5#not-redirtied",
                                    "B-R6#parity-raid",
                                    "ISR#T4-extent-list",
                                    "L2#union-writeback",
                                    "L6#completes-queued-read",
                                    "N5#misaligned-accepted",
                                    "S11#after-claim",
                                    "S13#freed",
                                    "S6#looks-again"};

class BisectTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(BisectTest);
  CPPUNIT_TEST(the_report_of_a_patch);
  CPPUNIT_TEST(all_smallest_sets_are_found);
  CPPUNIT_TEST(releases_differ_by_a_knob);
  CPPUNIT_TEST(what_is_enough_breaks_alone);
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

  /// A variant of the library as a scenario by itself, which does not say what comes out.
  static json scenario_of(const std::string& name) {
    const std::string id = name.substr(0, name.find('#'));
    const auto folder = std::filesystem::path(STALEMATE_SOURCE_DIR) / "scenarios";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.path().filename().string().starts_with(id)) continue;
      json scenario = json::parse(read(entry.path().string()));
      if (scenario["id"] != id) continue;
      const json variants = scenario["variants"];
      const auto variant = std::find_if(variants.begin(), variants.end(), [&](const json& one) {
        return one["name"] == name.substr(id.size() + 1);
      });
      scenario.merge_patch(*variant);
      for (const char* key : {"$schema", "variants", "name", "expect"})
        scenario.erase(key);
      return scenario;
    }
    throw std::runtime_error("there is no " + name);
  }

  /// The scenario with these of its changes: edits come first, then knobs, "name=value".
  static json with_only(json scenario, const json& all, const json& some) {
    const auto has = [&](const json& change) {
      return std::find(some.begin(), some.end(), change) != some.end();
    };
    json patch = json::array();
    for (std::size_t i = 0; scenario.contains("patch") && i < scenario["patch"].size(); ++i)
      if (has(all[i])) patch.push_back(scenario["patch"][i]);
    const json knobs = scenario.value("kernel", json::object());
    json kernel = json::object();
    for (const auto& [knob, value] : knobs.items())
      if (knob == "version" || std::any_of(some.begin(), some.end(), [&](const json& change) {
            return change.get<std::string>().starts_with(knob + "=");
          }))
        kernel[knob] = value;
    scenario.erase("patch");
    if (!patch.empty()) scenario["patch"] = std::move(patch);
    scenario["kernel"] = std::move(kernel);
    return scenario;
  }

  /// "no_lost_write is violated after 17 steps"
  static std::string ending(const json& answer) {
    const auto text = answer.get<std::string>();
    return text.substr(0, text.find(" steps"));
  }

  Outcome ran(const json& scenario) const {
    return run({"run", folder_.add("alone.json", scenario.dump()), "--brief"});
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

  /// A scenario that has nothing but what is in the set breaks, and holds without any part of it.
  void what_is_enough_breaks_alone() {
    for (const std::string& name : stalemate::tests::is_soak() ? many : few) {
      const json found = bisected({name});
      CPPUNIT_ASSERT_MESSAGE(name, !found["enough"].empty() && !found["needed"].empty());
      CPPUNIT_ASSERT_EQUAL_MESSAGE(name, json("holds"), found["before"]["answer"]);
      const json whole = scenario_of(name);
      for (const json& set : found["enough"]) {
        const json& changes = set["changes"];
        const Outcome broken = ran(with_only(whole, found["changes"], changes));
        CPPUNIT_ASSERT_MESSAGE(name + ": " + ending(set["answer"]) + "\n" + broken.out + broken.err,
                               broken.out.find(ending(set["answer"])) != std::string::npos);
        for (std::size_t i = 0; i < changes.size(); ++i) {
          json less = changes;
          less.erase(i);
          const Outcome other = ran(with_only(whole, found["changes"], less));
          CPPUNIT_ASSERT_MESSAGE(name + "\n" + other.out,
                                 other.out.find(ending(set["answer"])) == std::string::npos);
        }
      }
    }
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
