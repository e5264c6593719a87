#include "checker/audit/rewritings.hpp"

#include "checker/audit/sample.hpp"
#include "checker/program/definition.hpp"
#include "checker/reduce/dead_variables.hpp"
#include "checker/reduce/still_equal.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace stalemate {

namespace {

/// A state of the original, and what the rewriting makes of it.
using Pair = std::pair<ir::Valuation, ir::Valuation>;

/// What claims say about a state, by property.
std::vector<bool> claimed(const ir::Model& model, const ir::Valuation& state) {
  std::vector<bool> truths;
  for (const ir::Property& property : model.properties) {
    for (const ir::Part& part : property.parts)
      truths.push_back(ir::evaluate_as_written(*part.holds, state) != 0);
    for (const auto& e : {property.cause, property.goal})
      if (e) truths.push_back(ir::evaluate_as_written(*e, state) != 0);
  }
  for (const ir::Process& process : model.processes)
    truths.push_back(is_at_rest(process, state));
  return truths;
}

bool is_range_of_a_counter(const ir::Model& model, const std::string& error) {
  return std::ranges::any_of(model.variables, [&](const ir::Variable& variable) {
    return variable.endless && error.starts_with(variable.name + " becomes ");
  });
}

/// Where the broken check stands in its list; -1 if none is broken.
std::ptrdiff_t broken_check(const ir::Alternative& alternative, const Firing& firing) {
  return firing.broken == nullptr ? -1 : firing.broken - alternative.checks.data();
}

} // namespace

std::vector<std::string>
audit_rewriting(const ir::Model& original, const ir::Model& rewritten, Effort& effort) {
  std::vector<std::string> complaints;
  std::vector<Pair> pairs{{ir::initial(original), ir::initial(rewritten)}};
  std::set<Pair> seen{pairs.front()};
  effort.forget();
  for (std::size_t next = 0;
       next < pairs.size() && pairs.size() < effort.states_max() && effort.goes_on();
       ++next) {
    const auto [state, image] = pairs[next];
    if (claimed(original, state) != claimed(rewritten, image))
      complaints.emplace_back("a claim holds in one of a state and its rewriting");
    for (const Decision decision : alternatives_at(original, state)) {
      const Meant ours = meant_by(original, state, decision);
      const Meant theirs = meant_by(rewritten, image, decision);
      const auto complain = [&, &state = state](const char* what) {
        complaints.push_back(text_of(original, state, decision) + " " + what);
      };
      effort.compared();
      const bool is_possible = is_enabled(ours.alternative, state);
      if (is_possible != is_enabled(theirs.alternative, image)) complain("is possible in one");
      if (!is_possible || !is_enabled(theirs.alternative, image)) continue;
      Firing here = fire(original, ours.process, ours.alternative, state);
      Firing there = fire(rewritten, theirs.process, theirs.alternative, image);
      if (is_range_of_a_counter(original, here.error)) continue;
      if (broken_check(ours.alternative, here) != broken_check(theirs.alternative, there) ||
          here.error != there.error)
        complain("fails in one");
      if (here.broken != nullptr || there.broken != nullptr) continue;
      if (!here.error.empty() || !there.error.empty()) continue;
      Pair target{std::move(here.target), std::move(there.target)};
      if (!seen.insert(target).second) continue;
      effort.keep(target.first);
      effort.keep(target.second);
      pairs.push_back(std::move(target));
    }
  }
  return complaints;
}

std::vector<std::string> audit_rewritings(const ir::Model& model, Effort& effort) {
  std::vector<std::string> complaints;
  const ir::Model counted = without_counters(model);
  for (const ir::Model& rewritten :
       {without_dead_values(model), counted, without_dead_values(counted)})
    for (std::string& complaint : audit_rewriting(model, rewritten, effort))
      complaints.push_back(std::move(complaint));
  return complaints;
}

} // namespace stalemate
