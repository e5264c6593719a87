#include "checker/observe/fit.hpp"

#include "checker/builder/path.hpp"
#include "checker/language/parse.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

using namespace stalemate;
using namespace stalemate::build;
using namespace stalemate::observe;

namespace {

/// Two processes that add to a counter under a lock; the second may give up instead.
ir::Model adders() {
  build::Model m({"a", "b"});
  const Lock lock = m.lock("lock");
  const Place sum = m.var("sum", 0, 3);
  const auto adds = [&](const std::string& name, int what, bool may_give_up) {
    m.process(name, name, [&](Path& p) {
      const auto f = p.function("add", "add.c");
      if (may_give_up)
        p.step("take it", take(lock), always().note("give up").ret());
      else
        p.step("take it", take(lock));
      p.step("add", then(sum = what == 1 ? sum + 1 : select(sum == 0, Expr(2), Expr(3))));
      p.step("drop it", then(release(lock)));
    });
  };
  adds("a", 1, false);
  adds("b", 2, true);
  return m.finish();
}

/// Calls of each process: its lock and its sum are seen.
Observation calls_of(Times times) {
  Observation o;
  o.calls = {{"a locks", times, {{{0, 0, 0}}}},
             {"b locks", times, {{{1, 0, 0}}, {{1, 0, 1}}}},
             {"a adds", times, {{{0, 1, 0}}}}};
  return o;
}

} // namespace

class FitTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(FitTest);
  CPPUNIT_TEST(calls_that_overlap_may_happen_in_either_order);
  CPPUNIT_TEST(an_order_that_was_seen_must_be_possible);
  CPPUNIT_TEST(what_a_call_returned_says_which_way_it_took);
  CPPUNIT_TEST(a_step_that_can_be_seen_does_not_happen_unseen);
  CPPUNIT_TEST(once_often_and_maybe);
  CPPUNIT_TEST(the_end_counts);
  CPPUNIT_TEST(a_limit_is_no_answer);
  CPPUNIT_TEST_SUITE_END();

  static Event begins(int call, int meaning = 0) { return {"begin", {{call, meaning}}, {}}; }
  static Event ends(int call) { return {"end", {}, {call}}; }

  static std::string said(const Observation& observation, const std::string& ending = "") {
    const ir::Model model = adders();
    const auto goal =
        ending.empty() ? nullptr : language::parse_condition({model, ir::none, true}, ending);
    const Fit found = fit(model, observation, goal, Limits{});
    if (found.answer == Fit::Answer::incomplete) return found.reason;
    std::string text = found.answer == Fit::Answer::run ? "run" : "none";
    text += fmt::format(" {} of {}", found.possible, observation.events.size());
    for (const int call : owed(found, observation))
      text += ": " + observation.calls[static_cast<std::size_t>(call)].name;
    return text;
  }

 public:
  void calls_that_overlap_may_happen_in_either_order() {
    for (const int first : {0, 1}) {
      Observation o = calls_of(Times::once);
      o.events = {begins(first), begins(1 - first), begins(2), ends(2), ends(0), ends(1)};
      CPPUNIT_ASSERT_EQUAL(std::string("run 6 of 6"), said(o, "sum == 3"));
    }
  }

  void an_order_that_was_seen_must_be_possible() {
    Observation o = calls_of(Times::once);
    o.events = {begins(2), ends(2), begins(0), ends(0)}; // It adds before it has the lock.
    CPPUNIT_ASSERT_EQUAL(std::string("none 1 of 4: a adds"), said(o));
  }

  void what_a_call_returned_says_which_way_it_took() {
    Observation o = calls_of(Times::once);
    o.events = {begins(1, 1), ends(1)};
    CPPUNIT_ASSERT_EQUAL(std::string("run 2 of 2"), said(o, "done(b) && sum == 0"));
    CPPUNIT_ASSERT_EQUAL(std::string("none 2 of 2"), said(o, "sum == 2"));
  }

  void a_step_that_can_be_seen_does_not_happen_unseen() {
    Observation o = calls_of(Times::maybe);
    o.events = {begins(1), ends(1)};
    CPPUNIT_ASSERT_EQUAL(std::string("run 2 of 2"), said(o, "sum == 2"));
    CPPUNIT_ASSERT_EQUAL(std::string("none 2 of 2"), said(o, "sum == 1"));
  }

  void once_often_and_maybe() {
    for (const auto& [times, answer] : {std::pair{Times::once, "none 1 of 2: a adds"},
                                        {Times::often, "none 1 of 2: a adds"},
                                        {Times::maybe, "run 2 of 2"}}) {
      Observation o = calls_of(times);
      o.events = {begins(2), ends(2)};
      CPPUNIT_ASSERT_EQUAL(std::string(answer), said(o));
    }
    // One call for the steps of two processes.
    for (const auto& [times, answer] : {std::pair{Times::once, "none 2 of 2"},
                                        {Times::often, "run 2 of 2"},
                                        {Times::maybe, "run 2 of 2"}}) {
      Observation o;
      o.calls = {{"they add", times, {{{0, 1, 0}, {1, 1, 0}}}}};
      o.events = {begins(0), ends(0)};
      CPPUNIT_ASSERT_EQUAL(std::string(answer), said(o, "sum == 3"));
    }
  }

  void the_end_counts() {
    Observation o = calls_of(Times::maybe);
    o.events = {begins(0), begins(1, 1), begins(2), ends(2), ends(1), ends(0)};
    CPPUNIT_ASSERT_EQUAL(std::string("run 6 of 6"), said(o, "done(a) && done(b) && sum == 1"));
    CPPUNIT_ASSERT_EQUAL(std::string("none 6 of 6"), said(o, "done(a) && done(b) && sum == 0"));
  }

  void a_limit_is_no_answer() {
    Observation o = calls_of(Times::once);
    o.events = {begins(0), ends(0)};
    Limits limits;
    limits.states_max = 2;
    const Fit found = fit(adders(), o, nullptr, limits);
    CPPUNIT_ASSERT(found.answer == Fit::Answer::incomplete);
    CPPUNIT_ASSERT_EQUAL(std::string("the limit of 2 states is reached"), found.reason);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FitTest);
