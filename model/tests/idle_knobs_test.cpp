#include "model/scenario/idle_knobs.hpp"

#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace stalemate::kernel {
namespace {

class IdleKnobsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(IdleKnobsTest);
  CPPUNIT_TEST(a_knob_of_a_path_that_does_not_run_is_idle);
  CPPUNIT_TEST(a_knob_that_another_one_makes_idle_is);
  CPPUNIT_TEST(one_that_restates_what_a_vintage_has_is_not);
  CPPUNIT_TEST(one_at_its_default_claims_nothing);
  CPPUNIT_TEST(a_version_that_is_like_the_newest_here_is);
  CPPUNIT_TEST_SUITE_END();

  static std::vector<std::string> idle(const std::string& kernel) {
    const ScenarioFile file("t.json",
                            R"({"id": "T", "title": "t", "file": {"blocks": ["unwritten"]},
                                "processes": [{"path": "buffered_write"}, {"path": "writeback"}],
                                "kernel": {)" +
                                kernel + "}}");
    const Scenario& scenario = file.scenarios().front();
    return idle_knobs(scenario, build_model(scenario));
  }

 public:
  void a_knob_of_a_path_that_does_not_run_is_idle() {
    CPPUNIT_ASSERT((idle(R"("dio_drains": false, "iomap_valid": "none")") ==
                    std::vector<std::string>{"dio_drains"}));
  }

  void a_knob_that_another_one_makes_idle_is() {
    CPPUNIT_ASSERT(idle(R"("mapping_order": "lock_then_map")").empty());
    CPPUNIT_ASSERT((idle(R"("iomap_valid": "none", "mapping_order": "lock_then_map")") ==
                    std::vector<std::string>{"iomap_valid"}));
  }

  void one_that_restates_what_a_vintage_has_is_not() {
    const ScenarioFile file(
        "t.json",
        R"({"id": "T", "title": "t", "memory": {"free": 3, "pages": ["swap"], "slots": ["written"]},
            "processes": [{"path": "touch"}],
            "kernel": {"vintage": "K15", "on_eexist": "sleeps", "bypass_claim": "sleep"}})");
    const Scenario& scenario = file.scenarios().front();
    CPPUNIT_ASSERT(idle_knobs(scenario, build_model(scenario)) ==
                   std::vector<std::string>{"bypass_claim"});
  }

  void one_at_its_default_claims_nothing() {
    CPPUNIT_ASSERT(idle(R"("dio_drains": true)").empty());
    CPPUNIT_ASSERT(idle("").empty());
    CPPUNIT_ASSERT(idle(R"("version": "v6.6", "truncate_flushes_eof": true)") ==
                   std::vector<std::string>{"version"});
  }

  void a_version_that_is_like_the_newest_here_is() {
    CPPUNIT_ASSERT(idle(R"("version": "v6.18")") == std::vector<std::string>{"version"});
    CPPUNIT_ASSERT(idle(R"("version": "v7.1")").empty());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IdleKnobsTest);

} // namespace
} // namespace stalemate::kernel
