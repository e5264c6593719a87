// What a hunt has found so far: enough to go on from, and to tell of.
#pragma once

#include "reports/json.hpp"
#include "reports/mechanism.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::cli {

using report::Json;

/// What came of one scenario.
struct HuntEnding {
  enum class Kind : std::uint8_t { refused, vacuous, holds, undecided, broken };
  Kind kind = Kind::refused;
  std::uint64_t states = 0;
  std::vector<bool> applied; ///< By edit of the scenarios: does it change something here?
  std::string refusal;       ///< Why one of the others cannot.
  // Of what broke.
  report::Mechanism mechanism;
  std::string text; ///< The scenario.
  std::string start;
  int size = 0;
};

/// All scenarios up to one of them, in order.
struct HuntTotals {
  struct Start {
    std::string start;
    int size = 0;
    std::uint64_t scenarios = 0;
    std::string text; ///< The first scenario.
  };
  struct Race {
    report::Mechanism mechanism;
    std::uint64_t scenarios = 0;
    std::vector<Start> starts;
  };

  std::uint64_t refused = 0;
  std::uint64_t vacuous = 0;
  std::uint64_t held = 0;
  std::uint64_t undecided = 0;
  std::uint64_t broken = 0;
  std::uint64_t states = 0;
  std::vector<Race> races; ///< In the order in which they were found.
  std::vector<bool> applied;
  std::string refusal; ///< Of the first edit that changed nothing somewhere.

  [[nodiscard]] std::uint64_t done() const { return refused + vacuous + held + undecided + broken; }

  void add(HuntEnding ending);

  /// `hunt` says which scenarios they are, so that nobody goes on with others.
  [[nodiscard]] std::string journal(const std::string& hunt) const;
  /// Throws kernel::InputError for what is no journal, or of another hunt. `file` is for messages.
  [[nodiscard]] static HuntTotals
  of_journal(const std::string& text, const std::string& hunt, const std::string& file);
};

} // namespace stalemate::cli
