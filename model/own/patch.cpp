#include "model/own/patch.hpp"

#include "checker/edit/edits.hpp"
#include "checker/ir/identity.hpp"
#include "checker/ir/validate.hpp"
#include "model/own/record.hpp"
#include "model/own/texts.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace stalemate::kernel::own {

namespace {

using Sites = std::vector<edit::Site>;

/// Makes one edit wherever it is meant.
class Editor {
 public:
  Editor(ir::Model& model, const Edit& edit, std::string in)
      : model_(model), edit_(edit), in_(edit.in.empty() ? std::move(in) : edit.in) {}

  void make() {
    using enum Edit::Kind;
    switch (edit_.kind) {
    case drop:
      return each(sites(edit_.what), [&](const edit::Site& site) { edit::drop(model_, site); });
    case always:
      return each(sites(edit_.what), [&](const edit::Site& site) { edit::always(model_, site); });
    case never:
      return each(sites(edit_.what), [&](const edit::Site& site) { edit::never(model_, site); });
    case split:
      return each(sites(edit_.what), [&](const edit::Site& site) { split_at(site); });
    case change:
      return each(sites(edit_.what), [&](const edit::Site& site) { change_at(site); });
    case unlock:
      return unlock_all();
    case move:
      return pairs(
          sites(edit_.what), sites(place()), [&](const edit::Site& a, const edit::Site& b) {
            edit::move(model_, a, b.step, edit_.after.has_value());
          });
    case merge:
      return pairs(
          sites(edit_.what), sites(*edit_.to), [&](const edit::Site& a, const edit::Site& b) {
            edit::merge(model_, a.process, a.step, b.step);
          });
    case hold:
      return pairs(
          sites(*edit_.from), sites(*edit_.to), [&](const edit::Site& a, const edit::Site& b) {
            const edit::Lock lock = lock_of(model_, edit_.what);
            edit::hold(model_, a.process, lock, edit_.shared, a.step, b.step);
          });
    case insert:
      return each(sites(place()), [&](const edit::Site& site) { insert_at(site); });
    }
  }

 private:
  [[nodiscard]] Sites sites(const Text& name) const {
    return sites_of(model_, name, in_, edit_.in_pointer);
  }

  [[nodiscard]] const Text& place() const { return edit_.before ? *edit_.before : *edit_.after; }

  /// From behind: numbers of steps before a place stay what they are. Several ways of one name in
  /// one step are one after the other.
  template <typename F>
  static void each(const Sites& sites, F f) {
    for (auto site = sites.rbegin(); site != sites.rend(); ++site)
      f(*site);
  }

  /// The places in one process belong together in order. The last ones first.
  template <typename F>
  void pairs(const Sites& first, const Sites& second, F f) const {
    bool is_any = false;
    for (int p = static_cast<int>(model_.processes.size()) - 1; p >= 0; --p) {
      const auto in_process = [p](const edit::Site& site) { return site.process == p; };
      Sites one;
      Sites other;
      std::ranges::copy_if(first, std::back_inserter(one), in_process);
      std::ranges::copy_if(second, std::back_inserter(other), in_process);
      if (one.empty() || other.empty()) continue;
      if (one.size() != other.size())
        throw ScenarioError(edit_.pointer,
                            fmt::format("the steps belong together in several ways in {}",
                                        model_.processes[static_cast<std::size_t>(p)].name));
      is_any = true;
      for (std::size_t i = one.size(); i-- > 0;)
        f(one[i], other[i]);
    }
    if (!is_any) throw ScenarioError(edit_.pointer, "no process has both of these steps");
  }

  [[nodiscard]] const ir::Step& step_at(const edit::Site& site) const {
    return model_.processes[static_cast<std::size_t>(site.process)]
        .steps[static_cast<std::size_t>(site.step)];
  }

  /// Behind the last assignment to the cell that `after` assigns to.
  void split_at(const edit::Site& site) {
    if (!edit_.after) return edit::split(model_, site);
    const ir::Effect wanted = effect_of(model_, site.process, *edit_.after);
    const auto assigns_it = [&](const ir::Effect& effect) {
      return effect.variable == wanted.variable &&
             (effect.index == nullptr || !ir::is_constant(effect.index) ||
              !ir::is_constant(wanted.index) || effect.index->value == wanted.index->value);
    };
    for (const ir::Alternative& way : step_at(site).alternatives) {
      const auto found = std::ranges::find_if(way.effects, assigns_it);
      if (found == way.effects.end()) continue;
      return edit::split(model_, site, static_cast<std::size_t>(found - way.effects.begin()) + 1);
    }
    throw ScenarioError(edit_.after->pointer, "the step makes no such assignment");
  }

  void change_at(const edit::Site& site) {
    edit::Change change;
    if (edit_.when) change.when = condition_of(model_, site.process, *edit_.when);
    if (edit_.then) {
      change.then.emplace();
      for (const Text& text : *edit_.then)
        change.then->push_back(effect_of(model_, site.process, text));
    }
    if (edit_.go) change.go = target(site, *edit_.go);
    edit::change(model_, site, change);
  }

  void insert_at(const edit::Site& site) {
    const int process = site.process;
    const int end = model_.processes[static_cast<std::size_t>(process)].finished();
    for (const Way& way : edit_.step->ways)
      if (way.ret) throw ScenarioError(way.pointer + "/ret", "name the step: \"go\"");
    const auto goes_to = [&](const Text& go) { return target(site, go); };
    edit::insert(model_,
                 site,
                 recorded(model_, process, *edit_.step, goes_to, ir::none, end),
                 edit_.after.has_value());
  }

  /// Of several steps of this name the one next to the place.
  [[nodiscard]] int target(const edit::Site& site, const Text& go) const {
    const ir::Process& p = model_.processes[static_cast<std::size_t>(site.process)];
    if (go.text == "end") return p.finished();
    const Sites found = sites_of(model_, go, p.name, go.pointer);
    if (found.front().way != ir::none)
      throw ScenarioError(go.pointer, "this is a way through a step, not a step");
    return std::ranges::min_element(
               found, {}, [&](const edit::Site& one) { return std::abs(one.step - site.step); })
        ->step;
  }

  void unlock_all() {
    const edit::Lock lock = lock_of(model_, edit_.what);
    bool is_any = false;
    std::string last;
    std::vector<int> processes;
    at_process([&] { processes = edit::find_processes(model_, in_); });
    for (const int p : processes) {
      const bool has_it = std::ranges::any_of(
          model_.processes[static_cast<std::size_t>(p)].steps, [&](const ir::Step& step) {
            return std::ranges::any_of(step.alternatives, [&](const ir::Alternative& way) {
              return edit::takes(way, lock, p) || edit::releases(way, lock, p);
            });
          });
      if (!has_it) continue;
      edit::unlock(model_, p, lock);
      is_any = true;
    }
    if (!is_any) throw ScenarioError(edit_.what.pointer, "nobody takes this lock here");
  }

  template <typename F>
  void at_process(F f) const {
    try {
      f();
    } catch (const edit::UnknownName& error) {
      throw ScenarioError(edit_.in_pointer, unknown(error.noun, error.name, error.known, 5));
    }
  }

  ir::Model& model_;
  const Edit& edit_;
  std::string in_;
};

/// Steps may have come and gone.
void number_locations(ir::Model& model) {
  for (const ir::Process& process : model.processes)
    model.variables[static_cast<std::size_t>(process.location)].range = {0, process.finished()};
}

} // namespace

std::string text_of(const Edit& edit) {
  using enum Edit::Kind;
  std::string text;
  const auto add = [&](const char* word, const std::optional<Text>& what) {
    if (what) text += fmt::format(" {} {}", word, what->text);
  };
  switch (edit.kind) {
  case drop:
    text = "drop " + edit.what.text;
    break;
  case move:
    text = "move " + edit.what.text;
    break;
  case always:
    text = "always " + edit.what.text;
    break;
  case never:
    text = "never " + edit.what.text;
    break;
  case unlock:
    text = "without " + edit.what.text;
    break;
  case hold:
    text = "hold " + edit.what.text + (edit.shared ? " (shared)" : "");
    break;
  case split:
    text = "split " + edit.what.text;
    break;
  case merge:
    text = "as one step: " + edit.what.text;
    break;
  case insert:
    text = "insert " + edit.what.text;
    break;
  case change:
    text = "change " + edit.what.text;
    break;
  }
  add("from", edit.from);
  add(edit.kind == merge ? "up to" : "to", edit.to);
  add("before", edit.before);
  add("after", edit.after);
  add("when", edit.when);
  add("go to", edit.go);
  if (edit.then) {
    text += " then";
    for (const Text& effect : *edit.then)
      text += (text.ends_with("then") ? " " : ", ") + effect.text;
    if (edit.then->empty()) text += " nothing";
  }
  if (!edit.in.empty()) text += ", in " + edit.in;
  return text;
}

void apply(const std::vector<Edit>& patch, ir::Model& model, const std::string& in) {
  for (const Edit& edit : patch) {
    const auto before = ir::identity(model);
    at_place(edit.pointer, [&] {
      Editor(model, edit, in).make();
      number_locations(model);
    });
    const bool is_idle = ir::identity(model) == before;
    const std::string where = edit.in.empty() && !in.empty() ? ", in " + in : "";
    model.edits.push_back(text_of(edit) + where + (is_idle ? " (changes nothing here)" : ""));
  }
}

} // namespace stalemate::kernel::own
