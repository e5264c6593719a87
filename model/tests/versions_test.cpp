// The knobs of each release, as one table; what this pins was read in the sources.

#include "checker/search/explore.hpp"
#include "model/iomap/knobs/knobs.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/scenario/version.hpp"
#include "model/tests/library.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

namespace stalemate::kernel {
namespace {

/// A line for each knob that has a history: its name and its value in every version.
std::string table() {
  std::string text;
  for (const Subsystem& subsystem : subsystems())
    for (const Knob& knob : subsystem.knobs) {
      if (knob.history.empty()) continue;
      text += knob.name;
      for (std::size_t i = 0; i < versions().size(); ++i)
        text += " " + knob.value_name(knob.value_in(static_cast<Version>(i)));
      text += "\n";
    }
  return text;
}

class VersionsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(VersionsTest);
  CPPUNIT_TEST(each_is_a_set_of_knobs);
  CPPUNIT_TEST(a_history_begins_at_the_oldest_and_ends_with_the_default);
  CPPUNIT_TEST(a_scenario_can_set_a_knob_otherwise);
  CPPUNIT_TEST(the_kernel_as_it_is_holds_in_every_version);
  CPPUNIT_TEST_SUITE_END();

 public:
  void each_is_a_set_of_knobs() {
    CPPUNIT_ASSERT_EQUAL(
        std::string(
            "cookie_covers both_over_data both_over_data both_forks both_forks both_forks "
            "both_forks\n"
            "hole_check always_stale always_stale always_stale never_stale never_stale "
            "never_stale\n"
            "zeroing skips skips flushes_once flushes_if_dirty batch_over_unwritten batch\n"
            "copy_looks_again mapping sharing sharing sharing sharing sharing\n"
            "zoned_hole data_fork data_fork data_fork data_fork data_fork both_forks_flushed\n"
            "jdata_put_folio unlocks_first adds_first adds_first adds_first adds_first adds_first\n"
            "recorded_size end_of_block end_of_block trimmed trimmed trimmed trimmed\n"
            "growth_zeroes_tail false false false true true true\n"
            "truncate_flushes_eof true true false false false false\n"
            "gap_keeps_faults_out false false true true true true\n"
            "insert_flushes_eof false false false false false true\n"
            "unused_copy kept kept given_back given_back given_back given_back\n"
            "dax_scan_locked skips skips skips waits waits waits\n"
            "dax_break_deletes false false false true true true\n"
            "dax_scans_unmapped false false false true true true\n"
            "dax_idle_at one one one zero zero zero\n"
            "anon_device zram_two_pass zram_two_pass zram_two_pass zram_one_pass zram_one_pass "
            "zram_one_pass\n"
            "anon_write_path rw_page_may_fail bio bio bio bio bio\n"
            "anon_swap_in bypasses_and_waits bypasses_and_waits bypasses_and_waits "
            "bypasses_and_waits through_swap_cache through_swap_cache\n"
            "bypass_claim sleep sleep sleep sleep no_bypass no_bypass\n"
            "on_eexist sleeps sleeps sleeps sleeps atomic_insert atomic_insert\n"
            "unuse_compares pte pte pte pte_and_slot pte_and_slot pte_and_slot\n"
            "readahead_area always always always other_area other_area other_area\n"
            "uffd_move absent absent ignores_cache compares_and_asks compares_and_asks "
            "compares_and_asks\n"
            "zap_reclaim any_slot any_slot any_slot same_slot at_once at_once\n"
            "btrfs_activation extent_map extent_map items_locked items_locked items_locked "
            "items_locked\n"
            "zswap_old_entry dropped_first dropped_first dropped dropped dropped dropped\n"
            "zswap_shrinker_holds handle tree_pointer page page page page\n"
            "zswap_load keeps_entry keeps_entry drops_entry drops_entry drops_entry drops_entry\n"
            "zswap_fakes_writeback true true false false false false\n"),
        table());
  }

  void a_history_begins_at_the_oldest_and_ends_with_the_default() {
    for (const Subsystem& subsystem : subsystems())
      for (const Knob& knob : subsystem.knobs) {
        if (knob.history.empty()) continue;
        CPPUNIT_ASSERT_MESSAGE(knob.name, knob.history.front().version == Version::v6_1);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(knob.name, knob.initial, knob.value_in(newest));
        for (std::size_t i = 1; i < knob.history.size(); ++i) {
          CPPUNIT_ASSERT_MESSAGE(knob.name, knob.history[i - 1].version < knob.history[i].version);
          CPPUNIT_ASSERT_MESSAGE(knob.name, knob.history[i - 1].value != knob.history[i].value);
        }
      }
  }

  void a_scenario_can_set_a_knob_otherwise() {
    const int v6_6 = static_cast<int>(Version::v6_6);
    const auto old = kernel_with(iomap::knobs(), {{"version", v6_6}});
    CPPUNIT_ASSERT(old.zeroing == iomap::Zeroing::skips && old.truncate_flushes_eof);
    const auto changed =
        kernel_with(iomap::knobs(), {{"version", v6_6}, {"truncate_flushes_eof", 0}});
    CPPUNIT_ASSERT(changed.zeroing == iomap::Zeroing::skips && !changed.truncate_flushes_eof);
  }

  /// R15, which has everything that can run together. What breaks is in docs/findings.md: the size
  /// on disk, and zeroing that skips, which only a write behind i_size comes to.
  void the_kernel_as_it_is_holds_in_every_version() {
    std::string broken;
    int searched = 0;
    for (const ScenarioFile& file : library())
      for (Scenario scenario : file.scenarios()) {
        if (scenario.id != "R15") continue;
        for (std::size_t i = 0; i < versions().size(); ++i) {
          scenario.kernel[version_knob_name] = static_cast<int>(i);
          const Result result = explore(compile(ir::without_warnings(build_model(scenario))));
          ++searched;
          if (result.verdict != Verdict::holds)
            broken += versions()[i].name + " " + scenario.variant + "\n";
        }
      }
    CPPUNIT_ASSERT_EQUAL(std::string("v6.1 append-and-overwrite\n"
                                     "v6.6 append-and-overwrite\n"
                                     "v6.1 zero-range-unwritten\n"
                                     "v6.6 zero-range-unwritten\n"),
                         broken);
    CPPUNIT_ASSERT(searched > 200);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VersionsTest);

} // namespace
} // namespace stalemate::kernel
