#include "checker/audit/rumur.hpp"

#include "checker/tests/amount.hpp"
#include "checker/tests/export_models.hpp"
#include "checker/tests/figures.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/second_opinions.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace stalemate;
using tests::Announces;
using tests::Manners;

class RumurTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(RumurTest);
  CPPUNIT_TEST(agrees_on_neutral_models);
  CPPUNIT_TEST(agrees_on_random_models);
  CPPUNIT_TEST(a_verifier_that_did_not_finish_has_no_opinion);
  CPPUNIT_TEST_SUITE_END();

 public:
  void setUp() override { tests::require_program("rumur"); }

  void agrees_on_neutral_models() {
    check(tests::one_of_everything());
    check(tests::peterson(Announces::turn));
    check(tests::philosophers(5, Manners::left_first));
    check(tests::philosophers(6, Manners::last_is_odd));
  }

  /// Few, since each is a translation of thousands of lines of C.
  void agrees_on_random_models() {
    std::uint64_t compared = 0;
    const std::uint64_t wanted = tests::is_agree() ? 60 : tests::amount(10, 10'000);
    for (std::uint64_t seed = 1; compared < wanted; ++seed) {
      const ir::Model model = tests::random_model(seed);
      if (!tests::is_small(model, 5000)) continue;
      check(model);
      ++compared;
    }
  }

  void a_verifier_that_did_not_finish_has_no_opinion() {
    const ir::Model model = tests::one_of_everything();
    CPPUNIT_ASSERT(!read_rumur(model, "").failure.empty());
    CPPUNIT_ASSERT(!read_rumur(model, "<summary states=\"1\" rules_fired=\"1\" errors=\"1\"/>")
                        .failure.empty());
    CPPUNIT_ASSERT(read_rumur(model, "<summary states=\"1\" rules_fired=\"1\" errors=\"0\"/>")
                       .failure.empty());
  }

 private:
  static void check(const ir::Model& model) {
    CPPUNIT_ASSERT_EQUAL_MESSAGE(
        model.name, std::string(), tests::explained_disagreement(model, tests::rumur_of_small));
    tests::count_figure("models_rumur");
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RumurTest);
