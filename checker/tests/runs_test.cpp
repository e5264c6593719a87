#include "checker/liveness/runs.hpp"

#include "checker/audit/reference.hpp"
#include "checker/audit/reference_runs.hpp"
#include "checker/builder/path.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/figures.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <map>

using namespace stalemate;
using namespace stalemate::build;
using ir::Fairness;

class RunsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(RunsTest);
  CPPUNIT_TEST(agrees_with_the_plain_judge_on_random_models);
  CPPUNIT_TEST(a_lock_is_shared_justly_under_strong_fairness_only);
  CPPUNIT_TEST(philosophers_eat_under_strong_fairness_only);
  CPPUNIT_TEST(one_strongly_fair_step_is_enough);
  CPPUNIT_TEST(peterson_starves_nobody);
  CPPUNIT_TEST(two_who_give_way_to_each_other_are_in_a_livelock);
  CPPUNIT_TEST(a_spin_step_is_no_progress);
  CPPUNIT_TEST(a_claim_about_a_goal_knows_livelock_from_starvation);
  CPPUNIT_TEST(the_loop_of_a_cause_comes_behind_it);
  CPPUNIT_TEST(a_run_may_stop_where_nobody_is_owed_anything);
  CPPUNIT_TEST(everyone_ends_and_the_goal_was_not_met);
  CPPUNIT_TEST(finds_the_point_of_no_return);
  CPPUNIT_TEST(a_daemon_with_work_is_no_obstacle_to_the_end);
  CPPUNIT_TEST(a_ring_is_a_deadlock_while_a_daemon_goes_on);
  CPPUNIT_TEST(who_waits_for_ever_for_one_that_never_gives_up_is_deadlocked);
  CPPUNIT_TEST(a_daemon_that_releases_is_no_deadlock);
  CPPUNIT_TEST(limits_give_no_verdict);
  CPPUNIT_TEST_SUITE_END();

 public:
  void agrees_with_the_plain_judge_on_random_models() {
    std::map<std::string, int> met;
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
      const ir::Model model = tests::random_live_model(seed);
      if (explore_plainly(model, 60).verdict != Verdict::holds) continue;
      const auto plain = judge_runs_plainly(model, 60);
      CPPUNIT_ASSERT(plain.has_value());
      const Result result = explore(compile(model));
      CPPUNIT_ASSERT_EQUAL(text(seed, *plain),
                           text(seed, {result.verdict, result.property, result.schedule.size()}));
      if (result.verdict != Verdict::holds) (void)replay(model, result);
      tests::count_figure("models_reference_runs");
      ++met[word(result.verdict)];
    }
    for (const char* verdict : {"holds", "violated", "deadlock", "livelock", "starvation", "stuck"})
      CPPUNIT_ASSERT_MESSAGE(fmt::format("{} {}", verdict, met[verdict]), met[verdict] > 20);
  }

  /// Others may take the lock whenever it is free, so a waiting one is able again and again, but
  /// not always.
  void a_lock_is_shared_justly_under_strong_fairness_only() {
    CPPUNIT_ASSERT_EQUAL(std::string("starvation of p0 after 0, loop of 2"),
                         outcome(two_at_a_lock(Fairness::weak)));
    CPPUNIT_ASSERT_EQUAL(std::string("holds"), outcome(two_at_a_lock(Fairness::strong)));
  }

  void philosophers_eat_under_strong_fairness_only() {
    for (int count = 2; count <= 4; ++count) {
      for (const Fairness fairness : {Fairness::weak, Fairness::strong}) {
        ir::Model model = tests::philosophers(count, tests::Manners::last_is_odd);
        for (ir::Process& process : model.processes)
          process.fairness = fairness;
        model.properties.push_back({"eats", "", ir::PropertyKind::progress, {}});
        const Result result = explore(compile(model));
        const auto expected = fairness == Fairness::weak ? Verdict::starvation : Verdict::holds;
        CPPUNIT_ASSERT(result.verdict == expected);
        if (fairness == Fairness::weak) (void)replay(model, result);
      }
    }
  }

  void one_strongly_fair_step_is_enough() {
    ir::Model model = two_at_a_lock(Fairness::weak);
    for (ir::Process& process : model.processes)
      process.steps[0].fairness = Fairness::strong;
    CPPUNIT_ASSERT_EQUAL(std::string("holds"), outcome(model));
    model.processes[0].steps[0].fairness.reset();
    CPPUNIT_ASSERT_EQUAL(std::string("starvation of p0 after 0, loop of 2"), outcome(model));
  }

  void peterson_starves_nobody() {
    ir::Model model = tests::peterson(tests::Announces::interest);
    model.properties.push_back({"enters", "", ir::PropertyKind::progress, {}});
    CPPUNIT_ASSERT_EQUAL(std::string("holds"), outcome(model));
    model.processes[1].fairness = Fairness::unfair;
    CPPUNIT_ASSERT_EQUAL(std::string("starvation of p0 after 3, stops"), outcome(model));
  }

  void two_who_give_way_to_each_other_are_in_a_livelock() {
    CPPUNIT_ASSERT_EQUAL(std::string("livelock of p0 after 0, loop of 6"), outcome(polite_pair(2)));
    // Alone, there is nobody to give way to.
    CPPUNIT_ASSERT_EQUAL(std::string("holds"), outcome(polite_pair(1)));
  }

  /// p1 waits for p0 by looking again and again; who is not even weakly fair to p0 finds that p1
  /// looks for ever.
  void a_spin_step_is_no_progress() {
    for (const bool is_marked : {true, false}) {
      for (const Fairness fairness : {Fairness::weak, Fairness::unfair}) {
        Model m({"p0", "p1"});
        const Place flag = m.flag("flag");
        const Place looks = m.var("looks", 0, 1);
        m.process("p0", "setter", [&](Path& p) {
          const auto f = p.function("f", "");
          p.fairness(fairness);
          p.step("set", then(flag = true));
        });
        m.process("p1", "spinner", [&](Path& p) {
          const auto f = p.function("f", "");
          const Phrase look = "look";
          p.label("again");
          p.step(is_marked ? spin(look) : look,
                 when(flag),
                 when(!flag).then(looks = 1 - looks).go("again"));
        });
        m.progress();
        const std::string expected = fairness == Fairness::weak || !is_marked
                                         ? "holds"
                                         : "livelock of p1 after 0, loop of 2";
        CPPUNIT_ASSERT_EQUAL(expected, outcome(m.finish()));
      }
    }
  }

  /// The goal is never met. p1 goes round all the time; whether that is progress decides.
  void a_claim_about_a_goal_knows_livelock_from_starvation() {
    for (const bool retries : {true, false}) {
      Model m({"p0", "p1"});
      const Place x = m.var("x", 0, 2);
      m.process("p0", "one", [&](Path& p) {
        const auto f = p.function("f", "");
        p.step("begin", then(x = 1));
        p.step("wait", always().wait(x == 2, "what never comes"));
      });
      m.process("p1", "two", [&](Path& p) {
        const auto f = p.function("f", "");
        const Place y = p.local("y", 0, 1);
        p.label("again");
        const auto round = then(y = 1 - y).go("again");
        p.step("go round", retries ? round.retry() : round);
      });
      m.eventually("comes", "x becomes 2", x == 2);
      CPPUNIT_ASSERT_EQUAL(retries ? std::string("livelock after 1, loop of 2")
                                   : std::string("starvation after 1, loop of 2"),
                           outcome(m.finish()));
    }
  }

  void the_loop_of_a_cause_comes_behind_it() {
    Model m({"p"});
    const Place x = m.var("x", 0, 3);
    m.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "");
      p.label("again");
      p.step("ask", then(x = 1));
      p.step("answer, or not", then(x = 2), then(x = 3).go("again"));
      p.step("rest", then(x = 0).go("again"));
    });
    m.leads_to("answered", "1 is followed by 2", x == 1, x == 2);
    CPPUNIT_ASSERT_EQUAL(std::string("starvation after 1, loop of 2"), outcome(m.finish()));
  }

  /// Nobody has to call the daemon, and only the daemon would help.
  void a_run_may_stop_where_nobody_is_owed_anything() {
    for (const bool is_fair : {false, true}) {
      Model m({"p", "daemon"});
      const Place work = m.flag("work");
      m.process("p", "path", [&](Path& p) {
        const auto f = p.function("f", "");
        p.step("ask", then(work = true));
        p.step("wait", always().wait(!work, "the work to be done"));
      });
      m.process("daemon", "daemon", [&](Path& p) {
        const auto f = p.function("f", "");
        p.label("again");
        const Phrase step = idle("work");
        p.step(is_fair ? weakly_fair(step) : step, when(work).then(work = false).go("again"));
      });
      m.progress();
      m.no_deadlock();
      m.can_finish();
      CPPUNIT_ASSERT_EQUAL(is_fair ? std::string("holds")
                                   : std::string("starvation of p after 1, stops"),
                           outcome(m.finish()));
    }
  }

  void everyone_ends_and_the_goal_was_not_met() {
    Model m({"p"});
    const Place x = m.var("x", 0, 2);
    m.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "");
      p.step("choose", then(x = 1), then(x = 2));
    });
    m.eventually("two", "x becomes 2", x == 2);
    CPPUNIT_ASSERT_EQUAL(std::string("violated after 1, stops"), outcome(m.finish()));
  }

  /// With the second step of p it is too late, though there is much to do still.
  void finds_the_point_of_no_return() {
    Model m({"p"});
    const Place x = m.var("x", 0, 2);
    m.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "");
      p.step("begin", always());
      p.step("choose", then(x = 1), then(x = 2));
      p.label("again");
      p.step("go on", always());
      p.step("leave if it is 2", when(x == 2).end(), otherwise().go("again"));
    });
    m.can_finish();
    const ir::Model model = m.finish();
    CPPUNIT_ASSERT_EQUAL(std::string("stuck after 2"), outcome(model));
    CPPUNIT_ASSERT((explore(compile(model)).schedule == Schedule{{0, 0}, {0, 0}}));
  }

  void a_daemon_with_work_is_no_obstacle_to_the_end() {
    for (const bool is_locked : {false, true}) {
      Model m({"p", "daemon"});
      const Lock lock = m.lock("lock");
      m.process("p", "path", [&](Path& p) {
        const auto f = p.function("f", "");
        p.step("take it", take(lock));
        std::vector<Alternative> ways{then(release(lock))};
        if (is_locked) ways.push_back(always().note("and forget to drop it"));
        p.step("leave", ways);
      });
      m.process("daemon", "daemon", [&](Path& p) {
        const auto f = p.function("f", "");
        p.label("again");
        p.step(idle("look"), take(lock));
        p.step("done", then(release(lock)).go("again"));
      });
      m.can_finish();
      CPPUNIT_ASSERT_EQUAL(is_locked ? std::string("stuck after 2") : std::string("holds"),
                           outcome(m.finish()));
    }
  }

  void a_ring_is_a_deadlock_while_a_daemon_goes_on() {
    const ir::Model model = ring(false);
    const Result result = explore(compile(model));
    CPPUNIT_ASSERT(result.verdict == Verdict::deadlock);
    CPPUNIT_ASSERT((result.stranded == std::vector<int>{0, 1}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.schedule.size());
    const Trace trace = replay(model, result);
    CPPUNIT_ASSERT(trace.others_go_on);
    CPPUNIT_ASSERT((trace.cycle == std::vector<int>{0, 1}));
  }

  /// p1 keeps the lock and goes round for ever.
  void who_waits_for_ever_for_one_that_never_gives_up_is_deadlocked() {
    Model m({"p0", "p1"});
    const Lock lock = m.lock("lock");
    m.process("p0", "one", [&](Path& p) {
      const auto f = p.function("f", "");
      p.step("take it", take(lock));
      p.step("drop it", then(release(lock)));
    });
    m.process("p1", "two", [&](Path& p) {
      const auto f = p.function("f", "");
      p.step("take it", take(lock));
      p.label("again");
      p.step("work", always());
      p.step("work more", always().go("again"));
    });
    m.no_deadlock();
    const Result result = explore(compile(m.finish()));
    CPPUNIT_ASSERT(result.verdict == Verdict::deadlock);
    CPPUNIT_ASSERT((result.stranded == std::vector<int>{0}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, result.schedule.size());
  }

  void a_daemon_that_releases_is_no_deadlock() {
    CPPUNIT_ASSERT_EQUAL(std::string("holds"), outcome(ring(true)));
  }

  void limits_give_no_verdict() {
    const Program program = compile(two_at_a_lock(Fairness::strong));
    Observer nobody;
    Limits limits;
    limits.memory_max = 4200; // Enough for the states, and not for the graph.
    const Result result = explore(program, limits, nobody);
    CPPUNIT_ASSERT(result.verdict == Verdict::incomplete);
    CPPUNIT_ASSERT_MESSAGE(result.reason, result.reason.starts_with("claims about runs need"));
  }

 private:
  /// Two processes take and drop a lock for ever.
  static ir::Model two_at_a_lock(Fairness fairness) {
    Model m({"p0", "p1"});
    const Lock lock = m.lock("lock");
    for (const char* name : {"p0", "p1"}) {
      m.process(name, "path", [&](Path& p) {
        const auto f = p.function("f", "");
        p.fairness(fairness);
        p.label("again");
        p.step("take it", take(lock));
        p.step("drop it", then(release(lock)).go("again"));
      });
    }
    m.progress();
    m.no_deadlock();
    return m.finish();
  }

  /// Everyone announces itself, and takes that back where somebody else has, too.
  static ir::Model polite_pair(int count) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i)
      names.push_back(fmt::format("p{}", i));
    Model m(names);
    const Array wants = m.flags("wants", 2);
    for (int i = 0; i < count; ++i) {
      m.process(names[static_cast<std::size_t>(i)], "path", [&](Path& p) {
        const auto f = p.function("f", "");
        p.label("again");
        p.step("announce", then(wants[i] = true));
        p.step("is the way free?", when(!wants[1 - i]), otherwise().go("give way"));
        p.step("pass", then(wants[i] = false).end());
        p.label("give way");
        p.step("take it back", then(wants[i] = false).retry().go("again"));
      });
    }
    m.progress();
    return m.finish();
  }

  /// Two take two locks in either order, while a daemon goes round, and may break the ring.
  static ir::Model ring(bool daemon_releases) {
    Model m({"p0", "p1", "daemon"});
    const Lock a = m.lock("a");
    const Lock b = m.lock("b");
    for (int i = 0; i < 2; ++i) {
      m.process(fmt::format("p{}", i), "path", [&](Path& p) {
        const auto f = p.function("f", "");
        p.step("take the first", take(i == 0 ? a : b));
        p.step("take the second", take(i == 0 ? b : a));
        p.step("drop the second",
               when((i == 0 ? b : a).holder == p.self()).then(release(i == 0 ? b : a)),
               otherwise());
        p.step("drop the first",
               when((i == 0 ? a : b).holder == p.self()).then(release(i == 0 ? a : b)),
               otherwise());
      });
    }
    m.process("daemon", "daemon", [&](Path& p) {
      const auto f = p.function("f", "");
      p.label("again");
      p.step("tick", always());
      if (daemon_releases)
        p.step("tock", then(a.holder = 0).go("again"), always().go("again"));
      else
        p.step("tock", always().go("again"));
    });
    m.no_deadlock();
    return m.finish();
  }

  static std::string outcome(const ir::Model& model) {
    const Result result = explore(compile(model));
    if (result.verdict == Verdict::holds || result.verdict == Verdict::incomplete)
      return word(result.verdict);
    (void)replay(model, result);
    std::string text = word(result.verdict);
    if (result.process >= 0)
      text += " of " + model.processes[static_cast<std::size_t>(result.process)].name;
    text += fmt::format(" after {}", result.schedule.size());
    if (result.verdict == Verdict::stuck) return text;
    return text +
           (result.loop.empty() ? ", stops" : fmt::format(", loop of {}", result.loop.size()));
  }

  static std::string text(std::uint64_t seed, const RunsVerdict& verdict) {
    return fmt::format("seed {}: {} of property {} after {} steps",
                       seed,
                       word(verdict.verdict),
                       verdict.property,
                       verdict.length);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RunsTest);
