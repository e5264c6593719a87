#include "model/own/write.hpp"

#include "checker/edit/locks.hpp"
#include "checker/ir/identity.hpp"
#include "model/own/read_steps.hpp"
#include "model/own/record.hpp"
#include "model/scenario/fairness_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace stalemate::kernel::own {

namespace {

/// Writes the steps of one process.
class Writer {
 public:
  Writer(const ir::Model& model, int process)
      : model_(model), number_(process),
        process_(model.processes[static_cast<std::size_t>(process)]) {}

  [[nodiscard]] Json path() const {
    Json path = Json::object();
    if (Json state = locals(); !state.empty()) path["state"] = std::move(state);
    const std::set<int> targets = labelled();
    path["steps"] = Json::array();
    for (int s = 0; s < process_.finished(); ++s)
      path["steps"].push_back(step(s, targets.contains(s)));
    return {{process_.path, std::move(path)}};
  }

 private:
  [[nodiscard]] const ir::Step& step_at(int s) const {
    return process_.steps[static_cast<std::size_t>(s)];
  }

  /// Steps that others go to, and those that are alike.
  [[nodiscard]] std::set<int> labelled() const {
    std::set<int> targets;
    for (int s = 0; s < process_.finished(); ++s)
      for (int t = 0; t < process_.finished(); ++t)
        if (s != t && step_at(s).function == step_at(t).function &&
            step_at(s).phrase == step_at(t).phrase)
          targets.insert(s);
    for (int s = 0; s < process_.finished(); ++s)
      for (const ir::Alternative& way : step_at(s).alternatives)
        if (way.next != s + 1 && way.next != process_.finished()) targets.insert(way.next);
    return targets;
  }

  [[nodiscard]] static std::string label(int step) { return fmt::format("step {}", step + 1); }

  /// An expression, with the process's own variables as it calls them itself.
  [[nodiscard]] std::string text(const ir::ExpressionPtr& e) const {
    return short_names(ir::text(model_, e));
  }

  /// What is true or false says so also where it is constant.
  [[nodiscard]] std::string condition(const ir::ExpressionPtr& e) const {
    if (ir::is_constant(e)) return e->value != 0 ? "yes" : "no";
    return text(e);
  }

  /// `pos` for `writer0.pos`, `self` for writer0: whoever runs the path has one, and is one.
  [[nodiscard]] std::string short_names(std::string text) const {
    const std::string prefix = process_.name + ".";
    const auto is_word = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '_' || c == '.';
    };
    for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
      if (at > 0 && is_word(text[at - 1]))
        ++at;
      else
        text.erase(at, prefix.size());
    }
    const std::string& name = process_.name;
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      const char before = at == 0 ? ' ' : text[at - 1];
      const char behind = at + name.size() == text.size() ? ' ' : text[at + name.size()];
      const bool is_row = before == '['; // of what every process has one of
      const bool is_quoted =
          std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '"') % 2 != 0;
      const bool is_part = is_word(before) || is_word(behind) || is_quoted || is_row;
      if (!is_part) text.replace(at, name.size(), "self");
    }
    return text;
  }

  /// One as itself, several as a list.
  static void put(Json& object, const char* key, const std::vector<std::string>& texts) {
    if (texts.size() == 1)
      object[key] = texts.front();
    else if (!texts.empty())
      object[key] = texts;
  }

  [[nodiscard]] Json locals() const {
    Json state = Json::object();
    const std::string prefix = process_.name + ".";
    for (const ir::Variable& variable : model_.variables) {
      if (variable.owner != number_ || variable.kind == ir::Kind::location) continue;
      Json one = Json::object();
      if (variable.kind == ir::Kind::named)
        one["values"] = variable.names;
      else if (variable.kind == ir::Kind::boolean)
        one["kind"] = "flag";
      else
        one["range"] = {variable.range.low, variable.range.high};
      if (!variable.shape.empty()) one["count"] = variable.cells();
      if (variable.initial.front() != variable.range.low)
        one["initial"] = ir::value_name(variable, variable.initial.front());
      state[variable.name.substr(prefix.size())] = std::move(one);
    }
    return state;
  }

  [[nodiscard]] Json step(int s, bool is_labelled) const {
    const ir::Step& step = step_at(s);
    const auto& function = model_.functions[static_cast<std::size_t>(step.function)];
    Json object = Json::object();
    if (is_labelled) object["label"] = label(s);
    object["function"] = function.name;
    object["phrase"] = step.phrase;
    if (!function.file.empty()) object["file"] = function.file;
    if (step.idle) object["idle"] = true;
    if (step.fairness)
      object["fairness"] = fairness_words()[static_cast<std::size_t>(*step.fairness)].name;
    object["ways"] = Json::array();
    auto before = ir::constant(0);
    for (const ir::Alternative& way : step.alternatives) {
      object["ways"].push_back(this->way(object, step, way, before, s));
      before = ir::combine(ir::Op::either, {before, way.guard});
    }
    return object;
  }

  /// The way in the words of the notation, if they say all of it; else its parts one by one.
  [[nodiscard]] Json way(const Json& step_object,
                         const ir::Step& step,
                         const ir::Alternative& way,
                         const ir::ExpressionPtr& before,
                         int s) const {
    Json short_form = way_in(way, before, s, true);
    return says_all(step_object, step, short_form, way) ? short_form
                                                        : way_in(way, before, s, false);
  }

  [[nodiscard]] bool says_all(const Json& step_object,
                              const ir::Step& step,
                              const Json& way_object,
                              const ir::Alternative& way) const {
    Json one = step_object;
    one["ways"].push_back(way_object);
    ir::Model copy = model_;
    const Step read = read_step(one, "");
    const auto nowhere = [](const Text&) { return 0; };
    ir::Step made = recorded(copy, number_, read, nowhere, 0, 0);
    made.alternatives.back().next = way.next;
    ir::Step wanted = step;
    wanted.alternatives = {way};
    made.alternatives = {made.alternatives.back()};
    made.function = wanted.function;
    return same(std::move(made), std::move(wanted));
  }

  [[nodiscard]] bool same(ir::Step one, ir::Step other) const {
    ir::Model model;
    model.processes.resize(1);
    model.processes[0].steps = {std::move(one)};
    const auto first = ir::identity(model);
    model.processes[0].steps = {std::move(other)};
    return first == ir::identity(model);
  }

  [[nodiscard]] Json
  way_in(const ir::Alternative& way, const ir::ExpressionPtr& before, int s, bool in_short) const {
    Json object = Json::object();
    if (!way.note.empty()) object["note"] = way.note;
    guard(object, way, before);
    std::vector<ir::Wait> waits = way.waits;
    std::vector<ir::Check> checks = way.checks;
    std::vector<ir::Effect> effects = way.effects;
    std::vector<std::string> released[2];
    if (in_short) {
      std::vector<std::string> taken[2];
      take_out_locks(waits, checks, effects, taken, released);
      put(object, "take", taken[0]);
      put(object, "take_shared", taken[1]);
    }
    if (!waits.empty()) object["wait"] = list(waits, [&](const ir::Wait& w) { return wait(w); });
    if (!checks.empty())
      object["check"] = list(checks, [&](const ir::Check& c) { return check(c); });
    std::vector<std::string> assignments;
    for (const ir::Effect& effect : effects)
      assignments.push_back(short_names(ir::text(model_, effect)));
    put(object, "then", assignments);
    put(object, "release", released[0]);
    put(object, "release_shared", released[1]);
    if (way.retry) object["retry"] = true;
    if (way.next == process_.finished())
      object["end"] = true;
    else if (way.next != s + 1)
      object["go"] = label(way.next);
    return object;
  }

  void guard(Json& object, const ir::Alternative& way, const ir::ExpressionPtr& before) const {
    if (ir::is_constant(way.guard, 1)) return;
    if (!ir::is_constant(before) && text(way.guard) == text(ir::combine(ir::Op::invert, {before})))
      object["otherwise"] = true;
    else
      object["when"] = condition(way.guard);
  }

  /// What the words take and release stand for leaves the parts; what else there is stays.
  void take_out_locks(std::vector<ir::Wait>& waits,
                      std::vector<ir::Check>& checks,
                      std::vector<ir::Effect>& effects,
                      std::vector<std::string> (&taken)[2],
                      std::vector<std::string> (&released)[2]) const {
    while (!waits.empty() && !effects.empty() && waits.front().acquires && waits.front().place) {
      const bool shared = !is_holder(effects.front().variable);
      taken[shared ? 1 : 0].push_back(text(waits.front().place));
      waits.erase(waits.begin());
      effects.erase(effects.begin());
    }
    while (!checks.empty() && !effects.empty() && checks.back().property == ir::none) {
      const ir::Effect& last = effects.back();
      const bool shared = !is_holder(last.variable);
      const std::string name = lock_name(last);
      if (name.empty()) break;
      auto& names = released[shared ? 1 : 0];
      names.insert(names.begin(), name);
      checks.pop_back();
      effects.pop_back();
    }
  }

  [[nodiscard]] const ir::Variable& variable(int id) const {
    return model_.variables[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] bool is_holder(int id) const { return variable(id).kind == ir::Kind::holder; }

  /// The lock that the effect is about; empty if it is about something else.
  [[nodiscard]] std::string lock_name(const ir::Effect& effect) const {
    constexpr std::string_view suffix = ".shared";
    const ir::Variable& v = variable(effect.variable);
    if (v.kind == ir::Kind::holder) return text(ir::load(effect.variable, v.range, effect.index));
    return v.name.ends_with(suffix) ? v.name.substr(0, v.name.size() - suffix.size()) : "";
  }

  template <typename T, typename F>
  static Json list(const std::vector<T>& items, F f) {
    if (items.size() == 1) return f(items.front());
    Json all = Json::array();
    for (const T& item : items)
      all.push_back(f(item));
    return all;
  }

  [[nodiscard]] Json wait(const ir::Wait& wait) const {
    Json object{{"until", condition(wait.until)}};
    if (!wait.what.empty()) object["for"] = wait.what;
    if (wait.place) object["place"] = text(wait.place);
    std::vector<std::string> holders;
    for (const auto& holder : wait.holders)
      holders.push_back(text(holder));
    put(object, "holder", holders);
    if (wait.acquires) object["acquires"] = true;
    return object;
  }

  [[nodiscard]] Json check(const ir::Check& check) const {
    Json object = Json::object();
    if (check.property != ir::none)
      object["claim"] = model_.properties[static_cast<std::size_t>(check.property)].name;
    object["holds"] = condition(check.holds);
    object["text"] = check.text;
    return object;
  }

  const ir::Model& model_;
  int number_;
  const ir::Process& process_;
};

} // namespace

std::string path_as_json(const ir::Model& model, int process) {
  return Writer(model, process).path().dump(2) + "\n";
}

} // namespace stalemate::kernel::own
