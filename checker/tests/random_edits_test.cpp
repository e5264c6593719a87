// Edits at places chosen by dice, on models made by dice: what is left is a model, and means what
// the edit says.
#include "checker/edit/edit_error.hpp"
#include "checker/edit/edits.hpp"
#include "checker/ir/identity.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/edited.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <optional>
#include <set>
#include <string>

using namespace stalemate;
using edit::Site;
using tests::Dice;

namespace {

Site some_site(Dice& dice, const ir::Model& model) {
  Site site;
  site.process = dice.below(static_cast<int>(model.processes.size()));
  const ir::Process& process = model.processes[static_cast<std::size_t>(site.process)];
  site.step = dice.below(process.finished());
  const auto& ways = edit::step_at(process, site.step).alternatives;
  if (dice.chance(40)) site.way = dice.below(static_cast<int>(ways.size()));
  return site;
}

ir::Step new_step(Dice& dice, const ir::Model& model, const Site& site) {
  const ir::Process& process = model.processes[static_cast<std::size_t>(site.process)];
  // Somebody else's step of the same process, so that it may read and write what it does.
  ir::Step step = edit::step_at(process, dice.below(process.finished()));
  for (ir::Alternative& way : step.alternatives)
    if (dice.chance(60)) way.next = ir::none;
  step.phrase = "new";
  return step;
}

/// Makes one edit of any kind; throws what it throws.
void edit_somewhere(Dice& dice, ir::Model& model) {
  const Site site = some_site(dice, model);
  ir::Process& process = model.processes[static_cast<std::size_t>(site.process)];
  const int other = dice.below(process.finished());
  const auto lock = [&] {
    const auto names = edit::lock_names(model);
    if (names.empty()) throw edit::EditError("there are no locks");
    return edit::lock_named(
        model, names[static_cast<std::size_t>(dice.below(static_cast<int>(names.size())))]);
  };
  switch (dice.below(10)) {
  case 0:
    return edit::drop(model, {site.process, site.step});
  case 1:
    return edit::move(model, {site.process, site.step}, other, dice.chance(50));
  case 2:
    return edit::always(model, site);
  case 3:
    return edit::never(model, site);
  case 4:
    return edit::unlock(model, site.process, lock());
  case 5:
    return edit::hold(model, site.process, lock(), dice.chance(30), site.step, other);
  case 6:
    return edit::split(
        model, site, dice.chance(50) ? std::optional(std::size_t(dice.below(4))) : std::nullopt);
  case 7:
    return edit::merge(model, site.process, site.step, other);
  case 8:
    return edit::insert(model, site, new_step(dice, model, site), dice.chance(60));
  default:
    break;
  }
  const ir::Step from = edit::step_at(process, other);
  edit::Change change;
  if (dice.chance(50)) change.when = from.alternatives.front().guard;
  if (dice.chance(50)) change.then = from.alternatives.front().effects;
  if (dice.chance(50)) change.go = dice.below(process.finished() + 1);
  edit::change(model, site, change);
}

/// What comes of running a process alone from step `first` until it leaves the steps up to `last`.
class RunningAlone {
 public:
  RunningAlone(const ir::Model& model, const ir::Process& process, int first, int last)
      : model_(model), process_(process), first_(first), last_(last) {}

  std::set<std::string> left; ///< The states then.
  bool goes_wrong = false;

  void run(const ir::Valuation& state) {
    const int at = location(process_, state);
    for (const ir::Alternative& way : edit::step_at(process_, at).alternatives) {
      if (!is_enabled(way, state)) continue;
      const Firing firing = fire(model_, process_, way, state);
      if (firing.broken != nullptr || !firing.error.empty())
        goes_wrong = true;
      else if (first_ < way.next && way.next <= last_)
        run(firing.target);
      else
        left.insert(tests::told(model_, firing.target));
    }
  }

 private:
  const ir::Model& model_;
  const ir::Process& process_;
  int first_;
  int last_;
};

} // namespace

class RandomEditsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(RandomEditsTest);
  CPPUNIT_TEST(whatever_is_edited_is_a_model_or_refused);
  CPPUNIT_TEST(what_is_split_and_merged_is_as_before);
  CPPUNIT_TEST(what_is_merged_happens_as_if_alone);
  CPPUNIT_TEST(what_is_moved_there_and_back_is_as_before);
  CPPUNIT_TEST(a_step_that_does_nothing_can_be_inserted_and_dropped);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// One edit after the other. The engine agrees with the definition on what is left.
  void whatever_is_edited_is_a_model_or_refused() {
    int edited = 0;
    int refused = 0;
    for (std::uint64_t seed = 0; seed < tests::amount(400, 200'000); ++seed) {
      Dice dice(seed);
      ir::Model model =
          dice.chance(70) ? tests::random_model(seed) : tests::random_live_model(seed);
      for (int i = dice.between(1, 4); i > 0; --i) {
        const ir::Model before = model;
        try {
          edit_somewhere(dice, model);
          tests::settle(model);
          ++edited;
        } catch (const edit::EditError&) {
          model = before;
          ++refused;
        } catch (const ir::InvalidModel&) {
          model = before;
          ++refused;
        }
      }
      if (seed % 10 != 0) continue;
      const auto by_definition = tests::reachable(model, 2'000);
      if (by_definition.size() >= 2'000) continue;
      Limits limits;
      Observer nobody;
      limits.states_max = 2'000;
      const Result result = explore(compile(model), limits, nobody);
      if (result.verdict == Verdict::holds)
        CPPUNIT_ASSERT_EQUAL_MESSAGE(fmt::format("seed {}", seed),
                                     std::uint64_t{by_definition.size()},
                                     result.counts.states);
    }
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{} edited, {} refused", edited, refused),
                           edited > 300 && refused > 200);
  }

  void what_is_split_and_merged_is_as_before() {
    int done = 0;
    for (std::uint64_t seed = 0; seed < tests::amount(200, 20'000); ++seed) {
      Dice dice(seed);
      const ir::Model model = tests::random_model(seed);
      Site site = some_site(dice, model);
      site.way = ir::none;
      ir::Model parted = model;
      auto& process = parted.processes[static_cast<std::size_t>(site.process)];
      const auto steps = process.steps.size();
      try {
        edit::split(parted, site);
      } catch (const edit::EditError&) {
        continue;
      }
      tests::settle(parted);
      const auto parts = static_cast<int>(process.steps.size() - steps);
      // The split is seen by others, unless it is all undone.
      try {
        edit::merge(parted, site.process, site.step, site.step + parts);
        tests::settle(parted);
      } catch (const edit::EditError&) {
        continue; // the last part belongs to a way that comes to none of the others
      } catch (const ir::InvalidModel&) {
        continue;
      }
      const auto wanted = tests::reachable(model);
      if (wanted.size() >= 3'000) continue;
      CPPUNIT_ASSERT_MESSAGE(fmt::format("seed {}", seed), wanted == tests::reachable(parted));
      ++done;
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(done), done > 100);
  }

  /// Merged steps lead where the steps lead that run one after the other, with nobody in between.
  void what_is_merged_happens_as_if_alone() {
    int compared = 0;
    for (std::uint64_t seed = 0; seed < tests::amount(400, 50'000); ++seed) {
      Dice dice(seed);
      const ir::Model model = tests::random_model(seed);
      const Site site = some_site(dice, model);
      const ir::Process& apart = model.processes[static_cast<std::size_t>(site.process)];
      const int last = site.step + dice.between(1, 2);
      if (last >= apart.finished()) continue;
      ir::Model merged = model;
      try {
        edit::merge(merged, site.process, site.step, last);
        ir::validate(merged, merged.processes[static_cast<std::size_t>(site.process)]);
      } catch (const edit::EditError&) {
        continue;
      } catch (const ir::InvalidModel&) {
        continue; // steps between that nobody comes to any more
      }
      compared += compare_everywhere(seed, model, merged, site, last);
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(compared), compared > 300);
  }

  void what_is_moved_there_and_back_is_as_before() {
    int done = 0;
    for (std::uint64_t seed = 0; seed < tests::amount(400, 50'000); ++seed) {
      Dice dice(seed);
      const ir::Model model = tests::random_model(seed);
      Site site = some_site(dice, model);
      const ir::Process& process = model.processes[static_cast<std::size_t>(site.process)];
      if (!is_straight(process)) continue;
      const int to = dice.below(process.finished());
      if (to == site.step) continue;
      site.way = ir::none;
      ir::Model moved = model;
      auto& steps = moved.processes[static_cast<std::size_t>(site.process)].steps;
      const auto edits = [&](const Site& from, int there, bool behind) {
        edit::move(moved, from, there, behind);
        for (ir::Step& step : steps)
          step.edit.clear();
      };
      edits(site, to, to > site.step);
      tests::settle(moved);
      // It stands where `to` stood, and what stood next to it stands where it did.
      edits({site.process, to}, site.step, to < site.step);
      tests::settle(moved);
      CPPUNIT_ASSERT_MESSAGE(fmt::format("seed {}:\n{}\n{}",
                                         seed,
                                         tests::told(model, site.process),
                                         tests::told(moved, site.process)),
                             ir::identity(model) == ir::identity(moved));
      ++done;
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(done), done > 20);
  }

  void a_step_that_does_nothing_can_be_inserted_and_dropped() {
    int done = 0;
    for (std::uint64_t seed = 0; seed < tests::amount(400, 50'000); ++seed) {
      Dice dice(seed);
      const ir::Model model = tests::random_model(seed);
      Site site = some_site(dice, model);
      const bool behind = dice.chance(60);
      if (!behind) site.way = ir::none;
      ir::Step step;
      step.function = 0;
      step.phrase = "new";
      step.alternatives.push_back({});
      step.alternatives.back().guard = ir::constant(1);
      ir::Model changed = model;
      try {
        edit::insert(changed, site, step, behind);
        tests::settle(changed);
        edit::drop(changed, edit::find_steps(changed, "new").front());
      } catch (const edit::EditError&) {
        continue;
      }
      tests::settle(changed);
      CPPUNIT_ASSERT_MESSAGE(fmt::format("seed {}:\n{}\n{}",
                                         seed,
                                         tests::told(model, site.process),
                                         tests::told(changed, site.process)),
                             tests::reachable(model) == tests::reachable(changed));
      ++done;
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(done), done > 200);
  }

 private:
  /// Does every way of every step lead to the next?
  static bool is_straight(const ir::Process& process) {
    for (int s = 0; s < process.finished(); ++s)
      for (const ir::Alternative& way : edit::step_at(process, s).alternatives)
        if (way.next != s + 1 || way.retry) return false;
    return true;
  }

  /// In states that the original can come to; how many.
  static int compare_everywhere(std::uint64_t seed,
                                const ir::Model& model,
                                const ir::Model& merged,
                                const Site& site,
                                int last) {
    const ir::Process& apart = model.processes[static_cast<std::size_t>(site.process)];
    const ir::Process& whole = merged.processes[static_cast<std::size_t>(site.process)];
    std::vector<ir::Valuation> todo{ir::initial(model)};
    std::set<ir::Valuation> known{todo.front()};
    int compared = 0;
    for (std::size_t i = 0; i < todo.size() && todo.size() < 300; ++i) {
      const ir::Valuation state = todo[i];
      if (location(apart, state) == site.step) {
        RunningAlone alone(model, apart, site.step, last);
        alone.run(state);
        std::set<std::string> at_once;
        bool goes_wrong = false;
        for (const ir::Alternative& way : edit::step_at(whole, site.step).alternatives) {
          if (!is_enabled(way, state)) continue;
          const Firing firing = fire(merged, whole, way, state);
          if (firing.broken != nullptr || !firing.error.empty())
            goes_wrong = true;
          else
            at_once.insert(tests::told(merged, firing.target));
        }
        const auto what = fmt::format("seed {}, step {}", seed, site.step);
        CPPUNIT_ASSERT_MESSAGE(what, alone.left == at_once);
        CPPUNIT_ASSERT_MESSAGE(what, !goes_wrong || alone.goes_wrong);
        ++compared;
      }
      for (const ir::Process& process : model.processes) {
        const int at = location(process, state);
        if (at == process.finished()) continue;
        for (const ir::Alternative& way : edit::step_at(process, at).alternatives) {
          if (!is_enabled(way, state)) continue;
          const Firing firing = fire(model, process, way, state);
          if (firing.broken == nullptr && firing.error.empty() &&
              known.insert(firing.target).second)
            todo.push_back(firing.target);
        }
      }
    }
    return compared;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RandomEditsTest);
