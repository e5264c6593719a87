#include "checker/language/meaning.hpp"

#include <fmt/format.h>

#include <limits>

namespace stalemate::language {

namespace {

using ir::ExpressionPtr;
using ir::Op;
using ir::Sort;

/// Nodes that a text may have once all() and its like are written out.
constexpr int nodes_max = 200'000;

/// As long as every part of an expression fits, ranges are exact and nothing can overflow.
constexpr ir::Range int_range{std::numeric_limits<int>::min(), std::numeric_limits<int>::max()};

bool is_truth(const std::string& word) {
  return word == "yes" || word == "no" || word == "true" || word == "false";
}

bool is_arithmetic(Op op) {
  return op >= Op::add && op <= Op::modulo;
}

} // namespace

std::string described(const Sort& sort) {
  switch (sort.form) {
  case Sort::Form::any:
    return "a constant";
  case Sort::Form::number:
    return "a number";
  case Sort::Form::truth:
    return "yes or no";
  case Sort::Form::words:
    break;
  }
  return fmt::format("one of {}", fmt::join(ir::words(sort), ", "));
}

const Meaning::Bound* Meaning::bound(const Node& node) const {
  if (node.is != Node::Is::name || node.parts.size() != 1) return nullptr;
  for (auto one = bound_.rbegin(); one != bound_.rend(); ++one)
    if (one->name == node.parts[0].word) return &*one;
  return nullptr;
}

const ir::Variable* Meaning::read(const Node& name) const {
  const ir::Variable* found = names_.find(name);
  const bool is_lone = name.parts.size() == 1 && name.parts[0].indexes.empty();
  return is_lone && found != nullptr && !found->shape.empty() ? nullptr : found;
}

Sort Meaning::sort(const Node& node) {
  spend(node);
  switch (node.is) {
  case Node::Is::number:
  case Node::Is::string:
    return {};
  case Node::Is::name: {
    if (bound(node) != nullptr) return ir::number_sort;
    const ir::Variable* variable = read(node);
    if (variable != nullptr) return ir::sort_of(*variable);
    return is_truth(bare_name(node)) ? ir::truth_sort : Sort{};
  }
  case Node::Is::unary:
    if (node.op == Op::negate && node.operands[0].is == Node::Is::number) return {};
    return node.op == Op::negate ? ir::number_sort : ir::truth_sort;
  case Node::Is::binary:
    return is_arithmetic(node.op) ? ir::number_sort : ir::truth_sort;
  case Node::Is::select:
    return ir::common(sort(node.operands[1]), sort(node.operands[2]));
  case Node::Is::call:
    if (node.word == "min" || node.word == "max" || node.word == "count") return ir::number_sort;
    if (node.word == "number") return {};
    if (node.word == "holder" || node.word == "cell") {
      const Node& named = node.operands[0];
      const auto* variable = named.is == Node::Is::name ? names_.find(named) : nullptr;
      return variable != nullptr ? ir::sort_of(*variable) : Sort{};
    }
    return ir::truth_sort;
  case Node::Is::more:
  case Node::Is::more_equal:
  case Node::Is::implies:
  case Node::Is::range:
    break;
  }
  return ir::truth_sort;
}

ExpressionPtr Meaning::value(const Node& node, const Sort& wanted) {
  require(node, sort(node), wanted);
  return made(node, wanted);
}

ExpressionPtr Meaning::made(const Node& node, const Sort& wanted) {
  spend(node);
  switch (node.is) {
  case Node::Is::number:
    return number(node, wanted);
  case Node::Is::string:
    return word(node, node.word, wanted);
  case Node::Is::name:
    return name(node, wanted);
  case Node::Is::unary:
    return node.operands[0].is == Node::Is::number && node.op == Op::negate ? number(node, wanted)
                                                                            : unary(node);
  case Node::Is::binary:
    return binary(node);
  case Node::Is::more:
    return comparison(node, Op::less, true);
  case Node::Is::more_equal:
    return comparison(node, Op::less_equal, true);
  case Node::Is::implies: {
    auto left = value(node.operands[0], ir::truth_sort);
    auto right = value(node.operands[1], ir::truth_sort);
    auto unless = combined(node.sign, Op::invert, {std::move(left)});
    return combined(node.sign, Op::either, {std::move(unless), std::move(right)});
  }
  case Node::Is::select:
    return select(node, wanted);
  case Node::Is::call:
    return call(node);
  case Node::Is::range:
    break;
  }
  throw SyntaxError(node.sign, "a range stands only in all, any and count");
}

/// A number, which may have a minus. Where there are words for values, they are to be used.
ExpressionPtr Meaning::number(const Node& node, const Sort& wanted) const {
  const auto value = node.is == Node::Is::unary ? -node.operands[0].value : node.value;
  if (!int_range.contains(value))
    throw SyntaxError(node.begin, "a number that needs more than 32 bits");
  const bool is_number = wanted.form == Sort::Form::number || wanted.form == Sort::Form::any;
  if (!is_number) {
    const std::string word = ir::literal(names_.model(), wanted, value);
    const bool has_word = word != std::to_string(value);
    if (has_word || wanted.form == Sort::Form::truth)
      throw SyntaxError(node.begin,
                        fmt::format("{} is a number where {} is wanted{}",
                                    value,
                                    described(wanted),
                                    has_word ? "; say " + word : ""));
  }
  return ir::constant(value);
}

ExpressionPtr Meaning::name(const Node& node, const Sort& wanted) {
  if (const Bound* one = bound(node)) {
    if (!node.parts[0].indexes.empty())
      throw SyntaxError(node.begin, one->name + " is a number here and has no cells");
    return ir::constant(one->value);
  }
  if (read(node) != nullptr) return place(node);
  const auto lone = names_.word(node);
  if (!lone) (void)names_.variable(node);
  if (is_truth(*lone)) return ir::constant(*lone == "yes" || *lone == "true" ? 1 : 0);
  return word(node, *lone, wanted);
}

ExpressionPtr Meaning::word(const Node& node, const std::string& word, const Sort& wanted) {
  if (const auto value = ir::value_of(wanted, word)) return ir::constant(*value);
  if (node.is == Node::Is::name && names_.find(node) != nullptr) return place(node);
  if (wanted.form == Sort::Form::words)
    throw UnknownWord(node.begin, "value", word, ir::words(wanted));
  for (const ir::Variable& variable : names_.model().variables) {
    if (!ir::value_of(ir::sort_of(variable), word)) continue;
    if (variable.kind == ir::Kind::boolean) continue;
    throw SyntaxError(node.begin,
                      wanted.form == Sort::Form::any
                          ? fmt::format("{} is a value of {}, but nothing here says so; compare it "
                                        "with a variable",
                                        word,
                                        variable.name)
                          : fmt::format("{} is a value of {}, where {} is wanted",
                                        word,
                                        variable.name,
                                        described(wanted)));
  }
  throw UnknownWord(node.begin, "variable", word, names_.variables());
}

ExpressionPtr Meaning::unary(const Node& node) {
  const auto& wanted = node.op == Op::negate ? ir::number_sort : ir::truth_sort;
  return combined(node.sign, node.op, {value(node.operands[0], wanted)});
}

ExpressionPtr Meaning::binary(const Node& node) {
  if (node.op >= Op::equal && node.op <= Op::less_equal) return comparison(node, node.op, false);
  const auto& wanted = is_arithmetic(node.op) ? ir::number_sort : ir::truth_sort;
  auto left = value(node.operands[0], wanted);
  auto right = value(node.operands[1], wanted);
  const bool is_modulo_of_less = node.op == Op::modulo && left->range.low < 0;
  const bool is_division = node.op == Op::divide || node.op == Op::modulo;
  const Node& culprit = node.operands[is_modulo_of_less ? 0 : 1];
  return combined(
      is_division ? culprit.begin : node.sign, node.op, {std::move(left), std::move(right)});
}

ExpressionPtr Meaning::comparison(const Node& node, Op op, bool is_turned) {
  const Node& left = node.operands[0];
  const Node& right = node.operands[1];
  const Sort its = sort(left);
  const Sort other = sort(right);
  if (!ir::fits(its, other))
    throw SyntaxError(node.sign,
                      fmt::format("{} is {}, {} is {}: they cannot be compared",
                                  cited(left),
                                  described(its),
                                  cited(right),
                                  described(other)));
  const Sort both = ir::common(its, other);
  auto one = made(left, both);
  auto two = made(right, both);
  if (is_turned) std::swap(one, two);
  return combined(node.sign, op, {std::move(one), std::move(two)});
}

ExpressionPtr Meaning::select(const Node& node, const Sort& wanted) {
  auto condition = value(node.operands[0], ir::truth_sort);
  const Sort yes = sort(node.operands[1]);
  const Sort no = sort(node.operands[2]);
  if (!ir::fits(yes, no))
    throw SyntaxError(node.operands[2].begin,
                      fmt::format("{} is {}, {} is {}: they are no choice",
                                  cited(node.operands[1]),
                                  described(yes),
                                  cited(node.operands[2]),
                                  described(no)));
  const Sort both = wanted.form == Sort::Form::any ? ir::common(yes, no) : wanted;
  auto one = value(node.operands[1], both);
  auto two = value(node.operands[2], both);
  return combined(node.sign, Op::select, {std::move(condition), std::move(one), std::move(two)});
}

ExpressionPtr
Meaning::combined(std::size_t offset, Op op, std::vector<ExpressionPtr> operands) const {
  try {
    auto made = ir::combine(op, std::move(operands));
    if (!int_range.contains(made->range))
      throw SyntaxError(offset,
                        fmt::format("a value of {}..{} needs more than 32 bits",
                                    made->range.low,
                                    made->range.high));
    return made;
  } catch (const ir::InvalidModel& error) {
    throw SyntaxError(offset, error.what());
  }
}

void Meaning::require(const Node& node, const Sort& sort, const Sort& wanted) {
  if (!ir::fits(sort, wanted))
    throw SyntaxError(
        node.begin,
        fmt::format(
            "{} is {}, where {} is wanted", cited(node), described(sort), described(wanted)));
}

void Meaning::spend(const Node& node) {
  if (++spent_ > nodes_max) throw SyntaxError(node.begin, "too large when it is written out");
}

std::string Meaning::cited(const Node& node) const {
  constexpr std::size_t enough = 60;
  auto text = std::string(text_.substr(node.begin, node.end - node.begin));
  if (text.size() > enough) text = text.substr(0, enough - 3) + "...";
  return text;
}

} // namespace stalemate::language
