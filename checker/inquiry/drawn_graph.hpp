// The state graph of a small model as it is drawn: all of it, with runs of one process merged, or
// seen only through some of its variables.
#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/ir/model.hpp"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace stalemate {

struct DrawnGraph {
  struct Node {
    ir::Valuation values;   ///< Of the state, or the first of those that it stands for.
    std::size_t states = 1; ///< For which it stands.
    /// The claim that breaks here, or by a step that leads here; or -1. Behind the last one: a rule
    /// of the model.
    int broken = -1;
    bool is_dead = false; ///< Nobody can move, and not everyone has ended or rests.
    bool is_end = false;  ///< Nobody moves any more, as it should be.
  };

  struct Edge {
    std::size_t source = 0;
    std::size_t target = 0;
    int process = 0;
    /// Steps and alternatives: one behind the other, or, where states were merged by variables,
    /// each of them.
    std::vector<std::pair<int, int>> steps;
  };

  std::vector<Node> nodes; ///< The first is the initial one.
  std::vector<Edge> edges; ///< By source.
};

/// All reachable states, with one more node for every step that breaks a claim. States behind one
/// that breaks an invariant are left out. Nothing if there are more than `states_max`.
[[nodiscard]] std::optional<DrawnGraph> drawn_graph(const ir::Model& model, std::size_t states_max);

/// Without the states that a process only passes: that one step leads to and one leaves, both its
/// own.
[[nodiscard]] DrawnGraph with_merged_runs(const DrawnGraph& graph);

/// One node for all states that agree in these cells, and in what breaks there.
[[nodiscard]] DrawnGraph seen_through(const DrawnGraph& graph, const std::vector<ir::Cell>& cells);

} // namespace stalemate
