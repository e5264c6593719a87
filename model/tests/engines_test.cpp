// That docs/engines.md says of every protocol what its scenarios say.

#include "model/lockless/lockless.hpp"
#include "model/tests/library.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace stalemate::kernel {
namespace {

bool is_sound(const Scenario& scenario) {
  return scenario.expect.outcome == Expectation::Outcome::holds;
}

std::string text_of(const std::vector<std::string>& variants) {
  return variants.empty() ? "none" : fmt::format("{}", fmt::join(variants, ", "));
}

// "| C3 | one-reference | relaxed-put, no-acquire | release-acquire | release-acquire |"
std::string row_of(const std::vector<Scenario>& scenarios) {
  std::vector<std::string> both;
  std::vector<std::string> relacy_only;
  std::vector<std::string> neither;
  std::vector<std::string> otherwise;
  for (const Scenario& search : scenarios) {
    if (lockless::is_for_relacy(search)) continue;
    const std::string name = search.variant.substr(0, search.variant.rfind("-sc"));
    const auto weak = std::ranges::find(scenarios, name, &Scenario::variant);
    CPPUNIT_ASSERT_MESSAGE(search.id + "#" + search.variant, weak != scenarios.end());
    CPPUNIT_ASSERT_MESSAGE(name, is_sound(search) || !is_sound(*weak));
    const std::string verdict = lockless::kernel_verdict(*weak);
    CPPUNIT_ASSERT_MESSAGE(name + ": what does the kernel's own model say?", !verdict.empty());
    if ((verdict == "never") != is_sound(*weak)) otherwise.push_back(name);
    (is_sound(*weak) ? neither : is_sound(search) ? relacy_only : both).push_back(name);
  }
  return fmt::format("| {} | {} | {} | {} | {} |\n",
                     scenarios.front().id,
                     text_of(both),
                     text_of(relacy_only),
                     text_of(neither),
                     text_of(otherwise));
}

class EnginesTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(EnginesTest);
  CPPUNIT_TEST(the_table_is_that_of_the_scenarios);
  CPPUNIT_TEST(both_engines_answer_every_variant);
  CPPUNIT_TEST_SUITE_END();

 public:
  void the_table_is_that_of_the_scenarios() {
    std::ifstream file(STALEMATE_SOURCE_DIR "/docs/engines.md");
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    for (const std::vector<Scenario>& scenarios : protocols()) {
      const std::string row = row_of(scenarios);
      CPPUNIT_ASSERT_MESSAGE(row, page.find(row) != std::string::npos);
    }
  }

  void both_engines_answer_every_variant() {
    for (const std::vector<Scenario>& scenarios : protocols()) {
      std::set<std::map<std::string, int>> answered[2];
      for (const Scenario& scenario : scenarios)
        answered[lockless::is_for_relacy(scenario) ? 1 : 0].insert(scenario.kernel);
      CPPUNIT_ASSERT_MESSAGE(scenarios.front().id, answered[0] == answered[1]);
    }
  }

 private:
  static std::vector<std::vector<Scenario>> protocols() {
    std::vector<std::vector<Scenario>> all;
    for (const ScenarioFile& file : library())
      if (file.scenarios().front().subsystem->section == "lockless")
        all.push_back(file.scenarios());
    CPPUNIT_ASSERT(all.size() >= 12);
    return all;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(EnginesTest);

} // namespace
} // namespace stalemate::kernel
