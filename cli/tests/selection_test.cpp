#include "cli/selection.hpp"

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <string>

namespace stalemate::cli::tests {
namespace {

class SelectionTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SelectionTest);
  CPPUNIT_TEST(patterns_and_lists_choose_variants);
  CPPUNIT_TEST(variants_that_are_not_there_are_named);
  CPPUNIT_TEST(a_scenario_is_found_by_its_id);
  CPPUNIT_TEST(the_program_knows_where_it_was_installed);
  CPPUNIT_TEST(the_ending_of_a_file_need_not_be_said);
  CPPUNIT_TEST(standard_input_has_variants);
  CPPUNIT_TEST(a_folder_is_for_check);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;
  const Setting here_{.folder = folder_.path()};
  const std::string race_ = read(STALEMATE_SOURCE_DIR "/cli/tests/data/race.json");

 public:
  void patterns_and_lists_choose_variants() {
    const auto chosen = [](const std::string& argument, const std::string& variant) {
      return selection_of("-#" + argument).has(variant);
    };
    CPPUNIT_ASSERT(selection_of("-").has("any"));
    CPPUNIT_ASSERT(chosen("none", "none"));
    CPPUNIT_ASSERT(!chosen("none", "none-zeroes"));
    CPPUNIT_ASSERT(chosen("none*", "none"));
    CPPUNIT_ASSERT(chosen("none*", "none-zeroes"));
    CPPUNIT_ASSERT(!chosen("none*", "a-none"));
    CPPUNIT_ASSERT(chosen("*-*-c", "a-b-c"));
    CPPUNIT_ASSERT(!chosen("*-*-c", "a-c"));
    CPPUNIT_ASSERT(chosen("a,b*", "a"));
    CPPUNIT_ASSERT(chosen("a,b*", "bc"));
    CPPUNIT_ASSERT(!chosen("a,b*", "c"));
  }

  void variants_that_are_not_there_are_named() {
    folder_.add("race.json", race_);
    const auto error = [&](const std::string& argument) {
      const Outcome outcome = run({"run", argument}, here_);
      CPPUNIT_ASSERT_EQUAL(2, outcome.status);
      return outcome.err;
    };
    CPPUNIT_ASSERT(error("race.json#broken,sond")
                       .starts_with("race.json: unknown variant \"sond\"; known: sound, "));
    CPPUNIT_ASSERT(error("race.json#x*").starts_with("race.json: unknown variant \"x*\"; known: "));
    // Nothing was typed: the file's order.
    const Outcome several = run({"trace", "race.json"}, here_);
    CPPUNIT_ASSERT_EQUAL(std::string("race.json: has 3 variants, name one as race.json#VARIANT: "
                                     "broken, sound, stuck\n"),
                         several.err);
  }

  void a_scenario_is_found_by_its_id() {
    const std::string start = "R1#none: Buffered write over an unwritten extent";
    for (const char* folder : {"", "/docs", "/model/iomap"}) {
      const Outcome outcome = run({"run", "R1#none", "--brief"},
                                  {.folder = std::string(STALEMATE_SOURCE_DIR) + folder});
      CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
      CPPUNIT_ASSERT(outcome.out.starts_with(start));
    }
    const Outcome none = run({"run", "R1X"});
    CPPUNIT_ASSERT_EQUAL(2, none.status);
    CPPUNIT_ASSERT(
        none.err.starts_with("R1X: no such file, and unknown scenario \"R1X\"; known: "));
    CPPUNIT_ASSERT(none.err.find("R1,") != std::string::npos);
  }

  void the_program_knows_where_it_was_installed() {
    namespace fs = std::filesystem;
    fs::create_directories(folder_ / "prefix/bin");
    fs::create_directories(folder_ / "prefix/share/stalemate/scenarios/other");
    fs::copy_file(STALEMATE_BINARY, folder_ / "prefix/bin/stalemate");
    folder_.add("prefix/share/stalemate/scenarios/other/race.json", race_);
    Setting moved{.folder = folder_.path()};
    moved.program = folder_ / "prefix/bin/stalemate";
    const Outcome outcome = run({"run", "T1#sound"}, moved);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT_EQUAL(2, run({"run", "T1#sound"}, here_).status);
  }

  void the_ending_of_a_file_need_not_be_said() {
    folder_.add("race.json", race_);
    CPPUNIT_ASSERT_EQUAL(0, run({"run", "race#sound"}, here_).status);
    CPPUNIT_ASSERT_EQUAL(0, run({"check", "./race"}, here_).status);
  }

  void standard_input_has_variants() {
    const Outcome outcome = run({"run", "-#sound"}, {.input = race_});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT(outcome.out.starts_with("T1#sound: "));
  }

  void a_folder_is_for_check() {
    const Outcome outcome = run({"run", "scenarios"});
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string("scenarios: is a folder; `stalemate check scenarios` runs all "
                                     "scenarios in it\n"),
                         outcome.err);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SelectionTest);

} // namespace
} // namespace stalemate::cli::tests
