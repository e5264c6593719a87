#include "checker/inquiry/drawn_graph.hpp"

#include "checker/ir/evaluate.hpp"
#include "checker/program/definition.hpp"
#include "checker/result/enabled.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace stalemate {

namespace {

using Node = DrawnGraph::Node;
using Edge = DrawnGraph::Edge;

/// Breadth-first, by the definition of the semantics.
class Drawing {
 public:
  Drawing(const ir::Model& model, std::size_t states_max) : model_(model), states_max_(states_max) {
    (void)number(ir::initial(model));
  }

  std::optional<DrawnGraph> run() {
    for (std::size_t s = 0; s < graph_.nodes.size(); ++s) {
      if (graph_.nodes.size() > states_max_) return std::nullopt;
      if (graph_.nodes[s].broken < 0) expand(s);
    }
    return std::move(graph_);
  }

 private:
  std::size_t number(const ir::Valuation& values) {
    const auto [at, is_new] = numbers_.try_emplace(values, graph_.nodes.size());
    if (is_new) {
      const auto broken = broken_part(model_, values);
      graph_.nodes.push_back({values, 1, broken ? broken->property : -1, false, false});
    }
    return at->second;
  }

  void expand(std::size_t source) {
    const ir::Valuation from = graph_.nodes[source].values;
    const std::vector<Decision> decisions = enabled(model_, from);
    for (const auto [p, a] : decisions) {
      const ir::Process& process = model_.processes[static_cast<std::size_t>(p)];
      const int at = location(process, from);
      const auto& ways = process.steps[static_cast<std::size_t>(at)].alternatives;
      const Firing firing = fire(model_, process, ways[static_cast<std::size_t>(a)], from);
      std::size_t target = 0;
      if (firing.broken != nullptr || !firing.error.empty()) {
        target = graph_.nodes.size();
        const bool is_claim = firing.broken != nullptr && firing.broken->property >= 0;
        const int broken =
            is_claim ? firing.broken->property : static_cast<int>(model_.properties.size());
        graph_.nodes.push_back({from, 1, broken, false, false});
      } else {
        target = number(firing.target);
      }
      graph_.edges.push_back({source, target, p, {{at, a}}});
    }
    if (!decisions.empty()) return;
    const bool is_end = std::ranges::all_of(
        model_.processes, [&](const ir::Process& process) { return is_at_rest(process, from); });
    graph_.nodes[source].is_end = is_end;
    graph_.nodes[source].is_dead = !is_end;
  }

  const ir::Model& model_;
  std::size_t states_max_;
  DrawnGraph graph_;
  std::map<ir::Valuation, std::size_t> numbers_;
};

/// What an edge has in common with others between the same nodes.
std::tuple<std::size_t, std::size_t, int> ends_of(const Edge& edge) {
  return {edge.source, edge.target, edge.process};
}

} // namespace

std::optional<DrawnGraph> drawn_graph(const ir::Model& model, std::size_t states_max) {
  return Drawing(model, states_max).run();
}

DrawnGraph with_merged_runs(const DrawnGraph& graph) {
  std::vector<std::vector<std::size_t>> in(graph.nodes.size());
  std::vector<std::vector<std::size_t>> out(graph.nodes.size());
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    out[graph.edges[e].source].push_back(e);
    in[graph.edges[e].target].push_back(e);
  }
  const auto is_passed = [&](std::size_t node) {
    if (node == 0 || in[node].size() != 1 || out[node].size() != 1) return false;
    const Edge& before = graph.edges[in[node].front()];
    const Edge& after = graph.edges[out[node].front()];
    return before.process == after.process && before.source != node && after.target != node;
  };
  DrawnGraph result;
  std::vector<std::size_t> numbers(graph.nodes.size(), 0);
  for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
    if (is_passed(node)) continue;
    numbers[node] = result.nodes.size();
    result.nodes.push_back(graph.nodes[node]);
  }
  for (const Edge& edge : graph.edges) {
    if (is_passed(edge.source)) continue;
    Edge merged = edge;
    while (is_passed(merged.target)) {
      const Edge& next = graph.edges[out[merged.target].front()];
      merged.steps.insert(merged.steps.end(), next.steps.begin(), next.steps.end());
      merged.target = next.target;
    }
    result.edges.push_back(
        {numbers[merged.source], numbers[merged.target], merged.process, std::move(merged.steps)});
  }
  return result;
}

DrawnGraph seen_through(const DrawnGraph& graph, const std::vector<ir::Cell>& cells) {
  DrawnGraph result;
  std::map<std::vector<int>, std::size_t> known;
  std::vector<std::size_t> numbers;
  for (const Node& node : graph.nodes) {
    std::vector<int> key{node.broken, node.is_dead ? 1 : 0, node.is_end ? 1 : 0};
    for (const ir::Cell& cell : cells)
      key.push_back(node.values[static_cast<std::size_t>(cell.variable)]
                               [static_cast<std::size_t>(cell.index)]);
    const auto [at, is_new] = known.try_emplace(std::move(key), result.nodes.size());
    if (is_new)
      result.nodes.push_back(node);
    else
      result.nodes[at->second].states += node.states;
    numbers.push_back(at->second);
  }
  std::map<std::tuple<std::size_t, std::size_t, int>, std::size_t> edges;
  for (const Edge& edge : graph.edges) {
    Edge seen = edge;
    seen.source = numbers[edge.source];
    seen.target = numbers[edge.target];
    if (seen.source == seen.target) continue;
    const auto [at, is_new] = edges.try_emplace(ends_of(seen), result.edges.size());
    if (is_new) {
      result.edges.push_back(std::move(seen));
      continue;
    }
    auto& steps = result.edges[at->second].steps;
    for (const auto& step : seen.steps)
      if (std::ranges::find(steps, step) == steps.end()) steps.push_back(step);
  }
  return result;
}

} // namespace stalemate
