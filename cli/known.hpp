// Races that are known already, by their mechanism.
#pragma once

#include "reports/mechanism.hpp"

#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli {

class KnownRaces {
 public:
  /// Adds those of a list such as docs/findings.json, or of the scenarios that a path names: all
  /// that break. Throws kernel::InputError.
  void add(const std::string& path);

  /// As what the race is known; empty: it is new.
  [[nodiscard]] std::vector<std::string> names(const report::Mechanism& mechanism) const;

 private:
  bool add_list(const std::string& path);
  void add_scenarios(const std::string& path);

  std::vector<std::pair<report::Mechanism, std::string>> all_;
};

} // namespace stalemate::cli
