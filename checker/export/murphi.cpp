// One rule per alternative, hence one transition. The place of a process is a variable of its own.
// Ranges are Murphi's own: assigning what does not fit is an error there, too.
//
// Murphi's own search for deadlocks does not know processes that may rest. So no deadlock is an
// invariant: some rule is enabled, or everybody is at rest.

#include "checker/export/murphi.hpp"

#include "checker/export/translation.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace stalemate {

namespace {

constexpr Dialect murphi_dialect{" & ", " | ", "!", " = ", " != ", " ? ", true};

Names murphi_words() {
  return Names{"alias",
               "array",
               "assert",
               "assume",
               "begin",
               "boolean",
               "by",
               "case",
               "clear",
               "const",
               "cover",
               "do",
               "else",
               "elsif",
               "end",
               "endalias",
               "endexists",
               "endfor",
               "endforall",
               "endfunction",
               "endif",
               "endprocedure",
               "endrecord",
               "endrule",
               "endruleset",
               "endstartstate",
               "endswitch",
               "endwhile",
               "enum",
               "error",
               "exists",
               "false",
               "for",
               "forall",
               "function",
               "if",
               "in",
               "interleaved",
               "invariant",
               "isundefined",
               "liveness",
               "max",
               "min",
               "multiset",
               "multisetadd",
               "multisetcount",
               "multisetremove",
               "multisetremovepred",
               "number",
               "of",
               "ordinal",
               "procedure",
               "process",
               "program",
               "put",
               "record",
               "return",
               "rule",
               "ruleset",
               "scalarset",
               "startstate",
               "switch",
               "then",
               "to",
               "traceuntil",
               "true",
               "type",
               "undefine",
               "union",
               "var",
               "while",
               "choose",
               "real",
               "int"};
}

class MurphiWriter {
 public:
  explicit MurphiWriter(const ir::Model& model)
      : t_(model, murphi_dialect, murphi_words()), model_(model) {}

  std::string text() {
    for (std::size_t p = 0; p < model_.processes.size(); ++p)
      name_places(p);
    write_head();
    write_constants();
    line("var");
    for (std::size_t v = 0; v < model_.variables.size(); ++v)
      if (model_.variables[v].kind != ir::Kind::location) declare(v);
    for (std::size_t p = 0; p < places_.size(); ++p)
      line("  {}: enum {{ {} }};", places_[p].variable, fmt::join(places_[p].values, ", "));
    write_functions();
    write_initial();
    for (std::size_t p = 0; p < model_.processes.size(); ++p)
      for (std::size_t s = 0; s < model_.processes[p].steps.size(); ++s)
        write_step(p, s);
    write_properties();
    return std::move(text_);
  }

 private:
  /// Where a process stands.
  struct Places {
    std::string variable;
    std::vector<std::string> values; ///< By step; the last one is the end.
    std::string can_move;            ///< Functions.
    std::string is_at_rest;
  };

  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_ += '\n';
  }

  void name_places(std::size_t p) {
    const ir::Process& process = model_.processes[p];
    const std::string& name = t_.processes[p];
    Places places;
    places.variable = t_.names.make(name + "_at");
    places.can_move = t_.names.make(name + "_can_move");
    places.is_at_rest = t_.names.make(name + "_is_at_rest");
    for (std::size_t s = 0; s < process.steps.size(); ++s)
      places.values.push_back(
          t_.names.make(fmt::format("{}_s{}_{}", name, s, process.steps[s].phrase)));
    places.values.push_back(t_.names.make(name + "_finished"));
    places_.push_back(std::move(places));
  }

  void write_head() {
    line("-- {}", harmless(model_.name.empty() ? "A model" : model_.name));
    line("--");
    line("--   rumur --threads 1 --deadlock-detection off --value-type int32_t -o model.c MODEL.m");
    line("--   cc -std=c11 -O2 -mcx16 -o model model.c -lpthread && ./model");
    line("--");
    line("-- visits every state and finds a shortest counterexample. Every rule is one step: "
         "states");
    line("-- and rules fired are those of the model.");
    line("--");
    for (std::size_t i = 0; i < model_.properties.size(); ++i) {
      const ir::Property& property = model_.properties[i];
      const bool is_known = property.kind == ir::PropertyKind::invariant ||
                            property.kind == ir::PropertyKind::assertion ||
                            property.kind == ir::PropertyKind::no_deadlock;
      line("-- Claim {}: {}{}",
           property.name,
           harmless(property.claim),
           is_known ? "" : " (not checked here)");
    }
    line("");
  }

  void write_constants() {
    if (!t_.constants.empty()) line("const");
    for (const auto& [name, value] : t_.constants)
      line("  {}: {};", name, value);
    if (!t_.constants.empty()) line("");
    if (!t_.has_min && !t_.has_max) return;
    line("type");
    line("  number: -2147483648 .. 2147483647;");
    line("");
  }

  void declare(std::size_t v) {
    const ir::Variable& variable = model_.variables[v];
    const std::string range =
        t_.expressions.is_truth[v]
            ? "boolean"
            : fmt::format("{} .. {}", variable.range.low, variable.range.high);
    const std::string array =
        variable.shape.empty() ? "" : fmt::format("array [0 .. {}] of ", variable.cells() - 1);
    line("  {}: {}{}; -- {}", t_.expressions.variables[v], array, range, t_.about(variable));
  }

  void write_functions() {
    for (const auto& [name, sign] : {std::pair{"min", '<'}, std::pair{"max", '>'}}) {
      if (sign == '<' ? !t_.has_min : !t_.has_max) continue;
      line("");
      line("function {}(a: number; b: number): number;", name);
      line("begin");
      line("  return a {} b ? a : b;", sign);
      line("end;");
    }
    if (t_.property_of(ir::PropertyKind::no_deadlock) == ir::none) return;
    for (std::size_t p = 0; p < model_.processes.size(); ++p) {
      write_question(p, places_[p].can_move, [&](const ir::Step& step) {
        ir::ExpressionPtr any = ir::constant(0);
        for (const ir::Alternative& way : step.alternatives)
          any = ir::combine(ir::Op::either, {any, Translation::enabled(way)});
        return any;
      });
      write_question(p, places_[p].is_at_rest, [&](const ir::Step& step) {
        ir::ExpressionPtr any = ir::constant(step.idle ? 0 : 1);
        for (const ir::Alternative& way : step.alternatives)
          any = ir::combine(ir::Op::either, {any, way.guard});
        return ir::combine(ir::Op::invert, {any});
      });
    }
  }

  /// A function of the step at which a process stands. An answer that is never true is left out.
  template <typename Answer>
  void write_question(std::size_t p, const std::string& name, Answer answer) {
    const ir::Process& process = model_.processes[p];
    const bool at_end = name == places_[p].is_at_rest;
    line("");
    line("function {}(): boolean;", name);
    line("begin");
    line("  switch {}", places_[p].variable);
    for (std::size_t s = 0; s < process.steps.size(); ++s) {
      const ir::ExpressionPtr when = answer(process.steps[s]);
      if (!ir::is_constant(when, 0))
        line("  case {}: return {};", places_[p].values[s], t_.expressions.condition(*when));
    }
    line("  case {}: return {};", places_[p].values.back(), at_end);
    line("  end;");
    line("  return false;");
    line("end;");
  }

  void write_initial() {
    line("");
    line("startstate \"initial\"");
    line("begin");
    for (std::size_t v = 0; v < model_.variables.size(); ++v) {
      const ir::Variable& variable = model_.variables[v];
      if (variable.kind == ir::Kind::location) continue;
      const std::string& name = t_.expressions.variables[v];
      for (std::size_t i = 0; i < variable.initial.size(); ++i) {
        const std::string value =
            t_.expressions.value(variable.initial[i], static_cast<ir::VariableId>(v));
        if (variable.shape.empty())
          line("  {} := {};", name, value);
        else
          line("  {}[{}] := {};", name, i, value);
      }
    }
    for (const Places& places : places_)
      line("  {} := {};", places.variable, places.values.front());
    line("end;");
  }

  void write_step(std::size_t p, std::size_t s) {
    const ir::Step& step = model_.processes[p].steps[s];
    const Places& places = places_[p];
    int number = 0;
    for (const ir::Alternative& way : step.alternatives) {
      ++number;
      const std::string which = !way.note.empty()              ? " / " + harmless(way.note)
                                : step.alternatives.size() > 1 ? fmt::format(" / {}", number)
                                                               : "";
      const ir::ExpressionPtr enabled = Translation::enabled(way);
      const bool is_always = ir::is_constant(enabled) && enabled->value != 0;
      line("");
      line("rule \"{}: {}{}\"", harmless(model_.processes[p].name), t_.title(step), which);
      line("  {} = {}{}",
           places.variable,
           places.values[s],
           is_always ? "" : " & (" + t_.expressions.condition(*enabled) + ")");
      line("==>");
      line("begin");
      for (const ir::Check& check : way.checks)
        line("  assert {} \"{}\";",
             t_.expressions.condition(*check.holds),
             check.property == ir::none
                 ? "model error: " + harmless(check.text)
                 : model_.properties[static_cast<std::size_t>(check.property)].name);
      for (const ir::Effect& effect : way.effects)
        line("  {} := {};",
             t_.expressions.cell(effect.variable, effect.index),
             t_.expressions.value(*effect.value, effect.variable));
      line("  {} := {};", places.variable, places.values[static_cast<std::size_t>(way.next)]);
      line("end;");
    }
  }

  void write_properties() {
    for (const ir::Property& property : model_.properties)
      for (const ir::Part& part : property.parts) {
        line("");
        line("invariant \"{}: {}\"", harmless(property.name), harmless(part.text));
        line("  {};", t_.expressions.condition(*part.holds));
      }
    const int deadlock = t_.property_of(ir::PropertyKind::no_deadlock);
    if (deadlock == ir::none) return;
    std::string moves;
    std::string rests;
    for (const Places& places : places_) {
      moves += fmt::format("{}{}()", moves.empty() ? "" : " | ", places.can_move);
      rests += fmt::format("{}{}()", rests.empty() ? "" : " & ", places.is_at_rest);
    }
    line("");
    line("invariant \"{}\"", harmless(model_.properties[static_cast<std::size_t>(deadlock)].name));
    line("  {} | ({});", moves, rests);
  }

  Translation t_;
  const ir::Model& model_;
  std::vector<Places> places_;
  std::string text_;
};

} // namespace

std::string murphi(const ir::Model& model) {
  return MurphiWriter(model).text();
}

} // namespace stalemate
