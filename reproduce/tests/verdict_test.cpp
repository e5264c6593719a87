#include "reproduce/verdict.hpp"

#include "reproduce/table.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sstream>
#include <string>

namespace stalemate::reproduce {
namespace {

KernelMap map_of_checks() {
  KernelMap map;
  map.checks = {{"xfs_iomap_valid", 0, 8, "it was stale", "__iomap_write_begin"}};
  return map;
}

std::string answered(const std::string& printed) {
  return fmt::format(
      "{}", fmt::join(answer(read_report(printed, map_of_checks()), map_of_checks()), "\n"));
}

class VerdictTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(VerdictTest);
  CPPUNIT_TEST(corrupted);
  CPPUNIT_TEST(the_check_fired);
  CPPUNIT_TEST(without_values_what_comes_next_says_it);
  CPPUNIT_TEST(a_lock_forbids_it);
  CPPUNIT_TEST(an_item_has_no_gate);
  CPPUNIT_TEST(the_kernel_went_another_way);
  CPPUNIT_TEST(who_comes_next_waits);
  CPPUNIT_TEST(a_worker_may_be_who_is_waited_for);
  CPPUNIT_TEST(nobody_comes);
  CPPUNIT_TEST(a_guest_that_dies_is_incomplete);
  CPPUNIT_TEST(each_look_has_its_words);
  CPPUNIT_TEST(a_run_without_gates_counts);
  CPPUNIT_TEST(an_interrupt_comes_early);
  CPPUNIT_TEST(several_races_are_parted);
  CPPUNIT_TEST(a_table_has_a_row_for_each);
  CPPUNIT_TEST(anything_can_be_read);
  CPPUNIT_TEST_SUITE_END();

 public:
  void corrupted() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("corrupted 1 of 1\n"
                    "  with gates: byte 2048 is 00 in the cache, and 41 in every order with size "
                    "4096\n"
                    "  the whole schedule of 13 items was passed in 1 of 1 runs\n"
                    "  without gates: corrupted 5 of 300: the size is 7, which no order gives"),
        answered("KERNEL 6.1\r\nBEGIN gated\r\n"
                 "RUN 1 corrupted where=cache size=4096 at=2048 found=00 expected=41\r\n"
                 "BEGINLOG\r\nschedule: 13 of 13 items passed, 0 skipped\r\nENDLOG\r\n"
                 "BEGIN free\r\nrun 9: where=disk size=7\r\n"
                 "D1#truncate: 5 of 300 runs corrupted\r\nEND free\r\nDONE\r\n"));
  }

  void the_check_fired() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("intact in 1 of 1 runs: the kernel's check fired\n"
                    "  the whole schedule of 9 items was passed in 1 of 1 runs\n"
                    "  the check fired in 1 of 1 runs: xfs_iomap_valid: it was stale"),
        answered("RUN 1 intact size=4096\nBEGINLOG\n"
                 "   31  113932 writer0     race            exit xfs_iomap_valid -> 21474836480\n"
                 "   39  114057 writer0     race            exit xfs_iomap_valid -> 1\n"
                 "schedule: 9 of 9 items passed, 0 skipped\nENDLOG\nDONE\n"));
  }

  void without_values_what_comes_next_says_it() {
    const std::string left = "RUN 1 intact size=4096\nBEGINLOG\n"
                             "   31  113932 writer0     race            exit xfs_iomap_valid\n"
                             "   32  113933 kswapd      race            enter iomap_iter\n";
    const std::string end = "schedule: 9 of 9 items passed, 0 skipped\nENDLOG\nDONE\n";
    const auto next = [&](const std::string& function) {
      return answered(left + "   33  113940 writer0     race            enter " + function + "\n" +
                      end);
    };
    CPPUNIT_ASSERT(next("iomap_iter").find("the check fired in 1 of 1 runs") != std::string::npos);
    CPPUNIT_ASSERT(next("__iomap_write_begin").find("fired") == std::string::npos);
    CPPUNIT_ASSERT(answered(left + end).find("fired") == std::string::npos);
  }

  void a_lock_forbids_it() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("intact in 1 of 1 runs: a lock, or the kernel's own order, forbids the "
                    "schedule\n"
                    "  the whole schedule of 5 items was passed in 0 of 1 runs\n"
                    "  given up in 1 of 1 runs:\n"
                    "    waits: flusher folio_wait_bit_common __folio_lock write_cache_pages\n"
                    "    holds: writer0, which stands at iomap_write_end"),
        answered("WAITS writer0 gate_arrive\nWAITS flusher folio_wait_bit_common __folio_lock "
                 "write_cache_pages\nRUN 1 intact size=4096\nBEGINLOG\n"
                 "    0 0 kswapd      race            enter shrink_folio_list\n"
                 "    1 0 kswapd      race            held-at shrink_folio_list\n"
                 "    2 1 writer0     race            enter iomap_write_begin\n"
                 "    3 1 writer0     race            exit iomap_write_begin -> 0\n"
                 "    4 2 writer0     race            enter iomap_write_end\n"
                 "    5 2 writer0     race            held-at iomap_write_end\n"
                 "    6 9 writer0     race            stuck-at iomap_write_end next flusher enter "
                 "xfs_map_blocks running "
                 "flusher\n"
                 "schedule: 2 of 5 items passed, 0 skipped, abandoned\nENDLOG\nDONE\n"));
  }

  void an_item_has_no_gate() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("intact in 1 of 1 runs: a step has no gate\n"
                    "  the whole schedule of 2 items was passed in 1 of 1 runs\n"
                    "  no gate: __iomap_dio_rw: it takes 7 arguments, more than registers"),
        answered("REFUSED __iomap_dio_rw it takes 7 arguments, more than registers\n"
                 "RUN 1 intact size=1\nBEGINLOG\nschedule: 2 of 2 items passed, 0 skipped\n"
                 "ENDLOG\nDONE\n"));
  }

  void the_kernel_went_another_way() {
    CPPUNIT_ASSERT_EQUAL(std::string("intact in 1 of 1 runs: the kernel goes another way\n"
                                     "  the whole schedule of 2 items was passed in 1 of 1 runs\n"
                                     "  the kernel went on without \"B enter f\" in 1 runs"),
                         answered("RUN 1 intact size=1\nBEGINLOG\nskipped 2: B enter f\n"
                                  "schedule: 2 of 2 items passed, 1 skipped\nENDLOG\nDONE\n"));
  }

  void who_comes_next_waits() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("intact in 1 of 1 runs: a lock, or the kernel's own order, forbids the "
                    "schedule\n"
                    "  the whole schedule of 9 items was passed in 0 of 1 runs\n"
                    "  given up in 1 of 1 runs:\n"
                    "    waits: mmap0 xfs_ilock __xfs_filemap_fault\n"
                    "    holds: cloner0, which stands at xfs_reflink_remap_extent"),
        answered("WAITS cloner0 gate_arrive\nWAITS mmap0 xfs_ilock __xfs_filemap_fault\n"
                 "RUN 1 intact size=1\nBEGINLOG\n"
                 "    4 1 cloner0     race            exit __filemap_fdatawait_range -> 0\n"
                 "    8 2 cloner0     race            held-at xfs_reflink_remap_extent\n"
                 "    9 9 cloner0     race            stuck-at xfs_reflink_remap_extent next mmap0 "
                 "enter xfs_buffered_write_iomap_begin running -\n"
                 "schedule: 3 of 9 items passed, 0 skipped, abandoned\nENDLOG\nDONE\n"));
  }

  void a_worker_may_be_who_is_waited_for() {
    const std::string all = answered(
        "WAITS fsync0 folio_wait_writeback xfs_file_fsync\nRUN 1 intact size=1\nBEGINLOG\n"
        "   20 1 io_completion kworker/0:0     enter xfs_end_ioend\n"
        "   21 1 io_completion kworker/0:0     held-at xfs_end_ioend\n"
        "   25 9 io_completion kworker/0:0     stuck-at xfs_end_ioend next io_completion enter "
        "xfs_end_ioend running fsync0\n"
        "schedule: 5 of 8 items passed, 1 skipped, abandoned\nENDLOG\nDONE\n");
    CPPUNIT_ASSERT_MESSAGE(
        all, all.find("holds: io_completion, which stands at xfs_end_ioend") != all.npos);
  }

  void nobody_comes() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("intact in 1 of 1 runs: the kernel goes another way\n"
                    "  the whole schedule of 5 items was passed in 0 of 1 runs\n"
                    "  given up in 1 of 1 runs:\n"
                    "    nobody comes to: mmap0 enter finish_mkwrite_fault"),
        answered("RUN 1 intact size=1\nBEGINLOG\n"
                 "  6 9 writer0 race stuck-at f next mmap0 enter finish_mkwrite_fault running -\n"
                 "schedule: 2 of 5 items passed, 0 skipped, abandoned\nENDLOG\nDONE\n"));
  }

  void a_guest_that_dies_is_incomplete() {
    const Report report = read_report("KERNEL 6.1\nBROKEN cannot mount\n", map_of_checks());
    CPPUNIT_ASSERT(!report.is_complete);
    CPPUNIT_ASSERT_EQUAL(std::string("6.1"), report.kernel);
    CPPUNIT_ASSERT_EQUAL(std::string("nothing ran\n  the guest: cannot mount"),
                         answered("KERNEL 6.1\nBROKEN cannot mount\n"));
  }

  void each_look_has_its_words() {
    const auto first = [](const std::string& found) {
      const std::string all = answered("RUN 1 corrupted " + found + "\nDONE\n");
      return all.substr(0, all.find("\n  the whole"));
    };
    CPPUNIT_ASSERT_EQUAL(std::string("wrongly read 1 of 1\n"
                                     "  with gates: R got 00 for byte 5, and 41 in every order"),
                         first("where=read by=R at=5 found=00 expected=41"));
    CPPUNIT_ASSERT_EQUAL(std::string("wrongly read 1 of 1\n"
                                     "  with gates: R got 512 bytes, which no order gives"),
                         first("where=read by=R got=512"));
    CPPUNIT_ASSERT_EQUAL(std::string("wrongly read 1 of 1\n  with gates: R got 6f,41, S got 41: no "
                                     "order of whole reads and writes gives that"),
                         first("where=reads R=6f,41 S=41"));
    CPPUNIT_ASSERT_EQUAL(std::string("failed 1 of 1\n  with gates: W returned error 5: "
                                     "Input/output error"),
                         first("where=call by=W error=5"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("lost in a crash 1 of 1\n  with gates: byte 0 is 00 on disk after a crash, and "
                    "41 in every order with size 4096"),
        first("where=crash size=4096 at=0 found=00 expected=41"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("corrupted 1 of 1\n  with gates: byte 9 is 41 behind the end, through a "
                    "mapping, and 00 in every order with size 9"),
        first("where=behind size=9 at=9 found=41 expected=00"));
  }

  void a_run_without_gates_counts() {
    CPPUNIT_ASSERT(answered("RUN 1 intact size=1\nBEGIN free\nrun 9: where=disk size=7\n"
                            "R: 5 of 300 runs corrupted\nEND free\nDONE\n")
                       .starts_with("corrupted 5 of 300 without gates\n"));
  }

  void an_interrupt_comes_early() {
    Report report = read_report("RUN 1 intact size=1\nDONE\n", map_of_checks());
    report.departure = "step 3: W stands at \"f: wait\"";
    CPPUNIT_ASSERT_EQUAL(std::string("intact in 1 of 1 runs: the kernel goes another way"),
                         headline(report));
    CPPUNIT_ASSERT_EQUAL(std::string("the model agrees: step 3: W stands at \"f: wait\""),
                         why(report, map_of_checks()));
    report.departure = "";
    report.early = {"bios0: iomap_dio_bio_end_io: a bio reaches the disk"};
    CPPUNIT_ASSERT_EQUAL(std::string("intact in 1 of 1 runs: a step has no gate"),
                         headline(report));
    CPPUNIT_ASSERT_EQUAL(std::string("comes early, from an interrupt: bios0: "
                                     "iomap_dio_bio_end_io: a bio reaches the disk"),
                         why(report, map_of_checks()));
  }

  void several_races_are_parted() {
    const auto parts = parts_of("KERNEL 6.1\r\nRACE 101\r\nRUN 1 intact\r\nDONE\r\n"
                                "RACE 102\r\nRUN 1 corrupted where=disk size=7\r\n");
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, parts.size());
    const Report first = read_report(parts.at("101"), map_of_checks());
    const Report second = read_report(parts.at("102"), map_of_checks());
    CPPUNIT_ASSERT_EQUAL(std::string("6.1"), second.kernel);
    CPPUNIT_ASSERT(first.is_complete && !second.is_complete);
    CPPUNIT_ASSERT_EQUAL(0, first.gated.corrupted);
    CPPUNIT_ASSERT_EQUAL(1, second.gated.corrupted);
    CPPUNIT_ASSERT(parts_of("KERNEL 6.1\n").empty());
  }

  void a_table_has_a_row_for_each() {
    const Report report =
        read_report("RUN 1 corrupted where=cache size=4096 at=5 found=00 expected=41|42\nDONE\n",
                    map_of_checks());
    std::ostringstream out;
    write_table({{"R1#none", "no_lost_write", "", report},
                 {"R1#valid", "", "", Report{}},
                 {"R9#x", "", "no program runs it", Report{}}},
                map_of_checks(),
                out);
    CPPUNIT_ASSERT_EQUAL(
        std::string("| | claim | answer | what was seen |\n|---|---|---|---|\n"
                    "| R1#none | no_lost_write | corrupted 1 of 1 | byte 5 is 00 in the cache, and "
                    "41\\|42 in every order with size 4096 |\n"
                    "| R1#valid | all hold | incomplete |  |\n"
                    "\n| not run | why |\n|---|---|\n| R9#x | no program runs it |\n"),
        out.str());
  }

  void anything_can_be_read() {
    for (const char* line : {"RUN",
                             "RUN 1",
                             "REFUSED",
                             "REFUSED f",
                             "BEGIN",
                             "WAITS",
                             "BROKEN",
                             "BEGINLOG\nschedule:\nskipped\nENDLOG",
                             "run",
                             "KERNEL",
                             "BEGIN free\n runs corrupted",
                             "BEGINLOG"})
      (void)answered(line);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VerdictTest);

} // namespace
} // namespace stalemate::reproduce
