#include "model/own/patch.hpp"

#include "checker/edit/edits.hpp"
#include "checker/edit/flow.hpp"
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
      return each(steps(edit_.what), [&](const edit::Site& site) { edit::drop(model_, site); });
    case always:
      return each(one_way_each(), [&](const edit::Site& site) { edit::always(model_, site); });
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
          steps(edit_.what), sites(place()), [&](const edit::Site& a, const edit::Site& b) {
            edit::move(model_, a, b.step, edit_.after.has_value(), b.way);
          });
    case merge:
      return pairs(
          steps(edit_.what), steps(*edit_.to), [&](const edit::Site& a, const edit::Site& b) {
            edit::merge(model_, a.process, a.step, b.step);
          });
    case hold:
      return pairs(
          steps(*edit_.from), steps(*edit_.to), [&](const edit::Site& a, const edit::Site& b) {
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

  /// Of every step one way at most: no two can both be the one that is taken.
  [[nodiscard]] Sites one_way_each() const {
    const Sites all = sites(edit_.what);
    const auto in_one_step = [](const edit::Site& a, const edit::Site& b) {
      return a.process == b.process && a.step == b.step;
    };
    if (std::ranges::adjacent_find(all, in_one_step) != all.end())
      throw ScenarioError(edit_.what.pointer,
                          "the step has several ways of this name; say with \"never\" or "
                          "\"change\" what becomes of them");
    return all;
  }

  /// Places of which only steps are meant.
  [[nodiscard]] Sites steps(const Text& name) const {
    Sites all = sites(name);
    if (all.front().way != ir::none)
      throw ScenarioError(name.pointer, "this is one way of a step; name the step alone");
    return all;
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
      if (!are_pairs(one, other))
        throw ScenarioError(edit_.pointer,
                            fmt::format("the steps belong together in several ways in {}",
                                        model_.processes[static_cast<std::size_t>(p)].name));
      is_any = true;
      for (std::size_t i = one.size(); i-- > 0;)
        f(one[i], other[i]);
    }
    if (!is_any) throw ScenarioError(edit_.pointer, "no process has both of these steps");
  }

  /// Is every pair behind the one before it? So that what is done to one does not concern others.
  static bool are_pairs(const Sites& one, const Sites& other) {
    if (one.size() != other.size()) return false;
    for (std::size_t i = 1; i < one.size(); ++i)
      if (std::max(one[i - 1].step, other[i - 1].step) >= std::min(one[i].step, other[i].step))
        return false;
    return true;
  }

  [[nodiscard]] const ir::Step& step_at(const edit::Site& site) const {
    return model_.processes[static_cast<std::size_t>(site.process)]
        .steps[static_cast<std::size_t>(site.step)];
  }

  /// In every way that makes the assignment.
  void split_at(const edit::Site& site) {
    if (!edit_.after) return edit::split(model_, site);
    const ir::Effect wanted = effect_of(model_, site.process, *edit_.after);
    bool is_made = false;
    for (int a = 0; a < static_cast<int>(step_at(site).alternatives.size()); ++a) {
      if (site.way != ir::none && site.way != a) continue;
      const auto effects =
          effects_up_to(wanted, step_at(site).alternatives[static_cast<std::size_t>(a)].effects);
      if (effects == 0) continue;
      edit::split(model_, {site.process, site.step, a}, effects);
      is_made = true;
    }
    if (!is_made)
      throw ScenarioError(
          edit_.after->pointer,
          fmt::format("the step makes no such assignment; it makes {}", said_effects(site)));
  }

  /// How many effects there are up to this one, or else the last one on the same cell; 0 if none.
  [[nodiscard]] std::size_t effects_up_to(const ir::Effect& wanted,
                                          const std::vector<ir::Effect>& effects) const {
    const std::string text = ir::text(model_, wanted);
    std::size_t last = 0;
    for (std::size_t i = 0; i < effects.size(); ++i) {
      const ir::Effect& effect = effects[i];
      if (ir::text(model_, effect) == text) return i + 1;
      const bool is_there =
          effect.variable == wanted.variable &&
          (effect.index == nullptr || !ir::is_constant(effect.index) ||
           !ir::is_constant(wanted.index) || effect.index->value == wanted.index->value);
      if (is_there) last = i + 1;
    }
    return last;
  }

  [[nodiscard]] std::string said_effects(const edit::Site& site) const {
    std::string said;
    for (const ir::Alternative& way : step_at(site).alternatives)
      for (const ir::Effect& effect : way.effects)
        said += (said.empty() ? "" : "; ") + ir::text(model_, effect);
    return said.empty() ? "none" : said;
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
    if (!edit_.step->label.empty())
      throw ScenarioError(edit_.step->pointer + "/label",
                          "only steps of a path have labels; \"go\" names a step of it");
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
void settle(ir::Model& model) {
  for (ir::Process& process : model.processes) {
    edit::prune(process);
    model.variables[static_cast<std::size_t>(process.location)].range = {0, process.finished()};
  }
  for (const ir::Process& process : model.processes)
    ir::validate(model, process);
}

} // namespace

void apply(const std::vector<Edit>& patch, ir::Model& model, const std::string& in) {
  for (const Edit& edit : patch) {
    const auto before = ir::identity(model);
    at_place(edit.pointer, [&] {
      Editor(model, edit, in).make();
      settle(model);
    });
    const bool is_idle = ir::identity(model) == before;
    const std::string where = edit.in.empty() && !in.empty() ? ", in " + in : "";
    model.edits.push_back(text_of(edit) + where + (is_idle ? " (changes nothing here)" : ""));
  }
}

} // namespace stalemate::kernel::own
