// What the section `memory` allows and no kernel, or not this model, can do is refused at its
// place.

#include "model/tests/refusal.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

namespace stalemate::kernel {
namespace {

class MemoryRefusalsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MemoryRefusalsTest);
  CPPUNIT_TEST(a_device_without_size_is_not_opened);
  CPPUNIT_TEST(log_space_does_not_come_by_itself);
  CPPUNIT_TEST(there_are_frames_for_all_pages_in_use);
  CPPUNIT_TEST(pages_that_are_read_need_memory);
  CPPUNIT_TEST(swap_areas_lie_where_they_can);
  CPPUNIT_TEST(processes_are_about_the_filesystem_that_is_there);
  CPPUNIT_TEST(who_waits_for_a_worker_has_one);
  CPPUNIT_TEST_SUITE_END();

 public:
  void a_device_without_size_is_not_opened() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/0/path: anon_swapon waits until the device has a size, and nobody "
                    "sets it: add anon_zram_disksize, or leave both out for an area in use"),
        refusal_of(scenario_of(R"("anon": {})", R"({"path": "anon_swapon"})")));
  }

  void log_space_does_not_come_by_itself() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("/memory/log/0: nobody writes the item back: add the process xfsaild"),
        refusal_of(scenario_of(
            R"("memory": {"pages": ["memory"], "slots": ["written"], "log": ["in_ail"]})",
            R"({"path": "chmod"})")));
  }

  void there_are_frames_for_all_pages_in_use() {
    const auto with = [](const std::string& frames) {
      return refusal_of(scenario_of(
          R"("memory": {"free": 4, "pages": ["swap"], "slots": ["written"], "frames": )" + frames +
              "}",
          R"({"path": "touch"}, {"path": "swapoff"})"));
    };
    CPPUNIT_ASSERT_EQUAL(std::string("/memory/frames: 2 pages can be in use at once: leave it out, "
                                     "and say with free how much memory there is"),
                         with("1"));
    CPPUNIT_ASSERT_EQUAL(std::string(), with("2"));
  }

  void pages_that_are_read_need_memory() {
    const auto with = [](int free, const std::string& processes) {
      return refusal_of(scenario_of(R"("memory": {"pages": ["swap", "swap"],
                                                  "slots": ["written", "written"], "free": )" +
                                        std::to_string(free) + "}",
                                    processes));
    };
    const std::string needs = "/memory: those who read from swap need memory, of which too little "
                              "is free and none can be reclaimed, and there is no OOM killer: set "
                              "free to at least ";
    const std::string or_add = ", or add kswapd with a page in memory and a slot for it";
    const std::string one = R"({"path": "touch"})";
    const std::string two = one + R"(, {"path": "touch", "page": 1})";
    CPPUNIT_ASSERT_EQUAL(needs + "1" + or_add, with(0, one));
    CPPUNIT_ASSERT_EQUAL(std::string(), with(1, one));
    CPPUNIT_ASSERT_EQUAL(needs + "2" + or_add, with(1, two));
    CPPUNIT_ASSERT_EQUAL(std::string(), with(2, two));
    CPPUNIT_ASSERT_EQUAL(needs + "3" + or_add, with(2, two + ", " + one));
    CPPUNIT_ASSERT_EQUAL(std::string(), with(1, two + R"(, {"path": "kswapd"})"));
  }

  void swap_areas_lie_where_they_can() {
    const auto with = [](const std::string& slot, const std::string& kernel) {
      return refusal_of(
          scenario_of(R"("memory": {"pages": ["memory"], "slots": [")" + slot + R"("]})",
                      R"({"path": "kswapd"})",
                      R"(, "kernel": {)" + kernel + "}"));
    };
    CPPUNIT_ASSERT_EQUAL(
        std::string("/kernel/swap_on: there is no device that a bio could go to: NFS takes swap_io "
                    "dio_sync or dio_async, as in vintage UP"),
        with("written", R"("vintage": "K15", "swap_on": "nfs")"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/kernel/vintage: a vintage is of no release: leave it out, or leave out "
                    "version"),
        with("written", R"("vintage": "K15", "version": "v6.6")"));
    CPPUNIT_ASSERT_EQUAL(std::string(),
                         with("written", R"("vintage": "release", "version": "v6.6")"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/kernel/swap_on: iomap_swap_rw is modelled with XFS's extents only"),
        with("written", R"("vintage": "ISR", "swap_on": "block_device")"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/memory/slots/0: only the file of a filesystem that is here has such a page: "
                    "make it written, or set swap_on to xfs or btrfs"),
        with("hole", R"("vintage": "UP")"));
    CPPUNIT_ASSERT_EQUAL(std::string("/memory/slots/0: the area is active, and swapon refuses such "
                                     "a page: make it written or unwritten, or add the process "
                                     "swapon"),
                         with("shared", ""));
    CPPUNIT_ASSERT_EQUAL(std::string(), with("unwritten", ""));
    CPPUNIT_ASSERT_EQUAL(std::string(), with("hole", R"("vintage": "V3s")"));
  }

  void processes_are_about_the_filesystem_that_is_there() {
    const auto with = [](const std::string& path, const std::string& filesystem) {
      return refusal_of(scenario_of(R"("memory": {"pages": ["memory"], "slots": ["written"]})",
                                    R"({"path": "kswapd"}, {"path": ")" + path + R"("})",
                                    R"(, "kernel": {"swap_on": ")" + filesystem + R"("})"));
    };
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/1/path: btrfs_relocate is about a swap file on btrfs: set swap_on "
                    "to btrfs"),
        with("btrfs_relocate", "xfs"));
    CPPUNIT_ASSERT_EQUAL(std::string(), with("btrfs_relocate", "btrfs"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/1/path: shutdown is about a swap file on xfs: set swap_on to xfs"),
        with("shutdown", "block_device"));
    CPPUNIT_ASSERT_EQUAL(std::string(), with("shutdown", "xfs"));
  }

  void who_waits_for_a_worker_has_one() {
    const auto with = [](const std::string& processes, const std::string& kernel) {
      return refusal_of(scenario_of(R"("memory": {"pages": ["memory"], "slots": ["written"]})",
                                    processes,
                                    R"(, "kernel": {)" + kernel + "}"));
    };
    const std::string kswapd = R"({"path": "kswapd"})";
    const std::string worker = R"(, {"path": "dio_worker", "own_queue": )";
    const std::string own = R"("vintage": "ISR", "completed_by": "own_workqueue")";
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes: nobody completes swap writes: add the process dio_worker"),
        with(kswapd, R"("vintage": "V3a")"));
    CPPUNIT_ASSERT_EQUAL(std::string(), with(kswapd + worker + "0}", R"("vintage": "V3a")"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes: nobody completes swap writes: add the process dio_worker with "
                    "own_queue 1"),
        with(kswapd + worker + "0}", own));
    CPPUNIT_ASSERT_EQUAL(std::string(), with(kswapd + worker + "1}", own));
    CPPUNIT_ASSERT_EQUAL(
        std::string(
            "/processes: nobody recovers what the server forgets: add the process state_manager"),
        with(R"({"path": "rpciod"}, {"path": "server_reboot"})", R"("vintage": "UP")"));
    const std::string two = R"({"path": "two_bios"})";
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes: nobody gives bios back to the pool: add the process bio_device"),
        with(two + ", " + two, ""));
    CPPUNIT_ASSERT_EQUAL(std::string(), with(two, ""));
    const auto anon = [](const std::string& more) {
      return refusal_of(scenario_of(R"("anon": {})",
                                    R"({"path": "anon_swap_out"}, {"path": "anon_store"})" + more,
                                    R"(, "kernel": {"anon_read_is_asynchronous": true})"));
    };
    CPPUNIT_ASSERT_EQUAL(std::string("/processes: nobody ends the reads of zram's backing device: "
                                     "add the process anon_device_read"),
                         anon(""));
    CPPUNIT_ASSERT_EQUAL(std::string(), anon(R"(, {"path": "anon_device_read"})"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MemoryRefusalsTest);

} // namespace
} // namespace stalemate::kernel
