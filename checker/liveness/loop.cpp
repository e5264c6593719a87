// Breadth first over pairs of a state and what the loop has done so far for those who are owed
// fairness. There are few of them, so the shortest loop is usually found at once; where the pairs
// become too many, the loop visits one after the other what is missing, each on the shortest way.

#include "checker/liveness/loop.hpp"

#include "checker/program/ensure.hpp"
#include "checker/program/interpret.hpp"
#include "checker/search/counterexample.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace stalemate {

namespace {

constexpr std::size_t nodes_max = 2'000'000;

/// What a loop has done for those who are owed fairness.
struct Done {
  ProcessSet content = 0; ///< Weakly fair: they moved, or could not in some state.
  ProcessSet could = 0;   ///< Strongly fair: they could go on in some state,
  ProcessSet moved = 0;   ///< and they did.

  friend auto operator<=>(const Done&, const Done&) = default;
};

struct Edge {
  StateId source = 0;
  StateId target = 0;
  Label label{};
};

class LoopSearch {
 public:
  LoopSearch(const StateGraph& graph,
             const Standings& standings,
             const FairComponents& fair,
             StateId start)
      : graph_(graph), fair_(fair), start_(start) {
    std::vector<Word> state(static_cast<std::size_t>(graph.program().layout.words()));
    graph.read(start, state.data());
    owed_ = standings.of(state.data());
  }

  Schedule run() {
    auto edges = shortest();
    if (edges.empty()) edges = patched();
    Schedule loop;
    for (const Edge& edge : edges)
      loop.push_back(decision_between(graph_, edge.source, edge.target, edge.label));
    return loop;
  }

 private:
  struct Node {
    StateId state;
    Done done;
    std::size_t parent;
    Label label;
  };

  [[nodiscard]] Done arrive(Done done, StateId state) const {
    const ProcessSet enabled = graph_.enabled(state);
    done.could |= owed_.strong & enabled;
    done.content |= owed_.weak & ~enabled;
    return done;
  }

  [[nodiscard]] Done go(Done done, const Edge& edge) const {
    done.moved |= owed_.strong & only(edge.label.process());
    done.content |= owed_.weak & only(edge.label.process());
    return arrive(done, edge.target);
  }

  [[nodiscard]] bool is_fair(const Done& done) const {
    return done.content == owed_.weak && (done.could & ~done.moved) == 0;
  }

  template <typename Each>
  void for_each_edge(StateId state, Each each) const {
    const auto targets = graph_.targets(state);
    const auto labels = graph_.labels(state);
    for (std::size_t i = 0; i < targets.size(); ++i)
      if (fair_.stays(state, targets[i], labels[i])) each(Edge{state, targets[i], labels[i]});
  }

  [[nodiscard]] std::vector<Edge> shortest() const {
    std::vector<Node> nodes{{start_, arrive({}, start_), 0, {}}};
    std::map<std::pair<StateId, Done>, std::size_t> met{{{start_, nodes[0].done}, 0}};
    for (std::size_t at = 0; at < nodes.size() && nodes.size() < nodes_max; ++at) {
      std::optional<std::size_t> closed;
      const Node from = nodes[at];
      for_each_edge(from.state, [&](const Edge& edge) {
        if (closed) return;
        const Done done = go(from.done, edge);
        const bool is_closed = edge.target == start_ && is_fair(done);
        if (!is_closed && !met.emplace(std::pair(edge.target, done), nodes.size()).second) return;
        nodes.push_back({edge.target, done, at, edge.label});
        if (is_closed) closed = nodes.size() - 1;
      });
      if (closed) return way_to(nodes, *closed);
    }
    return {};
  }

  [[nodiscard]] static std::vector<Edge> way_to(const std::vector<Node>& nodes, std::size_t last) {
    std::vector<Edge> edges;
    for (std::size_t at = last; at != 0; at = nodes[at].parent)
      edges.push_back({nodes[nodes[at].parent].state, nodes[at].state, nodes[at].label});
    std::ranges::reverse(edges);
    return edges;
  }

  /// The shortest way inside the component that ends with an edge that is wanted.
  template <typename Wanted>
  [[nodiscard]] std::vector<Edge> way(StateId from, Wanted wanted) const {
    std::unordered_map<StateId, Edge> met;
    std::vector<StateId> queue{from};
    std::optional<Edge> last;
    for (std::size_t at = 0; at < queue.size() && !last; ++at)
      for_each_edge(queue[at], [&](const Edge& edge) {
        if (last) return;
        if (wanted(edge))
          last = edge;
        else if (edge.target != from && met.emplace(edge.target, edge).second)
          queue.push_back(edge.target);
      });
    if (!last) return {};
    std::vector<Edge> edges{*last};
    while (edges.back().source != from)
      edges.push_back(met.at(edges.back().source));
    std::ranges::reverse(edges);
    return edges;
  }

  [[nodiscard]] std::vector<Edge> patched() const {
    std::vector<Edge> loop;
    Done done = arrive({}, start_);
    StateId at = start_;
    const auto walk = [&](const std::vector<Edge>& edges) {
      for (const Edge& edge : edges) {
        done = go(done, edge);
        at = edge.target;
        loop.push_back(edge);
      }
      return !edges.empty();
    };
    for (int p = 0; p < static_cast<int>(graph_.program().processes.size()); ++p) {
      if (!has(owed_.fair(), p) || has(done.moved | done.content, p)) continue;
      const bool moves = walk(way(at, [&](const Edge& edge) { return edge.label.process() == p; }));
      if (!moves && has(owed_.weak, p))
        walk(way(at, [&](const Edge& e) { return !has(graph_.enabled(e.target), p); }));
    }
    if (at != start_ || loop.empty())
      walk(way(at, [&](const Edge& edge) { return edge.target == start_; }));
    ensure(at == start_ && is_fair(done), "in a fair component a fair loop can be closed");
    return loop;
  }

  const StateGraph& graph_;
  const FairComponents& fair_;
  StateId start_;
  Standing owed_; ///< At the start: whoever is never moved stays there.
};

template <typename Fits>
Decision find_decision(const StateGraph& graph, StateId source, StateId target, Fits fits) {
  const Program& program = graph.program();
  const auto words = static_cast<std::size_t>(program.layout.words());
  const auto room = static_cast<std::size_t>(program.successors_max);
  std::vector<Word> from(words);
  std::vector<Word> to(words);
  std::vector<Word> targets(room * words);
  std::vector<std::uint32_t> transitions(room);
  graph.read(source, from.data());
  graph.read(target, to.data());
  const auto found = expand(program, from.data(), targets.data(), transitions.data());
  for (std::size_t i = 0; i < static_cast<std::size_t>(found.count); ++i) {
    const Decision decision = decision_of(program, transitions[i]);
    if (std::equal(to.begin(), to.end(), targets.begin() + static_cast<long>(i * words)) &&
        fits(decision, program.transitions[transitions[i]]))
      return decision;
  }
  ensure(false, "a transition of the graph is one of the program");
  return {};
}

} // namespace

Schedule fair_loop(const StateGraph& graph,
                   const Standings& standings,
                   const FairComponents& fair,
                   StateId start) {
  return LoopSearch(graph, standings, fair, start).run();
}

Decision decision_between(const StateGraph& graph, StateId source, StateId target, Label label) {
  return find_decision(graph, source, target, [&](Decision decision, const Transition& transition) {
    return decision.process == label.process() && transition.is_progress == label.is_progress();
  });
}

Decision decision_between(const StateGraph& graph, StateId source, StateId target) {
  return find_decision(graph, source, target, [](Decision, const Transition&) { return true; });
}

} // namespace stalemate
