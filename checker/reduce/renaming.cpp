#include "checker/reduce/renaming.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

namespace stalemate {

namespace {

std::vector<int> unchanged(int count) {
  std::vector<int> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

/// The member that a process belongs to, if it does.
std::optional<int> member_with(const ir::Scalarset& set, int process) {
  for (int k = 0; k < set.size(); ++k)
    if (std::ranges::count(set.processes[static_cast<std::size_t>(k)], process) != 0) return k;
  return std::nullopt;
}

/// Two members change places, and with them what belongs to them.
class Exchange {
 public:
  explicit Exchange(const ir::Model& model) : model_(model) {
    for (const ir::Scalarset& set : model.scalarsets)
      members_.push_back(unchanged(set.size()));
  }

  /// False if that cannot be.
  [[nodiscard]] bool swap(int set, int a, int b) {
    auto& members = members_[static_cast<std::size_t>(set)];
    int& of_a = members[static_cast<std::size_t>(a)];
    int& of_b = members[static_cast<std::size_t>(b)];
    if (a == b || (of_a == b && of_b == a)) return true;
    if (of_a != a || of_b != b) return false;
    std::swap(of_a, of_b);
    return set == ir::all_processes ? swap_owners(a, b) : swap_processes(set, a, b);
  }

  [[nodiscard]] const Members& members() const { return members_; }

 private:
  /// The members that two processes belong to.
  bool swap_owners(int p, int q) {
    const ir::Process& one = model_.processes[static_cast<std::size_t>(p)];
    const ir::Process& two = model_.processes[static_cast<std::size_t>(q)];
    if (one.path != two.path || one.steps.size() != two.steps.size()) return false;
    for (std::size_t s = 1; s < model_.scalarsets.size(); ++s) {
      const auto a = member_with(model_.scalarsets[s], p);
      const auto b = member_with(model_.scalarsets[s], q);
      if (a.has_value() != b.has_value()) return false;
      if (a && !swap(static_cast<int>(s), *a, *b)) return false;
    }
    return true;
  }

  /// The processes that belong to two members, in order.
  bool swap_processes(int set, int a, int b) {
    const auto& processes = model_.scalarsets[static_cast<std::size_t>(set)].processes;
    const auto& of_a = processes[static_cast<std::size_t>(a)];
    const auto& of_b = processes[static_cast<std::size_t>(b)];
    if (of_a.size() != of_b.size()) return false;
    for (std::size_t i = 0; i < of_a.size(); ++i)
      if (!swap(ir::all_processes, of_a[i], of_b[i])) return false;
    return true;
  }

  const ir::Model& model_;
  Members members_;
};

/// The number that stands for something else after the exchange.
int renamed(const ir::Naming& naming, const Members& members, int number) {
  const auto& of_set = members[static_cast<std::size_t>(naming.scalarset)];
  const int offset = number - naming.first;
  if (offset < 0 || offset >= naming.each * static_cast<int>(of_set.size())) return number;
  return naming.first + naming.each * of_set[static_cast<std::size_t>(offset / naming.each)] +
         offset % naming.each;
}

int renamed(const std::optional<ir::Naming>& naming, const Members& members, int number) {
  return naming ? renamed(*naming, members, number) : number;
}

/// By process: its variables, in the order of their declaration.
std::vector<std::vector<ir::VariableId>> owned(const ir::Model& model) {
  std::vector<std::vector<ir::VariableId>> all(model.processes.size());
  for (std::size_t v = 0; v < model.variables.size(); ++v)
    if (const int owner = model.variables[v].owner; owner != ir::shared)
      all[static_cast<std::size_t>(owner)].push_back(static_cast<int>(v));
  return all;
}

/// The image of a variable, or nothing if the one in its place is of another kind.
std::optional<Renaming::Image>
image_of(const ir::Model& model, const Members& members, ir::VariableId id, ir::VariableId to) {
  const ir::Variable& variable = model.variables[static_cast<std::size_t>(id)];
  const ir::Variable& there = model.variables[static_cast<std::size_t>(to)];
  const auto width = [](const ir::Range& range) { return range.high - range.low; };
  if (variable.shape != there.shape || width(variable.range) != width(there.range) ||
      variable.value_of != there.value_of || variable.row_of != there.row_of ||
      variable.column_of != there.column_of || (variable.value_of && variable.range != there.range))
    return std::nullopt;
  Renaming::Image image{to, {}, {}};
  const int columns = variable.shape.size() < 2 ? 1 : variable.shape[1];
  for (int i = 0; i < variable.cells(); ++i)
    image.cells.push_back(renamed(variable.row_of, members, i / columns) * columns +
                          renamed(variable.column_of, members, i % columns));
  if (variable.value_of)
    for (auto i = variable.range.low; i <= variable.range.high; ++i)
      image.values.push_back(renamed(*variable.value_of, members, static_cast<int>(i)));
  // A process may do the same elsewhere, as a write does at a later position.
  if (!variable.value_of) image.shift = static_cast<int>(there.range.low - variable.range.low);
  return image;
}

bool keeps_inside(const std::vector<int>& numbers, std::int64_t low) {
  const auto high = low + static_cast<std::int64_t>(numbers.size()) - 1;
  return std::ranges::all_of(numbers, [&](int n) { return ir::Range{low, high}.contains(n); });
}

} // namespace

std::optional<Renaming> renaming_of(const ir::Model& model, const Members& members) {
  Renaming result;
  result.members = members;
  const auto variables = owned(model);
  for (std::size_t v = 0; v < model.variables.size(); ++v) {
    const ir::Variable& variable = model.variables[v];
    auto to = static_cast<ir::VariableId>(v);
    if (variable.owner != ir::shared) {
      const auto& mine = variables[static_cast<std::size_t>(variable.owner)];
      const int other = result.processes()[static_cast<std::size_t>(variable.owner)];
      const auto& theirs = variables[static_cast<std::size_t>(other)];
      if (mine.size() != theirs.size()) return std::nullopt;
      to = theirs[static_cast<std::size_t>(std::ranges::find(mine, to) - mine.begin())];
    }
    auto image = image_of(model, members, static_cast<ir::VariableId>(v), to);
    if (!image || !keeps_inside(image->cells, 0) ||
        !keeps_inside(image->values, variable.range.low))
      return std::nullopt;
    result.low.push_back(static_cast<int>(variable.range.low));
    result.variables.push_back(std::move(*image));
  }
  return result;
}

ir::Cell Renaming::cell(const ir::Cell& cell) const {
  const Image& image = variables[static_cast<std::size_t>(cell.variable)];
  return {image.to, image.cells[static_cast<std::size_t>(cell.index)]};
}

std::int64_t Renaming::value(ir::VariableId variable, std::int64_t value) const {
  const Image& image = variables[static_cast<std::size_t>(variable)];
  const auto number = value - low[static_cast<std::size_t>(variable)];
  if (image.values.empty()) return value + image.shift;
  if (number < 0 || number >= static_cast<std::int64_t>(image.values.size())) return value;
  return image.values[static_cast<std::size_t>(number)];
}

ir::Valuation Renaming::state(const ir::Valuation& state) const {
  ir::Valuation result = state;
  for (std::size_t v = 0; v < state.size(); ++v) {
    for (std::size_t i = 0; i < state[v].size(); ++i) {
      const ir::Cell to = cell({static_cast<int>(v), static_cast<int>(i)});
      result[static_cast<std::size_t>(to.variable)][static_cast<std::size_t>(to.index)] =
          static_cast<int>(value(static_cast<int>(v), state[v][i]));
    }
  }
  return result;
}

std::vector<Renaming> renamings_of(const ir::Model& model) {
  std::vector<Renaming> all;
  std::vector<Members> known;
  for (std::size_t s = 0; s < model.scalarsets.size(); ++s) {
    const int size = model.scalarsets[s].size();
    for (int a = 0; a < size; ++a) {
      for (int b = a + 1; b < size; ++b) {
        Exchange exchange(model);
        if (!exchange.swap(static_cast<int>(s), a, b)) continue;
        if (std::ranges::count(known, exchange.members()) != 0) continue;
        known.push_back(exchange.members());
        if (auto renaming = renaming_of(model, exchange.members()))
          all.push_back(std::move(*renaming));
      }
    }
  }
  return all;
}

} // namespace stalemate
