#include "checker/audit/spin.hpp"

#include "checker/search/explore.hpp"
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

class SpinTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SpinTest);
  CPPUNIT_TEST(agrees_on_neutral_models);
  CPPUNIT_TEST(agrees_on_random_models);
  CPPUNIT_TEST(agrees_on_a_deadlock_that_hides_at_an_idle_step);
  CPPUNIT_TEST(a_verifier_that_did_not_finish_has_no_opinion);
  CPPUNIT_TEST_SUITE_END();

 public:
  void setUp() override {
    tests::require_program("spin");
    tests::require_program("tcc");
  }

  void agrees_on_neutral_models() {
    check(tests::one_of_everything());
    for (const auto announces : {Announces::interest, Announces::turn})
      check(tests::peterson(announces));
    for (const auto manners : {Manners::left_first, Manners::last_is_odd})
      for (int count = 2; count <= 8; ++count) // 6560 states
        check(tests::philosophers(count, manners));
  }

  void agrees_on_random_models() {
    std::uint64_t compared = 0;
    const std::uint64_t wanted = tests::is_agree() ? 1000 : tests::amount(60, 10'000);
    for (std::uint64_t seed = 1; compared < wanted; ++seed) {
      const ir::Model model = tests::random_model(seed);
      if (!tests::is_small(model, 5000)) continue;
      check(model);
      ++compared;
    }
  }

  /// A daemon that has work, but waits for a lock that its owner took away with him, may not rest;
  /// without work it may. Spin's own end states do not tell these apart.
  void agrees_on_a_deadlock_that_hides_at_an_idle_step() {
    for (const bool has_work : {true, false}) {
      build::Model m({"owner", "daemon"});
      const auto work = m.flag("work", has_work);
      const auto lock = m.lock("lock");
      m.process("owner", "owner", [&](build::Path& p) {
        const auto f = p.function("f", "");
        p.step("take the lock", take(lock));
      });
      m.process("daemon", "daemon", [&](build::Path& p) {
        const auto f = p.function("f", "");
        p.step(build::idle("work"), build::when(work && lock.holder != 2).take(lock));
      });
      m.no_deadlock();
      const ir::Model model = m.finish();
      CPPUNIT_ASSERT(explore(compile(model)).verdict ==
                     (has_work ? Verdict::deadlock : Verdict::holds));
      check(model);
    }
  }

  void a_verifier_that_did_not_finish_has_no_opinion() {
    const ir::Model model = tests::one_of_everything();
    CPPUNIT_ASSERT(!read_pan(model, "").failure.empty());
    CPPUNIT_ASSERT(
        !read_pan(model, "error: max search depth too small\n errors: 0\n").failure.empty());
    CPPUNIT_ASSERT(!read_pan(model, "pan: out of memory\n errors: 0\n").failure.empty());
    CPPUNIT_ASSERT(
        !read_pan(model, "pan:1: block in d_step seq (at depth 2)\n errors: 1\n").failure.empty());
    CPPUNIT_ASSERT(read_pan(model, "errors: 0\n 7 states, stored\n").failure.empty());
  }

 private:
  static void check(const ir::Model& model) {
    CPPUNIT_ASSERT_EQUAL_MESSAGE(
        model.name, std::string(), tests::explained_disagreement(model, tests::spin_of_small));
    tests::count_figure("models_spin");
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SpinTest);
