#include "model/scenario/describe.hpp"

#include "model/scenario/read_scenario.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace stalemate::kernel {
namespace {

class DescribeTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(DescribeTest);
  CPPUNIT_TEST(sections_take_few_words);
  CPPUNIT_TEST(a_scenario_is_its_kernel_its_layout_and_who_runs);
  CPPUNIT_TEST_SUITE_END();

  static std::string words(const char* json) { return in_words(Json::parse(json)); }

  static std::string line(const std::string& more, const std::string& label) {
    const ScenarioFile file("t.json",
                            R"({"id": "T", "title": "t", "file": {"blocks": ["hole"]},
                                "processes": [{"path": "buffered_write", "at": 1, "segments": 1},
                                              {"path": "reclaim", "name": "r", "fairness": "strong"}])" +
                                more + "}");
    for (const auto& [name, text] : describe(file.scenarios().front()))
      if (name == label) return text;
    return "(none)";
  }

 public:
  void sections_take_few_words() {
    CPPUNIT_ASSERT_EQUAL(std::string("blocks hole mapped"),
                         words(R"({"blocks": ["hole", "mapped"]})"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("blocks hole; cached (folio 0, dirty, data zero old) (folio 1, not dirty)"),
        words(
            R"({"blocks": ["hole"], "cached": [{"folio": 0, "dirty": true, "data": ["zero", "old"]},
                  {"folio": 1, "dirty": false}]})"));
    CPPUNIT_ASSERT_EQUAL(std::string("disk (old new) (); map (a 1)"),
                         words(R"({"disk": [["old", "new"], []], "map": {"a": 1}})"));
  }

  void a_scenario_is_its_kernel_its_layout_and_who_runs() {
    CPPUNIT_ASSERT_EQUAL(std::string("blocks hole"), line("", "file"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("writer0 buffered_write at 1, segments 1; r reclaim fairness strong"),
        line("", "processes"));
    CPPUNIT_ASSERT_EQUAL(std::string("v7.1"), line("", "kernel"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("v7.1, iomap_valid=none, dio_drains=false"),
        line(R"(, "kernel": {"dio_drains": false, "iomap_valid": "none", "dirty_throttle": false})",
             "kernel"));
    // What a version is by itself is no difference from it.
    CPPUNIT_ASSERT_EQUAL(
        std::string("v6.6, zeroing=flushes_once"),
        line(
            R"(, "kernel": {"version": "v6.6", "zeroing": "flushes_once", "truncate_flushes_eof": true})",
            "kernel"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DescribeTest);

} // namespace
} // namespace stalemate::kernel
