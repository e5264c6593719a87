#include "checker/ir/unchecked.hpp"

#include <utility>

namespace stalemate::ir {

std::vector<std::string> drop_unchecked(Model& model) {
  const auto each_check = [&](const auto& visit) {
    for (Process& process : model.processes)
      for (Step& step : process.steps)
        for (Alternative& alternative : step.alternatives)
          for (Check& check : alternative.checks)
            if (check.property != none) visit(check);
  };
  std::vector<bool> is_kept;
  is_kept.reserve(model.properties.size());
  for (const Property& property : model.properties)
    is_kept.push_back(property.kind != PropertyKind::assertion);
  each_check([&](Check& check) { is_kept[static_cast<std::size_t>(check.property)] = true; });

  std::vector<std::string> dropped;
  std::vector<Property> kept;
  std::vector<int> number; // of each property among those that are kept
  for (std::size_t i = 0; i < is_kept.size(); ++i) {
    number.push_back(static_cast<int>(kept.size()));
    if (is_kept[i])
      kept.push_back(std::move(model.properties[i]));
    else
      dropped.push_back(model.properties[i].name);
  }
  each_check(
      [&](Check& check) { check.property = number[static_cast<std::size_t>(check.property)]; });
  model.properties = std::move(kept);
  return dropped;
}

} // namespace stalemate::ir
