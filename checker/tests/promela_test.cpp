#include "checker/export/promela.hpp"

#include "checker/tests/export_models.hpp"
#include "checker/tests/golden.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace stalemate;

class PromelaTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(PromelaTest);
  CPPUNIT_TEST(one_of_everything_reads_well);
  CPPUNIT_TEST(is_the_same_every_time);
  CPPUNIT_TEST(refuses_what_others_cannot_count);
  CPPUNIT_TEST_SUITE_END();

 public:
  void one_of_everything_reads_well() {
    tests::assert_golden("one_of_everything.pml", promela(tests::one_of_everything()));
  }

  void is_the_same_every_time() {
    for (std::uint64_t seed = 1; seed <= 50; ++seed)
      CPPUNIT_ASSERT_EQUAL(promela(tests::random_model(seed)), promela(tests::random_model(seed)));
  }

  void refuses_what_others_cannot_count() {
    build::Model m({"p"});
    const auto x = m.var("x", 0, 100'000);
    const auto y = m.var("y", 0, 100'000);
    m.process("p", "path", [&](build::Path& p) {
      const auto f = p.function("f", "");
      p.step("multiply", build::when(x * y < 7));
    });
    CPPUNIT_ASSERT_THROW((void)promela(m.finish()), ir::InvalidModel);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PromelaTest);
