#include "checker/search/explore.hpp"

#include "checker/audit/reference.hpp"
#include "checker/audit/reference_runs.hpp"
#include "checker/result/trace.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/figures.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>

using namespace stalemate;
using namespace stalemate::build;
using tests::Announces;
using tests::Manners;
using tests::one_process;

class ExploreTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ExploreTest);
  CPPUNIT_TEST(agrees_with_the_plain_checker_on_random_models);
  CPPUNIT_TEST(finds_every_state_of_the_philosophers);
  CPPUNIT_TEST(finds_the_deadlock_of_the_philosophers);
  CPPUNIT_TEST(proves_peterson_and_breaks_it_the_wrong_way_round);
  CPPUNIT_TEST(looks_at_the_initial_state);
  CPPUNIT_TEST(a_deadlock_in_a_level_comes_before_what_breaks_on_the_way_to_the_next);
  CPPUNIT_TEST(an_assertion_breaks_with_the_last_step);
  CPPUNIT_TEST(leaving_a_range_is_an_error_of_the_model);
  CPPUNIT_TEST(a_broken_rule_of_the_model_is_an_error_of_the_model);
  CPPUNIT_TEST(a_daemon_at_rest_is_no_deadlock);
  CPPUNIT_TEST(without_the_claim_a_deadlock_is_no_error);
  CPPUNIT_TEST(a_limit_of_states_is_noticed_one_too_late);
  CPPUNIT_TEST(a_limit_of_depth_is_noticed_one_too_late);
  CPPUNIT_TEST(a_limit_of_memory_gives_no_verdict);
  CPPUNIT_TEST(time_and_interrupts_give_no_verdict);
  CPPUNIT_TEST(a_claim_that_breaks_before_the_limit_is_found);
  CPPUNIT_TEST(counts_every_alternative);
  CPPUNIT_TEST(reports_progress);
  CPPUNIT_TEST(gives_the_same_result_every_time);
  CPPUNIT_TEST_SUITE_END();

 public:
  void agrees_with_the_plain_checker_on_random_models() {
    int compared = 0;
    int stranded = 0;
    for (std::uint64_t seed = 1; seed <= tests::amount(2000, 10'000); ++seed) {
      const ir::Model model = tests::random_model(seed);
      const Result plain = explore_plainly(model, 1000);
      if (plain.verdict == Verdict::incomplete) continue;
      const Result result = explore(compile(model));
      if (plain.verdict == Verdict::holds && claims_no_deadlock(model)) {
        if (const auto length = lost_after_plainly(model, 1000)) {
          CPPUNIT_ASSERT_MESSAGE(summary(seed, result), !result.stranded.empty());
          CPPUNIT_ASSERT_EQUAL_MESSAGE(summary(seed, result), *length, result.schedule.size());
          (void)replay(model, result);
          ++stranded;
          continue;
        }
      }
      CPPUNIT_ASSERT_EQUAL(summary(seed, plain), summary(seed, result));
      if (result.verdict == Verdict::holds)
        CPPUNIT_ASSERT_MESSAGE(summary(seed, plain), plain.coverage.fired == result.coverage.fired);
      else
        (void)replay(model, result);
      ++compared;
      tests::count_figure("models_reference");
    }
    CPPUNIT_ASSERT(compared > 1400);
    CPPUNIT_ASSERT_MESSAGE(std::to_string(stranded), stranded > 20);
  }

  /// With one philosopher who starts on the other side there are 3^n - 1 states.
  void finds_every_state_of_the_philosophers() {
    check("holds: 8 states, 10 transitions, depth 4", philosophers(2));
    check("holds: 26 states, 51 transitions, depth 7", philosophers(3));
    check("holds: 80 states, 212 transitions, depth 10", philosophers(4));
    check("holds: 242 states, 805 transitions, depth 13", philosophers(5));
    check("holds: 728 states, 2910 transitions, depth 16", philosophers(6));
    check("holds: 2186 states, 10199 transitions, depth 19", philosophers(7));
  }

  void finds_the_deadlock_of_the_philosophers() {
    for (int count = 2; count <= 7; ++count) {
      const Result result = explore(compile(tests::philosophers(count, Manners::left_first)));
      CPPUNIT_ASSERT(result.verdict == Verdict::deadlock);
      CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(count), result.schedule.size());
      CPPUNIT_ASSERT_EQUAL(1, result.property);
    }
  }

  void proves_peterson_and_breaks_it_the_wrong_way_round() {
    check("holds: 20 states, 34 transitions, depth 6", tests::peterson(Announces::interest));
    const Result broken = explore(compile(tests::peterson(Announces::turn)));
    CPPUNIT_ASSERT(broken.verdict == Verdict::violated);
    CPPUNIT_ASSERT_EQUAL(0, broken.property);
    CPPUNIT_ASSERT_EQUAL(0, broken.part);
    CPPUNIT_ASSERT_EQUAL(std::size_t{6}, broken.schedule.size());
  }

  void looks_at_the_initial_state() {
    Model m({"p"});
    const Place x = m.var("x", 0, 1, 1);
    m.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("go", then(x = 0));
    });
    m.invariant("zero", "x is 0", {{true, "this holds"}, {x == 0, "x"}});
    const Result result = explore(compile(m.finish()));
    CPPUNIT_ASSERT(result.verdict == Verdict::violated);
    CPPUNIT_ASSERT_EQUAL(1, result.part);
    CPPUNIT_ASSERT(result.schedule.empty());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, result.counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, result.counts.depth);
  }

  /// Alternative 0 leads to a state in which something breaks one step later, alternative 1 to a
  /// deadlock. Both states are in one level, and the former is expanded first.
  void a_deadlock_in_a_level_comes_before_what_breaks_on_the_way_to_the_next() {
    for (const bool by_invariant : {true, false}) {
      Model m({"p"});
      const Place x = m.var("x", 0, 3);
      Claim claim;
      if (!by_invariant) claim = m.assertion("never", "this is not reached");
      m.process("p", "path", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        p.step("choose", then(x = 1), then(x = 2).go("stuck"));
        p.step("break", by_invariant ? then(x = 3) : always().check(claim, false, "reached"));
        p.label("stuck");
        p.step("wait", always().wait(x == 3, "what never comes"));
      });
      m.invariant("small", "x is small", {{x < 3, "x"}});
      m.no_deadlock();
      const Result result = explore(compile(m.finish()));
      CPPUNIT_ASSERT(result.verdict == Verdict::deadlock);
      CPPUNIT_ASSERT((result.schedule == Schedule{{0, 1}}));
    }
  }

  void an_assertion_breaks_with_the_last_step() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      const Claim claim = m.assertion("small", "x is small");
      return [=](Path& p) {
        p.step("count", then(x = 2));
        p.step("check", when(x == 3), always().check(claim, x < 2, "x"));
      };
    });
    const Result result = explore(compile(model));
    CPPUNIT_ASSERT(result.verdict == Verdict::violated);
    CPPUNIT_ASSERT_EQUAL(0, result.property);
    CPPUNIT_ASSERT_EQUAL(-1, result.part);
    CPPUNIT_ASSERT((result.schedule == Schedule{{0, 0}, {0, 1}}));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, result.counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, result.counts.transitions);
  }

  void leaving_a_range_is_an_error_of_the_model() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 2);
      return [=](Path& p) {
        p.label("again");
        p.step("advance", then(x = x + 1).go("again"));
      };
    });
    const Result result = explore(compile(model));
    CPPUNIT_ASSERT(result.verdict == Verdict::model_error);
    CPPUNIT_ASSERT_EQUAL(std::string("p: f: \"advance\": x becomes 3, its range is 0..2"),
                         result.reason);
    CPPUNIT_ASSERT_EQUAL(-1, result.property);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, result.schedule.size());
  }

  void a_broken_rule_of_the_model_is_an_error_of_the_model() {
    const ir::Model model = one_process([](Model& m) {
      const Lock lock = m.lock("lock");
      return [=](Path& p) { p.step("unlock", then(release(lock))); };
    });
    const Result result = explore(compile(model));
    CPPUNIT_ASSERT(result.verdict == Verdict::model_error);
    CPPUNIT_ASSERT_EQUAL(std::string("p: f: \"unlock\": releases a lock that it does not hold"),
                         result.reason);
  }

  void a_daemon_at_rest_is_no_deadlock() {
    CPPUNIT_ASSERT(daemon(true, false).verdict == Verdict::holds);
    CPPUNIT_ASSERT(daemon(false, false).verdict == Verdict::deadlock);
    CPPUNIT_ASSERT(daemon(true, true).verdict == Verdict::deadlock);
  }

  void without_the_claim_a_deadlock_is_no_error() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.flag("x");
      return [=](Path& p) { p.step("wait", when(x)); };
    });
    check("holds: 1 states, 0 transitions, depth 0", model);
  }

  void a_limit_of_states_is_noticed_one_too_late() {
    Limits limits;
    limits.states_max = 242;
    CPPUNIT_ASSERT(limited(limits).verdict == Verdict::holds);
    limits.states_max = 241;
    const Result result = limited(limits);
    CPPUNIT_ASSERT(result.verdict == Verdict::incomplete);
    CPPUNIT_ASSERT_EQUAL(std::string("the limit of 241 states is reached"), result.reason);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{241}, result.counts.states);
    limits.states_max = 1;
    CPPUNIT_ASSERT(limited(limits).verdict == Verdict::incomplete);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, limited(limits).counts.states);
    limits.states_max = 0;
    CPPUNIT_ASSERT(limited(limits).verdict == Verdict::incomplete);
  }

  void a_limit_of_depth_is_noticed_one_too_late() {
    Limits limits;
    limits.depth_max = 13;
    CPPUNIT_ASSERT(limited(limits).verdict == Verdict::holds);
    limits.depth_max = 12;
    const Result result = limited(limits);
    CPPUNIT_ASSERT(result.verdict == Verdict::incomplete);
    CPPUNIT_ASSERT_EQUAL(
        std::string("the limit of 12 transitions from the initial state is reached"),
        result.reason);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{12}, result.counts.depth);
    limits.depth_max = 0;
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, limited(limits).counts.states);
    CPPUNIT_ASSERT(limited(limits).verdict == Verdict::incomplete);
  }

  void a_limit_of_memory_gives_no_verdict() {
    Limits limits;
    limits.memory_max = 1;
    CPPUNIT_ASSERT(limited(limits).verdict == Verdict::incomplete);
    CPPUNIT_ASSERT_EQUAL(std::string("the memory limit of 1 bytes is reached"),
                         limited(limits).reason);
    limits.memory_max = 4'500;
    const Result result = limited(limits);
    CPPUNIT_ASSERT(result.verdict == Verdict::incomplete);
    CPPUNIT_ASSERT(result.counts.states > 1 && result.counts.states < 242);
    limits.memory_max = 1'000'000;
    CPPUNIT_ASSERT(limited(limits).verdict == Verdict::holds);
  }

  void time_and_interrupts_give_no_verdict() {
    Limits limits;
    limits.time_max = std::chrono::milliseconds(0);
    CPPUNIT_ASSERT(limited(limits).verdict == Verdict::incomplete);
    CPPUNIT_ASSERT_EQUAL(std::string("the time limit of 0 ms is reached"), limited(limits).reason);

    const std::atomic<bool> interrupted = true;
    Limits other;
    other.interrupted = &interrupted;
    CPPUNIT_ASSERT(limited(other).verdict == Verdict::incomplete);
    CPPUNIT_ASSERT_EQUAL(std::string("interrupted"), limited(other).reason);
  }

  void a_claim_that_breaks_before_the_limit_is_found() {
    Limits limits;
    limits.depth_max = 2;
    Observer nobody;
    const Program program = compile(tests::philosophers(2, Manners::left_first));
    CPPUNIT_ASSERT(explore(program, limits, nobody).verdict == Verdict::deadlock);
    limits.depth_max = 1;
    CPPUNIT_ASSERT(explore(program, limits, nobody).verdict == Verdict::incomplete);
  }

  void counts_every_alternative() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 1);
      return [=](Path& p) {
        p.step("choose", then(x = 0), then(x = 1), when(x == 1));
        p.step("go", when(x == 0), when(x == 1));
      };
    });
    const Result result = explore(compile(model));
    const std::vector<std::vector<std::uint64_t>> expected{{1, 1, 0}, {1, 1}};
    CPPUNIT_ASSERT(result.coverage.fired.at(0) == expected);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, result.counts.transitions);
  }

  void reports_progress() {
    class Listener : public Observer {
     public:
      void progress(const Progress& progress) override {
        CPPUNIT_ASSERT(progress.counts.states > last.counts.states);
        CPPUNIT_ASSERT(progress.counts.transitions > last.counts.transitions);
        CPPUNIT_ASSERT(progress.frontier > 0 && progress.memory > 0);
        last = progress;
        ++calls;
      }
      Progress last;
      int calls = 0;
    };
    Listener listener;
    const Result result = explore(compile(philosophers(12)), Limits(), listener);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{531'440}, result.counts.states); // 3^12 - 1
    CPPUNIT_ASSERT(listener.calls >= 7);
  }

  void gives_the_same_result_every_time() {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
      const ir::Model model = tests::random_model(seed);
      Limits limits;
      limits.states_max = 500;
      Observer nobody;
      const Result one = explore(compile(model), limits, nobody);
      const Result two = explore(compile(model), limits, nobody);
      CPPUNIT_ASSERT_EQUAL(summary(seed, one) + counts(one), summary(seed, two) + counts(two));
      CPPUNIT_ASSERT(one.schedule == two.schedule && one.coverage.fired == two.coverage.fired);
    }
  }

 private:
  static bool claims_no_deadlock(const ir::Model& model) {
    return std::ranges::any_of(model.properties, [](const ir::Property& property) {
      return property.kind == ir::PropertyKind::no_deadlock;
    });
  }

  static ir::Model philosophers(int count) {
    return tests::philosophers(count, Manners::last_is_odd);
  }

  static Result limited(const Limits& limits) {
    Observer nobody;
    return explore(compile(philosophers(5)), limits, nobody);
  }

  /// A daemon that waits for work, and one that has work and waits for a lock.
  static Result daemon(bool is_idle, bool has_work) {
    const ir::Model model = one_process([=](Model& m) {
      const Place work = m.flag("work", has_work);
      const Place locked = m.flag("locked", true);
      m.no_deadlock();
      return [=](Path& p) {
        const Phrase phrase("look for work");
        p.step(is_idle ? idle(phrase) : phrase, when(work).wait(!locked, "a lock"));
      };
    });
    return explore(compile(model));
  }

  static void check(const std::string& expected, const ir::Model& model) {
    const Result result = explore(compile(model));
    CPPUNIT_ASSERT_EQUAL(expected, word(result.verdict) + ": " + counts(result));
  }

  static std::string counts(const Result& result) {
    return fmt::format("{} states, {} transitions, depth {}",
                       result.counts.states,
                       result.counts.transitions,
                       result.counts.depth);
  }

  static std::string summary(std::uint64_t seed, const Result& result) {
    std::string text = fmt::format("seed {}: {}, property {}, part {}, {} steps, {}",
                                   seed,
                                   word(result.verdict),
                                   result.property,
                                   result.part,
                                   result.schedule.size(),
                                   result.reason);
    if (result.verdict == Verdict::holds) text += "; " + counts(result);
    return text;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ExploreTest);
