#include "checker/reduce/ample.hpp"

#include "checker/search/reduced.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <functional>

using namespace stalemate;
using namespace stalemate::build;

/// Who looks at something must not be the only one to move while another can still write it, in
/// whatever way the other comes to that.
class AmpleTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(AmpleTest);
  CPPUNIT_TEST(what_is_less_may_be_less_or_equal);
  CPPUNIT_TEST(what_is_less_is_not_greater_or_equal);
  CPPUNIT_TEST(an_open_index_may_be_the_last_one);
  CPPUNIT_TEST(an_index_that_was_read_may_have_any_value);
  CPPUNIT_TEST(two_ways_back_are_followed_to_their_end);
  CPPUNIT_TEST(what_a_run_comes_past_is_not_left_out);
  CPPUNIT_TEST_SUITE_END();

 public:
  void what_is_less_may_be_less_or_equal() {
    check(Verdict::violated, [](Path& p, const Board& board) {
      p.step("come", when(board.x < board.y).wait(board.x <= board.y, "it to be so"));
      p.step("write", then(board.seen[1] = true));
    });
  }

  void what_is_less_is_not_greater_or_equal() {
    check(Verdict::holds, [](Path& p, const Board& board) {
      p.step("come", when(board.x < board.y).wait(board.y <= board.x, "it to be so"));
      p.step("write", then(board.seen[1] = true));
    });
  }

  /// Of a mark that only this process sets it is known that it is not set, up to the first step.
  void an_open_index_may_be_the_last_one() {
    check(Verdict::violated, [](Path& p, const Board& board) {
      p.step("mark one", then(board.marks[board.x] = true));
      p.step("look", when(board.marks[2]), otherwise().end());
      p.step("write", then(board.seen[1] = true));
    });
  }

  void an_index_that_was_read_may_have_any_value() {
    check(Verdict::violated, [](Path& p, const Board& board) {
      const Place i = p.local("i", 0, 2);
      p.step("read", then(i = board.x));
      p.step("write", then(board.seen[i] = true));
    });
  }

  void two_ways_back_are_followed_to_their_end() {
    check(Verdict::violated, [](Path& p, const Board& board) {
      p.step("start", always().go("last"));
      p.label("first");
      p.step("write", then(board.seen[1] = true).end());
      p.label("second");
      p.step("go back", always().go("first"));
      p.label("last");
      p.step("go back twice", always().go("second"));
    });
  }

  /// Both are raised at once on some runs only, and no state is wrong.
  void what_a_run_comes_past_is_not_left_out() {
    Model m({"a", "b"});
    const Array raised = m.flags("raised", 2);
    const Place answered = m.flag("answered");
    for (int i = 0; i < 2; ++i)
      m.process(i == 0 ? "a" : "b", "path", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        p.step("raise", then(raised[i] = true));
        p.step("lower", then(raised[i] = false));
      });
    m.leads_to("answered", "both are answered", raised[0] && raised[1], answered);
    compare(m.finish(), Verdict::violated);
  }

 private:
  /// What the processes share. Of x and y one of them chooses the values; the last one looks
  /// whether the mark in the middle was seen.
  struct Board {
    Place x;
    Place y;
    Array marks;
    Array seen;
  };

  static void check(Verdict expected, const std::function<void(Path&, const Board&)>& record) {
    Model m({"chooser", "writer", "looker"});
    const Board board{m.var("x", 0, 2), m.var("y", 0, 2), m.flags("marks", 3), m.flags("seen", 3)};
    const Claim claim = m.assertion("unseen", "nothing is seen");
    m.process("chooser", "chooser", [&](Path& p) {
      const auto f = p.function("choose", "f.c");
      p.step("choose x", for_any(3, [&](int value) { return then(board.x = value); }));
      p.step("choose y", for_any(3, [&](int value) { return then(board.y = value); }));
    });
    m.process("writer", "writer", [&](Path& p) {
      const auto f = p.function("write", "f.c");
      record(p, board);
    });
    m.process("looker", "looker", [&](Path& p) {
      const auto f = p.function("look", "f.c");
      p.step("look", always().check(claim, !board.seen[1], "it is seen"));
    });
    compare(m.finish(), expected);
  }

  static void compare(const ir::Model& model, Verdict expected) {
    Observer nobody;
    const Result plain = explore_reduced(model, {}, Limits(), nobody);
    CPPUNIT_ASSERT_EQUAL(word(expected), word(plain.verdict));
    for (const Reductions& reductions :
         {Reductions{.ample_sets = true}, Reductions{.lone_moves = true}, all_reductions}) {
      const Result reduced = explore_reduced(model, reductions, Limits(), nobody);
      CPPUNIT_ASSERT_EQUAL(word(expected), word(reduced.verdict));
      CPPUNIT_ASSERT(plain.schedule == reduced.schedule);
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AmpleTest);
