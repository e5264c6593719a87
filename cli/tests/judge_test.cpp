#include "cli/judge.hpp"

#include "checker/builder/path.hpp"
#include "checker/search/explore.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

namespace stalemate::cli {
namespace {

using kernel::Expectation;
using kernel::Scenario;
using namespace stalemate::build; // NOLINT: the notation

// Counts to 3, a step at a time; the claim is that it never passes `limit`.
ir::Model counter(int limit) {
  build::Model m({"counter"}, "counter");
  const Place count = m.var("count", 0, 3);
  m.process("counter", "count", [&](Path& p) {
    const auto fn = p.function("count_up", "");
    p.label("again");
    p.step("is it enough?", when(count == 3).note("enough").ret(), when(count < 3).note("go on"));
    p.step("add one", then(count = count + 1).go("again"));
  });
  m.invariant("small", "the count stays small", {{count <= limit, "count"}});
  return m.finish();
}

// Two processes that take two locks, in opposite orders or not.
ir::Model locks(bool is_opposite) {
  build::Model m({"up", "down"}, "locks");
  const Lock a = m.lock("a");
  const Lock b = m.lock("b");
  for (const bool is_up : {true, false})
    m.process(is_up ? "up" : "down", is_up ? "up" : "down", [&](Path& p) {
      const auto fn = p.function("both", "");
      const bool is_ab = is_up || !is_opposite;
      p.step("take the first", take(is_ab ? a : b));
      p.step("take the second", take(is_ab ? b : a));
      p.step("release both", then(release(a), release(b)));
    });
  m.no_deadlock();
  return m.finish();
}

struct Search {
  ir::Model model;
  Result result;
  std::optional<Trace> trace;

  explicit Search(ir::Model of, const Limits& limits = {}) : model(std::move(of)) {
    Observer nobody;
    result = explore(compile(model), limits, nobody);
    if (!result.schedule.empty()) trace = replay(model, result);
  }
};

void expect(const std::string& expected, const Search& search, const Expectation& expectation) {
  Scenario scenario;
  scenario.expect = expectation;
  scenario.expect.stated = true;
  const auto found = surprises(scenario, search.model, search.result, search.trace);
  CPPUNIT_ASSERT_EQUAL(expected, fmt::format("{}", fmt::join(found, "; ")));
}

Expectation holds() {
  return {};
}
Expectation violated(const std::string& property) {
  Expectation expectation;
  expectation.outcome = Expectation::Outcome::violated;
  expectation.property = property;
  return expectation;
}
Expectation deadlock(std::vector<std::string> cycle) {
  Expectation expectation;
  expectation.outcome = Expectation::Outcome::deadlock;
  expectation.cycle = std::move(cycle);
  return expectation;
}

class JudgeTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(JudgeTest);
  CPPUNIT_TEST(verdicts_are_compared);
  CPPUNIT_TEST(a_question_expects_nothing);
  CPPUNIT_TEST(properties_are_compared);
  CPPUNIT_TEST(counts_are_compared_where_stated);
  CPPUNIT_TEST(executions_are_compared_where_stated);
  CPPUNIT_TEST(the_length_is_compared);
  CPPUNIT_TEST(the_trace_passes_steps_in_order);
  CPPUNIT_TEST(the_ring_of_a_deadlock_is_compared);
  CPPUNIT_TEST(a_run_for_ever_is_compared);
  CPPUNIT_TEST(a_proof_names_what_it_never_took);
  CPPUNIT_TEST(a_proof_instead_of_a_counterexample_names_what_it_never_took);
  CPPUNIT_TEST(an_incomplete_search_is_not_judged);
  CPPUNIT_TEST_SUITE_END();

  const Search holding_{counter(3)};
  const Search broken_{counter(2)};

 public:
  void verdicts_are_compared() {
    expect("", holding_, holds());
    expect("", broken_, violated("small"));
    expect("expected holds, found violated small", broken_, holds());
    expect("expected violated small, found holds", holding_, violated("small"));
    expect("expected deadlock, found holds", holding_, deadlock({"counter"}));
    expect("expected holds, found deadlock", Search(locks(true)), holds());
  }

  void a_question_expects_nothing() {
    const auto found = [](const Search& search) {
      return surprises(Scenario(), search.model, search.result, search.trace);
    };
    CPPUNIT_ASSERT(found(holding_).empty());
    CPPUNIT_ASSERT(found(broken_).empty());
  }

  void properties_are_compared() {
    expect("expected violated tidy, found violated small", broken_, violated("tidy"));
  }

  void counts_are_compared_where_stated() {
    Expectation exact = holds();
    exact.states = 8;
    exact.transitions = 7;
    exact.depth = 7;
    expect("", holding_, exact);
    exact.states = 9;
    expect("expected 9 states, found 8", holding_, exact);
    exact.transitions = 6;
    exact.depth = 8;
    expect("expected 9 states, found 8; expected 6 transitions, found 7; expected 8 depth, found 7",
           holding_,
           exact);
  }

  void executions_are_compared_where_stated() {
    Scenario scenario;
    scenario.expect.stated = true;
    const auto found = [&] {
      return fmt::format(
          "{}",
          fmt::join(surprises(scenario, holding_.model, holding_.result, holding_.trace, 7), "; "));
    };
    CPPUNIT_ASSERT_EQUAL(std::string(), found());
    scenario.expect.executions = 7;
    CPPUNIT_ASSERT_EQUAL(std::string(), found());
    scenario.expect.executions = 8;
    CPPUNIT_ASSERT_EQUAL(std::string("expected 8 executions, found 7"), found());
  }

  void the_length_is_compared() {
    Expectation exact = violated("small");
    exact.length = 6;
    expect("", broken_, exact);
    exact.length = 5;
    expect("expected 5 steps, found 6", broken_, exact);
  }

  void the_trace_passes_steps_in_order() {
    const std::string ask = "count_up: is it enough?";
    const std::string add = "count_up: add one";
    Expectation path = violated("small");
    path.through = {ask, add, ask, ask, add};
    expect("the trace does not pass \"count_up: is it enough?\" after \"count_up: is it enough?\"",
           broken_,
           [&] {
             Expectation longer = path;
             longer.through = {ask, ask, ask, ask};
             return longer;
           }());
    path.through = {ask, add, add, add};
    expect("", broken_, path);
    path.through = {add, add, add, ask};
    expect("the trace does not pass \"count_up: is it enough?\" after \"count_up: add one\"",
           broken_,
           path);
    path.through = {"count_up: rest"};
    expect("the trace does not pass \"count_up: rest\"", broken_, path);
  }

  void the_ring_of_a_deadlock_is_compared() {
    const Search search(locks(true));
    expect("", search, deadlock({"down", "up"}));
    expect("expected a deadlock of up, found one of down, up", search, deadlock({"up"}));
    Expectation path = deadlock({"down", "up"});
    path.length = 2;
    path.through = {"both: take the first", "both: take the first"};
    expect("", search, path);
    path.through = {"both: take the second"};
    expect("the trace does not pass \"both: take the second\"", search, path);
    expect("", Search(locks(false)), holds());
  }

  void a_run_for_ever_is_compared() {
    build::Model m({"p0", "p1"});
    const build::Lock lock = m.lock("lock");
    for (const char* name : {"p0", "p1"})
      m.process(name, "path", [&](build::Path& p) {
        const auto fn = p.function("f", "");
        p.label("again");
        p.step("take it", take(lock));
        p.step("drop it", build::then(release(lock)).go("again"));
      });
    m.progress();
    const Search search(m.finish());
    Expectation expectation;
    expectation.outcome = Expectation::Outcome::starvation;
    expectation.property = "progress";
    expect("", search, expectation);
    expectation.process = "p0";
    expectation.length = 0;
    expectation.loop = 2;
    expect("", search, expectation);
    expectation.process = "p1";
    expectation.loop = 4;
    expect("expected 4 steps in the loop, found 2; expected p1 to wait for ever, found p0",
           search,
           expectation);
    expectation.outcome = Expectation::Outcome::livelock;
    expect("expected livelock progress, found starvation progress", search, expectation);
    expectation.outcome = Expectation::Outcome::stuck;
    expect("expected stuck progress, found starvation progress", search, expectation);
    expect("expected holds, found starvation progress", search, holds());
  }

  void a_proof_names_what_it_never_took() {
    build::Model m({"p"}, "m");
    const Place x = m.var("x", 0, 1);
    m.process("p", "path", [&](Path& p) {
      const auto fn = p.function("f", "");
      p.step("choose", when(x == 0).note("low").ret(), when(x == 1).note("high").go("rare"));
      p.label("rare");
      p.step("rarely", then(x = 0));
    });
    const Search search(m.finish());
    const std::string step = "f: rarely";
    const std::string way = "f: choose / high";
    Expectation expectation = holds();
    expect("never taken: " + way + "; never taken: " + step, search, expectation);
    expectation.never_taken = {step, way};
    expect("", search, expectation);
    expectation.never_taken = {step, way, "f: choose / low"};
    expect("taken, but expected never to be: f: choose / low", search, expectation);
    expectation.never_taken = {step};
    expect("never taken: " + way, search, expectation);
  }

  void a_proof_instead_of_a_counterexample_names_what_it_never_took() {
    build::Model m({"p"}, "m");
    const Place x = m.var("x", 0, 1);
    m.process("p", "path", [&](Path& p) {
      const auto fn = p.function("f", "");
      p.step("choose", when(x == 0), when(x == 1).note("high"));
    });
    m.invariant("small", "x is small", {{x == 0, "x is {}"}});
    const Search search(m.finish());
    kernel::Scenario scenario;
    scenario.expect = violated("small");
    CPPUNIT_ASSERT((hints(scenario, search.model, search.result) ==
                    std::vector<std::string>{"never taken: f: choose / high"}));
    scenario.expect = holds();
    CPPUNIT_ASSERT(hints(scenario, search.model, search.result).empty());
  }

  void an_incomplete_search_is_not_judged() {
    Limits limits;
    limits.states_max = 3;
    expect("", Search(counter(3), limits), violated("small"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JudgeTest);

} // namespace
} // namespace stalemate::cli
