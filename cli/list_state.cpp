#include "cli/list_state.hpp"

#include "cli/load.hpp"
#include "cli/usage.hpp"
#include "reports/state_list.hpp"

#include <iostream>

namespace stalemate::cli {

void list_state(const std::vector<std::string>& scenarios, const std::string& format) {
  if (scenarios.size() != 1)
    throw UsageError("say whose state: stalemate list state FILE[#VARIANT]");
  const Candidate one = load(scenarios.front()).front();
  if (format == "json")
    report::write_state_json(one.model, std::cout);
  else
    report::write_state_text(one.model, scenarios.front(), std::cout);
}

} // namespace stalemate::cli
