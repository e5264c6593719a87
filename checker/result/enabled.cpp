#include "checker/result/enabled.hpp"

#include "checker/program/definition.hpp"

namespace stalemate {

std::vector<Decision> enabled(const ir::Model& model, const ir::Valuation& state) {
  std::vector<Decision> all;
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    const ir::Process& process = model.processes[p];
    const int at = location(process, state);
    if (at == process.finished()) continue;
    const auto& ways = process.steps[static_cast<std::size_t>(at)].alternatives;
    for (std::size_t a = 0; a < ways.size(); ++a)
      if (is_enabled(ways[a], state)) all.push_back({static_cast<int>(p), static_cast<int>(a)});
  }
  return all;
}

} // namespace stalemate
