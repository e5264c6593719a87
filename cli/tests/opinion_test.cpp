// Relacy executes models of scenarios and must come to the verdict of the search.

#include "cli/finding.hpp"
#include "cli/load.hpp"
#include "lockless/interface.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

class OpinionTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(OpinionTest);
  CPPUNIT_TEST(relacy_agrees_with_the_search_where_something_breaks);
  CPPUNIT_TEST(relacy_agrees_with_the_search_where_it_holds);
  CPPUNIT_TEST(a_verdict_of_relacy_names_its_bound);
  CPPUNIT_TEST(too_many_executions_are_incomplete);
  CPPUNIT_TEST_SUITE_END();

  static Candidate candidate(const std::string& name) {
    return load_one(STALEMATE_SOURCE_DIR "/scenarios/" + name);
  }

  static void compare(const std::vector<std::string>& names, const RelacyBound& bound) {
    if (!relacy::is_there()) return;
    for (const std::string& name : names) {
      const Candidate one = candidate(name);
      const Finding search = find(one, Limits());
      const Finding opinion = second_opinion(one, bound);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(
          name + ": " + opinion.result.reason, search.result.verdict, opinion.result.verdict);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(name, as_expected, opinion.status());
    }
  }

 public:
  /// One preemptive switch suffices for all of these; A-R5, A-R9 and A-R16 take two.
  void relacy_agrees_with_the_search_where_something_breaks() {
    compare({"iomap/R1-write-vs-reclaim.json#none",
             "iomap/R2-delalloc.json#none",
             "dax/A-R1-free-under-dma.json#none",
             "dax/A-R1-free-under-dma.json#none-at-free",
             "dax/A-R2-wait-under-mmaplock.json#two-pages",
             "dax/A-R6-no-new-references.json#delays",
             "dax/A-R6-no-new-references.json#fails",
             "dax/A-R7-signal.json#dropped",
             "dax/A-R8-pins-for-good.json#merged-allowed",
             "dax/A-R10-commit-does-not-look.json#clears",
             "dax/A-R11-callback-before-commit.json#if-idle",
             "dax/A-R15-missed-idle-wakeup.json#at-zero",
             "dax/A-R18-direct-io-drain.json#unlocked",
             "stable-pages/B-R1-zram-compresses-twice.json#reused",
             "stable-pages/B-R2-inverted-test.json#stable-device",
             "stable-pages/B-R8-lock-leak.json#leaked",
             "stable-pages/B-R11-no-memory.json#waits"},
            {.switches = 1});
  }

  void relacy_agrees_with_the_search_where_it_holds() {
    compare({"iomap/R1-write-vs-reclaim.json#valid",
             "dax/A-R2-wait-under-mmaplock.json#one-page",
             "dax/A-R5-scan-before-unmap.json#after",
             "dax/A-R7-signal.json#returned",
             "dax/A-R8-pins-for-good.json#merged-refused",
             "dax/A-R15-missed-idle-wakeup.json#at-idle",
             "dax/A-R18-direct-io-drain.json#under-iolock",
             "stable-pages/B-R2-inverted-test.json#right",
             "stable-pages/B-R4-rw-page.json#rw-page",
             "stable-pages/B-R9-premature-completion.json#synchronous"},
            {.switches = 1});
  }

  void a_verdict_of_relacy_names_its_bound() {
    if (!relacy::is_there()) return;
    const Candidate sound = candidate("dax/A-R5-scan-before-unmap.json#after");
    const std::string line = verdict_line(sound, second_opinion(sound, {.switches = 1}));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(
        line,
        std::size_t{0},
        line.find("A-R5#after: holds within 1 preemptive switches, 400 steps: "));
    const Candidate protocol = candidate("lockless/C1-if-seq.json#upstream");
    const std::string other = verdict_line(protocol, find(protocol, Limits()));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(
        other, std::size_t{0}, other.find("C1#upstream: holds within 3 preemptive switches: "));
  }

  void too_many_executions_are_incomplete() {
    if (!relacy::is_there()) return;
    const Finding finding = second_opinion(candidate("dax/A-R5-scan-before-unmap.json#after"),
                                           {.switches = 3, .executions_max = 10});
    CPPUNIT_ASSERT_EQUAL(not_complete, finding.status());
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{10}, finding.executions);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OpinionTest);

} // namespace
} // namespace stalemate::cli::tests
