#include "checker/edit/edit_error.hpp"
#include "checker/edit/edits.hpp"
#include "checker/edit/flow.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>

namespace stalemate::edit {

namespace {

std::string lock_text(const ir::Model& model, const Lock& lock, bool shared) {
  const auto& variable = model.variables[static_cast<std::size_t>(lock.holder)];
  const auto name = lock.cell ? ir::cell_name(variable, *lock.cell) : variable.name;
  return shared ? name + " (shared)" : name;
}

/// The steps first..last of a process, with gates on their border.
class Section {
 public:
  Section(ir::Process& process, int first, int last)
      : process_(process), first_(first), last_(last) {}

  /// Puts gates into every way that leads in, and before the start of the process if that is
  /// inside.
  void put_before(const ir::Step& gate) {
    if (first_ == 0) put_inwards(gate, 0);
    while (const auto way = crossing(true))
      put_inwards(gate, way->target);
  }

  /// Puts gates into every way that leads out.
  void put_behind(const ir::Step& gate) {
    while (auto way = crossing(false)) {
      if (way->target > last_) ++way->target;
      put(gate, last_ + 1, *way, false);
    }
  }

 private:
  /// Where ways lead; those that go back to try again need gates that do so too.
  struct Crossing {
    int target = 0;
    std::optional<bool> retry = {}; ///< Absent: whether they do or not.
  };

  [[nodiscard]] bool contains(int step) const { return first_ <= step && step <= last_; }

  /// Does a way between these steps cross the border, and no gate?
  [[nodiscard]] bool crosses(int from, int to, bool inwards) const {
    if (gates_.contains(from) || gates_.contains(to)) return false;
    return contains(from) != inwards && contains(to) == inwards;
  }

  /// Where some way leads that crosses the border without a gate.
  [[nodiscard]] std::optional<Crossing> crossing(bool inwards) const {
    for (int s = 0; s < process_.finished(); ++s)
      for (const ir::Alternative& way : step_at(process_, s).alternatives)
        if (crosses(s, way.next, inwards)) return Crossing{way.next, way.retry};
    return {};
  }

  void put_inwards(const ir::Step& gate, int target) {
    const int place = first_;
    ++first_;
    ++last_;
    put(gate, place, {target + 1}, true);
  }

  /// Makes a gate step number `place`, which leads to where ways lead then that cross the border,
  /// and leads these through it.
  void put(ir::Step gate, int place, const Crossing& through, bool inwards) {
    if (!gates_.empty()) gate.phrase += " (" + std::to_string(gates_.size() + 1) + ")";
    gate.alternatives[0].next = through.target;
    gate.alternatives[0].retry = through.retry.value_or(false);
    make_room(process_, place, std::move(gate));
    std::set<int> shifted{place};
    for (const int other : gates_)
      shifted.insert(other < place ? other : other + 1);
    gates_ = std::move(shifted);
    for (int s = 0; s < process_.finished(); ++s)
      for (ir::Alternative& way : step_at(process_, s).alternatives)
        if (way.next == through.target && crosses(s, way.next, inwards) &&
            way.retry == through.retry.value_or(way.retry))
          way.next = place;
  }

  ir::Process& process_;
  int first_;
  int last_;
  std::set<int> gates_;
};

} // namespace

void unlock(ir::Model& model, int number, const Lock& lock) {
  bool found = false;
  for (ir::Step& step : model.processes[static_cast<std::size_t>(number)].steps)
    for (ir::Alternative& way : step.alternatives) {
      if (!takes(way, lock, number) && !releases(way, lock, number)) continue;
      forget(way, lock, number);
      step.edit = "without the lock";
      found = true;
    }
  if (!found) throw EditError("it never takes this lock");
}

void hold(ir::Model& model, int number, const Lock& lock, bool shared, int from, int to) {
  ir::Process& process = model.processes[static_cast<std::size_t>(number)];
  if (to < from) throw EditError("\"to\" stands before \"from\"");
  const auto gate = [&](const char* verb, ir::Alternative way) {
    ir::Step step;
    step.function = step_at(process, from).function;
    step.phrase = verb + (" " + lock_text(model, lock, shared));
    step.edit = "inserted";
    step.alternatives.push_back(std::move(way));
    return step;
  };
  const ir::Step take = gate("take", taking(model, lock, shared, number));
  const ir::Step give_back = gate("give back", releasing(model, lock, shared, number));
  Section(process, from, to).put_behind(give_back);
  Section(process, from, to).put_before(take);
}

} // namespace stalemate::edit
