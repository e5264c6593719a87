// Every scenario that comes with the program, asked in every way that there is: however many
// threads look, whatever is left out, however states are kept, whether code is interpreted or
// translated. The verdict is the same and its counterexample, and so is every number where nothing
// is left out.

#include "checker/search/explore.hpp"
#include "checker/search/reduced.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/figures.hpp"
#include "checker/tests/same_result.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/cast.hpp"
#include "model/tests/library.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::kernel {
namespace {

/// One way to ask.
struct Way {
  std::string name;
  Reductions reductions;
  Limits limits;
};

/// What may be left out, one by one and all at once; first nothing.
std::vector<std::pair<std::string, Reductions>> reductions() {
  return {{"plain", {}},
          {"dead values", {.dead_values = true}},
          {"ample sets", {.ample_sets = true}},
          {"lone moves", {.lone_moves = true}},
          {"symmetry", {.symmetry = true}},
          {"equality", {.equality = true}},
          {"all reductions", all_reductions}};
}

/// How states are kept, and by how many threads, which only know whole states.
std::vector<std::pair<std::string, Limits>> keepings() {
  std::vector<std::pair<std::string, Limits>> all;
  for (const int threads : {1, 2, 4}) {
    Limits limits;
    limits.threads = threads;
    limits.parallel_min = tests::amount(512, 64);
    limits.is_crew_kept = true;
    all.emplace_back(fmt::format("exact, {} threads", threads), limits);
  }
  for (const auto& [name, storage] :
       {std::pair{"tree", Storage::tree}, std::pair{"compact", Storage::compact}}) {
    Limits limits;
    limits.storage = storage;
    all.emplace_back(name, limits);
  }
  return all;
}

/// The first is the plain search; the others with its reductions come next.
std::vector<Way> ways() {
  std::vector<Way> all;
  for (const auto& [reduction, left_out] : reductions())
    for (auto [keeping, limits] : keepings()) {
      limits.states_max = tests::amount(6'000, 200'000);
      all.push_back({reduction + ", " + keeping, left_out, limits});
    }
  return all;
}

class CrossProductTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(CrossProductTest);
  CPPUNIT_TEST(the_answer_does_not_depend_on_how_one_asks);
  CPPUNIT_TEST_SUITE_END();

  const std::vector<Way> ways_ = ways();
  int answered_ = 0;
  int folded_ = 0;
  int held_ = 0;
  int refused_ = 0;
  int translated_ = 0;

 public:
  void the_answer_does_not_depend_on_how_one_asks() {
    std::uint64_t number = 0;
    for (const ScenarioFile& file : library())
      for (const Scenario& scenario : file.scenarios()) {
        if (lockless::is_for_relacy(scenario)) continue;
        ++number;
        if (number % tests::amount(3, 1) == 0) ask(scenario, number);
      }
    const std::string counts =
        fmt::format("{} answers, {} folded, {} held, {} refused, {} translated",
                    answered_,
                    folded_,
                    held_,
                    refused_,
                    translated_);
    tests::count_figure("cross_product_scenarios", static_cast<std::uint64_t>(answered_));
    CPPUNIT_ASSERT_MESSAGE(counts, answered_ > 1'000 && translated_ >= 4);
    CPPUNIT_ASSERT_MESSAGE(counts, folded_ > 20 && held_ > 20 && refused_ > 4);
  }

 private:
  void ask(const Scenario& scenario, std::uint64_t number) {
    const ir::Model model = ir::without_warnings(build_model(scenario));
    const Result plain = explored(model, ways_.front());
    if (plain.verdict == Verdict::incomplete) return;
    folded_ += Folding::gains(compile(model).layout) ? 1 : 0;
    std::map<std::string, Result> reduced; ///< By what is left out.
    for (const std::size_t which : chosen(number)) {
      const Way& way = ways_[which];
      const Result found = explored(model, way);
      const std::string what = title_of(scenario) + ", " + way.name;
      if (found.verdict == Verdict::incomplete) {
        may_refuse(what, model, way, plain);
        continue;
      }
      ++answered_;
      held_ += way.limits.storage == Storage::compact && found.omission > 0 ? 1 : 0;
      compare(what, way, plain, found);
      // With the same left out it does not matter how states are kept.
      const std::string left_out = way.name.substr(0, way.name.find(','));
      const auto [first, is_first] = reduced.emplace(left_out, found);
      if (!is_first) tests::assert_same(what, first->second, found);
    }
    if (number % tests::amount(150, 1) == 0) ask_translated(scenario, model, plain, number);
  }

  /// A compiler takes seconds for each program: every reduction is tried in the end, each with some
  /// way to keep states.
  void ask_translated(const Scenario& scenario,
                      const ir::Model& model,
                      const Result& plain,
                      std::uint64_t number) {
    const std::size_t keepings_count = keepings().size();
    for (std::size_t i = 0; i < tests::amount(1, reductions().size()); ++i) {
      const std::size_t left_out = (number / 150 + i) % reductions().size();
      Way way = ways_[left_out * keepings_count + (number + i) % keepings_count];
      way.name += ", translated";
      way.limits.translation = Limits::Translation::at_once;
      const std::string what = title_of(scenario) + ", " + way.name;
      const Result found = explored(model, way);
      if (found.verdict == Verdict::incomplete) {
        may_refuse(what, model, way, plain);
        continue;
      }
      compare(what, way, plain, found);
      ++translated_;
    }
  }

  /// All but the plain search; or, where there is no time for that, how states are kept where
  /// nothing is left out, and two more by lot.
  [[nodiscard]] std::vector<std::size_t> chosen(std::uint64_t number) const {
    std::vector<std::size_t> all;
    if (tests::is_soak()) {
      for (std::size_t i = 1; i < ways_.size(); ++i)
        all.push_back(i);
      return all;
    }
    for (std::size_t i = 1; i < keepings().size(); ++i)
      if (ways_[i].limits.storage != Storage::exact) all.push_back(i);
    std::mt19937_64 lots(number);
    for (int i = 0; i < 2; ++i)
      all.push_back(1 + lots() % (ways_.size() - 1));
    return all;
  }

  /// Hashes do not make a graph, nor can they say who can never move again.
  void
  may_refuse(const std::string& what, const ir::Model& model, const Way& way, const Result& plain) {
    CPPUNIT_ASSERT_MESSAGE(what, way.limits.storage == Storage::compact);
    const bool is_live = std::ranges::any_of(
        model.properties, [](const ir::Property& one) { return ir::is_about_runs(one.kind); });
    CPPUNIT_ASSERT_MESSAGE(what, is_live || !plain.stranded.empty());
    ++refused_;
  }

  static void
  compare(const std::string& what, const Way& way, const Result& plain, const Result& found) {
    // An endless counter left its range, which only a search without counters can do without.
    if (plain.verdict == Verdict::model_error && way.reductions.equality) return;
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, word(plain.verdict), word(found.verdict));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, plain.property, found.property);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, plain.schedule.size(), found.schedule.size());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what,
                                 way.limits.storage == Storage::compact &&
                                     plain.verdict == Verdict::holds,
                                 found.omission > 0);
    if (!way.reductions.any()) return tests::assert_same(what, plain, found);
    CPPUNIT_ASSERT_MESSAGE(what, plain.schedule == found.schedule && plain.loop == found.loop);
    CPPUNIT_ASSERT_MESSAGE(what, found.counts.states <= plain.counts.states);
  }

  static Result explored(const ir::Model& model, const Way& way) {
    Observer nobody;
    return explore_reduced(model, way.reductions, way.limits, nobody);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CrossProductTest);

} // namespace
} // namespace stalemate::kernel
