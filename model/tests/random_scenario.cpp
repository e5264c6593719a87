#include "model/tests/random_scenario.hpp"

#include "model/scenario/format.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::kernel {

namespace {

using rc::Gen;

Gen<Json> value_of(const Shape& shape);

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

Gen<Json> list_of_shape(const Shape& shape) {
  constexpr std::int64_t items_max = 4;
  const std::int64_t high = std::min(shape.high, std::max(shape.low, items_max));
  const Gen<Json> item = value_of(shape.items[0]);
  return rc::gen::mapcat(rc::gen::inRange(shape.low, high + 1), [item](std::int64_t count) {
    return rc::gen::map(
        rc::gen::container<std::vector<Json>>(static_cast<std::size_t>(count), item),
        [](const std::vector<Json>& items) { return Json(items); });
  });
}

/// Members that may be absent are, `percent` times of 100.
Gen<Json> object_of_members(std::vector<Member> members, int absent) {
  std::vector<Gen<std::pair<std::string, Json>>> all;
  Gen<Json> object = rc::gen::just(Json(Json::object()));
  for (const Member& member : members) {
    const bool is_needed =
        member.need == Member::Need::always || member.need == Member::Need::merged;
    const Gen<Json> value = value_of(member.shape);
    const Gen<Json> maybe =
        is_needed ? value
                  : rc::gen::weightedOneOf<Json>(
                        {{static_cast<std::size_t>(absent), rc::gen::just(Json(nullptr))},
                         {static_cast<std::size_t>(100 - absent), value}});
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

Gen<Json> case_of(const Shape& shape) {
  std::vector<Case> cases = shape.cases;
  std::vector<Member> shared = shape.members;
  const std::string tag = shape.tag;
  return rc::gen::mapcat(
      rc::gen::inRange<std::size_t>(0, cases.size()), [cases, tag](std::size_t number) {
        const std::string name = cases[number].name;
        return rc::gen::map(object_of_members(cases[number].members, 50), [tag, name](Json object) {
          Json result = {{tag, name}};
          result.update(object);
          return result;
        });
      });
}

Gen<Json> value_of(const Shape& shape) {
  using enum Shape::Kind;
  switch (shape.kind) {
  case object:
    return shape.cases.empty() ? object_of_members(shape.members, 60) : case_of(shape);
  case list:
    return list_of_shape(shape);
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

} // namespace

rc::Shrinkable<Json> random_scenario(const Subsystem& subsystem, Knobs knobs, std::uint64_t seed) {
  const Shape kernel = knobs_of(subsystem);
  const Gen<Json> kernels = knobs == Knobs::of_the_kernel ? rc::gen::just(Json(nullptr))
                                                          : object_of_members(kernel.members, 90);
  const Gen<Json> scenarios = rc::gen::apply(
      [section = subsystem.section](Json layout, Json processes, Json settings) {
        Json scenario = {{"id", "random"}, {"title", "Random"}};
        scenario[section] = std::move(layout);
        if (!settings.is_null()) scenario["kernel"] = std::move(settings);
        scenario["processes"] = std::move(processes);
        return scenario;
      },
      value_of(member_of(scenario_format(), subsystem.section).shape),
      value_of(processes_of(subsystem)),
      kernels);
  constexpr int size = 30;
  return scenarios(rc::Random(seed), size);
}

} // namespace stalemate::kernel
