#include "reproduce/oracle.hpp"

#include "reproduce/folder.hpp"
#include "reproduce/refusal.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <string>

namespace stalemate::reproduce {
namespace {

Oracles oracles() {
  return read_oracles("oracles.json", kit_text(STALEMATE_SOURCE_DIR "/reproduce", "oracles.json"));
}

report::SavedTrace breaks(const std::string& claim) {
  report::SavedTrace trace;
  trace.property = claim;
  return trace;
}

std::string looks(const report::SavedTrace& trace, const std::vector<std::string>& claims = {}) {
  return fmt::format("{}", fmt::join(looks_of(trace, claims, oracles()), " "));
}

std::string oracle_refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const Refusal& error) {
    return error.what();
  }
  return "accepted";
}

class OracleTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(OracleTest);
  CPPUNIT_TEST(the_claim_says_where_to_look);
  CPPUNIT_TEST(what_no_program_sees_is_refused);
  CPPUNIT_TEST(of_claims_that_hold_what_can_be_seen);
  CPPUNIT_TEST(what_is_another_s_is_secret);
  CPPUNIT_TEST(refuses_what_is_no_oracle);
  CPPUNIT_TEST_SUITE_END();

 public:
  void the_claim_says_where_to_look() {
    CPPUNIT_ASSERT_EQUAL(std::string("AT_END"), looks(breaks("no_lost_write")));
    CPPUNIT_ASSERT_EQUAL(std::string("AT_END AT_READS"), looks(breaks("reads_are_regular")));
    CPPUNIT_ASSERT_EQUAL(std::string("AT_END AFTER_CRASH"), looks(breaks("fsync_means_on_disk")));
  }

  void what_no_program_sees_is_refused() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("lock_order: a program does not see in which order locks are taken"),
        oracle_refusal([] { (void)looks(breaks("lock_order")); }));
    CPPUNIT_ASSERT_EQUAL(
        std::string("nobody knows how a program sees the claim mine: it is not in oracles.json"),
        oracle_refusal([] { (void)looks(breaks("mine")); }));
  }

  void of_claims_that_hold_what_can_be_seen() {
    report::SavedTrace runs = breaks("reach");
    runs.reach = "done(a)";
    CPPUNIT_ASSERT_EQUAL(std::string("AT_END AT_READS"),
                         looks(runs, {"lock_order", "reads_are_regular", "no_lost_write", "mine"}));
    CPPUNIT_ASSERT_EQUAL(std::string("AT_END"), looks(runs, {"lock_order"}));
  }

  void what_is_another_s_is_secret() {
    report::SavedTrace trace = breaks("no_lost_write");
    CPPUNIT_ASSERT(!is_secret(trace, oracles()));
    trace.broken = {{"folio[0].data[1]", "zeroes"}};
    CPPUNIT_ASSERT(!is_secret(trace, oracles()));
    trace.broken = {{"read[R].got[0]", "another file's"}};
    CPPUNIT_ASSERT(is_secret(trace, oracles()));
    trace.broken = {{"folio[0].data[1]", "garbage"}};
    CPPUNIT_ASSERT(is_secret(trace, oracles()));
    trace.broken.clear();
    trace.processes = {{"writer0", "buffered_write", {{"short_copies", 1}}}};
    CPPUNIT_ASSERT(is_secret(trace, oracles()));
    for (const char* claim : {"no_foreign_data",
                              "no_foreign_data_after_a_crash",
                              "writes_own_block",
                              "clone_keeps_its_data"})
      CPPUNIT_ASSERT_MESSAGE(claim, is_secret(breaks(claim), oracles()));
  }

  void refuses_what_is_no_oracle() {
    const auto read = [](const std::string& text) {
      return oracle_refusal([&] { (void)read_oracles("o.json", text); });
    };
    CPPUNIT_ASSERT_EQUAL(std::string("o.json: c: just one of looks, unseen and secret is needed"),
                         read(R"({"c": {}})"));
    CPPUNIT_ASSERT_EQUAL(std::string("o.json: c: just one of looks, unseen and secret is needed"),
                         read(R"({"c": {"looks": ["AT_END"], "secret": true}})"));
    CPPUNIT_ASSERT_EQUAL(std::string("o.json: c: unknown key \"look\""),
                         read(R"({"c": {"look": ["AT_END"]}})"));
    CPPUNIT_ASSERT(read("{").starts_with("o.json:1:"));
    CPPUNIT_ASSERT(read(R"({"c": {"secret": 1}})").starts_with("o.json: "));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OracleTest);

} // namespace
} // namespace stalemate::reproduce
