#include "reports/folding.hpp"

#include "reports/slice.hpp"
#include "reports/tests/example.hpp"
#include "reports/tests/live_example.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace stalemate;
using report::Folding;
using report::Row;

namespace {

/// A trace with what the folding goes by.
struct Told {
  ir::Model model;
  Trace trace;
  report::Causality why;
  report::Story story;

  Told(ir::Model made, const Result& result)
      : model(std::move(made)), trace(replay(model, result)), why(report::causality(model, trace)),
        story(report::tell(model, trace, why)) {}

  [[nodiscard]] std::vector<Row> rows(Folding folding) const {
    return report::rows(trace, why, story, folding);
  }
};

class FoldingTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(FoldingTest);
  CPPUNIT_TEST(every_step_is_in_one_row);
  CPPUNIT_TEST(what_matters_is_not_folded);
  CPPUNIT_TEST(nothing_is_folded_if_nobody_wants_it);
  CPPUNIT_TEST(a_fold_says_how_many_steps_of_whom);
  CPPUNIT_TEST_SUITE_END();

  const Told race_{report::example::race(), report::example::race_result()};
  const Told loop_{report::example::retries(), report::example::retries_result()};

 public:
  void every_step_is_in_one_row() {
    for (const Told* told : {&race_, &loop_})
      for (const Folding folding : {Folding::nothing, Folding::slice, Folding::loop}) {
        std::size_t next = 0;
        for (const Row& row : told->rows(folding)) {
          CPPUNIT_ASSERT_EQUAL(next, row.first);
          CPPUNIT_ASSERT_EQUAL(row.is_folded, row.last > row.first);
          next = row.last + 1;
        }
        CPPUNIT_ASSERT_EQUAL(told->trace.steps.size(), next);
      }
  }

  void what_matters_is_not_folded() {
    const auto matters = report::steps_that_matter(race_.trace, race_.why, race_.story);
    bool is_any = false;
    for (const Row& row : race_.rows(Folding::slice)) {
      is_any = is_any || row.is_folded;
      for (std::size_t i = row.first; row.is_folded && i <= row.last; ++i)
        CPPUNIT_ASSERT(!matters[i]);
    }
    CPPUNIT_ASSERT(is_any);
  }

  void nothing_is_folded_if_nobody_wants_it() {
    CPPUNIT_ASSERT_EQUAL(race_.trace.steps.size(), race_.rows(Folding::nothing).size());
  }

  void a_fold_says_how_many_steps_of_whom() {
    const auto all = race_.rows(Folding::slice);
    const auto fold = std::ranges::find_if(all, &Row::is_folded);
    int told = 0;
    for (const int process : race_.story.cast) {
      const std::string text = report::folded_text(*fold, race_.story, process);
      if (!text.empty()) told += std::stoi(text);
    }
    CPPUNIT_ASSERT_EQUAL(static_cast<int>(fold->last - fold->first + 1), told);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FoldingTest);

} // namespace
