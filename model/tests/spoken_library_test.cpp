// Whatever the library's models say can be said again: every expression and assignment that is
// printed is read as the same tree.
#include "checker/ir/model.hpp"
#include "checker/language/parse.hpp"
#include "checker/tests/amount.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/build_model.hpp"
#include "model/tests/library.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <set>
#include <string>

namespace stalemate::kernel {
namespace {

/// Reads back what is printed of one model; each text once.
class Reading {
 public:
  explicit Reading(const ir::Model& model) : model_(model) {
    for (const ir::Process& process : model_.processes)
      for (const ir::Step& step : process.steps)
        for (const ir::Alternative& alternative : step.alternatives)
          way(alternative);
    for (const ir::Property& property : model_.properties) {
      for (const ir::Part& part : property.parts) {
        expression(part.holds);
        for (const auto& value : part.values)
          expression(value);
      }
      expression(property.cause);
      expression(property.goal);
    }
  }

  [[nodiscard]] std::size_t texts() const { return texts_.size(); }

 private:
  void way(const ir::Alternative& alternative) {
    expression(alternative.guard);
    for (const ir::Wait& wait : alternative.waits) {
      expression(wait.until);
      expression(wait.place);
      for (const auto& holder : wait.holders)
        expression(holder);
    }
    for (const ir::Check& check : alternative.checks)
      expression(check.holds);
    for (const ir::Effect& effect : alternative.effects)
      assignment(effect);
  }

  void expression(const ir::ExpressionPtr& e) {
    if (!e) return;
    const std::string text = ir::text(model_, e);
    if (!texts_.insert(text).second) return;
    try {
      const auto read = language::parse_value(scope_, text);
      CPPUNIT_ASSERT_MESSAGE(model_.name + ": " + text + "\nis read as\n" + ir::text(model_, read),
                             ir::is_same(*e, *read));
    } catch (const language::SyntaxError& error) {
      refused(text, error);
    }
  }

  void assignment(const ir::Effect& effect) {
    const std::string text = ir::text(model_, effect);
    if (!texts_.insert(text).second) return;
    try {
      const auto read = language::parse_assignment(scope_, text);
      const bool is_cell = read.variable == effect.variable && !read.index == !effect.index &&
                           (!read.index || ir::is_same(*read.index, *effect.index));
      CPPUNIT_ASSERT_MESSAGE(model_.name + ": " + text + "\nis read as\n" + ir::text(model_, read),
                             is_cell && ir::is_same(*read.value, *effect.value));
    } catch (const language::SyntaxError& error) {
      refused(text, error);
    }
  }

  void refused(const std::string& text, const language::SyntaxError& error) const {
    CPPUNIT_FAIL(fmt::format("{}: {}\n{:>{}}\n{}",
                             model_.name,
                             text,
                             "^",
                             model_.name.size() + 3 + error.offset(),
                             error.what()));
  }

  const ir::Model& model_;
  language::Scope scope_{model_, ir::none, true};
  std::set<std::string> texts_;
};

class SpokenLibraryTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SpokenLibraryTest);
  CPPUNIT_TEST(what_is_printed_is_read_as_the_same_tree);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// Variants of a file say nearly the same; all of them are read in a soak.
  void what_is_printed_is_read_as_the_same_tree() {
    std::size_t texts = 0;
    for (const ScenarioFile& file : library()) {
      int number = 0;
      for (const Scenario& scenario : file.scenarios()) {
        if (lockless::is_for_relacy(scenario)) continue;
        if (number++ % (tests::is_soak() ? 1 : 4) != 0) continue;
        const ir::Model model = build_model(scenario);
        texts += Reading(model).texts();
      }
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(texts), texts > 10'000);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SpokenLibraryTest);

} // namespace
} // namespace stalemate::kernel
