// One scenario of a hunt, searched, and all of them, by several threads.
#pragma once

#include "checker/search/limits.hpp"
#include "cli/hunt_totals.hpp"
#include "model/inquiry/enumeration.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace stalemate::cli {

struct HuntWay {
  Limits limits; ///< Of each search.
  int jobs = 1;
  std::uint64_t scenarios_max = Limits::unlimited;
  std::optional<std::chrono::milliseconds> time_max; ///< Of all.
};

/// Searches what the totals do not have yet, in order, whoever does what; adds it to them. `seen`
/// is told now and then how far they are, and once at the end. Returns why it ended before the end.
[[nodiscard]] std::optional<std::string>
hunt_on(kernel::inquiry::Enumeration& scenarios,
        const Json& common,
        const HuntWay& way,
        HuntTotals& totals,
        const std::function<void(const HuntTotals&)>& seen);

} // namespace stalemate::cli
