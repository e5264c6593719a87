// Reads the sources and checks what no compiler does: who includes whom, no absolute path, no stray
// marker, no file that grows without end, no test that is never run.

#include "checker/tests/tree_rules.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace stalemate::tree {
namespace {

void append(Complaints& all, const Complaints& more) {
  all.insert(all.end(), more.begin(), more.end());
}

std::string text(const Complaints& complaints) {
  return fmt::format("{}", fmt::join(complaints, "\n"));
}

void expect_none(const Complaints& complaints) {
  CPPUNIT_ASSERT_MESSAGE("\n" + text(complaints), complaints.empty());
}

class TreeTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(TreeTest);
  CPPUNIT_TEST(reads_itself);
  CPPUNIT_TEST(every_include_is_allowed);
  CPPUNIT_TEST(no_path_is_absolute);
  CPPUNIT_TEST(every_marker_is_a_known_limit);
  CPPUNIT_TEST(every_test_is_run);
  CPPUNIT_TEST(no_long_file_grows);
  CPPUNIT_TEST(refuses_a_forbidden_include);
  CPPUNIT_TEST(refuses_to_include_a_test);
  CPPUNIT_TEST(refuses_a_folder_without_a_rule);
  CPPUNIT_TEST(the_longest_folder_decides);
  CPPUNIT_TEST(refuses_an_absolute_path);
  CPPUNIT_TEST(refuses_a_stray_marker);
  CPPUNIT_TEST(refuses_a_fixture_of_another_name);
  CPPUNIT_TEST(refuses_a_test_outside_the_suite);
  CPPUNIT_TEST(refuses_line_401);
  CPPUNIT_TEST_SUITE_END();

  std::vector<File> files_;
  IncludeRules rules_;

 public:
  void setUp() override {
    files_ = read_tree();
    rules_ = include_rules(read_file("checker/tests/include_rules.txt").lines);
  }

  // If this test is not found, nothing was read and no other answer means anything.
  void reads_itself() {
    const auto self = std::ranges::find(files_, "checker/tests/tree_test.cpp", &File::path);
    CPPUNIT_ASSERT(self != files_.end());
    CPPUNIT_ASSERT(!self->lines.empty());
    CPPUNIT_ASSERT(!rules_.empty());
  }

  void every_include_is_allowed() {
    Complaints complaints;
    for (const File& file : files_)
      if (is_source(file.path)) append(complaints, include_complaints(file, rules_));
    expect_none(complaints);
  }

  void no_path_is_absolute() {
    Complaints complaints;
    for (const File& file : files_)
      append(complaints, path_complaints(file));
    expect_none(complaints);
  }

  void every_marker_is_a_known_limit() {
    const std::string known_limits = text(read_file("docs/known-limits.md").lines);
    Complaints complaints;
    for (const File& file : files_)
      if (is_source(file.path)) append(complaints, marker_complaints(file, known_limits));
    expect_none(complaints);
  }

  void every_test_is_run() {
    Complaints complaints;
    for (const File& file : files_)
      append(complaints, fixture_complaints(file));
    expect_none(complaints);
  }

  void no_long_file_grows() {
    const auto known = long_files(read_file("checker/tests/long_files.txt").lines);
    Complaints complaints;
    for (const File& file : files_) {
      if (!is_source(file.path)) continue;
      if (file.lines.size() > lines_max)
        std::cout << fmt::format("{} {}\n", file.lines.size(), file.path);
      append(complaints, length_complaints(file, known));
    }
    expect_none(complaints);
  }

  void refuses_a_forbidden_include() {
    const File file{"checker/ir/step.hpp",
                    {"#include \"checker/ir/range.hpp\"",
                     "#include \"checker/builder/expr.hpp\"",
                     "#include \"range.hpp\"",
                     "#include <nlohmann/json.hpp>",
                     "#include <gvc.h>",
                     "#include <vector>"}};
    CPPUNIT_ASSERT_EQUAL(
        std::string("checker/ir/step.hpp:2: may not include checker/builder/expr.hpp\n"
                    "checker/ir/step.hpp:3: may not include range.hpp\n"
                    "checker/ir/step.hpp:4: may not include nlohmann/json.hpp\n"
                    "checker/ir/step.hpp:5: may not include gvc.h"),
        text(include_complaints(file, rules_)));
  }

  void refuses_to_include_a_test() {
    const std::vector<std::string> lines = {"#include \"model/tests/small.hpp\""};
    CPPUNIT_ASSERT_EQUAL(
        std::string("model/iomap/paths/truncate.cpp:1: may not include model/tests/small.hpp"),
        text(include_complaints({"model/iomap/paths/truncate.cpp", lines}, rules_)));
    expect_none(include_complaints({"reports/tests/html_test.cpp", lines}, rules_));
  }

  void refuses_a_folder_without_a_rule() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("checker/misc/a.cpp: no rule in include_rules.txt for this folder"),
        text(include_complaints({"checker/misc/a.cpp", {}}, rules_)));
  }

  void the_longest_folder_decides() {
    const std::vector<std::string> lines = {"#include <nlohmann/json.hpp>"};
    expect_none(include_complaints({"model/scenario/parse.cpp", lines}, rules_));
    CPPUNIT_ASSERT_EQUAL(
        std::string("model/iomap/paths/a.cpp:1: may not include nlohmann/json.hpp"),
        text(include_complaints({"model/iomap/paths/a.cpp", lines}, rules_)));
  }

  void refuses_an_absolute_path() {
    const std::string top = "/home";
    const File file{"a.json", {"\"" + top + "/me/x\"", "docs" + top + "/x", "/kernel/iomap_valid"}};
    CPPUNIT_ASSERT_EQUAL("a.json:1: absolute path " + top + "/...", text(path_complaints(file)));
  }

  void refuses_a_stray_marker() {
    const std::string marker = std::string("FIX") + "ME";
    const File file{
        "a.cpp",
        {"// " + marker + ": large folios", "// " + marker + ": or not", "PRE" + marker, marker}};
    CPPUNIT_ASSERT_EQUAL(
        "a.cpp:2: " + marker + " without the same words in docs/known-limits.md\n" +
            "a.cpp:4: " + marker + " without the same words in docs/known-limits.md",
        text(marker_complaints(file, "- large folios are not modelled")));
  }

  void refuses_a_fixture_of_another_name() {
    const std::vector<std::string> lines = {"CPPUNIT_TEST_SUITE_REGISTRATION(StateSetTest);"};
    expect_none(fixture_complaints({"checker/tests/state_set_test.cpp", lines}));
    CPPUNIT_ASSERT_EQUAL(
        std::string(
            "checker/tests/ample_test.cpp: must register the fixture AmpleTest and no other"),
        text(fixture_complaints({"checker/tests/ample_test.cpp", lines})));
    CPPUNIT_ASSERT_EQUAL(
        std::string("checker/tests/ample.cpp: tests belong in a file <name>_test.cpp"),
        text(fixture_complaints({"checker/tests/ample.cpp", lines})));
  }

  void refuses_a_test_outside_the_suite() {
    const File file{"model/tests/a_test.cpp",
                    {"  CPPUNIT_TEST(holds);",
                     "  void holds() {",
                     "  void forgotten() {",
                     "CPPUNIT_TEST_SUITE_REGISTRATION(ATest);"}};
    CPPUNIT_ASSERT_EQUAL(
        std::string("model/tests/a_test.cpp:3: forgotten is in no CPPUNIT_TEST and never runs"),
        text(fixture_complaints(file)));
  }

  void refuses_line_401() {
    const File file{"a.cpp", std::vector<std::string>(401)};
    CPPUNIT_ASSERT_EQUAL(std::string("a.cpp: grew to 401 lines, 400 are allowed (long_files.txt)"),
                         text(length_complaints(file, {})));
    expect_none(length_complaints({"a.cpp", std::vector<std::string>(400)}, {}));
    expect_none(length_complaints(file, {{"a.cpp", 401}}));
    CPPUNIT_ASSERT(!length_complaints(file, {{"a.cpp", 399}}).empty());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TreeTest);

} // namespace
} // namespace stalemate::tree
