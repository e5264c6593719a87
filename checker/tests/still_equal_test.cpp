#include "checker/reduce/still_equal.hpp"

#include "checker/ir/validate.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/reduced.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>

using namespace stalemate;
using namespace stalemate::build;

class StillEqualTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(StillEqualTest);
  CPPUNIT_TEST(all_that_stays_is_whether_they_are_equal);
  CPPUNIT_TEST(nothing_stays_of_a_counter_that_nobody_looks_at);
  CPPUNIT_TEST(a_copy_of_a_copy_is_a_copy);
  CPPUNIT_TEST(copies_may_be_rows);
  CPPUNIT_TEST(growth_may_depend_on_something);
  CPPUNIT_TEST(a_copy_may_be_set_back_to_the_first_value);
  CPPUNIT_TEST(a_copy_that_is_not_needed_is_not_equal);
  CPPUNIT_TEST(leaves_alone_what_is_not_said_to_be_endless);
  CPPUNIT_TEST(leaves_alone_what_may_come_back_to_an_old_value);
  CPPUNIT_TEST(leaves_alone_what_is_read_otherwise);
  CPPUNIT_TEST(leaves_alone_what_copies_do_not_only_get_from_it);
  CPPUNIT_TEST(a_step_that_only_counts_is_still_progress);
  CPPUNIT_TEST(ends_where_the_plain_search_leaves_the_range);
  CPPUNIT_TEST(a_counterexample_may_leave_the_range);
  CPPUNIT_TEST(agrees_with_the_plain_search_on_random_models);
  CPPUNIT_TEST(agrees_about_runs);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// What the models here are made of. The reader saves the counter, waits, and compares.
  struct Parts {
    Place counter;
    Place copy;
    Place other; ///< Another copy, not used by `standard`.
    Place coin;
    Claim claim;
  };
  using Record = std::function<void(Path&, const Parts&)>;

  void all_that_stays_is_whether_they_are_equal() {
    const ir::Model model = standard();
    // The writer has counted to 0..3, and the reader has saved nothing, or a number up to that.
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4 + 10 + 10}, states(model, {}));
    // A copy of 0 is equal while the counter is 0; later copies are equal, or are not.
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4 + 7 + 4}, states(model, equality));
    CPPUNIT_ASSERT(is_rewritten(model));
  }

  void nothing_stays_of_a_counter_that_nobody_looks_at() {
    Model m({"a", "b"});
    const Place counter = m.counter("counter", 15);
    for (const char* name : {"a", "b"})
      m.process(name, "count", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        p.step("perhaps", then(counter = counter + 1), always());
      });
    const ir::Model model = m.finish();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1 + 2 * 2 + 3}, states(model, {}));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, states(model, equality));
  }

  void a_copy_of_a_copy_is_a_copy() {
    const auto model = reading([](Path& p, const Parts& parts) {
      p.step("save", then(parts.copy = parts.counter));
      p.step("hand on", then(parts.other = parts.copy));
      p.step("compare", when(parts.other == parts.counter), when(parts.other != parts.counter));
    });
    CPPUNIT_ASSERT(is_rewritten(model));
    agree(model);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4 + 10 + 10 + 4}, states(model, dead));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4 + 7 + 7 + 4}, states(model, equality));
  }

  void copies_may_be_rows() {
    Model m({"writer", "reader"});
    const Place counter = m.counter("counter", 15);
    const Array saved = m.array("saved", 2, 0, 15);
    count(m, counter);
    m.process("reader", "read", [&](Path& p) {
      const auto f = p.function("g", "f.c");
      const Place row = p.local("row", 0, 1);
      p.step("which?", for_any(2, [&](int i) { return then(row = i); }));
      p.step("save", then(saved[row] = counter));
      p.step("compare", when(saved[row] == counter), when(saved[row] != counter));
    });
    const ir::Model model = m.finish();
    agree(model);
    CPPUNIT_ASSERT(is_rewritten(model));
    CPPUNIT_ASSERT(states(model, equality) < states(model, {}));
  }

  void growth_may_depend_on_something() {
    const auto model = [](const std::function<Expr(const Parts&)>& next) {
      return reading(compare_once, [next](Path& p, const Parts& parts) {
        p.step("toss", then(parts.coin = 0), then(parts.coin = 1));
        p.step("count", then(parts.counter = next(parts)));
      });
    };
    using Next = std::function<Expr(const Parts&)>;
    for (const auto& next : std::vector<Next>{
             [](const Parts& p) { return select(p.coin == 1, p.counter + 1, p.counter); },
             [](const Parts& p) { return p.counter + p.coin; },
             [](const Parts& p) { return 2 + (p.coin + p.counter); }}) {
      CPPUNIT_ASSERT(is_rewritten(model(next)));
      agree(model(next));
    }
  }

  void a_copy_may_be_set_back_to_the_first_value() {
    const ir::Model model = reading([](Path& p, const Parts& parts) {
      p.step("save", then(parts.copy = parts.counter));
      p.step("forget", then(parts.copy = 0));
      p.step("compare", when(parts.copy == parts.counter), when(parts.copy != parts.counter));
    });
    CPPUNIT_ASSERT(is_rewritten(model));
    agree(model);
    CPPUNIT_ASSERT(!is_rewritten(reading([](Path& p, const Parts& parts) {
      p.step("save a value that is still to come", then(parts.copy = 1));
      p.step("compare", when(parts.copy == parts.counter), otherwise());
    })));
  }

  void a_copy_that_is_not_needed_is_not_equal() {
    const ir::Model model = reading([](Path& p, const Parts& parts) {
      p.step("save", then(parts.copy = parts.counter));
      p.step("compare", when(parts.copy == parts.counter), when(parts.copy != parts.counter));
      p.step("go on", always());
    });
    // One for each count before it is saved and after it was compared.
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4 + 7 + 4 + 4}, states(model, equality));
  }

  void leaves_alone_what_is_not_said_to_be_endless() {
    ir::Model model = standard();
    model.variables[static_cast<std::size_t>(tests::variable(model, "counter"))].endless = false;
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{24}, states(model, equality));
  }

  void leaves_alone_what_may_come_back_to_an_old_value() {
    const auto refuses = [](const std::function<Expr(const Parts&)>& next) {
      return !is_rewritten(reading(compare_once, [next](Path& p, const Parts& parts) {
        p.step("count", then(parts.counter = next(parts)));
      }));
    };
    CPPUNIT_ASSERT(!refuses([](const Parts& p) { return p.counter + 1; }));
    CPPUNIT_ASSERT(refuses([](const Parts&) { return Expr(0); }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return max(p.counter - 1, 0); }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return p.counter + (p.coin - 1); }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return (p.counter + 1) % 15; }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return p.counter + p.counter; }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return select(p.coin == 1, p.coin, p.counter); }));
    // Not that it would; but flags go out one after the other.
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return p.counter + (p.counter == p.copy); }));
  }

  void leaves_alone_what_is_read_otherwise() {
    const auto refuses = [](const std::function<Expr(const Parts&)>& condition) {
      return !is_rewritten(reading([condition](Path& p, const Parts& parts) {
        p.step("save",
               then(parts.copy = parts.counter, parts.other = parts.counter),
               then(parts.other = parts.counter));
        p.step("compare", when(condition(parts)), otherwise());
      }));
    };
    CPPUNIT_ASSERT(!refuses([](const Parts& p) { return p.copy == p.counter; }));
    CPPUNIT_ASSERT(!refuses([](const Parts& p) { return p.counter != p.copy || p.coin == 0; }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return p.counter == 2; }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return p.copy == 0; }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return p.copy < p.counter; }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return p.copy + 1 == p.counter; }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return p.copy == p.other; }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return p.copy == p.counter && p.counter > 0; }));

    // By a claim, that shows it or checks it; by somebody who waits; in an index.
    CPPUNIT_ASSERT(!is_rewritten(reading([](Path& p, const Parts& parts) {
      compare_once(p, parts);
      p.step("check", always().check(parts.claim, parts.copy < 3, "it is large"));
    })));
    CPPUNIT_ASSERT(!is_rewritten(reading([](Path& p, const Parts& parts) {
      compare_once(p, parts);
      p.step("wait", always().wait(parts.counter > 1, "it to grow"));
    })));
    CPPUNIT_ASSERT(!is_rewritten(showing(true)));
    CPPUNIT_ASSERT(is_rewritten(showing(false)));
  }

  void leaves_alone_what_copies_do_not_only_get_from_it() {
    const auto refuses = [](const std::function<Effect(const Parts&)>& change) {
      return !is_rewritten(reading([change](Path& p, const Parts& parts) {
        p.step("save", then(parts.copy = parts.counter));
        p.step("change", then(change(parts)));
        p.step("compare", when(parts.copy == parts.counter), otherwise());
      }));
    };
    CPPUNIT_ASSERT(!refuses([](const Parts& p) { return p.coin = 1; }));
    CPPUNIT_ASSERT(
        !refuses([](const Parts& p) { return p.copy = select(p.coin == 1, p.counter, p.copy); }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return p.copy = p.copy + 1; }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return p.copy = p.coin; }));
    CPPUNIT_ASSERT(refuses([](const Parts& p) { return p.coin = min(p.copy, 1); }));
  }

  /// Going round and doing something is progress, doing nothing is none; counting is something.
  void a_step_that_only_counts_is_still_progress() {
    Model m({"p"});
    const Place counter = m.counter("counter", 2);
    m.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.label("again");
      p.step("count", then(counter = counter + 1).go("again"));
    });
    m.progress();
    CPPUNIT_ASSERT(explore(m.finish(), {}).verdict == Verdict::model_error);
    CPPUNIT_ASSERT(explore(m.finish(), equality).verdict == Verdict::holds);
  }

  void ends_where_the_plain_search_leaves_the_range() {
    const ir::Model model = reading(compare_once, [](Path& p, const Parts& parts) {
      p.label("again");
      p.step("count", then(parts.counter = parts.counter + 1).go("again"));
    });
    CPPUNIT_ASSERT(explore(model, {}).verdict == Verdict::model_error);
    CPPUNIT_ASSERT(explore(model, dead).verdict == Verdict::model_error);
    const Result reduced = explore(model, equality);
    CPPUNIT_ASSERT(reduced.verdict == Verdict::holds);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{1 + 2 + 1}, reduced.counts.states);
  }

  /// The reduced search gets to the end while the plain one is still far from where it fails. Where
  /// the range ends says nothing about the model, so the schedule is followed behind it.
  void a_counterexample_may_leave_the_range() {
    const auto model = [](int high) {
      Model m({"a", "b", "c", "d"});
      const Array at = m.array("at", 4, 0, 3);
      const Place good = m.flag("good", true);
      const Place counter = m.counter("counter", high);
      for (int i = 0; i < 4; ++i)
        m.process(std::string(1, static_cast<char>('a' + i)), "counter", [&](Path& p) {
          const auto f = p.function("f", "f.c");
          for (int k = 1; k <= 3; ++k)
            p.step(fmt::format("go to {}", k), then(at[i] = k));
          if (i < 3) return;
          for (int k = 1; k <= 3; ++k)
            p.step(fmt::format("count to {}", k), then(counter = counter + 1));
          p.step("break it", then(good = false));
        });
      m.invariant("good", "all is good", {{good, "it is not"}});
      return m.finish();
    };
    Limits limits = few_states();
    limits.states_max = 20;
    const Reductions both{.ample_sets = true, .equality = true};
    for (const int high : {3, 2}) {
      const Result result = explore(model(high), both, limits);
      CPPUNIT_ASSERT(result.verdict == Verdict::violated);
      CPPUNIT_ASSERT(!result.is_shortest);
      CPPUNIT_ASSERT_EQUAL(result.schedule.size(), replay(model(high), result).steps.size());
    }
  }

  void agrees_with_the_plain_search_on_random_models() {
    int rewritten = 0, smaller = 0;
    const std::uint64_t models = tests::amount(150, 10'000);
    for (std::uint64_t seed = 1; seed <= models; ++seed) {
      const ir::Model model = tests::random_counting_model(seed);
      const ir::Model shorter = without_counters(model);
      ir::validate(shorter);
      if (std::ranges::none_of(shorter.variables, &ir::Variable::endless)) ++rewritten;
      const Result plain = explore(model, {});
      for (int which = 0; which < 4; ++which) {
        const Reductions reductions{
            .dead_values = (which & 1) != 0, .ample_sets = (which & 2) != 0, .equality = true};
        const Result reduced = explore(model, reductions);
        compare(model.name, plain, reduced);
        const bool is_smaller = reduced.counts.states < plain.counts.states;
        if (which == 0 && plain.verdict == Verdict::holds && is_smaller) ++smaller;
      }
    }
    CPPUNIT_ASSERT_MESSAGE(
        fmt::format("{} of {} rewritten, {} smaller", rewritten, models, smaller),
        rewritten > static_cast<int>(models / 2) && smaller > 5);
  }

  void agrees_about_runs() {
    for (std::uint64_t seed = 1; seed <= tests::amount(100, 10'000); ++seed) {
      const ir::Model model = tests::random_live_counting_model(seed);
      compare(model.name,
              explore(model, {}),
              explore(model, {.dead_values = true, .ample_sets = true, .equality = true}));
    }
  }

 private:
  static constexpr Reductions equality{.equality = true};
  static constexpr Reductions dead{.dead_values = true};
  static void compare_once(Path& p, const Parts& parts) {
    p.step("save", then(parts.copy = parts.counter));
    p.step("compare", when(parts.copy == parts.counter), when(parts.copy != parts.counter));
  }

  static void to_three(Path& p, const Place& counter) {
    for (int i = 1; i <= 3; ++i)
      p.step(fmt::format("count to {}", i), then(counter = counter + 1));
  }
  static void count_to_three(Path& p, const Parts& parts) { to_three(p, parts.counter); }

  static void count(Model& m, const Place& counter) {
    m.process("writer", "count", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      to_three(p, counter);
    });
  }

  /// A writer that counts, and a reader.
  static ir::Model reading(const Record& read, const Record& write = count_to_three) {
    Model m({"writer", "reader"});
    const Place counter = m.counter("counter", 15);
    const Parts parts{.counter = counter,
                      .copy = m.var("copy", 0, 15),
                      .other = m.var("other", 0, 15),
                      .coin = m.var("coin", 0, 1),
                      .claim = m.assertion("claim", "what a step checks", true)};
    m.process("writer", "write", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      write(p, parts);
    });
    m.process("reader", "read", [&](Path& p) {
      const auto f = p.function("g", "f.c");
      read(p, parts);
    });
    return m.finish();
  }
  static ir::Model standard() { return reading(compare_once); }
  /// With a claim that compares the two, and perhaps shows one.
  static ir::Model showing(bool shows) {
    Model m({"writer", "reader"});
    const Place counter = m.counter("counter", 15);
    const Place copy = m.var("copy", 0, 15);
    const Place is_used = m.flag("used", false);
    count(m, counter);
    m.process("reader", "read", [&](Path& p) {
      const auto f = p.function("g", "f.c");
      p.step("save", then(copy = counter));
      p.step("use", when(copy == counter).then(is_used = true), otherwise());
    });
    const Sentence sentence = shows ? Sentence("it is {}", {counter}) : Sentence("it is lost");
    m.invariant("fresh", "what is used is fresh", {{!is_used || copy == counter, sentence}});
    return m.finish();
  }

  static bool is_rewritten(const ir::Model& model) {
    const auto counter = static_cast<std::size_t>(tests::variable(model, "counter"));
    return !without_counters(model).variables[counter].endless;
  }

  static Limits few_states() {
    Limits limits;
    limits.states_max = 20'000;
    return limits;
  }

  static Result
  explore(const ir::Model& model, const Reductions& all, const Limits& limits = few_states()) {
    Observer nobody;
    return explore_reduced(model, all, limits, nobody);
  }

  static std::uint64_t states(const ir::Model& model, const Reductions& reductions) {
    const Result result = explore(model, reductions);
    CPPUNIT_ASSERT(result.verdict == Verdict::holds);
    return result.counts.states;
  }

  static void agree(const ir::Model& m) { compare("", explore(m, {}), explore(m, equality)); }

  static void compare(const std::string& what, const Result& plain, const Result& reduced) {
    if (plain.verdict == Verdict::incomplete) return;
    // Only counters leave their range in these models, and that need not be found.
    if (plain.verdict == Verdict::model_error && reduced.verdict == Verdict::holds) return;
    CPPUNIT_ASSERT_EQUAL_MESSAGE(
        what, std::string(word(plain.verdict)), std::string(word(reduced.verdict)));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, plain.property, reduced.property);
    CPPUNIT_ASSERT_MESSAGE(what, plain.schedule == reduced.schedule);
    CPPUNIT_ASSERT_MESSAGE(what, reduced.counts.states <= plain.counts.states);
    if (plain.verdict != Verdict::holds) return;
    const auto& fired = reduced.coverage.fired;
    for (std::size_t p = 0; p < fired.size(); ++p)
      for (std::size_t s = 0; s < fired[p].size(); ++s)
        for (std::size_t a = 0; a < fired[p][s].size(); ++a)
          CPPUNIT_ASSERT_EQUAL(plain.coverage.fired[p][s][a] > 0, fired[p][s][a] > 0);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StillEqualTest);
