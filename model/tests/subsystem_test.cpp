#include "model/scenario/subsystem.hpp"

#include "checker/ir/model.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/build_model.hpp"
#include "model/tests/library.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

using namespace stalemate;
using namespace stalemate::kernel;

class SubsystemTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SubsystemTest);
  CPPUNIT_TEST(knobs_and_paths_have_names_of_their_own);
  CPPUNIT_TEST(properties_of_one_name_claim_the_same);
  CPPUNIT_TEST(every_path_runs_on_the_small_layout);
  CPPUNIT_TEST(every_property_is_violated_somewhere_and_holds_elsewhere);
  CPPUNIT_TEST_SUITE_END();

 public:
  void knobs_and_paths_have_names_of_their_own() {
    std::set<std::string> knobs;
    std::set<std::string> paths;
    for (const Subsystem& subsystem : subsystems()) {
      for (const Knob& knob : subsystem.knobs)
        CPPUNIT_ASSERT_MESSAGE(knob.name,
                               knobs.insert(knob.name).second || knob.name == version_knob_name);
      for (const PathEntry& path : subsystem.paths)
        CPPUNIT_ASSERT_MESSAGE(path.name, paths.insert(path.name).second);
    }
  }

  void properties_of_one_name_claim_the_same() {
    const auto all = all_properties();
    for (const Subsystem& subsystem : subsystems())
      for (const PropertyEntry& property : subsystem.properties)
        CPPUNIT_ASSERT_EQUAL(std::ranges::find(all, property.name, &PropertyEntry::name)->claim,
                             property.claim);
  }

  void every_path_runs_on_the_small_layout() {
    for (const Subsystem& subsystem : subsystems()) {
      const ir::Model model = build_model(small_scenario(subsystem));
      for (const PathEntry& path : subsystem.paths)
        CPPUNIT_ASSERT_MESSAGE(path.name,
                               std::ranges::find(model.processes, path.name, &ir::Process::path) !=
                                   model.processes.end());
    }
  }

  /// A claim that nothing breaks may say nothing; one that nothing proves may be too strong. Counts
  /// what scenarios expect, which `stalemate check` compares with what comes out.
  void every_property_is_violated_somewhere_and_holds_elsewhere() {
    std::set<Of> violated;
    std::set<Of> held;
    for (const ScenarioFile& file : library()) {
      const std::set<Of> broken = broken_in(file);
      violated.insert(broken.begin(), broken.end());
      for (const Scenario& scenario : file.scenarios()) {
        if (scenario.expect.outcome != Expectation::Outcome::holds) continue;
        // Every execution of a protocol checks whatever the protocol claims.
        if (lockless::is_for_relacy(scenario)) held.insert(broken.begin(), broken.end());
        for (const ir::Property& property : build_model(scenario).properties)
          held.emplace(scenario.subsystem->name, property.name);
      }
    }
    CPPUNIT_ASSERT(held.size() > 50);
    std::string wrong;
    for (const Subsystem& subsystem : subsystems())
      for (const PropertyEntry& property : subsystem.properties) {
        const Of of{subsystem.name, property.name};
        const std::string name = "\n" + of.first + ": " + of.second;
        if (violated.count(of) == 0) wrong += name + " is never violated";
        if (held.count(of) == 0) wrong += name + " holds nowhere";
      }
    CPPUNIT_ASSERT_EQUAL(std::string(), wrong);
  }

 private:
  using Of = std::pair<std::string, std::string>; ///< Subsystem, property.

  static std::set<Of> broken_in(const ScenarioFile& file) {
    std::set<Of> broken;
    for (const Scenario& scenario : file.scenarios()) {
      const bool is_deadlock = scenario.expect.outcome == Expectation::Outcome::deadlock;
      if (scenario.expect.outcome != Expectation::Outcome::holds)
        broken.emplace(scenario.subsystem->name,
                       is_deadlock ? "no_deadlock" : scenario.expect.property);
    }
    return broken;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SubsystemTest);
