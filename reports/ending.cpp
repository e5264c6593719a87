#include "reports/ending.hpp"

#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace stalemate::report {

namespace {

bool is_place(const ir::Model& model, const std::string& what) {
  return std::ranges::any_of(model.variables, [&](const ir::Variable& v) {
    for (int cell = 0; cell < v.cells(); ++cell)
      if (ir::cell_name(v, cell) == what) return true;
    return false;
  });
}

/// "held by writer0 since step 1 (xfs_file_buffered_write)"
std::string holders(const ir::Model& model, const Trace& trace, const Blocked& blocked) {
  std::string text;
  const bool held = is_place(model, blocked.what);
  for (const Blocked::Holder& h : blocked.holders) {
    auto who =
        h.process == blocked.process ? std::string("itself") : process_of(model, h.process).name;
    if (h.since >= 0) {
      const TraceStep& taken = trace.steps[static_cast<std::size_t>(h.since)];
      who += fmt::format(" since step {} ({})",
                         h.since + 1,
                         function_of(model, step_of(model, taken.process, taken.step)));
    }
    append(text, who, " and ");
  }
  if (text.empty()) return text;
  return (held ? ", held by " : ", which is up to ") + text;
}

std::string waiting(const ir::Model& model, const Trace& trace, const Blocked& blocked) {
  const ir::Step& step = step_of(model, blocked.process, blocked.step);
  const auto what =
      blocked.what.empty() ? fmt::format("\"{}\" to be possible", step.phrase) : blocked.what;
  return fmt::format("{} in {} waits for {}{}",
                     process_of(model, blocked.process).name,
                     function_of(model, step),
                     what,
                     holders(model, trace, blocked));
}

/// Those in the ring first and in its order, then the others.
std::vector<std::string> deadlock_ending(const ir::Model& model, const Trace& trace) {
  std::vector<std::string> lines;
  std::set<int> told;
  const char* what = trace.cycle.size() == 1 ? "it waits for itself"
                     : !trace.cycle.empty()  ? "they wait for each other"
                     : trace.others_go_on    ? "what is waited for never comes"
                                             : "nothing can move";
  lines.push_back(
      fmt::format("deadlock: {}{}", what, trace.others_go_on ? ", whatever the others do" : ""));
  const auto tell_of = [&](int process) {
    for (const Blocked& b : trace.blocked)
      if (b.process == process && told.insert(process).second)
        lines.push_back(waiting(model, trace, b));
  };
  for (const int process : trace.cycle)
    tell_of(process);
  for (const Blocked& b : trace.blocked)
    tell_of(b.process);
  return lines;
}

/// What a run does for ever, and who waits meanwhile.
std::vector<std::string> run_ending(const ir::Model& model, const Trace& trace) {
  const ir::Property& property = model.properties[static_cast<std::size_t>(trace.property)];
  std::vector<std::string> lines{
      fmt::format("{} claims \"{}\"", broken_name(model, trace), property.claim)};
  const std::string who =
      trace.process < 0 ? "" : fmt::format("{} ", process_of(model, trace.process).name);
  if (trace.loop)
    lines.push_back(fmt::format("{}: from step {} to step {}, again and again; {}",
                                word(trace.verdict),
                                *trace.loop + 1,
                                trace.steps.size(),
                                trace.verdict == Verdict::livelock ? "nobody progresses"
                                : who.empty()                      ? "what is claimed never comes"
                                                                   : who + "never progresses"));
  else
    lines.push_back(trace.blocked.empty()
                        ? "everyone has ended or rests here, and it has not come about"
                        : "nobody has to go on here");
  for (const Blocked& b : trace.blocked)
    lines.push_back(waiting(model, trace, b));
  return lines;
}

std::vector<std::string> stuck_ending(const ir::Model& model, const Trace& trace) {
  std::vector<std::string> lines{
      trace.steps.empty()
          ? "stuck: from the start there is no way on which everyone ends or comes to rest"
          : "stuck: after the last step there is no way any more on which everyone ends or comes "
            "to rest"};
  for (const Blocked& b : trace.blocked)
    lines.push_back(waiting(model, trace, b));
  return lines;
}

/// A lock that nobody holds, or not this one together with others.
bool is_free(const ir::Variable& variable, int value) {
  const bool is_lock = variable.kind == ir::Kind::holder || variable.name.ends_with(".shared");
  return is_lock && value == 0;
}

/// "writer0 at \"get and lock the folio\"", "writer0 ended"
std::string location_text(const ir::Model& model, const ir::Variable& variable, int value) {
  const ir::Process& process = process_of(model, variable.owner);
  if (value == process.finished()) return process.name + " ended";
  return fmt::format("{} at \"{}\"", process.name, step_of(model, variable.owner, value).phrase);
}

/// Free locks are left out: most claims are about what is seen while nobody holds them.
std::string values_text(const ir::Model& model, const std::vector<Seen>& values) {
  std::string text;
  for (const Seen& s : values) {
    const auto& variable = variable_of(model, s.cell);
    if (is_free(variable, s.value)) continue;
    const auto one = variable.kind == ir::Kind::location
                         ? location_text(model, variable, s.value)
                         : fmt::format("{} {}",
                                       ir::cell_name(variable, s.cell.index),
                                       ir::value_name(variable, s.value));
    append(text, variable.ghost ? "(" + one + ")" : one);
  }
  return text;
}

} // namespace

std::string broken_name(const ir::Model& model, const Trace& trace) {
  return trace.property < 0 ? word(trace.verdict)
                            : model.properties[static_cast<std::size_t>(trace.property)].name;
}

bool is_example(const ir::Model& model, const Trace& trace) {
  return trace.property >= 0 && model.properties[static_cast<std::size_t>(trace.property)].kind ==
                                    ir::PropertyKind::reachable;
}

std::vector<Contradiction> contradictions(const ir::Model& model, const Trace& trace) {
  std::vector<Contradiction> result;
  if (is_example(model, trace)) return result;
  for (const Seen& ghost : trace.values)
    for (const Seen& real : trace.values) {
      const auto& remembered = variable_of(model, ghost.cell);
      const auto& variable = variable_of(model, real.cell);
      if (!remembered.ghost || variable.ghost || remembered.kind != ir::Kind::named) continue;
      if (variable.kind == ir::Kind::named && variable.names == remembered.names &&
          variable.range == remembered.range && real.value != ghost.value)
        result.push_back({real.cell, ghost.cell});
    }
  return result;
}

std::vector<std::string> ending(const ir::Model& model, const Trace& trace) {
  const auto broken = broken_name(model, trace);
  if (trace.verdict == Verdict::deadlock) return deadlock_ending(model, trace);
  if (trace.verdict == Verdict::stuck) return stuck_ending(model, trace);

  std::vector<std::string> lines;
  if (is_example(model, trace)) {
    lines.push_back(fmt::format("reached: {}", broken));
    if (const auto values = values_text(model, trace.values); !values.empty())
      lines.push_back("there " + values);
    return lines;
  }
  if (trace.loop || trace.stops) {
    lines = run_ending(model, trace);
    if (const auto values = values_text(model, trace.values); !values.empty())
      lines.push_back("at the end: " + values);
    return lines;
  }
  if (trace.property >= 0) {
    const auto& claim = model.properties[static_cast<std::size_t>(trace.property)].claim;
    lines.push_back(fmt::format("{} claims \"{}\"", broken, claim));
  } else {
    lines.push_back(trace.reason.empty() ? broken : broken + ": " + trace.reason);
  }
  if (const auto values = values_text(model, trace.values); !values.empty())
    lines.push_back("it read " + values);
  if (!trace.broken.empty()) lines.push_back(trace.broken);
  return lines;
}

} // namespace stalemate::report
