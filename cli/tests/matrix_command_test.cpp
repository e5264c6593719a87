#include "checker/tests/amount.hpp"
#include "cli/tests/program.hpp"
#include "lockless/interface.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using nlohmann::json;

json matrix_of(std::vector<std::string> words) {
  words.insert(words.begin(), "matrix");
  words.insert(words.end(), {"--format", "json"});
  const Outcome outcome = run(words);
  CPPUNIT_ASSERT_EQUAL(std::string(), outcome.err);
  return json::parse(outcome.out);
}

/// "R16#grow": "v6.18 only"
std::map<std::string, std::string> summaries(const json& matrix) {
  std::map<std::string, std::string> result;
  for (const json& row : matrix["rows"])
    result[row["scenario"].get<std::string>() +
           (row["variant"].is_null() ? "" : "#" + row["variant"].get<std::string>())] =
        row["summary"];
  return result;
}

class MatrixCommandTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MatrixCommandTest);
  CPPUNIT_TEST(variants_of_versions_are_one_row);
  CPPUNIT_TEST(a_race_that_a_commit_closed_is_told);
  CPPUNIT_TEST(kernels_that_nobody_released_are_no_rows);
  CPPUNIT_TEST(columns_can_be_chosen);
  CPPUNIT_TEST(unknown_versions_have_suggestions);
  CPPUNIT_TEST(what_a_version_lacks_cannot_be_asked_of_it);
  CPPUNIT_TEST(what_is_said_is_compared);
  CPPUNIT_TEST(a_search_without_end_is_no_answer);
  CPPUNIT_TEST(what_is_only_probable_is_refused);
  CPPUNIT_TEST(two_runs_print_the_same_matrix);
  CPPUNIT_TEST(the_list_of_scenarios_says_which_versions_have_the_race);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;

  /// R16 as it begins, with something in place of what it says about versions.
  [[nodiscard]] std::string r16_with(const std::string& statement) const {
    const std::string text = read(STALEMATE_SOURCE_DIR "/scenarios/iomap/R16-hole-under-copy.json");
    const std::string said = "\"affects\": [\"v6.18\"],";
    CPPUNIT_ASSERT(text.find(said) != std::string::npos);
    return folder_.add("r16.json", replaced(text, said, statement));
  }

 public:
  void variants_of_versions_are_one_row() {
    const Outcome outcome = run({"matrix", "R16"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.out, 0, outcome.status);
    assert_golden("matrix_r16.txt", outcome.out);

    const json matrix = matrix_of({"R16"});
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, matrix["rows"].size());
    const json& row = matrix["rows"][0];
    // The last has a check that no version has, which the version decides here.
    CPPUNIT_ASSERT_EQUAL(std::size_t{6}, row["variants"].size());
    CPPUNIT_ASSERT(row["affected"] == json({"v6.18"}));
    CPPUNIT_ASSERT(row["affects"] == json({"v6.18"}));
    CPPUNIT_ASSERT(row["ok"] == true);
    CPPUNIT_ASSERT(row["same_model"] == false);
    CPPUNIT_ASSERT(
        row["cells"][3] ==
        json({{"column", "v6.18"}, {"verdict", "violated"}, {"property", "no_lost_write"}}));
    CPPUNIT_ASSERT_EQUAL(0, matrix["summary"]["left_out"].get<int>());
    CPPUNIT_ASSERT(matrix["files"][0]["affected"] == "v6.18");
  }

  void a_race_that_a_commit_closed_is_told() {
    const auto rows = summaries(matrix_of({"R12"}));
    CPPUNIT_ASSERT_EQUAL(std::string("up to v6.6, fixed in v6.12"), rows.at("R12#size-trimmed"));
  }

  void kernels_that_nobody_released_are_no_rows() {
    // Edits, and paths that the scenarios bring along.
    for (const std::string own : {"K01", "K09"}) {
      const json edited = matrix_of({own});
      CPPUNIT_ASSERT_MESSAGE(own, edited["rows"].empty());
      CPPUNIT_ASSERT(edited["files"][0]["affected"] == "-");
    }
    // Proposals for swap, and bios as every release writes them.
    const json swap = matrix_of({"S0"});
    CPPUNIT_ASSERT(swap["summary"]["left_out"].get<int>() > 0);
    const auto rows = summaries(swap);
    CPPUNIT_ASSERT(!rows.empty());
    for (const auto& [name, summary] : rows)
      CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::string("holds in all"), summary);
    // A filesystem is no change of the kernel.
    CPPUNIT_ASSERT(!matrix_of({"R9"})["rows"].empty());
  }

  void columns_can_be_chosen() {
    const json matrix = matrix_of({"R16", "--kernels", "v7.0,v6.18"});
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, matrix["columns"].size());
    CPPUNIT_ASSERT(matrix["columns"][0]["name"] == "v6.18");
    for (const auto& [name, summary] : summaries(matrix))
      CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::string("v6.18, fixed in v7.0"), summary);
  }

  void unknown_versions_have_suggestions() {
    const Outcome option = run({"matrix", "R16", "--kernels", "v6.6,v6.13"});
    CPPUNIT_ASSERT_EQUAL(2, option.status);
    CPPUNIT_ASSERT_EQUAL(std::string("stalemate: --kernels: unknown version \"v6.13\"; known: "
                                     "v6.1, v6.6, v6.12, v6.18, v7.0, v7.1; try --help\n"),
                         option.err);
    const std::string path = r16_with("\"affects\": [\"v6.1\", \"6.18\"],");
    const Outcome file = run({"check", path});
    CPPUNIT_ASSERT_EQUAL(2, file.status);
    CPPUNIT_ASSERT_EQUAL(path + ":7:23: /affects/1: unknown version \"6.18\"; known: v6.1, v6.6, "
                                "v6.12, v6.18, v7.0, v7.1\n",
                         file.err);
    CPPUNIT_ASSERT(
        run({"check", r16_with("\"affects\": [\"v6.1\", \"v6.1\"],")}).err.find("is given twice") !=
        std::string::npos);
  }

  void what_a_version_lacks_cannot_be_asked_of_it() {
    // Only v7.0 and later have a batch.
    const std::string path = folder_.add("batch.json", R"({
      "id": "B1", "title": "A batch", "source": "a test",
      "file": {"blocks": ["unwritten"],
               "cached": [{"folio": 0, "dirty": true, "data": ["old", "zero"]}]},
      "processes": [{"path": "zero_range", "at": 1, "segments": 1}, {"path": "writeback"}],
      "properties": ["no_lost_write", "one_batch"],
      "claims": {"one_batch": {"at": "__iomap_get_folio: lock the next folio of the batch",
                               "holds": "folio[0].present"}}
    })");
    const Outcome outcome = run({"matrix", path});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.out + outcome.err, 0, outcome.status);
    const json row = matrix_of({path})["rows"][0];
    CPPUNIT_ASSERT(row["cells"][0]["verdict"].is_null());
    CPPUNIT_ASSERT(row["cells"][0]["reason"].get<std::string>().find(
                       "lock the next folio of the batch") != std::string::npos);
    CPPUNIT_ASSERT(row["cells"][5]["verdict"] == "holds");
    CPPUNIT_ASSERT_EQUAL(std::string("holds in v7.0, v7.1; n/a in v6.1, v6.6, v6.12, v6.18"),
                         row["summary"].get<std::string>());
    CPPUNIT_ASSERT(outcome.out.find("v6.1 n/a: ") != std::string::npos);
  }

  void what_is_said_is_compared() {
    const std::string path = r16_with("\"affects\": [\"v6.12\"],");
    const Outcome outcome = run({"matrix", path});
    CPPUNIT_ASSERT_EQUAL(1, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.out,
                           outcome.out.find("    NOT AS EXPECTED: grow-v6.6 says that v6.12 is "
                                            "affected, but v6.12 holds, v6.18 violates") !=
                               std::string::npos);
    CPPUNIT_ASSERT(outcome.out.find("3 not as expected") != std::string::npos);
    const json row = matrix_of({path})["rows"][0];
    CPPUNIT_ASSERT(row["ok"] == false);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, row["reasons"].size());
    // What is said of other versions than those that are looked at stands.
    CPPUNIT_ASSERT_EQUAL(0, run({"matrix", path, "--kernels", "v7.0"}).status);
    CPPUNIT_ASSERT_EQUAL(1, run({"matrix", r16_with("\"affects\": [],")}).status);
    CPPUNIT_ASSERT_EQUAL(0, run({"matrix", r16_with("")}).status);
  }

  void a_search_without_end_is_no_answer() {
    const Outcome outcome = run({"matrix", "R16", "--states-max", "10", "--format", "json"});
    CPPUNIT_ASSERT_EQUAL(3, outcome.status);
    const json matrix = json::parse(outcome.out);
    for (const auto& [name, summary] : summaries(matrix))
      CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::string("incomplete in all"), summary);
    CPPUNIT_ASSERT(matrix["files"][0]["affected"] == "?");
  }

  void what_is_only_probable_is_refused() {
    CPPUNIT_ASSERT_EQUAL(2, run({"matrix", "R16", "--store", "compact"}).status);
  }

  void two_runs_print_the_same_matrix() {
    for (const std::string format : {"text", "markdown", "json", "html"}) {
      const Outcome outcome = run({"matrix", "R16", "R12", "--format", format});
      CPPUNIT_ASSERT_EQUAL(0, outcome.status);
      CPPUNIT_ASSERT_EQUAL(outcome.out, run({"matrix", "R12", "R16", "--format", format}).out);
    }
  }

  // The last column of scenarios/README.md. With STALEMATE_APPROVE=1 it is written; in `./dev soak`
  // it is compared for all scenarios, otherwise for those that take seconds.
  void the_list_of_scenarios_says_which_versions_have_the_race() {
    const bool is_approved = std::getenv("STALEMATE_APPROVE") != nullptr;
    std::vector<std::string> paths{"scenarios/bugs", "R16", "R12", "R10b"};
    if (stalemate::tests::is_soak() || is_approved) {
      paths = {"scenarios/bugs",
               "scenarios/dax",
               "scenarios/deadlock",
               "scenarios/dio",
               "scenarios/iomap",
               "scenarios/swap",
               "scenarios/stable-pages"};
      if (relacy::is_there()) paths.emplace_back("scenarios/lockless");
    }
    std::map<std::string, std::string> affected;
    const json matrix = matrix_of(paths);
    for (const json& file : matrix["files"])
      affected[file["file"].get<std::string>().substr(std::string("scenarios/").size())] =
          file["affected"];

    const std::string path = STALEMATE_SOURCE_DIR "/scenarios/README.md";
    std::istringstream lines(read(path));
    std::string text;
    std::size_t compared = 0;
    for (std::string line; std::getline(lines, line); text += line + "\n") {
      if (!line.starts_with("| [")) continue;
      const std::string file = line.substr(3, line.find(']') - 3);
      if (!affected.contains(file)) continue;
      ++compared;
      const auto last = line.rfind(" | ");
      const std::string said = line.substr(last + 3, line.size() - last - 5);
      if (is_approved)
        line = line.substr(0, last + 3) + affected[file] + " |";
      else
        CPPUNIT_ASSERT_EQUAL_MESSAGE(file, affected[file], said);
    }
    CPPUNIT_ASSERT_EQUAL(affected.size(), compared);
    if (is_approved) std::ofstream(path, std::ios::binary) << text;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MatrixCommandTest);

} // namespace
} // namespace stalemate::cli::tests
