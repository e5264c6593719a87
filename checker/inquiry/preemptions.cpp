#include "checker/inquiry/preemptions.hpp"

#include "checker/inquiry/plain_graph.hpp"
#include "checker/program/definition.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace stalemate {

namespace {

using Number = PlainGraph::Number;

/// All states, if there are not too many, and from which of them one can come to which.
class Reach {
 public:
  Reach(PlainGraph& graph, std::size_t states_max) {
    for (Number s = 0; s < graph.size() && s <= states_max; ++s)
      (void)graph.ways(s);
    is_whole_ = graph.size() <= states_max;
    sources_.resize(graph.size());
    for (Number s = 0; is_whole_ && s < graph.size(); ++s)
      for (const PlainGraph::Way& way : graph.ways(s))
        if (!way.breaks) sources_[way.target].push_back(s);
  }

  [[nodiscard]] bool is_whole() const { return is_whole_; }

  /// By state: no way leads to one of those of which `is_good` is true.
  template <typename F>
  [[nodiscard]] std::vector<bool> cut_off_from(F is_good) const {
    std::vector<bool> is_cut_off(sources_.size(), true);
    std::vector<Number> todo;
    const auto let_off = [&](Number state) {
      if (is_cut_off[state]) todo.push_back(state);
      is_cut_off[state] = false;
    };
    for (Number s = 0; s < sources_.size(); ++s)
      if (is_good(s)) let_off(s);
    while (!todo.empty()) {
      const Number at = todo.back();
      todo.pop_back();
      for (const Number source : sources_[at])
        let_off(source);
    }
    return is_cut_off;
  }

 private:
  std::vector<std::vector<Number>> sources_; ///< By state: those that lead to it.
  bool is_whole_ = false;
};

/// Where it is too late: somebody waits who will never move again, nor be let off, or, if the
/// property says that everyone can finish, they can not. Empty if that is too much to find out.
std::vector<bool>
lost_states(const ir::Model& model, bool is_finish, PlainGraph& graph, std::size_t states_max) {
  const Reach reach(graph, states_max);
  if (!reach.is_whole()) return {};
  if (is_finish)
    return reach.cut_off_from([&](Number s) { return is_finished(model, graph.values(s)); });
  std::vector<bool> is_lost(graph.size(), false);
  for (int p = 0; p < static_cast<int>(model.processes.size()); ++p) {
    const ir::Process& process = model.processes[static_cast<std::size_t>(p)];
    const std::vector<bool> is_stuck = reach.cut_off_from(
        [&](Number s) { return graph.can_move(s, p) || is_at_rest(process, graph.values(s)); });
    for (Number s = 0; s < graph.size(); ++s)
      is_lost[s] = is_lost[s] || is_stuck[s];
  }
  return is_lost;
}

/// Runs by how many preemptions they have: a breadth-first search for each number of them.
class Rounds {
 public:
  Rounds(const ir::Model& model, int property, std::size_t states_max)
      : model_(model), property_(property), states_max_(states_max), graph_(model, property) {}

  std::optional<Preempted> run() {
    const auto kind = model_.properties[static_cast<std::size_t>(property_)].kind;
    const bool is_finish = kind == ir::PropertyKind::can_finish;
    if (kind == ir::PropertyKind::no_deadlock || is_finish) {
      lost_ = lost_states(model_, is_finish, graph_, states_max_);
      if (lost_.empty()) return std::nullopt;
    } else if (kind != ir::PropertyKind::invariant && kind != ir::PropertyKind::assertion) {
      return std::nullopt;
    }
    const auto end = search(kind == ir::PropertyKind::invariant);
    if (!end || graph_.is_wrong()) return std::nullopt;
    return told(*end);
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  /// A state, and who ran last; how it was come to.
  struct Node {
    Number state = 0;
    int last = ir::none;
    std::size_t parent = none;
    bool is_preempted = false; ///< The one who ran last at the parent could have gone on.
    bool breaks = false;       ///< The last step broke the property; the state is that before it.
  };

  /// The first node that breaks the property. What takes one preemption more waits for the next
  /// round.
  std::optional<std::size_t> search(bool is_invariant) {
    std::vector<Node> next{{}};
    while (!next.empty()) {
      std::vector<std::size_t> round;
      for (const Node& node : std::exchange(next, {}))
        if (const auto end = add(node, is_invariant, round)) return end;
      for (std::size_t i = 0; i < round.size(); ++i) {
        if (nodes_.size() > states_max_) return std::nullopt;
        const Node here = nodes_[round[i]];
        const bool could_go_on = here.last != ir::none && graph_.can_move(here.state, here.last);
        for (const PlainGraph::Way& way : std::vector<PlainGraph::Way>(graph_.ways(here.state))) {
          const bool preempts = could_go_on && way.process != here.last;
          const Node there{
              way.breaks ? here.state : way.target, way.process, round[i], preempts, way.breaks};
          if (preempts)
            next.push_back(there);
          else if (const auto end = add(there, is_invariant, round))
            return end;
        }
      }
    }
    return std::nullopt;
  }

  /// Remembers a node that is new; returns its number if it breaks the property.
  std::optional<std::size_t>
  add(const Node& node, bool is_invariant, std::vector<std::size_t>& round) {
    const auto known = std::pair(node.state, node.last);
    if (!node.breaks && !met_.insert(known).second) return std::nullopt;
    nodes_.push_back(node);
    const std::size_t number = nodes_.size() - 1;
    round.push_back(number);
    const bool is_end = is_invariant ? graph_.is_broken(node.state)
                                     : node.breaks || (!lost_.empty() && lost_[node.state]);
    return is_end ? std::optional(number) : std::nullopt;
  }

  [[nodiscard]] Preempted told(std::size_t end) const {
    Preempted result;
    for (std::size_t at = end; nodes_[at].parent != none; at = nodes_[at].parent) {
      ++result.steps;
      if (!nodes_[at].is_preempted) continue;
      const Node& before = nodes_[nodes_[at].parent];
      const ir::Process& process = model_.processes[static_cast<std::size_t>(before.last)];
      result.preemptions.push_back({before.last, location(process, graph_.values(before.state))});
    }
    std::ranges::reverse(result.preemptions);
    return result;
  }

  const ir::Model& model_;
  int property_;
  std::size_t states_max_;
  PlainGraph graph_;
  std::vector<bool> lost_;
  std::vector<Node> nodes_;
  std::set<std::pair<Number, int>> met_;
};

} // namespace

std::optional<Preempted>
fewest_preemptions(const ir::Model& model, int property, std::size_t states_max) {
  return Rounds(model, property, states_max).run();
}

} // namespace stalemate
