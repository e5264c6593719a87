// What is left of models that are small enough to say it.
#include "checker/edit/edits.hpp"

#include "checker/tests/edit_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace stalemate;
using namespace stalemate::build;
using namespace stalemate::tests;

class EditsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(EditsTest);
  CPPUNIT_TEST(drop_passes_through);
  CPPUNIT_TEST(drop_of_a_test_goes_on);
  CPPUNIT_TEST(drop_of_a_test_at_the_end_of_a_round_leaves_the_loop);
  CPPUNIT_TEST(drop_of_what_is_not_determined_is_refused);
  CPPUNIT_TEST(move_before_and_behind);
  CPPUNIT_TEST(move_of_a_test);
  CPPUNIT_TEST(always_one_way);
  CPPUNIT_TEST(never_one_way);
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

  /// The kernel calls it a loop, not a retry, where every round is progress; it goes back as well.
  void drop_of_a_test_at_the_end_of_a_round_leaves_the_loop() {
    const auto rounds = [](const char* back_to) {
      return tests::one_process([=](Model& m) {
        const Place x = m.var("x", 0, 3);
        return [=](Path& p) {
          p.step("begin", then(x = 0));
          p.label("again");
          p.step("work", then(x = 1));
          p.label("test");
          p.step("is it all?", when(x == 2).note("yes"), otherwise().note("no").go(back_to));
          p.step("done", then(x = 3));
        };
      });
    };
    same("begin: x = 0; -> work\nwork: x = 1; -> done\ndone: x = 3; -> end\n",
         edited(rounds("again"), dropping("is it all?")));
    // To look again and again is to go back, too.
    same("begin: x = 0; -> work\nwork: x = 1; -> done\ndone: x = 3; -> end\n",
         edited(rounds("test"), dropping("is it all?")));
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
         edit_refusal(three_steps(), leaving_out("a / always")));

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
         edited(tested(), inserting("is it? / yes", true)));
    same(
        "the ways of the step go on at different steps; name the one behind which it comes, behind "
        "\" / \"",
        edit_refusal(tested(), inserting("is it?", true)));
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
};

CPPUNIT_TEST_SUITE_REGISTRATION(EditsTest);
