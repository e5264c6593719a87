// Reductions on every scenario that comes with the program: the verdict and the steps ever taken
// are those of the plain search.

#include "checker/search/reduced.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/figures.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/cast.hpp"
#include "model/tests/library.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <cmath>
#include <set>
#include <string>

namespace stalemate::kernel {
namespace {

class ReductionTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ReductionTest);
  CPPUNIT_TEST(verdicts_are_those_of_the_plain_search);
  CPPUNIT_TEST(what_is_alike_is_found);
  CPPUNIT_TEST_SUITE_END();

 public:
  void verdicts_are_those_of_the_plain_search() {
    double logarithms = 0;
    int large = 0;
    int endless = 0;
    std::uint64_t small = 0;
    for (const ScenarioFile& file : library()) {
      for (const Scenario& scenario : file.scenarios()) {
        if (lockless::is_for_relacy(scenario)) continue;
        const ir::Model model = ir::without_warnings(build_model(scenario));
        const Result plain = explored(model, {});
        // An endless counter left its range, which only the reduced search can do without.
        if (plain.verdict == Verdict::model_error) {
          ++endless;
          continue;
        }
        if (plain.verdict == Verdict::incomplete) continue;
        const bool is_small = plain.counts.states < 2'000;
        if (is_small && ++small % tests::amount(12, 1) != 0) continue;
        const Result reduced = explored(model, all_reductions);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(model.name, word(plain.verdict), word(reduced.verdict));
        CPPUNIT_ASSERT_MESSAGE(model.name, plain.schedule == reduced.schedule);
        CPPUNIT_ASSERT_MESSAGE(
            model.name, never_taken_words(model, plain) == never_taken_words(model, reduced));
        tests::count_figure("cross_product_scenarios");
        if (plain.verdict != Verdict::holds || plain.counts.states < 20'000) continue;
        logarithms += std::log(static_cast<double>(plain.counts.states) /
                               static_cast<double>(reduced.counts.states));
        ++large;
      }
    }
    CPPUNIT_ASSERT(large >= 5);
    CPPUNIT_ASSERT(endless <= 3);
    const double factor = std::exp(logarithms / large);
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{:.2f} times fewer states", factor), factor > 3);
  }

  /// Readers, writeback and its helpers, tasks in reclaim, bios.
  void what_is_alike_is_found() {
    std::set<std::string> open{
        "DL9#submits-first", "D3#converts-first", "R13#mapped", "R15#shared", "L5#drops-page"};
    for (const ScenarioFile& file : library()) {
      for (const Scenario& scenario : file.scenarios()) {
        if (open.erase(title_of(scenario)) == 0) continue;
        const ir::Model model = ir::without_warnings(build_model(scenario));
        const auto plain = explored(model, {}).counts.states;
        const auto reduced = explored(model, {.symmetry = true}).counts.states;
        CPPUNIT_ASSERT_MESSAGE(fmt::format("{}: {} of {} states", model.name, reduced, plain),
                               reduced < plain / 4 * 3);
      }
    }
    CPPUNIT_ASSERT(open.empty());
  }

 private:
  static Result explored(const ir::Model& model, const Reductions& reductions) {
    Limits limits;
    limits.states_max = 1'000'000;
    Observer nobody;
    return explore_reduced(model, reductions, limits, nobody);
  }

  static std::vector<std::string> never_taken_words(const ir::Model& model, const Result& result) {
    std::vector<std::string> words;
    if (result.verdict == Verdict::holds)
      for (const NeverTaken& one : never_taken(model, result.coverage))
        words.push_back(one.text());
    return words;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReductionTest);

} // namespace
} // namespace stalemate::kernel
