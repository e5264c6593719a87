#include "model/scenario/subsystem.hpp"

#include "checker/ir/model.hpp"
#include "model/scenario/build_model.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <set>
#include <string>

using namespace stalemate;
using namespace stalemate::kernel;

class SubsystemTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SubsystemTest);
  CPPUNIT_TEST(knobs_and_paths_have_names_of_their_own);
  CPPUNIT_TEST(properties_of_one_name_claim_the_same);
  CPPUNIT_TEST(every_path_runs_on_the_small_layout);
  CPPUNIT_TEST_SUITE_END();

 public:
  void knobs_and_paths_have_names_of_their_own() {
    std::set<std::string> knobs;
    std::set<std::string> paths;
    for (const Subsystem& subsystem : subsystems()) {
      for (const Knob& knob : subsystem.knobs)
        CPPUNIT_ASSERT_MESSAGE(knob.name, knobs.insert(knob.name).second);
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
};

CPPUNIT_TEST_SUITE_REGISTRATION(SubsystemTest);
