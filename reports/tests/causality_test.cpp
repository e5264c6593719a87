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
