#include "reproduce/conform/judge.hpp"

#include "checker/builder/path.hpp"
#include "reproduce/refusal.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

namespace stalemate::reproduce {
namespace {

using namespace build;

/// A write of a file of one block, and reclaim.
ir::Model model_of_a_write() {
  Model m({"writer0", "kswapd"});
  (void)m.named("disk", {"zeroes", "old", "by writer0"}, 1);
  const build::Place is_valid = m.flag("is_valid", true);
  const build::Place cached = m.flag("cached", true);
  m.process("writer0", "buffered_write", [&](Path& p) {
    const auto f = p.function("write", "f.c");
    p.step("look", then(is_valid = cached));
    p.step("check", when(is_valid).note("yes"), otherwise().note("no").go("again"));
    p.step("write it", then(cached = true).ret());
    p.label("again");
    p.step("look again", then(is_valid = true).ret());
  });
  m.process("kswapd", "reclaim", [&](Path& p) {
    const auto f = p.function("reclaim", "f.c");
    p.step("drop it", when(cached).then(cached = false));
  });
  return m.finish();
}

const KernelMap known_places = read_kernel_map("m.json",
                                               R"({
  "version": "v1", "workers": [], "checks": [{"function": "is_valid", "fired": 0, "bits": 8, "text": ""}],
  "watched": [], "steps": {
    "write: look": {"enter": "look"},
    "write: look again": {"exit": "look_again"},
    "write: check": {"enter": "is_valid", "returns": {"0": "no", "1": "yes"}},
    "write: write it": {"inside": "write"},
    "reclaim: drop it": {"seen": "drop"} } })",
                                               [](const std::string&) { return KernelMap{}; });

const Sightings known_calls = read_sightings("s.json", R"({
  "workers": [], "divergences": [], "takes_mapping": ["drop"], "watched": [],
  "steps": { "reclaim: drop it": {"once": "drop", "returns": {"1": "*"}} } })");

/// A log whose arrivals are "role enter F" and "role exit F -> 0".
Log log_of(const std::vector<std::string>& arrivals) {
  std::string text = "stalemate-log 1\nscenario s\nversion v1\nkernel k\nwatched look look_again "
                     "is_valid write drop\n";
  for (const std::string& arrival : arrivals) {
    const auto space = arrival.find(' ');
    text += fmt::format("0 0 {} c {}\n", arrival.substr(0, space), arrival.substr(space + 1));
  }
  return read_log("l", text + "content cache 7 0\nend\n");
}

std::string seen_in(const std::vector<std::string>& arrivals) {
  const ir::Model model = model_of_a_write();
  const Observed seen = observe(log_of(arrivals), model, known_calls, known_places);
  if (!seen.missing.empty()) return seen.missing;
  const observe::Fit found = observe::fit(model, seen.observation, nullptr, Limits{});
  std::string text = found.answer == observe::Fit::Answer::run ? "run" : "none";
  text += fmt::format(" {}/{}", found.possible, seen.observation.events.size());
  for (const int call : observe::owed(found, seen.observation))
    text += ": " + seen.observation.calls[static_cast<std::size_t>(call)].name;
  return text;
}

class ObserveTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ObserveTest);
  CPPUNIT_TEST(a_run_is_one);
  CPPUNIT_TEST(a_value_says_which_alternative);
  CPPUNIT_TEST(a_call_that_returned_something_else_is_no_step);
  CPPUNIT_TEST(what_is_not_watched_is_free);
  CPPUNIT_TEST(calls_on_other_files_do_not_count);
  CPPUNIT_TEST(what_is_missing_is_said);
  CPPUNIT_TEST(wrong_sightings_are_refused);
  CPPUNIT_TEST_SUITE_END();

 public:
  void a_run_is_one() {
    CPPUNIT_ASSERT_EQUAL(std::string("run 6/6"),
                         seen_in({"writer0 enter write",
                                  "writer0 enter look",
                                  "writer0 exit look -> 0",
                                  "writer0 enter is_valid",
                                  "writer0 exit is_valid -> 257",
                                  "writer0 exit write -> 0"}));
    CPPUNIT_ASSERT_EQUAL(std::string("none 3/4: writer0 write: check"),
                         seen_in({"writer0 enter write",
                                  "writer0 enter look",
                                  "writer0 enter is_valid",
                                  "writer0 exit is_valid -> 0"}));
  }

  void a_value_says_which_alternative() {
    const std::vector<std::string> stale{"kswapd enter drop of 7",
                                         "kswapd exit drop -> 1",
                                         "writer0 enter look",
                                         "writer0 exit look -> 0",
                                         "writer0 enter is_valid",
                                         "writer0 exit is_valid -> 0"};
    CPPUNIT_ASSERT_EQUAL(std::string("run 6/6"), seen_in(stale));
    auto fresh = stale;
    fresh.back() = "writer0 exit is_valid -> 1";
    CPPUNIT_ASSERT_EQUAL(std::string("none 5/6: writer0 write: check"), seen_in(fresh));
  }

  void a_call_that_returned_something_else_is_no_step() {
    CPPUNIT_ASSERT_EQUAL(std::string("run 0/0"),
                         seen_in({"kswapd enter drop of 7", "kswapd exit drop -> 0"}));
    CPPUNIT_ASSERT_EQUAL(std::string("none 3/4: kswapd reclaim: drop it"),
                         seen_in({"kswapd enter drop of 7",
                                  "kswapd exit drop -> 1",
                                  "kswapd enter drop of 7",
                                  "kswapd exit drop -> 1"}));
  }

  void what_is_not_watched_is_free() {
    const ir::Model model = model_of_a_write();
    Log log = log_of({"kswapd enter drop", "kswapd exit drop -> 1"});
    CPPUNIT_ASSERT_EQUAL(std::size_t{2},
                         observe(log, model, known_calls, known_places).observation.events.size());
    log.watched = {"look"};
    CPPUNIT_ASSERT(observe(log, model, known_calls, known_places).observation.events.empty());
  }

  void calls_on_other_files_do_not_count() {
    CPPUNIT_ASSERT_EQUAL(std::string("run 2/2"),
                         seen_in({"kswapd enter drop of 8",
                                  "kswapd exit drop -> 1",
                                  "kswapd enter drop of 7",
                                  "kswapd exit drop -> 1"}));
  }

  void what_is_missing_is_said() {
    CPPUNIT_ASSERT_EQUAL(std::string("line 6: writer0 leaves look, which it was not seen to enter"),
                         seen_in({"writer0 exit look -> 0"}));
    CPPUNIT_ASSERT_EQUAL(std::string("line 6: kworker is no process of the scenario, and enters "
                                     "iomap_writepages"),
                         seen_in({"kworker enter iomap_writepages of 7"}));
    CPPUNIT_ASSERT_EQUAL(std::string("line 6: writeback ends that nobody was seen to begin"),
                         seen_in({"- enter iomap_finish_ioend (atomic)"}));
  }

  void wrong_sightings_are_refused() {
    const auto refused = [](const std::string& entry) -> std::string {
      try {
        (void)read_sightings("s.json",
                             R"({"workers": [], "divergences": [], "takes_mapping": [], )"
                             R"("watched": [], "steps": {"a: b": )" +
                                 entry + "}}");
      } catch (const Refusal& refusal) {
        return refusal.what();
      }
      return "";
    };
    CPPUNIT_ASSERT_EQUAL(std::string("s.json: a: b: one of once, often, maybe, unseen is needed"),
                         refused("{}"));
    CPPUNIT_ASSERT_EQUAL(std::string("s.json: a: b: unknown key \"twice\""),
                         refused(R"({"twice": "f"})"));
    CPPUNIT_ASSERT_EQUAL(std::string("s.json: a: b: returns: \"x\" is no number"),
                         refused(R"({"once": "f", "returns": {"x": "*"}})"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ObserveTest);

} // namespace
} // namespace stalemate::reproduce
