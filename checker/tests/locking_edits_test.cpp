// Locks that are not taken any more, and others that are.
#include "checker/edit/edits.hpp"

#include "checker/search/explore.hpp"
#include "checker/tests/edit_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace stalemate;
using namespace stalemate::build;
using namespace stalemate::tests;

class LockingEditsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LockingEditsTest);
  CPPUNIT_TEST(drop_of_a_lock_holds_nothing);
  CPPUNIT_TEST(drop_of_one_of_two_takes_releases_what_is_held);
  CPPUNIT_TEST(move_of_a_lock);
  CPPUNIT_TEST(unlock_alone_and_shared);
  CPPUNIT_TEST(unlock_rows);
  CPPUNIT_TEST(hold_some_steps);
  CPPUNIT_TEST(hold_with_several_ways_out);
  CPPUNIT_TEST(hold_from_the_start_round_a_loop);
  CPPUNIT_TEST_SUITE_END();

  static void same(const std::string& expected, const std::string& actual) {
    CPPUNIT_ASSERT_EQUAL(expected, actual);
  }

 public:
  void drop_of_a_lock_holds_nothing() {
    same("write: x = 2; -> unlock\nunlock: -> end\n", edited(locked(), dropping("lock")));
    same("write: x = 2; -> unlock\nunlock: -> end\n", edited(shared_locked(), dropping("lock")));
    same("write: p.i = 0; -> unlock\nunlock: -> end\n",
         edited(rows_locked(false), dropping("lock")));
  }

  /// Which of them took it is known only as it runs.
  void drop_of_one_of_two_takes_releases_what_is_held() {
    ir::Model model = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      const Lock lock = m.lock("lock");
      return [=](Path& p) {
        p.step("which?", when(x == 0).note("a").go("a"), always().note("b").go("b"));
        p.label("a");
        p.step("lock here", take(lock).go("on"));
        p.label("b");
        p.step("lock there", take(lock));
        p.label("on");
        p.step("unlock", then(release(lock)));
      };
    });
    edit::drop(model, at(model, "lock here"));
    tests::settle(model);
    same("which?: \"a\"; when x == 0; -> unlock\n"
         "which?: \"b\"; -> lock there\n"
         "lock there: wait lock == free; lock = p; -> unlock\n"
         "unlock: lock = lock == p ? free : lock; -> end\n",
         tests::told(model));
    CPPUNIT_ASSERT(explore(compile(model)).verdict == Verdict::holds);
  }

  void move_of_a_lock() {
    same("write: x = 2; -> lock\n"
         "lock: wait lock == free; lock = p; x = 1; -> unlock\n"
         "unlock: check lock == p; lock = free; -> end\n",
         edited(locked(), moving("lock", "write", true)));
    // Whoever gives back what he does not have finds that out as it runs.
    ir::Model model = locked();
    moving("unlock", "write", false)(model);
    moving("lock", "unlock", true)(model);
    tests::settle(model);
    CPPUNIT_ASSERT(explore(compile(model)).verdict == Verdict::model_error);
  }

  void unlock_alone_and_shared() {
    same("lock: x = 1; -> write\nwrite: x = 2; -> unlock\nunlock: -> end\n",
         edited(locked(), unlocking("lock")));
    same("lock: -> write\nwrite: x = 2; -> unlock\nunlock: -> end\n",
         edited(shared_locked(), unlocking("sem")));
    ir::Model other = locked();
    unlocking("lock")(other);
    same("it never takes this lock", edit_refusal(other, unlocking("lock")));
  }

  void unlock_rows() {
    const std::string without = "lock: -> write\nwrite: p.i = 0; -> unlock\nunlock: -> end\n";
    same(without, edited(rows_locked(true), unlocking("row.lock")));
    same(without, edited(rows_locked(true), unlocking("row[1].lock")));
    same("it never takes this lock", edit_refusal(rows_locked(true), unlocking("row[0].lock")));
    same(without, edited(rows_locked(false), unlocking("row.lock")));
    same("the step finds out which of these locks it takes as it runs; name all of them, without "
         "an index",
         edit_refusal(rows_locked(false), unlocking("row[0].lock")));
    CPPUNIT_ASSERT_THROW(unlocking("row[2].lock")(*std::make_unique<ir::Model>(rows_locked(true))),
                         edit::UnknownName);
  }

  void hold_some_steps() {
    same("a: x = 1; -> take lock\n"
         "take lock: wait lock == free; lock = p; -> b\n"
         "b: x = 2; -> give back lock\n"
         "give back lock: check lock == p; lock = free; -> c\n"
         "c: x = 3; -> end\n",
         edited(with_locks(), holding("lock", false, "b", "b")));
    same("take sem (shared): wait sem == free; sem[p].shared = yes; -> a\n"
         "a: x = 1; -> b\n"
         "b: x = 2; -> c\n"
         "c: x = 3; -> give back sem (shared)\n"
         "give back sem (shared): check sem[p].shared; sem[p].shared = no; -> end\n",
         edited(with_locks(), holding("sem", true, "a", "c")));
    same("\"to\" stands before \"from\"",
         edit_refusal(with_locks(), holding("sem", true, "c", "a")));
    same("this lock is never shared", edit_refusal(with_locks(), holding("lock", true, "a", "b")));
    same("this is an array of locks; name one of them",
         edit_refusal(rows_locked(true), holding("row.lock", false, "write", "write")));
  }

  void hold_with_several_ways_out() {
    const auto model = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      (void)m.lock("lock");
      return [=](Path& p) {
        p.label("again");
        p.step("before", always());
        p.step("inside",
               when(x == 0),
               when(x == 1).retry().go("again"),
               when(x == 2).go("again"),
               otherwise().end());
        p.step("behind", always());
      };
    });
    ir::Model held = model;
    holding("lock", false, "inside", "inside")(held);
    tests::settle(held);
    // To go back to try again is no progress; to go back otherwise is.
    same("before: -> take lock\n"
         "take lock: wait lock == free; lock = p; -> inside\n"
         "inside: when x == 0; -> give back lock\n"
         "inside: when x == 1; retry; -> give back lock (2)\n"
         "inside: when x == 2; -> give back lock (3)\n"
         "inside: when !(x == 0 || x == 1 || x == 2); -> give back lock (4)\n"
         "give back lock (4): check lock == p; lock = free; -> end\n"
         "give back lock (3): check lock == p; lock = free; -> before\n"
         "give back lock (2): check lock == p; lock = free; retry; -> before\n"
         "give back lock: check lock == p; lock = free; -> behind\n"
         "behind: -> end\n",
         tests::told(held));
    CPPUNIT_ASSERT(explore(compile(held)).verdict == Verdict::holds);
  }

  void hold_from_the_start_round_a_loop() {
    ir::Model model = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      (void)m.lock("lock");
      return [=](Path& p) {
        p.label("again");
        p.step("first", then(x = 1));
        p.step("second", when(x == 0).go("again"), otherwise());
        p.step("third", when(x == 0).go("again"), otherwise());
      };
    });
    holding("lock", false, "first", "second")(model);
    tests::settle(model);
    same("take lock: wait lock == free; lock = p; -> first\n"
         "first: x = 1; -> second\n"
         "second: when x == 0; -> first\n"
         "second: when x != 0; -> give back lock\n"
         "give back lock: check lock == p; lock = free; -> third\n"
         "third: when x == 0; -> take lock\n"
         "third: when x != 0; -> end\n",
         tests::told(model));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LockingEditsTest);
