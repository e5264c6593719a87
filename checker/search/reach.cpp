#include "checker/search/reach.hpp"

#include "checker/audit/opinion.hpp"
#include "checker/search/endless.hpp"

#include <algorithm>
#include <utility>

namespace stalemate {

ir::Model reaching(const ir::Model& model, const ir::Property& property) {
  ir::Model question = without_claims(model);
  ir::Property never;
  never.name = property.name;
  never.claim = property.claim;
  never.parts.push_back({ir::combine(ir::Op::invert, {property.goal}), property.claim});
  question.properties.push_back(std::move(never));
  return question;
}

Result explore_and_reach(const ir::Model& model,
                         const Reductions& reductions,
                         const Limits& limits,
                         Observer& observer) {
  Result result = explore_endless(model, reductions, limits, observer);
  if (result.verdict != Verdict::holds) return result;
  for (std::size_t i = 0; i < model.properties.size(); ++i) {
    if (model.properties[i].kind != ir::PropertyKind::reachable) continue;
    const Result answer =
        explore_endless(reaching(model, model.properties[i]), reductions, limits, observer);
    if (answer.verdict == Verdict::violated) continue;
    if (answer.verdict != Verdict::holds) return answer;
    result.unreached.push_back(static_cast<int>(i));
    result.omission = std::max(result.omission, answer.omission);
  }
  if (result.unreached.empty()) return result;
  result.verdict = Verdict::unreachable;
  result.property = result.unreached.front();
  return result;
}

} // namespace stalemate
