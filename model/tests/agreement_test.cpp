// Second opinions about every scenario that comes with the program: Spin and rumur find the same
// verdict, the same length of the shortest counterexample, and, without claims, the same numbers of
// states and transitions.

#include "checker/tests/amount.hpp"
#include "checker/tests/second_opinions.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace stalemate::kernel {
namespace {

namespace fs = std::filesystem;
namespace outside = stalemate::tests;

std::vector<ScenarioFile> files() {
  std::vector<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(STALEMATE_SOURCE_DIR "/scenarios")) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".json") && !name.ends_with(".schema.json"))
      paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  std::vector<ScenarioFile> all;
  for (const std::string& path : paths)
    all.push_back(read_scenario_file(path));
  return all;
}

class AgreementTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(AgreementTest);
  CPPUNIT_TEST(spin_agrees_on_every_scenario);
  CPPUNIT_TEST(rumur_agrees_on_one_variant_of_each_verdict);
  CPPUNIT_TEST_SUITE_END();

 public:
  void spin_agrees_on_every_scenario() {
    outside::require_program("spin");
    outside::require_program("tcc");
    int compared = 0;
    for (const ScenarioFile& file : files())
      for (const Scenario& scenario : file.scenarios())
        compared += check(scenario, outside::spin_of_small, outside::spin_of_large);
    CPPUNIT_ASSERT(compared > 60);
  }

  /// Translating rumur's verifier takes most of a second. ./dev soak asks about all variants.
  void rumur_agrees_on_one_variant_of_each_verdict() {
    outside::require_program("rumur");
    for (const ScenarioFile& file : files()) {
      std::set<Expectation::Outcome> seen;
      for (const Scenario& scenario : file.scenarios())
        if (outside::is_soak() || !seen.contains(scenario.expect.outcome))
          if (check(scenario, outside::rumur_of_small, outside::rumur_of_large) > 0)
            seen.insert(scenario.expect.outcome);
    }
  }

 private:
  /// Up to how many states, without claims, a model is asked about, and from where on it counts as
  /// large. What is left out here is asked about in ./dev soak.
  static constexpr std::uint64_t usual_max = 50'000;
  static constexpr std::uint64_t soak_max = 10'000'000;
  static constexpr std::uint64_t small_max = 100'000;

  /// 1 if the model was small enough to ask.
  static int check(const Scenario& scenario, const outside::Ask& small, const outside::Ask& large) {
    // A protocol's model is one execution: there is nothing to search.
    if (lockless::is_protocol(scenario)) return 0;
    const ir::Model model = build_model(scenario);
    if (!outside::is_small(model, outside::amount(usual_max, soak_max))) return 0;
    const auto& ask = outside::is_small(model, small_max) ? small : large;
    CPPUNIT_ASSERT_EQUAL_MESSAGE(
        model.name, std::string(), outside::explained_disagreement(model, ask));
    return 1;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AgreementTest);

} // namespace
} // namespace stalemate::kernel
