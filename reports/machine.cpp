#include "reports/machine.hpp"

#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace stalemate::report {

namespace {

using ir::Op;

/// Puts expressions of one process into words.
class Wording {
 public:
  Wording(const ir::Model& model, int process) : model_(model), process_(process) {}

  [[nodiscard]] std::string text(const ir::ExpressionPtr& e) const {
    return spoken(ir::text(model_, e));
  }

  /// "when inode.seq == cookie", "otherwise", "" if the alternative is always possible. `before` is
  /// true where an earlier alternative of the step is.
  [[nodiscard]] std::string guard(const ir::ExpressionPtr& guard,
                                  const ir::ExpressionPtr& before) const {
    if (ir::is_constant(guard, 1)) return "";
    if (ir::is_constant(guard, 0)) return "never in this scenario";
    if (!ir::is_constant(before)) {
      const auto rest = text(ir::combine(Op::invert, {before}));
      if (text(guard) == rest) return "otherwise";
      if (guard->op == Op::both && text(guard->operands[0]) == rest)
        return "otherwise, when " + text(guard->operands[1]);
    }
    return "when " + text(guard);
  }

  /// What it waits for. A lock that is taken speaks for itself.
  [[nodiscard]] std::string wait(const ir::Wait& wait) const {
    if (wait.acquires) return "";
    return "waits for " + (wait.place ? text(wait.place) : wait.what);
  }

  /// "takes folio[0].lock", "folio[0].dirty = yes"; empty if the cell keeps its value.
  [[nodiscard]] std::string effect(const ir::Effect& e) const {
    const auto& variable = model_.variables[static_cast<std::size_t>(e.variable)];
    const auto place = text(ir::load(e.variable, variable.range, e.index));
    if (variable.kind == ir::Kind::holder && ir::is_constant(e.value, process_ + 1))
      return "takes " + place;
    if (variable.kind == ir::Kind::holder && ir::is_constant(e.value, 0))
      return "releases " + place;
    if (text(e.value) == place) return "";
    const auto assignment = spoken(ir::text(model_, e));
    return variable.ghost ? "(" + assignment + ")" : assignment;
  }

  [[nodiscard]] std::string check(const ir::Check& check) const {
    return fmt::format("claims {}: {}",
                       model_.properties[static_cast<std::size_t>(check.property)].name,
                       text(check.holds));
  }

 private:
  /// The text, with the process's own variables as it would call them itself.
  [[nodiscard]] std::string spoken(std::string text) const {
    const auto prefix = model_.processes[static_cast<std::size_t>(process_)].name + ".";
    for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
      const bool is_word = at > 0 && is_word_character(text[at - 1]);
      if (is_word)
        ++at;
      else
        text.erase(at, prefix.size());
    }
    return text;
  }

  static bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
  }

  const ir::Model& model_;
  int process_;
};

void join(std::string& text, const std::string& more, const char* separator) {
  if (more.empty()) return;
  if (!text.empty()) text += separator;
  text += more;
}

Way way(const Wording& wording, const ir::Alternative& a, const ir::ExpressionPtr& before) {
  Way result{"", {}, a.next};
  std::string condition = wording.guard(a.guard, before);
  for (const ir::Wait& w : a.waits)
    join(condition, wording.wait(w), ", ");
  join(result.condition, a.note, "");
  join(result.condition, condition, ": ");
  for (const ir::Check& c : a.checks)
    if (c.property != ir::none) result.effects.push_back(wording.check(c));
  for (const ir::Effect& e : a.effects)
    if (auto effect = wording.effect(e); !effect.empty())
      result.effects.push_back(std::move(effect));
  return result;
}

bool is_ghost(const std::string& effect) {
  return effect.starts_with('(');
}

/// Ways of a step often keep the same books for claims: those are told of the first, and of the
/// others that they are the same.
void tell_ghosts_once(std::vector<Way>& ways) {
  const auto ghosts_of = [](const Way& way) {
    std::vector<std::string> ghosts;
    std::ranges::copy_if(way.effects, std::back_inserter(ghosts), is_ghost);
    return ghosts;
  };
  if (ways.empty()) return;
  const auto first = ghosts_of(ways.front());
  if (first.size() < 2) return;
  for (auto way = ways.begin() + 1; way != ways.end(); ++way) {
    if (ghosts_of(*way) != first) continue;
    std::erase_if(way->effects, is_ghost);
    way->effects.emplace_back("(for claims the same as above)");
  }
}

std::string title(const ir::Model& model, const ir::Process& process) {
  std::string names;
  for (const ir::Process& p : model.processes)
    if (is_same_machine(p, process)) join(names, p.name, ", ");
  return fmt::format(
      "{}: {}, run by {}", process.path, counted(process.steps.size(), "step"), names);
}

} // namespace

bool is_same_machine(const ir::Process& one, const ir::Process& other) {
  return one.path == other.path &&
         std::ranges::equal(one.steps, other.steps, [](const ir::Step& a, const ir::Step& b) {
           return a.function == b.function && a.phrase == b.phrase;
         });
}

Machine machine(const ir::Model& model, int process) {
  const auto& p = model.processes[static_cast<std::size_t>(process)];
  const Wording wording(model, process);
  Machine result{title(model, p), {}, p.finished()};
  for (std::size_t i = 0; i < p.steps.size(); ++i) {
    const ir::Step& step = p.steps[i];
    const auto& function = model.functions[static_cast<std::size_t>(step.function)];
    if (i == 0 || step.function != p.steps[i - 1].function)
      result.blocks.push_back({function.name, function.file, {}});
    const auto phrase =
        step.edit.empty() ? step.phrase : fmt::format("{} [{}]", step.phrase, step.edit);
    MachineStep described{static_cast<int>(i), phrase, step.idle, {}};
    auto before = ir::constant(0);
    for (const ir::Alternative& a : step.alternatives) {
      described.ways.push_back(way(wording, a, before));
      before = ir::combine(Op::either, {before, a.guard});
    }
    tell_ghosts_once(described.ways);
    result.blocks.back().steps.push_back(std::move(described));
  }
  return result;
}

std::string target_text(const Machine& machine, int next) {
  return next == machine.finished ? "end" : std::to_string(next + 1);
}

} // namespace stalemate::report
