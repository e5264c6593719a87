#include "model/scenario/check_shape.hpp"

#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

namespace stalemate::kernel {

namespace {

constexpr std::size_t name_max = 64;

std::string kind_of(const Json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  if (value.is_string()) return "a string";
  if (value.is_number()) return "a number";
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  return "null";
}

// "1..8 items are", "just 2 are": how many a list may have.
std::string possible_count(std::int64_t low, std::int64_t high, const char* items = "") {
  if (low == high) return fmt::format("just {}{} {}", low, items, low == 1 ? "is" : "are");
  return fmt::format("{}..{}{} are", low, high, items);
}

[[noreturn]] void
refuse_kind(const Json& value, const std::string& pointer, const std::string& wanted) {
  throw Mismatch(pointer, fmt::format("{} where {} should be", kind_of(value), wanted));
}

// Of words, members or cases.
template <typename Named>
std::vector<std::string> names(const std::vector<Named>& list) {
  std::vector<std::string> result;
  result.reserve(list.size());
  for (const Named& one : list)
    result.push_back(one.name);
  return result;
}

const Member* find(const std::vector<Member>& members, const std::string& name) {
  const auto at = std::ranges::find(members, name, &Member::name);
  return at == members.end() ? nullptr : &*at;
}

// The members that this very object may have, and what an unknown one is called.
struct Known {
  std::vector<Member> members;
  std::string noun;
};

// The case that the tag names.
Known known_by_tag(const Json& value, const Shape& shape, const std::string& pointer) {
  const auto tag = value.find(shape.tag);
  if (tag == value.end())
    throw Mismatch(pointer,
                   fmt::format("{} is missing; known: {}",
                               excerpt(shape.tag),
                               nearest_first("", names(shape.cases))));
  const std::string at = below(pointer, shape.tag);
  if (!tag->is_string()) refuse_kind(*tag, at, "a string");
  const auto& name = tag->get_ref<const std::string&>();
  const auto one = std::ranges::find(shape.cases, name, &Case::name);
  if (one == shape.cases.end()) throw Mismatch(at, unknown(shape.tag, name, names(shape.cases)));

  Known known{shape.members, fmt::format("{} of {}", shape.noun, name)};
  known.members.push_back({shape.tag, "", text_shape()});
  std::ranges::copy(one->members, std::back_inserter(known.members));
  return known;
}

// The only case whose name is among the keys.
Known known_by_key(const Json& value, const Shape& shape, const std::string& pointer) {
  const Case* found = nullptr;
  std::vector<std::string> possible = names(shape.cases);
  for (const auto& item : value.items()) {
    const auto one = std::ranges::find(shape.cases, item.key(), &Case::name);
    if (one == shape.cases.end()) continue;
    if (found != nullptr)
      throw Mismatch(below(pointer, item.key()),
                     fmt::format("{} and {} exclude each other", found->name, one->name),
                     true);
    found = &*one;
  }
  if (found != nullptr) {
    Known known{shape.members, fmt::format("{} of {}", shape.noun, found->name)};
    std::ranges::copy(found->members, std::back_inserter(known.members));
    return known;
  }
  for (const auto& item : value.items()) // a misspelled one is the likely reason
    if (find(shape.members, item.key()) == nullptr &&
        std::ranges::none_of(
            shape.cases, [&](const Case& one) { return find(one.members, item.key()) != nullptr; }))
      throw Mismatch(
          below(pointer, item.key()), unknown(shape.noun, item.key(), std::move(possible)), true);
  throw Mismatch(pointer, fmt::format("one of {} is missing", fmt::join(possible, ", ")));
}

Known known_members(const Json& value, const Shape& shape, const std::string& pointer) {
  if (shape.cases.empty()) return {shape.members, shape.noun};
  return shape.tag.empty() ? known_by_key(value, shape, pointer)
                           : known_by_tag(value, shape, pointer);
}

// Of the members that exclude each other, exactly one must be there.
void check_one_of(const Json& value,
                  const std::vector<Member>& members,
                  const std::string& pointer) {
  std::vector<std::string> possible;
  const Member* found = nullptr;
  for (const Member& member : members) {
    if (member.need != Member::Need::one_of_merged) continue;
    possible.push_back(member.name);
    if (!value.contains(member.name)) continue;
    if (found != nullptr)
      throw Mismatch(below(pointer, member.name),
                     fmt::format("{} and {} exclude each other", found->name, member.name),
                     true);
    found = &member;
  }
  if (possible.size() == 1 && found == nullptr)
    throw Mismatch(pointer, fmt::format("{} is missing", excerpt(possible.front())));
  if (!possible.empty() && found == nullptr)
    throw Mismatch(pointer, fmt::format("one of {} is missing", fmt::join(possible, ", ")));
}

void check_object(const Json& value,
                  const Shape& shape,
                  Completeness completeness,
                  const std::string& pointer) {
  if (!value.is_object()) refuse_kind(value, pointer, "an object");
  if (shape.patch) completeness = Completeness::patch;
  const Known known = known_members(value, shape, pointer);
  for (const auto& item : value.items()) {
    const std::string at = below(pointer, item.key());
    const Member* member = find(known.members, item.key());
    if (member == nullptr)
      throw Mismatch(at, unknown(known.noun, item.key(), names(known.members)), true);
    const bool is_removed = completeness == Completeness::patch && item.value().is_null() &&
                            member->need != Member::Need::always;
    if (!is_removed) check_shape(item.value(), member->shape, completeness, at);
  }
  for (const Member& member : known.members) {
    const bool is_needed =
        member.need == Member::Need::always ||
        (member.need == Member::Need::merged && completeness == Completeness::whole);
    if (is_needed && !value.contains(member.name))
      throw Mismatch(pointer, fmt::format("{} is missing", excerpt(member.name)));
  }
  if (completeness == Completeness::whole) check_one_of(value, known.members, pointer);
}

void check_list(const Json& value, const Shape& shape, const std::string& pointer) {
  if (!value.is_array()) refuse_kind(value, pointer, "a list");
  const auto size = static_cast<std::int64_t>(value.size());
  if (size < shape.low || size > shape.high)
    throw Mismatch(pointer,
                   fmt::format("{}; {} possible",
                               size == 1 ? "1 item" : fmt::format("{} items", size),
                               possible_count(shape.low, shape.high)));
  for (std::size_t i = 0; i < value.size(); ++i) {
    // Patches replace lists as a whole.
    check_shape(value[i], shape.items[0], Completeness::whole, below(pointer, i));
    if (!shape.distinct) continue;
    for (std::size_t j = 0; j < i; ++j)
      if (value[i] == value[j])
        throw Mismatch(below(pointer, i), fmt::format("{} is given twice", value[i].dump()));
  }
}

// Names of variables may have dots: object.property.
void check_key(const std::string& name, const std::string& noun, const std::string& pointer) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto fits = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '.'; };
  if (name.empty() || name.size() > name_max || !is_letter(name.front()) || name.back() == '.' ||
      !std::ranges::all_of(name, fits))
    throw Mismatch(pointer,
                   fmt::format("{} is no name for a {}: 1..{} letters, digits, \"_\" or \".\", the "
                               "first a letter",
                               excerpt(name),
                               noun,
                               name_max),
                   true);
}

void check_map(const Json& value,
               const Shape& shape,
               Completeness completeness,
               const std::string& pointer) {
  if (!value.is_object()) refuse_kind(value, pointer, "an object");
  if (static_cast<std::int64_t>(value.size()) > shape.high)
    throw Mismatch(
        pointer, fmt::format("{} items; {} possible", value.size(), possible_count(0, shape.high)));
  for (const auto& item : value.items()) {
    const std::string at = below(pointer, item.key());
    check_key(item.key(), shape.noun, at);
    const bool is_removed = completeness == Completeness::patch && item.value().is_null();
    if (!is_removed) check_shape(item.value(), shape.items[0], completeness, at);
  }
}

// The one of several shapes that a value of this kind can have.
const Shape& fitting(const Json& value, const Shape& shape, const std::string& pointer) {
  std::string wanted;
  for (const Shape& item : shape.items) {
    const bool is_list = item.kind == Shape::Kind::list;
    const bool is_object = item.kind == Shape::Kind::object || item.kind == Shape::Kind::map;
    if (is_list ? value.is_array() : is_object ? value.is_object() : value.is_string()) return item;
    if (!wanted.empty()) wanted += " or ";
    wanted += is_list ? "a list" : is_object ? "an object" : "a string";
  }
  refuse_kind(value, pointer, wanted);
}

const std::string& string_of(const Json& value, const std::string& pointer) {
  if (!value.is_string()) refuse_kind(value, pointer, "a string");
  return value.get_ref<const std::string&>();
}

void check_text(const std::string& text, const std::string& pointer) {
  if (text.empty()) throw Mismatch(pointer, "an empty text");
  if (printable(text, text.size()) != text)
    throw Mismatch(pointer, fmt::format("a control character in {}", excerpt(text)));
}

void check_name(const std::string& name, const std::string& pointer) {
  const auto is_alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const auto fits = [&](char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '-'; };
  if (name.empty() || name.size() > name_max || !is_alphanumeric(name.front()) ||
      !std::ranges::all_of(name, fits))
    throw Mismatch(pointer,
                   fmt::format("{} is not a name: 1..{} letters, digits, \".\", \"_\" or \"-\", "
                               "the first a letter or digit",
                               excerpt(name),
                               name_max));
}

void check_number(const Json& value, const Shape& shape, const std::string& pointer) {
  if (!value.is_number_integer()) refuse_kind(value, pointer, "a number");
  const auto number = value.get<std::int64_t>();
  if (number < shape.low || number > shape.high)
    throw Mismatch(pointer,
                   fmt::format("{} is out of range {}..{}", number, shape.low, shape.high));
}

} // namespace

void check_shape(const Json& value,
                 const Shape& shape,
                 Completeness completeness,
                 const std::string& pointer) {
  if (shape.is_whole) completeness = Completeness::whole;
  using enum Shape::Kind;
  switch (shape.kind) {
  case object:
    return check_object(value, shape, completeness, pointer);
  case list:
    return check_list(value, shape, pointer);
  case text:
    return check_text(string_of(value, pointer), pointer);
  case name:
    return check_name(string_of(value, pointer), pointer);
  case word: {
    const std::string& given = string_of(value, pointer);
    if (std::ranges::find(shape.words, given, &Word::name) == shape.words.end())
      throw Mismatch(pointer, unknown(shape.noun, given, names(shape.words)));
    return;
  }
  case number:
    return check_number(value, shape, pointer);
  case truth:
    if (!value.is_boolean()) refuse_kind(value, pointer, "true or false");
    return;
  case yes:
    if (value != Json(true)) refuse_kind(value, pointer, "true");
    return;
  case either:
    return check_shape(value, fitting(value, shape, pointer), completeness, pointer);
  case map:
    return check_map(value, shape, completeness, pointer);
  }
}

std::string limits_at(const Shape& root, const std::string& pointer) {
  using enum Shape::Kind;
  std::vector<const Shape*> shapes{&root}; // of several cases, all
  std::string limits;
  for (std::size_t at = 0; at < pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', at + 1), pointer.size());
    const std::string key = pointer.substr(at + 1, end - at - 1);
    at = end;
    std::vector<const Shape*> next;
    for (const Shape* shape : shapes) {
      if (shape->kind == either) shape = &shape->items[1];
      if (shape->kind == map) next.push_back(&shape->items[0]);
      if (shape->kind == list) {
        next.push_back(&shape->items[0]);
        limits = possible_count(shape->low, shape->high, " items") + " possible";
      }
      if (const Member* member = find(shape->members, key)) next.push_back(&member->shape);
      for (const Case& one : shape->cases)
        if (const Member* member = find(one.members, key)) next.push_back(&member->shape);
    }
    if (next.empty()) return "";
    const auto differs = [&](const Shape* shape) {
      return shape->kind != next[0]->kind || shape->low != next[0]->low ||
             shape->high != next[0]->high;
    };
    if (std::ranges::any_of(next, differs)) return "";
    shapes = std::move(next);
  }
  if (shapes[0]->kind == number)
    return fmt::format("{}..{} is possible", shapes[0]->low, shapes[0]->high);
  return limits;
}

} // namespace stalemate::kernel
