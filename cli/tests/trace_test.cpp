// A counterexample in the forms that people post.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

class TraceTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(TraceTest);
  CPPUNIT_TEST(the_ladder_of_the_readme_is_short);
  CPPUNIT_TEST(a_file_of_text_may_hold_a_ladder);
  CPPUNIT_TEST(mermaid_has_an_ending_of_its_own);
  CPPUNIT_TEST(a_slice_is_shorter_and_says_so);
  CPPUNIT_TEST(the_test_before_the_wrong_step_is_told);
  CPPUNIT_TEST(a_test_that_would_come_out_differently_by_then_is_told);
  CPPUNIT_TEST(what_is_wrong_stands_in_the_box_and_not_in_the_ending_alone);
  CPPUNIT_TEST(a_load_of_an_old_value_is_seen);
  CPPUNIT_TEST(a_run_that_ends_well_is_drawn);
  CPPUNIT_TEST(long_pictures_fold);
  CPPUNIT_TEST(a_pdf_is_on_sheets_of_a4);
  CPPUNIT_TEST(fewest_switches_break_the_same_in_as_many_steps);
  CPPUNIT_TEST(itf_has_an_ending_of_its_own);
  CPPUNIT_TEST_SUITE_END();

  const std::string race_ = "scenarios/iomap/R1-write-vs-reclaim.json#none";
  const Folder folder_;

  static bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  static std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
      ++found;
    return found;
  }

  [[nodiscard]] std::string written(const std::string& scenario,
                                    const std::string& ending,
                                    const std::vector<std::string>& options = {}) const {
    std::vector<std::string> words{"trace", scenario, "-o", folder_ / ("picture." + ending)};
    words.insert(words.end(), options.begin(), options.end());
    const Outcome outcome = run(words);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    return read(folder_ / ("picture." + ending));
  }

  /// How often somebody else runs than before.
  static int switches(const std::string& saved) {
    const auto trace = nlohmann::json::parse(saved);
    int changes = -1;
    std::string last;
    for (const auto& step : trace["steps"])
      if (const auto process = step["process"].get<std::string>(); process != last) {
        last = process;
        ++changes;
      }
    return changes;
  }

 public:
  void the_ladder_of_the_readme_is_short() {
    assert_golden("r1_none.ladder.txt", run({"trace", race_, "-f", "ladder"}).out);
  }

  void a_file_of_text_may_hold_a_ladder() {
    const std::string text = folder_ / "a.txt";
    const std::string ladder = folder_ / "a.ladder";
    const std::string svg = folder_ / "a.svg";
    CPPUNIT_ASSERT_EQUAL(
        0, run({"trace", race_, "-f", "ladder", "-o", text, "-o", ladder, "-o", svg}).status);
    CPPUNIT_ASSERT_EQUAL(read(ladder), read(text));
    CPPUNIT_ASSERT(read(svg).starts_with("<?xml"));
    CPPUNIT_ASSERT_EQUAL(0, run({"trace", race_, "-o", text}).status);
    CPPUNIT_ASSERT_EQUAL(run({"trace", race_}).out, read(text));
  }

  void mermaid_has_an_ending_of_its_own() {
    const std::string file = folder_ / "a.mmd";
    CPPUNIT_ASSERT_EQUAL(0, run({"trace", race_, "-o", file}).status);
    CPPUNIT_ASSERT_EQUAL(run({"trace", race_, "-f", "mermaid"}).out, read(file));
    CPPUNIT_ASSERT(read(file).find("\nsequenceDiagram\n") != std::string::npos);
  }

  void a_slice_is_shorter_and_says_so() {
    const std::string all = run({"run", race_}).out;
    const std::string slice = run({"run", race_, "--slice"}).out;
    CPPUNIT_ASSERT(slice.size() < all.size());
    CPPUNIT_ASSERT(slice.find("\n  ...  ") != std::string::npos);
    CPPUNIT_ASSERT(slice.find("iomap.type is stale") != std::string::npos);
    const std::string trace = run({"trace", race_, "--slice"}).out;
    CPPUNIT_ASSERT_EQUAL(slice.substr(slice.find("\n  initially")),
                         trace.substr(trace.find("\n  initially")));
  }

  /// E2: fsync asks whether an error was recorded, before it is.
  void the_test_before_the_wrong_step_is_told() {
    const std::string brief = run({"run", "E2#failed-allocation", "--brief"}).out;
    CPPUNIT_ASSERT_MESSAGE(
        brief,
        has(brief, "  9  fsync0: was an error recorded that this file has not been told of?"));
    CPPUNIT_ASSERT_MESSAGE(brief, has(brief, "and so comes to step 10"));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(brief, std::size_t{1}, count(brief, "comes to step"));
  }

  /// D1: B looks at i_size without a lock, and truncation changes it.
  void a_test_that_would_come_out_differently_by_then_is_told() {
    const std::string brief = run({"run", "D1#truncate", "--brief"}).out;
    CPPUNIT_ASSERT_MESSAGE(brief, has(brief, "sees inode.size 2, and so comes to step "));
    CPPUNIT_ASSERT_MESSAGE(brief, has(brief, "inode.size 2 -> 1, after B looked in step "));
  }

  /// C1: the step that is checked takes a lock or drops one; wrong is what comes of it.
  void what_is_wrong_stands_in_the_box_and_not_in_the_ending_alone() {
    const std::string text = run({"trace", "C1#no-validation-sc"}).out;
    CPPUNIT_ASSERT_MESSAGE(text, has(text, "\n 19  "));
    CPPUNIT_ASSERT_MESSAGE(text, !has(text, "unlock the mapping tree <--"));
    CPPUNIT_ASSERT_MESSAGE(text, has(text, " step 2 saw extent 0: it is 1\n")); // Wrapped.
    CPPUNIT_ASSERT_MESSAGE(text, has(text, " since step 7\n"));
    const std::string dot = written("C1#no-validation-sc", "dot");
    CPPUNIT_ASSERT(has(dot, "<B>zero around the write, over data"));
    CPPUNIT_ASSERT(has(dot, "\"step 2\" -> \"step 19\""));
    CPPUNIT_ASSERT(has(dot, "\"step 7\" -> \"step 19\""));
  }

  void a_load_of_an_old_value_is_seen() {
    const std::string text = run({"trace", "C1#no-lock-chain"}).out;
    CPPUNIT_ASSERT_MESSAGE(text, has(text, "clear writeback (relaxed)"));
    CPPUNIT_ASSERT_MESSAGE(text, has(text, "sees seq 0, an old value: step 6 stored 1"));
    const std::string dot = written("C1#no-lock-chain", "dot");
    CPPUNIT_ASSERT(has(dot, "\"step 6\" -> \"step 18\""));
    CPPUNIT_ASSERT(has(dot, "initially"));
  }

  void a_run_that_ends_well_is_drawn() {
    const std::string held = "scenarios/iomap/R1-write-vs-reclaim.json#valid";
    const Outcome none = run({"trace", held});
    CPPUNIT_ASSERT_EQUAL(1, none.status);
    CPPUNIT_ASSERT_MESSAGE(none.err, has(none.err, "--reach end"));
    const std::string svg = written(held, "svg", {"--reach", "end"});
    CPPUNIT_ASSERT(has(svg, "reached: end"));
    const std::string saved = written(held, "json", {"--reach", "end"});
    CPPUNIT_ASSERT_EQUAL(0, run({"replay", folder_ / "picture.json"}).status);
    CPPUNIT_ASSERT(!has(saved, "\"steps\": []"));
  }

  void long_pictures_fold() {
    const std::string folded = written("D1#truncate", "dot");
    const std::string all = written("D1#truncate", "dot", {"--all-steps"});
    CPPUNIT_ASSERT(has(folded, "\"fold "));
    CPPUNIT_ASSERT(!has(all, "\"fold "));
    CPPUNIT_ASSERT(folded.size() < all.size());
    CPPUNIT_ASSERT(!has(written(race_, "dot"), "\"fold "));
    CPPUNIT_ASSERT(has(written(race_, "dot", {"--slice"}), "\"fold 3-6 "));
    CPPUNIT_ASSERT_EQUAL(2, run({"trace", race_, "--slice", "--all-steps"}).status);
  }

  void a_pdf_is_on_sheets_of_a4() {
    const std::string pdf = written("D1#truncate", "pdf", {"--all-steps"});
    CPPUNIT_ASSERT(count(pdf, "/Type /Page %") > 2);
    const std::size_t upright = count(pdf, "/MediaBox [ 0 0 595.28");
    const std::size_t across = count(pdf, "/MediaBox [ 0 0 841.89");
    CPPUNIT_ASSERT_EQUAL(count(pdf, "/Type /Page %"), upright + across);
    CPPUNIT_ASSERT_EQUAL(pdf, written("D1#truncate", "pdf", {"--all-steps"}));
  }

  void fewest_switches_break_the_same_in_as_many_steps() {
    const std::string file = folder_ / "picture.json";
    for (const std::string& scenario : {race_, std::string("S4#nothing")}) {
      const std::string found = written(scenario, "json");
      const std::string fewest = written(scenario, "json", {"--fewest-switches"});
      CPPUNIT_ASSERT_EQUAL(count(found, "\"phrase\""), count(fewest, "\"phrase\""));
      CPPUNIT_ASSERT(switches(fewest) <= switches(found));
      CPPUNIT_ASSERT_EQUAL(0, run({"replay", file}).status);
    }
  }

  void itf_has_an_ending_of_its_own() {
    CPPUNIT_ASSERT_EQUAL(run({"trace", race_, "-f", "itf"}).out, written(race_, "itf.json"));
    CPPUNIT_ASSERT(has(written(race_, "json"), "stalemate-trace"));
    CPPUNIT_ASSERT(written(race_, "shiviz").starts_with("(?<host>"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TraceTest);

} // namespace
} // namespace stalemate::cli::tests
