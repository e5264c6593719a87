#include "model/scenario/format.hpp"

#include "model/own/format.hpp"
#include "model/scenario/fairness_words.hpp"
#include "model/scenario/subsystem.hpp"

#include <algorithm>
#include <utility>

namespace stalemate::kernel {

namespace {

using enum Member::Need;

constexpr std::size_t processes_max = 12;
constexpr std::size_t claims_max = 64;
constexpr std::size_t variants_max = 100;
constexpr std::int64_t count_max = std::int64_t{1} << 52U;

Shape value_of(const Knob& knob) {
  switch (knob.type) {
  case Knob::Type::words:
    return word_of("value", knob.values);
  case Knob::Type::number:
    return number_in(knob.low, knob.high);
  case Knob::Type::boolean:
    break;
  }
  return truth_shape();
}

Shape kernel() {
  std::vector<Member> members;
  for (const Knob& knob : all_knobs())
    members.push_back({knob.name, knob.text, value_of(knob), optional});
  return object_of("knob", std::move(members));
}

Shape process(const OwnNames& names) {
  Shape shape = object_of("option",
                          {{"name", "Its name in reports", name_shape(), optional},
                           {"fairness",
                            "What the scheduler owes it; weak if absent, and nothing where a "
                            "daemon may rest",
                            word_of("fairness", fairness_words()),
                            optional}});
  shape.tag = "path";
  for (const PathEntry& path : all_paths()) {
    if (path.automatic) continue;
    Case one{path.name, path.text, {}};
    for (const PathOption& option : path.options)
      one.members.push_back(
          {option.name, option.text, number_in(option.low, option.high), optional});
    shape.cases.push_back(std::move(one));
  }
  for (const auto& [name, like] : names.paths) {
    const auto known = std::ranges::find(shape.cases, like, &Case::name);
    if (known == shape.cases.end())
      shape.cases.push_back({name, "", {}});
    else
      shape.cases.push_back({name, known->text, known->members});
  }
  shape.is_open = true;
  shape.definition = "process";
  return shape;
}

Shape property(const OwnNames& names) {
  std::vector<Word> words;
  for (const PropertyEntry& entry : all_properties())
    words.push_back({entry.name, entry.claim});
  for (const std::string& claim : names.claims)
    words.push_back({claim, ""});
  Shape shape = word_of("property", std::move(words));
  shape.is_open = true;
  return shape;
}

Shape properties_list(const OwnNames& names) {
  Shape shape = list_of(property(names), 1, all_properties().size() + claims_max);
  shape.distinct = true;
  return shape;
}

Shape expectation(const OwnNames& names) {
  const Shape count = number_in(0, count_max);
  const Shape steps = list_of(text_shape(), 1, 100);
  const Member states{"states", "Exact number of distinct states", count};
  const Member transitions{"transitions", "Exact number of transitions", count};
  const Member executions{"executions", "Exact number of executions, where Relacy answers", count};
  const Member length{"length", "Exact number of steps of the shortest trace", count};
  const Member through{"through", "Steps that the trace passes, in this order", steps};

  const Member loop{"loop", "Exact number of steps that are repeated for ever", count};
  const Member waiting{"process", "Who waits for ever", name_shape()};

  Shape deadlocked = list_of(name_shape(), 1, processes_max);
  deadlocked.distinct = true;

  Shape exact = object_of("key", {});
  exact.cases = {
      {"holds",
       "Every reachable state was visited and every property held",
       {{"holds", "Every property holds", yes_shape(), always},
        states,
        transitions,
        {"depth", "Exact number of steps to the farthest state", count},
        executions,
        {"never_taken", "Steps that no process takes, all of them", steps}}},
      {"violated",
       "A property is broken",
       {{"violated", "The property", property(names), always},
        length,
        states,
        transitions,
        executions,
        through}},
      {"latent",
       "Nothing breaks but a warning, from which no harm follows here",
       {{"latent", "The warning", property(names), always}, length, states, transitions, through}},
      {"deadlock",
       "Somebody can never move again",
       {{"deadlock", "The processes that wait for each other", deadlocked, always},
        length,
        states,
        transitions,
        executions,
        through}},
      {"livelock",
       "Nobody progresses, for ever",
       {{"livelock", "The property", property(names), always},
        waiting,
        length,
        loop,
        states,
        transitions,
        through}},
      {"starvation",
       "Others progress, and somebody waits for ever",
       {{"starvation", "The property", property(names), always},
        waiting,
        length,
        loop,
        states,
        transitions,
        through}},
      {"unreachable",
       "No run comes to a state that some run should come to",
       {{"unreachable", "The property", property(names), always}, states, transitions}},
      {"stuck",
       "Not everyone can come to an end any more",
       {{"stuck", "The property", property(names), always}, length, states, transitions, through}},
  };
  Shape shape =
      either_of(word_of("expectation", {{"holds", "Every property holds"}}), std::move(exact));
  shape.is_whole = true;
  shape.definition = "expectation";
  return shape;
}

Shape affected_versions() {
  Shape shape = list_of(word_of("version", versions()), 0, versions().size());
  shape.distinct = true;
  return shape;
}

std::vector<Member> shared_by_file_and_variant(const OwnNames& names) {
  std::vector<Member> members{
      {"source", "Where it comes from: mails, commits, tests", text_shape()},
      {"notes", "What a reader should know", text_shape()},
  };
  for (const Subsystem& subsystem : subsystems())
    members.push_back({subsystem.section, subsystem.text, subsystem.layout, one_of_merged});
  std::ranges::move(
      std::vector<Member>{
          {"kernel",
           "The kernel variant; the default of each knob is what the kernel does",
           kernel()},
          {"processes", "What runs", list_of(process(names), 1, processes_max), merged},
          {"properties", "What must hold; everything if absent", properties_list(names)},
          {"expect", "What must come out; if absent, the scenario asks", expectation(names)},
          {"affects",
           "The versions of the kernel that have the race, by what commits and threads say, "
           "whatever "
           "the version here; `matrix` compares",
           affected_versions()},
      },
      std::back_inserter(members));
  std::ranges::move(own::sections(), std::back_inserter(members));
  return members;
}

Shape variant(const OwnNames& names) {
  std::vector<Member> members{{"name", "Its name: FILE#NAME", name_shape(), always},
                              {"title", "Another title", text_shape()}};
  std::ranges::move(shared_by_file_and_variant(names), std::back_inserter(members));
  Shape shape = object_of("key", std::move(members));
  shape.patch = true;
  return shape;
}

Shape scenario(const OwnNames& names) {
  std::vector<Member> members{
      {"$schema", "Where editors find this schema", text_shape()},
      {"id", "Short name, unique among all scenarios", name_shape(), always},
      {"title", "One line that says what races with what", text_shape(), always},
  };
  std::ranges::move(shared_by_file_and_variant(names), std::back_inserter(members));
  members.push_back({"variants",
                     "Changes to the above, each a scenario of its own (RFC 7386 merge patches; "
                     "expect is replaced as a whole)",
                     list_of(variant(names), 1, variants_max)});
  return object_of("key", std::move(members));
}

} // namespace

const Shape& scenario_format() {
  static const Shape shape = scenario({});
  return shape;
}

Shape scenario_format(const OwnNames& names) {
  return scenario(names);
}

} // namespace stalemate::kernel
