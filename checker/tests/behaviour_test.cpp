#include "checker/inquiry/behaviour.hpp"

#include "checker/builder/path.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>

using namespace stalemate;
using namespace stalemate::build;

class BehaviourTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(BehaviourTest);
  CPPUNIT_TEST(all_states_and_ways);
  CPPUNIT_TEST(too_many_states_have_no_behaviour);
  CPPUNIT_TEST(what_is_not_seen_makes_no_difference);
  CPPUNIT_TEST(a_new_decision_of_another_is_told);
  CPPUNIT_TEST(less_is_no_more);
  CPPUNIT_TEST(an_end_that_was_none_is_told);
  CPPUNIT_TEST(what_may_have_happened_is_remembered);
  CPPUNIT_TEST(a_limit_ends_the_comparison);
  CPPUNIT_TEST_SUITE_END();

  /// "a" does what `record` says to x; "b" looks at x twice.
  static ir::Model watched(const std::function<void(Path&, const Place&)>& record) {
    Model m({"a", "b"});
    const Place x = m.var("x", 0, 3);
    m.process("a", "acts", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      record(p, x);
    });
    m.process("b", "looks", [&](Path& p) {
      const auto f = p.function("g", "g.c");
      for (const char* name : {"first", "second"})
        p.step(name, when(x == 0), when(x == 1), when(x >= 2));
    });
    return m.finish();
  }

  /// Only "b" is seen.
  static Visible seen_of_b(const ir::Model& model, const Behaviour& behaviour) {
    Visible seen;
    for (const AlternativeName& way : behaviour.ways()) {
      const auto& process = model.processes[static_cast<std::size_t>(way.process)];
      const auto& step = process.steps[static_cast<std::size_t>(way.step)];
      seen.push_back(process.name == "b" ? fmt::format("{} {}", step.phrase, way.alternative) : "");
    }
    return seen;
  }

  static std::string told(const ir::Model& one, const ir::Model& other, std::size_t work = 1000) {
    const auto a = behaviour_of(one, 1000);
    const auto b = behaviour_of(other, 1000);
    CPPUNIT_ASSERT(a && b);
    const Divergence found = divergence(*a, seen_of_b(one, *a), *b, seen_of_b(other, *b), work);
    const std::string seen = fmt::format("{}", fmt::join(found.seen, ", "));
    switch (found.kind) {
    case Divergence::Kind::none:
      return "nothing";
    case Divergence::Kind::step:
      return "step: " + seen;
    case Divergence::Kind::end:
      return "end: " + seen;
    case Divergence::Kind::too_large:
      return "too large";
    }
    return "";
  }

  static void once(Path& p, const Place& x) { p.step("set", then(x = 1)); }
  static void twice(Path& p, const Place& x) {
    p.step("set", then(x = 1));
    p.step("again", then(x = 2));
  }

 public:
  void all_states_and_ways() {
    const auto behaviour = behaviour_of(watched(once), 1000);
    CPPUNIT_ASSERT(behaviour);
    // "a" before and behind its step, "b" at three places.
    CPPUNIT_ASSERT_EQUAL(std::size_t{6}, behaviour->size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, behaviour->from(0).size());
  }

  void too_many_states_have_no_behaviour() {
    CPPUNIT_ASSERT(behaviour_of(watched(once), 6));
    CPPUNIT_ASSERT(!behaviour_of(watched(once), 5));
  }

  /// A step more, as long as nobody can see that it is there.
  void what_is_not_seen_makes_no_difference() {
    const auto slow = [](Path& p, const Place& x) {
      p.step("think", always());
      p.step("set", then(x = 1));
      p.step("set it again", then(x = 1));
    };
    CPPUNIT_ASSERT_EQUAL(std::string("nothing"), told(watched(slow), watched(once)));
    CPPUNIT_ASSERT_EQUAL(std::string("nothing"), told(watched(once), watched(slow)));
  }

  void a_new_decision_of_another_is_told() {
    CPPUNIT_ASSERT_EQUAL(std::string("step: first 2"), told(watched(twice), watched(once)));
  }

  void less_is_no_more() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("nothing"),
        told(watched(once), watched([](Path& p, const Place& x) {
               p.step("set or not", always().note("set").then(x = 1), always().note("not"));
             })));
    CPPUNIT_ASSERT_EQUAL(std::string("nothing"), told(watched(once), watched(twice)));
  }

  /// Who waits for "a" waits for ever.
  void an_end_that_was_none_is_told() {
    const auto waiting = [](bool sets) {
      Model m({"a", "b"});
      const Place x = m.flag("x");
      m.process("a", "acts", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        p.step("set", then(x = sets ? 1 : 0));
      });
      m.process("b", "waits", [&](Path& p) {
        const auto f = p.function("g", "g.c");
        p.step("begin", always());
        p.step("wait", always().wait(x == 1, "x"));
      });
      return m.finish();
    };
    CPPUNIT_ASSERT_EQUAL(std::string("end: begin 0"), told(waiting(false), waiting(true)));
    CPPUNIT_ASSERT_EQUAL(std::string("step: begin 0, wait 0"), told(waiting(true), waiting(false)));
  }

  /// Each decision alone was there before, one behind the other was not.
  void what_may_have_happened_is_remembered() {
    const auto back = [](Path& p, const Place& x) {
      p.step("set", then(x = 1));
      p.step("take it back", then(x = 0));
    };
    const auto either = [](Path& p, const Place& x) {
      p.step("set or not", always().note("set").then(x = 1), always().note("not"));
    };
    CPPUNIT_ASSERT_EQUAL(std::string("step: first 1, second 0"),
                         told(watched(back), watched(either)));
    CPPUNIT_ASSERT_EQUAL(std::string("nothing"), told(watched(either), watched(back)));
  }

  void a_limit_ends_the_comparison() {
    CPPUNIT_ASSERT_EQUAL(std::string("too large"), told(watched(once), watched(once), 5));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BehaviourTest);
