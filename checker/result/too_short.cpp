#include "checker/result/too_short.hpp"

#include "checker/program/definition.hpp"

#include <utility>

namespace stalemate {

const ir::Variable* too_short(const ir::Model& model, const Result& result) {
  if (result.verdict != Verdict::model_error) return nullptr;
  ir::Valuation state = ir::initial(model);
  for (const Decision& decision : result.schedule) {
    const ir::Process& process = model.processes[static_cast<std::size_t>(decision.process)];
    const auto at = static_cast<std::size_t>(location(process, state));
    const auto way = static_cast<std::size_t>(decision.alternative);
    Firing firing = fire(model, process, process.steps[at].alternatives[way], state);
    if (firing.counter != ir::none)
      return &model.variables[static_cast<std::size_t>(firing.counter)];
    if (firing.broken != nullptr || !firing.error.empty()) return nullptr;
    state = std::move(firing.target);
  }
  return nullptr;
}

} // namespace stalemate
