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
        facts_(model_, program.layout) {
    for (const ir::Variable& variable : model_.variables) {
      first_.push_back(cells_);
      cells_ += static_cast<std::size_t>(variable.cells());
    }
    for (std::size_t p = 0; p < model_.processes.size(); ++p)
      resolve(p);
    watch();
  }

  void find() {
    const std::size_t count = model_.processes.size();
    program_.alone.resize(count);
    for (std::size_t p = 0; p < count; ++p) {
      program_.spots.push_back(facts_.spots(static_cast<int>(p)));
      program_.alone[p].resize(ways_[p].size());
      for (std::size_t s = 0; s < ways_[p].size(); ++s)
        program_.alone[p][s] = alone_at(p, s);
    }
  }

 private:
  /// A part of an invariant, and the cells that it looks at.
  struct Watched {
    ir::ExpressionPtr holds;
    Bits cells;
  };

  /// An alternative at a spot.
  struct Way {
    const ir::Alternative* alternative;
    int number;                ///< Of the alternative in its step.
    ir::ExpressionPtr enabled; ///< What it takes, with the facts put in.
    Bits enabling;             ///< The cells of that.
    Access access;
    std::vector<std::size_t> targets; ///< Spots.
  };

  [[nodiscard]] Access nothing() const {
    return {Bits((cells_ + 63) / 64), Bits((cells_ + 63) / 64)};
  }

  [[nodiscard]] std::size_t number(const ir::Cell& cell) const {
    return first_[static_cast<std::size_t>(cell.variable)] + static_cast<std::size_t>(cell.index);
  }

  /// Finds the ways out of every spot of a process, as far as they are possible there.
  void resolve(std::size_t process) {
    const ir::Process& p = model_.processes[process];
    const auto number = static_cast<int>(process);
    const Spots& spots = facts_.spots(number);
    auto& ways = ways_.emplace_back(spots.count());
    for (std::size_t spot = 0; spot < spots.count(); ++spot) {
      const std::size_t step = spots.step(spot);
      if (step == p.steps.size() || !facts_.is_reached(number, spot)) continue;
      const Known& facts = facts_.at(number, spot);
      const auto& alternatives = p.steps[step].alternatives;
      for (std::size_t a = 0; a < alternatives.size(); ++a) {
        const ir::Alternative& alternative = alternatives[a];
        const ir::Alternative narrow = narrowed(alternative, facts);
        ir::ExpressionPtr enabled = narrow.guard;
        for (const ir::Wait& wait : narrow.waits)
          enabled = ir::fold(ir::Op::both, {enabled, wait.until});
        // What is impossible here stays so: no fact is one that others change.
        if (ir::is_constant(enabled, 0)) continue;
        Bits enabling = nothing().read;
        for (const ir::Cell& cell : cells_of(enabled))
          insert(enabling, this->number(cell));
        ways[spot].push_back({&alternative,
                              static_cast<int>(a),
                              std::move(enabled),
                              std::move(enabling),
                              access_of(p, narrow),
                              facts_.targets(number, spot, alternative)});
      }
    }
  }

  /// With what is known put in, which changes with the effects.
  [[nodiscard]] ir::Alternative narrowed(ir::Alternative alternative, Known known) const {
    const auto put_in = [&](ir::ExpressionPtr& e) {
      if (e) e = simplify(e, known, ranges_);
    };
    put_in(alternative.guard);
    for (ir::Wait& wait : alternative.waits)
      put_in(wait.until);
    for (ir::Check& check : alternative.checks)
      put_in(check.holds);
    for (ir::Effect& effect : alternative.effects) {
      put_in(effect.index);
      put_in(effect.value);
      if (!apply(effect, known, ranges_)) break;
    }
    return alternative;
  }

  [[nodiscard]] Access access_of(const ir::Process& process,
                                 const ir::Alternative& alternative) const {
    Access access = nothing();
    const Footprint footprint = static_footprint(process, alternative);
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

  [[nodiscard]] AloneAtSpot alone_at(std::size_t process, std::size_t spot) {
    const auto& ways = ways_[process][spot];
    if (ways.empty()) return {};
    const std::size_t step = facts_.spots(static_cast<int>(process)).step(spot);
    AloneAtSpot result;
    result.by_enabled.resize(model_.processes[process].steps[step].alternatives.size() + 1);
    bool all_may_be = true;
    for (const Way& way : ways) {
      if (may_be_alone(process, spot, way))
        result.by_enabled[static_cast<std::size_t>(way.number)] = where(process, spot, &way);
      else
        all_may_be = false;
    }
    if (all_may_be) result.by_enabled.back() = where(process, spot, nullptr);
    for (const Alone& one : result.by_enabled) {
      if (one.empty()) continue;
      if (result.any.empty()) result.any = one;
      for (std::size_t q = 0; q < one.size(); ++q)
        (void)add(one[q], result.any[q]);
    }
    return result;
  }

  /// What is touched where only this way is enabled, or all may be. That the other ways are not
  /// depends on what would enable them.
  [[nodiscard]] Access access_at(std::size_t process, std::size_t spot, const Way* only) const {
    Access all = nothing();
    for (const Way& way : ways_[process][spot]) {
      add(way.enabling, all.read);
      if (only != nullptr && only != &way) continue;
      add(way.access.read, all.read);
      add(way.access.written, all.written);
    }
    return all;
  }

  /// What does not depend on the others.
  [[nodiscard]] bool may_be_alone(std::size_t process, std::size_t spot, const Way& way) const {
    const auto step = static_cast<int>(facts_.spots(static_cast<int>(process)).step(spot));
    if (way.alternative->next <= step) return false;
    return std::ranges::none_of(watched_, [&](const Watched& part) {
      return meet(way.access.written, part.cells) && may_repair(process, spot, way, part);
    });
  }

  /// Could the alternative make true what was not? Then a state in which that is broken could be
  /// one that only others lead to, while this process stands still.
  [[nodiscard]] bool
  may_repair(std::size_t process, std::size_t spot, const Way& way, const Watched& part) const {
    const Facts::Change change = facts_.change(static_cast<int>(process), spot, *way.alternative);
    const auto before = simplify(part.holds, change.before, ranges_);
    if (ir::is_constant(before, 1)) return false;
    if (!change.after) return false; // There is no state after it.
    const auto after = simplify(part.holds, *change.after, ranges_);
    const auto cells = cells_of(after);
    const bool knows_all = std::ranges::none_of(cells, [&](const ir::Cell& cell) {
      return contains(way.access.written, this->number(cell));
    });
    return !knows_all || ir::text(model_, before) != ir::text(model_, after);
  }

  /// By process: the spots from where nothing that depends on this spot can be done.
  [[nodiscard]] Alone where(std::size_t process, std::size_t spot, const Way* only) {
    const Access mine = access_at(process, spot, only);
    const Known& facts = facts_.at(static_cast<int>(process), spot);
    Alone result;
    for (std::size_t q = 0; q < model_.processes.size(); ++q) {
      const std::size_t spots = ways_[q].size();
      Bits& safe = result.emplace_back((spots + 63) / 64);
      if (q == process) continue;
      const auto& future = future_of(q, facts);
      for (std::size_t s = 0; s < spots; ++s)
        if (!depend(mine, future[s])) insert(safe, s);
    }
    return result;
  }

  /// By spot: what the process can do from there on, as long as these facts are true.
  [[nodiscard]] const std::vector<Access>& future_of(std::size_t process, const Known& facts) {
    const auto& ways = ways_[process];
    // By spot and way: is it left open? What is the same has the same future.
    std::vector<bool> open;
    for (const auto& at : ways)
      for (const Way& way : at)
        open.push_back(!is_excluded(way, facts));
    const auto [entry, is_new] = futures_.try_emplace({process, open});
    std::vector<Access>& future = entry->second;
    if (!is_new) return future;
    future.assign(ways.size(), nothing());
    for (bool is_settled = false; !is_settled;) {
      is_settled = true;
      std::size_t number = open.size();
      for (std::size_t s = ways.size(); s-- > 0;) {
        for (std::size_t w = ways[s].size(); w-- > 0;) {
          if (!open[--number]) continue;
          const Way& way = ways[s][w];
          const auto take = [&](const Access& more) {
            const bool reads_more = add(more.read, future[s].read);
            const bool writes_more = add(more.written, future[s].written);
            is_settled = is_settled && !reads_more && !writes_more;
          };
          take(way.access);
          for (const std::size_t target : way.targets)
            if (target != s) take(future[target]);
        }
      }
    }
    return future;
  }

  /// Only the facts about what it takes to be enabled can exclude it.
  [[nodiscard]] bool is_excluded(const Way& way, const Known& facts) {
    auto [entry, is_new] = asked_.try_emplace(&way);
    if (is_new) add_cells(way.enabled, entry->second.cells);
    Known concerned;
    for (const ir::Cell& cell : entry->second.cells)
      if (const auto found = facts.find(cell); found != facts.end()) concerned.insert(*found);
    if (concerned.empty()) return false;
    const auto [answer, is_first] = entry->second.answers.try_emplace(std::move(concerned));
    if (is_first) {
      const auto now = simplify(way.enabled, answer->first, ranges_);
      answer->second = ir::is_constant(now, 0);
    }
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
  std::vector<std::vector<std::vector<Way>>> ways_; ///< By process and spot.
  std::vector<Watched> watched_;
  std::map<const Way*, Asked> asked_;
  std::map<std::pair<std::size_t, std::vector<bool>>, std::vector<Access>> futures_;
};

/// Finds it out, if no claim about runs forbids it.
bool knows_who_may_be_alone(Program& program) {
  const auto& properties = program.model.properties;
  if (std::ranges::any_of(properties, ir::is_about_runs, &ir::Property::kind)) return false;
  if (program.alone.empty()) AmpleSets(program).find();
  return true;
}

} // namespace

void find_ample_sets(Program& program) {
  program.leaves_out_orders = knows_who_may_be_alone(program);
}

void pass_lone_moves(Program& program) {
  program.goes_on = knows_who_may_be_alone(program);
}

} // namespace stalemate
