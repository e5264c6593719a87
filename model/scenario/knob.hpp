#pragma once

#include "model/scenario/version.hpp"
#include "model/scenario/word.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace stalemate::kernel {

/// What a knob is from a version on, by its value's name.
struct Since {
  Version version = Version::v6_1;
  std::string value;
  std::string source; ///< Which function of that version says so, or which commit changed it.
};

/// A switch of the modelled kernel, described by itself: what `list knobs`, the schema and the
/// scenario reader know about it comes from here.
struct Knob {
  std::string name;
  std::string text;   ///< One line, no full stop.
  std::string source; ///< Where it comes from: a commit, a message, a section of the atlas.

  enum class Type : std::uint8_t { words, number, boolean };
  Type type = Type::words;
  std::vector<Word> values = {}; ///< Of words: value i is values[i].
  int low = 0;                   ///< Of number, included.
  int high = 0;                  ///< Of number, included.
  int initial = 0;               ///< Its value when the scenario says nothing.
  /// Another value than `initial` is of no release: no version goes with it.
  bool is_beside_versions = false;
  /// Where versions differ: what it was, oldest first, from the oldest version on.
  std::vector<Since> history = {};
  /// The values with which a kernel still is a release, although no version says so: all of them
  /// where the knob says what the kernel runs on, not what its code is. Empty: what it is if the
  /// scenario says nothing.
  std::vector<std::string> released = {};

  /// Its value in a version when the scenario says nothing else.
  [[nodiscard]] int value_in(Version version) const {
    int value = initial;
    for (const Since& since : history)
      if (since.version <= version) value = value_of(since.value);
    return value;
  }

  /// As scenarios write it: "none", "true", "3".
  [[nodiscard]] std::string value_name(int value) const {
    if (type == Type::words) return values[static_cast<std::size_t>(value)].name;
    if (type == Type::number) return std::to_string(value);
    return value != 0 ? "true" : "false";
  }

  /// All of them, as scenarios write them.
  [[nodiscard]] std::vector<std::string> value_names() const {
    const int end = type == Type::words ? static_cast<int>(values.size()) : high + 1;
    std::vector<std::string> names;
    for (int i = low; i < end; ++i)
      names.push_back(value_name(i));
    return names;
  }

  /// The reverse. Throws std::logic_error if no value is called so.
  [[nodiscard]] int value_of(const std::string& value) const {
    const int end = type == Type::words ? static_cast<int>(values.size()) : high + 1;
    for (int i = low; i < end; ++i)
      if (value_name(i) == value) return i;
    throw std::logic_error("knob " + name + " has no value " + value);
  }
};

/// The knobs that a scenario sets: the index of the word, the number, or 0 and 1.
using KnobValues = std::map<std::string, int>;

/// The version that a scenario chooses, the newest if none.
[[nodiscard]] inline Version version_of(const KnobValues& values) {
  const auto chosen = values.find(version_knob_name);
  return chosen == values.end() ? newest : static_cast<Version>(chosen->second);
}

/// A knob of one subsystem, which sets something in its Kernel.
template <typename Kernel>
struct KnobOf : Knob {
  std::function<void(Kernel&, int)> set;
  bool is_elsewhere = false; ///< What it sets is no member of Kernel, so it is always set.

  /// The same knob with its history.
  [[nodiscard]] KnobOf in(std::vector<Since> versions) && {
    history = std::move(versions);
    return std::move(*this);
  }

  /// The same knob, which says what the kernel runs on: device, filesystem, load. Every value is
  /// one that a release can meet.
  [[nodiscard]] KnobOf of_surroundings() && {
    released = value_names();
    return std::move(*this);
  }

  /// The same knob, of which releases have these values: what they run on, or what they are
  /// although that is not the default.
  [[nodiscard]] KnobOf released_with(std::vector<std::string> some) && {
    for (const std::string& value : some)
      (void)value_of(value); // throws for one that it does not have
    released = std::move(some);
    return std::move(*this);
  }
};

/// The knob that chooses a version: the others' values then are those of that version.
template <typename Kernel>
KnobOf<Kernel> version_knob() {
  Knob knob{version_knob_name,
            "the release whose code runs; a scenario can set each knob otherwise",
            "the sources of each release; `stalemate list kernels` has the knobs in which they "
            "differ"};
  knob.values = versions();
  knob.initial = static_cast<int>(newest);
  return {std::move(knob), [](Kernel&, int) {}};
}

/// A knob whose values are words, in the order of the enumeration E.
template <typename Kernel, typename E>
KnobOf<Kernel> words(E Kernel::*member,
                     std::string name,
                     std::string text,
                     std::string source,
                     std::vector<Word> values) {
  Knob knob{std::move(name), std::move(text), std::move(source)};
  knob.values = std::move(values);
  knob.initial = static_cast<int>(Kernel{}.*member);
  return {std::move(knob),
          [member](Kernel& kernel, int value) { kernel.*member = static_cast<E>(value); }};
}

template <typename Kernel>
KnobOf<Kernel> number(int Kernel::*member,
                      std::string name,
                      std::string text,
                      std::string source,
                      int low,
                      int high) {
  Knob knob{std::move(name), std::move(text), std::move(source)};
  knob.type = Knob::Type::number;
  knob.low = low;
  knob.high = high;
  knob.initial = Kernel{}.*member;
  return {std::move(knob), [member](Kernel& kernel, int value) { kernel.*member = value; }};
}

template <typename Kernel>
KnobOf<Kernel>
boolean(bool Kernel::*member, std::string name, std::string text, std::string source) {
  Knob knob{std::move(name), std::move(text), std::move(source)};
  knob.type = Knob::Type::boolean;
  knob.high = 1;
  knob.initial = Kernel{}.*member ? 1 : 0;
  return {std::move(knob), [member](Kernel& kernel, int value) { kernel.*member = value != 0; }};
}

/// A knob that is a variable of whoever adds it: an enumeration, whose value when the scenario says
/// nothing is the one that it has now. For kernels that the project's own Kernel does not foresee.
template <typename Kernel, typename E>
requires std::is_enum_v<E> KnobOf<Kernel> own_words(
    E& variable, std::string name, std::string text, std::string source, std::vector<Word> values) {
  Knob knob{std::move(name), std::move(text), std::move(source)};
  knob.values = std::move(values);
  knob.initial = static_cast<int>(variable);
  return {
      std::move(knob), [&variable](Kernel&, int value) { variable = static_cast<E>(value); }, true};
}

/// The same of a number.
template <typename Kernel>
KnobOf<Kernel> own_number(
    int& variable, std::string name, std::string text, std::string source, int low, int high) {
  Knob knob{std::move(name), std::move(text), std::move(source)};
  knob.type = Knob::Type::number;
  knob.low = low;
  knob.high = high;
  knob.initial = variable;
  return {std::move(knob), [&variable](Kernel&, int value) { variable = value; }, true};
}

/// The same of a truth value.
template <typename Kernel>
KnobOf<Kernel> own_boolean(bool& variable, std::string name, std::string text, std::string source) {
  Knob knob{std::move(name), std::move(text), std::move(source)};
  knob.type = Knob::Type::boolean;
  knob.high = 1;
  knob.initial = variable ? 1 : 0;
  return {std::move(knob), [&variable](Kernel&, int value) { variable = value != 0; }, true};
}

/// The kernel that a scenario selects: what its version is, with what the scenario sets. Knobs are
/// set in the order of the table, so that one which sets several others, such as a filesystem,
/// comes before them.
template <typename Kernel>
Kernel kernel_with(const std::vector<KnobOf<Kernel>>& table, const KnobValues& values) {
  Kernel kernel;
  for (const auto& knob : table)
    if (!knob.history.empty()) knob.set(kernel, knob.value_in(version_of(values)));
  for (const auto& knob : table)
    if (const auto value = values.find(knob.name); value != values.end())
      knob.set(kernel, value->second);
    else if (knob.is_elsewhere)
      knob.set(kernel, knob.initial);
  return kernel;
}

} // namespace stalemate::kernel
