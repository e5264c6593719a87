// Every edit on models that are small enough to say what is left.
#include "checker/edit/edits.hpp"

#include "checker/builder/path.hpp"
#include "checker/edit/edit_error.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/edited.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <string>

using namespace stalemate;
using namespace stalemate::build;
using edit::Site;

namespace {

/// The model after the edit.
std::string edited(ir::Model model, const std::function<void(ir::Model&)>& change) {
  change(model);
  tests::settle(model);
  return tests::told(model);
}

/// Why the edit is refused.
std::string edit_refusal(ir::Model model, const std::function<void(ir::Model&)>& change) {
  try {
    change(model);
  } catch (const edit::EditError& error) {
    return error.what();
  }
  return "accepted";
}

Site at(const ir::Model& model, const std::string& name) {
  return edit::find_steps(model, name).front();
}

auto dropping(const std::string& name) {
  return [=](ir::Model& m) { edit::drop(m, at(m, name)); };
}

auto moving(const std::string& name, const std::string& to, bool behind) {
  return [=](ir::Model& m) { edit::move(m, at(m, name), at(m, to).step, behind); };
}

auto merging(const std::string& first, const std::string& last) {
  return [=](ir::Model& m) { edit::merge(m, 0, at(m, first).step, at(m, last).step); };
}

auto splitting(const std::string& name, std::optional<std::size_t> after = {}) {
  return [=](ir::Model& m) { edit::split(m, at(m, name), after); };
}

auto holding(const std::string& lock, bool shared, const std::string& from, const std::string& to) {
  return [=](ir::Model& m) {
    edit::hold(m, 0, edit::lock_named(m, lock), shared, at(m, from).step, at(m, to).step);
  };
}

auto unlocking(const std::string& lock) {
  return [=](ir::Model& m) { edit::unlock(m, 0, edit::lock_named(m, lock)); };
}

auto inserting(const std::string& place, bool behind, const std::string& phrase = "new") {
  return [=](ir::Model& m) {
    ir::Step step;
    step.function = 0;
    step.phrase = phrase;
    step.alternatives.push_back({});
    step.alternatives.back().guard = ir::constant(1);
    edit::insert(m, at(m, place), step, behind);
  };
}

/// a, b, c: x = 1, x = 2, x = 3.
ir::Model three_steps() {
  return tests::one_process([](Model& m) {
    const Place x = m.var("x", 0, 3);
    return [=](Path& p) {
      p.step("a", then(x = 1));
      p.step("b", then(x = 2));
      p.step("c", then(x = 3));
    };
  });
}

/// Looks, goes back if it is too early, else on.
ir::Model tested() {
  return tests::one_process([](Model& m) {
    const Place x = m.var("x", 0, 3);
    return [=](Path& p) {
      p.label("again");
      p.step("look", then(x = 1));
      p.step("is it?", when(x == 2).note("yes"), otherwise().note("no").retry().go("again"));
      p.step("done", then(x = 3));
    };
  });
}

/// Takes a lock, writes, gives it back.
ir::Model locked() {
  return tests::one_process([](Model& m) {
    const Place x = m.var("x", 0, 3);
    const Lock lock = m.lock("lock");
    return [=](Path& p) {
      p.step("lock", take(lock).then(x = 1));
      p.step("write", then(x = 2));
      p.step("unlock", then(release(lock)));
    };
  });
}

/// Two rows of locks; the row is known only as it runs, and then one that is known.
ir::Model rows_locked(bool is_known) {
  return tests::one_process([=](Model& m) {
    const Array rows = m.holders("row.lock", 2);
    return [=, &m](Path& p) {
      const Place i = p.local("i", 0, 1);
      const Lock lock = m.lock(is_known ? rows[1] : rows[i]);
      p.step("lock", take(lock));
      p.step("write", then(i = 0));
      p.step("unlock", then(release(lock)));
    };
  });
}

ir::Model shared_locked() {
  return tests::one_process([](Model& m) {
    const Place x = m.var("x", 0, 3);
    const SharedLock sem = m.shared_lock("sem");
    return [=](Path& p) {
      p.step("lock", take_shared(sem));
      p.step("write", then(x = 2));
      p.step("unlock", then(release_shared(sem)));
    };
  });
}

/// Two ways that lead to different steps.
ir::Model forked() {
  return tests::one_process([](Model& m) {
    const Place x = m.var("x", 0, 3);
    return [=](Path& p) {
      p.step("which?", when(x == 0).note("left").go("left"), otherwise().note("right").go("right"));
      p.label("left");
      p.step("left", then(x = 1).end());
      p.label("right");
      p.step("right", then(x = 2));
    };
  });
}

} // namespace

class EditsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(EditsTest);
  CPPUNIT_TEST(drop_passes_through);
  CPPUNIT_TEST(drop_of_a_test_goes_on);
  CPPUNIT_TEST(drop_of_a_lock_holds_nothing);
  CPPUNIT_TEST(drop_of_one_of_two_takes_releases_what_is_held);
  CPPUNIT_TEST(drop_of_what_is_not_determined_is_refused);
  CPPUNIT_TEST(move_before_and_behind);
  CPPUNIT_TEST(move_of_a_test);
  CPPUNIT_TEST(move_of_a_lock);
  CPPUNIT_TEST(always_one_way);
  CPPUNIT_TEST(never_one_way);
  CPPUNIT_TEST(unlock_alone_and_shared);
  CPPUNIT_TEST(unlock_rows);
  CPPUNIT_TEST(hold_some_steps);
  CPPUNIT_TEST(hold_with_several_ways_out);
  CPPUNIT_TEST(hold_from_the_start_round_a_loop);
  CPPUNIT_TEST(split_all_and_once);
  CPPUNIT_TEST(split_takes_locks_first);
  CPPUNIT_TEST(merge_sees_what_was_written);
  CPPUNIT_TEST(merge_sees_cells_that_are_found_as_it_runs);
  CPPUNIT_TEST(merge_with_waits);
  CPPUNIT_TEST(merge_is_refused);
  CPPUNIT_TEST(insert_before_and_behind);
  CPPUNIT_TEST(change_a_way);
  CPPUNIT_TEST(steps_are_found_by_name);
  CPPUNIT_TEST(steps_that_are_edited_say_so);
  CPPUNIT_TEST_SUITE_END();

  static void same(const std::string& expected, const std::string& actual) {
    CPPUNIT_ASSERT_EQUAL(expected, actual);
  }

 public:
  void drop_passes_through() {
    same("a: x = 1; -> c\nc: x = 3; -> end\n", edited(three_steps(), dropping("b")));
    same("b: x = 2; -> c\nc: x = 3; -> end\n", edited(three_steps(), dropping("a")));
    same("a: x = 1; -> b\nb: x = 2; -> end\n", edited(three_steps(), dropping("c")));
    same("a: x = 1; -> b\nb: x = 2; -> end\n", edited(three_steps(), dropping("f: c")));
  }

  void drop_of_a_test_goes_on() {
    same("look: x = 1; -> done\ndone: x = 3; -> end\n", edited(tested(), dropping("is it?")));
    // The way back is no other way on, whatever it is called.
    same("is it?: \"yes\"; when x == 2; -> done\n"
         "is it?: \"no\"; when x != 2; retry; -> is it?\n"
         "done: x = 3; -> end\n",
         edited(tested(), dropping("look")));
  }

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

  void drop_of_what_is_not_determined_is_refused() {
    const std::string several = "its ways go on at different steps; say with \"always\" which of "
                                "them is taken, or give one another \"then\" with \"change\"";
    same(several, edit_refusal(forked(), dropping("which?")));
    same("a step is dropped as a whole; \"never\" takes one way from it",
         edit_refusal(forked(), dropping("which? / left")));
    const ir::Model one =
        tests::one_process([](Model&) { return [=](Path& p) { p.step("only", always()); }; });
    same("nothing would be left of the process p", edit_refusal(one, dropping("only")));
    const ir::Model endless = tests::one_process([](Model&) {
      return [=](Path& p) {
        p.label("on");
        p.step("first", always());
        p.label("again");
        p.step("round", always().go("again"));
      };
    });
    same("it leads only back to itself, so that there is nothing to pass through to",
         edit_refusal(endless, dropping("round")));
  }

  void move_before_and_behind() {
    same("b: x = 2; -> a\na: x = 1; -> c\nc: x = 3; -> end\n",
         edited(three_steps(), moving("a", "c", false)));
    same("b: x = 2; -> c\nc: x = 3; -> a\na: x = 1; -> end\n",
         edited(three_steps(), moving("a", "c", true)));
    same("c: x = 3; -> a\na: x = 1; -> b\nb: x = 2; -> end\n",
         edited(three_steps(), moving("c", "a", false)));
    same("a: x = 1; -> c\nc: x = 3; -> b\nb: x = 2; -> end\n",
         edited(three_steps(), moving("c", "a", true)));
    // To where it stands.
    same(tests::told(three_steps()), edited(three_steps(), moving("b", "a", true)));
    same(tests::told(three_steps()), edited(three_steps(), moving("b", "c", false)));
    same(tests::told(three_steps()), edited(three_steps(), moving("a", "b", false)));
    same("a step can not be moved to itself", edit_refusal(three_steps(), moving("a", "a", true)));
    same("a step is moved as a whole, not one way of it",
         edit_refusal(forked(), moving("which? / left", "left", true)));
  }

  void move_of_a_test() {
    same("is it?: \"yes\"; when x == 2; -> look\n"
         "is it?: \"no\"; when x != 2; retry; -> is it?\n"
         "look: x = 1; -> done\n"
         "done: x = 3; -> end\n",
         edited(tested(), moving("is it?", "look", false)));
    same("look: x = 1; -> done\n"
         "done: x = 3; -> is it?\n"
         "is it?: \"yes\"; when x == 2; -> end\n"
         "is it?: \"no\"; when x != 2; retry; -> look\n",
         edited(tested(), moving("is it?", "done", true)));
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

  void always_one_way() {
    const auto taking = [](const char* name) {
      return [=](ir::Model& m) { edit::always(m, at(m, name)); };
    };
    same("look: x = 1; -> is it?\nis it?: \"yes\"; -> done\ndone: x = 3; -> end\n",
         edited(tested(), taking("is it? / yes")));
    same("which?: \"right\"; -> right\nright: x = 2; -> end\n",
         edited(forked(), taking("which? / right")));
    same("the step has several ways; name one of them behind \" / \"",
         edit_refusal(forked(), taking("which?")));
    // What it waits for it waits for.
    same(tests::told(locked()), edited(locked(), taking("lock")));
  }

  void never_one_way() {
    const auto leaving_out = [](const char* name) {
      return [=](ir::Model& m) { edit::never(m, at(m, name)); };
    };
    same("which?: \"left\"; -> left\nleft: x = 1; -> end\n",
         edited(forked(), leaving_out("which? / right")));
    same("say which way of the step, behind \" / \"",
         edit_refusal(forked(), leaving_out("which?")));
    same("it is the only way through the step; \"drop\" passes the step by",
         edit_refusal(three_steps(), leaving_out("a / 1")));

    const auto three_ways = [](bool is_idle) {
      return tests::one_process([=](Model& m) {
        const Place x = m.var("x", 0, 3);
        return [=](Path& p) {
          const Phrase phrase("which?");
          const auto one = when(x == 0).note("one");
          const auto two = when(x == 1).note("two");
          if (is_idle)
            p.step(idle(phrase), one, two);
          else
            p.step(phrase, one, two, otherwise().note("three"));
        };
      });
    };
    // Several are left: where none of them can be taken it stays where it is.
    same("which?: \"two\"; when x == 1; -> end\n"
         "which?: \"three\"; when !(x == 0 || x == 1); -> end\n",
         edited(three_ways(false), leaving_out("which? / one")));
    // A daemon rests.
    same("which?: \"two\"; when x == 1; -> end\n",
         edited(three_ways(true), leaving_out("which? / one")));
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

  void insert_before_and_behind() {
    same("new: -> a\na: x = 1; -> b\nb: x = 2; -> c\nc: x = 3; -> end\n",
         edited(three_steps(), inserting("a", false)));
    same("a: x = 1; -> b\nb: x = 2; -> c\nc: x = 3; -> new\nnew: -> end\n",
         edited(three_steps(), inserting("c", true)));
    // Whatever came to the step comes to the new one, who goes back as well.
    same("new: -> look\n"
         "look: x = 1; -> is it?\n"
         "is it?: \"yes\"; when x == 2; -> done\n"
         "is it?: \"no\"; when x != 2; retry; -> new\n"
         "done: x = 3; -> end\n",
         edited(tested(), inserting("look", false)));
    same("look: x = 1; -> is it?\n"
         "is it?: \"yes\"; when x == 2; -> new\n"
         "is it?: \"no\"; when x != 2; retry; -> look\n"
         "new: -> done\n"
         "done: x = 3; -> end\n",
         edited(tested(), inserting("is it?", true)));
    // To go back to try again is no progress behind the new step either.
    same("look: x = 1; -> is it?\n"
         "is it?: \"yes\"; when x == 2; -> done\n"
         "is it?: \"no\"; when x != 2; retry; -> new\n"
         "new: retry; -> look\n"
         "done: x = 3; -> end\n",
         edited(tested(), inserting("is it? / no", true)));
    same("a step comes before a step, not before one way of it",
         edit_refusal(tested(), inserting("is it? / no", false)));
  }

  void change_a_way() {
    const auto changing = [](const char* name, const edit::Change& change) {
      return [=](ir::Model& m) { edit::change(m, at(m, name), change); };
    };
    const ir::Model model = tested();
    const auto x = ir::load(0, {0, 3}, nullptr);
    const auto is_one = ir::combine(ir::Op::equal, {x, ir::constant(1)});
    // The other case is that of the new guard.
    same("look: x = 1; -> is it?\n"
         "is it?: \"yes\"; when x == 1; -> done\n"
         "is it?: \"no\"; when x != 1; retry; -> look\n"
         "done: x = 3; -> end\n",
         edited(model, changing("is it? / yes", {.when = is_one})));
    // What goes on elsewhere leaves the steps behind it to nobody.
    same("look: x = 1; -> end\n", edited(model, changing("look", {.go = 3})));
    const std::vector<ir::Effect> zero{{0, nullptr, ir::constant(0)}};
    same("lock: wait lock == free; lock = p; x = 0; -> write\n"
         "write: x = 2; -> unlock\n"
         "unlock: check lock == p; lock = free; -> end\n",
         edited(locked(), changing("lock", {.then = zero})));
    same("the step has several ways; name one of them behind \" / \"",
         edit_refusal(model, changing("is it?", {.go = 0})));
  }

  void steps_are_found_by_name() {
    const ir::Model model = tested();
    CPPUNIT_ASSERT((Site{0, 1} == at(model, "f: is it?")));
    CPPUNIT_ASSERT((Site{0, 1, 1} == at(model, "is it? / no")));
    CPPUNIT_ASSERT_THROW((void)edit::find_steps(model, ""), edit::UnknownName);
    CPPUNIT_ASSERT_THROW((void)edit::find_steps(model, "is it? / "), edit::UnknownName);
    CPPUNIT_ASSERT_THROW((void)edit::find_steps(model, "is it? / maybe"), edit::UnknownName);
    CPPUNIT_ASSERT_THROW((void)edit::find_steps(model, "g: look"), edit::UnknownName);
    CPPUNIT_ASSERT_THROW((void)edit::find_steps(model, "look", "q"), edit::UnknownName);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, edit::find_steps(model, "look", "path").size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, edit::find_steps(model, "look", "p").size());
  }

  void steps_that_are_edited_say_so() {
    ir::Model model = tested();
    moving("is it?", "done", true)(model);
    for (const ir::Step& step : model.processes[0].steps)
      same(step.phrase == "is it?" ? "moved" : "", step.edit);
    model = locked();
    unlocking("lock")(model);
    for (const ir::Step& step : model.processes[0].steps)
      same(step.phrase == "write" ? "" : "without the lock", step.edit);
  }

 private:
  static ir::Model with_locks() {
    return tests::one_process([](Model& m) {
      const Place x = m.var("x", 0, 3);
      (void)m.lock("lock");
      (void)m.shared_lock("sem");
      return [=](Path& p) {
        p.step("a", then(x = 1));
        p.step("b", then(x = 2));
        p.step("c", then(x = 3));
      };
    });
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(EditsTest);
