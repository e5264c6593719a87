// No scenario that fits the format ends in an error of the model: it is refused, with its place,
// or searched. What breaks in the kernel as it is, with random layouts and processes, is known.

#include "checker/ir/validate.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/endless.hpp"
#include "checker/tests/amount.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"
#include "model/scenario/version.hpp"
#include "model/tests/random_scenario.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace stalemate::kernel {
namespace {

/// Something that breaks in the kernel as it is, and why that is right.
struct Known {
  std::string section;
  std::string claim; ///< Or what somebody who is in the deadlock waits for.
  std::string path;  ///< Of the last step; of a deadlock, of somebody who is in it.
  std::string reason;
  Version last = newest; ///< No later one breaks so.
};

const std::vector<Known>& known() {
  static const std::vector<Known> all{
      {"file",
       "no_leaked_reservation",
       "mmap_write",
       "a fault that fails keeps its reservation: 118e021b4b66 mended writes, not faults"},
      {"file",
       "no_lost_write",
       "dio_write",
       "a fault may dirty the folio between the two invalidations of a direct write; the second "
       "then fails, with a warning in the log (dio_warn_stale_pagecache)"},
      {"file",
       "reads_are_regular",
       "buffered_read",
       "an appending direct write moves i_size between the copy and the look at it (K05)"},
      {"file",
       "no_lost_write",
       "zero_range",
       "zeroing skips dirty data over what is zero on disk; fallocate writes it back before",
       Version::v6_6},
      {"file",
       "no_lost_write",
       "buffered_write",
       "the same, when a write begins behind i_size (R17)",
       Version::v6_6},
      {"file",
       "no_zeroes_after_a_crash",
       "io_completion",
       "the size on disk is that of the block (R12)",
       Version::v6_6},
      {"file", "no_lost_write", "dio_completion", "the same, of an asynchronous one"},
      {"file",
       "writes_own_block",
       "dio_completion",
       "two direct writes to one shared block (D8 two-writes)"},
      {"file", "clone_keeps_its_data", "dio_completion", "the same, seen from the clone"},
      {"dax",
       "no_freed_page_in_use",
       "dax_log_commit",
       "the scan leaves out a file that nobody maps any more (A-R1), and entries that fsync has "
       "locked (A-R20)",
       Version::v6_12},
      {"dax", "no_foreign_dma", "dax_dma", "the same, seen from the device", Version::v6_12},
      {"memory",
       "an element of the pool",
       "two_bios",
       "each holds one bio of the pool and wants a second, which bio_alloc_bioset() forbids"},
      {"memory",
       "no_needless_sigbus",
       "touch",
       "the device fails as often as the layout says, and the page cannot be read"},
      {"memory",
       "reclaim_makes_progress",
       "kswapd",
       "every write to a full sequential zone fails, and swapon did not look"},
      {"memory",
       "free memory (reclaim)",
       "",
       "less memory than its processes need at once, and no OOM killer in the model"},
  };
  return all;
}

/// What came of a scenario.
struct Ending {
  enum class Kind { refused, searched, broken, wrong };
  Kind kind = Kind::wrong;
  std::string text;    ///< Of refused and wrong.
  std::string pointer; ///< Of refused.
  std::vector<Known> broken = {};
};

std::string path_of(const ir::Model& model, int process) {
  return model.processes[static_cast<std::size_t>(process)].path;
}

/// What broke, as it would have to be known: one of these.
std::vector<Known> mechanisms(const ir::Model& model, const Result& result, std::string section) {
  const Trace trace = replay(model, result);
  if (result.verdict != Verdict::deadlock) {
    const auto& name = model.properties[static_cast<std::size_t>(result.property)].name;
    return {{section,
             name,
             trace.steps.empty() ? "" : path_of(model, trace.steps.back().process),
             "",
             newest}};
  }
  std::vector<Known> all;
  for (const Blocked& blocked : trace.blocked)
    all.push_back({section, blocked.what, path_of(model, blocked.process), "", newest});
  return all;
}

Ending searched(const Scenario& scenario) {
  const ir::Model model = ir::without_warnings(build_model(scenario));
  Limits limits;
  limits.states_max = 20'000;
  Observer observer;
  const Result result = explore_endless(model, {}, limits, observer);
  if (result.verdict == Verdict::model_error)
    return {Ending::Kind::wrong, "model error: " + result.reason, ""};
  if (result.verdict == Verdict::holds || result.verdict == Verdict::incomplete)
    return {Ending::Kind::searched, "", ""};
  return {Ending::Kind::broken,
          word(result.verdict),
          "",
          mechanisms(model, result, scenario.subsystem->section)};
}

Ending ending_of(const Json& document) {
  const ScenarioFile file("random.json", document.dump(2));
  const Scenario& scenario = file.scenarios().front();
  try {
    return searched(scenario);
  } catch (const ScenarioError& error) {
    if (!document.contains(Json::json_pointer(error.pointer())))
      return {Ending::Kind::wrong, "no such place: " + error.pointer(), ""};
    const std::string line = file.located(scenario, error).what();
    if (line.find('\n') != std::string::npos) return {Ending::Kind::wrong, line, ""};
    return {Ending::Kind::refused, error.what(), error.pointer()};
  } catch (const std::exception& error) {
    return {Ending::Kind::wrong, error.what(), ""};
  }
}

bool is_known(const Ending& ending, Version version) {
  return std::ranges::any_of(ending.broken, [&](const Known& found) {
    return std::ranges::any_of(known(), [&](const Known& one) {
      return version <= one.last && one.section == found.section && one.claim == found.claim &&
             (one.path.empty() || one.path == found.path);
    });
  });
}

/// What can be true of a scenario that should not.
using IsBad = std::function<bool(const Ending&)>;

bool is_wrong(const Ending& ending) {
  return ending.kind == Ending::Kind::wrong;
}

IsBad is_a_surprise_in(Version version) {
  return [version](const Ending& ending) {
    return is_wrong(ending) || (ending.kind == Ending::Kind::broken && !is_known(ending, version));
  };
}

/// A smaller scenario that is as bad.
Json shrunk(rc::Shrinkable<Json> scenario, const IsBad& is_bad) {
  for (int tries = 300; tries > 0;) {
    auto smaller = scenario.shrinks();
    auto next = smaller.next();
    while (next && --tries > 0 && !is_bad(ending_of(next->value())))
      next = smaller.next();
    if (!next || tries <= 0) break;
    scenario = *next;
  }
  return scenario.value();
}

struct Counts {
  int refused = 0;
  int searched = 0;
};

/// The scenario, and what is left of it when everything that is refused is taken out.
void look_at(const rc::Shrinkable<Json>& random, const IsBad& is_bad, Counts& counts) {
  Json scenario = random.value();
  for (int round = 0; round < 10; ++round) {
    const Ending ending = ending_of(scenario);
    if (is_bad(ending)) {
      const Json smallest = round == 0 ? shrunk(random, is_bad) : scenario;
      const Ending worst = ending_of(smallest);
      std::string found;
      for (const Known& one : worst.broken)
        found += fmt::format("\n{} | {}", one.claim, one.path);
      CPPUNIT_FAIL(fmt::format("{}{}\n{}", worst.text, found, smallest.dump(2)));
    }
    if (ending.kind != Ending::Kind::refused) {
      ++counts.searched;
      return;
    }
    ++counts.refused;
    const auto smaller = without(scenario, ending.pointer);
    if (!smaller) return;
    scenario = *smaller;
  }
}

class RandomScenariosTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(RandomScenariosTest);
  CPPUNIT_TEST(what_breaks_in_the_kernel_as_it_is_is_known);
  CPPUNIT_TEST(what_breaks_in_older_kernels_is_known);
  CPPUNIT_TEST(no_knobs_lead_to_an_error_of_the_model);
  CPPUNIT_TEST_SUITE_END();

 public:
  void what_breaks_in_the_kernel_as_it_is_is_known() {
    look_at_all(Knobs::of_the_kernel, newest, is_a_surprise_in(newest), tests::amount(50, 2000));
  }

  void what_breaks_in_older_kernels_is_known() {
    for (std::size_t i = 0; i < static_cast<std::size_t>(newest); ++i)
      look_at_all(Knobs::of_the_kernel,
                  static_cast<Version>(i),
                  is_a_surprise_in(static_cast<Version>(i)),
                  tests::amount(10, 1250));
  }

  void no_knobs_lead_to_an_error_of_the_model() {
    look_at_all(Knobs::some, newest, is_wrong, tests::amount(25, 2000));
  }

 private:
  void look_at_all(Knobs knobs, Version version, const IsBad& is_bad, std::uint64_t cases) {
    const auto of_version = [&](Json scenario) {
      if (version != newest) scenario["kernel"]["version"] = name_of(version);
      return scenario;
    };
    for (const Subsystem& subsystem : subsystems()) {
      if (subsystem.section == "lockless") continue; // a layout of one word
      Counts counts;
      for (std::uint64_t seed = 0; seed < cases; ++seed)
        look_at(rc::shrinkable::map(random_scenario(subsystem, knobs, seed), of_version),
                is_bad,
                counts);
      // Both ends are reached, often.
      CPPUNIT_ASSERT_MESSAGE(subsystem.section, counts.searched > static_cast<int>(cases) / 2);
      CPPUNIT_ASSERT_MESSAGE(subsystem.section, counts.refused > static_cast<int>(cases) / 20);
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RandomScenariosTest);

} // namespace
} // namespace stalemate::kernel
