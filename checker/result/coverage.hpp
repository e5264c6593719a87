#pragma once

#include "checker/ir/model.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate {

/// How often each alternative was fired: by process, step, alternative.
struct Coverage {
  std::vector<std::vector<std::vector<std::uint64_t>>> fired;
};

/// All zero, in the shape of the model.
[[nodiscard]] Coverage no_coverage(const ir::Model& model);

/// What an alternative is called: its note, or its guard without the name of the process, so that
/// all processes of a path agree.
[[nodiscard]] std::string alternative_name(const ir::Model& model,
                                           const ir::Process& process,
                                           const ir::Alternative& alternative);

/// A step, or one alternative of it, that no process of its path ever took.
struct NeverTaken {
  std::string path;        ///< The processes' path, "buffered_write".
  std::string step;        ///< "iomap_write_begin: get and lock the folio"
  std::string alternative; ///< Empty: the whole step. Else its note, or its guard as text.

  /// "step" or "step / alternative": how scenarios list what they expect.
  [[nodiscard]] std::string text() const;

  friend auto operator<=>(const NeverTaken&, const NeverTaken&) = default;
};

/// What was never taken, in order of processes and steps, each once. Steps that several processes
/// of one path share count as taken when one of them took it.
[[nodiscard]] std::vector<NeverTaken> never_taken(const ir::Model& model, const Coverage& coverage);

/// All that could be named so: every step, and every way of each.
[[nodiscard]] std::vector<NeverTaken> all_ways(const ir::Model& model);

} // namespace stalemate
