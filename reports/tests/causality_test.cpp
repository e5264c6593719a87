#include "reports/causality.hpp"

#include "reports/tests/example.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

using namespace stalemate;
using report::causality;
using report::Link;

class CausalityTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(CausalityTest);
  CPPUNIT_TEST(links_only_what_explains_the_end);
  CPPUNIT_TEST(leaves_out_what_other_links_imply);
  CPPUNIT_TEST(finds_the_copy_that_went_stale);
  CPPUNIT_TEST(a_copy_that_is_compared_first_is_not_trusted);
  CPPUNIT_TEST(finds_a_decision_that_was_overtaken);
  CPPUNIT_TEST(what_comes_after_the_harm_is_no_explanation);
  CPPUNIT_TEST(explains_what_a_deadlock_waits_for);
  CPPUNIT_TEST(an_empty_trace_needs_no_explanation);
  CPPUNIT_TEST_SUITE_END();

  const ir::Model race_ = report::example::race();
  const Trace trace_ = replay(race_, report::example::race_result());

  [[nodiscard]] std::string cell(const ir::Cell& c) const {
    return ir::cell_name(race_.variables[static_cast<std::size_t>(c.variable)], c.index);
  }

 public:
  void links_only_what_explains_the_end() {
    std::string found;
    for (const Link& l : causality(race_, trace_).links)
      found += std::to_string(l.source + 1) + "->" + std::to_string(l.target + 1) + " " +
               cell(l.cell) + "\n";
    CPPUNIT_ASSERT_EQUAL(std::string("5->6 bio.submitted\n"
                                     "8->10 folio[0].writeback\n"
                                     "11->13 folio[0].present\n"),
                         found);
  }

  void leaves_out_what_other_links_imply() {
    // kswapd also saw the dirty bit that the flusher cleared, but it saw writeback end after that.
    const auto links = causality(race_, trace_).links;
    CPPUNIT_ASSERT(
        std::ranges::none_of(links, [](const Link& l) { return l.source == 3 && l.target == 9; }));
    CPPUNIT_ASSERT(std::ranges::none_of(links, &Link::is_lock));
  }

  void finds_the_copy_that_went_stale() {
    const auto stale = causality(race_, trace_).stale;
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, stale.size());
    CPPUNIT_ASSERT_EQUAL(std::string("writer0.iomap.type"), cell(*stale[0].copy));
    CPPUNIT_ASSERT_EQUAL(std::string("extent[0]"), cell(stale[0].cell));
    CPPUNIT_ASSERT_EQUAL(1, stale[0].sampled);
    CPPUNIT_ASSERT_EQUAL(6, stale[0].changed);
    CPPUNIT_ASSERT_EQUAL(13, stale[0].used);
  }

  void a_copy_that_is_compared_first_is_not_trusted() {
    // The same step now also looks at the extent itself.
    auto model = race_;
    auto& fill = model.processes[0].steps[3].alternatives[1];
    const auto& convert = model.processes[2].steps[1].alternatives[1].guard;
    fill.guard = ir::combine(ir::Op::both, {fill.guard, convert});
    const auto trace = replay(model, report::example::race_result());
    CPPUNIT_ASSERT(causality(model, trace).stale.empty());
  }

  void finds_a_decision_that_was_overtaken() {
    // kswapd decides by the dirty bit in step 10 and removes the folio in step 11. Let the writer
    // make it dirty in between, and the claim read both.
    auto trace = trace_;
    const auto present = trace.steps[10].changes[0].cell;
    const ir::Cell dirty{present.variable + 2, 0};
    CPPUNIT_ASSERT_EQUAL(std::string("folio[0].dirty"), cell(dirty));
    trace.steps = {trace_.steps[9], {0, 5, 0, {}, {{dirty, 0, 1}}}, trace_.steps[10]};
    trace.initial[static_cast<std::size_t>(dirty.variable)][0] = 0;
    trace.values = {{dirty, 1}, {present, 0}};
    const auto stale = causality(race_, trace).stale;
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, stale.size());
    CPPUNIT_ASSERT(!stale[0].copy);
    CPPUNIT_ASSERT_EQUAL(std::string("folio[0].dirty"), cell(stale[0].cell));
    CPPUNIT_ASSERT_EQUAL(0, stale[0].sampled);
    CPPUNIT_ASSERT_EQUAL(1, stale[0].changed);
    CPPUNIT_ASSERT_EQUAL(2, stale[0].used);
    CPPUNIT_ASSERT_EQUAL(0, stale[0].before);
    CPPUNIT_ASSERT_EQUAL(1, stale[0].after);
  }

  void what_comes_after_the_harm_is_no_explanation() {
    // A second use of the copy, after the refused value is there.
    auto model = race_;
    auto trace = trace_;
    const auto& fill = model.processes[0].steps[3].alternatives[1];
    model.processes[0].steps[5].alternatives[0].guard = fill.guard;
    trace.steps.push_back({0, 4, 0, {}, {}});
    trace.steps.push_back({0, 5, 0, {}, {}});
    const auto stale = causality(model, trace).stale;
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, stale.size());
    CPPUNIT_ASSERT_EQUAL(13, stale[0].used);
  }

  void explains_what_a_deadlock_waits_for() {
    const auto model = report::example::cycle();
    const auto trace = replay(model, report::example::cycle_result());
    CPPUNIT_ASSERT(causality(model, trace).links.empty());
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, trace.blocked.size());
  }

  void an_empty_trace_needs_no_explanation() {
    Trace nothing;
    nothing.verdict = Verdict::violated;
    nothing.initial = ir::initial(race_);
    CPPUNIT_ASSERT(causality(race_, nothing).links.empty());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CausalityTest);
