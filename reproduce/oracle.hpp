// Where a program has to look to see that a claim is broken, oracles.json. The claim says so, not
// the scenario.
#pragma once

#include "reports/trace_json.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::reproduce {

/// Of one claim; just one of the three is said.
struct Oracle {
  std::vector<std::string> looks = {}; ///< `enum look` of guest/found.h.
  std::string unseen = {};             ///< Why no program sees it.
  bool is_secret = false; ///< What breaks it is not to be published: no program is written.
};

using Oracles = std::map<std::string, Oracle>;

/// Throws Refusal with the place in `name`.
[[nodiscard]] Oracles read_oracles(const std::string& name, std::string_view text);

/// Is a program for this one that shows one user what is another's? The claim says so, a copy that
/// comes back short, or what is read.
[[nodiscard]] bool is_secret(const report::SavedTrace& trace, const Oracles& oracles);

/// Of the claim that the trace breaks; where it breaks none, `claims` are those that hold, and what
/// can be seen of any is looked at. Throws Refusal if nothing of it can be seen.
[[nodiscard]] std::vector<std::string> looks_of(const report::SavedTrace& trace,
                                                const std::vector<std::string>& claims,
                                                const Oracles& oracles);

} // namespace stalemate::reproduce
