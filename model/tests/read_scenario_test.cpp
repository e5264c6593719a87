#include "model/scenario/read_scenario.hpp"

#include "model/scenario/build_model.hpp"

#include "model/iomap/knobs/knobs.hpp"
#include "model/iomap/layout/file_layout.hpp"
#include "model/tests/scenario_text.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace stalemate::kernel {
namespace {

void expect_refusal(const std::string& expected,
                    const std::string& what,
                    const std::string& replacement) {
  const std::string text = replaced(scenario_text, what, replacement);
  CPPUNIT_ASSERT_MESSAGE(what, text != scenario_text);
  CPPUNIT_ASSERT_EQUAL(expected, refusal(text));
}

const iomap::FileLayout& file_of(const Scenario& scenario) {
  return std::any_cast<const iomap::FileLayout&>(scenario.layout);
}

iomap::Kernel kernel_of(const Scenario& scenario) {
  return kernel_with(iomap::knobs(), scenario.kernel);
}

class ReadScenarioTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ReadScenarioTest);
  CPPUNIT_TEST(reads_every_part);
  CPPUNIT_TEST(a_variant_is_a_merge_patch);
  CPPUNIT_TEST(an_expectation_is_replaced_as_a_whole);
  CPPUNIT_TEST(null_removes);
  CPPUNIT_TEST(a_file_without_variants_is_one_scenario);
  CPPUNIT_TEST(nothing_stated_means_holds);
  CPPUNIT_TEST(an_absent_list_means_every_property);
  CPPUNIT_TEST(deadlock_names_are_sorted);
  CPPUNIT_TEST(reads_what_is_owed_and_what_waits);
  CPPUNIT_TEST(mistakes_are_located);
  CPPUNIT_TEST(mistakes_in_a_variant_are_located_there);
  CPPUNIT_TEST(what_only_merging_shows_is_located);
  CPPUNIT_TEST(names_are_given_once);
  CPPUNIT_TEST(an_expected_violation_is_checked);
  CPPUNIT_TEST(errors_of_the_model_are_located);
  CPPUNIT_TEST(files_that_cannot_be_read_are_refused);
  CPPUNIT_TEST_SUITE_END();

  const ScenarioFile file_{"f.json", scenario_text};
  const Scenario& none_ = file_.scenarios().at(0);
  const Scenario& valid_ = file_.scenarios().at(1);
  const Scenario& small_ = file_.scenarios().at(2);

 public:
  void reads_every_part() {
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, file_.scenarios().size());
    CPPUNIT_ASSERT_EQUAL(std::string("f.json"), file_.name());
    CPPUNIT_ASSERT_EQUAL(std::string("R1"), none_.id);
    CPPUNIT_ASSERT_EQUAL(std::string("none"), none_.variant);
    CPPUNIT_ASSERT(none_.title.starts_with("Buffered write over"));
    CPPUNIT_ASSERT_EQUAL(std::string("iomap-folio-ops-thread"), none_.source);
    CPPUNIT_ASSERT_EQUAL(std::string(), none_.notes); // the file's are not the variant's

    const iomap::FileLayout& layout = file_of(none_);
    CPPUNIT_ASSERT_EQUAL(1, layout.blocks_per_folio);
    CPPUNIT_ASSERT_EQUAL(2, layout.segments_per_block);
    CPPUNIT_ASSERT((layout.blocks == std::vector{iomap::Extent::unwritten, iomap::Extent::mapped}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, layout.cached.size());
    CPPUNIT_ASSERT_EQUAL(0, layout.cached[0].folio);
    CPPUNIT_ASSERT(layout.cached[0].dirty);
    CPPUNIT_ASSERT(
        (layout.cached[0].data == std::vector{iomap::Content::zero, iomap::Content::old}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, layout.disk.size());
    CPPUNIT_ASSERT((layout.disk[1] == std::vector{iomap::Content::old, iomap::Content::zero}));
    CPPUNIT_ASSERT(layout.size == 4);

    CPPUNIT_ASSERT(kernel_of(none_).iomap_valid == iomap::ValidityCheck::none);
    CPPUNIT_ASSERT(!kernel_of(none_).stable_writes);
    CPPUNIT_ASSERT_EQUAL(4, kernel_of(none_).seq_modulus);

    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, none_.processes.size());
    CPPUNIT_ASSERT_EQUAL(std::string("writer"), none_.processes[0].name);
    CPPUNIT_ASSERT_EQUAL(std::string("buffered_write"), none_.processes[0].path);
    CPPUNIT_ASSERT(none_.processes[0].options.empty());
    CPPUNIT_ASSERT_EQUAL(std::string(), none_.processes[1].name);

    CPPUNIT_ASSERT((none_.properties == std::vector<std::string>{"no_lost_write", "no_deadlock"}));
    CPPUNIT_ASSERT(none_.expect.stated);
    CPPUNIT_ASSERT(none_.expect.outcome == Expectation::Outcome::violated);
    CPPUNIT_ASSERT_EQUAL(std::string("no_lost_write"), none_.expect.property);
    CPPUNIT_ASSERT(none_.expect.length == 9U);
  }

  void a_variant_is_a_merge_patch() {
    CPPUNIT_ASSERT_EQUAL(std::string("The kernel"), valid_.notes);
    CPPUNIT_ASSERT(kernel_of(valid_).iomap_valid == iomap::ValidityCheck::after_folio_lock);
    CPPUNIT_ASSERT_EQUAL(4, kernel_of(valid_).seq_modulus);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, valid_.processes.size());
    CPPUNIT_ASSERT((file_of(small_).blocks == std::vector{iomap::Extent::hole}));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, small_.processes.size());
  }

  void an_expectation_is_replaced_as_a_whole() {
    CPPUNIT_ASSERT(valid_.expect.outcome == Expectation::Outcome::holds);
    CPPUNIT_ASSERT(!valid_.expect.length);
    CPPUNIT_ASSERT(small_.expect.outcome == Expectation::Outcome::holds);
    CPPUNIT_ASSERT(small_.expect.states == 12U);
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, small_.expect.never_taken.size());
  }

  void null_removes() {
    CPPUNIT_ASSERT(file_of(small_).cached.empty());
    CPPUNIT_ASSERT(file_of(small_).disk.empty());
    CPPUNIT_ASSERT(!file_of(small_).size);
  }

  void a_file_without_variants_is_one_scenario() {
    const std::string text = scenario_text.substr(0, scenario_text.find(",\n  \"variants\"")) + "}";
    const ScenarioFile file("f.json", text);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, file.scenarios().size());
    CPPUNIT_ASSERT_EQUAL(std::string(), file.scenarios()[0].variant);
    CPPUNIT_ASSERT_EQUAL(std::string("f.json:7:11: /file: \"blocks\" is missing"),
                         refusal(replaced(text, "\"blocks\": [\"unwritten\", \"mapped\"],", "")));
  }

  void nothing_stated_means_holds() {
    const ScenarioFile file(
        "f.json",
        replaced(
            scenario_text, "\"expect\": {\"violated\": \"no_lost_write\", \"length\": 9},", ""));
    CPPUNIT_ASSERT(!file.scenarios()[0].expect.stated);
    CPPUNIT_ASSERT(file.scenarios()[0].expect.outcome == Expectation::Outcome::holds);
    CPPUNIT_ASSERT(file.scenarios()[1].expect.stated);
  }

  void an_absent_list_means_every_property() {
    // Build_model() takes those that apply.
    CPPUNIT_ASSERT(small_.properties.empty());
  }

  void deadlock_names_are_sorted() {
    const ScenarioFile file("f.json",
                            replaced(scenario_text,
                                     "{\"violated\": \"no_lost_write\", \"length\": 9}",
                                     R"({"deadlock": ["writer", "ioend0"], "through": ["f: a"]})"));
    const Expectation& expect = file.scenarios()[0].expect;
    CPPUNIT_ASSERT(expect.outcome == Expectation::Outcome::deadlock);
    CPPUNIT_ASSERT((expect.cycle == std::vector<std::string>{"ioend0", "writer"}));
    CPPUNIT_ASSERT((expect.through == std::vector<std::string>{"f: a"}));
  }

  void reads_what_is_owed_and_what_waits() {
    const ScenarioFile file("f.json", R"({
      "id": "L1", "title": "t", "file": {"blocks": ["unwritten"]},
      "processes": [{"path": "buffered_write", "fairness": "strong"}, {"path": "reclaim"}],
      "properties": ["progress"],
      "expect": {"livelock": "progress", "process": "writer0", "loop": 4}})");
    const Scenario& scenario = file.scenarios().at(0);
    CPPUNIT_ASSERT(scenario.processes[0].fairness == ir::Fairness::strong);
    CPPUNIT_ASSERT(!scenario.processes[1].fairness);
    CPPUNIT_ASSERT(scenario.expect.outcome == Expectation::Outcome::livelock);
    CPPUNIT_ASSERT_EQUAL(std::string("progress"), scenario.expect.property);
    CPPUNIT_ASSERT_EQUAL(std::string("writer0"), scenario.expect.process);
    CPPUNIT_ASSERT(scenario.expect.loop == 4U);
    CPPUNIT_ASSERT(build_model(scenario).processes[0].fairness == ir::Fairness::strong);
  }

  void mistakes_are_located() {
    expect_refusal("f.json:10:16: /file/blocks/0: unknown layout word \"unwriten\"; known: "
                   "unwritten, shared, hole, mapped, delalloc",
                   "[\"unwritten\"",
                   "[\"unwriten\"");
    expect_refusal("f.json:8:25: /file/blocks_per_folio: 5 is out of range 1..4",
                   "\"blocks_per_folio\": 1",
                   "\"blocks_per_folio\": 5");
    expect_refusal("f.json:16:26: /processes/0/path: a number where a string should be",
                   "\"buffered_write\"",
                   "1");
    expect_refusal("f.json:19:3: /variant: unknown key \"variant\"; known: variants, "
                   "anon, id, title, file, dax, kernel, expect and 12 more",
                   "variants",
                   "variant");
  }

  void mistakes_in_a_variant_are_located_there() {
    expect_refusal("f.json:21:72: /variants/1/kernel/iomap_valid: a list where a string should be",
                   "\"after_folio_lock\"",
                   "[null]");
    expect_refusal("f.json:20:6: /variants/0/nmae: unknown key \"nmae\"; known: name, notes, "
                   "file, dax, state, title, anon, source and 10 more",
                   "{\"name\": \"none\"",
                   "{\"nmae\": \"none\"");
    expect_refusal("f.json:19:15: /variants: 0 items; 1..100 are possible",
                   scenario_text.substr(scenario_text.find("\"variants\"")),
                   "\"variants\": []}");
  }

  void what_only_merging_shows_is_located() {
    expect_refusal("f.json:20:5: /variants/0: \"processes\" is missing",
                   "{\"name\": \"none\"}",
                   "{\"name\": \"none\", \"processes\": null}");
    expect_refusal("f.json:20:30: /variants/0/file: \"blocks\" is missing",
                   "{\"name\": \"none\"}",
                   "{\"name\": \"none\", \"file\": {\"blocks\": null}}");
  }

  void names_are_given_once() {
    expect_refusal(
        "f.json:21:14: /variants/1/name: \"none\" is given twice", "\"valid\"", "\"none\"");
    expect_refusal("f.json:16:93: /processes/1/name: \"writer\" is given twice "
                   "(in variant none)",
                   "{\"path\": \"writeback\"}",
                   "{\"path\": \"writeback\", \"name\": \"writer\"}");
  }

  void an_expected_violation_is_checked() {
    expect_refusal("f.json:18:26: /expect/violated: \"no_lost_write\" is not among the properties "
                   "that are checked (in variant none)",
                   "\"no_lost_write\", \"no_deadlock\"",
                   "\"no_deadlock\"");
  }

  void errors_of_the_model_are_located() {
    const auto located = [&](const Scenario& scenario, const std::string& pointer) {
      return std::string(file_.located(scenario, ScenarioError(pointer, "no")).what());
    };
    CPPUNIT_ASSERT_EQUAL(std::string("f.json:10:16: /file/blocks/0: no (in variant none)"),
                         located(none_, "/file/blocks/0"));
    CPPUNIT_ASSERT_EQUAL(std::string("f.json:23:43: /variants/2/file/blocks/0: no"),
                         located(small_, "/file/blocks/0"));
    CPPUNIT_ASSERT_EQUAL(std::string("f.json:8:25: /file/blocks_per_folio: no (in variant small)"),
                         located(small_, "/file/blocks_per_folio"));
    // Not in the variant's own list: the scenario's must not be blamed.
    CPPUNIT_ASSERT_EQUAL(std::string("f.json:24:20: /variants/2/processes/0/name: no"),
                         located(small_, "/processes/0/name"));
    CPPUNIT_ASSERT_EQUAL(std::string("f.json:23:31: /variants/2/file/nothing: no"),
                         located(small_, "/file/nothing"));
    CPPUNIT_ASSERT_EQUAL(std::string("f.json:23:5: /variants/2/nothing: no"),
                         located(small_, "/nothing"));
    CPPUNIT_ASSERT_EQUAL(std::string("f.json:23:5: /variants/2: no"), located(small_, ""));
  }

  void files_that_cannot_be_read_are_refused() {
    const auto refused = [](const std::string& path) {
      try {
        (void)read_scenario_file(path);
        return std::string();
      } catch (const InputError& error) {
        return std::string(error.what());
      }
    };
    CPPUNIT_ASSERT_EQUAL(std::string("no/such.json: cannot open: No such file or directory"),
                         refused("no/such.json"));
    CPPUNIT_ASSERT_EQUAL(std::string(".: is a directory"), refused("."));
    CPPUNIT_ASSERT_EQUAL(std::string("/dev/zero: larger than 4194304 bytes"), refused("/dev/zero"));
    CPPUNIT_ASSERT_EQUAL(std::string("/dev/null:1:1: the file is empty"), refused("/dev/null"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReadScenarioTest);

} // namespace
} // namespace stalemate::kernel
