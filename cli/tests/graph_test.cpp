// The reachable states as a picture.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace stalemate::cli::tests {
namespace {

class GraphTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(GraphTest);
  CPPUNIT_TEST(states_are_merged_by_what_they_agree_in);
  CPPUNIT_TEST(what_a_process_only_passes_is_folded);
  CPPUNIT_TEST(is_drawn);
  CPPUNIT_TEST(too_much_is_refused);
  CPPUNIT_TEST_SUITE_END();

  const std::string race_ = STALEMATE_SOURCE_DIR "/cli/tests/data/race.json#broken";
  const Folder folder_;

  static bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

 public:
  void states_are_merged_by_what_they_agree_in() {
    const Outcome outcome = run({"graph", race_, "--by", "extent,folio.dirty"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    assert_golden("graph_by.dot", outcome.out);
  }

  void what_a_process_only_passes_is_folded() {
    const std::string merged = run({"graph", race_}).out;
    const std::string every = run({"graph", race_, "--every-state"}).out;
    CPPUNIT_ASSERT(has(merged, "159 states, 150 drawn"));
    CPPUNIT_ASSERT(has(every, "\n  159 [label="));
    CPPUNIT_ASSERT(!has(merged, "\n  151 [label="));
    CPPUNIT_ASSERT(merged.size() < every.size());
  }

  void is_drawn() {
    const std::string file = folder_ / "a.svg";
    CPPUNIT_ASSERT_EQUAL(0, run({"graph", "C5#dirty-first-sc", "-o", file}).status);
    CPPUNIT_ASSERT(has(read(file), "<svg"));
  }

  void too_much_is_refused() {
    const Outcome nodes = run({"graph", race_, "--nodes-max", "5"});
    CPPUNIT_ASSERT_EQUAL(2, nodes.status);
    CPPUNIT_ASSERT_MESSAGE(nodes.err, has(nodes.err, "more than --nodes-max 5; --by VARIABLE"));
    const Outcome states = run({"graph", race_, "--states-max", "5"});
    CPPUNIT_ASSERT_EQUAL(2, states.status);
    CPPUNIT_ASSERT_MESSAGE(states.err, has(states.err, "has more than 5 states"));
    const Outcome word = run({"graph", race_, "--by", "folio.dirt"});
    CPPUNIT_ASSERT_EQUAL(2, word.status);
    CPPUNIT_ASSERT_MESSAGE(word.err, has(word.err, "folio.dirty"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(GraphTest);

} // namespace
} // namespace stalemate::cli::tests
