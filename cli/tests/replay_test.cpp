// Saved traces, changed and forged ones too.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using nlohmann::json;

class ReplayTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ReplayTest);
  CPPUNIT_TEST(a_changed_trace_does_not_fit);
  CPPUNIT_TEST(what_a_trace_says_of_states_must_be_so);
  CPPUNIT_TEST(what_means_nothing_is_refused);
  CPPUNIT_TEST(that_something_never_happens_again_is_proved);
  CPPUNIT_TEST(a_trace_is_followed_through_another_variant);
  CPPUNIT_TEST_SUITE_END();

  // A file with its variant that breaks, from the test's own data.
  const std::string race_ = "cli/tests/data/race.json";
  const Folder folder_;

  // The trace of race.json#broken as JSON.
  [[nodiscard]] std::string saved_trace() const {
    const Outcome outcome = run({"trace", race_ + "#broken", "--format", "json"});
    CPPUNIT_ASSERT_EQUAL(0, outcome.status);
    return outcome.out;
  }

  // What `replay` says about a changed trace.
  [[nodiscard]] std::string misfit(const json& trace) const {
    const std::string path = folder_.add("t.json", trace.dump());
    const Outcome outcome = run({"replay", path});
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string(), outcome.out);
    return replaced(outcome.err, folder_.path() + "/", "");
  }

 public:
  void a_changed_trace_does_not_fit() {
    const json trace = json::parse(saved_trace());
    const std::string start = "t.json: does not fit T1#broken: ";

    json changed = trace;
    changed["steps"].erase(1);
    CPPUNIT_ASSERT(misfit(changed).starts_with(start + "step "));

    changed = trace;
    changed["steps"][0]["phrase"] = "sleep";
    CPPUNIT_ASSERT(misfit(changed).starts_with(start + "step 1: "));

    changed = trace;
    changed["steps"][0]["process"] = "writer9";
    CPPUNIT_ASSERT(misfit(changed).starts_with(
        start + "step 1: unknown process \"writer9\"; known: writer0, "));

    changed = trace;
    changed["steps"][0]["alternative"] = 99;
    CPPUNIT_ASSERT(misfit(changed).ends_with("there is no alternative 99\n"));

    changed = trace;
    changed["steps"].erase(changed["steps"].size() - 1);
    CPPUNIT_ASSERT_EQUAL(start + "no_lost_write holds at the end of the trace\n", misfit(changed));

    changed = trace;
    changed["property"] = "no_harm";
    CPPUNIT_ASSERT(misfit(changed).starts_with(start + "unknown property \"no_harm\"; known: "));

    changed = trace;
    changed["verdict"] = "holds";
    CPPUNIT_ASSERT_EQUAL(start + "unknown verdict \"holds\"; known: stuck, violated, "
                                 "latent, deadlock, livelock, model error, starvation\n",
                         misfit(changed));

    changed = trace;
    changed["verdict"] = "deadlock";
    CPPUNIT_ASSERT(misfit(changed).starts_with(start));
  }

  void what_a_trace_says_of_states_must_be_so() {
    const json trace = json::parse(saved_trace());
    const std::string start = "t.json: does not fit T1#broken: ";

    json changed = trace;
    changed["initial"]["inode.seq"] = "5";
    CPPUNIT_ASSERT_EQUAL(start + "in the initial state: inode.seq: the trace says 5, it is 0\n",
                         misfit(changed));

    // The first step that changes something.
    std::size_t at = 0;
    while (trace["steps"][at]["changes"].empty())
      ++at;
    const std::string here = "step " + std::to_string(at + 1) + ": ";
    const std::string cell = trace["steps"][at]["changes"][0]["cell"];
    changed = trace;
    changed["steps"][at]["changes"][0]["after"] = "7";
    CPPUNIT_ASSERT(misfit(changed).starts_with(start + here + cell + ": the trace says "));
    changed = trace;
    changed["steps"][at]["changes"].clear();
    CPPUNIT_ASSERT(misfit(changed).starts_with(start + here + cell + ": the trace does not say "));
    changed = trace;
    changed["steps"][at]["seen"]["inode.seq"] = "9";
    CPPUNIT_ASSERT(misfit(changed).starts_with(start + here + "inode.seq: the trace says 9, "));

    // Of another model it is only told that it is one.
    changed = trace;
    changed["model"] = "0123456789abcdef";
    const Outcome outcome = run({"replay", folder_.add("t.json", changed.dump())});
    CPPUNIT_ASSERT_EQUAL(0, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string("stalemate: T1#broken: the model has changed since the trace "
                                     "was saved; its steps still fit\n"),
                         outcome.err);
    changed["steps"].erase(1);
    CPPUNIT_ASSERT(
        misfit(changed).ends_with("; the model has changed since the trace was saved\n"));
  }

  void what_means_nothing_is_refused() {
    const json trace = json::parse(saved_trace());
    for (const auto& [key, value] : std::vector<std::pair<std::string, json>>{
             {"stranded", {"writer0"}}, {"waiting", "writer0"}, {"loop_from", 1}}) {
      json changed = trace;
      changed[key] = value;
      CPPUNIT_ASSERT_EQUAL("t.json: does not fit T1#broken: \"" + key +
                               "\" means nothing in a trace of violated\n",
                           misfit(changed));
    }
    json changed = trace;
    changed["verdict"] = "latent";
    CPPUNIT_ASSERT(misfit(changed).ends_with(" is no warning, so it is not latent\n"));
  }

  /// Both variants are proved to hold.
  void that_something_never_happens_again_is_proved() {
    const auto forged = [](const std::string& file,
                           const std::string& variant,
                           const std::string& ending,
                           const std::string& steps) {
      return json::parse(R"({"format": "stalemate-trace", "version": 1, "scenario": "scenarios/)" +
                         file + R"(", "variant": ")" + variant + "\", " + ending +
                         ", \"steps\": [" + steps + "]}");
    };
    CPPUNIT_ASSERT(
        misfit(forged("swap/S6-eexist-busy-loop.json",
                      "sleeps",
                      R"("verdict": "stuck", "property": "can_finish")",
                      ""))
            .starts_with("t.json: does not fit S6#sleeps: everyone can come to an end: "));
    const std::string steps =
        R"({"process": "writer0", "function": "xfs_file_buffered_write", "phrase": "take i_rwsem exclusively", "alternative": 0},{"process": "writer0", "function": "xfs_buffered_write_iomap_begin", "phrase": "look up the extent, sample the cookie", "alternative": 0},{"process": "flusher", "function": "iomap_writepages", "phrase": "lock a dirty folio", "alternative": 0})";
    CPPUNIT_ASSERT(
        misfit(
            forged("iomap/R1-write-vs-reclaim.json",
                   "rwsem-in-completion",
                   R"("verdict": "deadlock", "property": "no_deadlock", "stranded": ["writer0"])",
                   steps))
            .starts_with("t.json: does not fit R1#rwsem-in-completion: one of those who are "
                         "stranded can move again: "));
  }

  void a_trace_is_followed_through_another_variant() {
    const std::string path = folder_.add("t.json", saved_trace());
    const Outcome outcome = run({"replay", path, "--scenario", race_ + "#sound"});
    CPPUNIT_ASSERT_EQUAL(1, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string(), outcome.err);
    CPPUNIT_ASSERT(outcome.out.starts_with("T1#sound: the trace is not a run of this variant\n"));
    CPPUNIT_ASSERT(outcome.out.find("\n  left out, since there is no such step here: step 2: ") !=
                   std::string::npos);
    CPPUNIT_ASSERT(outcome.out.find("\n  step ") != std::string::npos);
    CPPUNIT_ASSERT(outcome.out.find(" stands at \"") != std::string::npos);
    CPPUNIT_ASSERT(outcome.out.find("  what differs there from the start: ") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(0, run({"replay", path, "--scenario", race_ + "#broken"}).status);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReplayTest);

} // namespace
} // namespace stalemate::cli::tests
