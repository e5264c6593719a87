// One piece of code per process and step. Where a step indexes arrays by a cell of few values, a
// writer's folio index for example, its code is split by that cell's value first: every index below
// is a constant then, and the tests of a row fuse like all others.
//
// Behind every transition follow the invariants that it may have broken. They held in the state
// before, so only those are looked at that read a changed cell, simplified by what is known of the
// state after: that writer0 stands at a certain step decides most of them while compiling.

#include "checker/program/lower.hpp"

#include "checker/program/footprint.hpp"
#include "checker/program/index_cells.hpp"
#include "checker/program/lower_condition.hpp"
#include "checker/program/lower_effects.hpp"
#include "checker/program/simplify.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace stalemate {

namespace {

using ir::ExpressionPtr;

class Lowering {
 public:
  explicit Lowering(Program& program) : program_(program), layout_(program.layout) {}

  void run() {
    program_.nothing = place({{.code = Code::end}});
    list_parts();
    for (const ir::Property& property : program_.model.properties)
      program_.claims.push_back({lower_truth(property.cause), lower_truth(property.goal)});
    for (std::size_t p = 0; p < program_.model.processes.size(); ++p) {
      lower_process(static_cast<int>(p));
    }
  }

 private:
  /// Appends a finished piece of code, once if there are equal ones.
  Entry place(const std::vector<Instruction>& piece) {
    auto& all = program_.code.instructions;
    const auto [known, fresh] = pieces_.emplace(piece, static_cast<Entry>(all.size()));
    if (fresh) all.insert(all.end(), piece.begin(), piece.end());
    if (all.size() > 10'000'000) throw ir::InvalidModel("the model's code is too large");
    return known->second;
  }

  void list_parts() {
    const auto& properties = program_.model.properties;
    std::vector<std::pair<int, ExpressionPtr>> all;
    for (std::size_t i = 0; i < properties.size(); ++i) {
      for (std::size_t k = 0; k < properties[i].parts.size(); ++k) {
        const auto holds = simplify(properties[i].parts[k].holds, {}, layout_.ranges());
        PartCode part;
        add_cells(holds, part.cells);
        part.holds = holds;
        all.emplace_back(static_cast<int>(parts_.size()), holds);
        parts_.push_back(std::move(part));
        program_.parts.push_back({static_cast<int>(i), static_cast<int>(k)});
      }
    }
    program_.all_invariants = lower_parts(all);
  }

  Entry lower_parts(const std::vector<std::pair<int, ExpressionPtr>>& parts) {
    Assembler code(program_.code);
    std::vector<Mark> broken;
    for (const auto& [part, holds] : parts) {
      broken.push_back(code.mark());
      lower_condition(code, layout_, holds, true, broken.back());
    }
    code.add({.code = Code::answer, .other = Program::holds_all});
    for (std::size_t i = 0; i < parts.size(); ++i) {
      code.place(broken[i]);
      code.add({.code = Code::answer, .other = parts[i].first});
    }
    return place(code.finish());
  }

  Entry lower_truth(const ExpressionPtr& e) {
    if (!e) return program_.nothing;
    Assembler code(program_.code);
    const Mark is_false = code.mark();
    lower_condition(code, layout_, simplify(e, {}, layout_.ranges()), true, is_false);
    code.add({.code = Code::answer, .other = 1});
    code.place(is_false);
    code.add({.code = Code::answer, .other = 0});
    return place(code.finish());
  }

  /// The code that looks for a part that was broken by a transition, given that none was before.
  Entry lower_invariants(const After& after) {
    std::vector<std::pair<int, ExpressionPtr>> open;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const bool is_touched = std::ranges::any_of(
          parts_[i].cells, [&](const ir::Cell& cell) { return after.changed.contains(cell); });
      if (!is_touched) continue;
      const auto holds = simplify(parts_[i].holds, after.known, layout_.ranges());
      if (!ir::is_constant(holds) || holds->value == 0)
        open.emplace_back(static_cast<int>(i), holds);
    }
    return open.empty() ? program_.nothing : lower_parts(open);
  }

  void lower_process(int number) {
    const ir::Process& process = program_.model.processes[static_cast<std::size_t>(number)];
    ProcessCode result;
    result.location = layout_.field({process.location, 0});

    int alternatives_max = 0;
    std::vector<std::uint32_t> first; // Alternative, by step.
    for (std::size_t s = 0; s < process.steps.size(); ++s) {
      const std::size_t count = process.steps[s].alternatives.size();
      first.push_back(static_cast<std::uint32_t>(program_.alternatives.size()));
      for (std::size_t a = 0; a < count; ++a)
        program_.alternatives.push_back({number, static_cast<int>(s), static_cast<int>(a)});
      alternatives_max = std::max(alternatives_max, static_cast<int>(count));
    }

    // Where nobody gets, there is no code.
    result.steps.assign(process.steps.size(), program_.nothing);
    result.resting.assign(process.steps.size(), place({{.code = Code::answer, .other = 0}}));
    std::vector<bool> is_done(process.steps.size());
    reached_.assign(process.steps.size() + 1, false);
    reached_[static_cast<std::size_t>(
        program_.model.variables[static_cast<std::size_t>(process.location)].initial.front())] =
        true;
    for (bool is_new = true; is_new;) {
      is_new = false;
      for (std::size_t s = 0; s < process.steps.size(); ++s) {
        if (!reached_[s] || is_done[s]) continue;
        is_done[s] = is_new = true;
        const ir::Step& step = process.steps[s];
        const Known known{{{process.location, 0}, static_cast<int>(s)}};
        Assembler code(program_.code);
        lower_step(code, process, step, first[s], known, split_pieces_max);
        result.steps[s] = place(code.finish());
        result.resting[s] = lower_resting(step, known);
      }
    }
    result.steps.push_back(program_.nothing);
    result.resting.push_back(place({{.code = Code::answer, .other = 1}}));
    program_.successors_max += alternatives_max;
    program_.processes.push_back(std::move(result));
  }

  void lower_step(Assembler& code,
                  const ir::Process& process,
                  const ir::Step& step,
                  std::uint32_t first,
                  const Known& known,
                  int pieces_max) {
    if (const auto cell = best_split(
            step.alternatives, known, layout_.ranges(), std::min(pieces_max, split_values_max))) {
      const ir::Range range = layout_.ranges().of(*cell);
      const int values = static_cast<int>(range.high - range.low) + 1;
      std::vector<Mark> marks(static_cast<std::size_t>(values));
      for (Mark& mark : marks)
        mark = code.mark();
      code.split(layout_.field(*cell), marks);
      for (int i = 0; i < values; ++i) {
        code.place(marks[static_cast<std::size_t>(i)]);
        Known more = known;
        more[*cell] = static_cast<int>(range.low) + i;
        lower_step(code, process, step, first, more, pieces_max / values);
      }
      return;
    }
    for (std::size_t a = 0; a < step.alternatives.size(); ++a) {
      const auto number = first + static_cast<std::uint32_t>(a);
      lower_alternative(code, process, step.alternatives[a], number, known);
    }
    code.add({.code = Code::end});
  }

  /// The conjunction of the guard and what is waited for.
  ExpressionPtr enabled(const ir::Alternative& alternative, const Known& known) {
    ExpressionPtr all = alternative.guard;
    for (const ir::Wait& wait : alternative.waits)
      all = ir::fold(ir::Op::both, {all, wait.until});
    return simplify(all, known, layout_.ranges());
  }

  void lower_alternative(Assembler& code,
                         const ir::Process& process,
                         const ir::Alternative& alternative,
                         std::uint32_t number,
                         Known known) {
    const auto condition = enabled(alternative, known);
    if (ir::is_constant(condition) && condition->value == 0) return;
    const Mark disabled = code.mark();
    const Mark broken = code.mark();
    lower_condition(code, layout_, condition, true, disabled);
    learn(condition, true, known);

    const auto transition = static_cast<std::uint32_t>(program_.transitions.size());
    const int at = program_.alternatives[number].step;
    program_.transitions.push_back(
        {number, program_.nothing, ir::is_progress(process, at, alternative)});
    for (const ir::Check& check : alternative.checks)
      lower_condition(code, layout_, simplify(check.holds, known, layout_.ranges()), true, broken);
    code.add({.code = Code::begin});
    const After after =
        lower_effects(code, layout_, program_.model, process, alternative, known, broken);
    if (after.is_possible) {
      reached_[static_cast<std::size_t>(alternative.next)] = true;
      program_.transitions[transition].invariants = lower_invariants(after);
      code.add({.code = Code::emit, .other = static_cast<std::int32_t>(transition)}, disabled);
    }
    code.place(broken);
    code.add({.code = Code::fail, .other = static_cast<std::int32_t>(transition)});
    code.place(disabled);
  }

  Entry lower_resting(const ir::Step& step, const Known& known) {
    Assembler code(program_.code);
    if (step.idle) {
      const Mark has_work = code.mark();
      for (const ir::Alternative& alternative : step.alternatives)
        lower_condition(
            code, layout_, simplify(alternative.guard, known, layout_.ranges()), false, has_work);
      code.add({.code = Code::answer, .other = 1});
      code.place(has_work);
    }
    code.add({.code = Code::answer, .other = 0});
    return place(code.finish());
  }

  struct PartCode {
    ExpressionPtr holds;
    std::set<ir::Cell> cells;
  };

  Program& program_;
  const Layout& layout_;
  std::vector<PartCode> parts_;
  std::vector<bool> reached_; ///< By step of the process: some transition leads there.
  std::map<std::vector<Instruction>, Entry> pieces_;
};

} // namespace

void lower(Program& program) {
  Lowering(program).run();
}

} // namespace stalemate
