#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/ir/model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace stalemate {

// What a model means, in the plainest form: the compiled program must agree with this, and whatever
// must be beyond doubt uses it, such as replaying a counterexample.

/// What firing an alternative does.
struct Firing {
  ir::Valuation target;              ///< The state after it; valid if nothing broke.
  std::vector<ir::Cell> written;     ///< In the order of the effects, without the location.
  const ir::Check* broken = nullptr; ///< The first check that does not hold.
  std::string error;                 ///< "x becomes 3, its range is 0..2"
  ir::VariableId counter = ir::none; ///< Of an error: the endless counter that left its range.
};

/// The step at which a process stands; Process::finished() if it has ended.
[[nodiscard]] int location(const ir::Process& process, const ir::Valuation& state);

/// True if the guard is true and nothing has to be waited for.
[[nodiscard]] bool is_enabled(const ir::Alternative& alternative, const ir::Valuation& state);

/// Fires an enabled alternative of the step at which the process stands.
[[nodiscard]] Firing fire(const ir::Model& model,
                          const ir::Process& process,
                          const ir::Alternative& alternative,
                          const ir::Valuation& state);

/// True if the process has ended, or stands at an idle step where no guard is true. What it would
/// wait for does not count: a daemon that has work and waits for a lock does not rest.
[[nodiscard]] bool is_at_rest(const ir::Process& process, const ir::Valuation& state);

/// True if the process can take some way out of the step at which it stands.
[[nodiscard]] bool can_move(const ir::Process& process, const ir::Valuation& state);

/// True if every process has ended, or stands at an idle step and is not kept from its work there:
/// whoever may rest is not in the middle of anything.
[[nodiscard]] bool is_finished(const ir::Model& model, const ir::Valuation& state);

/// Which part of which invariant does not hold; the first one.
struct BrokenPart {
  int property = 0;
  int part = 0;

  friend bool operator==(const BrokenPart&, const BrokenPart&) = default;
};
[[nodiscard]] std::optional<BrokenPart> broken_part(const ir::Model& model,
                                                    const ir::Valuation& state);

/// "writer0: iomap_write_begin: "advance": " and the text: how errors of a step are reported.
[[nodiscard]] std::string
at_step(const ir::Model& model, const ir::Process& process, int step, const std::string& text);

} // namespace stalemate
