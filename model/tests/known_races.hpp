#pragma once

#include "model/scenario/version.hpp"

#include <set>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// A counterexample, as far as it takes to tell which race it is.
struct Mechanism {
  std::string section;
  std::string claim;           ///< Or what somebody who is in the deadlock waits for.
  std::string path;            ///< Of the last step; of a deadlock, of somebody who is in it.
  std::set<std::string> among; ///< The paths of all who take a step, and options that are not 0.
};

/// Something that breaks in a kernel as it is, and why that is right.
struct KnownRace {
  std::string section;
  std::string claim;
  std::string path;               ///< Empty: any.
  std::vector<std::string> among; ///< Who has a part in it; the others may be there or not.
  std::string reason;             ///< One sentence for docs/coverage.md.
  Version first = Version::v6_1;  ///< No earlier one breaks so.
  Version last = newest;          ///< No later one does.

  [[nodiscard]] bool is(const Mechanism& found, Version version) const;
};

/// All of them. The first that fits is the one.
[[nodiscard]] const std::vector<KnownRace>& known_races();

} // namespace stalemate::kernel
