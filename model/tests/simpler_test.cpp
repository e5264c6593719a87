#include "model/inquiry/simpler.hpp"

#include "model/inquiry/fewer_blocks.hpp"
#include "model/tests/library.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <string>
#include <vector>

namespace stalemate::kernel::inquiry {
namespace {

class SimplerTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SimplerTest);
  CPPUNIT_TEST(small_sets_of_processes_come_first);
  CPPUNIT_TEST(places_move_with_what_is_before_them);
  CPPUNIT_TEST(one_block_of_every_folio_stays);
  CPPUNIT_TEST(every_item_member_and_number_can_go);
  CPPUNIT_TEST(what_is_blamed_is_left_out);
  CPPUNIT_TEST(nothing_simpler_says_more);
  CPPUNIT_TEST(what_is_laid_out_is_the_same);
  CPPUNIT_TEST_SUITE_END();

  static bool has(const std::vector<std::string>& all, const char* wanted) {
    return std::ranges::find(all, Json::parse(wanted).dump()) != all.end();
  }

 public:
  void small_sets_of_processes_come_first() {
    const auto all = with_fewer_processes(
        R"({"processes": [{"path": "a"}, {"path": "b"}, {"path": "c", "of": 1}]})");
    CPPUNIT_ASSERT_EQUAL(std::size_t{6}, all.size());
    CPPUNIT_ASSERT_EQUAL(std::string(R"({"processes":[{"path":"a"}]})"), all.front());
    // Who completes the request of another one completes that of the same.
    CPPUNIT_ASSERT_EQUAL(std::string(R"({"processes":[{"path":"b"},{"path":"c","of":0}]})"),
                         all.back());
  }

  void places_move_with_what_is_before_them() {
    const auto all = with_fewer_blocks(Json::parse(R"({
      "file": {"blocks": ["hole", "mapped"], "disk": [["zero"], ["old"]], "size": 3,
               "cached": [{"folio": 0}, {"folio": 1, "data": ["zero", "old"]}]},
      "processes": [{"path": "buffered_write", "at": 1, "segments": 2}, {"path": "truncate", "to": 3}]})"));
    // Without either folio, and with either segment of each block.
    CPPUNIT_ASSERT_EQUAL(std::size_t{4}, all.size());
    CPPUNIT_ASSERT_EQUAL(Json::parse(R"({
      "file": {"blocks": ["mapped"], "disk": [["old"]], "size": 1,
               "cached": [{"folio": 0, "data": ["zero", "old"]}]},
      "processes": [{"path": "buffered_write", "at": 0, "segments": 1}, {"path": "truncate", "to": 1}]})")
                             .dump(),
                         all[1].dump());
    CPPUNIT_ASSERT_EQUAL(Json::parse(R"({
      "file": {"blocks": ["hole", "mapped"], "disk": [["zero"], ["old"]], "size": 2,
               "cached": [{"folio": 0}, {"folio": 1, "data": ["zero"]}], "segments_per_block": 1},
      "processes": [{"path": "buffered_write", "at": 1, "segments": 1}, {"path": "truncate", "to": 2}]})")
                             .dump(),
                         all[2].dump());
  }

  void one_block_of_every_folio_stays() {
    const auto all = with_fewer_blocks(Json::parse(R"({
      "file": {"blocks_per_folio": 2, "segments_per_block": 1, "blocks": ["hole", "mapped"],
               "cached": [{"folio": 0, "data": ["zero", "old"], "dirty_blocks": [1]}]},
      "processes": [{"path": "buffered_write", "at": 1}]})"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, all.size());
    CPPUNIT_ASSERT_EQUAL(Json::parse(R"({
      "file": {"blocks_per_folio": 1, "segments_per_block": 1, "blocks": ["mapped"],
               "cached": [{"folio": 0, "data": ["old"], "dirty_blocks": [0]}]},
      "processes": [{"path": "buffered_write", "at": 0}]})")
                             .dump(),
                         all[1].dump());
  }

  void every_item_member_and_number_can_go() {
    const auto all = simpler(
        R"({"id": "x", "memory": {"free": 4, "pages": ["swap", "memory"]},
            "processes": [{"path": "touch", "page": 1}], "properties": ["no_deadlock"]})");
    CPPUNIT_ASSERT(has(all,
                       R"({"id": "x", "memory": {"free": 4, "pages": ["memory"]},
            "processes": [{"path": "touch", "page": 0}], "properties": ["no_deadlock"]})"));
    CPPUNIT_ASSERT(has(all,
                       R"({"id": "x", "memory": {"free": 2, "pages": ["swap", "memory"]},
            "processes": [{"path": "touch", "page": 1}], "properties": ["no_deadlock"]})"));
    CPPUNIT_ASSERT(has(all,
                       R"({"id": "x", "memory": {"pages": ["swap", "memory"]},
            "processes": [{"path": "touch", "page": 1}], "properties": ["no_deadlock"]})"));
    for (const std::string& one : all)
      CPPUNIT_ASSERT(one.find("no_deadlock") != std::string::npos);
  }

  void what_is_blamed_is_left_out() {
    const std::string text = R"({"patch":[{"drop":"a"},{"drop":"b"}],"kernel":{"version":"v6.1"}})";
    CPPUNIT_ASSERT_EQUAL(std::string(R"({"patch":[{"drop":"b"}],"kernel":{"version":"v6.1"}})"),
                         without_blamed(text, "/patch/0/drop").value());
    CPPUNIT_ASSERT_EQUAL(std::string(R"({"patch":[{"drop":"a"},{"drop":"b"}]})"),
                         without_blamed(text, "/kernel/version").value());
    CPPUNIT_ASSERT(!without_blamed(text, "/file/blocks/0"));
    CPPUNIT_ASSERT(!without_blamed(text, "/patch/7/drop"));
  }

  void nothing_simpler_says_more() {
    for (const ScenarioFile& file : library()) {
      const std::string& text = file.text_of(file.scenarios().front());
      const Size before = size_of(text);
      for (const std::string& one : simpler(text)) {
        const Size after = size_of(one);
        CPPUNIT_ASSERT_MESSAGE(one, after.values <= before.values + 2);
        CPPUNIT_ASSERT_MESSAGE(one, after.processes <= before.processes);
      }
    }
  }

  void what_is_laid_out_is_the_same() {
    for (const ScenarioFile& file : library()) {
      const std::string& text = file.text_of(file.scenarios().front());
      CPPUNIT_ASSERT_EQUAL(text, Json::parse(laid_out(text)).dump());
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SimplerTest);

} // namespace
} // namespace stalemate::kernel::inquiry
