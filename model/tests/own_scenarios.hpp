// Scenarios that bring along everything: two tasks that count, on a kernel that does nothing else.
#pragma once

#include "checker/search/reach.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"

#include <fmt/format.h>

#include <string>

namespace stalemate::kernel {

/// Reads and writes in two steps, so that one count can be lost.
inline const std::string counting_steps = R"([
  {"function": "inc", "phrase": "read", "ways": [{"then": "seen = x"}]},
  {"function": "inc", "phrase": "write", "ways": [{"then": "x = seen + 1"}]}])";

/// The same under a lock.
inline const std::string locked_steps = R"([
  {"function": "inc", "phrase": "lock", "ways": [{"take": "mutex"}]},
  {"function": "inc", "phrase": "read", "ways": [{"then": "seen = x"}]},
  {"function": "inc", "phrase": "write", "ways": [{"then": "x = seen + 1"}]},
  {"function": "inc", "phrase": "unlock", "ways": [{"release": "mutex"}]}])";

/// Two processes run the steps. `more` are further members: claims, patch, expect.
inline std::string counting(const std::string& steps, const std::string& more) {
  return fmt::format(R"({{
  "id": "O1",
  "title": "Two tasks count",
  "file": {{"blocks": ["hole"]}},
  "state": {{
    "x": {{"range": [0, 2]}},
    "mutex": "lock",
    "sem": "shared_lock",
    "row.lock": {{"kind": "lock", "count": 2}},
    "row.state": {{"values": ["old", "new"], "count": 2, "initial": "new"}},
    "hot": "flag",
    "seen_by_claims": {{"range": [0, 3], "ghost": true}}
  }},
  "paths": {{"counter": {{"state": {{"seen": {{"range": [0, 2]}}}}, "steps": {}}}}},
  "processes": [{{"path": "counter"}}, {{"path": "counter"}}]{}{}
}})",
                     steps,
                     more.empty() ? "" : ",\n  ",
                     more);
}

/// Every kind of edit and of claim, on the locked steps.
inline const std::string everything = R"json("patch": [
  {"merge": ["inc: read", "inc: write"], "in": "counter1"},
  {"split": "inc: read", "in": "counter1"},
  {"hold": "sem", "shared": true, "from": "inc: read", "to": "inc: write", "in": "counter0"},
  {"move": "inc: unlock", "before": "inc: write"},
  {"insert": {"function": "inc", "phrase": "look", "ways": [
     {"when": "x == 0 && row[1].state == new", "note": "first", "then": ["hot = yes", "x = x"]},
     {"otherwise": true, "wait": {"until": "!hot || x > 0", "for": "the first"},
      "go": "inc: unlock"}]}, "after": "inc: lock"},
  {"change": "inc: look / first", "when": "all(i, row, row[i].state != old)", "then": ["hot = no"]},
  {"never": "inc: look / first", "in": "counter0"},
  {"always": "inc: look / first", "in": "counter1"},
  {"unlock": "row[0].lock"},
  {"drop": "inc: lock"}],
"claims": {
  "counts": {"always": "done(counter0) && done(counter1) => x == 2", "text": "none is lost"},
  "alone": {"at": "inc: write", "holds": "holder(mutex) == self || held(sem)", "in": "counter"},
  "seen": {"reach": "at(counter0, \"inc: write\") && counter1.seen + 1 < 2"},
  "ends": {"from": "x == 1", "leads_to": "done(counter0) || count(i, 0..1, row[i].lock != free) == 1"},
  "starts": {"eventually": "x > 0 ? hot : !hot"}},
"properties": ["counts", "alone", "seen", "ends", "starts", "no_deadlock"],
"expect": {"violated": "counts", "length": 4, "through": ["inc: read"]})json";

/// Every word of a way.
inline const std::string many_steps = R"json([
  {"function": "inc", "phrase": "lock", "ways": [{"take": "mutex"}]},
  {"label": "again", "function": "inc", "phrase": "read", "idle": true, "fairness": "weak", "ways": [
     {"when": "x < 2", "take": ["row[0].lock", "row[1].lock"],
      "then": ["seen = x", "row[min(seen, 1)].state = old"],
      "check": {"holds": "x >= 0", "text": "it is a count"},
      "release": ["row[x == 0 ? 1 : 1].lock", "row[0].lock"]},
     {"otherwise": true, "retry": true, "go": "again"}]},
  {"function": "inc", "phrase": "write", "ways": [
     {"take_shared": "sem", "then": "x = min(seen + 1, 2)", "release_shared": "sem"}]},
  {"function": "inc", "phrase": "unlock", "ways": [
     {"when": "hot", "release": "mutex", "ret": true},
     {"when": "!hot", "release": "mutex", "end": true}]}])json";

/// A path that differs from one of the model.
inline const std::string like_another = R"json({
  "id": "O2", "title": "A write that looks too early",
  "file": {"blocks": ["unwritten"], "cached": [{"folio": 0, "dirty": true, "data": ["zero", "old"]}]},
  "state": {"early": "flag"},
  "paths": {"early_write": {"like": "buffered_write", "process": "early", "patch": [
    {"move": "iomap_write_begin: is the cached iomap still valid?",
     "before": "iomap_write_begin: get and lock the folio"},
    {"insert": {"function": "iomap_write_begin", "phrase": "say so", "ways": [{"then": "early = yes"}]},
     "before": "iomap_write_begin: get and lock the folio"}]}},
  "processes": [{"path": "early_write"}, {"path": "writeback"}, {"path": "reclaim"}],
  "patch": [{"hold": "inode.invalidate_lock", "shared": true,
             "from": "iomap_write_begin: get and lock the folio",
             "to": "iomap_write_begin: get and lock the folio", "in": "early0"}],
  "claims": {"said": {"reach": "early && folio[0].dirty"}},
  "properties": ["no_lost_write", "said"]})json";

inline const std::string counts_both =
    R"json("counts": {"always": "done(counter0) && done(counter1) => x == 2"})json";

inline ir::Model model_of(const std::string& text) {
  const ScenarioFile file("f.json", text);
  const Scenario& scenario = file.scenarios().front();
  try {
    return build_model(scenario);
  } catch (const ScenarioError& error) {
    throw file.located(scenario, error);
  }
}

/// "holds", "violated: counts", "deadlock"; or why there is no model.
inline std::string verdict(const std::string& text, const Reductions& reductions = {}) {
  try {
    const ir::Model model = model_of(text);
    Observer nobody;
    const Result result = explore_and_reach(model, reductions, Limits(), nobody);
    if (!names_property(result.verdict)) return word(result.verdict);
    return word(result.verdict) + ": " +
           model.properties[static_cast<std::size_t>(result.property)].name;
  } catch (const InputError& error) {
    return error.what();
  }
}

inline std::string claiming(const std::string& claims) {
  return "\"claims\": {" + claims + "}";
}

inline std::string counted(const std::string& claims, const std::string& patch = "") {
  return counting(counting_steps,
                  claiming(claims) + (patch.empty() ? "" : ", \"patch\": [" + patch + "]"));
}

/// One process runs the steps once.
inline std::string alone(const std::string& steps, const std::string& more) {
  std::string text = counting("[" + steps + "]", more);
  const std::string two = R"json([{"path": "counter"}, {"path": "counter"}])json";
  return text.replace(text.find(two), two.size(), R"json([{"path": "counter"}])json");
}

/// A step of function f with these ways.
inline std::string step(const std::string& phrase, const std::string& ways) {
  return fmt::format(R"json({{"function": "f", "phrase": "{}", "ways": [{}]}})json", phrase, ways);
}

} // namespace stalemate::kernel
