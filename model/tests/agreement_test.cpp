// Second opinions about every scenario that comes with the program: Spin and rumur find the same
// verdict, the same length of the shortest counterexample, and, without claims, the same numbers of
// states and transitions.

#include "checker/tests/amount.hpp"
#include "checker/tests/figures.hpp"
#include "checker/tests/second_opinions.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/build_model.hpp"
#include "model/tests/library.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace stalemate::kernel {
namespace {

namespace outside = stalemate::tests;

class AgreementTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(AgreementTest);
  CPPUNIT_TEST(spin_agrees_on_scenarios);
  CPPUNIT_TEST(rumur_agrees_on_a_variant_of_each_race);
  CPPUNIT_TEST_SUITE_END();

 public:
  void spin_agrees_on_scenarios() {
    outside::require_program("spin");
    outside::require_program("tcc");
    // The first of every second file: a verifier takes a third of a second to translate. All of
    // them are for ./dev agree.
    std::vector<Scenario> scenarios;
    const std::vector<ScenarioFile>& files = library();
    for (std::size_t f = 0; f < files.size(); f += is_about_all() ? 1 : 2)
      for (const Scenario& scenario : files[f].scenarios()) {
        scenarios.push_back(scenario);
        if (!is_about_all()) break;
      }
    CPPUNIT_ASSERT(
        compare("scenarios_spin", scenarios, outside::spin_of_small, outside::spin_of_large) > 30);
  }

  /// Translating rumur's verifier takes most of a second, so here seven races of eight are left
  /// out.
  /// ./dev soak asks about all variants.
  void rumur_agrees_on_a_variant_of_each_race() {
    outside::require_program("rumur");
    std::vector<Scenario> scenarios;
    const std::vector<ScenarioFile>& files = library();
    for (std::size_t f = 0; f < files.size(); f += is_about_all() ? 1 : 8) {
      for (const Scenario& scenario : files[f].scenarios()) {
        if (lockless::is_for_relacy(scenario)) continue;
        if (!outside::is_small(build_model(scenario), limit())) continue;
        scenarios.push_back(scenario);
        if (!outside::is_soak()) break;
      }
    }
    compare("scenarios_rumur", scenarios, outside::rumur_of_small, outside::rumur_of_large);
  }

 private:
  /// True in `./dev agree` and `./dev soak`.
  static bool is_about_all() {
    return std::getenv("STALEMATE_ALL") != nullptr || outside::is_soak();
  }

  /// Up to how many states, without claims, a model is asked about, and from where on it counts as
  /// large. What is left out here is asked about in ./dev soak.
  static constexpr std::uint64_t usual_max = 20'000;
  static constexpr std::uint64_t soak_max = 10'000'000;
  static constexpr std::uint64_t small_max = 100'000;
  static std::uint64_t limit() { return outside::amount(usual_max, soak_max); }

  /// How many were small enough to be asked about. On every core, since another process does the
  /// work.
  static int compare(const char* what,
                     const std::vector<Scenario>& scenarios,
                     const outside::Ask& small,
                     const outside::Ask& large) {
    std::vector<std::string> differences(scenarios.size());
    std::atomic<std::size_t> next = 0;
    std::atomic<int> compared = 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < scenarios.size(); i = next++) {
        // A protocol's model is one execution: there is nothing to search.
        if (lockless::is_for_relacy(scenarios[i])) continue;
        const ir::Model model = build_model(scenarios[i]);
        if (!outside::is_small(model, limit())) continue;
        const auto& ask = outside::is_small(model, small_max) ? small : large;
        const std::string difference = outside::explained_disagreement(model, ask);
        if (!difference.empty()) differences[i] = model.name + ": " + difference;
        ++compared;
      }
    };
    {
      std::vector<std::jthread> others;
      for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i)
        others.emplace_back(work);
      work();
    }
    for (const std::string& difference : differences)
      CPPUNIT_ASSERT_EQUAL(std::string(), difference);
    outside::count_figure(what, static_cast<std::uint64_t>(compared));
    return compared;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AgreementTest);

} // namespace
} // namespace stalemate::kernel
