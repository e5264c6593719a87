#include "checker/inquiry/switches.hpp"

#include "checker/inquiry/plain_graph.hpp"
#include "checker/ir/evaluate.hpp"
#include "checker/program/definition.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace stalemate {

namespace {

using Number = PlainGraph::Number;

/// Breadth-first, layer by layer. A state counts only in the layer in which it is met first: on a
/// shortest run it is in no other. In a layer there is one node for everybody who may have run
/// last, with the fewest switches.
class Layers {
 public:
  /// Does the run end here: in a state, or by a way that breaks the claim?
  struct End {
    std::function<bool(Number)> in_state;
    bool by_breaking = false;
  };

  Layers(PlainGraph& graph, End end, std::size_t states_max)
      : graph_(graph), end_(std::move(end)), states_max_(states_max) {}

  std::optional<Schedule> run() {
    nodes_.push_back({});
    depth_of_ = {{0, 0}};
    if (is_end(nodes_.front())) return Schedule{};
    std::vector<std::size_t> layer{0};
    for (std::size_t depth = 1; !layer.empty(); ++depth) {
      layer = next(layer, depth);
      if (nodes_.size() > states_max_) return std::nullopt;
      std::optional<std::size_t> best;
      for (const std::size_t node : layer)
        if (is_end(nodes_[node]) && (!best || nodes_[node].switches < nodes_[*best].switches))
          best = node;
      if (best) return schedule_to(*best);
    }
    return std::nullopt;
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  struct Node {
    Number state = 0;
    Decision last = {ir::none, 0};
    bool breaks = false; ///< The last step broke the claim; the state is that before it.
    std::size_t switches = 0;
    std::size_t parent = none;
  };

  [[nodiscard]] bool is_end(const Node& node) const {
    return end_.by_breaking ? node.breaks : end_.in_state(node.state);
  }

  std::vector<std::size_t> next(const std::vector<std::size_t>& layer, std::size_t depth) {
    std::vector<std::size_t> found;
    std::map<std::pair<Number, int>, std::size_t> by_last;
    for (const std::size_t from : layer) {
      const Node here = nodes_[from];
      for (const PlainGraph::Way& way : std::vector<PlainGraph::Way>(graph_.ways(here.state))) {
        const bool is_switch = here.last.process != ir::none && here.last.process != way.process;
        const Node there{way.breaks ? here.state : way.target,
                         {way.process, way.alternative},
                         way.breaks,
                         here.switches + (is_switch ? 1 : 0),
                         from};
        if (there.breaks) {
          if (end_.by_breaking) found.push_back(add(there));
          continue;
        }
        if (depth_of_.try_emplace(there.state, depth).first->second != depth) continue;
        const auto [known, is_new] = by_last.try_emplace({there.state, way.process}, nodes_.size());
        if (is_new)
          found.push_back(add(there));
        else if (there.switches < nodes_[known->second].switches)
          nodes_[known->second] = there;
      }
      if (nodes_.size() > states_max_) return found;
    }
    return found;
  }

  std::size_t add(const Node& node) {
    nodes_.push_back(node);
    return nodes_.size() - 1;
  }

  [[nodiscard]] Schedule schedule_to(std::size_t end) const {
    Schedule schedule;
    for (std::size_t at = end; nodes_[at].parent != none; at = nodes_[at].parent)
      schedule.push_back(nodes_[at].last);
    std::ranges::reverse(schedule);
    return schedule;
  }

  PlainGraph& graph_;
  End end_;
  std::size_t states_max_;
  std::vector<Node> nodes_;
  std::map<Number, std::size_t> depth_of_;
};

/// The state at the end of a run that breaks nothing on its way.
std::optional<ir::Valuation> last_state(const ir::Model& model, const Schedule& schedule) {
  ir::Valuation state = ir::initial(model);
  for (const Decision& decision : schedule) {
    const ir::Process& process = model.processes[static_cast<std::size_t>(decision.process)];
    const int at = location(process, state);
    if (at == process.finished()) return std::nullopt;
    const auto& way = process.steps[static_cast<std::size_t>(at)]
                          .alternatives[static_cast<std::size_t>(decision.alternative)];
    Firing firing = fire(model, process, way, state);
    if (firing.broken != nullptr || !firing.error.empty()) return std::nullopt;
    state = std::move(firing.target);
  }
  return state;
}

} // namespace

std::size_t switches(const Schedule& schedule) {
  std::size_t count = 0;
  for (std::size_t i = 1; i < schedule.size(); ++i)
    count += schedule[i].process != schedule[i - 1].process ? 1U : 0U;
  return count;
}

std::optional<Schedule>
fewest_switches(const ir::Model& model, const Result& result, std::size_t states_max) {
  if (!has_counterexample(result.verdict) || result.verdict == Verdict::model_error)
    return std::nullopt;
  PlainGraph graph(model, result.property);
  Layers::End end;
  const auto last = last_state(model, result.schedule);
  const bool is_invariant = result.property >= 0 && result.part >= 0 && result.loop.empty() &&
                            model.properties[static_cast<std::size_t>(result.property)].kind ==
                                ir::PropertyKind::invariant;
  if (!last) {
    end.by_breaking = true;
  } else if (is_invariant) {
    const ir::Part& part = model.properties[static_cast<std::size_t>(result.property)]
                               .parts[static_cast<std::size_t>(result.part)];
    end.in_state = [&graph, &part](Number state) {
      return ir::evaluate_as_written(*part.holds, graph.values(state)) == 0;
    };
  } else {
    end.in_state = [&graph, &last](Number state) { return graph.values(state) == *last; };
  }
  auto found = Layers(graph, std::move(end), states_max).run();
  if (!found || found->size() != result.schedule.size()) return std::nullopt;
  return switches(*found) < switches(result.schedule) ? found : result.schedule;
}

std::optional<Schedule> shortest_run(const ir::Model& model,
                                     const ir::Valuation& start,
                                     const ir::ExpressionPtr& goal,
                                     std::size_t states_max) {
  PlainGraph graph(model, ir::none, start);
  Layers::End end;
  end.in_state = [&](Number state) { return ir::evaluate(*goal, graph.values(state)) != 0; };
  return Layers(graph, std::move(end), states_max).run();
}

} // namespace stalemate
