#include "model/inquiry/mutants.hpp"

#include "checker/edit/locks.hpp"
#include "checker/edit/unread.hpp"
#include "checker/result/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace stalemate::kernel::inquiry {

namespace {

using own::Edit;

/// A step of a process.
struct Place {
  int process = 0;
  int step = 0;
};

class Mutation {
 public:
  explicit Mutation(const ir::Model& model) : model_(model), is_read_(edit::is_read(model)) {}

  std::vector<Mutant> all() {
    std::vector<std::string> paths;
    for (const ir::Process& process : model_.processes)
      if (std::ranges::find(paths, process.path) == paths.end()) paths.push_back(process.path);
    for (const std::string& path : paths)
      mutate(path);
    return std::move(found_);
  }

 private:
  [[nodiscard]] const ir::Process& process(const Place& at) const {
    return model_.processes[static_cast<std::size_t>(at.process)];
  }
  [[nodiscard]] const ir::Step& step(const Place& at) const {
    return process(at).steps[static_cast<std::size_t>(at.step)];
  }
  [[nodiscard]] const ir::Variable& variable(ir::VariableId id) const {
    return model_.variables[static_cast<std::size_t>(id)];
  }

  [[nodiscard]] bool is_of_lock(const ir::Variable& one) const {
    return one.kind == ir::Kind::holder ||
           std::ranges::any_of(model_.variables, [&](const ir::Variable& lock) {
             return lock.kind == ir::Kind::holder && one.name == lock.name + ".shared";
           });
  }

  /// How often the scenario lets something happen, which the kernel does not count.
  [[nodiscard]] bool is_of_scenario(const Place& at, ir::VariableId id) const {
    static constexpr std::array<std::string_view, 8> names{"device.errors",
                                                           "device.read_errors",
                                                           "device.write_errors",
                                                           "file.map_errors",
                                                           "memory.failures",
                                                           "passes_left",
                                                           "round",
                                                           "short_copies_left"};
    return std::ranges::find(names, name_in(at, id)) != names.end();
  }

  /// Something that happens in the kernel, matters to somebody, and that no edit of locks is about.
  [[nodiscard]] bool is_plain(const ir::Effect& effect) const {
    const ir::Variable& one = variable(effect.variable);
    return !one.ghost && !is_of_lock(one) && is_read_[static_cast<std::size_t>(effect.variable)];
  }

  /// As every process of the path would call it.
  [[nodiscard]] std::string name_in(const Place& at, ir::VariableId id) const {
    const std::string prefix = process(at).name + ".";
    const std::string& name = variable(id).name;
    return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
  }

  void mutate(const std::string& path) {
    path_ = path;
    std::vector<Place> places;
    for (int p = 0; p < static_cast<int>(model_.processes.size()); ++p)
      if (process({p, 0}).path == path)
        for (int s = 0; s < process({p, 0}).finished(); ++s)
          places.push_back({p, s});
    for (const Place& at : places)
      for (const ir::Alternative& way : step(at).alternatives)
        for (const edit::Lock& lock : edit::locks_taken(model_, way))
          add("",
              "without " + variable(lock.holder).name,
              at,
              made(Edit::Kind::unlock, at, variable(lock.holder).name));
    for (const Place& at : places)
      mutate_step(at);
  }

  /// A step that only says where the process is.
  [[nodiscard]] bool is_nothing(const ir::Step& here) const {
    const ir::Alternative& way = here.alternatives.front();
    return here.alternatives.size() == 1 && ir::is_constant(way.guard, 1) && way.waits.empty() &&
           way.checks.empty() && std::ranges::all_of(way.effects, [&](const ir::Effect& effect) {
             return variable(effect.variable).ghost;
           });
  }

  void mutate_step(const Place& at) {
    const ir::Step& here = step(at);
    if (is_nothing(here)) return;
    const std::string name = ir::step_name(model_, here);
    const auto waits = [](const ir::Alternative& way) {
      return std::ranges::any_of(way.waits, [](const ir::Wait& wait) { return !wait.acquires; });
    };
    const bool is_test = here.alternatives.size() > 1;
    const bool is_wait = std::ranges::any_of(here.alternatives, waits);
    add(name,
        is_test   ? "passed by"
        : is_wait ? "does not wait"
                  : "does not happen",
        at,
        made(Edit::Kind::drop, at, name));
    for (const ir::Alternative& way : here.alternatives)
      mutate_way(at, name, way);
    swap(at, name);
  }

  void mutate_way(const Place& at, const std::string& step_name, const ir::Alternative& way) {
    const ir::Step& here = step(at);
    const std::string way_name = alternative_name(model_, process(at), way);
    const auto is_called_so = [&](const ir::Alternative& other) {
      return alternative_name(model_, process(at), other) == way_name;
    };
    if (std::ranges::count_if(here.alternatives, is_called_so) > 1) return;
    const bool is_only = here.alternatives.size() == 1;
    const std::string name = is_only ? step_name : step_name + " / " + way_name;
    const std::string of_way = is_only ? "" : ", of " + way_name;
    if (!is_only) add(step_name, "always: " + way_name, at, made(Edit::Kind::always, at, name));

    std::vector<ir::VariableId> assigned;
    for (const ir::Effect& effect : way.effects)
      if (is_plain(effect) && !is_of_scenario(at, effect.variable) &&
          std::ranges::find(assigned, effect.variable) == assigned.end())
        assigned.push_back(effect.variable);
    const bool is_all_of_it = is_only && assigned.size() == 1 && way.waits.empty();
    for (const ir::VariableId id : assigned) {
      const std::string what = name_in(at, id);
      if (!is_all_of_it)
        add(step_name,
            fmt::format("forgets {}{}", what, of_way),
            at,
            forgetting(at, name, way, id));
      if (has_more_behind(way, id))
        add(step_name,
            fmt::format("parted behind {}{}", what, of_way),
            at,
            parting(at, name, way, id));
    }
  }

  [[nodiscard]] Edit forgetting(const Place& at,
                                const std::string& name,
                                const ir::Alternative& way,
                                ir::VariableId id) const {
    Edit edit = made(Edit::Kind::change, at, name);
    edit.then.emplace();
    for (const ir::Effect& effect : way.effects)
      if (effect.variable != id && !is_of_lock(variable(effect.variable)))
        edit.then->push_back({ir::text(model_, effect), edit.pointer});
    return edit;
  }

  /// Does the kernel do anything in the step after the last assignment to the variable?
  [[nodiscard]] bool has_more_behind(const ir::Alternative& way, ir::VariableId id) const {
    const auto is_it = [&](const ir::Effect& effect) { return effect.variable == id; };
    const auto last = std::ranges::find_if(way.effects.rbegin(), way.effects.rend(), is_it).base();
    return std::any_of(last, way.effects.end(), [&](const ir::Effect& effect) {
      return !variable(effect.variable).ghost;
    });
  }

  [[nodiscard]] Edit parting(const Place& at,
                             const std::string& name,
                             const ir::Alternative& way,
                             ir::VariableId id) const {
    Edit edit = made(Edit::Kind::split, at, name);
    for (const ir::Effect& effect : way.effects)
      if (effect.variable == id) edit.after = own::Text{ir::text(model_, effect), edit.pointer};
    return edit;
  }

  /// Where all ways go on at one step, that comes first.
  void swap(const Place& at, const std::string& name) {
    const auto& ways = step(at).alternatives;
    const int next = ways.front().next;
    const bool is_one =
        std::ranges::all_of(ways, [&](const ir::Alternative& way) { return way.next == next; });
    if (!is_one || next == at.step || next == process(at).finished()) return;
    const std::string other = ir::step_name(model_, step({at.process, next}));
    if (other == name || is_nothing(step({at.process, next}))) return;
    Edit edit = made(Edit::Kind::move, at, name);
    edit.after = own::Text{other, edit.pointer};
    add(name, "behind " + other, at, std::move(edit));
  }

  [[nodiscard]] Edit made(Edit::Kind kind, const Place& at, const std::string& what) const {
    Edit edit;
    edit.kind = kind;
    edit.pointer = "/patch";
    edit.what = {what, edit.pointer};
    edit.in = process(at).name;
    edit.in_pointer = edit.pointer;
    return edit;
  }

  /// The same edit in another process of the path is the same mutant. In the same process it is
  /// already made: an edit is about all steps of a name.
  void add(const std::string& step, const std::string& text, const Place& at, Edit edit) {
    auto known = std::ranges::find_if(found_, [&](const Mutant& one) {
      return one.path == path_ && one.step == step && one.edit == text;
    });
    if (known == found_.end()) known = found_.insert(found_.end(), {path_, step, text, {}, {}});
    known->places.emplace_back(at.process, at.step);
    if (std::ranges::find(known->edits, edit.in, &Edit::in) == known->edits.end())
      known->edits.push_back(std::move(edit));
  }

  const ir::Model& model_;
  std::vector<bool> is_read_; ///< By variable.
  std::string path_;
  std::vector<Mutant> found_;
};

} // namespace

std::vector<bool> touched(const ir::Model& model, const Mutant& mutant) {
  const bool is_of_lock = mutant.step.empty();
  std::vector<bool> touched(model.variables.size(), is_of_lock);
  const auto touch = [&](ir::VariableId id) { touched[static_cast<std::size_t>(id)] = true; };
  const auto read = [&](const ir::ExpressionPtr& e, const auto& self) -> void {
    if (!e) return;
    if (e->op == ir::Op::load) touch(e->value);
    for (const auto& operand : e->operands)
      self(operand, self);
  };
  for (const auto& [process, step] : mutant.places) {
    const ir::Process& of = model.processes[static_cast<std::size_t>(process)];
    for (const ir::Alternative& way : of.steps[static_cast<std::size_t>(step)].alternatives) {
      read(way.guard, read);
      for (const ir::Wait& wait : way.waits)
        read(wait.until, read);
      for (const ir::Effect& effect : way.effects) {
        touch(effect.variable);
        read(effect.value, read);
        read(effect.index, read);
      }
    }
  }
  return touched;
}

std::vector<Mutant> mutants(const ir::Model& model) {
  return Mutation(model).all();
}

} // namespace stalemate::kernel::inquiry
