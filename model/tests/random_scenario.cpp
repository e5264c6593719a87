#include "model/tests/random_scenario.hpp"

#include "model/scenario/format.hpp"
#include "model/scenario/read_scenario.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::kernel {

namespace {

using rc::Gen;

/// How long lists are, where that is possible: things that belong together come in equal numbers.
using Length = std::int64_t;

Gen<Json> value_of(const Shape& shape, Length length);

Gen<Json> as_json(Gen<std::int64_t> numbers) {
  return rc::gen::map(std::move(numbers), [](std::int64_t number) { return Json(number); });
}

/// Small ones more often: a large file is rarely more telling, and takes longer.
Gen<Json> number_of(const Shape& shape) {
  const std::int64_t some = std::min(shape.low + 3, shape.high + 1);
  return as_json(rc::gen::weightedOneOf<std::int64_t>(
      {{3, rc::gen::inRange(shape.low, some)}, {1, rc::gen::inRange(shape.low, shape.high + 1)}}));
}

Gen<Json> word_of_shape(const Shape& shape) {
  std::vector<std::string> names;
  for (const Word& word : shape.words)
    names.push_back(word.name);
  return rc::gen::map(rc::gen::elementOf(names),
                      [](const std::string& name) { return Json(name); });
}

Gen<Json> list_of_shape(const Shape& shape, Length length) {
  const std::int64_t usual = std::clamp(length, shape.low, shape.high);
  const std::int64_t high = std::min(shape.high, std::max<std::int64_t>(shape.low, 4));
  const Gen<Json> item = value_of(shape.items[0], length);
  const Gen<std::int64_t> lengths = rc::gen::weightedOneOf<std::int64_t>(
      {{5, rc::gen::just(usual)}, {1, rc::gen::inRange(shape.low, high + 1)}});
  return rc::gen::mapcat(lengths, [item](std::int64_t count) {
    return rc::gen::map(
        rc::gen::container<std::vector<Json>>(static_cast<std::size_t>(count), item),
        [](const std::vector<Json>& items) { return Json(items); });
  });
}

/// Members that may be absent are, `percent` times of 100.
Gen<Json> object_of_members(const std::vector<Member>& members, std::size_t absent, Length length) {
  Gen<Json> object = rc::gen::just(Json(Json::object()));
  for (const Member& member : members) {
    const bool is_needed =
        member.need == Member::Need::always || member.need == Member::Need::merged;
    const Gen<Json> value = value_of(member.shape, length);
    const Gen<Json> maybe =
        is_needed ? value
                  : rc::gen::weightedOneOf<Json>(
                        {{absent, rc::gen::just(Json(nullptr))}, {100 - absent, value}});
    object = rc::gen::apply(
        [name = member.name](Json so_far, Json one) {
          if (!one.is_null()) so_far[name] = std::move(one);
          return so_far;
        },
        object,
        maybe);
  }
  return object;
}

Gen<Json> case_of(const Shape& shape, Length length) {
  const auto some_case = [tag = shape.tag, cases = shape.cases, length](std::size_t number) {
    const Case& one = cases[number];
    return rc::gen::map(object_of_members(one.members, 50, length),
                        [tag, name = one.name](const Json& members) {
                          Json object = {{tag, name}};
                          object.update(members);
                          return object;
                        });
  };
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, shape.cases.size()), some_case);
}

Gen<Json> value_of(const Shape& shape, Length length) {
  using enum Shape::Kind;
  switch (shape.kind) {
  case object:
    return shape.cases.empty() ? object_of_members(shape.members, 60, length)
                               : case_of(shape, length);
  case list:
    return list_of_shape(shape, length);
  case word:
    return word_of_shape(shape);
  case number:
    return number_of(shape);
  case truth:
    return rc::gen::map(rc::gen::arbitrary<bool>(), [](bool value) { return Json(value); });
  case text:
  case name:
  case yes:
  case either:
  case map:
    break; // no layout, path or knob has one
  }
  return rc::gen::just(Json(nullptr));
}

const Member& member_of(const Shape& shape, const std::string& name) {
  return *std::ranges::find(shape.members, name, &Member::name);
}

bool has(const auto& entries, const std::string& name) {
  return std::ranges::any_of(entries, [&](const auto& entry) { return entry.name == name; });
}

/// The processes that the format allows, of the subsystem.
Shape processes_of(const Subsystem& subsystem) {
  Shape list = member_of(scenario_format(), "processes").shape;
  Shape& process = list.items[0];
  process.members.clear(); // names and fairness change no step
  std::erase_if(process.cases, [&](const Case& one) { return !has(subsystem.paths, one.name); });
  return list;
}

Shape knobs_of(const Subsystem& subsystem) {
  Shape kernel = member_of(scenario_format(), "kernel").shape;
  std::erase_if(kernel.members, [&](const Member& one) { return !has(subsystem.knobs, one.name); });
  return kernel;
}

Gen<Json> scenario_with(const Subsystem& subsystem, Knobs knobs, Length length) {
  const Gen<Json> kernel = knobs == Knobs::of_the_kernel
                               ? rc::gen::just(Json(nullptr))
                               : object_of_members(knobs_of(subsystem).members, 90, length);
  return rc::gen::apply(
      [section = subsystem.section](Json layout, Json processes, Json settings) {
        Json scenario = {{"id", "random"}, {"title", "Random"}};
        scenario[section] = std::move(layout);
        if (!settings.is_null()) scenario["kernel"] = std::move(settings);
        scenario["processes"] = std::move(processes);
        return scenario;
      },
      value_of(member_of(scenario_format(), subsystem.section).shape, length),
      rc::gen::mapcat(
          rc::gen::inRange<Length>(1, 4),
          [shape = processes_of(subsystem)](Length count) { return list_of_shape(shape, count); }),
      kernel);
}

bool fits(const Json& scenario) {
  try {
    const ScenarioFile file("random.json", scenario.dump());
    return true;
  } catch (const InputError&) {
    return false;
  }
}

/// What stands at a pointer is gone.
Json erased(Json scenario, const std::string& pointer) {
  const Json::json_pointer at(pointer);
  Json& parent = scenario[at.parent_pointer()];
  if (parent.is_array())
    parent.erase(std::stoul(at.back()));
  else
    parent.erase(at.back());
  return scenario;
}

} // namespace

rc::Shrinkable<Json> random_scenario(const Subsystem& subsystem, Knobs knobs, std::uint64_t seed) {
  const Gen<Json> scenarios =
      rc::gen::mapcat(rc::gen::inRange<Length>(1, 5), [&subsystem, knobs](Length length) {
        return scenario_with(subsystem, knobs, length);
      });
  return scenarios(rc::Random(seed), rc::kNominalSize);
}

std::optional<Json> without(const Json& scenario, const std::string& pointer) {
  for (std::string at = pointer; !at.empty(); at.erase(at.rfind('/'))) {
    if (!scenario.contains(Json::json_pointer(at))) continue;
    Json smaller = erased(scenario, at);
    if (fits(smaller)) return smaller;
  }
  // It is needed: something beside it may be what does not fit.
  const std::string section = pointer.substr(0, pointer.find('/', 1));
  const Json& all = scenario[Json::json_pointer(section)];
  for (const auto& item : all.items()) {
    Json smaller = erased(scenario, section + "/" + item.key());
    if (fits(smaller)) return smaller;
  }
  return std::nullopt;
}

} // namespace stalemate::kernel
