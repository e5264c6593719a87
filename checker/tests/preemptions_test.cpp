#include "checker/inquiry/preemptions.hpp"

#include "checker/audit/reference.hpp"
#include "checker/builder/path.hpp"
#include "checker/program/definition.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>

#include <set>
#include <tuple>

using namespace stalemate;
using namespace stalemate::build;

namespace {

/// Whether some run with at most so many preemptions breaks the invariant or the assertion, by
/// trying all of them.
class Tries {
 public:
  Tries(const ir::Model& model, int property) : model_(model), property_(property) {}

  bool breaks(const ir::Valuation& state, int last, int budget) {
    if (const auto& parts = model_.properties[static_cast<std::size_t>(property_)].parts;
        std::ranges::any_of(parts,
                            [&](const auto& part) { return evaluate(*part.holds, state) == 0; }))
      return true;
    if (!met_.insert({state, last, budget}).second) return false;
    const bool could_go_on =
        last >= 0 && can_move(model_.processes[static_cast<std::size_t>(last)], state);
    for (int p = 0; p < static_cast<int>(model_.processes.size()); ++p) {
      const int left = budget - (could_go_on && p != last ? 1 : 0);
      if (left >= 0 && moves_break(state, p, left)) return true;
    }
    return false;
  }

 private:
  bool moves_break(const ir::Valuation& state, int p, int left) {
    const ir::Process& process = model_.processes[static_cast<std::size_t>(p)];
    const int at = location(process, state);
    if (at == process.finished()) return false;
    for (const auto& way : process.steps[static_cast<std::size_t>(at)].alternatives) {
      if (!is_enabled(way, state)) continue;
      const Firing firing = fire(model_, process, way, state);
      if (firing.broken != nullptr && firing.broken->property == property_) return true;
      if (firing.broken == nullptr && firing.error.empty() && breaks(firing.target, p, left))
        return true;
    }
    return false;
  }

  const ir::Model& model_;
  int property_;
  std::set<std::tuple<ir::Valuation, int, int>> met_;
};

} // namespace

class PreemptionsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(PreemptionsTest);
  CPPUNIT_TEST(a_lost_update_takes_one);
  CPPUNIT_TEST(who_waits_is_not_preempted);
  CPPUNIT_TEST(a_ring_of_two_locks_takes_one);
  CPPUNIT_TEST(somebody_is_lost_while_others_go_on);
  CPPUNIT_TEST(what_holds_or_is_too_much_has_no_number);
  CPPUNIT_TEST(agrees_with_trying_all_runs_of_random_models);
  CPPUNIT_TEST_SUITE_END();

  static std::string said(const ir::Model& model, std::size_t states_max = 10'000) {
    const auto found = fewest_preemptions(model, 0, states_max);
    if (!found) return "none";
    std::string text = fmt::format("{} in {} steps", found->preemptions.size(), found->steps);
    for (const Preemption& one : found->preemptions) {
      const ir::Process& process = model.processes[static_cast<std::size_t>(one.process)];
      text += fmt::format(
          "; {} before {}", process.name, process.steps[static_cast<std::size_t>(one.step)].phrase);
    }
    return text;
  }

  /// Two add one to x in two steps; with a lock, one after the other.
  static ir::Model adding(bool is_locked) {
    Model m({"a", "b"});
    const Place x = m.var("x", 0, 2);
    const Place ended = m.var("ended", 0, 2);
    const build::Lock lock = m.lock("lock");
    for (const char* name : {"a", "b"})
      m.process(name, "add", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        const Place seen = p.local("seen", 0, 2);
        if (is_locked) p.step("lock", take(lock));
        p.step("read", then(seen = x));
        p.step("write", then(x = seen + 1, ended = ended + 1));
        if (is_locked) p.step("unlock", then(release(lock)));
      });
    m.invariant("both_count", "", {{ended < 2 || x == 2, "one is lost"}});
    return m.finish();
  }

 public:
  void a_lost_update_takes_one() {
    CPPUNIT_ASSERT_EQUAL(std::string("1 in 4 steps; a before write"), said(adding(false)));
  }

  /// The order alone decides: no one is interrupted.
  void who_waits_is_not_preempted() {
    Model m({"a", "b"});
    const Place is_set = m.flag("set");
    m.process("a", "waits", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("start", always());
      p.step("wait", always().wait(is_set == 1, "the flag"));
    });
    m.process("b", "sets", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("set", then(is_set = 1));
    });
    m.invariant("never", "", {{is_set == 0, "it is set"}});
    CPPUNIT_ASSERT_EQUAL(std::string("0 in 1 steps"), said(m.finish()));
  }

  void a_ring_of_two_locks_takes_one() {
    CPPUNIT_ASSERT_EQUAL(std::string("1 in 2 steps; a before second"),
                         said(tests::ring_of_two_locks()));
  }

  void somebody_is_lost_while_others_go_on() {
    Model m({"a", "b"});
    const Place is_set = m.flag("set");
    const Place x = m.flag("x");
    m.no_deadlock();
    m.process("a", "waits", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("start", then(is_set = 1));
      p.step("wait", always().wait(is_set == 0, "the flag"));
    });
    m.process("b", "goes round", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.label("again");
      p.step("turn", then(x = !x).go("again"));
    });
    CPPUNIT_ASSERT_EQUAL(std::string("0 in 1 steps"), said(m.finish()));
  }

  void what_holds_or_is_too_much_has_no_number() {
    CPPUNIT_ASSERT_EQUAL(std::string("none"), said(adding(true)));
    CPPUNIT_ASSERT_EQUAL(std::string("none"), said(adding(false), 3));
  }

  void agrees_with_trying_all_runs_of_random_models() {
    int met = 0;
    int with_some = 0;
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
      const ir::Model model = tests::random_model(seed);
      const Result result = explore_plainly(model, 200);
      if (result.verdict != Verdict::violated) continue;
      const auto found = fewest_preemptions(model, result.property, 5'000);
      if (!found) continue; // some assignment leaves its range
      const auto count = static_cast<int>(found->preemptions.size());
      Tries tries(model, result.property);
      const ir::Valuation start = ir::initial(model);
      const std::string what = fmt::format("seed {}", seed);
      CPPUNIT_ASSERT_MESSAGE(what, tries.breaks(start, ir::none, count));
      CPPUNIT_ASSERT_MESSAGE(what, count == 0 || !tries.breaks(start, ir::none, count - 1));
      ++met;
      with_some += count > 0 ? 1 : 0;
    }
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{} {}", met, with_some), met > 50 && with_some > 5);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PreemptionsTest);
