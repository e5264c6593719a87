// Where nobody says what to leave out, a plain search goes first, and only a long one is reduced.

#include "checker/builder/path.hpp"
#include "checker/search/explore.hpp"
#include "checker/search/reduced.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/same_result.hpp"
#include "checker/tests/taken.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <string>

using namespace stalemate;

class UsualReductionsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(UsualReductionsTest);
  CPPUNIT_TEST(a_short_search_leaves_nothing_out);
  CPPUNIT_TEST(a_long_one_leaves_out_what_pays);
  CPPUNIT_TEST(it_says_what_the_plain_one_says);
  CPPUNIT_TEST(limits_are_those_of_all_searches_together);
  CPPUNIT_TEST(what_the_first_search_saw_is_not_forgotten);
  CPPUNIT_TEST_SUITE_END();

 public:
  void a_short_search_leaves_nothing_out() {
    const ir::Model model = alike();
    const Result plain = explore(compile(model));
    tests::assert_same("short", plain, explored(model, after(plain.counts.states)));
    CPPUNIT_ASSERT(explored(model, after(plain.counts.states - 1)).is_reduced);
  }

  void a_long_one_leaves_out_what_pays() {
    const ir::Model model = alike();
    const Result plain = explore(compile(model));
    const Result reduced = explored(model, after(100));
    CPPUNIT_ASSERT(reduced.is_reduced);
    CPPUNIT_ASSERT_EQUAL(word(plain.verdict), word(reduced.verdict));
    CPPUNIT_ASSERT(reduced.counts.states < plain.counts.states / 3 * 2);
    // Everybody is in everybody's way there.
    const ir::Model other = tests::philosophers(7, tests::Manners::last_is_odd);
    tests::assert_same("philosophers", explore(compile(other)), explored(other, after(100)));
  }

  void it_says_what_the_plain_one_says() {
    int reduced = 0;
    int broken = 0;
    for (std::uint64_t seed = 1; seed <= tests::amount(300, 10'000); ++seed) {
      const ir::Model model =
          seed % 3 == 0 ? tests::random_alike_model(seed) : tests::random_model(seed);
      Limits limits;
      limits.states_max = 20'000;
      const Result plain = explored(model, {}, limits);
      if (plain.verdict == Verdict::incomplete) continue;
      const Result found = explored(model, after(30), limits);
      const std::string what = fmt::format("seed {}", seed);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(what, word(plain.verdict), word(found.verdict));
      CPPUNIT_ASSERT_MESSAGE(what, plain.schedule == found.schedule);
      CPPUNIT_ASSERT_MESSAGE(what, tests::taken(plain) == tests::taken(found));
      reduced += found.is_reduced ? 1 : 0;
      broken += plain.verdict != Verdict::holds && plain.counts.states > 30 ? 1 : 0;
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(reduced), reduced > 10);
    CPPUNIT_ASSERT_MESSAGE(std::to_string(broken), broken > 10);
  }

  void limits_are_those_of_all_searches_together() {
    const ir::Model model = tests::philosophers(9, tests::Manners::last_is_odd);
    Limits limits;
    limits.states_max = 5'000;
    const Result cut = explored(model, after(1'000), limits);
    CPPUNIT_ASSERT(cut.verdict == Verdict::incomplete);
    CPPUNIT_ASSERT_EQUAL(std::string("the limit of 5000 states is reached"), cut.reason);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{5'000}, cut.counts.states);
    limits.depth_max = 5;
    CPPUNIT_ASSERT(!explored(model, after(100), limits).is_reduced);

    // As if another search had taken its time before.
    limits = {};
    limits.time_max = std::chrono::milliseconds(60'000);
    limits.since = std::chrono::steady_clock::now() - std::chrono::minutes(2);
    const Result late = explored(model, after(1'000), limits);
    CPPUNIT_ASSERT_EQUAL(std::string("the time limit of 60000 ms is reached"), late.reason);
  }

  /// An interrupt in the second one, which has not come so far yet.
  void what_the_first_search_saw_is_not_forgotten() {
    class Interrupt : public Observer {
     public:
      void progress(const Progress& /*progress*/) override { is_set = ++reports > 1; }
      int reports = 0;
      std::atomic<bool> is_set = false;
    };
    Interrupt interrupt;
    Limits limits;
    limits.interrupted = &interrupt.is_set;
    const ir::Model model = tests::philosophers(11, tests::Manners::last_is_odd);
    const Result result = explore_reduced(model, after(100'000), limits, interrupt);
    CPPUNIT_ASSERT_EQUAL(2, interrupt.reports);
    CPPUNIT_ASSERT_EQUAL(std::string("interrupted"), result.reason);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{100'000}, result.counts.states);
  }

 private:
  static Reductions after(std::uint64_t states) {
    Reductions reductions = usual_reductions;
    reductions.after = states;
    return reductions;
  }

  static Result
  explored(const ir::Model& model, const Reductions& reductions, const Limits& limits = {}) {
    Observer nobody;
    return explore_reduced(model, reductions, limits, nobody);
  }

  /// Five who count by themselves, one like the other.
  static ir::Model alike() {
    using namespace build;
    Model m({"a", "b", "c", "d", "e"}, "alike");
    for (const char* name : {"a", "b", "c", "d", "e"})
      m.process(name, "count", [&](Path& p) {
        const auto function = p.function("count", "");
        const Place n = p.local("n", 0, 3, 0);
        p.label("again");
        p.step("count", when(n < 3).then(n = n + 1).go("again"), when(n == 3));
      });
    return m.finish();
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(UsualReductionsTest);
