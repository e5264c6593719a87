#include "reports/matrix.hpp"

#include "reports/matrix_html.hpp"
#include "reports/matrix_json.hpp"
#include "reports/matrix_text.hpp"
#include "reports/tests/golden.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>
#include <string>
#include <utility>
#include <vector>

using namespace stalemate;
using namespace stalemate::report::tests;
using report::Matrix;
using report::MatrixCell;
using report::MatrixRow;

class MatrixTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MatrixTest);
  CPPUNIT_TEST(says_when_something_came_and_went);
  CPPUNIT_TEST(says_no_more_than_the_columns_tell);
  CPPUNIT_TEST(what_is_not_known_is_never_holds);
  CPPUNIT_TEST(a_warning_is_no_harm);
  CPPUNIT_TEST(names_the_claims_that_break);
  CPPUNIT_TEST(compares_with_what_was_said);
  CPPUNIT_TEST(sums_up_a_file);
  CPPUNIT_TEST(aligns_its_columns);
  CPPUNIT_TEST(writes_markdown);
  CPPUNIT_TEST(writes_the_object_that_scripts_read);
  CPPUNIT_TEST(writes_a_page);
  CPPUNIT_TEST(what_a_scenario_says_is_no_markup);
  CPPUNIT_TEST_SUITE_END();

  /// A letter for each version: - holds, V violated, D deadlock, w latent, ? incomplete, n no
  /// sense.
  static MatrixRow row(const std::string& letters) {
    MatrixRow row;
    row.scenario = "R1";
    row.variant = "none";
    row.variants = {"none"};
    row.title = "Write against reclaim";
    row.file = "scenarios/R1.json";
    for (const char letter : letters) {
      MatrixCell cell;
      if (letter == '-') cell.verdict = Verdict::holds;
      if (letter == 'V') cell = {Verdict::violated, "no_lost_write", ""};
      if (letter == 'D') cell.verdict = Verdict::deadlock;
      if (letter == 'w') cell = {Verdict::latent, "fresh_mapping", ""};
      if (letter == '?') cell = {Verdict::incomplete, "", "10 states are the limit"};
      if (letter == 'n') cell.reason = "there is no batch";
      row.cells.push_back(cell);
    }
    return row;
  }

  /// Of five versions, which columns are given by their ranks.
  static Matrix matrix(const std::vector<std::size_t>& ranks = {0, 1, 2, 3, 4}) {
    Matrix matrix;
    matrix.versions = 5;
    for (const std::size_t rank : ranks)
      matrix.columns.push_back(
          {"v" + std::to_string(rank), "release " + std::to_string(rank), rank});
    return matrix;
  }

  static std::string summary(const std::string& letters) {
    return summary_of(matrix(), row(letters));
  }
  static std::string summary(const std::vector<std::size_t>& ranks, const std::string& letters) {
    return summary_of(matrix(ranks), row(letters));
  }
  static void same(const std::string& expected, const std::string& actual) {
    CPPUNIT_ASSERT_EQUAL(expected, actual);
  }

  static Matrix example() {
    Matrix all = matrix();
    all.files = {"scenarios/R1.json", "scenarios/R2.json"};
    all.left_out = 3;
    MatrixRow broken = row("--V--");
    broken.statements = {{"none", {"v2"}}};
    broken.variants = {"none", "none-too"};
    MatrixRow wrong = row("VVD-?");
    wrong.variant =
        "a-name-that-is-much-longer-than-what-a-table-of-a-hundred-columns-has-room-for";
    wrong.statements = {{"long", {"v0", "v3"}}};
    MatrixRow plain = row("wwn--");
    plain.variant = "";
    plain.scenario = "R2";
    plain.title = "The same, harmless";
    plain.file = "scenarios/R2.json";
    MatrixRow sound = plain;
    sound.variant = "sound";
    sound.cells = row("-----").cells;
    sound.is_one_model = true;
    all.rows = {broken, wrong, plain, sound};
    return all;
  }

 public:
  void says_when_something_came_and_went() {
    same("holds in all", summary("-----"));
    same("violated in all", summary("VVVVV"));
    same("deadlock in all", summary("DDDDD"));
    same("broken in all", summary("VVVVD"));
    same("v2 only", summary("--V--"));
    same("up to v0, fixed in v1", summary("V----"));
    same("up to v2, fixed in v3", summary("VVV--"));
    same("since v4", summary("----V"));
    same("since v1", summary("-VVVV"));
    same("v1 to v3, fixed in v4", summary("-VVV-"));
    same("up to v0, v2 to v3", summary("V-VV-"));
    same("up to v0, since v3", summary("V--VV"));
  }

  void says_no_more_than_the_columns_tell() {
    same("v1, fixed in v2", summary({1, 2}, "V-"));
    same("up to v0, gone in v3", summary({0, 3, 4}, "V--"));
    same("since v4 or before", summary({0, 2, 4}, "--V"));
    same("v2 to v3", summary({1, 2, 3}, "-VV"));
    same("violated in all", summary({1, 2}, "VV"));
    same("holds in all", summary({3}, "-"));
  }

  void what_is_not_known_is_never_holds() {
    same("incomplete in all", summary("?????"));
    same("holds in v0, v1, v2, v3; incomplete in v4", summary("----?"));
    same("n/a in all", summary("nnnnn"));
    same("since v2; n/a in v0", summary("n-VVV"));
    same("violated in v2, v3, v4; n/a in v0, v1", summary("nnVVV"));
    same("up to v1, gone in v3; incomplete in v2", summary("VV?--"));
  }

  void a_warning_is_no_harm() {
    same("latent in all", summary("wwwww"));
    same("latent since v3", summary("---ww"));
    same("v2 only", summary("wwVww"));
  }

  void names_the_claims_that_break() {
    same("", broken_claims(matrix(), row("--n?-")));
    same("no_lost_write", broken_claims(matrix(), row("-VV--")));
    same("fresh_mapping (latent)", broken_claims(matrix(), row("ww---")));
    same("v0, v2: no_lost_write; v1: deadlock; v4: fresh_mapping (latent)",
         broken_claims(matrix(), row("VDV-w")));
  }

  void compares_with_what_was_said() {
    const auto reasons = [](const std::string& letters, const std::vector<std::string>& said) {
      MatrixRow one = row(letters);
      one.statements = {{"none", said}};
      const auto all = disagreements(matrix(), one);
      return all.empty() ? std::string() : all.front();
    };
    CPPUNIT_ASSERT(disagreements(matrix(), row("VVVVV")).empty());
    same("", reasons("--V--", {"v2"}));
    same("", reasons("--V?n", {"v2"}));
    same("", reasons("-----", {}));
    same("", reasons("--V--", {"v2", "v9"})); // no column
    same("none says that no version is affected, but v2 violates no_lost_write",
         reasons("--V--", {}));
    same("none says that v1, v2 are affected, but v1 holds, v4 ends in deadlock",
         reasons("--V-D", {"v1", "v2"}));
    same("none says that v3 is affected, but v3 cannot be asked", reasons("---n-", {"v3"}));
    same("none says that v3 is affected, but v3 only warns of fresh_mapping",
         reasons("---w-", {"v3"}));
  }

  void sums_up_a_file() {
    const auto affected = [](const std::vector<std::string>& rows) {
      Matrix all = matrix();
      for (const std::string& letters : rows)
        all.rows.push_back(row(letters));
      return affected_versions(all, "scenarios/R1.json");
    };
    same("-", affected({}));
    same("none", affected({"--w-n"}));
    same("all", affected({"VVV--", "--VVV"}));
    same("v2", affected({"-----", "--V--"}));
    same("up to v1", affected({"V----", "-D---"}));
    same("since v3", affected({"---VV"}));
    same("v1 to v2", affected({"-VV--"}));
    same("up to v0, v2, since v4", affected({"V-V-V"}));
    same("?", affected({"VV-?-"}));
  }

  void aligns_its_columns() {
    const std::string text =
        written([](std::ostream& out) { report::write_matrix_text(example(), false, out); });
    assert_golden("matrix.txt", text);
    CPPUNIT_ASSERT(widest(text) <= 100);
    const std::string coloured =
        written([](std::ostream& out) { report::write_matrix_text(example(), true, out); });
    CPPUNIT_ASSERT(coloured.find("\033[1;31m  BUG\033[0m") != std::string::npos);
  }

  void writes_markdown() {
    assert_golden("matrix.md", written([](std::ostream& out) {
                    report::write_matrix_markdown(example(), out);
                  }));
  }

  void writes_the_object_that_scripts_read() {
    assert_golden("matrix.json",
                  written([](std::ostream& out) { report::write_matrix_json(example(), out); }));
  }

  void writes_a_page() {
    const std::string page =
        written([](std::ostream& out) { report::write_matrix_html(example(), out); });
    assert_golden("matrix.html", page);
    CPPUNIT_ASSERT(page.find("://") == std::string::npos); // nothing is fetched
    CPPUNIT_ASSERT(page.find("<script") == std::string::npos);
  }

  void what_a_scenario_says_is_no_markup() {
    Matrix all = example();
    all.rows.resize(1);
    all.rows[0].title = "a|b <script>*c* \"d\" & `e`\033[31m";
    all.rows[0].cells[2].property = "<b>|";
    all.rows[0].statements = {{"<i>", {}}};
    const std::string page =
        written([&](std::ostream& out) { report::write_matrix_html(all, out); });
    for (const char* markup : {"<script", "<b>", "<i>", "\"d\"", "\033"})
      CPPUNIT_ASSERT_MESSAGE(markup, page.find(markup) == std::string::npos);
    const std::string table =
        written([&](std::ostream& out) { report::write_matrix_markdown(all, out); });
    CPPUNIT_ASSERT(table.find("a\\|b &lt;script&gt;\\*c\\* \"d\" &amp; \\`e\\`") !=
                   std::string::npos);
    CPPUNIT_ASSERT(table.find("&lt;b&gt;\\|") != std::string::npos);
    CPPUNIT_ASSERT(table.find('\033') == std::string::npos);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MatrixTest);
