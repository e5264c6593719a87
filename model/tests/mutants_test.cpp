#include "model/inquiry/mutants.hpp"

#include "checker/builder/path.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace stalemate::kernel::inquiry {
namespace {

using namespace build;

class MutantsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MutantsTest);
  CPPUNIT_TEST(locks_are_of_the_whole_path);
  CPPUNIT_TEST(steps_waits_and_tests_are_left_out);
  CPPUNIT_TEST(every_way_of_a_test_is_taken_always);
  CPPUNIT_TEST(effects_are_forgotten_and_parted);
  CPPUNIT_TEST(neighbours_are_swapped);
  CPPUNIT_TEST(what_nobody_reads_is_left_alone);
  CPPUNIT_TEST(processes_of_a_path_are_changed_together);
  CPPUNIT_TEST(what_a_mutant_touches);
  CPPUNIT_TEST_SUITE_END();

  struct World {
    Place x;
    Place y;
    Place log;
    Lock lock;
  };

  /// Processes of one path, and somebody who reads x and y.
  static ir::Model acting(const std::function<void(Path&, const World&)>& record,
                          const std::vector<std::string>& names = {"a"}) {
    std::vector<std::string> all = names;
    all.emplace_back("reader");
    build::Model m(all);
    const World w{m.var("x", 0, 2), m.var("y", 0, 2), m.var("log", 0, 2), m.lock("lock")};
    m.ghost(w.log);
    for (const std::string& name : names)
      m.process(name, "acts", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        record(p, w);
      });
    m.process("reader", "reads", [&](Path& p) {
      const auto f = p.function("g", "g.c");
      p.step("read", when(w.x + w.y == 4), otherwise());
    });
    return m.finish();
  }

  static std::vector<std::string> named(const ir::Model& model) {
    std::vector<std::string> names;
    for (const Mutant& one : mutants(model))
      if (one.path == "acts") names.push_back(one.step + ": " + one.edit);
    return names;
  }

  static bool has(const std::vector<std::string>& all, const std::string& name) {
    return std::ranges::find(all, name) != all.end();
  }

 public:
  void locks_are_of_the_whole_path() {
    const auto names = named(acting([](Path& p, const World& w) {
      p.step("lock", take(w.lock));
      p.step("work", then(w.x = 1));
      p.step("unlock", then(release(w.lock)));
    }));
    CPPUNIT_ASSERT_EQUAL(std::string(": without lock"), names.front());
    CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{1}, std::ranges::count(names, names.front()));
  }

  void steps_waits_and_tests_are_left_out() {
    const auto names = named(acting([](Path& p, const World& w) {
      p.step("work", then(w.x = 1));
      p.step("wait", always().wait(w.y == 0, "y"));
      p.step("test", when(w.y == 0), otherwise().end());
      p.step("nothing", always());
    }));
    CPPUNIT_ASSERT(has(names, "f: work: does not happen"));
    CPPUNIT_ASSERT(has(names, "f: wait: does not wait"));
    CPPUNIT_ASSERT(has(names, "f: test: passed by"));
    CPPUNIT_ASSERT(!has(names, "f: nothing: does not happen"));
  }

  void every_way_of_a_test_is_taken_always() {
    const auto names = named(acting([](Path& p, const World& w) {
      p.step("test", when(w.y == 0).note("fresh"), otherwise().note("stale").end());
      p.step("work", then(w.x = 1));
    }));
    CPPUNIT_ASSERT(has(names, "f: test: always: fresh"));
    CPPUNIT_ASSERT(has(names, "f: test: always: stale"));
    CPPUNIT_ASSERT(std::ranges::none_of(
        names, [](const std::string& name) { return name.starts_with("f: work: always"); }));
  }

  void effects_are_forgotten_and_parted() {
    const auto names = named(acting([](Path& p, const World& w) {
      p.step("both", then(w.x = 1, w.y = 1, w.log = 1));
      p.step("one", then(w.x = 2));
    }));
    CPPUNIT_ASSERT(has(names, "f: both: forgets x"));
    CPPUNIT_ASSERT(has(names, "f: both: forgets y"));
    CPPUNIT_ASSERT(has(names, "f: both: parted behind x"));
    // Behind y comes only what is there for claims.
    CPPUNIT_ASSERT(!has(names, "f: both: parted behind y"));
    CPPUNIT_ASSERT(!has(names, "f: both: forgets log"));
    // That is the step itself.
    CPPUNIT_ASSERT(!has(names, "f: one: forgets x"));
  }

  void neighbours_are_swapped() {
    const auto names = named(acting([](Path& p, const World& w) {
      p.step("first", then(w.x = 1));
      p.step("second", then(w.y = 1));
    }));
    CPPUNIT_ASSERT(has(names, "f: first: behind f: second"));
    CPPUNIT_ASSERT(std::ranges::none_of(
        names, [](const std::string& name) { return name.starts_with("f: second: behind"); }));
  }

  void what_nobody_reads_is_left_alone() {
    build::Model m({"a"});
    const Place x = m.var("x", 0, 1);
    m.process("a", "acts", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("work", then(x = 1));
      p.step("more", then(x = 0));
    });
    for (const Mutant& one : mutants(m.finish()))
      CPPUNIT_ASSERT_MESSAGE(one.edit, !one.edit.starts_with("forgets"));
  }

  void processes_of_a_path_are_changed_together() {
    const auto model =
        acting([](Path& p, const World& w) { p.step("work", then(w.x = 1)); }, {"a", "b"});
    const auto all = mutants(model);
    const auto found = std::ranges::find(all, std::string("does not happen"), &Mutant::edit);
    CPPUNIT_ASSERT(found != all.end());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, found->edits.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, found->places.size());
  }

  void what_a_mutant_touches() {
    const auto model = acting([](Path& p, const World& w) {
      p.step("lock", take(w.lock));
      p.step("work", when(w.y == 0).then(w.x = 1), otherwise());
      p.step("unlock", then(release(w.lock)));
    });
    const auto number = [&](const std::string& name) {
      return static_cast<std::size_t>(
          std::ranges::find(model.variables, name, &ir::Variable::name) - model.variables.begin());
    };
    for (const Mutant& one : mutants(model)) {
      const auto all = touched(model, one);
      if (one.path == "acts" && one.edit == "passed by") {
        CPPUNIT_ASSERT(all[number("x")] && all[number("y")]);
        CPPUNIT_ASSERT(!all[number("lock")]);
      }
      if (one.edit == "without lock") CPPUNIT_ASSERT(std::ranges::find(all, false) == all.end());
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MutantsTest);

} // namespace
} // namespace stalemate::kernel::inquiry
