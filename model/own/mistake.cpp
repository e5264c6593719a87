#include "model/own/mistake.hpp"

#include "checker/language/parse.hpp"

#include <algorithm>
#include <vector>

namespace stalemate::kernel::own {

namespace {

/// Looks in what the scenario brings along for what was done.
class Search {
 public:
  Search(const ir::Model& model, const Taken& taken, const std::string& reason)
      : model_(model), taken_(taken), reason_(reason),
        process_(model.processes[static_cast<std::size_t>(taken.process)]),
        step_(process_.steps[static_cast<std::size_t>(taken.step)]),
        name_(ir::step_name(model, step_)) {}

  /// The pointer to the last edit that made or changed the step; empty if none did.
  [[nodiscard]] std::string in(const std::vector<Edit>& patch) const {
    for (auto edit = patch.rbegin(); edit != patch.rend(); ++edit) {
      const bool is_here =
          edit->in.empty() || edit->in == process_.name || edit->in == process_.path;
      if (!is_here || !is_about_step(*edit)) continue;
      if (edit->step) return in(*edit->step);
      return edit->then ? in_effects(*edit->then, edit->pointer) : edit->pointer;
    }
    return "";
  }

  /// The same of the steps of a path, which edits may have changed.
  [[nodiscard]] std::string in(const std::vector<Step>& steps) const {
    for (const Step& step : steps)
      if (step.function + ": " + step.phrase == name_) return in(step);
    return "";
  }

 private:
  [[nodiscard]] bool is_about_step(const Edit& edit) const {
    if (step_.edit.empty() && edit.kind != Edit::Kind::insert) return false;
    const auto names_step = [&](const std::optional<Text>& text) {
      return text && (text->text == name_ || text->text == step_.phrase ||
                      text->text.starts_with(name_ + " / ") ||
                      text->text.starts_with(step_.phrase + " / "));
    };
    return names_step(edit.what) || names_step(edit.from) || names_step(edit.to);
  }

  [[nodiscard]] std::string in(const Step& step) const {
    const auto number = static_cast<std::size_t>(taken_.way);
    if (number >= step.ways.size()) return step.pointer;
    const Way& way = step.ways[number];
    for (const Check& check : way.check)
      if (says(check.text)) return check.holds.pointer;
    return in_effects(way.then, way.pointer);
  }

  /// At the only assignment to what left its range.
  [[nodiscard]] std::string in_effects(const std::vector<Text>& then,
                                       const std::string& otherwise) const {
    std::string found;
    for (const Text& text : then) {
      if (!assigns_culprit(text)) continue;
      if (!found.empty()) return otherwise;
      found = text.pointer;
    }
    return found.empty() ? otherwise : found;
  }

  [[nodiscard]] bool assigns_culprit(const Text& text) const {
    const auto effect = language::parse_assignment({model_, taken_.process}, text.text);
    const ir::Variable& variable = model_.variables[static_cast<std::size_t>(effect.variable)];
    for (int cell = 0; cell < variable.cells(); ++cell)
      if (says(ir::cell_name(variable, cell) + " becomes ")) return true;
    return false;
  }

  /// Behind the step, or alone.
  [[nodiscard]] bool says(const std::string& text) const {
    return reason_.starts_with(text) || reason_.find(": " + text) != std::string::npos;
  }

  const ir::Model& model_;
  const Taken& taken_;
  const std::string& reason_;
  const ir::Process& process_;
  const ir::Step& step_;
  std::string name_;
};

} // namespace

std::optional<ScenarioError> mistake_in(const Scenario& scenario,
                                        const ir::Model& model,
                                        const Taken& taken,
                                        const std::string& reason) {
  const Search search(model, taken, reason);
  std::string pointer = search.in(scenario.own.patch);
  const std::string& path = model.processes[static_cast<std::size_t>(taken.process)].path;
  const auto own = std::ranges::find(scenario.own.paths, path, &Path::name);
  if (pointer.empty() && own != scenario.own.paths.end()) pointer = search.in(own->patch);
  if (pointer.empty() && own != scenario.own.paths.end()) pointer = search.in(own->steps);
  if (pointer.empty()) return std::nullopt;
  return ScenarioError(pointer, reason);
}

} // namespace stalemate::kernel::own
