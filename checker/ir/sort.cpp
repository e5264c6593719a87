#include "checker/ir/sort.hpp"

#include "checker/ir/model.hpp"

#include <algorithm>
#include <array>

namespace stalemate::ir {

namespace {

constexpr std::array reserved{"yes", "no", "true", "false", "self"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_letter_or_digit(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

/// The word of a value; empty if it has none.
std::string word_of(const Sort& sort, std::int64_t value) {
  if (sort.form == Sort::Form::truth) return value == 0 ? "no" : value == 1 ? "yes" : "";
  if (sort.form != Sort::Form::words) return {};
  const Variable& variable = *sort.named_by;
  if (variable.kind == Kind::location) return value == variable.range.high ? "finished" : "";
  const auto at = value - variable.range.low;
  const auto count = static_cast<std::int64_t>(variable.names.size());
  return at >= 0 && at < count ? variable.names[static_cast<std::size_t>(at)] : "";
}

} // namespace

bool operator==(const Sort& a, const Sort& b) {
  if (a.form != b.form || a.form != Sort::Form::words) return a.form == b.form;
  const Variable& one = *a.named_by;
  const Variable& other = *b.named_by;
  const bool is_place = one.kind == Kind::location || other.kind == Kind::location;
  if (is_place) return &one == &other;
  return one.names == other.names && one.range.low == other.range.low;
}

Sort sort_of(const Variable& variable) {
  switch (variable.kind) {
  case Kind::number:
    return number_sort;
  case Kind::boolean:
    return truth_sort;
  case Kind::named:
  case Kind::holder:
  case Kind::location:
    break;
  }
  return {Sort::Form::words, &variable};
}

Sort sort_of(const Model& model, const Expression& expression) {
  switch (expression.op) {
  case Op::constant:
  case Op::self:
    return {};
  case Op::load:
    return sort_of(model.variables[static_cast<std::size_t>(expression.value)]);
  case Op::select:
    return common(sort_of(model, *expression.operands[1]), sort_of(model, *expression.operands[2]));
  case Op::negate:
  case Op::add:
  case Op::subtract:
  case Op::multiply:
  case Op::divide:
  case Op::modulo:
  case Op::minimum:
  case Op::maximum:
    return number_sort;
  case Op::invert:
  case Op::equal:
  case Op::not_equal:
  case Op::less:
  case Op::less_equal:
  case Op::both:
  case Op::either:
    break;
  }
  return truth_sort;
}

bool fits(const Sort& sort, const Sort& wanted) {
  return sort.form == Sort::Form::any || wanted.form == Sort::Form::any || sort == wanted;
}

Sort common(const Sort& a, const Sort& b) {
  if (!fits(a, b)) return number_sort;
  return a.form == Sort::Form::any ? b : a;
}

std::vector<std::string> words(const Sort& sort) {
  if (sort.form == Sort::Form::truth) return {"no", "yes"};
  if (sort.form != Sort::Form::words) return {};
  if (sort.named_by->kind == Kind::location) return {"finished"};
  return sort.named_by->names;
}

std::optional<std::int64_t> value_of(const Sort& sort, std::string_view word) {
  if (sort.form == Sort::Form::words && sort.named_by->kind == Kind::location)
    return word == "finished" ? std::optional(sort.named_by->range.high) : std::nullopt;
  const auto all = words(sort);
  const auto found = std::ranges::find(all, word);
  if (found == all.end()) return std::nullopt;
  const auto low = sort.form == Sort::Form::words ? sort.named_by->range.low : 0;
  return low + (found - all.begin());
}

std::string literal(const Model& model, const Sort& sort, std::int64_t value) {
  const std::string word = word_of(sort, value);
  if (word.empty()) return std::to_string(value);
  if (sort.form == Sort::Form::truth) return word;
  const bool is_variable = std::ranges::any_of(model.variables, [&](const Variable& variable) {
    return variable.shape.empty() && variable.name == word;
  });
  return is_variable ? '"' + word + '"' : quoted(word);
}

std::string quoted(const std::string& word) {
  const bool is_name = !word.empty() && is_letter(word.front()) &&
                       std::ranges::all_of(word, is_letter_or_digit) &&
                       std::ranges::find(reserved, word) == reserved.end();
  return is_name ? word : '"' + word + '"';
}

} // namespace stalemate::ir
