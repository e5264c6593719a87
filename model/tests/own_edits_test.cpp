// What a scenario edits, asked.
#include "model/tests/own_scenarios.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>
#include <vector>

namespace stalemate::kernel {
namespace {

class OwnEditsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(OwnEditsTest);
  CPPUNIT_TEST(edits_make_and_mend_a_race);
  CPPUNIT_TEST(edits_follow_each_other);
  CPPUNIT_TEST(edits_are_narrowed);
  CPPUNIT_TEST(edits_of_several_places);
  CPPUNIT_TEST(edits_are_said);
  CPPUNIT_TEST(paths_like_others);
  CPPUNIT_TEST(every_option_agrees);
  CPPUNIT_TEST_SUITE_END();

  static void same(const std::string& expected, const std::string& actual) {
    CPPUNIT_ASSERT_EQUAL(expected, actual);
  }

 public:
  void edits_make_and_mend_a_race() {
    const auto patched = [](const std::string& steps, const std::string& patch) {
      return verdict(counting(steps, claiming(counts_both) + ", \"patch\": [" + patch + "]"));
    };
    same("holds", patched(counting_steps, R"json({"merge": ["read", "write"]})json"));
    same("holds",
         patched(counting_steps, R"json({"hold": "mutex", "from": "read", "to": "write"})json"));
    same("violated: counts",
         patched(counting_steps,
                 R"json({"hold": "sem", "shared": true, "from": "read", "to": "write"})json"));
    same("violated: counts", patched(locked_steps, R"json({"drop": "lock"})json"));
    same("violated: counts",
         patched(locked_steps, R"json({"unlock": "mutex", "in": "counter1"})json"));
    same("violated: counts",
         patched(locked_steps, R"json({"move": "read", "before": "lock"})json"));
    same("violated: counts",
         patched(locked_steps, R"json({"move": "unlock", "before": "write"})json"));
    same("holds", patched(locked_steps, R"json({"move": "write", "after": "read"})json"));
    same("violated: counts",
         patched(locked_steps, R"json({"change": "write", "then": ["x = 1"]})json"));
    same("violated: counts", patched(locked_steps, R"json({"change": "write", "then": []})json"));
    same("violated: counts",
         patched(locked_steps, R"json({"change": "read", "go": "inc: unlock"})json"));
    same("deadlock", patched(locked_steps, R"json({"change": "write", "go": "end"})json"));
  }

  void edits_follow_each_other() {
    // The second finds what the first one left.
    same("holds",
         verdict(counted(counts_both,
                         R"json({"insert": {"function": "inc", "phrase": "lock",
                                        "ways": [{"take": "mutex"}]}, "before": "read"},
                            {"insert": {"function": "inc", "phrase": "unlock",
                                        "ways": [{"release": "mutex"}]}, "after": "write"})json")));
    same("violated: counts",
         verdict(
             counted(counts_both, R"json({"merge": ["read", "write"]}, {"split": "read"})json")));
    CPPUNIT_ASSERT(verdict(counted(counts_both, R"json({"drop": "write"}, {"drop": "write"})json"))
                       .find("/patch/1/drop: unknown step") != std::string::npos);
  }

  void edits_are_narrowed() {
    const ir::Model model =
        model_of(counted(counts_both, R"json({"drop": "read", "in": "counter1"})json"));
    CPPUNIT_ASSERT_EQUAL(2, model.processes[0].finished());
    CPPUNIT_ASSERT_EQUAL(1, model.processes[1].finished());
    const ir::Model both =
        model_of(counted(counts_both, R"json({"drop": "read", "in": "counter"})json"));
    CPPUNIT_ASSERT_EQUAL(1, both.processes[0].finished());
    CPPUNIT_ASSERT_EQUAL(1, both.processes[1].finished());
  }

  /// A function that is called twice has each step twice.
  void edits_of_several_places() {
    const auto labelled = [](const std::string& label, const std::string& one) {
      return "{\"label\": \"" + label + "\", " + one.substr(1);
    };
    const auto call = [&](const std::string& number) {
      return labelled("one " + number, step("one", R"json({"then": "hot = yes"})json")) + "," +
             labelled("two " + number, step("two", R"json({"then": "hot = no"})json"));
    };
    const std::string twice = call("a") + "," + call("b");
    const auto left = [&](const std::string& patch) {
      try {
        const ir::Model model = model_of(alone(twice, "\"patch\": [" + patch + "]"));
        std::string phrases;
        for (const ir::Step& one : model.processes[0].steps)
          phrases += one.phrase + ";";
        return phrases;
      } catch (const InputError& error) {
        return std::string(error.what());
      }
    };
    same("two;two;", left(R"json({"drop": "one"})json"));
    same("two;one;two;one;", left(R"json({"move": "one", "after": "two"})json"));
    same("one;one;", left(R"json({"merge": ["one", "two"]})json"));
    same("take mutex;one;two;give back mutex;take mutex;one;two;give back mutex;",
         left(R"json({"hold": "mutex", "from": "one", "to": "two"})json"));
    same(
        "one;new;two;one;new;two;",
        left(
            R"json({"insert": {"function": "f", "phrase": "new", "ways": [{}]}, "after": "one"})json"));
    // Where the pairs overlap it is not known which belongs to which.
    const std::string crossed =
        labelled("a", step("one", "{}")) + "," + labelled("b", step("one", "{}")) + "," +
        labelled("c", step("two", "{}")) + "," + labelled("d", step("two", "{}"));
    CPPUNIT_ASSERT(verdict(alone(crossed, R"json("patch": [{"move": "one", "after": "two"}])json"))
                       .find("the steps belong together in several ways in counter0") !=
                   std::string::npos);
  }

  void edits_are_said() {
    const auto edits = [](const std::string& patch) {
      return model_of(counted(counts_both, patch)).edits.at(0);
    };
    same("drop read", edits(R"json({"drop": "read"})json"));
    same("change write when 1 == 1, in counter1 (changes nothing here)",
         edits(R"json({"change": "write", "when": "1 == 1", "in": "counter1"})json"));
    same("as one step: read up to write", edits(R"json({"merge": ["read", "write"]})json"));
    same("change write then x = seen + 1 (changes nothing here)",
         edits(R"json({"change": "write", "then": ["x = seen + 1"]})json"));
    same("hold sem (shared) from read to write",
         edits(R"json({"hold": "sem", "shared": true, "from": "read", "to": "write"})json"));
    same("move read after write, in counter0",
         edits(R"json({"move": "read", "after": "write", "in": "counter0"})json"));
    same("move read before write (changes nothing here)",
         edits(R"json({"move": "read", "before": "write"})json"));
  }

  void paths_like_others() {
    const auto writing = [](const std::string& patch) {
      return fmt::format(R"json({{
        "id": "O2", "title": "t",
        "file": {{"blocks": ["unwritten"],
                 "cached": [{{"folio": 0, "dirty": true, "data": ["zero", "old"]}}]}},
        "paths": {{"careless_write": {{"like": "buffered_write", "process": "careless"{}}}}},
        "processes": [{{"path": "careless_write"}}, {{"path": "writeback"}}, {{"path": "reclaim"}}],
        "properties": ["no_lost_write"]}})json",
                         patch);
    };
    same("holds", verdict(writing("")));
    const std::string patch =
        R"json(, "patch": [{"always": "iomap_write_begin: is the cached iomap still valid? / yes"}])json";
    CPPUNIT_ASSERT(verdict(writing(patch)) != "holds");
    const ir::Model model = model_of(writing(""));
    same("careless0", model.processes[0].name);
    same("careless_write", model.processes[0].path);
  }

  /// Reductions, stores, threads and translated code, on models that were edited.
  void every_option_agrees() {
    std::vector<std::string> texts{
        counting(locked_steps, everything), counting(many_steps, everything), like_another};
    for (const char* patch :
         {R"json({"merge": ["read", "write"]})json",
          R"json({"hold": "sem", "shared": true, "from": "read", "to": "write"})json",
          R"json({"drop": "write", "in": "counter0"})json"})
      texts.push_back(counted(counts_both + R"json(, "end": {"reach": "x == 2"})json", patch));
    for (const std::string& text : texts) {
      const ir::Model model = model_of(text);
      const Result plain = answer(model, {}, {});
      for (const Reductions& reductions : {Reductions{.dead_values = true},
                                           Reductions{.ample_sets = true},
                                           Reductions{.lone_moves = true},
                                           Reductions{.symmetry = true},
                                           Reductions{.equality = true},
                                           all_reductions}) {
        const Result reduced = answer(model, reductions, {});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(text, word(plain.verdict), word(reduced.verdict));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(text, plain.property, reduced.property);
        CPPUNIT_ASSERT_MESSAGE(text, plain.schedule == reduced.schedule);
      }
      std::vector<Limits> options(4);
      options[0].storage = Storage::compact;
      options[1].storage = Storage::tree;
      options[2].threads = 2;
      options[2].parallel_min = 1;
      options[2].is_crew_kept = true;
      options[3].translation = Limits::Translation::at_once;
      for (const Limits& limits : options) {
        const Result other = answer(model, {}, limits);
        if (other.verdict == Verdict::incomplete) { // claims about runs need states as they are
          CPPUNIT_ASSERT_MESSAGE(other.reason, limits.storage != Storage::exact);
          continue;
        }
        CPPUNIT_ASSERT_EQUAL_MESSAGE(text, word(plain.verdict), word(other.verdict));
        CPPUNIT_ASSERT_MESSAGE(text, plain.schedule == other.schedule);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(text, plain.counts.states, other.counts.states);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(text, plain.counts.transitions, other.counts.transitions);
      }
    }
  }

 private:
  static Result answer(const ir::Model& model, const Reductions& reductions, const Limits& limits) {
    Observer nobody;
    return explore_and_reach(model, reductions, limits, nobody);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OwnEditsTest);

} // namespace
} // namespace stalemate::kernel
