#include "model/scenario/build_model.hpp"

#include "model/iomap/layout/file_layout.hpp"
#include "model/scenario/subsystem.hpp"

#include "checker/ir/evaluate.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <functional>
#include <set>

using namespace stalemate;
using namespace stalemate::kernel;
using namespace stalemate::kernel::iomap;

namespace {

FileLayout& file_of(Scenario& scenario) {
  return std::any_cast<FileLayout&>(scenario.layout);
}

Scenario r1() {
  Scenario scenario;
  scenario.id = "R1";
  scenario.subsystem = &subsystems().front();
  FileLayout file;
  file.blocks = {Extent::unwritten};
  file.cached = {{0, true, {Content::zero, Content::old}}};
  scenario.layout = file;
  scenario.processes = {{"", "buffered_write", {{"at", 0}, {"segments", 1}}},
                        {"", "writeback", {}},
                        {"", "reclaim", {}}};
  return scenario;
}

/// Pointer and message with which the changed scenario is refused.
std::string refused_change(const std::function<void(Scenario&)>& change) {
  Scenario scenario = r1();
  change(scenario);
  try {
    (void)build_model(scenario);
  } catch (const ScenarioError& error) {
    return error.pointer() + ": " + error.what();
  }
  return "accepted";
}

std::vector<std::string> process_names(const ir::Model& model) {
  std::vector<std::string> names;
  for (const auto& process : model.processes)
    names.push_back(process.name);
  return names;
}

} // namespace

class BuildModelTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(BuildModelTest);
  CPPUNIT_TEST(writeback_brings_a_completion_for_every_block);
  CPPUNIT_TEST(daemons_are_numbered_only_if_there_are_several);
  CPPUNIT_TEST(the_file_at_the_start_is_what_the_scenario_says);
  CPPUNIT_TEST(nothing_reads_wrong_at_the_start);
  CPPUNIT_TEST(refuses_layouts_that_cannot_exist);
  CPPUNIT_TEST(refuses_processes_outside_the_file);
  CPPUNIT_TEST(refuses_direct_writes_that_are_not_modelled);
  CPPUNIT_TEST(direct_requests_come_with_their_bios);
  CPPUNIT_TEST(refuses_a_property_that_nothing_can_break);
  CPPUNIT_TEST(every_step_of_every_path_has_a_phrase_of_its_own);
  CPPUNIT_TEST_SUITE_END();

 public:
  void writeback_brings_a_completion_for_every_block() {
    Scenario scenario = r1();
    const std::vector<std::string> one{"writer0", "flusher", "kswapd", "ioend0"};
    CPPUNIT_ASSERT(process_names(build_model(scenario)) == one);
    file_of(scenario).blocks.push_back(Extent::mapped);
    CPPUNIT_ASSERT_EQUAL(std::size_t{5}, build_model(scenario).processes.size());
    std::erase_if(scenario.processes, [](const auto& p) { return p.path == "writeback"; });
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, build_model(scenario).processes.size());
  }

  void daemons_are_numbered_only_if_there_are_several() {
    Scenario scenario = r1();
    scenario.processes = {{"", "reclaim", {}}, {"", "reclaim", {}}, {"named", "reclaim", {}}};
    scenario.properties = {"no_lost_write"};
    const std::vector<std::string> expected{"kswapd", "kswapd1", "named"};
    CPPUNIT_ASSERT(process_names(build_model(scenario)) == expected);
  }

  void the_file_at_the_start_is_what_the_scenario_says() {
    const ir::Model model = build_model(r1());
    CPPUNIT_ASSERT_EQUAL(std::string("unwritten"), initial(model, "extent", 0));
    CPPUNIT_ASSERT_EQUAL(std::string("yes"), initial(model, "folio.dirty", 0));
    CPPUNIT_ASSERT_EQUAL(std::string("zeroes"), initial(model, "folio.data", 0));
    CPPUNIT_ASSERT_EQUAL(std::string("old"), initial(model, "folio.data", 1));
    CPPUNIT_ASSERT_EQUAL(std::string("garbage"), initial(model, "disk", 1));
    CPPUNIT_ASSERT_EQUAL(std::string("old"), initial(model, "written", 1));
  }

  void nothing_reads_wrong_at_the_start() {
    for (const Extent extent :
         {Extent::hole, Extent::delalloc, Extent::unwritten, Extent::mapped}) {
      Scenario scenario = r1();
      file_of(scenario).blocks = {extent};
      // A delayed allocation that nobody has dirtied would be a leaked one.
      if (extent != Extent::delalloc) file_of(scenario).cached = {};
      const ir::Model model = build_model(scenario);
      for (const auto& property : model.properties)
        for (const auto& part : property.parts)
          CPPUNIT_ASSERT(ir::evaluate(*part.holds, ir::initial(model)) != 0);
    }
  }

  void refuses_layouts_that_cannot_exist() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/cached/0/dirty: block 0 is a hole; dirty data needs a reservation "
                    "(delalloc) or blocks (unwritten, mapped)"),
        refused_change([](Scenario& s) { file_of(s).blocks = {Extent::hole}; }));
    CPPUNIT_ASSERT_EQUAL(std::string("/file/cached/0/data: a clean folio holds what the disk "
                                     "holds; make it dirty, or leave `data` out"),
                         refused_change([](Scenario& s) { file_of(s).cached[0].dirty = false; }));
    CPPUNIT_ASSERT_EQUAL(std::string("/file/cached/0/folio: no folio 1; the file has folios 0..0"),
                         refused_change([](Scenario& s) { file_of(s).cached[0].folio = 1; }));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/cached/1/folio: the folio is cached already"),
        refused_change([](Scenario& s) { file_of(s).cached.push_back(file_of(s).cached[0]); }));
    CPPUNIT_ASSERT_EQUAL(std::string("/file/cached/0/data: 1 segments; a folio has 2"),
                         refused_change([](Scenario& s) { file_of(s).cached[0].data.pop_back(); }));
    CPPUNIT_ASSERT_EQUAL(std::string("/file/disk/0: only a mapped block has data on disk"),
                         refused_change([](Scenario& s) {
                           file_of(s).disk = {{Content::old, Content::zero}};
                         }));
    CPPUNIT_ASSERT_EQUAL(std::string("/file/blocks: 1 blocks do not fill folios of 2"),
                         refused_change([](Scenario& s) { file_of(s).blocks_per_folio = 2; }));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/file/size: 3 is out of range 0..2, the segments of its blocks"),
        refused_change([](Scenario& s) { file_of(s).size = 3; }));
  }

  void refuses_processes_outside_the_file() {
    CPPUNIT_ASSERT_EQUAL(std::string("/processes/0/at: no segment 2; the file has segments 0..1"),
                         refused_change([](Scenario& s) { s.processes[0].options["at"] = 2; }));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/0/segments: 3 segments from 0 on leave the file, which has 2"),
        refused_change([](Scenario& s) { s.processes[0].options["segments"] = 3; }));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/0/buffer_folio: no folio 1; the file has folios 0..0"),
        refused_change([](Scenario& s) { s.processes[0].options["buffer_folio"] = 1; }));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/0/part: 2 segments from 1 on leave the folio, which has 2"),
        refused_change([](Scenario& s) {
          s.processes[0] = {"", "buffered_read", {{"at", 1}, {"part", 2}}};
        }));
  }

  void refuses_direct_writes_that_are_not_modelled() {
    CPPUNIT_ASSERT_EQUAL(
        std::string(
            "/processes/0/at: a direct write behind i_size is not modelled; this file ends at "
            "0"),
        refused_change([](Scenario& s) {
          file_of(s).size = 0;
          s.processes[0] = {"", "dio_write", {{"at", 1}, {"segments", 1}}};
        }));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/0/at: a direct write behind i_size is not modelled; this file may "
                    "end at 0"),
        refused_change([](Scenario& s) {
          s.processes[0] = {"", "dio_write", {{"at", 1}, {"segments", 1}}};
          s.processes[1] = {"", "truncate", {{"to", 0}}};
        }));
  }

  void direct_requests_come_with_their_bios() {
    Scenario scenario = r1();
    file_of(scenario).cached.clear();
    scenario.processes = {{"A", "dio_write", {{"at", 0}}}, {"R", "dio_read", {{"at", 0}}}};
    const std::vector<std::string> without_cache{"A", "R", "bios0", "bios1"};
    CPPUNIT_ASSERT(process_names(build_model(scenario)) == without_cache);
    scenario.processes.push_back({"B", "buffered_read", {{"at", 0}}});
    const std::vector<std::string> with_cache{"A", "R", "B", "ioend0", "bios0", "bios1"};
    CPPUNIT_ASSERT(process_names(build_model(scenario)) == with_cache);
  }

  void refuses_a_property_that_nothing_can_break() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("/properties/0: nothing here can break fresh_mapping: no process runs "
                    "buffered_write or zero_range or truncate or punch_hole or unshare"),
        refused_change([](Scenario& s) {
          s.processes.erase(s.processes.begin());
          s.properties = {"fresh_mapping"};
        }));
  }

  void every_step_of_every_path_has_a_phrase_of_its_own() {
    // A caller may call a function twice, as a fault and a write do; then steps share a name but
    // not their place. Inside one process of these scenarios nothing is called twice.
    const ir::Model model = build_model(r1());
    for (const auto& process : model.processes) {
      std::set<std::string> names;
      for (const auto& step : process.steps)
        CPPUNIT_ASSERT_MESSAGE(step.phrase, names.insert(ir::step_name(model, step)).second);
    }
  }

 private:
  static std::string initial(const ir::Model& model, const std::string& name, std::size_t cell) {
    const auto found = std::find_if(model.variables.begin(),
                                    model.variables.end(),
                                    [&](const auto& v) { return v.name == name; });
    return ir::value_name(*found, found->initial.at(cell));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BuildModelTest);
