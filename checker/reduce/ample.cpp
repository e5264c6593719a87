#include "checker/reduce/ample.hpp"

#include "checker/program/footprint.hpp"
#include "checker/reduce/facts.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace stalemate {

namespace {

/// A set of cells, or of steps, by number.
using Bits = std::vector<std::uint64_t>;

bool contains(const Bits& set, std::size_t number) {
  return ((set[number / 64] >> (number % 64)) & 1) != 0;
}
void insert(Bits& set, std::size_t number) {
  set[number / 64] |= std::uint64_t{1} << (number % 64);
}
bool meet(const Bits& a, const Bits& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if ((a[i] & b[i]) != 0) return true;
  return false;
}
/// True if that added something.
bool add(const Bits& more, Bits& set) {
  bool is_new = false;
  for (std::size_t i = 0; i < set.size(); ++i) {
    is_new = is_new || (more[i] & ~set[i]) != 0;
    set[i] |= more[i];
  }
  return is_new;
}

struct Access {
  Bits read;
  Bits written;
};

bool depend(const Access& a, const Access& b) {
  return meet(a.written, b.read) || meet(a.written, b.written) || meet(a.read, b.written);
}

std::set<ir::Cell> cells_of(const ir::ExpressionPtr& e) {
  std::set<ir::Cell> cells;
  add_cells(e, cells);
  return cells;
}

class AmpleSets {
 public:
  explicit AmpleSets(Program& program)
      : program_(program), model_(program.model), ranges_(program.layout.ranges()),
        facts_(model_, ranges_) {
    for (const ir::Variable& variable : model_.variables) {
      first_.push_back(cells_);
      cells_ += static_cast<std::size_t>(variable.cells());
    }
    for (const ir::Process& process : model_.processes) {
      auto& steps = access_.emplace_back();
      for (const ir::Step& step : process.steps) {
        auto& alternatives = steps.emplace_back();
        for (const ir::Alternative& alternative : step.alternatives)
          alternatives.push_back(access_of(process, alternative));
      }
    }
    watch();
  }

  void find() {
    const std::size_t count = model_.processes.size();
    program_.alone.resize(count);
    for (std::size_t p = 0; p < count; ++p) {
      const ir::Process& process = model_.processes[p];
      program_.alone[p].resize(process.steps.size() + 1);
      for (std::size_t s = 0; s < process.steps.size(); ++s)
        if (may_be_alone(p, s)) program_.alone[p][s] = where(p, s);
    }
  }

 private:
  /// A part of an invariant, and the cells that it looks at.
  struct Watched {
    ir::ExpressionPtr holds;
    Bits cells;
  };

  [[nodiscard]] Access nothing() const {
    return {Bits((cells_ + 63) / 64), Bits((cells_ + 63) / 64)};
  }

  [[nodiscard]] std::size_t number(const ir::Cell& cell) const {
    return first_[static_cast<std::size_t>(cell.variable)] + static_cast<std::size_t>(cell.index);
  }

  [[nodiscard]] Access access_of(const ir::Process& process,
                                 const ir::Alternative& alternative) const {
    ir::Alternative narrowed = alternative;
    const auto narrow = [&](ir::ExpressionPtr& e) {
      if (e) e = simplify(e, {}, ranges_);
    };
    narrow(narrowed.guard);
    for (ir::Wait& wait : narrowed.waits)
      narrow(wait.until);
    for (ir::Check& check : narrowed.checks)
      narrow(check.holds);
    for (ir::Effect& effect : narrowed.effects) {
      narrow(effect.index);
      narrow(effect.value);
    }
    Access access = nothing();
    const Footprint footprint = static_footprint(process, narrowed);
    for (const ir::Cell& cell : footprint.read)
      insert(access.read, number(cell));
    for (const ir::Cell& cell : footprint.written)
      insert(access.written, number(cell));
    return access;
  }

  void watch() {
    for (const ir::Property& property : model_.properties)
      for (const ir::Part& part : property.parts) {
        Watched& one =
            watched_.emplace_back(Watched{simplify(part.holds, {}, ranges_), nothing().read});
        for (const ir::Cell& cell : cells_of(one.holds))
          insert(one.cells, number(cell));
      }
  }

  /// Everything that leaves the step, taken together.
  [[nodiscard]] Access access_at(std::size_t process, std::size_t step) const {
    Access all = nothing();
    for (const Access& one : access_[process][step]) {
      add(one.read, all.read);
      add(one.written, all.written);
    }
    return all;
  }

  /// What does not depend on the others.
  [[nodiscard]] bool may_be_alone(std::size_t process, std::size_t step) const {
    for (const ir::Alternative& alternative : model_.processes[process].steps[step].alternatives)
      if (alternative.next <= static_cast<int>(step)) return false;
    return std::ranges::all_of(watched_, [&](const Watched& part) {
      for (std::size_t a = 0; a < access_[process][step].size(); ++a)
        if (meet(access_[process][step][a].written, part.cells) &&
            may_repair(process, step, a, part))
          return false;
      return true;
    });
  }

  /// Could the alternative make true what was not? Then a state in which that is broken could be
  /// one that only others lead to, while this process stands still.
  [[nodiscard]] bool
  may_repair(std::size_t process, std::size_t step, std::size_t number, const Watched& part) const {
    const ir::Alternative& alternative = model_.processes[process].steps[step].alternatives[number];
    const Facts::Change change =
        facts_.change(static_cast<int>(process), static_cast<int>(step), alternative);
    const auto before = simplify(part.holds, change.before, ranges_);
    if (ir::is_constant(before, 1)) return false;
    const auto after = simplify(part.holds, change.after, ranges_);
    const Bits& written = access_[process][step][number].written;
    const auto cells = cells_of(after);
    const bool knows_all = std::ranges::none_of(
        cells, [&](const ir::Cell& cell) { return contains(written, this->number(cell)); });
    return !knows_all || ir::text(model_, before) != ir::text(model_, after);
  }

  /// By process: the steps from where nothing that depends on this step can be done.
  [[nodiscard]] std::vector<Bits> where(std::size_t process, std::size_t step) {
    const Access mine = access_at(process, step);
    const Known& facts = facts_.at(static_cast<int>(process), static_cast<int>(step));
    std::vector<Bits> result;
    for (std::size_t q = 0; q < model_.processes.size(); ++q) {
      const std::size_t steps = model_.processes[q].steps.size();
      Bits& safe = result.emplace_back((steps + 64) / 64);
      if (q == process) continue;
      const auto& future = future_of(q, facts);
      for (std::size_t s = 0; s <= steps; ++s)
        if (!depend(mine, future[s])) insert(safe, s);
    }
    return result;
  }

  /// By step: what the process can do from there on, as long as these facts are true.
  [[nodiscard]] const std::vector<Access>& future_of(std::size_t process, const Known& facts) {
    const ir::Process& p = model_.processes[process];
    // By step and alternative: is it left open? What is the same has the same future.
    std::vector<std::vector<bool>> open;
    for (const ir::Step& step : p.steps) {
      auto& at = open.emplace_back();
      for (const ir::Alternative& alternative : step.alternatives)
        at.push_back(!is_excluded(alternative, facts));
    }
    const auto [entry, is_new] = futures_.try_emplace({process, open});
    std::vector<Access>& future = entry->second;
    if (!is_new) return future;
    future.assign(p.steps.size() + 1, nothing());
    for (bool is_settled = false; !is_settled;) {
      is_settled = true;
      for (std::size_t s = p.steps.size(); s-- > 0;) {
        for (std::size_t a = 0; a < p.steps[s].alternatives.size(); ++a) {
          if (!open[s][a]) continue;
          const auto next = static_cast<std::size_t>(p.steps[s].alternatives[a].next);
          for (const Access* more : {&access_[process][s][a], &future[next]}) {
            if (next == s && more == &future[next]) continue;
            const bool reads_more = add(more->read, future[s].read);
            const bool writes_more = add(more->written, future[s].written);
            is_settled = is_settled && !reads_more && !writes_more;
          }
        }
      }
    }
    return future;
  }

  /// Only the facts about what it takes to be enabled can exclude it.
  [[nodiscard]] bool is_excluded(const ir::Alternative& alternative, const Known& facts) {
    auto [entry, is_new] = asked_.try_emplace(&alternative);
    if (is_new) {
      add_cells(alternative.guard, entry->second.cells);
      for (const ir::Wait& wait : alternative.waits)
        add_cells(wait.until, entry->second.cells);
    }
    Known concerned;
    for (const ir::Cell& cell : entry->second.cells)
      if (const auto found = facts.find(cell); found != facts.end()) concerned.insert(*found);
    const auto [answer, is_first] = entry->second.answers.try_emplace(std::move(concerned));
    if (is_first) answer->second = is_impossible(alternative, answer->first, ranges_);
    return answer->second;
  }

  struct Asked {
    std::set<ir::Cell> cells; ///< That decide whether it is enabled.
    std::map<Known, bool> answers;
  };

  Program& program_;
  const ir::Model& model_;
  const Ranges& ranges_;
  Facts facts_;
  std::vector<std::size_t> first_; ///< By variable: number of its first cell.
  std::size_t cells_ = 0;
  std::vector<std::vector<std::vector<Access>>> access_; ///< By process, step, alternative.
  std::vector<Watched> watched_;
  std::map<const ir::Alternative*, Asked> asked_;
  std::map<std::pair<std::size_t, std::vector<std::vector<bool>>>, std::vector<Access>> futures_;
};

} // namespace

void find_ample_sets(Program& program) {
  const auto& properties = program.model.properties;
  if (std::ranges::any_of(properties, ir::is_about_runs, &ir::Property::kind)) return;
  AmpleSets(program).find();
}

} // namespace stalemate
