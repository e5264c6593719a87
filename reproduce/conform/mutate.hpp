// Logs that were changed, to see how much a log says: one that fits the model as well as before
// was not told apart.
#pragma once

#include "reproduce/conform/log.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::reproduce {

enum class Change : std::uint8_t {
  moved,   ///< A call, with those inside it, happens at another time.
  dropped, ///< A call is missing.
  swapped, ///< Two calls of different tasks or functions change places.
  value,   ///< A call returns something else.
  content, ///< A segment of the file holds something else in the end.
};
inline constexpr std::array all_changes{
    Change::moved, Change::dropped, Change::swapped, Change::value, Change::content};
[[nodiscard]] const char* word(Change change);

struct Mutant {
  Log log;
  std::string what; ///< "kswapd __remove_mapping goes from line 40 to line 12"
  /// Of a move or swap: calls of the same task were passed, not only those of others.
  bool passes_its_own = false;
  std::string function = {}; ///< Of the call, the first one.
};

/// What of a log may be changed: arrivals that stand for something, by index, and functions whose
/// value does, with another value each.
struct Changeable {
  std::vector<int> arrivals;
  std::map<std::string, std::pair<long long, long long>> values;
};

/// The same seed changes the same. Nothing where the log has nothing to change in this way.
[[nodiscard]] std::optional<Mutant>
mutant_of(const Log& log, const Changeable& changeable, Change change, std::uint32_t seed);

} // namespace stalemate::reproduce
