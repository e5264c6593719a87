// What came out wrong once, or was no verdict at all: the smallest scenario, and what is right.

#include "checker/search/explore.hpp"
#include "model/scenario/build_model.hpp"
#include "model/tests/scenario_text.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <string>

namespace stalemate::kernel {
namespace {

ir::Model
smallest(const std::string& section, const std::string& processes, const std::string& more = "") {
  const ScenarioFile file("f.json",
                          R"({"id": "T", "title": "T", )" + section + R"(, "processes": [)" +
                              processes + "]" + more + "}");
  return build_model(file.scenarios().front());
}

/// "holds", or "violated no_lost_page".
std::string outcome_of(const ir::Model& model) {
  const Result result = explore(compile(model));
  if (!names_property(result.verdict)) return word(result.verdict);
  return word(result.verdict) + " " +
         model.properties[static_cast<std::size_t>(result.property)].name;
}

bool claims(const ir::Model& model, const std::string& name) {
  return std::ranges::any_of(model.properties,
                             [&](const ir::Property& one) { return one.name == name; });
}

class VerdictsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(VerdictsTest);
  CPPUNIT_TEST(frames_do_not_run_out_before_memory_does);
  CPPUNIT_TEST(what_nobody_wrote_is_not_lost);
  CPPUNIT_TEST(what_somebody_wrote_over_a_failed_read_is_lost);
  CPPUNIT_TEST(replies_to_reads_are_not_for_rpciod);
  CPPUNIT_TEST(two_faults_on_one_hole_share_its_block);
  CPPUNIT_TEST(a_range_of_holes_has_nothing_to_free);
  CPPUNIT_TEST(a_punch_may_sleep_unless_a_scenario_says_otherwise);
  CPPUNIT_TEST(claims_that_no_step_checks_are_left_out);
  CPPUNIT_TEST_SUITE_END();

 public:
  void frames_do_not_run_out_before_memory_does() {
    const std::string touch = R"({"path": "touch"}, )";
    const std::string memory =
        R"("memory": {"free": 4, "pages": ["cached"], "slots": ["written"]})";
    CPPUNIT_ASSERT_EQUAL(std::string("holds"),
                         outcome_of(smallest(memory, touch + R"({"path": "swapoff"})")));
    CPPUNIT_ASSERT_EQUAL(
        std::string("holds"),
        outcome_of(smallest(memory, touch + touch + touch + R"({"path": "swapoff"})")));
    // Forked processes have a page each, in the end.
    CPPUNIT_ASSERT_EQUAL(
        std::string("holds"),
        outcome_of(smallest(
            R"("memory": {"free": 4, "pages": ["swap"], "slots": ["written"], "address_spaces": 2})",
            R"({"path": "touch", "writes": 1}, {"path": "touch", "space": 1, "writes": 1})")));
    // Memory does.
    CPPUNIT_ASSERT_EQUAL(
        std::string("deadlock"),
        outcome_of(
            smallest(R"("memory": {"free": 1, "pages": ["swap"], "slots": ["written"]})",
                     R"({"path": "touch"}, {"path": "touch"}, {"path": "kswapd", "passes": 1})")));
  }

  void what_nobody_wrote_is_not_lost() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("holds"),
        outcome_of(smallest(R"("memory": {"free": 3, "io_errors": 1, "pages": ["swap"],
                                          "slots": ["written"]})",
                            R"({"path": "touch"}, {"path": "kswapd", "passes": 1})",
                            R"(, "properties": ["no_lost_page"])")));
  }

  /// swapoff maps what could not be read, a process writes to it, and that write is not saved.
  void what_somebody_wrote_over_a_failed_read_is_lost() {
    CPPUNIT_ASSERT_EQUAL(std::string("violated no_lost_page"),
                         outcome_of(smallest(
                             R"("memory": {"free": 2, "io_errors": 2, "pages": ["swap"],
                          "slots": ["written", "written"], "second_area": 1})",
                             R"({"path": "touch", "writes": 1}, {"path": "swapoff"},
               {"path": "kswapd", "passes": 1})",
                             R"(, "kernel": {"unuse_looks_at_uptodate": false, "redirty": "never"},
                 "properties": ["no_lost_page"])")));
  }

  void replies_to_reads_are_not_for_rpciod() {
    for (const char* kernel : {R"("vintage": "UP")", R"("vintage": "V3s", "swap_on": "nfs")"})
      CPPUNIT_ASSERT_EQUAL(
          std::string("holds"),
          outcome_of(smallest(R"("memory": {"free": 3, "pages": ["swap"], "slots": ["written"]})",
                              R"({"path": "touch"}, {"path": "rpciod"})",
                              R"(, "kernel": {)" + std::string(kernel) + "}")));
  }

  void two_faults_on_one_hole_share_its_block() {
    CPPUNIT_ASSERT_EQUAL(std::string("holds"),
                         outcome_of(smallest(R"("dax": {"offsets": ["hole"], "free_blocks": 1})",
                                             R"({"path": "dax_dma"}, {"path": "dax_dma"})")));
  }

  void a_range_of_holes_has_nothing_to_free() {
    for (const char* path : {"dax_punch", "dax_truncate"})
      CPPUNIT_ASSERT_EQUAL(std::string("holds"),
                           outcome_of(smallest(R"("dax": {"offsets": ["present", "hole"]})",
                                               R"({"path": "dax_dma"}, {"path": ")" +
                                                   std::string(path) + R"(", "at": 1})")));
  }

  void a_punch_may_sleep_unless_a_scenario_says_otherwise() {
    const std::string dax = R"("dax": {"offsets": ["present"]})";
    const std::string both = R"({"path": "dax_dma"}, {"path": "dax_punch"})";
    CPPUNIT_ASSERT_EQUAL(std::string("holds"), outcome_of(smallest(dax, both)));
    CPPUNIT_ASSERT_EQUAL(
        std::string("violated no_sleep_for_dma"),
        outcome_of(smallest(dax, both, R"(, "properties": ["no_sleep_for_dma"])")));
  }

  void claims_that_no_step_checks_are_left_out() {
    const ir::Model model =
        smallest(R"("memory": {"free": 3, "pages": ["memory"], "slots": ["written"]})",
                 R"({"path": "kswapd", "passes": 1})",
                 R"(, "kernel": {"synchronous_device": true})");
    CPPUNIT_ASSERT(!claims(model, "no_use_after_free"));
    CPPUNIT_ASSERT(claims(model, "no_lost_page"));
    CPPUNIT_ASSERT_EQUAL(std::string("holds"), outcome_of(model));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VerdictsTest);

} // namespace
} // namespace stalemate::kernel
