// The functions of the language, and the names of cells.
#include "checker/language/meaning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stalemate::language {

namespace {

using ir::ExpressionPtr;
using ir::Op;

/// Rows or numbers that one all() may run over.
constexpr std::int64_t rounds_max = 1000;

std::vector<std::string> functions() {
  return {"all",
          "any",
          "at",
          "cell",
          "count",
          "done",
          "held",
          "held_by",
          "holder",
          "max",
          "min",
          "number"};
}

std::string shown(const ir::Range& range) {
  return range.is_single() ? std::to_string(range.low)
                           : fmt::format("{}..{}", range.low, range.high);
}

/// In how many brackets a name of so many parts has its indexes, part by part.
std::vector<std::size_t> brackets(const ir::Variable& variable, std::size_t parts) {
  std::vector<std::size_t> wanted(parts, 0);
  if (!variable.shape.empty()) ++wanted[parts < 2 ? 0 : parts - 2];
  if (variable.shape.size() == 2) ++wanted.back();
  return wanted;
}

ExpressionPtr scalar(const ir::Model& model, ir::VariableId id, ExpressionPtr index = nullptr) {
  return ir::load(id, model.variables[static_cast<std::size_t>(id)].range, std::move(index));
}

} // namespace

ExpressionPtr Meaning::place(const Node& name) {
  if (name.is == Node::Is::call) return cell(name);
  const ir::Variable& variable = names_.variable(name);
  const auto wanted = brackets(variable, name.parts.size());
  std::vector<const Node*> indexes;
  bool is_right = true;
  for (std::size_t i = 0; i < name.parts.size(); ++i) {
    is_right = is_right && name.parts[i].indexes.size() == wanted[i];
    for (const Node& index : name.parts[i].indexes)
      indexes.push_back(&index);
  }
  if (!is_right)
    throw SyntaxError(name.begin,
                      variable.shape.empty() ? bare_name(name) + " has one cell; it takes no index"
                                             : fmt::format("{} has {} cells; write {}",
                                                           bare_name(name),
                                                           variable.cells(),
                                                           ir::cell_name(variable, 0)));
  const auto id = names_.id(variable);
  if (indexes.empty()) return scalar(names_.model(), id);
  auto row = index(*indexes[0], variable, 0);
  if (indexes.size() == 1) return scalar(names_.model(), id, std::move(row));
  auto column = index(*indexes[1], variable, 1);
  const auto at = indexes[0]->begin;
  auto first = combined(at, Op::multiply, {std::move(row), ir::constant(variable.shape[1])});
  return scalar(names_.model(), id, combined(at, Op::add, {std::move(first), std::move(column)}));
}

ExpressionPtr
Meaning::index(const Node& node, const ir::Variable& variable, std::size_t dimension) {
  if (dimension == 0 && !variable.rows.empty() && bound(node) == nullptr)
    if (const auto word = names_.word(node)) {
      const auto row = std::ranges::find(variable.rows, *word);
      if (row != variable.rows.end()) return ir::constant(row - variable.rows.begin());
      if (names_.find(node) == nullptr)
        throw UnknownWord(node.begin, "value", *word, variable.rows);
    }
  auto made = value(node, ir::number_sort);
  const ir::Range inside{0, variable.shape[dimension] - 1};
  if (inside.contains(made->range)) return made;
  throw SyntaxError(node.begin,
                    fmt::format("index {} leaves {}, the {} of {}",
                                shown(made->range),
                                shown(inside),
                                dimension == 0 ? "rows" : "columns",
                                variable.name));
}

ExpressionPtr Meaning::call(const Node& node) {
  const std::string& function = node.word;
  if (function == "min" || function == "max") {
    require_operands(node, 2, 2);
    auto one = value(node.operands[0], ir::number_sort);
    auto two = value(node.operands[1], ir::number_sort);
    return combined(node.begin,
                    function == "min" ? Op::minimum : Op::maximum,
                    {std::move(one), std::move(two)});
  }
  if (function == "number") {
    require_operands(node, 1, 1);
    return value(node.operands[0], sort(node.operands[0]));
  }
  if (function == "all" || function == "any" || function == "count") return for_each(node);
  if (function == "at") return at(node);
  if (function == "done") return done(node);
  if (function == "held" || function == "held_by") return held(node);
  if (function == "holder") {
    require_operands(node, 1, 1);
    return holder(node.operands[0]);
  }
  if (function == "cell") return cell(node);
  throw UnknownWord(node.begin, "function", function, functions());
}

ExpressionPtr Meaning::for_each(const Node& node) {
  require_operands(node, 3, 3);
  const Node& variable = node.operands[0];
  const auto name = names_.word(variable);
  if (!name || variable.is != Node::Is::name)
    throw SyntaxError(variable.begin, "expected a name for the number that runs, such as i");
  if (names_.find(variable) != nullptr)
    throw SyntaxError(variable.begin, *name + " is a variable already; take another name");
  const auto [low, high] = range(node.operands[1]);

  const bool is_count = node.word == "count";
  const Op op = is_count ? Op::add : node.word == "all" ? Op::both : Op::either;
  ExpressionPtr all = ir::constant(op == Op::both ? 1 : 0);
  for (std::int64_t i = low; i <= high; ++i) {
    bound_.push_back({*name, i});
    auto one = value(node.operands[2], ir::truth_sort);
    bound_.pop_back();
    all = combined(node.begin, op, {std::move(all), std::move(one)});
  }
  return all;
}

std::pair<std::int64_t, std::int64_t> Meaning::range(const Node& node) {
  if (node.is == Node::Is::name && bound(node) == nullptr) return {0, names_.rows(node) - 1};
  if (node.is != Node::Is::range)
    throw SyntaxError(node.begin, "expected what to run over: an array's name, or a range as 0..3");
  const auto bound_of = [&](const Node& end) {
    const auto made = value(end, ir::number_sort);
    if (!ir::is_constant(made))
      throw SyntaxError(end.begin, "a range ends at numbers, not at what can change");
    return made->range.low;
  };
  const auto low = bound_of(node.operands[0]);
  const auto high = bound_of(node.operands[1]);
  if (high - low >= rounds_max)
    throw SyntaxError(node.begin, fmt::format("more than {} rounds", rounds_max));
  return {low, high};
}

ExpressionPtr Meaning::at(const Node& node) {
  require_operands(node, 1, 2);
  const int process = node.operands.size() == 2 ? names_.process(node.operands[0]) : ir::none;
  ExpressionPtr any = ir::constant(0);
  for (const auto& [p, step] : names_.steps(node.operands.back(), process))
    any = combined(node.begin, Op::either, {std::move(any), stands(p, step, node.begin)});
  return any;
}

ExpressionPtr Meaning::done(const Node& node) {
  require_operands(node, 1, 1);
  const int process = names_.process(node.operands[0]);
  const auto& its = names_.model().processes[static_cast<std::size_t>(process)];
  return stands(process, its.finished(), node.begin);
}

ExpressionPtr Meaning::stands(int process, int step, std::size_t offset) const {
  const auto& its = names_.model().processes[static_cast<std::size_t>(process)];
  names_.require_where(offset);
  if (its.location == ir::none)
    throw SyntaxError(offset, "where " + its.name + " stands is not known");
  return combined(offset, Op::equal, {scalar(names_.model(), its.location), ir::constant(step)});
}

ExpressionPtr Meaning::holder(const Node& node) {
  const bool is_name = node.is == Node::Is::name && bound(node) == nullptr;
  if (is_name && names_.variable(node).kind == ir::Kind::holder) return place(node);
  throw SyntaxError(node.begin, cited(node) + " is no lock that knows who holds it");
}

/// held(lock) and held_by(lock, process). A lock that can be shared has flags beside it, one for
/// each process.
ExpressionPtr Meaning::held(const Node& node) {
  const bool is_by = node.word == "held_by";
  require_operands(node, is_by ? 2 : 1, is_by ? 2 : 1);
  const int process = is_by ? names_.process(node.operands[1]) : ir::none;
  const auto lock = holder(node.operands[0]);
  auto held = combined(
      node.begin, is_by ? Op::equal : Op::not_equal, {lock, ir::constant(is_by ? process + 1 : 0)});

  const auto& variables = names_.model().variables;
  const auto& alone = variables[static_cast<std::size_t>(lock->value)];
  const auto shared = std::ranges::find(variables, alone.name + ".shared", &ir::Variable::name);
  if (shared == variables.end() || !lock->operands.empty()) return held;
  for (int p = 0; p < shared->cells(); ++p)
    if (!is_by || p == process)
      held =
          combined(node.begin,
                   Op::either,
                   {std::move(held), scalar(names_.model(), names_.id(*shared), ir::constant(p))});
  return held;
}

ExpressionPtr Meaning::cell(const Node& node) {
  require_operands(node, 2, 2);
  const Node& name = node.operands[0];
  const bool is_bare =
      name.is == Node::Is::name &&
      std::ranges::all_of(name.parts, [](const NamePart& part) { return part.indexes.empty(); });
  if (!is_bare || names_.variable(name).shape.empty())
    throw SyntaxError(name.begin, "expected the name of an array, without brackets");
  const ir::Variable& variable = names_.variable(name);
  auto at = value(node.operands[1], ir::number_sort);
  const ir::Range inside{0, variable.cells() - 1};
  if (!inside.contains(at->range))
    throw SyntaxError(
        node.operands[1].begin,
        fmt::format(
            "index {} leaves {}, the cells of {}", shown(at->range), shown(inside), variable.name));
  return scalar(names_.model(), names_.id(variable), std::move(at));
}

void Meaning::require_operands(const Node& call, std::size_t least, std::size_t most) const {
  const auto has = call.operands.size();
  if (has >= least && has <= most) return;
  throw SyntaxError(
      call.begin,
      fmt::format("{}() takes {} argument{}, not {}",
                  call.word,
                  least == most ? std::to_string(least) : fmt::format("{} or {}", least, most),
                  most == 1 ? "" : "s",
                  has));
}

} // namespace stalemate::language
