// The map of a kernel is complete: it has every step that XFS takes in the library, or says why
// that kernel has no place for it.

#include "reproduce/kernel_map.hpp"

#include "checker/ir/step_id.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"
#include "model/scenario/subsystem.hpp"
#include "reproduce/folder.hpp"
#include "reproduce/map_library.hpp"
#include "reproduce/refusal.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::reproduce {
namespace {

namespace fs = std::filesystem;

const std::string kit = STALEMATE_SOURCE_DIR "/reproduce";

/// Every map that there is, and how it comes to its kernel.
std::vector<std::pair<Carrier, KernelMap>> maps() {
  std::vector<std::pair<Carrier, KernelMap>> all;
  for (const Carrier carrier : {Carrier::module, Carrier::hooks})
    for (const std::string& version : mapped_versions(kit, carrier))
      all.emplace_back(carrier, kernel_map_of(kit, carrier, version));
  return all;
}

std::string name_of(const std::pair<Carrier, KernelMap>& map) {
  return map.second.version + (map.first == Carrier::hooks ? ", built: " : ": ");
}

/// A map that is like no other.
KernelMap map_in(const std::string& text) {
  return read_kernel_map("m.json", text, [](const std::string&) { return KernelMap{}; });
}

std::string refusal(const std::string& text) {
  try {
    (void)map_in(text);
  } catch (const Refusal& error) {
    return error.what();
  }
  return "accepted";
}

/// A map with these steps.
std::string map_text(const std::string& steps) {
  return R"({"version": "v0", "workers": [], "checks": [], "watched": [], "steps": {)" + steps +
         "}}";
}

/// Steps of gfs2, which no scenario of XFS takes.
bool is_of_gfs2(const std::string& id) {
  return id.starts_with("gfs2") || id.find("glock") != std::string::npos ||
         id.find("make the buffers dirty") != std::string::npos;
}

class KernelMapTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(KernelMapTest);
  CPPUNIT_TEST(has_every_step_of_the_library);
  CPPUNIT_TEST(knows_no_step_that_nobody_takes);
  CPPUNIT_TEST(what_a_version_does_is_not_missing);
  CPPUNIT_TEST(a_map_may_be_like_another);
  CPPUNIT_TEST(names_the_versions_that_there_are);
  CPPUNIT_TEST(an_alternative_comes_before_its_step);
  CPPUNIT_TEST(refuses_what_is_no_place);
  CPPUNIT_TEST_SUITE_END();

  // Of every path, and of every variant as it would be in this version, the steps and, behind a
  // slash, the ways out of them.
  static const std::set<std::string>& steps_of_the_library(const std::string& version) {
    static std::map<std::string, std::set<std::string>> known;
    std::set<std::string>& ids = known[version];
    if (!ids.empty()) return ids;
    ids = steps_by_default(version);
    const kernel::Overrides overrides{kernel::knob_override("version=" + version)};
    for (const char* folder : {"scenarios/dio", "scenarios/iomap", "reproduce/campaign"})
      for (const auto& entry :
           fs::directory_iterator(fmt::format("{}/{}", STALEMATE_SOURCE_DIR, folder))) {
        if (entry.path().extension() != ".json") continue;
        const auto file = kernel::read_scenario_file(entry.path().string(), overrides);
        for (const kernel::Scenario& scenario : file.scenarios())
          if (!is_newer(scenario)) add(ids, kernel::build_model(scenario));
      }
    return ids;
  }

  // Those of every path, as it is in this version.
  static std::set<std::string> steps_by_default(const std::string& version) {
    std::set<std::string> ids;
    const kernel::Overrides overrides{kernel::knob_override("version=" + version)};
    for (const kernel::Subsystem& subsystem : kernel::subsystems())
      if (subsystem.name == "iomap")
        add(ids, kernel::build_model(kernel::small_scenario(subsystem, overrides)));
    return ids;
  }

  // Entries that stand for no step; all must be complete.
  static std::string strays_in(const KernelMap& map) {
    const std::set<std::string>& taken = steps_of_the_library(map.version);
    std::string stray;
    for (const auto& [id, place] : map.steps) {
      if (!taken.contains(id)) stray += map.version + ": " + id + "\n";
      const bool says_why = place.kind != Place::Kind::none || !place.why.empty();
      CPPUNIT_ASSERT_MESSAGE(
          id, says_why && (place.function.empty() == (place.kind == Place::Kind::none)));
      for (const std::string& other : {place.after, place.holds}) {
        const bool is_there = std::ranges::any_of(
            taken, [&](const std::string& one) { return one.starts_with(other); });
        CPPUNIT_ASSERT_MESSAGE(id + ": " + other, is_there);
      }
    }
    return stray;
  }

  // Does it need a filesystem that this version does not have?
  static bool is_newer(const kernel::Scenario& scenario) {
    try {
      (void)kernel::build_model(scenario);
      return false;
    } catch (const kernel::ScenarioError&) {
      return true;
    }
  }

  static void add(std::set<std::string>& ids, const ir::Model& model) {
    for (const ir::Process& process : model.processes)
      for (const ir::Step& step : process.steps) {
        const auto& function = model.functions[static_cast<std::size_t>(step.function)].name;
        const std::string id = ir::step_id(function, step.phrase);
        ids.insert(id);
        for (const ir::Alternative& way : step.alternatives)
          if (!way.note.empty()) ids.insert(id + " / " + ir::without_numbers(way.note));
      }
  }

 public:
  void has_every_step_of_the_library() {
    std::string missing;
    for (const auto& map : maps())
      for (const std::string& id : steps_of_the_library(map.second.version)) {
        const std::string step = id.substr(0, id.find(" / "));
        const bool is_known = map.second.steps.contains(id) || map.second.steps.contains(step);
        if (!is_known && !is_of_gfs2(id)) missing += name_of(map) + id + "\n";
      }
    CPPUNIT_ASSERT_EQUAL(std::string(), missing);
  }

  // Of a map that is like another one only what it says itself: an older version has steps that a
  // newer one has not.
  void knows_no_step_that_nobody_takes() {
    std::string stray;
    for (const char* folder : {"kernel_map/", "kernel_map/built/"})
      for (const auto& entry : fs::directory_iterator(fs::path(kit) / folder))
        if (entry.path().extension() == ".json")
          stray += strays_in(map_in(kit_text(kit, folder + entry.path().filename().string())));
    CPPUNIT_ASSERT_EQUAL(std::string(), stray);
  }

  // What the map of another version says of a step that is only in a variant there, or newer.
  void what_a_version_does_is_not_missing() {
    std::string wrong;
    for (const auto& map : maps())
      for (const std::string& id : steps_by_default(map.second.version)) {
        const auto place = map.second.steps.find(id);
        if (place != map.second.steps.end() && place->second.kind == Place::Kind::none &&
            (place->second.why.starts_with("a variant of the model") ||
             place->second.why.starts_with("newer than")))
          wrong += name_of(map) + id + "\n";
      }
    CPPUNIT_ASSERT_EQUAL(std::string(), wrong);
  }

  void an_alternative_comes_before_its_step() {
    const KernelMap map =
        map_in(map_text(R"("f: s": {"enter": "f"}, "f: s / block #": {"none": "inlined"})"));
    CPPUNIT_ASSERT(map.place_of("f: s", "block 12")->kind == Place::Kind::none);
    CPPUNIT_ASSERT(map.place_of("f: s", "another")->kind == Place::Kind::enter);
    CPPUNIT_ASSERT(map.place_of("f: t", "") == nullptr);
  }

  void a_map_may_be_like_another() {
    const auto other = [](const std::string& name) {
      CPPUNIT_ASSERT_EQUAL(std::string("v0"), name);
      return map_in(
          R"({"version": "v0", "workers": [], "checks": [], "watched": ["w"],
                        "steps": {"f: s": {"enter": "f"}, "f: t": {"exit": "end"}}})");
    };
    const KernelMap map = read_kernel_map(
        "m.json", R"({"version": "v1", "like": "v0", "steps": {"f: s": {"enter": "g"}}})", other);
    CPPUNIT_ASSERT_EQUAL(std::string("v1"), map.version);
    CPPUNIT_ASSERT(map.functions() == (std::set<std::string>{"g", "w"}));
    CPPUNIT_ASSERT(map.steps.contains("f: t"));
  }

  void names_the_versions_that_there_are() {
    try {
      (void)kernel_map_of(kit, Carrier::module, "v5.10");
      CPPUNIT_FAIL("accepted");
    } catch (const Refusal& error) {
      CPPUNIT_ASSERT_EQUAL(std::string("there is no map of the functions of v5.10, only of v6.1"),
                           std::string(error.what()));
    }
    const auto versions = mapped_versions(kit, Carrier::hooks);
    CPPUNIT_ASSERT(std::ranges::find(versions, "v6.1") < std::ranges::find(versions, "v6.18"));
  }

  void refuses_what_is_no_place() {
    CPPUNIT_ASSERT_EQUAL(std::string("m.json: f: s: none of enter, exit, inside, seen, none"),
                         refusal(map_text(R"("f: s": {"why": "x"})")));
    CPPUNIT_ASSERT_EQUAL(std::string("m.json: f: s: both \"enter\" and \"exit\""),
                         refusal(map_text(R"("f: s": {"exit": "f", "enter": "f"})")));
    CPPUNIT_ASSERT_EQUAL(std::string("m.json: f: s: unknown key \"hold\""),
                         refusal(map_text(R"("f: s": {"enter": "f", "hold": "f: s"})")));
    CPPUNIT_ASSERT(refusal("{").starts_with("m.json:1:"));
    CPPUNIT_ASSERT(refusal("{}").starts_with("m.json: "));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KernelMapTest);

} // namespace
} // namespace stalemate::reproduce
