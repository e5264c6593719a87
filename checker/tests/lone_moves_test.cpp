#include "checker/reduce/ample.hpp"

#include "checker/builder/path.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"
#include "checker/search/reduced.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

using namespace stalemate;
using namespace stalemate::build;

/// Who may move alone, and states that are passed by because of that.
class LoneMovesTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LoneMovesTest);
  CPPUNIT_TEST(of_an_array_of_locks_the_one_that_is_held_is_known);
  CPPUNIT_TEST(what_is_not_enabled_is_in_nobodys_way);
  CPPUNIT_TEST(steps_that_concern_nobody_are_passed);
  CPPUNIT_TEST(steps_that_a_claim_looks_at_are_not);
  CPPUNIT_TEST(what_is_passed_breaks_nothing);
  CPPUNIT_TEST(a_deadlock_behind_them_is_found);
  CPPUNIT_TEST(a_schedule_has_every_step);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// Each adds under the lock that it has chosen, and looks at nothing in between.
  void of_an_array_of_locks_the_one_that_is_held_is_known() {
    Model m({"a", "b"});
    const Array locks = m.holders("lock", 2);
    const Array sums = m.array("sum", 2, 0, 2);
    for (const char* name : {"a", "b"})
      m.process(name, "adder", [&](Path& p) {
        const auto f = p.function("add", "f.c");
        const Place chosen = p.local("chosen", 0, 1);
        const Place seen = p.local("seen", 0, 2);
        p.step("choose", always().then(chosen = 0), always().then(chosen = 1));
        p.step("lock", take(m.lock(locks[chosen])));
        p.step("read", then(seen = sums[chosen]));
        p.step("write", then(sums[chosen] = min(seen + 1, 2)));
        p.step("unlock", then(release(m.lock(locks[chosen]))));
      });
    const ir::Model model = m.finish();
    const Result plain = explore(model, {});
    const Result reduced = explore(model, {.ample_sets = true});
    CPPUNIT_ASSERT(reduced.verdict == Verdict::holds);
    // Only choosing, locking and unlocking leave a choice of who is next.
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{105}, plain.counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{55}, reduced.counts.states);
  }

  /// The way back is never open, nor does anybody open it.
  void what_is_not_enabled_is_in_nobodys_way() {
    Model m({"a", "b"});
    const Array done = m.flags("done", 2);
    for (int i = 0; i < 2; ++i)
      m.process(i == 0 ? "a" : "b", "worker", [&](Path& p) {
        const auto f = p.function("work", "f.c");
        const Place tries = p.local("tries", 0, 1);
        p.label("again");
        p.step("look", when(tries == 1).go("again"), when(tries == 0));
        p.step("work", then(done[i] = true));
      });
    const ir::Model model = m.finish();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{9}, explore(model, {}).counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, explore(model, {.ample_sets = true}).counts.states);
  }

  void steps_that_concern_nobody_are_passed() {
    const ir::Model model = counters(false);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4 * 4}, explore(model, {}).counts.states);
    // Whoever moves first goes on to the end, and so does the other then.
    const Result reduced = explore(model, {.lone_moves = true});
    CPPUNIT_ASSERT(reduced.verdict == Verdict::holds);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, reduced.counts.states);
    for (const auto& steps : reduced.coverage.fired)
      for (const auto& alternatives : steps)
        CPPUNIT_ASSERT(alternatives.front() > 0);
  }

  void steps_that_a_claim_looks_at_are_not() {
    const Result result = explore(counters(true), {.lone_moves = true});
    CPPUNIT_ASSERT(result.verdict == Verdict::violated);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.schedule.size());
  }

  /// The last step of all breaks the claim, and is one that concerns no other process.
  void what_is_passed_breaks_nothing() {
    Model m({"a", "b"});
    const Place good = m.flag("good", true);
    m.process("a", "worker", [&](Path& p) {
      const auto f = p.function("work", "f.c");
      p.step("prepare", always());
      p.step("break it", then(good = false));
    });
    m.process("b", "idler", [&](Path& p) {
      const auto f = p.function("rest", "f.c");
      p.step("do nothing", always());
    });
    m.invariant("good", "all is good", {{good, "it is not"}});
    const Result result = explore(m.finish(), {.lone_moves = true});
    CPPUNIT_ASSERT(result.verdict == Verdict::violated);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.schedule.size());
  }

  void a_deadlock_behind_them_is_found() {
    Model m({"a", "b"});
    const Place never = m.flag("never", false);
    for (const char* name : {"a", "b"})
      m.process(name, "waiter", [&](Path& p) {
        const auto f = p.function("wait", "f.c");
        p.step("prepare", always());
        p.step("wait", always().wait(never, "what never comes"));
      });
    m.no_deadlock("no_deadlock", "nobody waits for ever");
    const ir::Model model = m.finish();
    Program program = compile(model);
    pass_lone_moves(program);
    const Result result = stalemate::explore(program);
    CPPUNIT_ASSERT(result.verdict == Verdict::deadlock);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.schedule.size());
    (void)replay(model, result);
  }

  /// What is found on a way of which states were passed by is a way of the model.
  void a_schedule_has_every_step() {
    int replayed = 0;
    for (std::uint64_t seed = 1; seed <= tests::amount(400, 10'000); ++seed) {
      const ir::Model model = tests::random_model(seed);
      Program program = compile(model);
      pass_lone_moves(program);
      if (seed % 2 == 0) find_ample_sets(program);
      Limits limits;
      limits.states_max = 20'000;
      Observer nobody;
      const Result result = stalemate::explore(program, limits, nobody);
      if (!has_counterexample(result.verdict) || !result.stranded.empty()) continue;
      (void)replay(model, result);
      ++replayed;
    }
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{}", replayed), replayed > 50);
  }

 private:
  static Result explore(const ir::Model& model, const Reductions& reductions) {
    Observer nobody;
    return explore_reduced(model, reductions, Limits(), nobody);
  }

  /// Two count to three, each for itself; may anybody see one?
  static ir::Model counters(bool is_claimed) {
    Model m({"a", "b"});
    const Array count = m.array("count", 2, 0, 3);
    for (int i = 0; i < 2; ++i)
      m.process(i == 0 ? "a" : "b", "counter", [&](Path& p) {
        const auto f = p.function("count", "f.c");
        for (int k = 1; k <= 3; ++k)
          p.step(fmt::format("to {}", k), then(count[i] = k));
      });
    if (is_claimed)
      m.invariant("not_both_at_one", "not both are at one", {{count[0] != 1 || count[1] != 1, ""}});
    return m.finish();
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoneMovesTest);
