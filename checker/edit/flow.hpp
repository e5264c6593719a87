// The control flow of a process, changed: steps come and go, and ways still lead where they led.
#pragma once

#include "checker/ir/process.hpp"

#include <vector>

namespace stalemate::edit {

/// The alternative of a step.
[[nodiscard]] ir::Step& step_at(ir::Process& process, int step);
[[nodiscard]] const ir::Step& step_at(const ir::Process& process, int step);

/// Puts a step before step `at`, in the order in which steps are printed. Nothing leads to it yet;
/// its own ways must be numbered as they are afterwards.
void make_room(ir::Process& process, int at, ir::Step step);

/// Everything that led to step `from` leads to `to`, the start of the process as well. `retry` is
/// added to what is led elsewhere: it goes back to try again now.
void redirect(ir::Process& process, int from, int to, bool retry = false);

/// Whether this way out of the step goes back, at once or by steps that leave no choice.
[[nodiscard]] bool goes_back(const ir::Process& process, int step, const ir::Alternative& way);

/// Where the process goes on behind the step, if nothing of it happens: the one target of those
/// ways that do not go back. Throws EditError if there are several.
struct Onward {
  int step = 0;
  bool retry = false; ///< All ways go back: to pass through is no progress either.
};
[[nodiscard]] Onward onward(const ir::Process& process, int step);

/// Takes out a step that no way leads to, and returns it: its own ways are numbered as all others.
ir::Step take_out(ir::Process& process, int step);

/// By step, and for the end: can some way lead there from the first step?
[[nodiscard]] std::vector<bool> reached(const ir::Process& process);

/// Removes steps that no way leads to.
void prune(ir::Process& process);

} // namespace stalemate::edit
