#include "reports/story.hpp"

#include "reports/tests/example.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using report::Detail;
using report::Story;

class StoryTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(StoryTest);
  CPPUNIT_TEST(only_processes_that_run_are_in_the_cast);
  CPPUNIT_TEST(a_lock_is_taken_and_released_in_a_word);
  CPPUNIT_TEST(a_reader_takes_a_lock_shared);
  CPPUNIT_TEST(what_a_step_changes_it_need_not_have_seen);
  CPPUNIT_TEST(an_object_is_named_once_in_a_list);
  CPPUNIT_TEST(a_ghost_is_told_only_if_the_claim_reads_it);
  CPPUNIT_TEST(marks_the_change_that_broke_the_claim);
  CPPUNIT_TEST(marks_the_value_that_the_claim_refuses_earlier);
  CPPUNIT_TEST(marks_the_step_if_no_change_broke_the_claim);
  CPPUNIT_TEST(a_model_error_ends_with_its_reason);
  CPPUNIT_TEST(a_deadlock_ends_with_who_waits_for_whom);
  CPPUNIT_TEST(numbers_are_grouped_and_nouns_agree);
  CPPUNIT_TEST(nothing_reaches_the_terminal_that_it_might_obey);
  CPPUNIT_TEST_SUITE_END();

  ir::Model race_ = report::example::race();
  Trace trace_ = replay(race_, report::example::race_result());

  [[nodiscard]] Story story() const {
    return report::tell(race_, trace_, report::causality(race_, trace_));
  }

  /// All details of a step, one per line.
  [[nodiscard]] static std::string details(const Story& story, std::size_t step) {
    std::string text;
    for (const Detail& d : story.scenes[step - 1].details)
      text += d.text + (d.mark.empty() ? "" : " <-- " + d.mark) + "\n";
    return text;
  }

 public:
  void only_processes_that_run_are_in_the_cast() {
    CPPUNIT_ASSERT((story().cast == std::vector<int>{0, 1, 2, 3}));
    trace_.steps.resize(2);
    CPPUNIT_ASSERT(story().cast == std::vector<int>{0});
  }

  void a_lock_is_taken_and_released_in_a_word() {
    CPPUNIT_ASSERT_EQUAL(std::string("takes inode.i_rwsem\n"), details(story(), 1));
    CPPUNIT_ASSERT_EQUAL(std::string("releases folio[0].lock\n"), details(story(), 12));
  }

  void a_reader_takes_a_lock_shared() {
    ir::Variable readers;
    readers.name = "inode.i_rwsem.shared";
    readers.kind = ir::Kind::boolean;
    readers.range = {0, 1};
    readers.shape = {4};
    readers.rows = {"writer0", "flusher", "ioend0", "kswapd"};
    readers.initial = {0, 0, 0, 0};
    race_.variables.push_back(readers);
    trace_.initial.push_back(readers.initial);
    const int variable = static_cast<int>(race_.variables.size()) - 1;
    trace_.steps[0].changes = {{{variable, 0}, 0, 1}};
    trace_.steps[2].changes = {{{variable, 1}, 1, 0}};
    CPPUNIT_ASSERT_EQUAL(std::string("takes inode.i_rwsem (shared)\n"), details(story(), 1));
    CPPUNIT_ASSERT_EQUAL(std::string("saw folio[0].dirty yes, .writeback no\n"
                                     "releases inode.i_rwsem (shared)\n"),
                         details(story(), 3));
  }

  void what_a_step_changes_it_need_not_have_seen() {
    CPPUNIT_ASSERT_EQUAL(std::string("extent[0]: unwritten -> written\ninode.seq: 0 -> 1\n"),
                         details(story(), 7));
  }

  void an_object_is_named_once_in_a_list() {
    CPPUNIT_ASSERT_EQUAL(std::string("saw folio[0].dirty no, .writeback no\n"),
                         details(story(), 10));
  }

  void a_ghost_is_told_only_if_the_claim_reads_it() {
    const auto file = trace_.values.back().cell;
    trace_.steps[0].changes.push_back({{file.variable, 0}, 0, 1});
    trace_.steps[1].changes = {{file, 0, 1}};
    CPPUNIT_ASSERT_EQUAL(std::string("takes inode.i_rwsem\n"), details(story(), 1));
    CPPUNIT_ASSERT_EQUAL(std::string("(file[1] = old)\n"), details(story(), 2));
  }

  void marks_the_change_that_broke_the_claim() {
    CPPUNIT_ASSERT_EQUAL(std::string("saw iomap.type unwritten\n"
                                     "iomap.type is stale: extent[0] is written since step 7\n"
                                     "folio[0].data[1]: old -> zeroes <-- no_lost_write\n"
                                     "folio[0].uptodate: no -> yes\n"),
                         details(story(), 14));
  }

  void marks_the_value_that_the_claim_refuses_earlier() {
    trace_.steps.push_back({0, 5, 0, {}, {{trace_.values.front().cell, 0, 1}}});
    const auto told = story();
    CPPUNIT_ASSERT_EQUAL(std::string("but (file[1] is old)"), told.scenes[13].details[2].mark);
    CPPUNIT_ASSERT_EQUAL(std::string("no_lost_write"), told.scenes[14].details[0].mark);
  }

  void marks_the_step_if_no_change_broke_the_claim() {
    trace_.steps.back().changes.clear();
    CPPUNIT_ASSERT_EQUAL(std::string("no_lost_write"), story().scenes.back().mark);
  }

  void a_model_error_ends_with_its_reason() {
    trace_.verdict = Verdict::model_error;
    trace_.property = -1;
    trace_.broken.clear();
    trace_.values.clear();
    trace_.reason = "inode.seq becomes 4, its range is 0..3";
    CPPUNIT_ASSERT_EQUAL(std::string("model error: inode.seq becomes 4, its range is 0..3"),
                         story().ending.front());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, story().ending.size());
  }

  void a_deadlock_ends_with_who_waits_for_whom() {
    const auto model = report::example::cycle();
    const auto trace = replay(model, report::example::cycle_result());
    const auto told = report::tell(model, trace, report::causality(model, trace));
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, told.ending.size());
    CPPUNIT_ASSERT_EQUAL(std::string("deadlock: they wait for each other"), told.ending[0]);
    CPPUNIT_ASSERT_EQUAL(std::string("writer0 in balance_dirty_pages waits for writeback to end, "
                                     "which is up to ioend0"),
                         told.ending[1]);
    CPPUNIT_ASSERT_EQUAL(std::string("ioend0 in xfs_end_ioend waits for inode.i_rwsem, held by "
                                     "writer0 since step 1 (xfs_file_buffered_write)"),
                         told.ending[2]);
    CPPUNIT_ASSERT_EQUAL(std::string("still held"), told.scenes[0].details[0].mark);
  }

  void numbers_are_grouped_and_nouns_agree() {
    CPPUNIT_ASSERT_EQUAL(std::string("0 states"), report::counted(0, "state"));
    CPPUNIT_ASSERT_EQUAL(std::string("1 state"), report::counted(1, "state"));
    CPPUNIT_ASSERT_EQUAL(std::string("999"), report::grouped(999));
    CPPUNIT_ASSERT_EQUAL(std::string("1 000"), report::grouped(1000));
    CPPUNIT_ASSERT_EQUAL(std::string("18 446 744 073 709 551 615"), report::grouped(~0ULL));
  }

  void nothing_reaches_the_terminal_that_it_might_obey() {
    CPPUNIT_ASSERT_EQUAL(std::string("a?[31mb?c"), report::printable("a\033[31mb\nc"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StoryTest);
