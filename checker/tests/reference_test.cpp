#include "checker/audit/reference.hpp"

#include "checker/audit/reference_runs.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>

using namespace stalemate;
using namespace stalemate::build;
using tests::Announces;
using tests::Manners;

namespace {

/// As if combine() had taken what was written for something else.
Expr folded_to(const Expr& something_else, const Expr& written) {
  ir::Expression e = *something_else.node();
  e.written = written.node();
  return Expr(std::make_shared<const ir::Expression>(e));
}

} // namespace

class ReferenceTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ReferenceTest);
  CPPUNIT_TEST(counts_what_can_be_counted_by_hand);
  CPPUNIT_TEST(finds_what_is_known_to_be_broken);
  CPPUNIT_TEST(gives_no_verdict_beyond_its_limit);
  CPPUNIT_TEST(does_not_trust_what_a_claim_was_folded_to);
  CPPUNIT_TEST(does_not_trust_what_a_step_was_folded_to);
  CPPUNIT_TEST(does_not_trust_what_a_goal_was_folded_to);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// Two processes of n steps each that do not touch each other: (n + 1)^2 states, 2n(n + 1)
  /// transitions, depth 2n.
  void counts_what_can_be_counted_by_hand() {
    Model m({"p0", "p1"});
    for (const char* name : {"p0", "p1"}) {
      m.process(name, "path", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        for (const char* phrase : {"one", "two", "three"})
          p.step(phrase, always());
      });
    }
    const Result result = explore_plainly(m.finish());
    CPPUNIT_ASSERT(result.verdict == Verdict::holds);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{16}, result.counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{24}, result.counts.transitions);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{6}, result.counts.depth);
  }

  void finds_what_is_known_to_be_broken() {
    CPPUNIT_ASSERT(explore_plainly(tests::peterson(Announces::interest)).verdict == Verdict::holds);
    CPPUNIT_ASSERT(explore_plainly(tests::peterson(Announces::turn)).verdict == Verdict::violated);
    const Result dinner = explore_plainly(tests::philosophers(4, Manners::left_first));
    CPPUNIT_ASSERT(dinner.verdict == Verdict::deadlock);
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, dinner.schedule.size());
  }

  void gives_no_verdict_beyond_its_limit() {
    const ir::Model model = tests::philosophers(4, Manners::last_is_odd);
    CPPUNIT_ASSERT(explore_plainly(model, 80).verdict == Verdict::holds);
    CPPUNIT_ASSERT(explore_plainly(model, 79).verdict == Verdict::incomplete);
  }

  void does_not_trust_what_a_claim_was_folded_to() {
    const ir::Model model = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      m.invariant("small", "x is small", {{folded_to(true, x < 3), "x is large"}});
      return [=](Path& p) { p.step("grow", then(x = 3)); };
    });
    CPPUNIT_ASSERT(explore(compile(model)).verdict == Verdict::holds);
    CPPUNIT_ASSERT(explore_plainly(model).verdict == Verdict::violated);
  }

  /// The guard, what is waited for, what is assigned and where, and a check.
  void does_not_trust_what_a_step_was_folded_to() {
    const auto differs = [](const auto& record) {
      const ir::Model model = tests::one_process([&](Model& m) {
        const Place x = m.var("x", 0, 3);
        const Array a = m.flags("a", 2);
        const Claim claim = m.assertion("zero", "x is 0");
        return [=](Path& p) {
          record(p, x, a, claim);
          p.step("check", always().check(claim, x == 0 && !a[1], "it is not"));
        };
      });
      const Result fast = explore(compile(model));
      return fast.verdict != explore_plainly(model).verdict ||
             fast.counts.states != explore_plainly(model).counts.states;
    };
    CPPUNIT_ASSERT(!differs(
        [](Path& p, const Place&, const Array&, const Claim&) { p.step("go", always()); }));
    CPPUNIT_ASSERT(differs([](Path& p, const Place& x, const Array&, const Claim&) {
      p.step("go", when(folded_to(true, x == 1)));
    }));
    CPPUNIT_ASSERT(differs([](Path& p, const Place& x, const Array&, const Claim&) {
      p.step("go", always().wait(folded_to(true, x == 1), "x to be 1"));
    }));
    CPPUNIT_ASSERT(differs([](Path& p, const Place& x, const Array&, const Claim&) {
      p.step("go", then(x = folded_to(0, x + 1)));
    }));
    CPPUNIT_ASSERT(differs([](Path& p, const Place&, const Array& a, const Claim&) {
      p.step("go", then(a[folded_to(0, 1)] = 1));
    }));
    CPPUNIT_ASSERT(differs([](Path& p, const Place& x, const Array&, const Claim& claim) {
      p.step("go", always().check(claim, folded_to(true, x != 0), "x is 0"));
    }));
  }

  void does_not_trust_what_a_goal_was_folded_to() {
    const auto judged = [](const Expr& cause, const Expr& goal) {
      return tests::one_process([&](Model& m) {
        m.leads_to("goal", "it is met", cause, goal);
        return [](Path& p) { p.step("go", always()); };
      });
    };
    const auto of = [&](const Expr& cause, const Expr& goal) {
      return judge_runs_plainly(judged(cause, goal), 100)->verdict;
    };
    CPPUNIT_ASSERT(of(true, true) == Verdict::holds);
    CPPUNIT_ASSERT(of(true, folded_to(true, false)) == Verdict::violated);
    CPPUNIT_ASSERT(of(folded_to(false, true), false) == Verdict::violated);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReferenceTest);
