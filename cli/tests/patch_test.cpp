// Edits, claims, state and paths of one's own on the command line, and how outputs name them.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

const std::string drop = R"([{"drop": "iomap_write_begin: is the cached iomap still valid?"}])";

// A path with a variable that leaves its range the second time.
const std::string counting = R"({
  "id": "C", "title": "Counts",
  "file": {"blocks": ["hole"]},
  "state": {"count": {"range": [0, 1]}, "zswap.entry": {"values": ["none", "old"], "count": 2}},
  "paths": {"zap": {"process": "zap", "steps": [
    {"function": "f", "phrase": "count", "ways": [{"then": "count = count + 1"}]}]}},
  "processes": [{"path": "zap"}, {"path": "zap"}],
  "claims": {"few": {"always": "count < 2"}, "some": {"reach": "count == 1"}},
  "properties": ["few"]
})";

class PatchTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(PatchTest);
  CPPUNIT_TEST(edits_of_a_file_are_made);
  CPPUNIT_TEST(edits_come_behind_those_of_the_variant);
  CPPUNIT_TEST(a_file_brings_along_everything);
  CPPUNIT_TEST(mistakes_are_shown_where_they_stand);
  CPPUNIT_TEST(only_the_named_claims_are_checked);
  CPPUNIT_TEST(every_output_names_the_edits);
  CPPUNIT_TEST(own_state_and_paths_are_named);
  CPPUNIT_TEST(a_saved_trace_remembers);
  CPPUNIT_TEST(a_model_error_of_ones_own_is_2);
  CPPUNIT_TEST(a_model_error_of_an_edit_is_shown_there);
  CPPUNIT_TEST(a_step_that_gives_nothing_back_is_to_be_dropped);
  CPPUNIT_TEST(standard_input_is_one_file);
  CPPUNIT_TEST(a_knob_is_set_once);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;
  const std::string race_ = STALEMATE_SOURCE_DIR "/cli/tests/data/race.json";

  static bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }
  const std::string drop_ = folder_.add("drop.json", drop);

  static void expect(int status, const std::string& part, const Outcome& outcome) {
    const std::string all = outcome.out + outcome.err;
    CPPUNIT_ASSERT_EQUAL_MESSAGE(all, status, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(part + "\nis not in\n" + all, has(all, part));
  }

  // The complaint about a file with this text, without the folder.
  [[nodiscard]] std::string complaint(const std::string& text) const {
    const std::string file = folder_.add("p.json", text);
    const Outcome outcome = run({"run", race_ + "#sound", "--patch", file});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.out + outcome.err, 2, outcome.status);
    return replaced(outcome.err, file, "p.json");
  }

 public:
  void edits_of_a_file_are_made() {
    expect(1, "no_lost_write is violated after ", run({"run", race_ + "#sound", "--patch", drop_}));
    expect(1, "  asked\n", run({"check", race_ + "#sound", "--patch", drop_}));
    expect(0, "", run({"trace", race_ + "#sound", "--patch", drop_}));
    const Outcome shown = run({"show", "buffered_write", "--scenario", race_ + "#sound"});
    CPPUNIT_ASSERT(has(shown.out, "is the cached iomap still valid?"));
    const Outcome edited =
        run({"show", "buffered_write", "--scenario", race_ + "#sound", "--patch", drop_});
    CPPUNIT_ASSERT_EQUAL(0, edited.status);
    CPPUNIT_ASSERT(!has(edited.out, "is the cached iomap still valid?"));
    expect(
        2, "there is no scenario that it could change", run({"show", "reclaim", "--patch", drop_}));
  }

  void edits_come_behind_those_of_the_variant() {
    const std::string own = R"("name": "sound", "patch": )" + drop + ",";
    const std::string file =
        folder_.add("own.json", replaced(read(race_), R"("name": "sound",)", own));
    const std::string never =
        folder_.add("never.json",
                    R"({"patch": [{"never": "iomap_write_begin: get and lock the folio / no"}]})");
    const Outcome outcome = run({"run", file + "#sound", "--patch", never});
    // What the file says is in place 0, what comes from outside behind it, and found there.
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.err,
                           outcome.err.starts_with(never + ":1:22: /patch/0/never: unknown way "));
    expect(
        2, "unknown step", run({"run", file + "#sound", "--patch", drop_})); // it is gone already
    expect(2,
           drop_ + ":1:11: /0/drop: unknown step",
           run({"run", race_ + "#sound", "--patch", drop_, "--patch", drop_}));
  }

  void a_file_brings_along_everything() {
    const std::string file = folder_.add("all.json", R"({
      "kernel": {"iomap_valid": "none"},
      "state": {"seen": "flag"},
      "patch": [{"change": "shrink_folio_list: drop a clean folio", "then": ["seen = true"]}],
      "claims": {"unseen": {"always": "!seen"}}
    })");
    // A claim is brought along to be checked, also where the scenario lists others.
    expect(1, "unseen is violated after ", run({"run", race_ + "#sound", "--patch", file}));
    expect(1,
           "  claims     unseen\n",
           run({"run", race_ + "#sound", "--patch", file, "--claim", "unseen"}));
    expect(1,
           "  claims     no_lost_write, no_foreign_data, no_deadlock, unseen\n",
           run({"run", race_ + "#sound", "--patch", file}));
  }

  void mistakes_are_shown_where_they_stand() {
    CPPUNIT_ASSERT_EQUAL(std::string("p.json:1:1: is neither a list of edits nor an object\n"),
                         complaint("1"));
    CPPUNIT_ASSERT_EQUAL(std::string("p.json:1:1: says nothing\n"), complaint("{}"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("p.json:1:2: /pach: unknown key \"pach\"; known: patch, paths, state, claims, "
                    "kernel\n"),
        complaint(R"({"pach": []})"));
    CPPUNIT_ASSERT_EQUAL(std::string("p.json:1:12: /claims: an object should be here\n"),
                         complaint(R"({"claims": 1})"));
    CPPUNIT_ASSERT(
        complaint(R"([{"drop": 1}])")
            .starts_with("p.json:1:11: /0/drop: a number where a string should be (in "));
    CPPUNIT_ASSERT(complaint(R"({"claims": {"a": {"always": "!folo"}}})")
                       .starts_with("p.json:1:31: /claims/a/always: unknown "));
    CPPUNIT_ASSERT(complaint(R"({"kernel": {"iomap_vald": "none"}})")
                       .starts_with("p.json:1:13: /kernel/iomap_vald: unknown knob"));
    CPPUNIT_ASSERT(complaint("[").starts_with("p.json:1:"));
    expect(2, "nowhere.json: ", run({"run", race_, "--patch", "nowhere.json"}));
  }

  void only_the_named_claims_are_checked() {
    const Outcome outcome = run({"run", race_ + "#broken", "--claim", "no_deadlock"});
    expect(0, "  claims     no_deadlock\n", outcome);
    expect(0, "  options    --claim no_deadlock\n", outcome);
    expect(0, "  asked\n", run({"check", race_ + "#broken", "--claim", "no_deadlock"}));
    expect(1,
           "there is no trace: T1#broken: holds",
           run({"trace", race_ + "#broken", "--claim", "no_deadlock"}));
    expect(2,
           "--claim no_deadlok: unknown property \"no_deadlok\"; known: no_deadlock",
           run({"run", race_ + "#broken", "--claim", "no_deadlok"}));
    expect(2, "count becomes 2", run({"run", folder_.add("c.json", counting), "--claim", "some"}));
  }

  void every_output_names_the_edits() {
    const std::string edit = "drop iomap_write_begin: is the cached iomap still valid?";
    const std::vector<std::string> with{race_ + "#sound", "--patch", drop_};
    const auto output = [&](std::vector<std::string> command) {
      command.insert(command.end(), with.begin(), with.end());
      return run(command).out;
    };
    CPPUNIT_ASSERT(has(output({"run"}), "  edits      " + edit + "\n"));
    CPPUNIT_ASSERT(has(output({"trace", "--format", "txt"}), "  edits      " + edit + "\n"));
    CPPUNIT_ASSERT(has(output({"trace", "--format", "dot"}), "edits: " + edit));
    CPPUNIT_ASSERT(has(output({"trace", "--format", "json"}), "\"edits\": [\n"));
    const std::string checked = output({"check", "--format", "json"});
    CPPUNIT_ASSERT_MESSAGE(checked, has(checked, "\"edits\": [\n"));
    CPPUNIT_ASSERT(has(checked, "\"" + edit + "\""));
    CPPUNIT_ASSERT(!has(run({"check", "--format", "json", race_ + "#sound"}).out, "\"edits\""));
  }

  void own_state_and_paths_are_named() {
    const std::string file = folder_.add("c.json", counting);
    const Outcome outcome = run({"run", file, "--reach", "count == 1"});
    expect(0, "  state      count 0..1, zswap.entry[0..1] none|old\n", outcome);
    expect(0, "  paths      zap\n", outcome);
    expect(0, "  processes  zap0 zap; zap1 zap\n", outcome);
    // No source file is said to be known, and none is printed.
    expect(0, "\n\n  f\n", run({"show", "zap", "--scenario", file}));
  }

  void a_saved_trace_remembers() {
    const std::string file = folder_ / "t.json";
    expect(0, "", run({"trace", race_ + "#sound", "--patch", drop_, "-o", file}));
    const Outcome outcome = run({"replay", file});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string(), outcome.err);
    CPPUNIT_ASSERT(has(outcome.out, "  edits      drop "));
  }

  void a_model_error_of_ones_own_is_2() {
    const std::string file = folder_.add("c.json", counting);
    const std::string mistake = ":6:60: /paths/zap/steps/0/ways/0/then: zap1: f: \"count\": count "
                                "becomes 2, its range is 0..1";
    const std::string hint = "; `run --traces` shows how it comes to that\n";
    const Outcome outcome = run({"run", file});
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string(), outcome.out);
    CPPUNIT_ASSERT_EQUAL(file + mistake + hint, outcome.err);
    expect(2, "count   <-- model error", run({"run", file, "--traces"}));
    expect(2, "/paths/zap/steps/0/ways/0/then: zap1: f:", run({"check", file}));
    expect(2, file + mistake + "\n", run({"trace", file}));
  }

  void a_model_error_of_an_edit_is_shown_there() {
    const std::string file = folder_.add("c.json", counting);
    const auto patched = [&](const std::string& edit) {
      const std::string patch = folder_.add("p.json", "[" + edit + "]");
      const Outcome outcome = run({"run", file, "--patch", patch});
      CPPUNIT_ASSERT_EQUAL(2, outcome.status);
      CPPUNIT_ASSERT_EQUAL(std::string(), outcome.out);
      CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{1},
                           std::count(outcome.err.begin(), outcome.err.end(), '\n'));
      return outcome.err.substr(0, outcome.err.find(" becomes"));
    };
    const std::string patch = folder_ / "p.json";
    // Which of two assignments it was is not said.
    CPPUNIT_ASSERT_EQUAL(
        patch + ":1:2: /0: zap0: f: \"count\": count",
        patched(R"({"change": "f: count", "then": ["count = count + 1", "count = count + 1"]})"));
    CPPUNIT_ASSERT_EQUAL(
        patch + ":1:58: /0/then/1: zap1: f: \"count\": count",
        patched(
            R"({"change": "f: count", "then": ["zswap[0].entry = old", "count = count + 1"]})"));
    CPPUNIT_ASSERT_EQUAL(
        patch + ":1:67: /0/insert/ways/0/then: zap0: g: \"more\": count",
        patched(R"({"insert": {"function": "g", "phrase": "more", "ways": [{"then": "count = )"
                R"(count + 1"}]}, "after": "f: count"})"));
  }

  void a_step_that_gives_nothing_back_is_to_be_dropped() {
    const std::string move =
        R"({"move": "iomap_write_begin: is the cached iomap still valid?",
            "before": "iomap_write_begin: get and lock the folio"})";
    const std::string moved = folder_.add("moved.json", "[" + move + "]");
    const std::string hint =
        R"({ "drop": "iomap_write_begin: unlock the folio, ask for a new mapping" })";
    expect(2,
           "releases a lock that it does not hold; if there is nothing to give back any more, say "
           "so, too: " +
               hint,
           run({"run", race_ + "#sound", "--patch", moved, "--width", "400"}));
    const std::string both = folder_.add("both.json", "[" + move + ", " + hint + "]");
    expect(1, "no_lost_write", run({"run", race_ + "#sound", "--patch", both}));
  }

  void standard_input_is_one_file() {
    const std::string complaint =
        "stalemate: standard input is one file: of scenario and --patch only one can be -\n";
    CPPUNIT_ASSERT_EQUAL(complaint, run({"run", "-", "--patch", "-"}).err);
    CPPUNIT_ASSERT_EQUAL(complaint, run({"check", race_, "--patch", "-", "--patch", "-"}).err);
    CPPUNIT_ASSERT_EQUAL(complaint, run({"trace", "-#sound", "--patch", "-"}).err);
    CPPUNIT_ASSERT_EQUAL(complaint, run({"show", "--diff", "-", "--patch", "-"}).err);
    expect(2, complaint, run({"run", "-#sound", "--patch", "-"}));
  }

  void a_knob_is_set_once() {
    expect(
        2,
        "--set iomap_valid=after_folio_lock: the knob is set already, by --set iomap_valid=none\n",
        run({"run", race_, "--set", "iomap_valid=none", "--set", "iomap_valid=after_folio_lock"}));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PatchTest);

} // namespace
} // namespace stalemate::cli::tests
