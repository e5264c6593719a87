#include "checker/reduce/diagrams.hpp"

#include "checker/ir/evaluate.hpp"

#include <algorithm>
#include <utility>

namespace stalemate {

using ir::Op;

Diagrams::Id Diagrams::place(Node node) {
  if (nodes_.size() > nodes_max) throw TooLarge();
  const auto [entry, is_new] = ids_.try_emplace(std::move(node), static_cast<Id>(nodes_.size()));
  if (is_new) nodes_.push_back(entry->first);
  return entry->second;
}

Diagrams::Id Diagrams::number(std::int64_t value) {
  return place({no_cell, value, {}});
}

Diagrams::Id Diagrams::branched(int cell, std::vector<Id> branches) {
  if (std::ranges::all_of(branches, [&](Id one) { return one == branches.front(); }))
    return branches.front();
  return place({cell, 0, std::move(branches)});
}

Diagrams::Id Diagrams::choice(int cell, const std::vector<std::int64_t>& numbers) {
  std::vector<Id> branches;
  branches.reserve(numbers.size());
  for (const std::int64_t one : numbers)
    branches.push_back(number(one));
  return branched(cell, std::move(branches));
}

std::int64_t Diagrams::shortcut(Op op, const std::vector<Id>& operands) {
  if (op == Op::select) {
    if (operands[1] == operands[2]) return operands[1];
    if (is_number(operands[0])) return operands[nodes_[operands[0]].value != 0 ? 1 : 2];
  }
  if (op == Op::both || op == Op::either)
    for (const Id one : operands)
      if (is_number(one) && (nodes_[one].value != 0) == (op == Op::either))
        return number(op == Op::either ? 1 : 0);
  if (!std::ranges::all_of(operands, [&](Id one) { return is_number(one); })) return -1;
  std::vector<ir::ExpressionPtr> constants;
  constants.reserve(operands.size());
  for (const Id one : operands)
    constants.push_back(ir::constant(nodes_[one].value));
  return number(ir::evaluate({op, 0, std::move(constants), {}}, {}));
}

Diagrams::Id Diagrams::combine(Op op, const std::vector<Id>& operands) {
  if (const std::int64_t known = shortcut(op, operands); known >= 0) return static_cast<Id>(known);
  Question question{op, operands};
  if (const auto found = results_.find(question); found != results_.end()) return found->second;
  if (results_.size() > results_max) throw TooLarge();

  int cell = no_cell;
  std::size_t count = 0;
  for (const Id one : operands)
    if (nodes_[one].cell < cell) {
      cell = nodes_[one].cell;
      count = nodes_[one].branches.size();
    }
  std::vector<Id> branches;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<Id> there = operands;
    for (Id& one : there)
      if (nodes_[one].cell == cell) one = nodes_[one].branches[i];
    branches.push_back(combine(op, there));
  }
  const Id result = branched(cell, std::move(branches));
  results_.emplace(std::move(question), result);
  return result;
}

} // namespace stalemate
