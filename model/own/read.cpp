#include "model/own/read.hpp"

#include "model/own/read_steps.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace stalemate::kernel::own {

namespace {

Variable variable(const std::string& name, const Json& value, const std::string& pointer) {
  Variable result;
  result.name = name;
  result.pointer = pointer;
  if (is_word_of_expressions(name))
    throw ScenarioError(pointer, fmt::format("{} is a word of expressions", excerpt(name)));
  const auto take_kind = [&](const std::string& word) {
    if (word == "lock") result.kind = Variable::Kind::lock;
    if (word == "shared_lock") result.kind = Variable::Kind::shared_lock;
  };
  if (value.is_string()) {
    take_kind(value.get<std::string>());
    return result;
  }
  const int kinds =
      int{value.contains("range")} + int{value.contains("values")} + int{value.contains("kind")};
  if (kinds != 1) throw ScenarioError(pointer, "needs one of range, values and kind, no more");
  if (value.contains("range")) {
    result.kind = Variable::Kind::number;
    result.low = value["range"][0].get<int>();
    result.high = value["range"][1].get<int>();
    if (result.low > result.high)
      throw ScenarioError(pointer + "/range", "the lowest value comes first");
  }
  if (value.contains("values")) {
    result.kind = Variable::Kind::named;
    result.values = value["values"].get<std::vector<std::string>>();
    for (std::size_t i = 0; i < result.values.size(); ++i)
      if (std::ranges::count(result.values, result.values[i]) > 1)
        throw ScenarioError(below(pointer + "/values", i),
                            fmt::format("{} is given twice", excerpt(result.values[i])));
  }
  if (value.contains("kind")) take_kind(value["kind"].get<std::string>());
  if (value.contains("count")) result.count = value["count"].get<int>();
  if (value.contains("initial")) result.initial = text_of(value, "initial", pointer);
  result.ghost = value.value("ghost", false);
  const bool is_lock =
      result.kind == Variable::Kind::lock || result.kind == Variable::Kind::shared_lock;
  if (is_lock && result.initial)
    throw ScenarioError(pointer + "/initial", "a lock is free at the start");
  if (result.kind == Variable::Kind::shared_lock && result.count)
    throw ScenarioError(pointer + "/count", "shared locks come one by one");
  return result;
}

std::vector<Variable> variables(const Json& object, const std::string& pointer) {
  std::vector<Variable> result;
  for (const auto& [name, value] : object.items())
    result.push_back(variable(name, value, below(pointer, name)));
  return result;
}

Edit edit(const Json& object, const std::string& pointer) {
  static constexpr std::array words{
      "drop", "move", "always", "never", "unlock", "hold", "split", "merge", "insert", "change"};
  Edit result;
  result.pointer = pointer;
  const auto word = std::ranges::find_if(words, [&](const char* w) { return object.contains(w); });
  result.kind = static_cast<Edit::Kind>(word - words.begin());
  const auto maybe = [&](const char* key) -> std::optional<Text> {
    if (!object.contains(key)) return {};
    return text_of(object, key, pointer);
  };
  if (result.kind == Edit::Kind::insert) {
    result.step = read_step(object["insert"], pointer + "/insert");
    result.what = {result.step->function + ": " + result.step->phrase, pointer + "/insert"};
  } else if (result.kind == Edit::Kind::merge) {
    const Json& steps = object["merge"];
    result.what = {steps[0].get<std::string>(), pointer + "/merge/0"};
    result.to = Text{steps[1].get<std::string>(), pointer + "/merge/1"};
  } else {
    result.what = text_of(object, *word, pointer);
  }
  if (const auto in = maybe("in")) {
    result.in = in->text;
    result.in_pointer = in->pointer;
  }
  result.before = maybe("before");
  result.after = maybe("after");
  result.from = maybe("from");
  if (result.kind == Edit::Kind::hold) result.to = maybe("to");
  result.shared = object.value("shared", false);
  result.when = maybe("when");
  result.go = maybe("go");
  if (object.contains("then")) result.then = texts_of(object, "then", pointer);

  const bool has_place = result.kind == Edit::Kind::move || result.kind == Edit::Kind::insert;
  if (has_place && result.before.has_value() == result.after.has_value())
    throw ScenarioError(pointer, "needs one of before and after");
  if (result.kind == Edit::Kind::change && !result.when && !result.then && !result.go)
    throw ScenarioError(pointer, "changes nothing; say when, then or go");
  return result;
}

/// Edits and traces tell steps apart by function and phrase. Those that `show` prints may be alike,
/// where the kernel comes by the same function again: then labels tell them apart.
void check_step_names(const std::vector<Step>& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const bool is_same =
          steps[i].function == steps[j].function && steps[i].phrase == steps[j].phrase;
      if (is_same && (steps[i].label.empty() || steps[j].label.empty()))
        throw ScenarioError(
            steps[i].pointer + "/phrase",
            fmt::format("{} is called so, too; if whoever names a step means both, give each a "
                        "label",
                        steps[j].pointer));
    }
}

Claim claim(const std::string& name, const Json& object, const std::string& pointer) {
  Claim result;
  result.name = name;
  result.pointer = pointer;
  result.text = object.value("text", std::string());
  result.in = object.value("in", std::string());
  if (object.contains("always")) {
    result.condition = text_of(object, "always", pointer);
  } else if (object.contains("at")) {
    result.kind = Claim::Kind::at;
    result.where = text_of(object, "at", pointer);
    result.condition = text_of(object, "holds", pointer);
  } else if (object.contains("reach")) {
    result.kind = Claim::Kind::reach;
    result.condition = text_of(object, "reach", pointer);
  } else if (object.contains("from")) {
    result.kind = Claim::Kind::leads_to;
    result.where = text_of(object, "from", pointer);
    result.condition = text_of(object, "leads_to", pointer);
  } else {
    result.kind = Claim::Kind::eventually;
    result.condition = text_of(object, "eventually", pointer);
  }
  return result;
}

} // namespace

std::vector<Edit> read_patch(const Json& list, const std::string& pointer) {
  std::vector<Edit> result;
  for (const Json& one : list)
    result.push_back(edit(one, below(pointer, result.size())));
  return result;
}

Path read_path(const std::string& name, const Json& object, const std::string& pointer) {
  Path result;
  result.name = name;
  result.pointer = pointer;
  result.process = object.value("process", std::string());
  result.like = object.value("like", std::string());
  result.is_daemon = object.value("daemon", false);
  if (object.contains("state")) result.state = variables(object["state"], pointer + "/state");
  if (object.contains("steps"))
    for (const Json& step : object["steps"])
      result.steps.push_back(read_step(step, below(pointer + "/steps", result.steps.size())));
  if (object.contains("patch")) result.patch = read_patch(object["patch"], pointer + "/patch");

  if (result.like.empty() && result.steps.empty())
    throw ScenarioError(pointer, "needs steps, or the path that it is like");
  if (!result.like.empty() && !result.steps.empty())
    throw ScenarioError(pointer + "/like",
                        "its steps are here, so that it is like no other; `patch` says how one "
                        "path differs from another");
  check_step_names(result.steps);
  if (!result.steps.empty() && !result.patch.empty())
    throw ScenarioError(pointer + "/patch", "its steps are here; write them as they should be");
  if (!result.like.empty()) {
    std::vector<std::string> known;
    for (const PathEntry& path : all_paths()) {
      if (!path.automatic) known.push_back(path.name);
      if (path.automatic && path.name == result.like)
        throw ScenarioError(pointer + "/like",
                            fmt::format("the model starts {0} by itself where it belongs; what is "
                                        "else about it is said by `patch`, \"in\": \"{0}\"",
                                        path.name));
    }
    if (std::ranges::find(known, result.like) == known.end())
      throw ScenarioError(pointer + "/like", unknown("path", result.like, known));
  }
  return result;
}

Own read(const Json& document) {
  Own result;
  if (document.contains("state")) result.state = variables(document["state"], "/state");
  if (document.contains("paths"))
    for (const auto& [name, path] : document["paths"].items()) {
      const std::string pointer = below("/paths", name);
      result.paths.push_back(read_path(name, path, pointer));
    }
  if (document.contains("patch")) result.patch = read_patch(document["patch"], "/patch");
  if (document.contains("claims"))
    for (const auto& [name, object] : document["claims"].items()) {
      const std::string pointer = below("/claims", name);
      result.claims.push_back(claim(name, object, pointer));
    }
  return result;
}

} // namespace stalemate::kernel::own
