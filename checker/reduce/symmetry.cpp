#include "checker/reduce/symmetry.hpp"

#include "checker/program/ensure.hpp"
#include "checker/reduce/automorphism.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

namespace stalemate {

namespace {

/// More would cost more for each state than they spare.
constexpr std::size_t order_max = 120;

/// A proved renaming.
struct Proved {
  Renaming renaming;
  AlternativeImages alternatives;
};

std::vector<Proved> proved_of(const ir::Model& model, const Ranges& ranges) {
  std::vector<Proved> all;
  if (std::ranges::any_of(model.properties, ir::is_about_runs, &ir::Property::kind)) return all;
  Automorphism automorphism(model, ranges);
  bool keep_ranges = true;
  for (Renaming& renaming : renamings_of(model)) {
    if (auto alternatives = automorphism.prove(renaming)) {
      keep_ranges = keep_ranges && automorphism.keeps_ranges(renaming);
      all.push_back({std::move(renaming), std::move(*alternatives)});
    }
  }
  // Those that change the initial state lead to states that only fit if all keep the ranges.
  if (!keep_ranges)
    std::erase_if(all,
                  [&](const Proved& one) { return !automorphism.keeps_initial(one.renaming); });
  return all;
}

Members after(const Members& first, const Members& second) {
  Members both = first;
  for (std::size_t s = 0; s < both.size(); ++s)
    for (int& member : both[s])
      member = second[s][static_cast<std::size_t>(member)];
  return both;
}

/// Everything that renamings make one after the other, or nothing if that is too much.
std::optional<std::set<Members>> group_of(const std::vector<Proved>& generators) {
  Members same = generators.front().renaming.members;
  for (auto& members : same)
    std::iota(members.begin(), members.end(), 0);
  std::set<Members> group{same};
  std::vector<Members> open{same};
  while (!open.empty()) {
    const Members one = std::move(open.back());
    open.pop_back();
    for (const Proved& generator : generators) {
      const Members next = after(one, generator.renaming.members);
      if (group.insert(next).second) open.push_back(next);
      if (group.size() > order_max) return std::nullopt;
    }
  }
  return group;
}

CellImage image_of(const Renaming& renaming, const Ranges& ranges, const ir::Cell& cell) {
  CellImage image{renaming.cell(cell), {}};
  bool is_other = false;
  const ir::Range range = ranges.of(cell);
  const Renaming::Image& variable = renaming.variables[static_cast<std::size_t>(cell.variable)];
  if (variable.values.empty() && variable.shift == 0) return image;
  for (auto value = range.low; value <= range.high; ++value) {
    const auto other = renaming.value(cell.variable, value);
    is_other = is_other || other != value;
    image.values.push_back(static_cast<int>(other));
  }
  if (!is_other) image.values.clear();
  return image;
}

StateImage image_of(const ir::Model& model, const Ranges& ranges, const Renaming& renaming) {
  StateImage image;
  for (std::size_t v = 0; v < model.variables.size(); ++v) {
    auto& cells = image.emplace_back();
    for (int i = 0; i < model.variables[v].cells(); ++i)
      cells.push_back(image_of(renaming, ranges, {static_cast<int>(v), i}));
  }
  return image;
}

void enter_processes(const std::vector<Proved>& generators, Symmetry& symmetry) {
  const std::size_t count = generators.front().renaming.processes().size();
  symmetry.alike.resize(count);
  for (std::size_t p = 0; p < count; ++p)
    symmetry.alike[p] = std::uint64_t{1} << p;
  for (bool is_settled = false; !is_settled;) {
    is_settled = true;
    for (const Proved& generator : generators) {
      for (std::size_t p = 0; p < count; ++p) {
        auto& here = symmetry.alike[p];
        auto& there = symmetry.alike[static_cast<std::size_t>(generator.renaming.processes()[p])];
        is_settled = is_settled && here == there;
        here = there = here | there;
      }
    }
  }
}

void enter_alternatives(const Program& program,
                        const std::vector<Proved>& generators,
                        Symmetry& symmetry) {
  std::map<AlternativeName, std::size_t> numbers;
  for (std::size_t i = 0; i < program.alternatives.size(); ++i)
    numbers[program.alternatives[i]] = i;
  symmetry.orbits.resize(numbers.size());
  std::iota(symmetry.orbits.begin(), symmetry.orbits.end(), 0);
  for (bool is_settled = false; !is_settled;) {
    is_settled = true;
    for (const auto& [renaming, alternatives] : generators) {
      for (const auto& [name, number] : numbers) {
        const auto p = static_cast<std::size_t>(name.process);
        const int image = alternatives[p][static_cast<std::size_t>(name.step)]
                                      [static_cast<std::size_t>(name.alternative)];
        auto& here = symmetry.orbits[number];
        auto& there = symmetry.orbits[numbers.at({renaming.processes()[p], name.step, image})];
        is_settled = is_settled && here == there;
        here = there = std::min(here, there);
      }
    }
  }
}

/// What a transition may have broken is broken under another name in the state that stands for its
/// target.
void widen_invariants(Program& program) {
  const std::vector<std::uint32_t>& orbits = program.symmetry->orbits;
  std::vector<bool> breaks(orbits.size());
  for (const Transition& one : program.transitions)
    if (one.invariants != program.nothing) breaks[orbits[one.alternative]] = true;
  for (Transition& one : program.transitions)
    if (breaks[orbits[one.alternative]]) one.invariants = program.all_invariants;
}

} // namespace

std::vector<Renaming> symmetries_of(const ir::Model& model, const Ranges& ranges) {
  std::vector<Renaming> all;
  for (Proved& one : proved_of(model, ranges))
    all.push_back(std::move(one.renaming));
  return all;
}

std::set<ir::VariableId> renamed_by(const std::vector<Renaming>& renamings) {
  std::set<ir::VariableId> variables;
  for (const Renaming& renaming : renamings) {
    for (std::size_t v = 0; v < renaming.variables.size(); ++v) {
      const std::vector<int>& values = renaming.variables[v].values;
      for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i] != renaming.low[v] + static_cast<int>(i))
          variables.insert(static_cast<ir::VariableId>(v));
    }
  }
  return variables;
}

void find_symmetry(Program& program) {
  const Ranges& ranges = program.layout.ranges();
  std::vector<Proved> generators;
  std::set<Members> group;
  for (Proved& one : proved_of(program.model, ranges)) {
    if (group.contains(one.renaming.members)) continue;
    generators.push_back(std::move(one));
    if (auto larger = group_of(generators))
      group = std::move(*larger);
    else
      generators.pop_back();
  }
  if (generators.empty()) return;

  std::vector<StateImage> images;
  group.erase(group.begin()); // The one that leaves everything in its place.
  for (const Members& members : group) {
    const auto renaming = renaming_of(program.model, members);
    ensure(renaming.has_value(), "renamings can follow one another");
    images.push_back(image_of(program.model, ranges, *renaming));
  }
  program.symmetry.emplace(program.layout, images);
  enter_processes(generators, *program.symmetry);
  enter_alternatives(program, generators, *program.symmetry);
  widen_invariants(program);
}

} // namespace stalemate
