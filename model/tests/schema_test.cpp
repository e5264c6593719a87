// Editors and validators see only the schema, so it must say what the reader says.

#define VALIJSON_USE_EXCEPTIONS 1

// g++ 12 with sanitizers sees an uninitialised value inside its own <regex>.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include "model/scenario/schema.hpp"

#include "model/scenario/format.hpp"
#include "model/scenario/json_text.hpp"
#include "model/tests/scenario_text.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::kernel {
namespace {

namespace fs = std::filesystem;
using valijson::adapters::NlohmannJsonAdapter;

class SchemaTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SchemaTest);
  CPPUNIT_TEST(the_file_is_current);
  CPPUNIT_TEST(accepts_a_scenario_with_everything);
  CPPUNIT_TEST(accepts_every_scenario);
  CPPUNIT_TEST(refuses_what_the_reader_refuses);
  CPPUNIT_TEST(describes_every_member);
  CPPUNIT_TEST_SUITE_END();

  valijson::Schema schema_;

  [[nodiscard]] bool is_valid(const std::string& text) const {
    const nlohmann::json document = nlohmann::json::parse(text);
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    return validator.validate(schema_, NlohmannJsonAdapter(document), nullptr);
  }

 public:
  void setUp() override {
    const nlohmann::json document = nlohmann::json::parse(scenario_schema());
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(NlohmannJsonAdapter(document), schema_);
  }

  void the_file_is_current() {
    const std::string path = "scenarios/scenario.schema.json";
    CPPUNIT_ASSERT_MESSAGE("./dev schema > " + path,
                           read_text(fs::path(STALEMATE_SOURCE_DIR) / path, json_bytes_max) ==
                               scenario_schema());
  }

  void accepts_a_scenario_with_everything() { CPPUNIT_ASSERT(is_valid(scenario_text)); }

  void accepts_every_scenario() {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(STALEMATE_SOURCE_DIR) / "scenarios")) {
      const std::string path = entry.path().string();
      if (path.ends_with(".json") && !path.ends_with(".schema.json"))
        CPPUNIT_ASSERT_MESSAGE(path, is_valid(read_text(path, json_bytes_max)));
    }
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
        {"\"path\": \"buffered_write\"", "\"path\": \"write\""},
        {"\"path\": \"buffered_write\", ", ""},
        {"\"name\": \"writer\"", "\"nmae\": \"writer\""},
        {"\"no_lost_write\", \"no_deadlock\"", "\"no_deadlock\", \"no_deadlock\""},
        {"\"length\": 9", "\"depth\": 9"},
        {"\"length\": 9", "\"holds\": true"},
        {"\"violated\": \"no_lost_write\"", "\"violated\": \"lost_write\""},
        {"\"violated\": \"no_lost_write\", ", ""},
        {"\"expect\": \"holds\"", "\"expect\": \"fails\""},
        {"\"holds\": true", "\"holds\": false"},
        {"{\"name\": \"none\"}", "{}"},
        {"{\"name\": \"none\"}", "{\"name\": null}"},
        {"{\"name\": \"none\"}", "{\"name\": \"none\", \"id\": \"R2\"}"},
    };
    for (const auto& [what, replacement] : changes) {
      const std::string text = replaced(scenario_text, what, replacement);
      CPPUNIT_ASSERT_MESSAGE(what, text != scenario_text);
      CPPUNIT_ASSERT_MESSAGE(replacement + ": the schema accepts it", !is_valid(text));
      CPPUNIT_ASSERT_MESSAGE(replacement + ": the reader accepts it", !refusal(text).empty());
    }
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
