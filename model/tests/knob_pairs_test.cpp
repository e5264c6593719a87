// Every two values of two knobs that can meet in one scenario do so here: each row of
// golden/knob_pairs_<section>.txt is a scenario that is built, and every 32nd one is searched, a
// little; where there is time, all of them are. What cannot meet is counted there, with the reason.

#include "checker/search/endless.hpp"
#include "checker/tests/amount.hpp"
#include "model/tests/knob_covering.hpp"
#include "model/tests/knob_pairs.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace stalemate::kernel {
namespace {

class KnobPairsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(KnobPairsTest);
  CPPUNIT_TEST(of_a_file);
  CPPUNIT_TEST(of_memory);
  CPPUNIT_TEST(of_a_dax_file);
  CPPUNIT_TEST(of_an_anonymous_page);
  CPPUNIT_TEST_SUITE_END();

 public:
  void of_a_file() { look_at_all("file"); }
  void of_memory() { look_at_all("memory"); }
  void of_a_dax_file() { look_at_all("dax"); }
  void of_an_anonymous_page() { look_at_all("anon"); }

 private:
  static void look_at_all(const std::string& section) {
    const Subsystem& subsystem = *std::ranges::find(subsystems(), section, &Subsystem::section);
    const std::string path =
        fmt::format("{}/model/tests/golden/knob_pairs_{}.txt", STALEMATE_SOURCE_DIR, section);
    const Bases bases(subsystem);
    if (std::getenv("STALEMATE_APPROVE") != nullptr) approve(path, subsystem, bases);
    const Covering covering = covering_from(text_in(path), subsystem);
    for (std::size_t i = 0; i < covering.rows.size(); ++i)
      look_at(covering.rows[i], bases, i % tests::amount(64, 1) == 0);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(section +
                                     ": pairs that no row has; STALEMATE_APPROVE=1 makes some",
                                 counts(covering.apart),
                                 counts(apart(covering, subsystem)));
  }

  static std::string text_in(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  static void approve(const std::string& path, const Subsystem& subsystem, const Bases& bases) {
    const auto known = covering_from(text_in(path), subsystem).rows;
    const std::string text = text_of(cover(subsystem, bases, known), subsystem);
    std::ofstream(path, std::ios::binary) << text;
  }

  /// It is not refused, and no error of the model; and what reductions find is what there is.
  static void look_at(const Row& row, const Bases& bases, bool is_searched) {
    std::string title = row.base + " " + row.more;
    for (const auto& [knob, value] : row.kernel)
      title += fmt::format(" {}={}", knob, value);
    const auto scenario = bases.scenario_of(row);
    CPPUNIT_ASSERT_MESSAGE(title + ": gone from the library", scenario.has_value());
    const Built model = built(*scenario);
    CPPUNIT_ASSERT_MESSAGE(title + ": " + model.reason, model.model.has_value());
    if (!is_searched) return;
    const Result plain = searched(*model.model, {});
    CPPUNIT_ASSERT_MESSAGE(title + ": " + plain.reason, plain.verdict != Verdict::model_error);
    if (plain.verdict == Verdict::incomplete) return;
    const Result reduced = searched(*model.model, all_reductions);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(title, word(plain.verdict), word(reduced.verdict));
    CPPUNIT_ASSERT_MESSAGE(title, plain.schedule == reduced.schedule);
  }

  static Result searched(const ir::Model& model, const Reductions& reductions) {
    Limits limits;
    limits.states_max = tests::amount(2'000, 200'000);
    Observer nobody;
    return explore_endless(model, reductions, limits, nobody);
  }

  static Apart apart(const Covering& covering, const Subsystem& subsystem) {
    Together together(subsystem);
    for (const Row& row : covering.rows)
      together.add(row);
    const auto& settings = together.settings();
    Apart result;
    for (std::size_t one = 0; one < settings.size(); ++one)
      for (std::size_t other = one + 1; other < settings.size(); ++other)
        if (settings[one].knob != settings[other].knob && !together.have_met(one, other))
          ++result[fmt::format("{}, {}", settings[one].knob->name, settings[other].knob->name)][""];
    return result;
  }

  static std::string counts(const Apart& apart) {
    std::string text;
    for (const auto& [knobs, reasons] : apart) {
      int sum = 0;
      for (const auto& [reason, count] : reasons)
        sum += count;
      text += fmt::format("{}: {}\n", knobs, sum);
    }
    return text;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KnobPairsTest);

} // namespace
} // namespace stalemate::kernel
