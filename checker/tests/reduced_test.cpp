#include "checker/search/reduced.hpp"

#include "checker/result/trace.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/figures.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"
#include "checker/tests/taken.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

using namespace stalemate;
using namespace stalemate::build;

class ReducedTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ReducedTest);
  CPPUNIT_TEST(agrees_with_the_plain_search_on_random_models);
  CPPUNIT_TEST(agrees_with_everything_at_once);
  CPPUNIT_TEST(agrees_on_processes_that_are_alike);
  CPPUNIT_TEST(agrees_about_runs);
  CPPUNIT_TEST(what_is_not_read_again_is_forgotten);
  CPPUNIT_TEST(what_a_claim_looks_at_is_not_forgotten);
  CPPUNIT_TEST(nobody_waits_while_a_lock_is_held);
  CPPUNIT_TEST(who_only_tries_the_lock_is_not_stopped);
  CPPUNIT_TEST(nobody_is_put_off_for_ever);
  CPPUNIT_TEST(what_could_repair_a_claim_waits_for_the_others);
  CPPUNIT_TEST(a_schedule_is_one_of_the_model);
  CPPUNIT_TEST(who_fails_later_is_not_in_the_way);
  CPPUNIT_TEST(a_trace_that_was_not_shortened_says_so);
  CPPUNIT_TEST(an_index_that_would_leave_its_range_leads_nowhere);
  CPPUNIT_TEST(nor_does_one_that_really_leaves_it);
  CPPUNIT_TEST(agrees_where_indexes_leave_their_range);
  CPPUNIT_TEST_SUITE_END();

 public:
  void agrees_with_the_plain_search_on_random_models() {
    std::uint64_t plain_states = 0;
    std::uint64_t reduced_states = 0;
    for (std::uint64_t seed = 1; seed <= tests::amount(1000, 10'000); ++seed) {
      const ir::Model model = tests::random_model(seed);
      const Result plain = explore(model, {});
      if (plain.verdict == Verdict::incomplete) continue;
      for (const Reductions reductions : {dead, ample}) {
        const Result reduced = explore(model, reductions);
        compare(fmt::format("seed {}", seed), plain, reduced);
        if (!reductions.ample_sets || plain.verdict != Verdict::holds) continue;
        plain_states += plain.counts.states;
        reduced_states += reduced.counts.states;
      }
    }
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{} of {}", reduced_states, plain_states),
                           reduced_states < plain_states / 10 * 9);
  }

  void agrees_with_everything_at_once() {
    for (std::uint64_t seed = 1; seed <= tests::amount(500, 10'000); ++seed) {
      const ir::Model model = tests::random_model(seed);
      const Result plain = explore(model, {});
      if (plain.verdict == Verdict::incomplete) continue;
      for (const Reductions reductions : {fuse, all})
        compare(fmt::format("seed {}", seed), plain, explore(model, reductions));
    }
  }

  void agrees_on_processes_that_are_alike() {
    Limits together = few_states();
    together.threads = 2;
    together.parallel_min = 16;
    together.is_crew_kept = true;
    for (std::uint64_t seed = 1; seed <= tests::amount(100, 10'000); ++seed) {
      const ir::Model model = tests::random_alike_model(seed);
      const Result plain = explore(model, {});
      if (plain.verdict == Verdict::incomplete) continue;
      const std::string what = fmt::format("seed {}", seed);
      compare(what, plain, explore(model, {.symmetry = true}));
      const Result reduced = explore(model, all);
      compare(what, plain, reduced);
      const Result found = explore(model, all, together);
      compare(what, reduced, found);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(what, reduced.counts.states, found.counts.states);
    }
  }

  void agrees_about_runs() {
    for (std::uint64_t seed = 1; seed <= tests::amount(300, 10'000); ++seed) {
      const ir::Model model = tests::random_live_model(seed);
      compare(fmt::format("seed {}", seed), explore(model, {}), explore(model, all));
    }
  }

  void what_is_not_read_again_is_forgotten() {
    const ir::Model model = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 1, 0);
      return [x](Path& p) {
        p.step("toss", always().then(x = 0), always().then(x = 1));
        p.step("look", when(x == 1), when(x == 0));
        p.step("go on", always());
        p.step("go on and on", always());
      };
    });
    // Two of each after the toss; then x says nothing any more.
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1 + 2 + 2 + 2 + 2}, explore(model, {}).counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1 + 2 + 1 + 1 + 1}, explore(model, dead).counts.states);
  }

  void what_a_claim_looks_at_is_not_forgotten() {
    const ir::Model model = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 1, 0);
      m.invariant("small", "x is small", {{x < 1, "x is large"}});
      return [x](Path& p) {
        p.step("grow", then(x = 1));
        p.step("go on", always());
      };
    });
    CPPUNIT_ASSERT(explore(model, dead).verdict == Verdict::violated);
  }

  /// The last bit stays, which the analysis of facts does not see: it tries the step behind it.
  void an_index_that_would_leave_its_range_leads_nowhere() {
    Model m({"p", "q"});
    const Array a = m.flags("row.last", 3, {0, 0, 1});
    const Place x = m.flag("x");
    m.process("p", "p", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      const Place i = p.local("i", 0, 2);
      p.step("choose", for_any(3, [&](int k) { return then(i = k); }));
      p.step("go on unless it is the last", when(a[i] == 0).then(i = i + 1), otherwise());
    });
    m.process("q", "q", [&](Path& p) {
      const auto f = p.function("g", "f.c");
      p.step("one", then(x = 1));
      p.step("two", then(a[2] = Expr(x)));
    });
    compare_all("a last bit", m.finish(), Verdict::holds);
  }

  void nor_does_one_that_really_leaves_it() {
    for (const int distance : {1, 2}) {
      Model m({"p", "q"});
      const Array a = m.flags("row.bit", 3);
      m.process("p", "p", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        const Place i = p.local("i", 0, 2);
        p.step("choose", for_any(3, [&](int k) { return then(i = k); }));
        p.step("use it", then(a[i] = 1));
        p.step("go too far", then(i = i + distance));
      });
      m.process("q", "q", [&](Path& p) {
        const auto f = p.function("g", "f.c");
        p.step("one", always());
      });
      compare_all(fmt::format("{} too far", distance), m.finish(), Verdict::model_error);
    }
  }

  void agrees_where_indexes_leave_their_range() {
    std::vector<std::uint64_t> seeds{7000011, 7000068, 7002034, 7002708};
    for (std::uint64_t seed = 7000000; seed < 7000000 + tests::amount(200, 10'000); ++seed)
      seeds.push_back(seed);
    for (const std::uint64_t seed : seeds)
      compare_all(fmt::format("seed {}", seed), tests::random_model(seed), std::nullopt);
  }

  /// Both add to the sum behind the lock: what one does there is seen by nobody.
  void nobody_waits_while_a_lock_is_held() {
    const ir::Model model =
        two_adders([](Path& p, const Lock& lock) { p.step("lock", take(lock)); });
    const Result plain = explore(model, {});
    const Result reduced = explore(model, ample);
    CPPUNIT_ASSERT(plain.verdict == Verdict::holds);
    CPPUNIT_ASSERT(reduced.verdict == Verdict::holds);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{28}, plain.counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3 + 2 * 8}, reduced.counts.states);
  }

  void who_only_tries_the_lock_is_not_stopped() {
    const ir::Model model = two_adders([](Path& p, const Lock& lock) {
      p.step("try to lock", when(lock.is_free()).take(lock), otherwise().end());
    });
    compare("trylock", explore(model, {}), explore(model, ample));
  }

  /// One goes round in circles alone; the other breaks the claim.
  void nobody_is_put_off_for_ever() {
    Model m({"round", "other"});
    const Place good = m.flag("good", true);
    m.process("round", "round", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.label("again");
      p.step("one", always());
      p.step("two", always().go("again"));
    });
    m.process("other", "other", [&](Path& p) {
      const auto f = p.function("g", "f.c");
      p.step("break it", then(good = false));
    });
    m.invariant("good", "all is good", {{good, "it is not"}});
    CPPUNIT_ASSERT(explore(m.finish(), ample).verdict == Verdict::violated);
  }

  /// The claim is broken only between the step of one and that of the other.
  void what_could_repair_a_claim_waits_for_the_others() {
    Model m({"first", "second"});
    const Place is_safe = m.flag("safe", false);
    const Place is_used = m.flag("used", false);
    m.process("first", "first", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("make it safe", then(is_safe = true));
    });
    m.process("second", "second", [&](Path& p) {
      const auto f = p.function("g", "f.c");
      p.step("use it", then(is_used = true));
    });
    m.invariant("safe", "what is used is safe", {{is_safe || !is_used, "it is not safe"}});
    const Result result = explore(m.finish(), ample);
    CPPUNIT_ASSERT(result.verdict == Verdict::violated);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, result.schedule.size());
  }

  /// Whoever comes first in the state that stands for others need not be the first in the model.
  void a_schedule_is_one_of_the_model() {
    Model m({"a", "b", "c"});
    const Place last = m.var("last", 0, 3);
    m.values_stand_for(last, {.first = 1});
    const Array count = m.array("count", 3, 0, 4);
    m.rows_stand_for(count, {});
    const Claim claim = m.assertion("alone", "nobody comes between");
    for (int i = 0; i < 3; ++i)
      m.process(std::string(1, static_cast<char>('a' + i)), "counter", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        for (int k = 1; k <= 3; ++k)
          p.step(fmt::format("count to {}", k), then(count[i] = k, last = p.self()));
        p.step("look",
               always().check(claim, last == p.self() || count[i] < 3, "somebody was there"));
      });
    const ir::Model model = m.finish();
    Limits limits;
    const Result shortest = explore(model, {.symmetry = true}, limits);
    CPPUNIT_ASSERT(shortest.verdict == Verdict::violated);
    limits.states_max = shortest.counts.states / 2;
    const Result stopped = explore(model, {.symmetry = true}, limits);
    CPPUNIT_ASSERT(stopped.verdict == Verdict::violated);
    CPPUNIT_ASSERT(stopped.is_reduced);
    CPPUNIT_ASSERT_EQUAL(shortest.schedule.size(), stopped.schedule.size());
    (void)replay(model, stopped);
  }

  /// The first process fails as soon as it moves, but the search lets the others go on before it.
  void who_fails_later_is_not_in_the_way() {
    Model m({"first", "a", "b"});
    const Place good = m.flag("good");
    const Claim claim = m.assertion("good", "all is good");
    m.process("first", "first", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("look", always().check(claim, good, "it is not"));
    });
    for (const char* name : {"a", "b"})
      m.process(name, "other", [&](Path& p) {
        const auto f = p.function("g", "f.c");
        p.step("prepare", always());
        p.step("go on", always());
      });
    const Result result = explore(m.finish(), all);
    CPPUNIT_ASSERT(result.verdict == Verdict::violated);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, result.schedule.size());
  }

  void a_trace_that_was_not_shortened_says_so() {
    // Three count for themselves, the fourth breaks the claim when it has counted as well.
    Model m({"a", "b", "c", "d"});
    const Array at = m.array("at", 4, 0, 3);
    const Place good = m.flag("good", true);
    for (int i = 0; i < 4; ++i)
      m.process(std::string(1, static_cast<char>('a' + i)), "counter", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        for (int k = 1; k <= 3; ++k)
          p.step(fmt::format("count to {}", k), then(at[i] = k));
        if (i == 3) p.step("break it", then(good = false));
      });
    m.invariant("good", "all is good", {{good, "it is not"}});
    const ir::Model model = m.finish();

    Limits limits;
    const Result shortest = explore(model, ample, limits);
    CPPUNIT_ASSERT(shortest.is_shortest);
    CPPUNIT_ASSERT(!shortest.is_reduced);
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, shortest.schedule.size());
    limits.states_max = 20;
    const Result stopped = explore(model, ample, limits);
    CPPUNIT_ASSERT(stopped.verdict == Verdict::violated);
    CPPUNIT_ASSERT(!stopped.is_shortest);
    CPPUNIT_ASSERT(stopped.is_reduced);
    CPPUNIT_ASSERT_EQUAL(std::size_t{13}, stopped.schedule.size());
    (void)replay(model, stopped);
  }

 private:
  static constexpr Reductions dead{.dead_values = true};
  static constexpr Reductions ample{.ample_sets = true};
  static constexpr Reductions fuse{.lone_moves = true};
  static constexpr Reductions all = all_reductions;

  static Limits few_states() {
    Limits limits;
    limits.states_max = 20'000;
    return limits;
  }

  static Result explore(const ir::Model& model,
                        const Reductions& reductions,
                        const Limits& limits = few_states()) {
    Observer nobody;
    return explore_reduced(model, reductions, limits, nobody);
  }

  static std::string text(const Result& result) {
    return fmt::format("{}, property {}, {} + {} steps",
                       word(result.verdict),
                       result.property,
                       result.schedule.size(),
                       result.loop.size());
  }

  static void compare(const std::string& what, const Result& plain, const Result& reduced) {
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, text(plain), text(reduced));
    if (plain.verdict == Verdict::holds) {
      CPPUNIT_ASSERT_MESSAGE(what, tests::taken(plain) == tests::taken(reduced));
      CPPUNIT_ASSERT_MESSAGE(what, reduced.counts.states <= plain.counts.states);
    } else {
      CPPUNIT_ASSERT_MESSAGE(what, plain.schedule == reduced.schedule);
      CPPUNIT_ASSERT_MESSAGE(what, plain.counts.states == reduced.counts.states);
    }
    tests::count_figure("cross_product");
  }

  /// Every way of leaving out states agrees with the plain search, whose verdict is expected.
  static void
  compare_all(const std::string& what, const ir::Model& model, std::optional<Verdict> expected) {
    const Result plain = explore(model, {});
    if (expected) CPPUNIT_ASSERT_MESSAGE(what, plain.verdict == *expected);
    if (plain.verdict == Verdict::incomplete) return;
    for (const Reductions reductions : {ample, fuse, all})
      compare(what, plain, explore(model, reductions));
  }

  template <typename LockIt>
  static ir::Model two_adders(LockIt lock_it) {
    Model m({"a", "b"});
    const Lock lock = m.lock("lock");
    const Place sum = m.var("sum", 0, 2, 0);
    for (const char* name : {"a", "b"})
      m.process(name, "adder", [&](Path& p) {
        const auto f = p.function("add", "f.c");
        const Place seen = p.local("seen", 0, 2);
        p.step("prepare", always());
        lock_it(p, lock);
        p.step("read", then(seen = sum));
        p.step("write", then(sum = min(seen + 1, 2)));
        p.step("unlock", then(release(lock)));
      });
    m.no_deadlock("no_deadlock", "nobody waits for ever");
    return m.finish();
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReducedTest);
