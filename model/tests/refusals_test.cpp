// What the scenario format allows and no kernel, or not this model, can do is refused at its place.

#include "model/tests/refusal.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace stalemate::kernel {
namespace {

class RefusalsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(RefusalsTest);
  CPPUNIT_TEST(dirty_data_over_shared_blocks_needs_room_for_a_copy);
  CPPUNIT_TEST(a_delayed_allocation_has_dirty_data);
  CPPUNIT_TEST(blocks_of_a_folio_are_dirty_one_by_one);
  CPPUNIT_TEST(an_ioend_of_several_blocks_ends_in_one_order);
  CPPUNIT_TEST(what_is_preallocated_lies_behind_the_end);
  CPPUNIT_TEST(zoned_files_are_written_elsewhere);
  CPPUNIT_TEST(blocks_move_only_inside_the_file);
  CPPUNIT_TEST(an_address_space_has_one_thread);
  CPPUNIT_TEST(a_dax_file_has_some_block);
  CPPUNIT_TEST(a_listed_claim_that_no_step_checks_says_what_it_takes);
  CPPUNIT_TEST(a_buffered_read_may_break_what_reads_claim);
  CPPUNIT_TEST(what_traces_print_can_be_said);
  CPPUNIT_TEST(errors_are_for_paths_that_know_them);
  CPPUNIT_TEST(errors_that_nobody_can_meet_are_refused);
  CPPUNIT_TEST_SUITE_END();

 public:
  void errors_are_for_paths_that_know_them() {
    const std::string punch = R"({"path": "punch_hole"})";
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/0: what punch_hole does about an error is not modelled, and "
                    "file has write_errors"),
        refusal_of(scenario_of(R"("file": {"blocks": ["mapped"], "write_errors": 1})", punch)));
    const std::string flusher = R"({"path": "writeback"})";
    const std::string file = R"("file": {"blocks": ["mapped"], "map_errors": 1})";
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/map_errors: an allocation that fails is modelled of XFS alone"),
        refusal_of(scenario_of(file, flusher, R"(, "kernel": {"filesystem": "gfs2"})")));
    CPPUNIT_ASSERT_EQUAL(std::string(), refusal_of(scenario_of(file, flusher)));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/0: fsync beside collapse_range (process 1) is not modelled: "
                    "what it owes is told by its place in the file"),
        refusal_of(scenario_of(R"("file": {"blocks": ["mapped", "mapped"]})",
                               R"({"path": "fsync"}, {"path": "collapse_range"})")));
  }

  void errors_that_nobody_can_meet_are_refused() {
    const std::string read = R"({"path": "buffered_read"})";
    const auto file = [](const std::string& word) {
      return R"("file": {"blocks": ["mapped"], ")" + word + "\": 1}";
    };
    for (const std::string word : {"write_errors", "map_errors"})
      CPPUNIT_ASSERT_EQUAL("/file/" + word +
                               ": changes nothing here: no process runs writeback or fsync",
                           refusal_of(scenario_of(file(word), read)));
    CPPUNIT_ASSERT_EQUAL(std::string(), refusal_of(scenario_of(file("read_errors"), read)));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/read_errors: changes nothing here: no process runs buffered_read, "
                    "file_readahead, buffered_write or mmap_write"),
        refusal_of(scenario_of(file("read_errors"), R"({"path": "writeback"})")));
  }

  void dirty_data_over_shared_blocks_needs_room_for_a_copy() {
    const std::string flusher = R"({"path": "writeback"})";
    const std::string file = R"("file": {"blocks": ["shared"],
                                         "cached": [{"folio": 0, "dirty": true}])";
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/cached/0/dirty: block 0 is shared, so dirty data needs room for a copy: "
                    "make item 0 of file.cow delalloc or unwritten"),
        refusal_of(scenario_of(file + "}", flusher)));
    CPPUNIT_ASSERT_EQUAL(std::string(),
                         refusal_of(scenario_of(file + R"(, "cow": ["delalloc"]})", flusher)));
  }

  void a_delayed_allocation_has_dirty_data() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/blocks/0: a delayed allocation has its data in the page cache alone: "
                    "make folio 0 cached and dirty, or the block a hole"),
        refusal_of(scenario_of(R"("file": {"blocks": ["delalloc"]})", R"({"path": "writeback"})")));
  }

  void blocks_of_a_folio_are_dirty_one_by_one() {
    const auto with = [](const std::string& folio) {
      return refusal_of(scenario_of(R"("file": {"blocks_per_folio": 2, "blocks": ["hole", "mapped"],
                                                "cached": [{"folio": 0, )" +
                                        folio + "}]}",
                                    R"({"path": "buffered_write"}, {"path": "writeback"})"));
    };
    const std::string data = R"(, "data": ["zero", "zero", "zero", "old"])";
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/cached/0/dirty: block 0 is a hole; dirty data needs a reservation "
                    "(delalloc) or blocks (unwritten, mapped)"),
        with(R"("dirty": true)" + data));
    CPPUNIT_ASSERT_EQUAL(std::string(), with(R"("dirty_blocks": [1])" + data));
    CPPUNIT_ASSERT_EQUAL(std::string(), with(R"("dirty_blocks": [1], "uptodate_blocks": [1])"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/cached/0/dirty_blocks: block 0 is a hole; dirty data needs a "
                    "reservation (delalloc) or blocks (unwritten, mapped)"),
        with(R"("dirty_blocks": [0, 1])"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/cached/0/data/2: block 1 of the folio is clean, so it holds what the "
                    "disk holds; make it dirty, or say here what the disk does"),
        with(R"("dirty": true, "dirty_blocks": [0])" + data));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/cached/0/uptodate_blocks: block 1 of the folio is dirty, so it is "
                    "uptodate: add 1, or say in dirty_blocks which are dirty"),
        with(R"("dirty_blocks": [1], "uptodate_blocks": [0])"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/cached/0/dirty_blocks: a folio is dirty if a block of it is, and only "
                    "then"),
        with(R"("dirty": false, "dirty_blocks": [1])"));
    CPPUNIT_ASSERT_EQUAL(std::string("/file/cached/0/dirty_blocks/0: no block 2; a folio has 2"),
                         with(R"("dirty_blocks": [2])"));
  }

  void an_ioend_of_several_blocks_ends_in_one_order() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("/kernel/ioends: an ioend of several blocks ends writeback when it is "
                    "converted, and takes no i_rwsem: leave end_writeback and i_rwsem_also_in as "
                    "they are"),
        refusal_of(scenario_of(
            R"("file": {"blocks": ["unwritten"]})",
            R"({"path": "writeback"})",
            R"(, "kernel": {"ioends": "of_an_extent", "end_writeback": "before_conversion"})")));
  }

  void what_is_preallocated_lies_behind_the_end() {
    const auto with = [](const std::string& file, const std::string& kernel = "") {
      return refusal_of(
          scenario_of(R"("file": {)" + file + "}", R"({"path": "writeback"})", kernel));
    };
    CPPUNIT_ASSERT_EQUAL(std::string(), with(R"("blocks": ["mapped", "delalloc"], "size": 2)"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/blocks/1: a delayed allocation has its data in the page cache alone: "
                    "make folio 1 cached and dirty, or the block a hole"),
        with(R"("blocks": ["mapped", "delalloc"], "size": 3)"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/preallocation: only XFS preallocates behind the end of the file"),
        with(R"("blocks": ["mapped"], "preallocation": 1)",
             R"(, "kernel": {"filesystem": "gfs2"})"));
    CPPUNIT_ASSERT_EQUAL(std::string("/file/large_folios: a folio of one block is one page"),
                         with(R"("blocks": ["mapped"], "large_folios": true)"));
  }

  void zoned_files_are_written_elsewhere() {
    const auto with =
        [](const std::string& file, const std::string& path, const std::string& more = "") {
          return refusal_of(scenario_of(R"("file": {)" + file + "}",
                                        R"({"path": ")" + path + R"("})",
                                        R"(, "kernel": {"filesystem": "xfs_zoned")" + more + "}"));
        };
    const std::string mapped = R"("blocks": ["mapped"])";
    CPPUNIT_ASSERT_EQUAL(std::string(), with(mapped, "buffered_write"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/blocks/0: on a zoned device a block is a hole or mapped; what is to be "
                    "written is delalloc in file.cow"),
        with(R"("blocks": ["unwritten"])", "writeback"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/cow/0: on a zoned device nothing is allocated before it is submitted: "
                    "make it delalloc"),
        with(mapped + R"(, "cow": ["unwritten"])", "writeback"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/cached/0: on a zoned device dirty data is written to another place: "
                    "make item 0 of file.cow delalloc"),
        with(mapped + R"(, "cached": [{"folio": 0, "dirty": true}])", "writeback"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/0: clone on a zoned device is not modelled: only what goes "
                    "through the page cache is, and no block moves"),
        with(mapped, "clone"));
    CPPUNIT_ASSERT_EQUAL(std::string("/kernel/version: v6.15 is the first that has zoned files"),
                         with(mapped, "writeback", R"(, "version": "v6.12")"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/kernel/ioends: on a zoned device each block is written by itself"),
        with(mapped, "writeback", R"(, "ioends": "of_an_extent")"));
  }

  void blocks_move_only_inside_the_file() {
    const auto with = [](const std::string& size, const std::string& process) {
      return refusal_of(
          scenario_of(R"("file": {"blocks": ["mapped", "hole"], "size": )" + size + "}", process));
    };
    CPPUNIT_ASSERT_EQUAL(std::string("/processes/0: there is no room for another block: set "
                                     "file.size to at most 2"),
                         with("4", R"({"path": "insert_range"})"));
    CPPUNIT_ASSERT_EQUAL(std::string(), with("2", R"({"path": "insert_range"})"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/0/block: the range must end before the file does (EINVAL), and "
                    "block 1 ends at 4; the file ends at 4"),
        with("4", R"({"path": "collapse_range", "block": 1})"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/0: insert_range beside truncate (process 1) is not modelled: "
                    "where the file ends must be known"),
        with("2", R"({"path": "insert_range"}, {"path": "truncate"})"));
  }

  void an_address_space_has_one_thread() {
    const std::string two = R"({"path": "anon_store", "mm": 0}, {"path": "anon_store", "mm": )";
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/1/mm: process 0 is the one thread of address space 0 that the "
                    "model has; give this one another, and set anon.mappers to 2"),
        refusal_of(scenario_of(R"("anon": {})", two + "0}")));
    CPPUNIT_ASSERT_EQUAL(std::string(),
                         refusal_of(scenario_of(R"("anon": {"mappers": 2})", two + "1}")));
  }

  void a_dax_file_has_some_block() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("/dax/offsets: only holes, and no block to fill them: set dax.free_blocks to 1 "
                    "or 2, or make an offset mapped or present"),
        refusal_of(scenario_of(R"("dax": {"offsets": ["hole"]})", R"({"path": "dax_dma"})")));
  }

  void a_listed_claim_that_no_step_checks_says_what_it_takes() {
    const std::string memory = R"("memory": {"free": 2, "pages": ["swap"], "slots": ["written"]})";
    const std::string both = R"({"path": "touch"}, {"path": "swapoff"})";
    const std::string listed = R"(, "properties": ["area_outlives_its_users"])";
    CPPUNIT_ASSERT_EQUAL(
        std::string("/properties/0: nothing here can break area_outlives_its_users: that takes "
                    "swapoff beside munmap, or beside a touch with readahead, with "
                    "synchronous_device, or of v7.0 and later"),
        refusal_of(scenario_of(memory, both, listed + R"(, "kernel": {"version": "v6.18"})")));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/properties/0: nothing here can break area_outlives_its_users: that takes "
                    "swapoff beside munmap, or beside a touch with readahead, with "
                    "synchronous_device, or of v7.0 and later"),
        refusal_of(scenario_of(memory, R"({"path": "munmap"})", listed)));
    CPPUNIT_ASSERT_EQUAL(
        std::string(),
        refusal_of(scenario_of(memory, R"({"path": "munmap"}, {"path": "swapoff"})", listed)));
    CPPUNIT_ASSERT_EQUAL(
        std::string(),
        refusal_of(
            scenario_of(memory, both, listed + R"(, "kernel": {"synchronous_device": true})")));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/properties/0: this claim goes with \"memory\", and this scenario has "
                    "\"file\""),
        refusal_of(
            scenario_of(R"("file": {"blocks": ["mapped"]})", R"({"path": "reclaim"})", listed)));
  }

  /// That it can is seen in D5 of the library; here, that a scenario may ask.
  void a_buffered_read_may_break_what_reads_claim() {
    CPPUNIT_ASSERT_EQUAL(
        std::string(),
        refusal_of(scenario_of(R"("file": {"blocks": ["mapped"]})",
                               R"({"path": "dio_write"}, {"path": "buffered_read"})",
                               R"(, "properties": ["reads_are_regular"])")));
  }

  void what_traces_print_can_be_said() {
    const auto model = [](const std::string& zeroes, const std::string& hole) {
      const ScenarioFile file(
          "f.json",
          scenario_of(R"("file": {"blocks": ["unwritten"], "cow": [")" + hole +
                          R"("], "cached": [{"folio": 0, "dirty": true, "data": [")" + zeroes +
                          R"(", "old"]}]})",
                      R"({"path": "writeback"})"));
      std::string initial;
      for (const ir::Variable& variable : build_model(file.scenarios().front()).variables)
        for (const int value : variable.initial)
          initial += variable.name + " " + std::to_string(value) + "\n";
      return initial;
    };
    CPPUNIT_ASSERT_EQUAL(model("zero", "none"), model("zeroes", "hole"));
    CPPUNIT_ASSERT(model("old", "none") != model("zeroes", "none"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RefusalsTest);

} // namespace
} // namespace stalemate::kernel
