#pragma once

#include "model/tests/random_ending.hpp"

#include <array>
#include <map>
#include <string>

namespace stalemate::kernel {

/// What came of the random scenarios of each version, for docs/coverage.md.
class FidelityTable {
 public:
  /// Counts one scenario. A race that is not known is the caller's to report.
  void count(Version version, const Ending& ending);

  /// Of one version: those that were searched.
  [[nodiscard]] int searched(Version version) const;
  /// In Markdown: how they ended, and what broke, by race. Known races that none showed are left
  /// out.
  [[nodiscard]] std::string markdown() const;

 private:
  static constexpr auto number_of_versions = static_cast<std::size_t>(newest) + 1;
  using Row = std::array<int, number_of_versions>;

  std::map<Ending::Kind, Row> endings_;
  std::map<const KnownRace*, Row> races_;
};

} // namespace stalemate::kernel
