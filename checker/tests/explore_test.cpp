#include "checker/search/explore.hpp"

#include "checker/audit/reference.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

namespace stalemate {

class ExploreTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ExploreTest);
  CPPUNIT_TEST(agrees_with_the_plain_checker_on_random_models);
  CPPUNIT_TEST_SUITE_END();

 public:
  void agrees_with_the_plain_checker_on_random_models() {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
      const ir::Model model = tests::random_model(seed);
      const Result plain = explore_plainly(model, 1500);
      if (plain.verdict == Verdict::incomplete) continue;
      const Result result = explore(compile(model));
      CPPUNIT_ASSERT_EQUAL(summary(seed, plain), summary(seed, result));
    }
  }

 private:
  static std::string summary(std::uint64_t seed, const Result& result) {
    std::string text = fmt::format("seed {}: {}, property {}, part {}, {} steps, {}",
                                   seed,
                                   word(result.verdict),
                                   result.property,
                                   result.part,
                                   result.schedule.size(),
                                   result.reason);
    if (result.verdict == Verdict::holds)
      text += fmt::format("; {} states, {} transitions, depth {}",
                          result.counts.states,
                          result.counts.transitions,
                          result.counts.depth);
    return text;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ExploreTest);

} // namespace stalemate
