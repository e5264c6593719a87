#include "checker/result/coverage.hpp"

#include "checker/search/explore.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::build;

class CoverageTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(CoverageTest);
  CPPUNIT_TEST(lists_what_no_process_of_a_path_took);
  CPPUNIT_TEST(names_an_alternative_by_its_note_or_guard);
  CPPUNIT_TEST(a_step_that_is_called_twice_is_taken_once);
  CPPUNIT_TEST(starts_at_zero_in_the_shape_of_the_model);
  CPPUNIT_TEST_SUITE_END();

 public:
  void lists_what_no_process_of_a_path_took() {
    const auto never = never_taken_of([](Path& p) {
      const Place mine = p.local("mine", 0, 3, p.number());
      p.step("choose", when(mine == 0), when(mine == 1).go("end"), when(mine >= 2));
      p.step("change", then(mine = 3)); // Only the first process comes here.
      p.label("end");
      p.step("never", when(mine == 2));
    });
    // Guards are written without the name of the process.
    CPPUNIT_ASSERT((never == std::vector<std::string>{"f: choose / 2 <= mine", "f: never"}));
  }

  void names_an_alternative_by_its_note_or_guard() {
    const auto never = never_taken_of([](Path& p) {
      const Place mine = p.local("mine", 0, 1);
      p.step("choose", always(), when(mine == 1).note("the copy comes back short"), when(mine));
      p.step("change", then(mine = 1));
    });
    CPPUNIT_ASSERT((never == std::vector<std::string>{"f: choose / the copy comes back short",
                                                      "f: choose / mine"}));
  }

  void a_step_that_is_called_twice_is_taken_once() {
    const auto never = never_taken_of([](Path& p) {
      const Place mine = p.local("mine", 0, 1);
      const auto callee = [&] {
        const auto g = p.function("g", "g.c");
        p.step("act", when(mine == 0).then(mine = 1), otherwise());
      };
      callee();
      p.step("between", always());
      callee();
    });
    CPPUNIT_ASSERT(never.empty());
  }

  void starts_at_zero_in_the_shape_of_the_model() {
    const ir::Model model = tests::one_process([](Model& m) {
      const Place x = m.flag("x");
      return [=](Path& p) {
        p.step("one", when(x), when(!x));
        p.step("two", always());
      };
    });
    const std::vector<std::vector<std::uint64_t>> expected{{0, 0}, {0}};
    CPPUNIT_ASSERT(no_coverage(model).fired.at(0) == expected);
  }

 private:
  /// Of two processes of one path.
  static std::vector<std::string> never_taken_of(const std::function<void(Path&)>& record) {
    Model m({"p0", "p1"});
    for (const char* name : {"p0", "p1"}) {
      m.process(name, "path", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        record(p);
      });
    }
    const ir::Model model = m.finish();
    std::vector<std::string> texts;
    for (const NeverTaken& one : never_taken(model, explore(compile(model)).coverage)) {
      CPPUNIT_ASSERT_EQUAL(std::string("path"), one.path);
      texts.push_back(one.text());
    }
    return texts;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CoverageTest);
