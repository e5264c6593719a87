// `check --accept` writes what it found and touches nothing else.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <string>

namespace stalemate::cli::tests {
namespace {

class AcceptTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(AcceptTest);
  CPPUNIT_TEST(what_was_accepted_is_expected);
  CPPUNIT_TEST(every_kind_of_formatting_stays);
  CPPUNIT_TEST(a_file_without_variants_is_one);
  CPPUNIT_TEST(what_differs_is_replaced_and_the_rest_left);
  CPPUNIT_TEST(counts_are_those_of_all_states);
  CPPUNIT_TEST(incomplete_results_are_refused);
  CPPUNIT_TEST(what_is_no_plain_search_of_a_file_is_refused);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;
  const Setting here_{.folder = folder_.path()};
  const std::string race_ = read(STALEMATE_SOURCE_DIR "/cli/tests/data/race.json");

  // The text after `check --accept`, which is green afterwards and writes nothing a second time.
  [[nodiscard]] std::string accepted(const std::string& text) const {
    const std::string path = folder_.add("t.json", text);
    const Outcome outcome = run({"check", "--accept", "t.json"}, here_);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.out + outcome.err, 0, outcome.status);
    const std::string result = read(path);
    const Outcome check = run({"check", "t.json"}, here_);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(check.out + result, 0, check.status);
    CPPUNIT_ASSERT(check.out.find("asked") == std::string::npos);
    CPPUNIT_ASSERT(run({"check", "--accept", "t.json"}, here_).out.starts_with("0 accepted, "));
    CPPUNIT_ASSERT_EQUAL(result, read(path));
    return result;
  }

 public:
  void what_was_accepted_is_expected() {
    folder_.add("t.json", replaced(race_, R"(, "expect": {"violated": "no_lost_write"})", ""));
    const Outcome outcome = run({"check", "--accept", "t.json"}, here_);
    CPPUNIT_ASSERT(outcome.out.starts_with("t.json#broken: accepted: no_lost_write is violated"));
    CPPUNIT_ASSERT(outcome.out.ends_with("1 accepted, 2 as expected before, 0 refused\n"));
    CPPUNIT_ASSERT_EQUAL(0, run({"check", "t.json"}, here_).status);
  }

  void every_kind_of_formatting_stays() {
    // A variant in one line, of a file that has several.
    const std::string open = replaced(race_, R"(, "expect": {"violated": "no_lost_write"})", "");
    const std::string result = accepted(open);
    const std::string start = R"({"name": "broken", "kernel": {"iomap_valid": "none"})";
    CPPUNIT_ASSERT(result.find(start + R"(, "expect": {"violated": "no_lost_write", "length": )") !=
                   std::string::npos);
    const auto end = [](const std::string& text) { return text.substr(text.find("\"sound\"")); };
    CPPUNIT_ASSERT_EQUAL(end(open), end(result));

    // One that takes several lines, with tabs and a blank line, and no comma behind the last.
    const std::string spread = accepted("{\n\t\"id\": \"T\",\n\n\t\"title\": \"t\", \"file\": "
                                        "{ \"blocks\": [\"unwritten\"] },\n\t\"processes\": [{ "
                                        "\"path\": \"buffered_write\" }, {\"path\":\"writeback\"}],"
                                        "\n\t\"variants\": [\n\t\t{\n\t\t\t\"name\": \"a\"\n\t\t},"
                                        "\n\t\t{\n\t\t\t\"name\": \"b\",\n\t\t\t\"properties\": "
                                        "[ \"no_deadlock\" ]\n\t\t}\n\t]\n}\n");
    CPPUNIT_ASSERT(spread.starts_with("{\n\t\"id\": \"T\",\n\n\t\"title\": \"t\", \"file\": "
                                      "{ \"blocks\": [\"unwritten\"] },\n"));
    CPPUNIT_ASSERT(spread.find("\t\t{\n\t\t\t\"name\": \"a\",\n\t\t\t\"expect\": {\n\t\t\t\t"
                               "\"holds\": true,\n\t\t\t\t\"states\": ") != std::string::npos);
    CPPUNIT_ASSERT(spread.find("[ \"no_deadlock\" ],\n\t\t\t\"expect\": {") != std::string::npos);
    CPPUNIT_ASSERT(spread.ends_with("\n\t\t}\n\t]\n}\n"));

    // All in one line, without any blank, behind a byte order mark.
    const std::string line =
        "\xEF\xBB\xBF"
        R"({"id":"T","title":"\u00e9","file":{"blocks":["hole"]},)"
        R"("processes":[{"path":"buffered_write"}],"variants":[{"name":"a"},{"name":"b"}]})";
    const std::string dense = accepted(line);
    CPPUNIT_ASSERT(dense.find('\n') == std::string::npos);
    CPPUNIT_ASSERT(dense.starts_with(line.substr(0, line.find("},{\"name\":\"b\""))));
    CPPUNIT_ASSERT(dense.find(R"({"name":"b", "expect": {"holds": true, )") != std::string::npos);
  }

  void a_file_without_variants_is_one() {
    const std::string result =
        accepted("{\n  \"id\": \"T\",\n  \"title\": \"t\",\n  \"file\": {\"blocks\": [\"hole\"]},\n"
                 "  \"processes\": [\n    {\"path\": \"buffered_write\"}\n  ]\n}");
    CPPUNIT_ASSERT(result.find("\n  ],\n  \"expect\": {\n    \"holds\": true,\n") !=
                   std::string::npos);
    CPPUNIT_ASSERT(result.ends_with("\n  }\n}"));
  }

  void what_differs_is_replaced_and_the_rest_left() {
    const std::string wrong = replaced(
        race_,
        R"({"violated": "no_lost_write"})",
        R"({"violated": "no_lost_write", "length": 1, "through": ["xfs_file_buffered_write: take i_rwsem exclusively"]})");
    const std::string result = accepted(wrong);
    CPPUNIT_ASSERT(result.find("\"length\": 1,") == std::string::npos);
    // The trace still passes it.
    CPPUNIT_ASSERT(result.find("\"through\": [\"xfs_file_buffered_write: take i_rwsem "
                               "exclusively\"]") != std::string::npos);
    const std::string turned =
        accepted(replaced(race_, R"({"deadlock": ["ioend0", "writer0"]})", "\"holds\""));
    CPPUNIT_ASSERT(turned.find(R"("deadlock": ["ioend0", "writer0"])") != std::string::npos ||
                   turned.find("\"deadlock\": [\n") != std::string::npos);
  }

  /// Of a search that is reduced where nobody expects counts, and says so.
  void counts_are_those_of_all_states() {
    using Json = nlohmann::ordered_json;
    Json file =
        Json::parse(read(STALEMATE_SOURCE_DIR "/scenarios/bugs/K01-scan-vs-invalidation.json"));
    file.erase("$schema");
    Json variants = Json::array();
    for (Json& variant : file["variants"])
      if (variant["name"] == "looks-again") variants.push_back(variant);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, variants.size());
    variants[0].erase("expect");
    file["variants"] = variants;
    const std::string text = file.dump(2);
    folder_.add("t.json", text);
    const std::string asked = run({"run", "t.json"}, here_).out;
    CPPUNIT_ASSERT_MESSAGE(asked, asked.find(", reduced\n") != std::string::npos);
    CPPUNIT_ASSERT_MESSAGE(asked, asked.find("  reduced: states that") != std::string::npos);
    const std::string plain = run({"run", "t.json", "--reduce", "none"}, here_).out;
    CPPUNIT_ASSERT_MESSAGE(plain, plain.find("reduced") == std::string::npos);
    CPPUNIT_ASSERT(accepted(text).find("\"states\": 1143545") != std::string::npos);
  }

  void incomplete_results_are_refused() {
    const std::string open = replaced(race_, R"(, "expect": {"violated": "no_lost_write"})", "");
    const std::string path = folder_.add("t.json", open);
    const Outcome outcome = run({"check", "--accept", "t.json", "--states-max", "2"}, here_);
    CPPUNIT_ASSERT_EQUAL(3, outcome.status);
    CPPUNIT_ASSERT(outcome.err.starts_with("stalemate: T1#broken: not accepted: incomplete ("));
    CPPUNIT_ASSERT(outcome.out.ends_with("0 accepted, 0 as expected before, 3 refused\n"));
    CPPUNIT_ASSERT_EQUAL(open, read(path));
  }

  void what_is_no_plain_search_of_a_file_is_refused() {
    folder_.add("t.json", race_);
    for (const std::string option : {"--set=dio_drains=false", "--reduce=all", "--store=compact"}) {
      const Outcome outcome = run({"check", "--accept", "t.json", option}, here_);
      CPPUNIT_ASSERT_EQUAL(2, outcome.status);
      CPPUNIT_ASSERT(outcome.err.find("do not go together") != std::string::npos);
    }
    CPPUNIT_ASSERT_EQUAL(2, run({"check", "--accept", "-"}, {.input = race_}).status);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AcceptTest);

} // namespace
} // namespace stalemate::cli::tests
