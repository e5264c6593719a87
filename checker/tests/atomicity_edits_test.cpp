// Steps that are parted, and steps that become one.
#include "checker/edit/edits.hpp"

#include "checker/tests/edit_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace stalemate;
using namespace stalemate::build;
using namespace stalemate::tests;

class AtomicityEditsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(AtomicityEditsTest);
  CPPUNIT_TEST(split_all_and_once);
  CPPUNIT_TEST(split_takes_locks_first);
  CPPUNIT_TEST(merge_sees_what_was_written);
  CPPUNIT_TEST(merge_sees_cells_that_are_found_as_it_runs);
  CPPUNIT_TEST(merge_with_waits);
  CPPUNIT_TEST(merge_is_refused);
  CPPUNIT_TEST_SUITE_END();

  static void same(const std::string& expected, const std::string& actual) {
    CPPUNIT_ASSERT_EQUAL(expected, actual);
  }

 public:
  void split_all_and_once() {
    const auto model = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      const Place y = m.var("y", 0, 3);
      const Place z = m.var("z", 0, 3);
      return [=](Path& p) {
        p.label("again");
        p.step("write",
               when(x == 0).note("first").then(x = 1, y = 2, z = 3),
               otherwise().note("again").then(x = 2, y = 3).retry().go("again"));
        p.step("end", always());
      };
    });
    same("write: \"first\"; when x == 0; x = 1; -> write: first, part 2\n"
         "write: \"again\"; when x != 0; x = 2; -> write: again, part 2\n"
         "write: again, part 2: y = 3; retry; -> write\n"
         "write: first, part 2: y = 2; -> write: first, part 3\n"
         "write: first, part 3: z = 3; -> end\n"
         "end: -> end\n",
         edited(model, splitting("write")));
    same("write: \"first\"; when x == 0; x = 1; y = 2; -> write: first, part 2\n"
         "write: \"again\"; when x != 0; x = 2; y = 3; retry; -> write\n"
         "write: first, part 2: z = 3; -> end\n"
         "end: -> end\n",
         edited(model, splitting("write / first", 2)));
    const std::string nothing = "it has no two effects between which it could be parted";
    same(nothing, edit_refusal(model, splitting("end")));
    same(nothing, edit_refusal(three_steps(), splitting("a")));
    same(nothing, edit_refusal(model, splitting("write", 0)));
    same(nothing, edit_refusal(model, splitting("write", 3)));
    same(nothing, edit_refusal(model, splitting("write", 1000)));
  }

  void split_takes_locks_first() {
    ir::Model model = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      const Lock lock = m.lock("lock");
      return [=](Path& p) {
        p.step("lock", then(x = 1).take(lock).then(x = 2));
        p.step("unlock", then(x = 3, release(lock)));
      };
    });
    // Behind what is written first, and so behind the lock too.
    ir::Model once = model;
    splitting("lock", 1)(once);
    tests::settle(once);
    same("lock: wait lock == free; lock = p; x = 1; -> lock, part 2\n"
         "lock, part 2: x = 2; -> unlock\n"
         "unlock: check lock == p; x = 3; lock = free; -> end\n",
         tests::told(once));
    splitting("lock")(model);
    splitting("unlock")(model);
    tests::settle(model);
    same("lock: wait lock == free; lock = p; -> lock, part 2\n"
         "lock, part 2: x = 1; -> lock, part 3\n"
         "lock, part 3: x = 2; -> unlock\n"
         "unlock: check lock == p; x = 3; -> unlock, part 2\n"
         "unlock, part 2: lock = free; -> end\n",
         tests::told(model));
  }

  void merge_sees_what_was_written() {
    same("a: x = 1; x = 2; -> c\nc: x = 3; -> end\n", edited(three_steps(), merging("a", "b")));
    same("a: x = 1; x = 2; x = 3; -> end\n", edited(three_steps(), merging("a", "c")));
    const auto counted = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      const Place y = m.var("y", 0, 3);
      return [=](Path& p) {
        p.step("count", then(x = x + 1, y = x));
        p.step("is it?", when(y == 2).note("two"), when(x < y).note("less").end());
        p.step("behind", always());
      };
    });
    same("count: \"two\"; when x + 1 == 2; x = x + 1; y = x; -> behind\n"
         "count: \"less\"; when x + 1 < x + 1; x = x + 1; y = x; -> end\n"
         "behind: -> end\n",
         edited(counted, merging("count", "is it?")));
  }

  void merge_sees_cells_that_are_found_as_it_runs() {
    ir::Model model = tests::one_process([](Model& m) {
      const Array a = m.array("a", 3, 0, 3);
      return [=](Path& p) {
        const Place i = p.local("i", 0, 2);
        const Place j = p.local("j", 0, 2);
        p.step("write", then(a[i] = 2));
        p.step("read", when(a[j] == 2).note("same"), otherwise().note("other"));
      };
    });
    merging("write", "read")(model);
    tests::settle(model);
    same("write: \"same\"; when (p.j == p.i ? 2 : a[p.j]) == 2; a[p.i] = 2; -> end\n"
         "write: \"other\"; when (p.j == p.i ? 2 : a[p.j]) != 2; a[p.i] = 2; -> end\n",
         tests::told(model));
  }

  void merge_with_waits() {
    same("lock: wait lock == free; lock = p; x = 1; x = 2; -> unlock\n"
         "unlock: check lock == p; lock = free; -> end\n",
         edited(locked(), merging("lock", "write")));
    same("lock: wait lock == free; check 1; lock = p; x = 1; x = 2; lock = free; -> end\n",
         edited(locked(), merging("lock", "unlock")));
    // What it would wait for is what it holds itself, or one of several: it has no name any more.
    const auto twice = [](bool is_row) {
      return tests::one_process([=](Model& m) {
        const Array rows = m.holders("row.lock", 2);
        return [=, &m](Path& p) {
          const Place i = p.local("i", 0, 1);
          p.step("lock", take(m.lock(rows[0])));
          p.step("lock again", take(m.lock(is_row ? rows[i] : rows[0])));
        };
      });
    };
    ir::Model model = twice(false);
    merging("lock", "lock again")(model);
    tests::settle(model);
    const ir::Wait& wait = model.processes[0].steps[0].alternatives[0].waits.at(1);
    CPPUNIT_ASSERT(wait.place == nullptr);
    same("row[0].lock", wait.what);
    CPPUNIT_ASSERT(ir::is_constant(wait.until, 0));
    same("lock: wait row[0].lock == free; wait (p.i == 0 ? p : row[p.i].lock) == free; "
         "row[0].lock = p; row[p.i].lock = p; -> end\n",
         edited(twice(true), merging("lock", "lock again")));
  }

  void merge_is_refused() {
    same("the steps are not in the order in which they run",
         edit_refusal(three_steps(), merging("b", "a")));
    same("the steps are not in the order in which they run",
         edit_refusal(three_steps(), merging("b", "b")));
    same("no way leads from the first of these steps to the last",
         edit_refusal(forked(), merging("left", "right")));
    const auto looping = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      return [=](Path& p) {
        p.step("a", always());
        p.label("again");
        p.step("b", when(x == 0).go("again"), otherwise());
        p.step("c", always());
      };
    });
    same("there is a loop in what would become one step", edit_refusal(looping, merging("a", "c")));
    // To begin again at the first is no loop inside.
    same("look: \"yes\"; when 0; x = 1; -> done\n"
         "look: \"no\"; x = 1; retry; -> look\n"
         "done: x = 3; -> end\n",
         edited(tested(), merging("look", "is it?")));
    // What doubles with each of many assignments is no question that anyone could ask.
    const auto doubling = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      return [=](Path& p) {
        Alternative way = then(x = min(x + x, 3));
        for (int i = 0; i < 60; ++i)
          way = way.then(x = min(x + x, 3));
        p.step("double", way);
        p.step("is it?", when(x == 3), otherwise());
      };
    });
    same("what is asked behind the assignments of the first steps would be too long",
         edit_refusal(doubling, merging("double", "is it?")));
    const auto many = tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      return [=](Path& p) {
        for (int i = 0; i < 10; ++i)
          p.step("step " + std::to_string(i), when(x == 0), when(x == 1));
      };
    });
    same("there are too many ways through these steps",
         edit_refusal(many, merging("step 0", "step 9")));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AtomicityEditsTest);
