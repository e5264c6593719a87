// Editors and validators see only the schema, so it must say what the reader says.

#include "model/scenario/schema.hpp"

#include "model/scenario/format.hpp"
#include "model/scenario/json_text.hpp"
#include "model/tests/own_scenarios.hpp"
#include "model/tests/scenario_text.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::kernel {
namespace {

namespace fs = std::filesystem;

class SchemaTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SchemaTest);
  CPPUNIT_TEST(the_file_is_current);
  CPPUNIT_TEST(accepts_a_scenario_with_everything);
  CPPUNIT_TEST(accepts_every_scenario);
  CPPUNIT_TEST(refuses_what_the_reader_refuses);
  CPPUNIT_TEST(refuses_what_the_reader_refuses_of_what_is_brought_along);
  CPPUNIT_TEST(describes_every_member);
  CPPUNIT_TEST_SUITE_END();

  // The validator names on stderr what differs.
  static bool are(const std::string& wanted, const std::vector<std::string>& documents) {
    const std::string command = fmt::format("python3 '{0}/model/tests/validate.py' "
                                            "'{0}/scenarios/scenario.schema.json' {1}",
                                            STALEMATE_SOURCE_DIR,
                                            wanted);
    std::FILE* validator = ::popen(command.c_str(), "w");
    CPPUNIT_ASSERT(validator != nullptr);
    const std::string list = fmt::format("[{}]", fmt::join(documents, ",\n"));
    const bool is_sent = std::fwrite(list.data(), 1, list.size(), validator) == list.size();
    return ::pclose(validator) == 0 && is_sent;
  }

 public:
  void the_file_is_current() {
    const std::string path = "scenarios/scenario.schema.json";
    CPPUNIT_ASSERT_MESSAGE("./dev schema > " + path,
                           read_text(fs::path(STALEMATE_SOURCE_DIR) / path, json_bytes_max) ==
                               scenario_schema());
  }

  void accepts_a_scenario_with_everything() {
    CPPUNIT_ASSERT(are("valid",
                       {scenario_text,
                        counting(locked_steps, everything),
                        counting(many_steps, everything),
                        like_another}));
  }

  void accepts_every_scenario() {
    std::vector<std::string> scenarios;
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(STALEMATE_SOURCE_DIR) / "scenarios")) {
      const std::string path = entry.path().string();
      if (path.ends_with(".json") && !path.ends_with(".schema.json"))
        scenarios.push_back(read_text(path, json_bytes_max));
    }
    CPPUNIT_ASSERT(!scenarios.empty());
    CPPUNIT_ASSERT(are("valid", scenarios));
  }

  void refuses_what_the_reader_refuses() {
    const std::vector<std::pair<std::string, std::string>> changes{
        {"\"id\"", "\"ID\""},
        {"\"R1\"", "\"R 1\""},
        {"\"R1\"", "1"},
        {"\"Small enough to read\"", "\"\""},
        {"\"blocks_per_folio\": 1", "\"blocks_per_folio\": 5"},
        {"\"segments_per_block\": 2", "\"segments_per_block\": \"2\""},
        {"[\"unwritten\"", "[\"unwriten\""},
        {"[\"unwritten\", \"mapped\"]", "[]"},
        {"\"folio\": 0, ", ""},
        {"\"size\": 4", "\"size\": null"},
        {"\"iomap_valid\": \"none\"", "\"iomap_valid\": \"nowhere\""},
        {"\"iomap_valid\": \"none\"", "\"iomap_vald\": \"none\""},
        {"\"stable_writes\": false", "\"stable_writes\": 0"},
        {"\"seq_modulus\": 4", "\"seq_modulus\": -1"},
        {"\"path\": \"buffered_write\"", "\"path\": \"a write\""},
        {"\"path\": \"buffered_write\", ", ""},
        {"\"name\": \"writer\"", "\"nmae\": \"writer\""},
        {"\"no_lost_write\", \"no_deadlock\"", "\"no_deadlock\", \"no_deadlock\""},
        {"\"length\": 9", "\"depth\": 9"},
        {"\"length\": 9", "\"holds\": true"},
        {"\"violated\": \"no_lost_write\"", "\"violated\": \"lost write\""},
        {"\"violated\": \"no_lost_write\", ", ""},
        {"\"expect\": \"holds\"", "\"expect\": \"fails\""},
        {"\"holds\": true", "\"holds\": false"},
        {"{\"name\": \"none\"}", "{}"},
        {"{\"name\": \"none\"}", "{\"name\": null}"},
        {"{\"name\": \"none\"}", "{\"name\": \"none\", \"id\": \"R2\"}"},
    };
    refuses(scenario_text, changes);
  }

  void refuses_what_the_reader_refuses_of_what_is_brought_along() {
    const std::vector<std::pair<std::string, std::string>> changes{
        {"\"range\": [0, 2]", "\"range\": [0]"},
        {"\"range\": [0, 2]", "\"range\": [0, 2000000]"},
        {"\"range\": [0, 2]", "\"rnage\": [0, 2]"},
        {"\"lock\"", "\"lokc\""},
        {"\"x\": {", "\"x y\": {"},
        {"\"count\": 2", "\"count\": 0"},
        {"\"initial\": \"new\"", "\"initial\": 1"},
        {"\"ghost\": true", "\"ghost\": 1"},
        {"[\"old\", \"new\"]", "[]"},
        {"\"ways\": [", "\"wyas\": ["},
        {"\"function\": \"inc\", \"phrase\": \"lock\"", "\"phrase\": \"lock\""},
        {"{\"take\": \"mutex\"}", "{\"takes\": \"mutex\"}"},
        {"{\"take\": \"mutex\"}", "{\"take\": []}"},
        {"\"idle\": true", "\"idle\": \"yes\""},
        {"\"fairness\": \"weak\"", "\"fairness\": \"mild\""},
        {"\"retry\": true", "\"retry\": false"},
        {"\"end\": true", "\"end\": \"yes\""},
        {"\"holds\": \"x >= 0\", ", ""},
        {"{\"drop\":", "{\"dorp\":"},
        {"{\"drop\":", "{\"always\": \"inc: lock\", \"drop\":"},
        {"\"merge\": [", "\"merge\": [\"inc: lock\", "},
        {"\"from\": \"inc: read\", \"to\"", "\"to\""},
        {"\"shared\": true", "\"shared\": \"true\""},
        {"{\"unlock\": \"row[0].lock\"}", "{\"unlock\": \"row[0].lock\", \"shared\": true}"},
        {"{\"drop\": \"inc: lock\"}", "\"inc: lock\""},
        {"\"counts\": {\"always\":", "\"counts\": {\"allways\":"},
        {"\"counts\": {\"always\":", "\"counts\": {\"reach\": \"x == 1\", \"always\":"},
        {", \"holds\": \"holder(mutex)", ", \"hold\": \"holder(mutex)"},
        {"\"leads_to\":", "\"leads\":"},
    };
    refuses(counting(many_steps, everything), changes);
  }

  static void refuses(const std::string& document,
                      const std::vector<std::pair<std::string, std::string>>& changes) {
    std::vector<std::string> documents;
    for (const auto& [what, replacement] : changes) {
      const std::string text = replaced(document, what, replacement);
      CPPUNIT_ASSERT_MESSAGE(what, text != document);
      CPPUNIT_ASSERT_MESSAGE(replacement + ": the reader accepts it", !refusal(text).empty());
      documents.push_back(text);
    }
    CPPUNIT_ASSERT(are("invalid", documents));
  }

  void describes_every_member() {
    std::vector<Member> members = scenario_format().members;
    for (std::size_t i = 0; i < members.size(); ++i) {
      CPPUNIT_ASSERT_MESSAGE(members[i].name, !members[i].text.empty());
      CPPUNIT_ASSERT_MESSAGE(members[i].name, !members[i].text.ends_with('.'));
      const std::vector<Member> below = members[i].shape.members;
      members.insert(members.end(), below.begin(), below.end());
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SchemaTest);

} // namespace
} // namespace stalemate::kernel
