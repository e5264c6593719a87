// Whatever a scenario brings along, building it ends in a model or in one line that says what is
// wrong; and every model that is built can be searched.
#include "checker/search/reach.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/figures.hpp"
#include "model/scenario/build_model.hpp"
#include "model/tests/own_scenarios.hpp"
#include "model/tests/scenario_mutator.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <numeric>
#include <span>
#include <string>

namespace stalemate::kernel {
namespace {

class OwnMutationTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(OwnMutationTest);
  CPPUNIT_TEST(what_is_brought_along_ends_in_a_verdict_or_an_input_error);
  CPPUNIT_TEST(so_does_a_changed_scenario_of_ours);
  CPPUNIT_TEST_SUITE_END();

 public:
  void what_is_brought_along_ends_in_a_verdict_or_an_input_error() {
    const std::array seeds{
        counting(locked_steps, everything), counting(many_steps, everything), like_another};
    for (const std::string& seed : seeds)
      CPPUNIT_ASSERT_EQUAL(std::string(), outcome(seed, 1));
    const auto count = static_cast<unsigned>(tests::amount(300, 20'000));
    for (unsigned seed = 0; seed < count; ++seed)
      // Two of three about what is small enough to be searched.
      try_one(seed, seeds[seed % 3], std::numeric_limits<std::size_t>::max());
    // Both ends are reached, often.
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{} searched, {} refused", searched_, refused_),
                           searched_ > count / 20 && refused_ > count / 3);
  }

  void so_does_a_changed_scenario_of_ours() {
    const auto each = static_cast<unsigned>(tests::amount(2, 160));
    unsigned count = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(STALEMATE_SOURCE_DIR "/scenarios")) {
      const std::string name = entry.path().filename().string();
      if (!name.ends_with(".json") || name.ends_with(".schema.json")) continue;
      std::ifstream in(entry.path());
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      // Of each by its name, since folders are read in any order.
      const auto first = static_cast<unsigned>(std::accumulate(name.begin(), name.end(), 0));
      for (unsigned i = 0; i < each; ++i, ++count)
        try_one(first * 1000 + i, text, 1);
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(count), count > 200);
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{} searched, {} refused", searched_, refused_),
                           searched_ > count / 10 && refused_ > count / 10);
  }

 private:
  /// One mutant, of which so many variants are searched.
  void try_one(unsigned seed, const std::string& original, std::size_t variants) {
    const std::string text = ScenarioMutator(seed).mutate(original);
    const std::string line = outcome(text, variants);
    if (!line.empty()) {
      ++refused_;
      const std::string what = fmt::format("seed {}: {}\n{}", seed, line, text);
      CPPUNIT_ASSERT_MESSAGE(what, line.starts_with("f.json:"));
      CPPUNIT_ASSERT_MESSAGE(what, line.find('\n') == std::string::npos);
      CPPUNIT_ASSERT_MESSAGE(what, line.size() < 1000);
    }
    tests::count_figure("scenario_mutants");
  }

  /// What is wrong with the scenario; nothing if it can be searched.
  std::string outcome(const std::string& text, std::size_t variants) {
    try {
      const ScenarioFile file("f.json", text);
      const std::span all(file.scenarios());
      for (const Scenario& scenario : all.first(std::min(variants, all.size()))) {
        try {
          const ir::Model model = build_model(scenario);
          Limits limits;
          limits.states_max = 3'000;
          Observer nobody;
          (void)explore_and_reach(model, {}, limits, nobody);
          ++searched_;
        } catch (const ScenarioError& error) {
          return file.located(scenario, error).what();
        }
      }
      return "";
    } catch (const InputError& error) {
      return error.what();
    }
  }

  unsigned searched_ = 0;
  unsigned refused_ = 0;
};

CPPUNIT_TEST_SUITE_REGISTRATION(OwnMutationTest);

} // namespace
} // namespace stalemate::kernel
