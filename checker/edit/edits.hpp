// What can be done to the recorded steps of a process. Each edit takes one place, leaves a model
// that still makes sense, and marks what it changed in Step::edit. All throw EditError where an
// edit means nothing, or more than one thing. Numbers of steps behind the place change; steps that
// nothing leads to any more stay until prune(), so that those before it do not.
#pragma once

#include "checker/edit/find_steps.hpp"
#include "checker/edit/locks.hpp"
#include "checker/ir/model.hpp"

#include <optional>
#include <vector>

namespace stalemate::edit {

/// The step does not happen: whoever came to it passes through to where it goes on. A lock that it
/// took is neither waited for nor held, and what would release it releases nothing.
void drop(ir::Model& model, const Site& step);

/// The step happens elsewhere: just before the step `to`, or just behind it, or behind one way of
/// it. Where it stood it is passed through; its ways that lead elsewhere still do.
void move(ir::Model& model, const Site& step, int to, bool behind, int way = ir::none);

/// The way is taken whatever its guard says, and no other one is. What it waits for it waits for.
void always(ir::Model& model, const Site& way);

/// The way is never taken. Where it was the only one possible, the one that is left is taken; if
/// several are left, the process stays where it is. A process that may rest at the step rests.
void never(ir::Model& model, const Site& way);

/// The lock is never taken by the process, and so never given back.
void unlock(ir::Model& model, int process, const Lock& lock);

/// The process has the lock from the beginning of step `from` to the end of step `to`: everything
/// that leads into these steps takes it first, everything that leads out gives it back.
void hold(ir::Model& model, int process, const Lock& lock, bool shared, int from, int to);

/// The effects of the step, or of one way of it, happen one by one: anybody may run in between.
/// With `after`, it is parted once, behind that many effects.
void split(ir::Model& model, const Site& step, std::optional<std::size_t> after = {});

/// All that lies between the beginning of step `first` and the end of step `last` happens at once.
void merge(ir::Model& model, int process, int first, int last);

/// A new step behind another, or behind one way of it, or before it. Ways of the new one whose
/// `next` is ir::none go on where things went on before.
void insert(ir::Model& model, const Site& at, ir::Step step, bool behind);

/// What changes about a way; what is absent stays.
struct Change {
  ir::ExpressionPtr when = nullptr;                 ///< Its guard.
  std::optional<std::vector<ir::Effect>> then = {}; ///< Its effects, but for locks.
  std::optional<int> go = {};                       ///< Its target.
};
/// A site without a way means the only one of its step. Ways that are the other case of those
/// before them are that of the new guard.
void change(ir::Model& model, const Site& way, const Change& change);

} // namespace stalemate::edit
