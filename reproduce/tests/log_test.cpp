#include "reproduce/conform/log.hpp"

#include "reproduce/refusal.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace stalemate::reproduce {
namespace {

const std::string good =
    "stalemate-log 1\n"
    "scenario reproduce/campaign/C1.json#one\n"
    "version v6.1\n"
    "kernel 6.1.0-57-cloud-amd64, 2 CPUs\n"
    "watched iomap_write_begin iomap_write_end\n"
    "    0         0 writer0     race            enter begin\n"
    "    1        12 writer0     race            enter iomap_write_begin\n"
    "    2        14 -           swapper/0       enter iomap_write_end (atomic)\n"
    "    3        15 -           swapper/0       exit iomap_write_end (atomic) -> -5\n"
    "    4        16 writer0     race            exit iomap_write_begin -> 0\n"
    "content cache 131 4096 41 ??\n"
    "content disk 131 4096 41 6f\n"
    "end\n";

std::string refusal_of(const std::string& text) {
  try {
    (void)read_log("a.log", text);
  } catch (const Refusal& refusal) {
    return refusal.what();
  }
  return "";
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

class LogTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LogTest);
  CPPUNIT_TEST(a_log_is_read_and_written);
  CPPUNIT_TEST(a_wrong_log_is_refused_at_its_line);
  CPPUNIT_TEST(what_a_campaign_printed_becomes_logs);
  CPPUNIT_TEST(a_guest_that_dies_is_incomplete);
  CPPUNIT_TEST_SUITE_END();

 public:
  void a_log_is_read_and_written() {
    const Log log = read_log("a.log", good);
    CPPUNIT_ASSERT_EQUAL(std::size_t{5}, log.arrivals.size());
    CPPUNIT_ASSERT_EQUAL(std::string("- exit iomap_write_end -> -5"), log.arrivals[3].text());
    CPPUNIT_ASSERT_EQUAL(9, log.arrivals[3].line);
    CPPUNIT_ASSERT_EQUAL(std::string("??"), log.contents.front().bytes[1]);
    CPPUNIT_ASSERT_EQUAL(good, text_of(log));
  }

  void a_wrong_log_is_refused_at_its_line() {
    CPPUNIT_ASSERT_EQUAL(std::string("a.log:1: \"stalemate-log 1\" is needed first"),
                         refusal_of(""));
    CPPUNIT_ASSERT_EQUAL(std::string("a.log:1: \"stalemate-log 1\" is needed first"),
                         refusal_of("#!/bin/sh\n"));
    CPPUNIT_ASSERT_EQUAL(
        std::string(
            "a.log:7: no arrival at a function: \"    1        12 writer0     race            "
            "enters iomap_wri...\""),
        refusal_of(replaced(good, "enter iomap_write_begin", "enters iomap_write_begin")));
    CPPUNIT_ASSERT_EQUAL(
        std::string("a.log:10: no arrival at a function: \"    4        16 writer0    "
                    " race            exit iomap_write...\""),
        refusal_of(replaced(good, "begin -> 0", "begin -> nothing")));
    CPPUNIT_ASSERT_EQUAL(
        std::string("a.log:11: content is `content cache|disk FILE SIZE BYTE ...`"),
        refusal_of(replaced(good, "41 ??", "41 ?")));
    CPPUNIT_ASSERT_EQUAL(std::string("a.log:12: the log is cut off: the last line is not \"end\""),
                         refusal_of(replaced(good, "\nend\n", "\n")));
    CPPUNIT_ASSERT_EQUAL(std::string("a.log:14: there is something behind \"end\""),
                         refusal_of(good + "end\n"));
    CPPUNIT_ASSERT_EQUAL(std::string("a.log:1: no line says which scenario"),
                         refusal_of("stalemate-log 1\nversion v6.1\nend\n"));
    CPPUNIT_ASSERT_EQUAL(std::string("a.log:1: no line says which version"),
                         refusal_of("stalemate-log 1\nscenario R1\nend\n"));
  }

  void what_a_campaign_printed_becomes_logs() {
    const Recorded recorded =
        read_recorded("SeaBIOS\r\n\x1b[2JKERNEL 6.1.0\r\nREFUSED b is inlined\r\nPLAY C1-one\r\n"
                      "RUN 1 intact size=4096\r\nCONTENT cache 131 4096 41\r\nBEGINLOG\r\n"
                      "    0         0 w     race            enter a\r\n"
                      "    1         9 w     race            exit a -> 7\r\n"
                      "schedule: 0 of 0 items passed, 0 skipped\r\nENDLOG\r\n"
                      "PLAY C2-one\r\nRUN 1 intact size=0\r\nBEGINLOG\r\nENDLOG\r\n"
                      "BROKEN cannot mount\r\nDONE\r\n",
                      {"a", "b"});
    CPPUNIT_ASSERT(recorded.is_complete);
    CPPUNIT_ASSERT_EQUAL(std::string("cannot mount"), recorded.broken.at(0));
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, recorded.logs.size());
    const Log& log = recorded.logs.front();
    CPPUNIT_ASSERT_EQUAL(std::string("C1-one"), log.scenario);
    CPPUNIT_ASSERT_EQUAL(std::string("6.1.0"), log.kernel);
    CPPUNIT_ASSERT(log.watched == std::vector<std::string>{"a"});
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, log.arrivals.size());
    CPPUNIT_ASSERT_EQUAL(7LL, log.arrivals[1].value);
    CPPUNIT_ASSERT_EQUAL(4096, log.contents.at(0).size);
    CPPUNIT_ASSERT(recorded.logs[1].arrivals.empty() && recorded.logs[1].contents.empty());
  }

  void a_guest_that_dies_is_incomplete() {
    const Recorded recorded = read_recorded("KERNEL 6.1\nRUN 1 intact\nBEGINLOG\n", {});
    CPPUNIT_ASSERT(!recorded.is_complete);
    CPPUNIT_ASSERT(recorded.logs.empty());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogTest);

} // namespace
} // namespace stalemate::reproduce
