// What must be so whatever the model says, and needs no second model: who comes first in the list
// changes nothing; who does not run breaks nothing; one more that may rest mends nothing; and a
// block more that nobody uses changes nothing either.

#include "checker/search/explore.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/figures.hpp"
#include "model/dax/layout/dax_layout.hpp"
#include "model/iomap/layout/file_layout.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/tests/library.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <any>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace stalemate::kernel {
namespace {

constexpr std::uint64_t states_max = 20'000;

class MetamorphicTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MetamorphicTest);
  CPPUNIT_TEST(the_order_of_processes_changes_nothing);
  CPPUNIT_TEST(who_does_not_run_breaks_nothing);
  CPPUNIT_TEST(one_more_that_may_rest_mends_nothing);
  CPPUNIT_TEST(what_is_freed_behind_the_end_excuses_no_read);
  CPPUNIT_TEST(an_untouched_block_changes_nothing);
  CPPUNIT_TEST_SUITE_END();

 public:
  void the_order_of_processes_changes_nothing() {
    int compared = 0;
    for_some(3, [&](const Scenario& scenario) {
      if (scenario.processes.size() < 2) return;
      const ir::Model model = ir::without_warnings(build_model(scenario));
      Scenario turned = named(scenario, model);
      std::ranges::reverse(turned.processes);
      const Result there = explored(model);
      const auto other = built(turned); // Nothing where a name cannot be given.
      if (!other || there.verdict == Verdict::incomplete) return;
      const Result back = explored(ir::without_warnings(*other));
      // How many states come before what breaks depends on the order.
      if (there.verdict != Verdict::holds && back.verdict == Verdict::incomplete) return;
      CPPUNIT_ASSERT_EQUAL_MESSAGE(model.name, word(there.verdict), word(back.verdict));
      CPPUNIT_ASSERT_EQUAL_MESSAGE(model.name, there.schedule.size(), back.schedule.size());
      if (there.verdict == Verdict::holds)
        CPPUNIT_ASSERT_EQUAL_MESSAGE(model.name, there.counts.states, back.counts.states);
      ++compared;
      tests::count_figure("metamorphic");
    });
    CPPUNIT_ASSERT_MESSAGE(std::to_string(compared), compared > 150);
  }

  // What holds, holds without any one of its processes. That somebody waits for ever for him is no
  // counterexample: he may be the one who ends the wait.
  void who_does_not_run_breaks_nothing() {
    int compared = 0;
    for_some(2, [&](const Scenario& scenario) {
      if (scenario.processes.size() < 2) return;
      const ir::Model model = ir::without_warnings(build_model(scenario));
      if (explored(model).verdict != Verdict::holds) return;
      for (std::size_t i = 0; i < scenario.processes.size(); ++i) {
        if (scenario.processes[i].runs("swapon"))
          continue; // Without it the area is active already.
        Scenario fewer = named(scenario, model);
        fewer.own.claims.clear(); // They may be about him.
        fewer.processes.erase(fewer.processes.begin() + static_cast<std::ptrdiff_t>(i));
        const auto smaller = built(fewer);
        if (!smaller) continue;
        const Result result = explored(ir::without_warnings(*smaller));
        CPPUNIT_ASSERT_MESSAGE(smaller->name + " without " + scenario.processes[i].path,
                               result.verdict != Verdict::violated);
        ++compared;
        tests::count_figure("metamorphic");
      }
    });
    CPPUNIT_ASSERT_MESSAGE(std::to_string(compared), compared > 150);
  }

  // What a claim about states breaks by stays reachable; but the way may be longer, since steps
  // that only the new one can notice are there now.
  void one_more_that_may_rest_mends_nothing() {
    int compared = 0;
    std::set<std::string> paths;
    for_some(5, [&](const Scenario& scenario) {
      const ir::Model model = ir::without_warnings(build_model(scenario));
      const Result before = explored(model);
      if (before.verdict != Verdict::violated || !before.loop.empty()) return;
      for (const PathEntry& path : scenario.subsystem->paths) {
        if (!path.is_daemon) continue;
        Scenario more = named(scenario, model);
        more.processes.push_back({.name = "", .path = path.name, .options = {}});
        const auto larger = built(more);
        if (!larger) continue;
        const Result after = explored(ir::without_warnings(*larger));
        if (after.verdict == Verdict::incomplete) continue;
        CPPUNIT_ASSERT_MESSAGE(larger->name + " " + path.name, after.verdict != Verdict::holds);
        paths.insert(path.name);
        ++compared;
        tests::count_figure("metamorphic");
      }
    });
    const std::string counts = fmt::format("{}: {}", compared, fmt::join(paths, ", "));
    CPPUNIT_ASSERT_MESSAGE(counts, compared > 150 && paths.size() > 10);
  }

  // A read may get zeroes where somebody frees data of the file, which free_eofblocks never does.
  // These held once with it beside them.
  void what_is_freed_behind_the_end_excuses_no_read() {
    const std::set<std::string> names{"D4#size-first", "R18#maps-first-seen"};
    std::size_t found = 0;
    for (const ScenarioFile& file : library())
      for (Scenario scenario : file.scenarios()) {
        if (!names.contains(scenario.id + "#" + scenario.variant)) continue;
        scenario.processes.push_back({.name = "", .path = "free_eofblocks", .options = {}});
        const ir::Model model = ir::without_warnings(build_model(scenario));
        const Result result = explored(model);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(model.name,
                                     std::string("violated reads_are_regular"),
                                     word(result.verdict) + " " + property_of(model, result));
        ++found;
      }
    CPPUNIT_ASSERT_EQUAL(names.size(), found);
  }

  // The file has one folio more, of holes behind its end, or the DAX file one offset.
  void an_untouched_block_changes_nothing() {
    int compared = 0;
    int broken = 0;
    for_some(3, [&](const Scenario& scenario) {
      Scenario grown = scenario;
      if (!grow(grown)) return;
      const ir::Model model = ir::without_warnings(build_model(scenario));
      const auto larger = built(grown);
      if (!larger) return;
      const Result before = explored(model);
      const Result after = explored(ir::without_warnings(*larger));
      if (before.verdict == Verdict::incomplete || after.verdict == Verdict::incomplete) return;
      CPPUNIT_ASSERT_EQUAL_MESSAGE(larger->name + " " + after.reason,
                                   word(before.verdict) + " " + property_of(model, before),
                                   word(after.verdict) + " " + property_of(*larger, after));
      ++compared;
      broken += before.verdict == Verdict::holds ? 0 : 1;
    });
    const std::string counts = fmt::format("{}, {} of them broken", compared, broken);
    CPPUNIT_ASSERT_MESSAGE(counts, compared > 100 && broken > 40);
  }

 private:
  static std::string property_of(const ir::Model& model, const Result& result) {
    return result.property < 0 ? ""
                               : model.properties[static_cast<std::size_t>(result.property)].name;
  }

  /// False where the layout has no blocks.
  static bool grow(Scenario& scenario) {
    if (auto* file = std::any_cast<iomap::FileLayout>(&scenario.layout)) {
      if (!file->size)
        file->size = static_cast<int>(file->blocks.size()) * file->segments_per_block;
      const auto blocks = file->blocks.size() + static_cast<std::size_t>(file->blocks_per_folio);
      file->blocks.resize(blocks, iomap::Extent::hole);
      if (!file->shared.empty()) file->shared.resize(blocks, false);
      if (!file->cow.empty()) file->cow.resize(blocks, iomap::Extent::hole);
      if (!file->disk.empty()) file->disk.resize(blocks);
      return true;
    }
    if (auto* file = std::any_cast<dax::DaxLayout>(&scenario.layout)) {
      file->offsets.push_back(dax::Offset::hole);
      return true;
    }
    return false;
  }

  /// Calls it with every n-th variant that the search answers, in soak with all.
  template <typename Visit>
  static void for_some(int n, Visit visit) {
    int number = 0;
    for (const ScenarioFile& file : library())
      for (const Scenario& scenario : file.scenarios()) {
        if (lockless::is_protocol(scenario)) continue;
        if (number++ % (tests::is_soak() ? 1 : n) == 0) visit(scenario);
      }
  }

  static Result explored(const ir::Model& model) {
    Limits limits;
    limits.states_max = tests::is_soak() ? 200'000 : states_max;
    Observer nobody;
    return explore(compile(model), limits, nobody);
  }

  /// With the names that its processes have, so that they keep them elsewhere in the list.
  static Scenario named(Scenario scenario, const ir::Model& model) {
    for (std::size_t i = 0; i < scenario.processes.size(); ++i)
      scenario.processes[i].name = model.processes.at(i).name;
    return scenario;
  }

  /// Nothing where a scenario without the others, or with more, cannot be.
  static std::optional<ir::Model> built(const Scenario& scenario) {
    try {
      return build_model(scenario);
    } catch (const ScenarioError&) {
      return std::nullopt;
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MetamorphicTest);

} // namespace
} // namespace stalemate::kernel
