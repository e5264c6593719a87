// The tables of which path reads which knob, against what turning the knobs does to the library.
#include "model/scenario/readers.hpp"

#include "checker/ir/identity.hpp"
#include "checker/tests/edited.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/tests/library.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace stalemate::kernel {
namespace {

/// "knob: path"
using Pairs = std::set<std::string>;

Pairs listed(const Subsystem& subsystem) {
  Pairs pairs;
  for (const auto& [knob, paths] : readers_of(subsystem))
    for (const std::string& path : paths)
      pairs.insert(fmt::format("{}: {}", knob, path));
  return pairs;
}

/// With another kernel it may be no scenario.
std::optional<ir::Model> built(const Scenario& scenario) {
  try {
    return scenario.subsystem->build(scenario);
  } catch (const ScenarioError&) {
    return std::nullopt;
  } catch (const ir::InvalidModel&) {
    return std::nullopt;
  }
}

/// Only what the model itself knows.
Scenario without_own(Scenario scenario) {
  scenario.own.patch.clear();
  scenario.own.claims.clear();
  scenario.properties.clear();
  return scenario;
}

/// All, but of a number only the lowest and highest ones.
std::set<int> values_of(const Knob& knob) {
  if (knob.type != Knob::Type::words) return {knob.low, knob.low + 1, knob.high};
  std::set<int> values;
  for (int value = 0; value < static_cast<int>(knob.values.size()); ++value)
    values.insert(value);
  return values;
}

class Turning {
 public:
  explicit Turning(Pairs& found) : found_(found) {}

  /// Turns each knob of which `wants` is true, in this model, to each of its other values.
  template <typename Wants>
  void all_knobs_of(const Scenario& scenario, Wants wants) {
    const auto before = built(scenario);
    if (!before) return;
    const auto identity = ir::identity(*before);
    for (const Knob& knob : scenario.subsystem->knobs) {
      for (const int value : values_of(knob)) {
        if (!wants(knob.name, *before)) break;
        Scenario other = scenario;
        other.kernel[knob.name] = value;
        if (other.kernel == scenario.kernel) continue;
        const auto after = built(other);
        if (after && ir::identity(*after) != identity)
          compare(scenario, *before, *after, knob.name);
      }
    }
  }

 private:
  void compare(const Scenario& scenario,
               const ir::Model& before,
               const ir::Model& after,
               const std::string& knob) {
    const auto& paths = scenario.subsystem->paths;
    for (std::size_t p = 0; p < before.processes.size(); ++p) {
      const ir::Process& process = before.processes[p];
      if (std::ranges::find(paths, process.path, &PathEntry::name) == paths.end())
        continue; // the scenario's own
      const std::string pair = fmt::format("{}: {}", knob, process.path);
      const auto other = std::ranges::find(after.processes, process.name, &ir::Process::name);
      if (other == after.processes.end() || found_.contains(pair)) continue;
      const auto number = static_cast<int>(other - after.processes.begin());
      if (tests::told(before, static_cast<int>(p)) != tests::told(after, number))
        found_.insert(pair);
    }
  }

  Pairs& found_;
};

std::string lines(const Pairs& pairs, const Pairs& without) {
  std::string text;
  for (const std::string& pair : pairs)
    if (!without.contains(pair)) text += pair + "\n";
  return text;
}

class ReadersTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ReadersTest);
  CPPUNIT_TEST(the_tables_are_what_turning_a_knob_changes);
  CPPUNIT_TEST_SUITE_END();

 public:
  void the_tables_are_what_turning_a_knob_changes() {
    std::map<std::string, Pairs> found;
    for_each_scenario([&](const Scenario& scenario, bool is_swept) {
      Pairs& pairs = found[scenario.subsystem->name];
      const Pairs told = listed(*scenario.subsystem);
      Turning(pairs).all_knobs_of(scenario, [&](const std::string& knob, const ir::Model& model) {
        return is_swept || std::ranges::any_of(model.processes, [&](const ir::Process& process) {
                 const std::string pair = fmt::format("{}: {}", knob, process.path);
                 return is_long() && told.contains(pair) && !pairs.contains(pair);
               });
      });
    });
    for (const Subsystem& subsystem : subsystems()) {
      if (subsystem.name == "lockless") continue;
      const Pairs told = listed(subsystem);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(
          subsystem.name + ": not in the table", std::string(), lines(found[subsystem.name], told));
      if (is_long())
        CPPUNIT_ASSERT_EQUAL_MESSAGE(subsystem.name + ": in the table for nothing",
                                     std::string(),
                                     lines(told, found[subsystem.name]));
    }
  }

 private:
  /// Where there is time: everything that the tables say is looked for.
  static bool is_long() { return std::getenv("STALEMATE_SOAK") != nullptr; }

  /// `is_swept`: every knob is turned, also one that the tables do not have for its paths. That is
  /// done in one scenario of each folder, and in all of them where there is time.
  template <typename F>
  static void for_each_scenario(F f) {
    std::set<std::string> swept;
    for (const ScenarioFile& file : library()) {
      const std::string folder = file.name().substr(0, file.name().rfind('/'));
      for (const Scenario& scenario : file.scenarios()) {
        if (scenario.subsystem->name == "lockless") continue; // executed, not recorded
        const bool is_swept = swept.insert(folder).second || is_long();
        f(without_own(scenario), is_swept);
      }
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReadersTest);

} // namespace
} // namespace stalemate::kernel
