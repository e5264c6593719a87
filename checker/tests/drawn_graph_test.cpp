#include "checker/inquiry/drawn_graph.hpp"

#include "checker/audit/reference.hpp"
#include "checker/inquiry/rest.hpp"
#include "checker/ir/evaluate.hpp"
#include "checker/program/definition.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

using namespace stalemate;

class DrawnGraphTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(DrawnGraphTest);
  CPPUNIT_TEST(has_every_state_of_what_holds);
  CPPUNIT_TEST(a_ring_of_locks_is_dead_in_one_state);
  CPPUNIT_TEST(merging_keeps_every_step);
  CPPUNIT_TEST(states_that_look_alike_are_one);
  CPPUNIT_TEST(too_many_are_none);
  CPPUNIT_TEST(everyone_rests_where_a_model_is_finished);
  CPPUNIT_TEST_SUITE_END();

  const ir::Model ring_ = tests::ring_of_two_locks();

  static std::size_t steps_of(const DrawnGraph& graph) {
    std::size_t count = 0;
    for (const DrawnGraph::Edge& edge : graph.edges)
      count += edge.steps.size();
    return count;
  }

 public:
  void has_every_state_of_what_holds() {
    int met = 0;
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
      const ir::Model model = tests::random_model(seed);
      const Result result = explore_plainly(model, 2000);
      if (result.verdict != Verdict::holds) continue;
      const auto graph = drawn_graph(model, 2000);
      const std::string what = fmt::format("seed {}", seed);
      CPPUNIT_ASSERT_MESSAGE(what, graph.has_value());
      CPPUNIT_ASSERT_EQUAL_MESSAGE(what, result.counts.states, std::uint64_t{graph->nodes.size()});
      CPPUNIT_ASSERT_EQUAL_MESSAGE(
          what, result.counts.transitions, std::uint64_t{graph->edges.size()});
      ++met;
    }
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{}", met), met > 50);
  }

  void a_ring_of_locks_is_dead_in_one_state() {
    const auto graph = drawn_graph(ring_, 100);
    CPPUNIT_ASSERT(graph.has_value());
    CPPUNIT_ASSERT_EQUAL(
        1, static_cast<int>(std::ranges::count_if(graph->nodes, &DrawnGraph::Node::is_dead)));
    CPPUNIT_ASSERT_EQUAL(
        1, static_cast<int>(std::ranges::count_if(graph->nodes, &DrawnGraph::Node::is_end)));
  }

  void merging_keeps_every_step() {
    const auto graph = drawn_graph(ring_, 100);
    const DrawnGraph merged = with_merged_runs(*graph);
    CPPUNIT_ASSERT(merged.nodes.size() < graph->nodes.size());
    CPPUNIT_ASSERT_EQUAL(steps_of(*graph), steps_of(merged));
    for (const DrawnGraph::Edge& edge : merged.edges)
      CPPUNIT_ASSERT(edge.target < merged.nodes.size() && edge.source < merged.nodes.size());
    CPPUNIT_ASSERT_EQUAL(
        1, static_cast<int>(std::ranges::count_if(merged.nodes, &DrawnGraph::Node::is_dead)));
  }

  void states_that_look_alike_are_one() {
    const auto graph = drawn_graph(ring_, 100);
    const DrawnGraph seen = seen_through(*graph, {{tests::variable(ring_, "one"), 0}});
    std::size_t states = 0;
    std::set<int> values;
    for (const DrawnGraph::Node& node : seen.nodes) {
      states += node.states;
      values.insert(node.values[static_cast<std::size_t>(tests::variable(ring_, "one"))][0]);
    }
    CPPUNIT_ASSERT_EQUAL(graph->nodes.size(), states);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, values.size());
    // Those that are dead or the end stay apart from others of the same value.
    CPPUNIT_ASSERT_EQUAL(std::size_t{5}, seen.nodes.size());
    for (const DrawnGraph::Edge& edge : seen.edges)
      CPPUNIT_ASSERT(edge.source != edge.target);
  }

  void too_many_are_none() { CPPUNIT_ASSERT(!drawn_graph(ring_, 3)); }

  void everyone_rests_where_a_model_is_finished() {
    int finished = 0;
    int others = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
      const ir::Model model = tests::random_live_model(seed);
      const auto graph = drawn_graph(model, 500);
      if (!graph) continue;
      const ir::ExpressionPtr rests = everyone_rests(model);
      for (const DrawnGraph::Node& node : graph->nodes) {
        const bool is_rest = std::ranges::all_of(model.processes, [&](const ir::Process& process) {
          return is_at_rest(process, node.values);
        });
        CPPUNIT_ASSERT_EQUAL_MESSAGE(
            fmt::format("seed {}", seed), is_rest, ir::evaluate(*rests, node.values) != 0);
        ++(is_rest ? finished : others);
      }
    }
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{} {}", finished, others), finished > 50 && others > 50);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DrawnGraphTest);
