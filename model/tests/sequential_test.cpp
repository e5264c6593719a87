// An opinion about the kernel's paths that needs no second model. With i_rwsem, invalidate_lock,
// the folio locks and all else held throughout by whoever does something, there is no race. So
// every scenario must hold, or come to where the one who holds all that waits for another; but for
// bugs that are none of concurrency, and sequential_breaks() says of each why it is none.

#include "checker/inquiry/preemptions.hpp"
#include "checker/ir/validate.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/figures.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/cast.hpp"
#include "model/tests/library.hpp"
#include "model/tests/one_at_a_time.hpp"
#include "model/tests/sequential_breaks.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace stalemate::kernel {
namespace {

class SequentialTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SequentialTest);
  CPPUNIT_TEST(without_races_only_other_bugs_are_left);
  CPPUNIT_TEST(who_is_stuck_holds_everything);
  CPPUNIT_TEST_SUITE_END();

 public:
  void without_races_only_other_bugs_are_left() {
    std::map<std::string, Runs> known;
    for (const SequentialBreaks& some : sequential_breaks())
      for (const std::string& variant : some.variants)
        CPPUNIT_ASSERT_MESSAGE(variant, known.emplace(variant, some.runs).second);
    int mended = 0;
    for_some(3, [&](const Scenario& scenario, const ir::Model& plain) {
      const std::string title = title_of(scenario);
      const ir::Model model = one_at_a_time(plain, Claimed::states);
      ir::validate(model);
      const Result result = explored(model);
      const auto found = known.find(title);
      if (result.verdict != Verdict::violated) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(title, word(Verdict::holds), word(result.verdict));
        CPPUNIT_ASSERT_MESSAGE(title + " is said to break without a race", found == known.end());
        if (scenario.expect.outcome == Expectation::Outcome::violated) ++mended;
        tests::count_figure("one_lock");
        return;
      }
      CPPUNIT_ASSERT_MESSAGE(title + " breaks without a race, by " + text_of(model, result),
                             found != known.end());
      CPPUNIT_ASSERT_MESSAGE(title + ": " + text_of(model, result),
                             found->second == runs_of(model, result));
      // What happens under one lock needs nobody to be stopped, says another search.
      const auto preempted = fewest_preemptions(plain, result.property, 3'000'000);
      CPPUNIT_ASSERT_MESSAGE(title, preempted && preempted->preemptions.empty());
      known.erase(found);
      tests::count_figure("one_lock");
    });
    if (tests::is_soak())
      for (const auto& [title, runs] : known)
        CPPUNIT_FAIL(title + ": there is no such variant, or it does not break");
    CPPUNIT_ASSERT_MESSAGE(std::to_string(mended), mended > 50);
    CPPUNIT_ASSERT_MESSAGE(std::to_string(known.size()), known.size() < 70);
  }

  void who_is_stuck_holds_everything() {
    int stuck = 0;
    int compared = 0;
    for_some(3, [&](const Scenario& scenario, const ir::Model& plain) {
      const ir::Model model = one_at_a_time(plain, Claimed::no_deadlock);
      const Result result = explored(model);
      ++compared;
      if (result.verdict == Verdict::holds) return;
      CPPUNIT_ASSERT_EQUAL_MESSAGE(
          title_of(scenario), word(Verdict::deadlock), word(result.verdict));
      const Trace trace = replay(model, result);
      const int holder = holder_after(trace, turn_of(model));
      CPPUNIT_ASSERT_MESSAGE(title_of(scenario) + ": nobody holds anything", holder != 0);
      // Or it looks again and again, while the others wait for it.
      CPPUNIT_ASSERT_MESSAGE(title_of(scenario),
                             is_blocked(trace, holder - 1) != trace.others_go_on);
      ++stuck;
    });
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{} of {}", stuck, compared),
                           stuck > 50 && stuck < compared - 50);
  }

 private:
  /// Calls it with every n-th variant that the search answers and its model, in soak with all.
  template <typename Visit>
  static void for_some(int n, Visit visit) {
    int number = 0;
    for (const ScenarioFile& file : library())
      for (const Scenario& scenario : file.scenarios())
        if (!lockless::is_protocol(scenario) && number++ % (tests::is_soak() ? 1 : n) == 0)
          visit(scenario, ir::without_warnings(build_model(scenario)));
  }

  static Result explored(const ir::Model& model) {
    Limits limits;
    limits.states_max = 200'000;
    Observer nobody;
    return explore(compile(model), limits, nobody);
  }

  static std::set<int> runners(const Result& result) {
    std::set<int> processes;
    for (const Decision& decision : result.schedule)
      processes.insert(decision.process);
    return processes;
  }

  static Runs runs_of(const ir::Model& model, const Result& result) {
    const std::set<int> processes = runners(result);
    if (processes.size() == 1) return Runs::one;
    const bool has_daemon = std::ranges::any_of(processes, [&](int number) {
      return std::ranges::any_of(model.processes[static_cast<std::size_t>(number)].steps,
                                 &ir::Step::idle);
    });
    return has_daemon ? Runs::daemons : Runs::calls;
  }

  static std::string text_of(const ir::Model& model, const Result& result) {
    std::string text;
    for (const int number : runners(result))
      text += model.processes[static_cast<std::size_t>(number)].name + " ";
    return text + "against " + model.properties[static_cast<std::size_t>(result.property)].name;
  }

  static bool is_blocked(const Trace& trace, int process) {
    return std::ranges::find(trace.blocked, process, &Blocked::process) != trace.blocked.end();
  }

  static int holder_after(const Trace& trace, ir::VariableId turn) {
    int holder = 0;
    for (const TraceStep& step : trace.steps)
      for (const Change& change : step.changes)
        if (change.cell.variable == turn) holder = change.after;
    return holder;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SequentialTest);

} // namespace
} // namespace stalemate::kernel
