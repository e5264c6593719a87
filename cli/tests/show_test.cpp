// What a scenario does to a path, and its own paths.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

class ShowTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ShowTest);
  CPPUNIT_TEST(a_difference_shows_both_sides);
  CPPUNIT_TEST(a_difference_of_one_path);
  CPPUNIT_TEST(a_path_like_another_differs_from_it);
  CPPUNIT_TEST(nothing_differs_without_edits);
  CPPUNIT_TEST(a_path_as_json_can_be_run);
  CPPUNIT_TEST(a_path_of_the_scenarios_own_is_shown);
  CPPUNIT_TEST(what_cannot_be_shown_is_2);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;
  const std::string race_ = STALEMATE_SOURCE_DIR "/cli/tests/data/race.json";

  static bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }
  const std::string edits_ = folder_.add("edits.json", R"([
    {"drop": "iomap_write_begin: is the cached iomap still valid?"},
    {"move": "iomap_write_begin: get and lock the folio",
     "before": "xfs_buffered_write_iomap_begin: look up the extent, sample the cookie"}
  ])");

  static void expect(int status, const std::string& part, const Outcome& outcome) {
    const std::string all = outcome.out + outcome.err;
    CPPUNIT_ASSERT_EQUAL_MESSAGE(all, status, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(part + "\nis not in\n" + all, has(all, part));
  }

  // The race with a section of its own and another path of the writer.
  [[nodiscard]] std::string with_own(const std::string& section, const std::string& path) const {
    std::string text =
        replaced(read(race_), R"("processes": [{"path": "buffered_write"})", section);
    text.insert(text.find(", {\"path\": \"writeback\"}"),
                ", \"processes\": [{\"path\": \"" + path + "\"}");
    return folder_.add("own.json", text);
  }

 public:
  void a_difference_shows_both_sides() {
    const Outcome outcome = run({"show", "--diff", race_ + "#sound", "--patch", edits_});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    assert_golden("show_diff.txt", outcome.out);
  }

  void a_difference_of_one_path() {
    const Outcome outcome =
        run({"show", "--diff", race_ + "#sound", "buffered_write", "--patch", edits_});
    expect(0, "\n-   is the cached iomap still valid?\n", outcome);
    CPPUNIT_ASSERT(!has(outcome.out, "--- io_completion"));
    expect(0,
           "  writeback does not differ\n",
           run({"show", "--diff", race_ + "#sound", "writeback", "--patch", edits_}));
  }

  void a_path_like_another_differs_from_it() {
    const std::string file = with_own(
        R"("paths": {"blind": {"like": "buffered_write", "patch": [
             {"drop": "iomap_write_begin: is the cached iomap still valid?"}]}})",
        "blind");
    const Outcome outcome = run({"show", "--diff", file + "#sound"});
    expect(0, "\n--- blind: ", outcome);
    expect(0, "\n-   is the cached iomap still valid?\n", outcome);
    expect(0, "  drop iomap_write_begin: is the cached iomap still valid?, in blind\n", outcome);
  }

  void nothing_differs_without_edits() {
    expect(0, "  there are no edits\n", run({"show", "--diff", race_ + "#sound"}));
  }

  void a_path_as_json_can_be_run() {
    const Outcome copy = run({"show", "--as", "json", "reclaim", "--scenario", race_ + "#broken"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(copy.err, 0, copy.status);
    CPPUNIT_ASSERT_EQUAL(
        copy.out,
        run({"show", "reclaim", "--scenario", race_ + "#broken", "--format", "json"}).out);
    const std::string paths = replaced(copy.out, "\"reclaim\"", "\"copied\"");
    const std::string file = with_own("\"paths\": " + paths, "copied");
    const Outcome copied = run({"show", "copied", "--scenario", file + "#broken"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(copied.err, 0, copied.status);
    const auto steps = [](const std::string& text) { return text.substr(text.find('\n')); };
    const Outcome original = run({"show", "reclaim", "--scenario", race_ + "#broken"});
    CPPUNIT_ASSERT_EQUAL(steps(original.out), steps(copied.out));
  }

  void a_path_of_the_scenarios_own_is_shown() {
    const std::string file = with_own(
        R"("paths": {"zap": {"process": "zap", "steps": [
             {"function": "f", "phrase": "do it", "ways": [{"end": true}]}]}})",
        "zap");
    expect(0, "zap: 1 step, run by zap0\n", run({"show", "zap", "--scenario", file + "#broken"}));
    expect(2,
           "unknown path \"zip\"; known: zap",
           run({"show", "zip", "--scenario", file + "#broken"}));
  }

  void what_cannot_be_shown_is_2() {
    expect(2, "PATH is missing", run({"show"}));
    expect(2,
           "no process runs mmap_write",
           run({"show", "mmap_write", "--scenario", race_ + "#sound"}));
    expect(2,
           "no process runs \"mmap_write\"",
           run({"show", "mmap_write", "--diff", race_ + "#sound"}));
    expect(2,
           "--scenario is not needed",
           run({"show", "--diff", race_ + "#sound", "--scenario", race_ + "#sound"}));
    expect(
        2, "--diff is text, and no svg", run({"show", "--diff", race_ + "#sound", "--as", "svg"}));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ShowTest);

} // namespace
} // namespace stalemate::cli::tests
