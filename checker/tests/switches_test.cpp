#include "checker/inquiry/switches.hpp"

#include "checker/audit/reference.hpp"
#include "checker/program/definition.hpp"
#include "checker/result/trace.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

using namespace stalemate;

namespace {

/// The fewest switches of all runs of one length that break the claim, by trying all of them.
class AllRuns {
 public:
  AllRuns(const ir::Model& model, const Result& result) : model_(model), result_(result) {
    go(ir::initial(model), ir::none, 0, result.schedule.size());
  }

  [[nodiscard]] std::optional<std::size_t> fewest() const { return fewest_; }

 private:
  void found(std::size_t switches) { fewest_ = std::min(fewest_.value_or(switches), switches); }

  void go(const ir::Valuation& state, int last, std::size_t switches, std::size_t left) {
    const auto part = broken_part(model_, state);
    if (left == 0 || part) {
      if (left == 0 && part && part->property == result_.property && part->part == result_.part)
        found(switches);
      return;
    }
    for (int p = 0; p < static_cast<int>(model_.processes.size()); ++p) {
      const ir::Process& process = model_.processes[static_cast<std::size_t>(p)];
      const int at = location(process, state);
      if (at == process.finished()) continue;
      const std::size_t more = switches + (last != ir::none && last != p ? 1 : 0);
      for (const auto& way : process.steps[static_cast<std::size_t>(at)].alternatives) {
        if (!is_enabled(way, state)) continue;
        const Firing firing = fire(model_, process, way, state);
        if (firing.broken == nullptr && firing.error.empty())
          go(firing.target, p, more, left - 1);
        else if (left == 1 && result_.part < 0 && firing.broken != nullptr &&
                 firing.broken->property == result_.property)
          found(more);
      }
    }
  }

  const ir::Model& model_;
  const Result& result_;
  std::optional<std::size_t> fewest_;
};

} // namespace

class SwitchesTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SwitchesTest);
  CPPUNIT_TEST(counts_changes_between_processes);
  CPPUNIT_TEST(agrees_with_trying_all_runs_of_random_models);
  CPPUNIT_TEST(what_is_too_much_or_holds_is_nothing);
  CPPUNIT_TEST(a_ring_of_locks_ends_in_the_same_state);
  CPPUNIT_TEST_SUITE_END();

 public:
  void counts_changes_between_processes() {
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, switches({}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, switches({{0, 0}, {0, 1}, {1, 0}, {0, 0}}));
  }

  void agrees_with_trying_all_runs_of_random_models() {
    int met = 0;
    int better = 0;
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
      const ir::Model model = tests::random_model(seed);
      const Result result = explore_plainly(model, 200);
      if (result.verdict != Verdict::violated || result.schedule.size() > 7) continue;
      const auto found = fewest_switches(model, result, 50'000);
      const std::string what = fmt::format("seed {}", seed);
      CPPUNIT_ASSERT_MESSAGE(what, found.has_value());
      Result fewest = result;
      fewest.schedule = *found;
      (void)replay(model, fewest); // throws if it breaks nothing
      CPPUNIT_ASSERT_EQUAL_MESSAGE(what, result.schedule.size(), found->size());
      const auto tried = AllRuns(model, result).fewest();
      CPPUNIT_ASSERT_MESSAGE(what, tried.has_value());
      CPPUNIT_ASSERT_EQUAL_MESSAGE(what, *tried, switches(*found));
      ++met;
      better += switches(*found) < switches(result.schedule) ? 1 : 0;
    }
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{} {}", met, better), met > 50 && better > 5);
  }

  void what_is_too_much_or_holds_is_nothing() {
    const ir::Model model = tests::ring_of_two_locks();
    const Result result = explore_plainly(model, 200);
    CPPUNIT_ASSERT(!fewest_switches(model, result, 1));
    Result holds = result;
    holds.verdict = Verdict::holds;
    CPPUNIT_ASSERT(!fewest_switches(model, holds, 1000));
  }

  void a_ring_of_locks_ends_in_the_same_state() {
    const ir::Model model = tests::ring_of_two_locks();
    const Result result = explore_plainly(model, 200);
    CPPUNIT_ASSERT(result.verdict == Verdict::deadlock);
    const auto found = fewest_switches(model, result, 1000);
    CPPUNIT_ASSERT(found.has_value());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, switches(*found));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SwitchesTest);
