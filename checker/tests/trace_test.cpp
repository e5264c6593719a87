#include "checker/result/trace.hpp"

#include "checker/search/explore.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

using namespace stalemate;
using namespace stalemate::build;
using tests::one_process;

class TraceTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(TraceTest);
  CPPUNIT_TEST(tells_what_decided_and_what_changed);
  CPPUNIT_TEST(shows_the_values_that_broke_an_invariant);
  CPPUNIT_TEST(ends_with_the_step_that_broke_an_assertion);
  CPPUNIT_TEST(ends_with_the_step_that_left_a_range);
  CPPUNIT_TEST(explains_who_waits_for_whom);
  CPPUNIT_TEST(a_process_can_wait_for_itself);
  CPPUNIT_TEST(who_waits_without_a_name_is_told_by_its_guards);
  CPPUNIT_TEST(a_wait_in_words_names_who_made_it_necessary);
  CPPUNIT_TEST(shared_holders_are_found);
  CPPUNIT_TEST(refuses_a_schedule_that_does_not_fit);
  CPPUNIT_TEST(refuses_an_end_that_breaks_nothing);
  CPPUNIT_TEST(refuses_a_loop_that_is_unfair);
  CPPUNIT_TEST(only_warnings_are_latent);
  CPPUNIT_TEST_SUITE_END();

 public:
  void tells_what_decided_and_what_changed() {
    const ir::Model model = broken_pair();
    const Trace trace = replay(model, explore(compile(model)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, trace.steps.size());
    CPPUNIT_ASSERT_EQUAL(std::string("[] x: 0 -> 2, y: 0 -> 1"), text(model, trace.steps[0]));
    // The constant, the lock and the location are not worth telling; nor is z, which keeps 0.
    CPPUNIT_ASSERT_EQUAL(std::string("[x 2] lock: 0 -> 1, y: 1 -> 3"), text(model, trace.steps[1]));
  }

  void shows_the_values_that_broke_an_invariant() {
    const ir::Model model = broken_pair();
    const Trace trace = replay(model, explore(compile(model)));
    CPPUNIT_ASSERT(trace.verdict == Verdict::violated);
    CPPUNIT_ASSERT_EQUAL(std::string("x is 2 and y 3"), trace.broken);
    CPPUNIT_ASSERT_EQUAL(std::string("x 2, y 3"), text(model, trace.values));
  }

  void ends_with_the_step_that_broke_an_assertion() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      const Claim claim = m.assertion("small", "x is small");
      return [=](Path& p) {
        p.step("count", then(x = 2));
        p.step("check", always().check(claim, x < 2, "too large").then(x = 0));
      };
    });
    const Trace trace = replay(model, explore(compile(model)));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, trace.steps.size());
    CPPUNIT_ASSERT(trace.steps[1].changes.empty());
    CPPUNIT_ASSERT_EQUAL(std::string("too large"), trace.broken);
    CPPUNIT_ASSERT_EQUAL(std::string("x 2"), text(model, trace.values));
  }

  void ends_with_the_step_that_left_a_range() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 2, 2);
      return [=](Path& p) { p.step("advance", then(x = x + 1)); };
    });
    const Trace trace = replay(model, explore(compile(model)));
    CPPUNIT_ASSERT_EQUAL(std::string("p: f: \"advance\": x becomes 3, its range is 0..2"),
                         trace.reason);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, trace.steps.size());
  }

  void explains_who_waits_for_whom() {
    const ir::Model model = tests::philosophers(3, tests::Manners::left_first);
    const Trace trace = replay(model, explore(compile(model)));
    CPPUNIT_ASSERT(trace.verdict == Verdict::deadlock);
    CPPUNIT_ASSERT((trace.cycle == std::vector<int>{0, 1, 2}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, trace.blocked.size());
    CPPUNIT_ASSERT_EQUAL(std::string("0 at 1: fork[1], held by 1 since 1"), text(trace.blocked[0]));
    CPPUNIT_ASSERT_EQUAL(std::string("2 at 1: fork[0], held by 0 since 0"), text(trace.blocked[2]));
  }

  void a_process_can_wait_for_itself() {
    const ir::Model model = one_process([](Model& m) {
      const Lock lock = m.lock("lock");
      m.no_deadlock();
      return [=](Path& p) {
        p.step("take", take(lock));
        p.step("take again", take(lock));
      };
    });
    const Trace trace = replay(model, explore(compile(model)));
    CPPUNIT_ASSERT((trace.cycle == std::vector<int>{0}));
    CPPUNIT_ASSERT_EQUAL(std::string("0 at 1: lock, held by 0 since 0"), text(trace.blocked[0]));
  }

  void who_waits_without_a_name_is_told_by_its_guards() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      m.no_deadlock();
      return [=](Path& p) { p.step("wait", when(x == 2), when(x == 3).wait(x == 1, "one")); };
    });
    const Trace trace = replay(model, explore(compile(model)));
    CPPUNIT_ASSERT_EQUAL(std::string("0 at 0: x == 2 or x == 3"), text(trace.blocked[0]));
    CPPUNIT_ASSERT(trace.cycle.empty());
  }

  void a_wait_in_words_names_who_made_it_necessary() {
    Model m({"a", "b"});
    const Place busy = m.flag("busy");
    const Place never = m.flag("never");
    m.process("a", "a", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("look", when(busy));
      p.step("wait", always().wait(!busy, "the other to be done", 2));
    });
    m.process("b", "b", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("start", then(busy = true));
      p.step("wait", always().wait(never, "what never comes").then(busy = false));
    });
    m.no_deadlock();
    const ir::Model model = m.finish();
    const Trace trace = replay(model, explore(compile(model)));
    CPPUNIT_ASSERT_EQUAL(std::string("0 at 1: the other to be done, held by 1 since 0"),
                         text(trace.blocked.at(0)));
    CPPUNIT_ASSERT_EQUAL(std::string("1 at 1: what never comes"), text(trace.blocked.at(1)));
  }

  void shared_holders_are_found() {
    Model m({"reader", "writer"});
    const SharedLock lock = m.shared_lock("lock");
    const Place never = m.flag("never");
    m.process("reader", "reader", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("take shared", take_shared(lock));
      p.step("wait", always().wait(never, "what never comes"));
    });
    m.process("writer", "writer", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("let the reader in", when(lock.readers[0]));
      p.step("take", take(lock));
    });
    m.no_deadlock();
    const ir::Model model = m.finish();
    const Trace trace = replay(model, explore(compile(model)));
    CPPUNIT_ASSERT_EQUAL(std::string("1 at 1: lock, held by 0 since 0"), text(trace.blocked.at(1)));
  }

  void refuses_a_schedule_that_does_not_fit() {
    const ir::Model model = tests::philosophers(2, tests::Manners::left_first);
    Result result = explore(compile(model));
    const auto refusal = [&](const Schedule& schedule) {
      result.schedule = schedule;
      return message([&] { (void)replay(model, result); });
    };
    CPPUNIT_ASSERT_EQUAL(
        std::string("step 2 of the trace: philosopher1: dine: \"take the first fork\": alternative "
                    "1 does not exist"),
        refusal({{0, 0}, {1, 1}}));
    CPPUNIT_ASSERT_EQUAL(
        std::string("step 3 of the trace: philosopher0: dine: \"take the second fork\": "
                    "alternative 0 is not enabled"),
        refusal({{0, 0}, {1, 0}, {0, 0}}));
    CPPUNIT_ASSERT_EQUAL(std::string("step 1 of the trace: the model has no process 2"),
                         refusal({{2, 0}}));
    CPPUNIT_ASSERT_EQUAL(std::string("step 1 of the trace: the model has no process -1"),
                         refusal({{-1, 0}}));
    CPPUNIT_ASSERT_EQUAL(std::string("at the end of the trace philosopher0 can go on"),
                         refusal({{0, 0}}));
  }

  void refuses_an_end_that_breaks_nothing() {
    const ir::Model model = tests::philosophers(2, tests::Manners::left_first);
    Result result;
    result.verdict = Verdict::violated;
    result.property = 0;
    result.part = 0;
    const auto refusal = [&] { return message([&] { (void)replay(model, result); }); };
    CPPUNIT_ASSERT_EQUAL(std::string("neighbours_take_turns holds at the end of the trace"),
                         refusal());
    result.part = 7;
    CPPUNIT_ASSERT_EQUAL(std::string("neighbours_take_turns has no part 7"), refusal());
    result.property = 9;
    CPPUNIT_ASSERT_EQUAL(std::string("the model has no property 9"), refusal());
    result.verdict = Verdict::model_error;
    result.schedule = {{0, 0}};
    CPPUNIT_ASSERT_EQUAL(std::string("step 1 of the trace: there is no error of the model"),
                         refusal());
    result.verdict = Verdict::deadlock;
    result.property = 0;
    CPPUNIT_ASSERT_EQUAL(std::string("neighbours_take_turns does not speak of deadlocks"),
                         refusal());
    result.verdict = Verdict::holds;
    CPPUNIT_ASSERT_EQUAL(std::string("there is no counterexample to replay: holds"), refusal());
  }

  /// Whoever could always go on, and never does, is owed that.
  void refuses_a_loop_that_is_unfair() {
    Model m({"p", "q"});
    const Place x = m.flag("x");
    const Place met = m.flag("met");
    m.process("p", "turns", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.label("again");
      p.step("turn", then(x = 1 - x).go("again"));
    });
    m.process("q", "meets", [&](Path& p) {
      const auto f = p.function("g", "f.c");
      p.step("meet", then(met = true));
    });
    m.eventually("comes", "it is met", met);
    const ir::Model model = m.finish();
    Result result;
    result.verdict = Verdict::starvation;
    result.property = 0;
    result.loop = {{0, 0}, {0, 0}};
    CPPUNIT_ASSERT_EQUAL(std::string("the run is unfair to q, which could go on"),
                         message([&] { (void)replay(model, result); }));
  }

  void only_warnings_are_latent() {
    for (const bool is_warning : {false, true}) {
      const ir::Model model = one_process([&](Model& m) {
        const Claim claim = m.assertion("never", "it does not come to that", is_warning);
        return [=](Path& p) { p.step("check", always().check(claim, false, "it does")); };
      });
      Result result;
      result.property = 0;
      result.schedule = {{0, 0}};
      result.verdict = is_warning ? Verdict::latent : Verdict::violated;
      CPPUNIT_ASSERT_EQUAL(std::string("it does"), replay(model, result).broken);
      result.verdict = is_warning ? Verdict::violated : Verdict::latent;
      CPPUNIT_ASSERT_THROW((void)replay(model, result), ReplayError);
    }
  }

 private:
  static ir::Model broken_pair() {
    Model m({"p"});
    const Place x = m.var("x", 0, 3);
    const Place y = m.var("y", 0, 3);
    const Place z = m.var("z", 0, 3);
    const Place size = m.var("size", 0, 3, 1);
    const Lock lock = m.lock("lock");
    m.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("first", then(x = 2, y = x - 1));
      p.step("second", when(x > size && lock.holder == 0).take(lock).then(z = 0, y = 3));
    });
    m.invariant("pair",
                "they fit",
                {{z < 3, "the first part"}, {x + y < 5, Sentence("x is {} and y {}", {x, y})}});
    return m.finish();
  }

  template <typename Action>
  static std::string message(const Action& action) {
    try {
      action();
    } catch (const ReplayError& error) {
      return error.what();
    }
    return "accepted";
  }

  static std::string name(const ir::Model& model, const ir::Cell& cell) {
    return ir::cell_name(model.variables[static_cast<std::size_t>(cell.variable)], cell.index);
  }

  static std::string text(const ir::Model& model, const std::vector<Seen>& seen) {
    std::string all;
    for (const Seen& one : seen)
      all += fmt::format("{}{} {}", all.empty() ? "" : ", ", name(model, one.cell), one.value);
    return all;
  }

  static std::string text(const ir::Model& model, const TraceStep& step) {
    std::string all;
    for (const Change& change : step.changes)
      all += fmt::format("{} {}: {} -> {}",
                         all.empty() ? "" : ",",
                         name(model, change.cell),
                         change.before,
                         change.after);
    return "[" + text(model, step.seen) + "]" + all;
  }

  static std::string text(const Blocked& blocked) {
    std::string all = fmt::format("{} at {}: {}", blocked.process, blocked.step, blocked.what);
    for (const Blocked::Holder& holder : blocked.holders)
      all += fmt::format(", held by {} since {}", holder.process, holder.since);
    return all;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TraceTest);
