#include "reports/trace_json.hpp"

#include "checker/ir/identity.hpp"
#include "checker/ir/step_id.hpp"
#include "reports/causality.hpp"
#include "reports/json.hpp"
#include "reports/race.hpp"
#include "reports/story.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>

namespace stalemate::report {

namespace {

constexpr auto format_name = "stalemate-trace";
constexpr int format_version = 2;
constexpr int format_version_min = 1; // Without processes, and without ids of steps.

// Far above what a search can find, far below what hurts.
constexpr std::size_t steps_max = 1'000'000;
constexpr std::size_t text_max = 4096;
constexpr std::size_t settings_max = 1000;
constexpr std::int64_t option_max = 1'000'000;

std::string name_of(const ir::Model& model, const ir::Cell& cell) {
  return ir::cell_name(variable_of(model, cell), cell.index);
}

Json values_of(const ir::Model& model, const std::vector<Seen>& seen) {
  Json values = Json::object();
  for (const Seen& s : seen)
    values[name_of(model, s.cell)] = value_text(model, s.cell, s.value);
  return values;
}

const ir::Function& function_of(const ir::Model& model, const ir::Step& step) {
  return model.functions[static_cast<std::size_t>(step.function)];
}

/// Where a process stands, as three keys.
Json place(const ir::Model& model, int process, int step) {
  const auto& p = model.processes[static_cast<std::size_t>(process)];
  const auto& s = p.steps[static_cast<std::size_t>(step)];
  return {{"process", p.name}, {"function", function_of(model, s).name}, {"phrase", s.phrase}};
}

Json step(const ir::Model& model, const TraceStep& at) {
  const auto& from = model.processes[static_cast<std::size_t>(at.process)]
                         .steps[static_cast<std::size_t>(at.step)];
  const ir::Function& function = function_of(model, from);
  Json result = place(model, at.process, at.step);
  result["alternative"] = at.alternative;
  result["id"] = ir::step_id(function.name, from.phrase);
  result["file"] = function.file;
  result["note"] = from.alternatives[static_cast<std::size_t>(at.alternative)].note;
  result["seen"] = values_of(model, at.seen);
  result["changes"] = Json::array();
  for (const Change& c : at.changes)
    result["changes"].push_back({{"cell", name_of(model, c.cell)},
                                 {"before", value_text(model, c.cell, c.before)},
                                 {"after", value_text(model, c.cell, c.after)}});
  return result;
}

/// What runs. A process without options is one that the model starts itself.
Json processes(const ir::Model& model, const TraceOrigin& origin) {
  Json result = Json::array();
  for (const ir::Process& process : model.processes) {
    Json options = Json::object();
    if (const auto found = origin.options.find(process.name); found != origin.options.end())
      for (const auto& [option, value] : found->second)
        options[option] = value;
    result.push_back({{"name", process.name}, {"path", process.path}, {"options", options}});
  }
  return result;
}

Json initial(const ir::Model& model, const ir::Valuation& state) {
  Json values = Json::object();
  for (std::size_t v = 0; v < model.variables.size(); ++v) {
    if (model.variables[v].kind == ir::Kind::location) continue;
    for (std::size_t c = 0; c < state[v].size(); ++c) {
      const ir::Cell cell{static_cast<int>(v), static_cast<int>(c)};
      values[name_of(model, cell)] = value_text(model, cell, state[v][c]);
    }
  }
  return values;
}

Json blocked(const ir::Model& model, const Blocked& b) {
  Json result = place(model, b.process, b.step);
  result["waits_for"] = b.what;
  result["holders"] = Json::array();
  for (const Blocked::Holder& h : b.holders)
    result["holders"].push_back(
        {{"process", model.processes[static_cast<std::size_t>(h.process)].name},
         {"since", h.since < 0 ? Json(nullptr) : Json(h.since + 1)}});
  return result;
}

Json ending_json(const ir::Model& model, const Trace& trace) {
  Json result = {{"claim", ""}, {"broken", trace.broken}, {"reason", trace.reason}};
  if (trace.property >= 0)
    result["claim"] = model.properties[static_cast<std::size_t>(trace.property)].claim;
  result["values"] = values_of(model, trace.values);
  result["blocked"] = Json::array();
  for (const Blocked& b : trace.blocked)
    result["blocked"].push_back(blocked(model, b));
  result["cycle"] = Json::array();
  for (const int p : trace.cycle)
    result["cycle"].push_back(model.processes[static_cast<std::size_t>(p)].name);
  return result;
}

Json asked(const Head& head) {
  Json result = {{"title", head.title}};
  for (const HeadLine& line : head.lines)
    result[line.label] = line.items.empty() ? Json(line.text) : Json(line.items);
  return result;
}

/// What it all means stands in the ending.
Json race_json(const ir::Model& model, const Trace& trace) {
  const Causality why = causality(model, trace);
  Json lines = Json::array();
  for (const RaceLine& line : race(model, trace, why, tell(model, trace, why)))
    if (line.step >= 0) lines.push_back({{"step", line.step + 1}, {"text", line.text}});
  return lines;
}

std::string arrow(const std::string& before, const std::string& after) {
  return before + " -> " + after;
}

[[noreturn]] void refuse(const std::string& place, const std::string& why) {
  throw TraceFileError(printable(fmt::format("{}: {}", place, why)));
}

const nlohmann::json&
member(const nlohmann::json& object, const std::string& pointer, const char* key) {
  const auto found = object.find(key);
  if (found == object.end())
    refuse(pointer.empty() ? "/" : pointer, fmt::format("\"{}\" is missing", key));
  return *found;
}

std::string string_in(const nlohmann::json& object, const std::string& pointer, const char* key) {
  const auto& value = member(object, pointer, key);
  const auto place = pointer + "/" + key;
  if (!value.is_string()) refuse(place, fmt::format("is {}, not a string", value.type_name()));
  const auto& text = value.get_ref<const std::string&>();
  if (text.size() > text_max)
    refuse(place, fmt::format("has {} bytes, at most {} make sense", text.size(), text_max));
  return text;
}

int number_in(const nlohmann::json& object, const std::string& pointer, const char* key) {
  const auto& value = member(object, pointer, key);
  const auto place = pointer + "/" + key;
  if (!value.is_number_unsigned()) refuse(place, "is not a whole number from 0 on");
  const auto number = value.get<std::uint64_t>();
  if (number > static_cast<std::uint64_t>(std::numeric_limits<int>::max()))
    refuse(place, "is too large");
  return static_cast<int>(number);
}

std::vector<std::string> names_in(const nlohmann::json& object,
                                  const std::string& key,
                                  const std::string& what,
                                  std::size_t names_max) {
  const auto& list = object[key];
  if (!list.is_array()) refuse("/" + key, fmt::format("is {}, not an array", list.type_name()));
  std::vector<std::string> names;
  for (const auto& name : list) {
    const bool is_name = name.is_string() && name.get_ref<const std::string&>().size() <= text_max;
    if (!is_name || names.size() == names_max) refuse("/" + key, "is no list of " + what);
    names.push_back(name.get<std::string>());
  }
  return names;
}

SavedValues values_in(const nlohmann::json& object, const std::string& pointer) {
  if (!object.is_object()) refuse(pointer, fmt::format("is {}, not an object", object.type_name()));
  SavedValues values;
  for (const auto& [cell, value] : object.items())
    values[cell] = string_in(object, pointer, cell.c_str());
  return values;
}

SavedValues changes_in(const nlohmann::json& list, const std::string& pointer) {
  if (!list.is_array()) refuse(pointer, fmt::format("is {}, not an array", list.type_name()));
  SavedValues changes;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto place = fmt::format("{}/{}", pointer, i);
    if (!list[i].is_object())
      refuse(place, fmt::format("is {}, not an object", list[i].type_name()));
    const auto cell = string_in(list[i], place, "cell");
    if (!changes
             .emplace(
                 cell,
                 arrow(string_in(list[i], place, "before"), string_in(list[i], place, "after")))
             .second)
      refuse(place, fmt::format("is the second change of {}", cell));
  }
  return changes;
}

SavedStep step_in(const nlohmann::json& at, const std::string& pointer) {
  if (!at.is_object()) refuse(pointer, fmt::format("is {}, not an object", at.type_name()));
  SavedStep step{string_in(at, pointer, "process"),
                 string_in(at, pointer, "function"),
                 string_in(at, pointer, "phrase"),
                 number_in(at, pointer, "alternative")};
  if (at.contains("note")) step.note = string_in(at, pointer, "note");
  if (at.contains("seen")) step.seen = values_in(at["seen"], pointer + "/seen");
  if (at.contains("changes")) step.changes = changes_in(at["changes"], pointer + "/changes");
  return step;
}

/// The first cell of which the two say different things.
std::optional<std::string> difference(const SavedValues& is, const SavedValues& said) {
  for (const auto& [cell, value] : said) {
    const auto found = is.find(cell);
    if (found == is.end()) return fmt::format("{}: the trace says {}, it is not so", cell, value);
    if (found->second != value)
      return fmt::format("{}: the trace says {}, it is {}", cell, value, found->second);
  }
  for (const auto& [cell, value] : is)
    if (!said.contains(cell)) return fmt::format("{}: the trace does not say {}", cell, value);
  return std::nullopt;
}

SavedProcess process_in(const nlohmann::json& at, const std::string& pointer) {
  if (!at.is_object()) refuse(pointer, fmt::format("is {}, not an object", at.type_name()));
  SavedProcess process{string_in(at, pointer, "name"), string_in(at, pointer, "path"), {}};
  const auto& options = member(at, pointer, "options");
  if (!options.is_object())
    refuse(pointer + "/options", fmt::format("is {}, not an object", options.type_name()));
  for (const auto& [option, value] : options.items()) {
    const bool is_whole = value.is_number_integer();
    const auto number = is_whole ? value.get<std::int64_t>() : 0;
    if (!is_whole || std::abs(number) > option_max)
      refuse(pointer + "/options/" + option, "is no whole number that makes sense");
    process.options[option] = static_cast<int>(number);
  }
  return process;
}

std::vector<SavedProcess> processes_in(const nlohmann::json& list) {
  if (!list.is_array()) refuse("/processes", fmt::format("is {}, not an array", list.type_name()));
  if (list.size() > ir::processes_max) refuse("/processes", "has more than there can be");
  std::vector<SavedProcess> processes;
  for (std::size_t i = 0; i < list.size(); ++i)
    processes.push_back(process_in(list[i], fmt::format("/processes/{}", i)));
  return processes;
}

void check_format(const nlohmann::json& file) {
  constexpr auto place = "1:1: no saved trace";
  if (!file.is_object()) refuse(place, fmt::format("is {}, not an object", file.type_name()));
  if (!file.contains("format")) refuse(place, "\"format\" is missing");
  const auto format = string_in(file, "", "format");
  if (format != format_name)
    refuse("/format", fmt::format("is \"{}\", a trace says \"{}\"", format, format_name));
  const int version = number_in(file, "", "version");
  if (version < format_version_min || version > format_version)
    refuse("/version",
           fmt::format(
               "is {}, this program reads {} to {}", version, format_version_min, format_version));
}

} // namespace

void write_trace_json(const ir::Model& model,
                      const Trace& trace,
                      const TraceOrigin& origin,
                      std::ostream& out) {
  Json file = {{"format", format_name},
               {"version", format_version},
               {"title", origin.caption.head.name + ": " + origin.caption.verdict},
               {"asked", asked(origin.caption.head)},
               {"scenario", origin.scenario},
               {"variant", origin.variant},
               {"set", origin.set},
               {"edits", model.edits},
               {"model", identity_text(model)},
               {"verdict", word(trace.verdict)},
               {"property", ""},
               {"loop_from", trace.loop ? Json(*trace.loop + 1) : Json(nullptr)},
               {"waiting", nullptr},
               {"stranded", Json::array()},
               {"processes", processes(model, origin)},
               {"initial", initial(model, trace.initial)}};
  if (!origin.patch.empty()) file["patch"] = origin.patch;
  if (!origin.claims.empty()) file["claims"] = origin.claims;
  if (!origin.reach.empty()) file["reach"] = origin.reach;
  if (trace.property >= 0)
    file["property"] = model.properties[static_cast<std::size_t>(trace.property)].name;
  if (trace.process >= 0)
    file["waiting"] = model.processes[static_cast<std::size_t>(trace.process)].name;
  if (trace.others_go_on)
    for (const Blocked& b : trace.blocked)
      file["stranded"].push_back(model.processes[static_cast<std::size_t>(b.process)].name);
  file["steps"] = Json::array();
  for (const TraceStep& at : trace.steps)
    file["steps"].push_back(step(model, at));
  file["race"] = race_json(model, trace);
  file["ending"] = ending_json(model, trace);
  write_json(file, out);
}

SavedTrace read_schedule(std::string_view text) {
  nlohmann::json file;
  try {
    file = parse_json(text);
  } catch (const JsonError& e) {
    throw TraceFileError(e.what());
  }
  check_format(file);
  SavedTrace saved{string_in(file, "", "scenario"),
                   string_in(file, "", "variant"),
                   {},
                   string_in(file, "", "verdict"),
                   string_in(file, "", "property"),
                   {}};

  const auto is_given = [&](const char* key) { return file.contains(key) && !file[key].is_null(); };
  if (is_given("set")) saved.set = names_in(file, "set", "settings", settings_max);
  if (is_given("patch")) saved.patch = names_in(file, "patch", "files", settings_max);
  if (is_given("claims")) saved.claims = names_in(file, "claims", "claims", settings_max);
  if (is_given("reach")) saved.reach = string_in(file, "", "reach");
  if (is_given("waiting")) saved.process = string_in(file, "", "waiting");
  if (is_given("loop_from")) {
    const int from = number_in(file, "", "loop_from");
    if (from < 1) refuse("/loop_from", "steps are counted from 1 on");
    saved.loop_from = static_cast<std::size_t>(from) - 1;
  }
  if (is_given("stranded"))
    saved.stranded = names_in(file, "stranded", "processes", ir::processes_max);
  if (is_given("model")) saved.model = string_in(file, "", "model");
  if (is_given("title")) saved.title = string_in(file, "", "title");
  if (is_given("processes")) saved.processes = processes_in(file["processes"]);
  if (is_given("ending") && file["ending"].is_object() && file["ending"].contains("values"))
    saved.broken = values_in(file["ending"]["values"], "/ending/values");
  if (is_given("initial")) saved.initial = values_in(file["initial"], "/initial");

  const auto& steps = member(file, "", "steps");
  if (!steps.is_array()) refuse("/steps", fmt::format("is {}, not an array", steps.type_name()));
  if (steps.size() > steps_max)
    refuse("/steps", fmt::format("has {} steps, at most {} make sense", steps.size(), steps_max));
  for (std::size_t i = 0; i < steps.size(); ++i)
    saved.steps.push_back(step_in(steps[i], fmt::format("/steps/{}", i)));
  return saved;
}

std::string identity_text(const ir::Model& model) {
  return fmt::format("{:016x}", ir::identity(model));
}

std::optional<std::string>
difference(const ir::Model& model, const Trace& executed, const SavedTrace& saved) {
  if (saved.initial) {
    SavedValues is;
    const Json values = initial(model, executed.initial);
    for (const auto& [cell, value] : values.items())
      is[cell] = value.get<std::string>();
    if (const auto found = difference(is, *saved.initial)) return "in the initial state: " + *found;
  }
  for (std::size_t i = 0; i < saved.steps.size() && i < executed.steps.size(); ++i) {
    const SavedStep& said = saved.steps[i];
    const TraceStep& is = executed.steps[i];
    SavedValues seen;
    for (const Seen& one : is.seen)
      seen[name_of(model, one.cell)] = value_text(model, one.cell, one.value);
    SavedValues changes;
    for (const Change& c : is.changes)
      changes[name_of(model, c.cell)] =
          arrow(value_text(model, c.cell, c.before), value_text(model, c.cell, c.after));
    std::optional<std::string> found;
    if (said.seen) found = difference(seen, *said.seen);
    if (!found && said.changes) found = difference(changes, *said.changes);
    if (found) return fmt::format("step {}: {}", i + 1, *found);
  }
  return std::nullopt;
}

} // namespace stalemate::report
