#include "checker/search/reach.hpp"

#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <vector>

using namespace stalemate;
using namespace stalemate::build;

class ReachTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ReachTest);
  CPPUNIT_TEST(what_is_reached_holds);
  CPPUNIT_TEST(what_is_not_reached_is_told);
  CPPUNIT_TEST(what_is_broken_is_told_before);
  CPPUNIT_TEST(a_limit_leaves_it_open);
  CPPUNIT_TEST_SUITE_END();

 public:
  void what_is_reached_holds() {
    const Result result = explored({3, 0, 1});
    CPPUNIT_ASSERT(result.verdict == Verdict::holds);
    CPPUNIT_ASSERT(result.unreached.empty());
  }

  void what_is_not_reached_is_told() {
    const Result result = explored({1, 5, 3, 4});
    CPPUNIT_ASSERT(result.verdict == Verdict::unreachable);
    CPPUNIT_ASSERT((result.unreached == std::vector<int>{2, 4})); // Behind the invariant.
    CPPUNIT_ASSERT_EQUAL(2, result.property);
    CPPUNIT_ASSERT(result.schedule.empty());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, result.counts.states);
  }

  void what_is_broken_is_told_before() {
    const Result result = explored({5}, 2);
    CPPUNIT_ASSERT(result.verdict == Verdict::violated);
    CPPUNIT_ASSERT_EQUAL(0, result.property);
    CPPUNIT_ASSERT(result.unreached.empty());
  }

  void a_limit_leaves_it_open() {
    Limits limits;
    limits.states_max = 3;
    CPPUNIT_ASSERT(explored({5}, 5, limits).verdict == Verdict::incomplete);
  }

 private:
  /// Of a number that is counted up to 3, and claimed to be no more than `most`.
  static Result
  explored(const std::vector<int>& goals, int most = 5, const Limits& limits = Limits()) {
    ir::Model model = tests::one_process([&](Model& m) {
      const Place x = m.var("x", 0, 5);
      m.invariant("few", "x is small", {{x <= most, "x"}});
      return [=](Path& p) {
        for (int i = 1; i <= 3; ++i)
          p.step(fmt::format("count to {}", i), then(x = i));
      };
    });
    const ir::VariableId x = tests::variable(model, "x");
    for (const int goal : goals) {
      ir::Property property;
      property.name = fmt::format("x_is_{}", goal);
      property.claim = fmt::format("x can be {}", goal);
      property.kind = ir::PropertyKind::reachable;
      property.goal =
          ir::combine(ir::Op::equal, {ir::load(x, {0, 5}, nullptr), ir::constant(goal)});
      model.properties.push_back(std::move(property));
    }
    Observer nobody;
    return explore_and_reach(model, {}, limits, nobody);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReachTest);
