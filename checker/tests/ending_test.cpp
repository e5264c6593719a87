#include "checker/audit/ending.hpp"

#include "checker/program/program.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

using namespace stalemate;
using namespace stalemate::build;

class EndingTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(EndingTest);
  CPPUNIT_TEST(who_only_waits_a_while_is_not_stranded);
  CPPUNIT_TEST(who_has_a_way_out_is_not_stuck);
  CPPUNIT_TEST(what_a_search_finds_is_proved);
  CPPUNIT_TEST(a_limit_leaves_it_open);
  CPPUNIT_TEST(a_check_that_fails_leads_nowhere);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// One waits for a flag that the other sets in two steps, or, without these, never.
  void who_only_waits_a_while_is_not_stranded() {
    for (const std::uint64_t plain : {0, 1'000}) {
      CPPUNIT_ASSERT_EQUAL(std::string("refuted: 2 steps later"),
                           proof(waiting(true), stranded(), plain));
      CPPUNIT_ASSERT_EQUAL(std::string("proved: "), proof(waiting(false), stranded(), plain));
    }
  }

  void who_has_a_way_out_is_not_stuck() {
    for (const std::uint64_t plain : {0, 1'000}) {
      CPPUNIT_ASSERT_EQUAL(std::string("refuted: 4 steps later"),
                           proof(waiting(true), stuck(), plain));
      CPPUNIT_ASSERT_EQUAL(std::string("proved: "), proof(waiting(false), stuck(), plain));
    }
  }

  void what_a_search_finds_is_proved() {
    int strandings = 0;
    for (std::uint64_t seed = 1; seed <= tests::amount(2000, 20'000); ++seed) {
      const ir::Model model =
          seed % 2 == 0 ? tests::random_live_model(seed) : tests::random_model(seed);
      Limits limits;
      limits.states_max = 20'000;
      Observer nobody;
      const Result result = explore(compile(model), limits, nobody);
      if (result.stranded.empty() && result.verdict != Verdict::stuck) continue;
      ++strandings;
      (void)replay(model, result);
      for (const std::uint64_t plain : {0, 20'000})
        CPPUNIT_ASSERT_EQUAL_MESSAGE(
            fmt::format("seed {}", seed), std::string("proved: "), proof(model, result, plain));
    }
    CPPUNIT_ASSERT(strandings > 10);
  }

  void a_limit_leaves_it_open() {
    Limits limits;
    limits.states_max = 1;
    Observer nobody;
    const Proof open = prove_ending(waiting(true), stuck(), limits, nobody);
    CPPUNIT_ASSERT(open.outcome == Proof::Outcome::open);
    CPPUNIT_ASSERT_EQUAL(std::string("the limit of 1 states is reached"), open.text);
  }

  /// Behind a step that breaks a claim there is nothing, so nobody is helped by it.
  void a_check_that_fails_leads_nowhere() {
    Model m({"waiter", "helper"});
    const Place ready = m.flag("ready");
    const Claim claim = m.assertion("never", "nobody helps");
    m.process("waiter", "wait", [&](Path& p) {
      const auto f = p.function("wait", "f.c");
      p.step("wait", always().wait(ready, "it to be ready"));
    });
    m.process("helper", "help", [&](Path& p) {
      const auto f = p.function("help", "f.c");
      p.step("help", always().check(claim, false, "it does").then(ready = true));
    });
    m.no_deadlock();
    for (const std::uint64_t plain : {0, 1'000})
      CPPUNIT_ASSERT_EQUAL(std::string("proved: "), proof(m.finish(), stranded(), plain));
  }

 private:
  static ir::Model waiting(bool is_helped) {
    Model m({"waiter", "helper"});
    const Place ready = m.flag("ready");
    m.process("waiter", "wait", [&](Path& p) {
      const auto f = p.function("wait", "f.c");
      p.step("wait", always().wait(ready, "it to be ready"));
      p.step("go on", always());
    });
    m.process("helper", "help", [&](Path& p) {
      const auto f = p.function("help", "f.c");
      p.step("come", always());
      p.step("help", is_helped ? then(ready = true) : then(ready = false));
    });
    m.no_deadlock();
    m.can_finish();
    return m.finish();
  }

  /// The waiter, from the first state on.
  static Result stranded() {
    Result result;
    result.verdict = Verdict::deadlock;
    result.property = 0;
    result.stranded = {0};
    return result;
  }
  static Result stuck() {
    Result result;
    result.verdict = Verdict::stuck;
    result.property = 1;
    return result;
  }

  static std::string proof(const ir::Model& model, const Result& result, std::uint64_t plain) {
    Observer nobody;
    const Proof proof = prove_ending(model, result, {}, nobody, plain);
    const char* word = proof.outcome == Proof::Outcome::proved    ? "proved"
                       : proof.outcome == Proof::Outcome::refuted ? "refuted"
                                                                  : "open";
    return fmt::format("{}: {}", word, proof.text);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(EndingTest);
