#include "model/own/claims.hpp"

#include "model/own/texts.hpp"
#include "model/scenario/scenario.hpp"

#include <algorithm>

namespace stalemate::kernel::own {

namespace {

std::string words_of(const Claim& claim) {
  using enum Claim::Kind;
  if (!claim.text.empty()) return claim.text;
  switch (claim.kind) {
  case always:
    return "always " + claim.condition.text;
  case at:
    return "at " + claim.where.text + ": " + claim.condition.text;
  case reach:
    return "some run comes to " + claim.condition.text;
  case leads_to:
    return claim.where.text + " leads to " + claim.condition.text;
  case eventually:
    return "at some time " + claim.condition.text;
  }
  return "";
}

/// The claim is checked whenever the step runs, or that way of it.
void check_at_steps(const Claim& claim, int property, ir::Model& model) {
  for (const edit::Site& site : sites_of(model, claim.where, claim.in, claim.pointer + "/in")) {
    const auto holds = condition_of(model, site.process, claim.condition, true);
    auto& ways = model.processes[static_cast<std::size_t>(site.process)]
                     .steps[static_cast<std::size_t>(site.step)]
                     .alternatives;
    for (std::size_t a = 0; a < ways.size(); ++a) {
      if (site.way != ir::none && site.way != static_cast<int>(a)) continue;
      ways[a].checks.insert(ways[a].checks.begin(),
                            {holds, property, "it does not hold: " + claim.condition.text});
    }
  }
}

void add(const Claim& claim, ir::Model& model) {
  using enum Claim::Kind;
  ir::Property property;
  property.name = claim.name;
  property.claim = words_of(claim);
  const auto number = static_cast<int>(model.properties.size());
  const auto condition = [&](const Text& text) {
    return condition_of(model, ir::none, text, true);
  };
  switch (claim.kind) {
  case always: {
    property.kind = ir::PropertyKind::invariant;
    ir::Part part{condition(claim.condition), "it is not true that " + claim.condition.text};
    property.parts.push_back(std::move(part));
    break;
  }
  case at:
    property.kind = ir::PropertyKind::assertion;
    model.properties.push_back(property);
    check_at_steps(claim, number, model);
    return;
  case reach:
    property.kind = ir::PropertyKind::reachable;
    property.goal = condition(claim.condition);
    break;
  case leads_to:
    property.kind = ir::PropertyKind::leads_to;
    property.cause = condition(claim.where);
    property.goal = condition(claim.condition);
    break;
  case eventually:
    property.kind = ir::PropertyKind::eventually;
    property.goal = condition(claim.condition);
    break;
  }
  model.properties.push_back(std::move(property));
}

} // namespace

void add(const std::vector<Claim>& claims,
         const std::vector<std::string>& properties,
         ir::Model& model) {
  for (const Claim& claim : claims) {
    const bool is_asked =
        properties.empty() || std::ranges::find(properties, claim.name) != properties.end();
    // What is not asked for must make sense as well.
    ir::Model unasked;
    if (!is_asked) unasked = model;
    at_place(claim.pointer, [&] { add(claim, is_asked ? model : unasked); });
  }
}

} // namespace stalemate::kernel::own
