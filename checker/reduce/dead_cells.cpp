#include "checker/reduce/dead_cells.hpp"

#include "checker/program/footprint.hpp"

#include <utility>

namespace stalemate {

namespace {

using Cells = DeadCells::Cells;

/// What an alternative reads, and what it writes whatever the state is.
struct Use {
  Cells read;
  Cells killed;
  Cells written;
};

Use use_of(const ir::Process& process, const ir::Alternative& alternative) {
  Use use;
  Footprint footprint = static_footprint(process, alternative);
  use.read = std::move(footprint.read);
  use.written = std::move(footprint.written);
  for (const ir::Effect& effect : alternative.effects)
    if (!effect.index || ir::is_constant(effect.index))
      use.killed.insert({effect.variable, effect.index ? effect.index->value : 0});
  return use;
}

/// What claims read, at any time.
Cells watched_by(const ir::Model& model) {
  Cells cells;
  for (const ir::Property& property : model.properties) {
    for (const ir::Part& part : property.parts) {
      add_cells(part.holds, cells);
      for (const auto& value : part.values)
        add_cells(value, cells);
    }
    for (const auto& goal : {property.cause, property.goal})
      if (goal) add_cells(goal, cells);
  }
  return cells;
}

/// The uses of a process, by step and alternative.
using Uses = std::vector<std::vector<Use>>;

Uses uses_of(const ir::Process& process) {
  Uses uses;
  for (const ir::Step& step : process.steps) {
    auto& at = uses.emplace_back();
    for (const ir::Alternative& alternative : step.alternatives)
      at.push_back(use_of(process, alternative));
  }
  return uses;
}

void add(const Cells& more, Cells& cells) {
  cells.insert(more.begin(), more.end());
}

/// By step, and behind the last one for the end: the cells of `mine` that may still be read.
std::vector<Cells> live_cells(const ir::Process& process, const Uses& uses, const Cells& mine) {
  std::vector<Cells> live(process.steps.size() + 1);
  for (bool is_settled = false; !is_settled;) {
    is_settled = true;
    for (std::size_t s = process.steps.size(); s-- > 0;) {
      Cells now = live[s];
      for (std::size_t a = 0; a < uses[s].size(); ++a) {
        const Use& use = uses[s][a];
        for (const ir::Cell& cell : use.read)
          if (mine.contains(cell)) now.insert(cell);
        const auto next = static_cast<std::size_t>(process.steps[s].alternatives[a].next);
        for (const ir::Cell& cell : live[next])
          if (!use.killed.contains(cell)) now.insert(cell);
      }
      if (now == live[s]) continue;
      live[s] = std::move(now);
      is_settled = false;
    }
  }
  return live;
}

std::vector<std::vector<Cells>> dead_after(const ir::Process& process,
                                           const Uses& uses,
                                           const Cells& mine,
                                           const std::vector<Cells>& live) {
  std::vector<std::vector<Cells>> dead;
  for (std::size_t s = 0; s < process.steps.size(); ++s) {
    auto& at = dead.emplace_back();
    for (std::size_t a = 0; a < uses[s].size(); ++a) {
      Cells& cells = at.emplace_back(live[s]);
      for (const ir::Cell& cell : uses[s][a].written)
        if (mine.contains(cell)) cells.insert(cell);
      const auto next = static_cast<std::size_t>(process.steps[s].alternatives[a].next);
      for (const ir::Cell& cell : live[next])
        cells.erase(cell);
    }
  }
  return dead;
}

} // namespace

DeadCells find_dead_cells(const ir::Model& model) {
  std::vector<Uses> uses;
  std::vector<Cells> used; // By process.
  for (const ir::Process& process : model.processes) {
    uses.push_back(uses_of(process));
    Cells& all = used.emplace_back();
    for (const auto& step : uses.back()) {
      for (const Use& use : step) {
        add(use.read, all);
        add(use.written, all);
      }
    }
    all.erase({process.location, 0});
  }
  const Cells watched = watched_by(model);
  DeadCells dead;
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    Cells mine;
    for (const ir::Cell& cell : used[p]) {
      bool is_mine = !watched.contains(cell);
      for (std::size_t q = 0; q < used.size(); ++q)
        is_mine = is_mine && (q == p || !used[q].contains(cell));
      if (is_mine) mine.insert(cell);
    }
    const std::vector<Cells> live = live_cells(model.processes[p], uses[p], mine);
    dead.after.push_back(dead_after(model.processes[p], uses[p], mine, live));
    for (const ir::Cell& cell : live[0])
      mine.erase(cell);
    dead.at_first.push_back(std::move(mine));
  }
  return dead;
}

ir::Effect assignment(const ir::Model& model, const ir::Cell& cell, int value) {
  const bool is_scalar = model.variables[static_cast<std::size_t>(cell.variable)].shape.empty();
  return {cell.variable, is_scalar ? nullptr : ir::constant(cell.index), ir::constant(value)};
}

} // namespace stalemate
