#include "checker/ir/identity.hpp"
#include "model/own/read.hpp"
#include "model/own/record.hpp"
#include "model/own/write.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/tests/library.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdlib>
#include <string>

using namespace stalemate;
using namespace stalemate::kernel;

class OwnPathsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(OwnPathsTest);
  CPPUNIT_TEST(every_path_is_read_back_from_what_is_printed);
  CPPUNIT_TEST(every_path_of_the_library_is_read_back);
  CPPUNIT_TEST_SUITE_END();

 public:
  void every_path_is_read_back_from_what_is_printed() {
    int paths = 0;
    for (const Subsystem& subsystem : subsystems()) {
      if (subsystem.name == "lockless") continue; // its paths are recorded from atomics
      paths += read_all_back(build_model(small_scenario(subsystem)));
    }
    CPPUNIT_ASSERT(paths > 50);
  }

  /// With every knob and layout that some scenario has; one variant of each file is enough here.
  void every_path_of_the_library_is_read_back() {
    const bool is_long = std::getenv("STALEMATE_SOAK") != nullptr;
    int paths = 0;
    for (const ScenarioFile& scenarios : library()) {
      for (const Scenario& scenario : scenarios.scenarios()) {
        if (scenario.subsystem->name == "lockless") continue;
        paths += read_all_back(build_model(scenario));
        if (!is_long) break;
      }
    }
    CPPUNIT_ASSERT(paths > 100);
  }

 private:
  static int read_all_back(const ir::Model& model) {
    const auto wanted = ir::identity(model);
    for (std::size_t p = 0; p < model.processes.size(); ++p) {
      const auto number = static_cast<int>(p);
      const std::string text = own::path_as_json(model, number);
      const Json json = Json::parse(text);
      const auto& path = model.processes[p].path;
      const own::Path read = own::read_path(path, json[path], "/" + path);
      ir::Model copy = model;
      copy.processes[p].steps.clear();
      try {
        own::record(copy, number, read.steps);
      } catch (const ScenarioError& error) {
        CPPUNIT_FAIL(model.name + ": " + error.pointer() + ": " + error.what() + "\n" + text);
      }
      if (ir::identity(copy) != wanted) CPPUNIT_FAIL(model.name + ": differs:\n" + text);
    }
    return static_cast<int>(model.processes.size());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OwnPathsTest);
