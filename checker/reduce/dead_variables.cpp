#include "checker/reduce/dead_variables.hpp"

#include "checker/program/footprint.hpp"

#include <set>
#include <utility>
#include <vector>

namespace stalemate {

namespace {

using Cells = std::set<ir::Cell>;

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

ir::Effect reset(const ir::Model& model, const ir::Cell& cell) {
  const ir::Variable& variable = model.variables[static_cast<std::size_t>(cell.variable)];
  return {cell.variable,
          variable.shape.empty() ? nullptr : ir::constant(cell.index),
          ir::constant(variable.initial[static_cast<std::size_t>(cell.index)])};
}

void reset_dead(ir::Model& model, ir::Process& process, const Uses& uses, const Cells& mine) {
  const std::vector<Cells> live = live_cells(process, uses, mine);
  for (std::size_t s = 0; s < process.steps.size(); ++s) {
    for (std::size_t a = 0; a < uses[s].size(); ++a) {
      ir::Alternative& alternative = process.steps[s].alternatives[a];
      const Cells& needed = live[static_cast<std::size_t>(alternative.next)];
      // What was dead before has its initial value already.
      Cells candidates = live[s];
      for (const ir::Cell& cell : uses[s][a].written)
        if (mine.contains(cell)) candidates.insert(cell);
      for (const ir::Cell& cell : candidates)
        if (!needed.contains(cell)) alternative.effects.push_back(reset(model, cell));
    }
  }
}

/// What all processes do, and the cells that only one of them uses.
struct UseOfAll {
  std::vector<Uses> uses;   // By process.
  std::vector<Cells> alone; // By process.
};

UseOfAll use_of_all(const ir::Model& model) {
  UseOfAll result;
  std::vector<Cells> used; // By process.
  for (const ir::Process& process : model.processes) {
    result.uses.push_back(uses_of(process));
    Cells& all = used.emplace_back();
    for (const auto& step : result.uses.back()) {
      for (const Use& use : step) {
        add(use.read, all);
        add(use.written, all);
      }
    }
    all.erase({process.location, 0});
  }
  const Cells watched = watched_by(model);
  for (std::size_t p = 0; p < used.size(); ++p) {
    Cells& mine = result.alone.emplace_back();
    for (const ir::Cell& cell : used[p]) {
      bool is_mine = !watched.contains(cell);
      for (std::size_t q = 0; q < used.size(); ++q)
        is_mine = is_mine && (q == p || !used[q].contains(cell));
      if (is_mine) mine.insert(cell);
    }
  }
  return result;
}

} // namespace

ir::Model without_dead_values(ir::Model model, const std::set<ir::VariableId>& kept) {
  UseOfAll all = use_of_all(model);
  for (Cells& mine : all.alone)
    std::erase_if(mine, [&](const ir::Cell& cell) { return kept.contains(cell.variable); });
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    ir::Process process = model.processes[p];
    reset_dead(model, process, all.uses[p], all.alone[p]);
    model.processes[p] = std::move(process);
  }
  return model;
}

std::set<ir::Cell> dead_at_start(const ir::Model& model) {
  Cells dead;
  const UseOfAll all = use_of_all(model);
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    const Cells live = live_cells(model.processes[p], all.uses[p], all.alone[p]).front();
    for (const ir::Cell& cell : all.alone[p])
      if (!live.contains(cell)) dead.insert(cell);
  }
  return dead;
}

} // namespace stalemate
