#include "checker/search/endless.hpp"

#include "checker/ir/widened.hpp"
#include "checker/program/program.hpp"
#include "checker/result/too_short.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <string>

using namespace stalemate;
using namespace stalemate::build;

class EndlessTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(EndlessTest);
  CPPUNIT_TEST(a_range_that_is_enough_is_kept);
  CPPUNIT_TEST(a_counter_is_followed_further);
  CPPUNIT_TEST(what_was_folded_by_the_old_range_is_not_believed);
  CPPUNIT_TEST(what_breaks_behind_the_range_is_found_and_replays);
  CPPUNIT_TEST(a_counter_without_end_is_left_out);
  CPPUNIT_TEST(what_nobody_can_decide_is_incomplete);
  CPPUNIT_TEST(other_errors_stay_errors);
  CPPUNIT_TEST(a_counter_that_is_an_index_is_not_followed);
  CPPUNIT_TEST_SUITE_END();

 public:
  void a_range_that_is_enough_is_kept() {
    const Result result =
        explored(counting(3, [](const Place&, const Place&) { return Expr(true); }));
    CPPUNIT_ASSERT(result.verdict == Verdict::holds);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2 * 3 + 1}, result.counts.states);
  }

  void a_counter_is_followed_further() {
    for (const int rounds : {4, 15, 16, 60, 62, 63, 64, 200, 255}) {
      const ir::Model model =
          counting(rounds, [](const Place& seq, const Place& copy) { return copy <= seq; });
      const Result result = explored(model);
      CPPUNIT_ASSERT(result.verdict == Verdict::holds);
      CPPUNIT_ASSERT(!result.is_reduced);
      CPPUNIT_ASSERT_EQUAL(2 * static_cast<std::uint64_t>(rounds) + 1, result.counts.states);
    }
  }

  /// In 0..3 this is always true; the counter goes to 20.
  void what_was_folded_by_the_old_range_is_not_believed() {
    const ir::Model model =
        counting(20, [](const Place& seq, const Place&) { return seq + 0 < 4 && seq <= 3; });
    CPPUNIT_ASSERT(ir::is_constant(model.properties[0].parts[0].holds, 1));
    const Result result = explored(model);
    CPPUNIT_ASSERT(result.verdict == Verdict::violated);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2 * 3 + 1}, result.schedule.size());
  }

  void what_breaks_behind_the_range_is_found_and_replays() {
    const ir::Model model =
        counting(100, [](const Place&, const Place& copy) { return copy != 70; });
    const Result result = explored(model);
    CPPUNIT_ASSERT(result.verdict == Verdict::violated);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2 * 70}, result.schedule.size());
    const Trace trace = replay(model, result);
    CPPUNIT_ASSERT_EQUAL(result.schedule.size(), trace.steps.size());
    CPPUNIT_ASSERT_EQUAL(70, trace.values.back().value);
  }

  /// Only compared with its copy, so that it can be done without.
  void a_counter_without_end_is_left_out() {
    const Result result =
        explored(for_ever([](const Place& seq, const Place& copy) { return when(copy == seq); }));
    CPPUNIT_ASSERT(result.verdict == Verdict::holds);
    CPPUNIT_ASSERT(result.is_reduced);
  }

  void what_nobody_can_decide_is_incomplete() {
    const Result result = explored(
        for_ever([](const Place& seq, const Place& copy) { return when(copy < seq + 1); }));
    CPPUNIT_ASSERT(result.verdict == Verdict::incomplete);
    CPPUNIT_ASSERT_EQUAL(std::string("seq would leave 0..255, as far as it is followed"),
                         result.reason);
    CPPUNIT_ASSERT(result.counts.states > 255);
  }

  void other_errors_stay_errors() {
    const ir::Model model = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      return [=](Path& p) {
        p.label("again");
        p.step("count", then(x = x + 1).go("again"));
      };
    });
    const Result result = explored(model);
    CPPUNIT_ASSERT(result.verdict == Verdict::model_error);
    CPPUNIT_ASSERT(too_short(model, result) == nullptr);
    CPPUNIT_ASSERT(!ir::widened(model, 255));
  }

  void a_counter_that_is_an_index_is_not_followed() {
    const ir::Model model = tests::one_process([](Model& m) {
      const Place seq = m.counter("seq", 3);
      const Array seen = m.flags("seen", 4);
      return [=](Path& p) {
        p.label("again");
        p.step("mark", then(seen[seq] = true));
        p.step("count", then(seq = seq + 1).go("again"));
      };
    });
    CPPUNIT_ASSERT(!ir::widened(model, 255));
    const Result result = explored(model);
    CPPUNIT_ASSERT(result.verdict == Verdict::incomplete);
    CPPUNIT_ASSERT_EQUAL(std::string("seq would leave 0..3, as far as it is followed"),
                         result.reason);
  }

 private:
  using Claimed = std::function<Expr(const Place&, const Place&)>;

  /// Counts so often, and copies the counter after each time; the claim is about both.
  static ir::Model counting(int rounds, const Claimed& claimed) {
    return tests::one_process([&](Model& m) {
      const Place seq = m.counter("seq", 3);
      const Place copy = m.var("copy", 0, 3);
      m.invariant("claim", "it is true", {{claimed(seq, copy), "it is not"}});
      return [=](Path& p) {
        for (int i = 0; i < rounds; ++i) {
          p.step("count " + std::to_string(i), then(seq = seq + 1));
          p.step("copy " + std::to_string(i), then(copy = seq));
        }
      };
    });
  }

  using Looked = std::function<Alternative(const Place&, const Place&)>;

  static ir::Model for_ever(const Looked& looked) {
    return tests::one_process([&](Model& m) {
      const Place seq = m.counter("seq", 3);
      return [=](Path& p) {
        const Place copy = p.local("copy", 0, 3);
        p.label("again");
        p.step("copy", then(copy = seq));
        p.step("look", looked(seq, copy), otherwise());
        p.step("count", then(seq = seq + 1).go("again"));
      };
    });
  }

  static Result explored(const ir::Model& model) {
    Observer nobody;
    return explore_endless(model, {}, {}, nobody);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(EndlessTest);
