// What an extension may add. That it is then there is tested with the program, since a process that
// has looked at the tables has closed them.

#include "model/extension/extension.hpp"

#include "model/extension/headers.hpp"
#include "model/iomap/knobs/knobs.hpp"
#include "model/iomap/layout/setup.hpp"
#include "model/iomap/paths.hpp"
#include "model/iomap/properties.hpp"
#include "model/scenario/record_model.hpp"
#include "model/scenario/subsystem.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <stdexcept>
#include <string>

using namespace stalemate;
using namespace stalemate::kernel;
using iomap::IomapPath;
using iomap::IomapProperty;

namespace {

void no_steps(build::Path&, const iomap::World&, const Options&) {}

IomapPath own_path() {
  IomapPath path;
  path.name = "own";
  path.process = "own";
  path.record = no_steps;
  return path;
}

std::string refusal(const std::function<void(Extension&)>& add) {
  try {
    Extension extension("own.cpp");
    add(extension);
  } catch (const ExtensionError& error) {
    return error.what();
  }
  return "nothing refused";
}

void expect(const std::string& message, const std::function<void(IomapPath&)>& spoil) {
  CPPUNIT_ASSERT_EQUAL(message, refusal([&](Extension& extension) {
                         IomapPath path = own_path();
                         spoil(path);
                         extension.add(path);
                       }));
}

void expect_property(const std::string& message, ir::PropertyKind kind) {
  CPPUNIT_ASSERT_EQUAL(message, refusal([&](Extension& extension) {
                         IomapProperty property;
                         property.name = "own";
                         property.kind = kind;
                         extension.add(property);
                       }));
}

} // namespace

class ExtensionTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ExtensionTest);
  CPPUNIT_TEST(refuses_paths_that_no_scenario_can_use);
  CPPUNIT_TEST(refuses_properties_that_claim_nothing);
  CPPUNIT_TEST(comes_before_scenarios);
  CPPUNIT_TEST(a_knob_of_its_own_begins_anew_in_every_kernel);
  CPPUNIT_TEST(a_claim_of_its_own_begins_anew_in_every_model);
  CPPUNIT_TEST(a_path_counts_as_those_that_it_is_like);
  CPPUNIT_TEST(every_header_counts);
  CPPUNIT_TEST_SUITE_END();

 public:
  void refuses_paths_that_no_scenario_can_use() {
    expect("own.cpp: path \"\": a name has 1 to 64 letters, digits, . _ -",
           [](IomapPath& path) { path.name.clear(); });
    expect("own.cpp: path \"a path\": a name has 1 to 64 letters, digits, . _ -",
           [](IomapPath& path) { path.name = "a path"; });
    expect("own.cpp: path \"own\": its processes need a name (.process)",
           [](IomapPath& path) { path.process.clear(); });
    expect("own.cpp: path \"own\": has no function that records it",
           [](IomapPath& path) { path.record = nullptr; });
    expect("own.cpp: option \"name\": every process of a scenario has this already",
           [](IomapPath& path) {
             path.options = {{"name", "", 0, 1, 0}};
           });
    expect("own.cpp: option \"at\": its initial value is out of its range", [](IomapPath& path) {
      path.options = {{"at", "", 1, 2, 0}};
    });
  }

  void refuses_properties_that_claim_nothing() {
    using enum ir::PropertyKind;
    expect_property("own.cpp: property \"own\": an invariant needs .parts", invariant);
    expect_property("own.cpp: property \"own\": an assertion needs .claimed", assertion);
    expect_property("own.cpp: property \"own\": leads_to needs a .cause", leads_to);
    expect_property("own.cpp: property \"own\": needs a .goal", eventually);
  }

  void comes_before_scenarios() {
    CPPUNIT_ASSERT(!subsystems().empty());
    Extension extension("own.cpp");
    CPPUNIT_ASSERT_THROW(extension.add(own_path()), std::logic_error);
  }

  void a_knob_of_its_own_begins_anew_in_every_kernel() {
    bool is_fast = true;
    const std::vector<KnobOf<iomap::Kernel>> table{
        own_boolean<iomap::Kernel>(is_fast, "is_fast", "is it?", "here")};
    (void)kernel_with(table, {{"is_fast", 0}});
    CPPUNIT_ASSERT(!is_fast);
    (void)kernel_with(table, {});
    CPPUNIT_ASSERT(is_fast);
  }

  void a_claim_of_its_own_begins_anew_in_every_model() {
    struct Nothing {};
    build::Claim claim;
    PropertyOf<Nothing> property;
    property.name = "own";
    property.kind = ir::PropertyKind::assertion;
    property.on_request = true;
    property.claimed = [&claim](Nothing&) -> build::Claim& { return claim; };
    Nothing world;
    Scenario scenario;
    scenario.properties = {"own"};
    build::Model asked;
    declare_properties(asked, world, scenario, std::vector{property});
    CPPUNIT_ASSERT(claim.property.has_value());
    scenario.properties.clear();
    build::Model other;
    declare_properties(other, world, scenario, std::vector{property});
    CPPUNIT_ASSERT(!claim.property.has_value());
  }

  void a_path_counts_as_those_that_it_is_like() {
    iomap::Setup setup;
    setup.processes.push_back({"", "own", {}});
    CPPUNIT_ASSERT(!setup.writes_back());
    setup.processes.back().like = {"writeback"};
    CPPUNIT_ASSERT(setup.writes_back());
    CPPUNIT_ASSERT_EQUAL(0, iomap::first_process(setup, "writeback"));
    PropertyEntry property;
    property.checked_by = {"writeback"};
    CPPUNIT_ASSERT(property.is_usual(setup.processes));
  }

  void every_header_counts() {
    const Headers& known = known_headers();
    CPPUNIT_ASSERT(known.names.size() > 50);
    CPPUNIT_ASSERT_EQUAL(known.number, number_of(known.names, STALEMATE_SOURCE_DIR));
    for (std::size_t i = 0; i < known.names.size(); ++i) {
      std::vector<std::string> names = known.names;
      names[i] = "no/such.hpp";
      CPPUNIT_ASSERT(known.number != number_of(names, STALEMATE_SOURCE_DIR));
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ExtensionTest);
