// Numbers that others published: how many states models of the BEEM collection have, what can be
// reached in them, and by how short a way. The plain search finds these numbers, and whatever the
// search leaves out or keeps otherwise, the answers stay.

#include "checker/search/explore.hpp"
#include "checker/search/reduced.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/beem/instances.hpp"
#include "checker/tests/same_result.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::tests {
namespace {

using beem::Instance;

constexpr std::array some_reductions = {std::pair{"dead values", Reductions{.dead_values = true}},
                                        std::pair{"ample sets", Reductions{.ample_sets = true}},
                                        std::pair{"lone moves", Reductions{.lone_moves = true}},
                                        std::pair{"symmetry", Reductions{.symmetry = true}},
                                        std::pair{"equality", Reductions{.equality = true}},
                                        std::pair{"all", all_reductions}};

class BeemTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(BeemTest);
  CPPUNIT_TEST(states_are_as_many_as_published);
  CPPUNIT_TEST(goals_are_reached_as_published);
  CPPUNIT_TEST(nothing_is_lost_however_states_are_kept);
  CPPUNIT_TEST(deadlocks_are_found_whatever_is_left_out);
  CPPUNIT_TEST_SUITE_END();

  std::vector<Instance> instances_;

 public:
  void setUp() override { instances_ = beem::instances(); }

  void states_are_as_many_as_published() {
    std::set<std::string> models;
    for (const Instance& one : instances_) {
      const Result found = explored(one.puzzle.model, {});
      CPPUNIT_ASSERT_EQUAL_MESSAGE(
          one.name + " " + found.reason, word(Verdict::holds), word(found.verdict));
      CPPUNIT_ASSERT_EQUAL_MESSAGE(one.name, one.states, found.counts.states);
      models.insert(one.name.substr(0, one.name.find('.')));
      count_figure("beem");
    }
    CPPUNIT_ASSERT_EQUAL(std::size_t{51}, instances_.size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{25}, models.size());
  }

  void goals_are_reached_as_published() {
    int reached = 0;
    std::uint64_t plain_states = 0;
    std::uint64_t reduced_states = 0;
    for (const Instance& one : instances_) {
      if (one.answer == Instance::Answer::unasked) continue;
      const ir::Model model = avoiding(one.puzzle);
      const Result plain = explored(model, {});
      compare(one, plain);
      reached += one.answer == Instance::Answer::yes ? 1 : 0;
      if (one.states > amount(10'000, Limits::unlimited)) continue;
      for (const auto& [name, reductions] : some_reductions) {
        const Result reduced = explored(model, reductions);
        compare(one, reduced);
        if (one.answer == Instance::Answer::yes) continue;
        plain_states += plain.counts.states;
        reduced_states += reduced.counts.states;
      }
    }
    CPPUNIT_ASSERT_EQUAL(27, reached);
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{} of {} states", reduced_states, plain_states),
                           reduced_states < plain_states / 10 * 9);
  }

  void nothing_is_lost_however_states_are_kept() {
    int compared = 0;
    for (const Instance& one : instances_) {
      if (one.states > amount(10'000, Limits::unlimited)) continue;
      const Program program = compile(one.puzzle.model);
      const Result plain = explored(program, {});
      for (const auto& [name, limits] : ways_to_keep()) {
        Result found = explored(program, limits);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(
            one.name, limits.storage == Storage::compact, found.omission > 0);
        assert_same(fmt::format("{}, {}", one.name, name), plain, found);
        ++compared;
      }
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(compared), compared >= 4 * 25);
  }

  /// The collection does not say which of them have one.
  void deadlocks_are_found_whatever_is_left_out() {
    int deadlocks = 0;
    int compared = 0;
    for (const Instance& one : instances_) {
      if (one.states > amount(10'000, Limits::unlimited)) continue;
      ir::Model model = one.puzzle.model;
      model.properties.push_back(
          {"no_deadlock", "somebody can go on", ir::PropertyKind::no_deadlock, {}});
      const Result plain = explored(model, {});
      for (const auto& [name, reductions] : some_reductions) {
        const Result reduced = explored(model, reductions);
        const std::string what = fmt::format("{}, {}", one.name, name);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, word(plain.verdict), word(reduced.verdict));
        CPPUNIT_ASSERT_MESSAGE(what, plain.schedule == reduced.schedule);
        ++compared;
      }
      deadlocks += plain.verdict == Verdict::deadlock ? 1 : 0;
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(deadlocks), deadlocks >= 15);
    CPPUNIT_ASSERT_MESSAGE(std::to_string(compared), compared >= 6 * 25);
  }

 private:
  static std::vector<std::pair<std::string, Limits>> ways_to_keep() {
    Limits tree;
    tree.storage = Storage::tree;
    Limits compact;
    compact.storage = Storage::compact;
    Limits two;
    two.threads = 2;
    two.parallel_min = 512;
    two.is_crew_kept = true;
    Limits four = two;
    four.threads = 4;
    return {{"tree", tree}, {"compact", compact}, {"two threads", two}, {"four threads", four}};
  }

  /// The model with the claim that its goal is never reached.
  static ir::Model avoiding(const beem::Puzzle& puzzle) {
    ir::Model model = puzzle.model;
    model.properties.push_back(
        {"not_there",
         "the goal is never reached",
         ir::PropertyKind::invariant,
         {{ir::combine(ir::Op::invert, {puzzle.goal}), "the goal is reached", {}}}});
    return model;
  }

  static void compare(const Instance& one, const Result& found) {
    const bool is_reached = one.answer == Instance::Answer::yes;
    CPPUNIT_ASSERT_EQUAL_MESSAGE(
        one.name, word(is_reached ? Verdict::violated : Verdict::holds), word(found.verdict));
    if (is_reached) CPPUNIT_ASSERT_EQUAL_MESSAGE(one.name, one.length, found.schedule.size() + 1);
  }

  static Result explored(const ir::Model& model, const Reductions& reductions) {
    Observer nobody;
    return explore_reduced(model, reductions, {}, nobody);
  }

  static Result explored(const Program& program, const Limits& limits) {
    Observer nobody;
    return explore(program, limits, nobody);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BeemTest);

} // namespace
} // namespace stalemate::tests
