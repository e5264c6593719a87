#include "model/own/read_steps.hpp"

#include "model/scenario/fairness_words.hpp"
#include "model/scenario/scenario.hpp"

#include <algorithm>

namespace stalemate::kernel::own {

namespace {

/// What stands under a key, whether it is one or a list, each with its pointer.
std::vector<std::pair<const Json*, std::string>>
items_of(const Json& object, const std::string& key, const std::string& pointer) {
  std::vector<std::pair<const Json*, std::string>> items;
  const auto found = object.find(key);
  if (found == object.end()) return items;
  const std::string at = below(pointer, key);
  if (!found->is_array()) return {{&*found, at}};
  for (std::size_t i = 0; i < found->size(); ++i)
    items.emplace_back(&(*found)[i], below(at, i));
  return items;
}

Wait wait_of(const Json& value, const std::string& pointer) {
  Wait wait;
  if (value.is_string()) {
    wait.until = {value.get<std::string>(), pointer};
    wait.what = wait.until.text;
    return wait;
  }
  wait.until = text_of(value, "until", pointer);
  wait.what = value.value("for", std::string());
  if (value.contains("place")) wait.place = text_of(value, "place", pointer);
  wait.holders = texts_of(value, "holder", pointer);
  wait.acquires = value.value("acquires", false);
  if (wait.what.empty() && !wait.place) wait.what = wait.until.text;
  if (wait.acquires && !wait.place)
    throw ScenarioError(pointer + "/acquires", "what it acquires has to have a name: \"place\"");
  return wait;
}

Check check_of(const Json& object, const std::string& pointer) {
  Check check;
  if (object.contains("claim")) check.claim = text_of(object, "claim", pointer);
  check.holds = text_of(object, "holds", pointer);
  check.text = object.value("text", std::string());
  if (check.text.empty()) check.text = "not " + check.holds.text;
  return check;
}

Way way_of(const Json& object, const std::string& pointer) {
  Way way;
  way.pointer = pointer;
  way.note = object.value("note", std::string());
  if (object.contains("when")) way.when = text_of(object, "when", pointer);
  way.otherwise = object.contains("otherwise");
  const auto locks = [&](const char* key, bool shared, std::vector<LockUse>& to) {
    for (const Text& lock : texts_of(object, key, pointer))
      to.push_back({lock, shared});
  };
  locks("take", false, way.take);
  locks("take_shared", true, way.take);
  locks("release", false, way.release);
  locks("release_shared", true, way.release);
  for (const auto& [value, at] : items_of(object, "wait", pointer))
    way.wait.push_back(wait_of(*value, at));
  for (const auto& [value, at] : items_of(object, "check", pointer))
    way.check.push_back(check_of(*value, at));
  way.then = texts_of(object, "then", pointer);
  way.retry = object.contains("retry");
  if (object.contains("go")) way.go = text_of(object, "go", pointer);
  way.ret = object.contains("ret");
  way.end = object.contains("end");
  if (int{way.go.has_value()} + int{way.ret} + int{way.end} > 1)
    throw ScenarioError(pointer, "goes on in one place: go, ret or end");
  return way;
}

} // namespace

Text text_of(const Json& object, const std::string& key, const std::string& pointer) {
  return {object[key].get<std::string>(), below(pointer, key)};
}

std::vector<Text> texts_of(const Json& object, const std::string& key, const std::string& pointer) {
  std::vector<Text> texts;
  for (const auto& [value, at] : items_of(object, key, pointer))
    texts.push_back({value->get<std::string>(), at});
  return texts;
}

Step read_step(const Json& object, const std::string& pointer) {
  Step step;
  step.pointer = pointer;
  step.label = object.value("label", std::string());
  step.function = object["function"].get<std::string>();
  step.phrase = object["phrase"].get<std::string>();
  step.file = object.value("file", std::string());
  step.idle = object.value("idle", false);
  if (object.contains("fairness")) {
    const auto& words = fairness_words();
    const auto at = std::ranges::find(words, object["fairness"].get<std::string>(), &Word::name);
    step.fairness = static_cast<ir::Fairness>(at - words.begin());
  }
  for (const Json& way : object["ways"])
    step.ways.push_back(way_of(way, below(pointer + "/ways", step.ways.size())));
  return step;
}

} // namespace stalemate::kernel::own
