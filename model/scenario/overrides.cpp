#include "model/scenario/overrides.hpp"

#include "model/scenario/excerpt.hpp"
#include "model/scenario/json_text.hpp"
#include "model/scenario/read_scenario.hpp"
#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace stalemate::kernel {

namespace {

std::vector<std::string> words_of(const Knob& knob) {
  std::vector<std::string> words;
  for (const Word& value : knob.values)
    words.push_back(value.name);
  return knob.type == Knob::Type::boolean ? std::vector<std::string>{"false", "true"} : words;
}

bool is_number_of(const Knob& knob, const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number && number >= knob.low && number <= knob.high;
}

} // namespace

Override knob_override(const std::string& setting) {
  const std::string option = "--set " + printable(setting);
  const auto refuse = [&](const std::string& what) { throw InputError(option + ": " + what); };
  const auto equals = setting.find('=');
  if (equals == std::string::npos) refuse("is not KNOB=VALUE");
  const std::string name = setting.substr(0, equals);
  const std::string value = setting.substr(equals + 1);

  const std::vector<Knob> knobs = all_knobs();
  const auto knob = std::ranges::find(knobs, name, &Knob::name);
  if (knob == knobs.end()) {
    std::vector<std::string> names;
    for (const Knob& one : knobs)
      names.push_back(one.name);
    refuse(unknown("knob", name, names));
  }
  if (knob->type == Knob::Type::number) {
    if (!is_number_of(*knob, value))
      refuse(fmt::format(
          "{} is no value of it; {}..{} is possible", excerpt(value), knob->low, knob->high));
    return {below("/kernel", name), value, option};
  }
  const std::vector<std::string> words = words_of(*knob);
  if (std::ranges::find(words, value) == words.end()) refuse(unknown("value", value, words));
  const bool is_word = knob->type == Knob::Type::words;
  return {below("/kernel", name), is_word ? Json(value).dump() : value, option};
}

} // namespace stalemate::kernel
