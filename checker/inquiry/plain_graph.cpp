#include "checker/inquiry/plain_graph.hpp"

#include "checker/program/definition.hpp"
#include "checker/result/enabled.hpp"

#include <algorithm>
#include <utility>

namespace stalemate {

namespace {

constexpr int no_check = -2; ///< Broke; ir::none stands for the model's own.

} // namespace

PlainGraph::PlainGraph(const ir::Model& model, int property)
    : PlainGraph(model, property, ir::initial(model)) {}

PlainGraph::PlainGraph(const ir::Model& model, int property, const ir::Valuation& start)
    : model_(model), property_(property == ir::none ? no_check - 1 : property) {
  (void)number(start);
}

const std::vector<PlainGraph::Way>& PlainGraph::ways(Number state) {
  if (!states_[state].is_expanded) expand(state);
  return states_[state].ways;
}

bool PlainGraph::can_move(Number state, int process) {
  return std::ranges::any_of(ways(state), [&](const Way& way) { return way.process == process; });
}

bool PlainGraph::is_broken(Number state) const {
  if (property_ < 0) return false;
  const auto& parts = model_.properties[static_cast<std::size_t>(property_)].parts;
  return std::ranges::any_of(
      parts, [&](const ir::Part& part) { return ir::evaluate(*part.holds, values(state)) == 0; });
}

PlainGraph::Number PlainGraph::number(ir::Valuation values) {
  const auto [at, is_new] = numbers_.emplace(std::move(values), states_.size());
  if (is_new) states_.push_back({at->first, {}, false});
  return at->second;
}

void PlainGraph::expand(Number state) {
  std::vector<Way> found;
  const ir::Valuation from = values(state);
  for (const Decision& decision : enabled(model_, from)) {
    const ir::Process& process = model_.processes[static_cast<std::size_t>(decision.process)];
    const int at = location(process, from);
    const auto& ways = process.steps[static_cast<std::size_t>(at)].alternatives;
    Firing firing =
        fire(model_, process, ways[static_cast<std::size_t>(decision.alternative)], from);
    const int broken = firing.broken == nullptr ? no_check : firing.broken->property;
    if (broken == property_)
      found.push_back({decision.process, at, decision.alternative, 0, true});
    else if (broken == ir::none || !firing.error.empty())
      is_wrong_ = true;
    else if (broken == no_check)
      found.push_back(
          {decision.process, at, decision.alternative, number(std::move(firing.target)), false});
  }
  states_[state].ways = std::move(found);
  states_[state].is_expanded = true;
}

} // namespace stalemate
