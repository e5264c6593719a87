#include "checker/builder/path.hpp"

#include "checker/tests/refusal.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::build;
using tests::refusal;

class PathTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(PathTest);
  CPPUNIT_TEST(steps_follow_each_other_and_the_last_one_ends);
  CPPUNIT_TEST(ret_leaves_the_innermost_function);
  CPPUNIT_TEST(go_finds_labels_before_and_behind);
  CPPUNIT_TEST(labels_are_private_to_their_function);
  CPPUNIT_TEST(a_forward_label_leads_out_of_a_callee);
  CPPUNIT_TEST(otherwise_is_the_negation_of_all_guards_before_it);
  CPPUNIT_TEST(taking_a_lock_waits_for_it_and_names_the_holder);
  CPPUNIT_TEST(taking_a_shared_lock_alone_waits_for_its_readers);
  CPPUNIT_TEST(releasing_claims_that_the_lock_is_held);
  CPPUNIT_TEST(a_step_knows_where_it_was_written);
  CPPUNIT_TEST(locals_carry_the_name_of_their_process);
  CPPUNIT_TEST(what_is_common_is_declared_once);
  CPPUNIT_TEST(no_step_depends_on_a_ghost);
  CPPUNIT_TEST(a_check_that_nobody_asked_for_is_left_out);
  CPPUNIT_TEST(refuses_mistakes_with_the_place_in_the_message);
  CPPUNIT_TEST_SUITE_END();

 public:
  void steps_follow_each_other_and_the_last_one_ends() {
    const ir::Model model = one([](Path& p, const Place& x) {
      p.step("first", then(x = 1));
      p.step("second", then(x = 2));
    });
    CPPUNIT_ASSERT_EQUAL(1, next(model, 0, 0));
    CPPUNIT_ASSERT_EQUAL(2, next(model, 1, 0));
    CPPUNIT_ASSERT_EQUAL(2, model.processes[0].finished());
  }

  void ret_leaves_the_innermost_function() {
    const ir::Model model = one([](Path& p, const Place& x) {
      {
        const auto inner = p.function("inner", "inner.c");
        p.step("leave early?", when(x == 0).ret(), otherwise());
        p.step("work", then(x = 1));
      }
      p.step("after the call", then(x = 2));
    });
    CPPUNIT_ASSERT_EQUAL(2, next(model, 0, 0));
    CPPUNIT_ASSERT_EQUAL(1, next(model, 0, 1));
    CPPUNIT_ASSERT_EQUAL(std::string("inner: work"), name(model, 1));
    CPPUNIT_ASSERT_EQUAL(std::string("outer: after the call"), name(model, 2));
  }

  void go_finds_labels_before_and_behind() {
    const ir::Model model = one([](Path& p, const Place& x) {
      p.label("again");
      p.step("retry?", when(x == 0).go("again"), when(x == 1).go("out"), otherwise());
      p.step("work", then(x = 1));
      p.label("out");
      p.step("done", then(x = 2));
    });
    CPPUNIT_ASSERT_EQUAL(0, next(model, 0, 0));
    CPPUNIT_ASSERT_EQUAL(2, next(model, 0, 1));
    CPPUNIT_ASSERT_EQUAL(1, next(model, 0, 2));
  }

  void labels_are_private_to_their_function() {
    CPPUNIT_ASSERT_EQUAL(std::string("worker: inner: jump: goes to \"out\", which is not placed"),
                         refusal([&] {
                           (void)one([](Path& p, const Place& x) {
                             {
                               const auto inner = p.function("inner", "inner.c");
                               p.step("jump", then(x = 1).go("out"));
                             }
                             p.label("out");
                             p.step("done", then(x = 2));
                           });
                         }));
  }

  void a_forward_label_leads_out_of_a_callee() {
    const ir::Model model = one([](Path& p, const Place& x) {
      const Label failed = p.forward();
      {
        const auto inner = p.function("inner", "inner.c");
        p.step("try", when(x == 0).go(failed), otherwise());
      }
      p.step("go on", then(x = 1));
      p.label(failed);
      p.step("clean up", then(x = 2));
    });
    CPPUNIT_ASSERT_EQUAL(2, next(model, 0, 0));
    CPPUNIT_ASSERT_EQUAL(1, next(model, 0, 1));
  }

  void otherwise_is_the_negation_of_all_guards_before_it() {
    const ir::Model model = one(
        [](Path& p, const Place& x) { p.step("which?", when(x == 0), when(x == 1), otherwise()); });
    CPPUNIT_ASSERT_EQUAL(std::string("!(x == 0 || x == 1)"),
                         ir::text(model, alternative(model, 0, 2).guard));
  }

  void taking_a_lock_waits_for_it_and_names_the_holder() {
    Model m({"worker", "other"});
    const Lock lock = m.lock("lock");
    both(m, [&](Path& p) { p.step("take it", take(lock)); });
    const ir::Model model = m.finish();
    const ir::Wait& wait = alternative(model, 0, 0).waits.at(0);
    CPPUNIT_ASSERT_EQUAL(std::string("lock == free"), ir::text(model, wait.until));
    CPPUNIT_ASSERT(wait.acquires);
    CPPUNIT_ASSERT_EQUAL(std::string("lock"), ir::text(model, wait.holders.at(0)));
    CPPUNIT_ASSERT(ir::is_constant(alternative(model, 0, 0).effects.at(0).value, 1));
    CPPUNIT_ASSERT(
        ir::is_constant(model.processes[1].steps[0].alternatives[0].effects.at(0).value, 2));
    CPPUNIT_ASSERT_EQUAL(std::string("other"), ir::value_name(model.variables[0], 2));
  }

  void taking_a_shared_lock_alone_waits_for_its_readers() {
    Model m({"worker", "other"});
    const SharedLock lock = m.shared_lock("rwsem");
    m.process("worker", "write", [&](Path& p) {
      const auto fn = p.function("write", "w.c");
      p.step("alone", take(lock));
      p.step("give it up", then(release(lock)));
    });
    m.process("other", "read", [&](Path& p) {
      const auto fn = p.function("read", "r.c");
      p.step("together", take_shared(lock));
      p.step("give it up", then(release_shared(lock)));
    });
    const ir::Model model = m.finish();
    CPPUNIT_ASSERT_EQUAL(
        std::string("rwsem == free && (!rwsem[worker].shared && !rwsem[other].shared)"),
        ir::text(model, alternative(model, 0, 0).waits.at(0).until));
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, alternative(model, 0, 0).waits.at(0).holders.size());
    CPPUNIT_ASSERT_EQUAL(
        std::string("rwsem == free"),
        ir::text(model, model.processes[1].steps[0].alternatives[0].waits.at(0).until));
  }

  void releasing_claims_that_the_lock_is_held() {
    Model m({"worker"});
    const Lock lock = m.lock("lock");
    m.process("worker", "work", [&](Path& p) {
      const auto fn = p.function("work", "w.c");
      p.step("take it", take(lock));
      p.step("give it up", then(release(lock)));
    });
    const ir::Model model = m.finish();
    const ir::Check& check = alternative(model, 1, 0).checks.at(0);
    CPPUNIT_ASSERT_EQUAL(ir::none, check.property);
    CPPUNIT_ASSERT_EQUAL(std::string("lock == worker"), ir::text(model, check.holds));
  }

  void a_step_knows_where_it_was_written() {
    int line = 0;
    const ir::Model model = one([&](Path& p, const Place& x) {
      line = __LINE__ + 1;
      p.step("here", then(x = 1));
    });
    CPPUNIT_ASSERT_EQUAL(line, model.processes[0].steps[0].line);
    CPPUNIT_ASSERT_EQUAL(std::string("checker/tests/path_test.cpp"),
                         model.processes[0].steps[0].file);
  }

  void locals_carry_the_name_of_their_process() {
    Model m({"worker"});
    m.process("worker", "work", [](Path& p) {
      const auto fn = p.function("work", "w.c");
      const Place i = p.local("index", 0, 3);
      p.step("count", when(i < 3).then(i = i + 1), otherwise());
    });
    const ir::Model model = m.finish();
    CPPUNIT_ASSERT_EQUAL(std::string("worker.index"), model.variables.back().name);
    CPPUNIT_ASSERT_EQUAL(0, model.variables.back().owner);
  }

  void what_is_common_is_declared_once() {
    Model m({"worker", "other"});
    both(m, [](Path& p) {
      const Place entry = p.common("entry", [](Model& model) { return model.flag("entry", true); });
      const Lock lock = p.common_lock("tree_lock");
      p.step("take it", take(lock).then(entry = false));
      p.step("drop it", then(release(lock)).end());
    });
    const ir::Model model = m.finish();
    std::vector<std::string> common;
    for (const ir::Variable& variable : model.variables)
      if (variable.owner == ir::shared) common.push_back(variable.name);
    CPPUNIT_ASSERT(common == std::vector<std::string>({"entry", "tree_lock"}));
    for (const ir::Process& process : model.processes)
      CPPUNIT_ASSERT_EQUAL(model.processes[0].steps[0].alternatives[0].effects[0].variable,
                           process.steps[0].alternatives[0].effects[0].variable);
  }

  void no_step_depends_on_a_ghost() {
    const auto record = [](bool is_ghost) {
      return one([&](Path& p, const Place& x) {
        const Place seen = p.local("seen", 0, 2);
        if (is_ghost) p.ghost(seen);
        p.step("look", then(seen = x));
        p.step("decide", when(seen == 0).end(), otherwise().end());
      });
    };
    (void)record(false);
    CPPUNIT_ASSERT_EQUAL(
        std::string("worker: outer: \"decide\": worker.seen is a ghost; no step may depend on it"),
        refusal([&] { (void)record(true); }));
  }

  void a_check_that_nobody_asked_for_is_left_out() {
    const ir::Model model = one([](Path& p, const Place& x) {
      p.step("check", always().check(Claim{}, x == 0, "x is 0"));
    });
    CPPUNIT_ASSERT(alternative(model, 0, 0).checks.empty());
  }

  void refuses_mistakes_with_the_place_in_the_message() {
    CPPUNIT_ASSERT_EQUAL(std::string("worker: two steps of one function say \"same\""),
                         refusal([&] {
                           (void)one([](Path& p, const Place& x) {
                             p.step("same", then(x = 1));
                             p.step("same", then(x = 2));
                           });
                         }));
    CPPUNIT_ASSERT_EQUAL(std::string("worker: no one can reach outer: dead"), refusal([&] {
                           (void)one([](Path& p, const Place& x) {
                             p.step("end", then(x = 1).end());
                             p.step("dead", then(x = 2));
                           });
                         }));
    CPPUNIT_ASSERT_EQUAL(std::string("worker: the label \"twice\" was placed twice"), refusal([&] {
                           (void)one([](Path& p, const Place& x) {
                             p.label("twice");
                             p.step("work", then(x = 1));
                             p.label("twice");
                           });
                         }));
    CPPUNIT_ASSERT_EQUAL(std::string("stranger: a process of this name was not announced"),
                         refusal([&] {
                           Model m({"worker"});
                           m.process("stranger", "work", [](Path&) {});
                         }));
    CPPUNIT_ASSERT_EQUAL(std::string("worker: has no steps"), refusal([&] {
                           const Model m({"worker"});
                           (void)m.finish();
                         }));
  }

 private:
  template <typename Record>
  static ir::Model one(const Record& record) {
    Model m({"worker"});
    const Place x = m.var("x", 0, 2);
    m.process("worker", "work", [&](Path& p) {
      const auto fn = p.function("outer", "outer.c");
      record(p, x);
    });
    return m.finish();
  }

  template <typename Record>
  static void both(Model& m, const Record& record) {
    for (const char* name : {"worker", "other"})
      m.process(name, "work", [&](Path& p) {
        const auto fn = p.function("outer", "outer.c");
        record(p);
      });
  }

  static const ir::Alternative&
  alternative(const ir::Model& model, std::size_t step, std::size_t number) {
    return model.processes[0].steps.at(step).alternatives.at(number);
  }
  static int next(const ir::Model& model, std::size_t step, std::size_t number) {
    return alternative(model, step, number).next;
  }
  static std::string name(const ir::Model& model, std::size_t step) {
    return ir::step_name(model, model.processes[0].steps.at(step));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PathTest);
