// What is kept of a state, on the scenarios that come with the program: the result does not depend
// on it, but for what hashes cannot tell.

#include "checker/search/explore.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/figures.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/build_model.hpp"
#include "model/tests/library.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

namespace stalemate::kernel {
namespace {

class StoredLibraryTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(StoredLibraryTest);
  CPPUNIT_TEST(results_are_those_of_whole_states);
  CPPUNIT_TEST_SUITE_END();

 public:
  void results_are_those_of_whole_states() {
    int number = 0;
    int folded = 0;
    int held = 0;
    int refused = 0;
    for (const ScenarioFile& file : library()) {
      for (const Scenario& scenario : file.scenarios()) {
        if (lockless::is_for_relacy(scenario)) continue;
        if (number++ % (tests::is_soak() ? 1 : 3) != 0) continue;
        const ir::Model model = ir::without_warnings(build_model(scenario));
        const Program program = compile(model);
        const Result exact = explored(program, Storage::exact);
        if (exact.verdict == Verdict::incomplete) continue;
        const Result tree = explored(program, Storage::tree);
        compare(model.name, exact, tree);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(model.name, 0.0, tree.omission);
        folded += Folding::gains(program.layout) ? 1 : 0;

        const Result compact = explored(program, Storage::compact);
        if (compact.verdict == Verdict::incomplete) {
          const bool is_live = std::ranges::any_of(model.properties, [](const ir::Property& one) {
            return ir::is_about_runs(one.kind);
          });
          CPPUNIT_ASSERT_MESSAGE(model.name, is_live || !exact.stranded.empty());
          ++refused;
          continue;
        }
        compare(model.name, exact, compact);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(
            model.name, exact.verdict == Verdict::holds, compact.omission > 0);
        held += compact.omission > 0 ? 1 : 0;
      }
    }
    const std::string counts = fmt::format("{}, {}, {}", folded, held, refused);
    CPPUNIT_ASSERT_MESSAGE(counts, folded > 20 && held > 20 && refused > 4);
  }

 private:
  static Result explored(const Program& program, Storage storage) {
    Limits limits;
    limits.states_max = 6'000;
    limits.storage = storage;
    Observer nobody;
    return explore(program, limits, nobody);
  }

  static std::string text(const Result& result) {
    return fmt::format("{}: {} states, {} transitions, depth {}",
                       word(result.verdict),
                       result.counts.states,
                       result.counts.transitions,
                       result.counts.depth);
  }

  static void compare(const std::string& name, const Result& exact, const Result& other) {
    CPPUNIT_ASSERT_EQUAL_MESSAGE(name, text(exact), text(other));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(name, exact.property, other.property);
    CPPUNIT_ASSERT_MESSAGE(name, exact.schedule == other.schedule);
    CPPUNIT_ASSERT_MESSAGE(name, exact.loop == other.loop);
    CPPUNIT_ASSERT_MESSAGE(name, exact.stranded == other.stranded);
    CPPUNIT_ASSERT_MESSAGE(name, exact.coverage.fired == other.coverage.fired);
    tests::count_figure("cross_product_scenarios");
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StoredLibraryTest);

} // namespace
} // namespace stalemate::kernel
