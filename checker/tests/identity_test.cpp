#include "checker/ir/identity.hpp"

#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <set>
#include <string>

using namespace stalemate;
using namespace stalemate::tests;

class IdentityTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(IdentityTest);
  CPPUNIT_TEST(different_models_have_different_ones);
  CPPUNIT_TEST(names_of_the_model_and_places_in_its_source_do_not_count);
  CPPUNIT_TEST(every_part_of_a_step_counts);
  CPPUNIT_TEST_SUITE_END();

 public:
  void different_models_have_different_ones() {
    std::set<std::uint64_t> seen;
    for (unsigned seed = 0; seed < 500; ++seed)
      seen.insert(ir::identity(random_model(seed)));
    CPPUNIT_ASSERT(seen.size() > 490); // some seeds make the same small model
  }

  void names_of_the_model_and_places_in_its_source_do_not_count() {
    ir::Model model = random_model(7);
    const auto before = ir::identity(model);
    model.name = "another";
    model.processes[0].steps[0].file = "elsewhere.cpp";
    model.processes[0].steps[0].line += 100;
    CPPUNIT_ASSERT_EQUAL(before, ir::identity(model));
  }

  void every_part_of_a_step_counts() {
    const ir::Model model = random_model(7);
    const auto differs = [&](auto change) {
      ir::Model changed = model;
      change(changed.processes[0].steps[0]);
      return ir::identity(changed) != ir::identity(model);
    };
    CPPUNIT_ASSERT(differs([](ir::Step& s) { s.phrase += "!"; }));
    CPPUNIT_ASSERT(differs([](ir::Step& s) { s.idle = !s.idle; }));
    CPPUNIT_ASSERT(differs([](ir::Step& s) { s.fairness = ir::Fairness::strong; }));
    CPPUNIT_ASSERT(differs([](ir::Step& s) { s.alternatives[0].note += "!"; }));
    CPPUNIT_ASSERT(differs([](ir::Step& s) { s.alternatives[0].next += 1; }));
    CPPUNIT_ASSERT(differs([](ir::Step& s) { s.alternatives[0].guard = ir::constant(5); }));
    CPPUNIT_ASSERT(differs([](ir::Step& s) { s.alternatives.push_back(s.alternatives[0]); }));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IdentityTest);
