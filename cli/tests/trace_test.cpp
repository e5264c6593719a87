// A counterexample in the forms that people post.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace stalemate::cli::tests {
namespace {

class TraceTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(TraceTest);
  CPPUNIT_TEST(the_ladder_of_the_readme_is_short);
  CPPUNIT_TEST(a_file_of_text_may_hold_a_ladder);
  CPPUNIT_TEST(mermaid_has_an_ending_of_its_own);
  CPPUNIT_TEST(a_slice_is_shorter_and_says_so);
  CPPUNIT_TEST_SUITE_END();

  const std::string race_ = "scenarios/iomap/R1-write-vs-reclaim.json#none";
  const Folder folder_;

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
};

CPPUNIT_TEST_SUITE_REGISTRATION(TraceTest);

} // namespace
} // namespace stalemate::cli::tests
