#include "checker/edit/edit_error.hpp"
#include "checker/edit/edits.hpp"
#include "checker/edit/flow.hpp"
#include "checker/edit/substitute.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace stalemate::edit {

namespace {

constexpr std::size_t ways_max = 256;

/// First one way, then the other, as one.
ir::Alternative
then(const ir::Model& model, const ir::Alternative& first, const ir::Alternative& second) {
  const auto later = [&](const ir::ExpressionPtr& e) { return after(first.effects, e); };
  ir::Alternative both = first;
  if (!both.note.empty() && !second.note.empty()) both.note += "; ";
  both.note += second.note;
  both.guard = ir::combine(ir::Op::both, {first.guard, later(second.guard)});
  for (ir::Wait wait : second.waits) {
    const ir::ExpressionPtr place = wait.place;
    wait.until = later(wait.until);
    wait.place = later(place);
    // What the first way writes is no place any more, but the value: 1 + the process of a lock.
    if (place && (wait.place->op != ir::Op::load || wait.place->value != place->value)) {
      if (wait.what.empty()) wait.what = ir::text(model, place);
      wait.place = nullptr;
      wait.acquires = false;
    }
    for (auto& holder : wait.holders)
      holder = later(holder);
    both.waits.push_back(std::move(wait));
  }
  for (const ir::Check& check : second.checks)
    both.checks.push_back({later(check.holds), check.property, check.text});
  both.effects.insert(both.effects.end(), second.effects.begin(), second.effects.end());
  both.next = second.next;
  both.retry = first.retry || second.retry;
  return both;
}

/// All ways from the beginning of step `first` that leave the steps up to `last`.
class Merging {
 public:
  Merging(const ir::Model& model, const ir::Process& process, int first, int last)
      : model_(model), process_(process), first_(first), last_(last) {}

  std::vector<ir::Alternative> ways;
  bool comes_to_last = false; ///< Does some way pass the last step?

  void follow(const ir::Alternative& way, std::vector<int> passed) {
    const bool is_inside = first_ < way.next && way.next <= last_;
    if (!is_inside) {
      if (ways.size() == ways_max) throw EditError("there are too many ways through these steps");
      ways.push_back(way);
      return;
    }
    if (std::ranges::find(passed, way.next) != passed.end())
      throw EditError("there is a loop in what would become one step");
    passed.push_back(way.next);
    comes_to_last = comes_to_last || way.next == last_;
    for (const ir::Alternative& next : step_at(process_, way.next).alternatives)
      follow(then(model_, way, next), passed);
  }

 private:
  const ir::Model& model_;
  const ir::Process& process_;
  int first_;
  int last_;
};

/// Locks are taken where they are waited for, whatever the order in which it was written. Returns
/// where the effect comes to stand behind which `cut` was.
std::size_t put_takes_first(const ir::Model& model, ir::Alternative& way, std::size_t cut) {
  const std::vector<Lock> locks = locks_taken(model, way);
  const auto is_take = [&](const ir::Effect& effect) {
    return std::ranges::any_of(locks, [&](const Lock& lock) {
      return effect.variable == lock.holder || effect.variable == lock.readers;
    });
  };
  if (cut > 0 && cut <= way.effects.size()) {
    const auto begin = way.effects.begin();
    const auto middle = begin + static_cast<std::ptrdiff_t>(cut);
    const auto takes = static_cast<std::size_t>(std::count_if(begin, middle, is_take));
    const auto behind = static_cast<std::size_t>(std::count_if(middle, way.effects.end(), is_take));
    cut = is_take(*(middle - 1)) ? takes : cut + behind;
  }
  std::stable_partition(way.effects.begin(), way.effects.end(), is_take);
  return cut;
}

/// Parts one way of a step: what is behind the cut becomes a step of its own, right behind it.
void part(ir::Process& process, int at, int way_number, std::size_t cut, const std::string& name) {
  const ir::Step& step = step_at(process, at);
  ir::Alternative way = step.alternatives[static_cast<std::size_t>(way_number)];
  const auto middle = way.effects.begin() + static_cast<std::ptrdiff_t>(cut);
  ir::Alternative rest;
  rest.guard = ir::constant(1);
  rest.effects.assign(middle, way.effects.end());
  rest.retry = std::exchange(way.retry, false);
  rest.next = way.next > at ? way.next + 1 : way.next;
  way.effects.erase(middle, way.effects.end());
  way.next = ir::none;

  ir::Step behind;
  behind.function = step.function;
  behind.phrase = name;
  behind.file = step.file;
  behind.line = step.line;
  behind.edit = "split";
  behind.alternatives.push_back(std::move(rest));
  make_room(process, at + 1, std::move(behind));
  way.next = at + 1;
  step_at(process, at).alternatives[static_cast<std::size_t>(way_number)] = std::move(way);
}

} // namespace

void split(ir::Model& model, const Site& site, std::optional<std::size_t> after) {
  ir::Process& process = model.processes[static_cast<std::size_t>(site.process)];
  const auto ways = static_cast<int>(step_at(process, site.step).alternatives.size());
  bool is_split = false;
  for (int w = 0; w < ways; ++w) {
    if (site.way != ir::none && site.way != w) continue;
    ir::Alternative& way = step_at(process, site.step).alternatives[static_cast<std::size_t>(w)];
    const std::size_t once = put_takes_first(model, way, after.value_or(0));
    const std::size_t effects = way.effects.size();
    std::string name = step_at(process, site.step).phrase;
    if (ways > 1 && !way.note.empty()) name += ": " + way.note;
    // From behind, so that every part comes right behind the step.
    std::size_t number = after ? 2 : effects;
    for (std::size_t cut = after ? once : effects - 1; effects > 1 && cut > 0; --cut, --number) {
      if (cut >= effects) break;
      part(process, site.step, w, cut, name + ", part " + std::to_string(number));
      is_split = true;
      if (after) break;
    }
  }
  if (!is_split) throw EditError("it has no two effects between which it could be parted");
  step_at(process, site.step).edit = "split";
}

void merge(ir::Model& model, int number, int first, int last) {
  ir::Process& process = model.processes[static_cast<std::size_t>(number)];
  if (last <= first) throw EditError("the steps are not in the order in which they run");
  Merging merging(model, process, first, last);
  for (const ir::Alternative& way : step_at(process, first).alternatives)
    merging.follow(way, {});
  if (!merging.comes_to_last)
    throw EditError("no way leads from the first of these steps to the last");
  ir::Step& step = step_at(process, first);
  step.alternatives = std::move(merging.ways);
  step.edit = "one step, up to \"" + step_at(process, last).phrase + '"';
}

} // namespace stalemate::edit
