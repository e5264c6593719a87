// One proctype per process, whose place is Spin's own program counter, so that Spin's partial-order
// reduction sees what it is made for. Every alternative is one d_step or one condition, hence one
// transition of Spin; `goto` and the end of an `if` are none. So Spin's states are ours, one for
// one, if it is told to keep what it would throw away (-o1 -o2 -o3: values of dead variables,
// write-only variables, steps it would merge).
//
// What ends a process is a place that nothing leaves: a process that dies would be a transition
// more, and Spin lets processes die only in reverse order. A process may stay at a label that
// starts with `end`. That fits idle steps, but for one case: work to do, and a wait for a lock.
// Then, when nothing else moves (timeout), an option of its own breaks the claim. Without a claim
// of no deadlock every label starts with `end`.
//
// Invariants belong to a process of their own that moves only to break one: Spin looks at them once
// in every state, and they add no state.

#include "checker/export/promela.hpp"

#include "checker/export/translation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace stalemate {

namespace {

constexpr Dialect promela_dialect{" && ", " || ", "!", " == ", " != ", " -> ", false};

Names promela_words() {
  return Names{"active",  "assert",     "atomic",       "bit",          "bool",       "break",
               "broken",  "byte",       "c_code",       "c_decl",       "c_expr",     "c_state",
               "c_track", "chan",       "check",        "d_step",       "d_proctype", "do",
               "else",    "empty",      "enabled",      "eval",         "false",      "fi",
               "for",     "full",       "get_priority", "goto",         "hidden",     "if",
               "in",      "init",       "inline",       "int",          "len",        "local",
               "ltl",     "max",        "min",          "mtype",        "nempty",     "never",
               "nfull",   "notrace",    "np_",          "od",           "of",         "pc_value",
               "pid",     "printf",     "printm",       "priority",     "proctype",   "provided",
               "return",  "run",        "select",       "set_priority", "short",      "show",
               "skip",    "stdin",      "timeout",      "trace",        "true",       "typedef",
               "unless",  "unsigned",   "xr",           "xs",           "always",     "eventually",
               "implies", "equivalent", "until",        "release",      "weakuntil",  "stronguntil",
               "next",    "linux",      "unix",         "i386"};
}

const char* type_of(const ir::Range& range) {
  if (range.low >= 0 && range.high <= 255) return "byte";
  return range.low >= INT16_MIN && range.high <= INT16_MAX ? "short" : "int";
}

/// The initial values of an array cannot be negative in Spin's grammar, but they can be what
/// becomes the negative value in the C type of the array.
std::string wrapped(int negative, const ir::Range& range) {
  const std::int64_t bits = type_of(range) == std::string("short") ? 16 : 32;
  return fmt::format("{} /* {} */", (std::int64_t{1} << bits) + negative, negative);
}

/// On one line, if it fits there.
std::string d_step(const std::string& guard, const std::vector<std::string>& statements) {
  std::string line = fmt::format("d_step {{ {}{} }}", guard, fmt::join(statements, "; "));
  if (line.size() <= 90) return line;
  const std::string indent = "\n       ";
  return fmt::format("d_step {{{}{}{}\n     }}",
                     guard.empty() ? "" : indent + guard,
                     indent,
                     fmt::join(statements, ";" + indent));
}

class PromelaWriter {
 public:
  explicit PromelaWriter(const ir::Model& model)
      : t_(model, promela_dialect, promela_words()), model_(model) {}

  std::string text() {
    claims_ = t_.names.make("claims");
    error_ = t_.names.make("model_error");
    deadlock_ = t_.property_of(ir::PropertyKind::no_deadlock);
    write_head();
    write_claims();
    write_constants();
    for (std::size_t v = 0; v < model_.variables.size(); ++v)
      if (!is_local(v)) declare(v, "");
    for (std::size_t p = 0; p < model_.processes.size(); ++p)
      write_process(static_cast<int>(p));
    write_invariants();
    return std::move(text_);
  }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_ += '\n';
  }

  void write_head() {
    line("/* {}", harmless(model_.name.empty() ? "A model" : model_.name));
    line(" *");
    line(" *   spin -a -o1 -o2 -o3 MODEL.pml && cc -O2 -DSAFETY -DBFS -DNOREDUCE -o pan pan.c");
    line(" *   ./pan");
    line(" *");
    line(" * visits every state and finds a shortest counterexample. Every option of an `if` is");
    line(" * one step: its states are those of the model, and so are its transitions but one, "
         "since");
    line(
        " * Spin counts the initial state as one. Where it reports an invariant or an invalid end");
    line(" * state, the depth is the length; where a step breaks a claim, it is one less.");
    line(" */");
  }

  void write_claims() {
    line("");
    line("/* Claims. pan prints which one is broken by its number: \"assertion violated (2==0)\". "
         "*/");
    for (std::size_t i = 0; i < model_.properties.size(); ++i) {
      const ir::Property& property = model_.properties[i];
      const bool is_known = property.kind == ir::PropertyKind::invariant ||
                            property.kind == ir::PropertyKind::assertion ||
                            property.kind == ir::PropertyKind::no_deadlock;
      line("#define {} {} /* {}{} */",
           t_.properties[i],
           i + 1,
           harmless(property.claim),
           is_known ? "" : "; not checked here");
    }
    line("#define {} {} /* no claim: a step leaves a range or breaks a rule of the model */",
         error_,
         model_.properties.size() + 1);
    line("#define broken(claim) assert(claim == 0)");
    line("#define check(claim, holds) assert((holds) || claim == 0)");
  }

  void write_constants() {
    if (t_.has_min) line("#define min(a, b) (((a) < (b)) -> (a) : (b))");
    if (t_.has_max) line("#define max(a, b) (((a) > (b)) -> (a) : (b))");
    line("");
    for (const auto& [name, value] : t_.constants)
      line("#define {} {}", name, value);
    if (!t_.constants.empty()) line("");
  }

  [[nodiscard]] bool is_local(std::size_t v) const {
    const ir::Variable& variable = model_.variables[v];
    return variable.kind == ir::Kind::location ||
           (variable.owner != ir::shared &&
            t_.is_private(static_cast<ir::VariableId>(v), variable.owner));
  }

  void declare(std::size_t v, const char* indent) {
    const ir::Variable& variable = model_.variables[v];
    const auto id = static_cast<ir::VariableId>(v);
    const bool is_truth = t_.expressions.is_truth[v];
    std::string initial = t_.expressions.value(variable.initial.front(), id);
    std::string cells;
    if (!variable.shape.empty()) {
      cells = fmt::format("[{}]", variable.cells());
      const auto is_first = [&](int value) { return value == variable.initial.front(); };
      if (!std::ranges::all_of(variable.initial, is_first)) {
        std::vector<std::string> each;
        for (const int value : variable.initial)
          each.push_back(value < 0 ? wrapped(value, variable.range)
                                   : t_.expressions.value(value, id));
        initial = fmt::format("{{ {} }}", fmt::join(each, ", "));
      }
    }
    line("{}{} {}{} = {}; /* {} */",
         indent,
         is_truth ? "bool" : type_of(variable.range),
         t_.expressions.variables[v],
         cells,
         initial,
         t_.about(variable));
  }

  [[nodiscard]] std::string label_of(const ir::Process& process, int step) const {
    if (step == process.finished()) return "end_finished";
    const ir::Step& at = process.steps[static_cast<std::size_t>(step)];
    const bool may_end = deadlock_ == ir::none || at.idle;
    return fmt::format("{}s{}_{}", may_end ? "end_" : "", step, identifier(at.phrase));
  }

  void write_process(int p) {
    const ir::Process& process = model_.processes[static_cast<std::size_t>(p)];
    line("");
    line("active proctype {}() {{ /* {} */",
         t_.processes[static_cast<std::size_t>(p)],
         harmless(process.path));
    for (std::size_t v = 0; v < model_.variables.size(); ++v)
      if (is_local(v) && model_.variables[v].kind != ir::Kind::location &&
          model_.variables[v].owner == p)
        declare(v, "  ");
    bool ends = false;
    for (int step = 0; step < process.finished(); ++step) {
      write_step(process, step);
      for (const ir::Alternative& way : process.steps[static_cast<std::size_t>(step)].alternatives)
        ends = ends || way.next == process.finished();
    }
    if (ends) {
      line("end_finished:");
      line("  false");
    }
    line("}}");
  }

  void write_step(const ir::Process& process, int number) {
    const ir::Step& step = process.steps[static_cast<std::size_t>(number)];
    line("{}: /* {} */", label_of(process, number), t_.title(step));
    line("  if");
    for (const ir::Alternative& way : step.alternatives)
      write_way(process, number, way);
    write_hidden_deadlock(step);
    line("  fi;");
  }

  void write_way(const ir::Process& process, int number, const ir::Alternative& way) {
    const ir::ExpressionPtr enabled = Translation::enabled(way);
    std::vector<std::string> statements;
    for (const ir::Check& check : way.checks)
      statements.push_back(fmt::format(
          "check({}, {})",
          check.property == ir::none ? error_
                                     : t_.properties[static_cast<std::size_t>(check.property)],
          t_.expressions.condition(*check.holds)));
    for (const ir::Effect& effect : way.effects)
      write_effect(effect, statements);

    std::string option = t_.expressions.condition(*enabled);
    const bool is_always = ir::is_constant(enabled) && enabled->value != 0;
    // pan refuses an unconditional loop from a place to itself, unless it looks as if it did work.
    if (is_always && way.next == number) statements.emplace_back("skip");
    if (!statements.empty()) option = d_step(is_always ? "" : option + " -> ", statements);
    if (way.next != number + 1) option += " -> goto " + label_of(process, way.next);
    if (!way.note.empty()) option += fmt::format(" /* {} */", harmless(way.note));
    line("  :: {}", option);
  }

  void write_effect(const ir::Effect& effect, std::vector<std::string>& statements) const {
    const std::string value = t_.expressions.value(*effect.value, effect.variable);
    if (t_.may_leave(effect)) {
      const ir::Range& range = model_.variables[static_cast<std::size_t>(effect.variable)].range;
      const std::string number = t_.expressions.operand(*effect.value);
      statements.push_back(fmt::format(
          "check({}, {} <= {} && {} <= {})", error_, range.low, number, number, range.high));
    }
    statements.push_back(
        fmt::format("{} = {}", t_.expressions.cell(effect.variable, effect.index), value));
  }

  /// An idle process that has work and waits for ever does not rest.
  void write_hidden_deadlock(const ir::Step& step) {
    if (!step.idle || deadlock_ == ir::none) return;
    std::string work;
    for (const ir::Alternative& way : step.alternatives)
      if (!way.waits.empty())
        work +=
            fmt::format("{}({})", work.empty() ? "" : " || ", t_.expressions.condition(*way.guard));
    if (work.empty()) return;
    line("  :: d_step {{ timeout && ({}) -> broken({}) }} /* has work, waits for ever */",
         work,
         t_.properties[static_cast<std::size_t>(deadlock_)]);
  }

  void write_invariants() {
    bool is_first = true;
    for (std::size_t i = 0; i < model_.properties.size(); ++i) {
      for (const ir::Part& part : model_.properties[i].parts) {
        const ir::ExpressionPtr breaks = ir::combine(ir::Op::invert, {part.holds});
        if (ir::is_constant(breaks, 0)) continue;
        if (is_first) {
          line("");
          line("active proctype {}() {{ /* moves only to break an invariant */", claims_);
          line("end_watch:");
          line("  if");
        }
        is_first = false;
        line("  :: d_step {{ {} -> broken({}) }} /* {} */",
             t_.expressions.condition(*breaks),
             t_.properties[i],
             harmless(part.text));
      }
    }
    if (is_first) return;
    line("  fi");
    line("}}");
  }

  Translation t_;
  const ir::Model& model_;
  std::string claims_;
  std::string error_;
  int deadlock_ = ir::none;
  std::string text_;
};

} // namespace

std::string promela(const ir::Model& model) {
  return PromelaWriter(model).text();
}

} // namespace stalemate
