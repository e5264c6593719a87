#include "reproduce/conform/observe.hpp"

#include "checker/ir/sort.hpp"
#include "checker/ir/step_id.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace stalemate::reproduce {

namespace {

constexpr auto interrupt_role = "-";
constexpr auto anyone = "anyone";

/// Processes of the model that are one worker of the kernel have its role.
std::string role_of(const ir::Process& process, const KernelMap& map) {
  const auto worker = std::ranges::find(map.workers, process.path, &Worker::path);
  return worker == map.workers.end() ? process.name : worker->path;
}

std::string id_of(const ir::Model& model, const ir::Step& step) {
  return ir::step_id(model.functions[static_cast<std::size_t>(step.function)].name, step.phrase);
}

/// The program says so itself: no call.
bool is_mark(const std::string& function) {
  return function == "begin" || function == "end";
}

/// A step of the model that a call of one of its functions stands for.
struct Seen {
  Sighting sighting;
  std::vector<std::string> notes = {}; ///< By meaning the note that its ways have; "*" is any.
  int index = 0;                       ///< Of Observation::calls.
};

class Watching {
 public:
  Watching(const Log& log, const ir::Model& model, const Sightings& sightings, const KernelMap& map)
      : log_(log), model_(model), sightings_(sightings), map_(map),
        watched_(log.watched.begin(), log.watched.end()) {}

  Observed observed() {
    for (std::size_t p = 0; p < model_.processes.size(); ++p)
      add_process(static_cast<int>(p));
    for (std::size_t i = 0; i < log_.arrivals.size(); ++i)
      add_arrival(static_cast<int>(i));
    observed_.missing = missing();
    return std::move(observed_);
  }

 private:
  void add_process(int p) {
    const ir::Process& process = model_.processes[static_cast<std::size_t>(p)];
    const std::string role = role_of(process, map_);
    roles_.insert(role);
    for (int s = 0; s < process.finished(); ++s) {
      const ir::Step& step = process.steps[static_cast<std::size_t>(s)];
      for (std::size_t a = 0; a < step.alternatives.size(); ++a)
        add_way(role, {p, s, static_cast<int>(a)}, id_of(model_, step), step.alternatives[a].note);
    }
  }

  void add_way(const std::string& role,
               const observe::Way& way,
               const std::string& id,
               const std::string& note) {
    const auto found = sighting_of(sightings_, map_, id, note);
    if (!found || found->sighting.functions.empty()) return;
    // What this kernel has no gate for was not to be seen.
    for (const std::string& function : found->sighting.functions)
      if (!watched_.contains(function)) return;
    Seen& kind = kind_of(found->sighting.is_of_anyone ? anyone : role, *found);
    auto& meanings = observed_.observation.calls[static_cast<std::size_t>(kind.index)].meanings;
    for (std::size_t m = 0; m < kind.notes.size(); ++m)
      if (kind.notes[m] == "*" || kind.notes[m] == ir::without_numbers(note))
        meanings[m].push_back(way);
  }

  Seen& kind_of(const std::string& role, const Found& found) {
    const auto [at, is_new] = kinds_.try_emplace({role, found.key}, Seen{found.sighting});
    if (!is_new) return at->second;
    Seen& kind = at->second;
    kind.index = static_cast<int>(observed_.observation.calls.size());
    for (const auto& [value, note] : found.sighting.returns)
      if (std::ranges::find(kind.notes, note) == kind.notes.end()) kind.notes.push_back(note);
    if (found.sighting.returns.empty()) kind.notes = {"*"};
    observe::CallKind call;
    call.name = fmt::format("{} {}", role, found.key);
    call.times = found.sighting.times;
    call.meanings.resize(kind.notes.size());
    observed_.observation.calls.push_back(std::move(call));
    const auto& returns = found.sighting.returns;
    for (const std::string& function : found.sighting.functions) {
      if (found.sighting.times != observe::Times::maybe) observed_.demanded.insert(function);
      if (!returns.empty())
        observed_.values[function] = {returns.begin()->first,
                                      returns.size() > 1 ? returns.rbegin()->first
                                                         : 1 - returns.begin()->first};
    }
    for (const std::string& function : found.sighting.functions)
      by_call_[{role, function}].push_back(&kind);
    return kind;
  }

  /// The exit that belongs to the entry; null if the log ends before.
  [[nodiscard]] const Arrival* exit_of(std::size_t entry) const {
    const Arrival& begin = log_.arrivals[entry];
    int depth = 0;
    for (std::size_t i = entry; i < log_.arrivals.size(); ++i) {
      const Arrival& at = log_.arrivals[i];
      if (!at.is_of_call(begin)) continue;
      depth += at.is_exit ? -1 : 1;
      if (depth == 0) return &at;
    }
    return nullptr;
  }

  /// Which meaning a call has that returned this; nothing if it stands for nothing.
  static std::optional<int> meaning_of(const Seen& kind, const Arrival* exit) {
    if (kind.sighting.returns.empty()) return 0;
    if (exit == nullptr) return std::nullopt;
    const auto found = kind.sighting.returns.find(kind.sighting.value_of(exit->value));
    if (found == kind.sighting.returns.end()) return std::nullopt;
    return static_cast<int>(std::ranges::find(kind.notes, found->second) - kind.notes.begin());
  }

  /// A call on another file, or the end of one.
  bool is_elsewhere(const Arrival& arrival) {
    int& depth = elsewhere_[{arrival.role, arrival.command, arrival.function}];
    if (depth == 0 && (arrival.is_exit || arrival.file == 0 || log_.contents.empty() ||
                       arrival.file == log_.contents.front().file))
      return false;
    depth += arrival.is_exit ? -1 : 1;
    return true;
  }

  void add_arrival(int number) {
    const Arrival& arrival = log_.arrivals[static_cast<std::size_t>(number)];
    if (is_elsewhere(arrival)) return;
    observe::Event event{arrival.text()};
    add_to(event, arrival.role, number);
    add_to(event, anyone, number);
    if (event.begins.empty() && event.ends.empty()) return;
    observed_.observation.events.push_back(std::move(event));
    observed_.arrivals.push_back(number);
  }

  /// Calls that begin or end for this role with the arrival. Of those that go on at the same time,
  /// one within another or of several tasks, only the first entry and the last exit count.
  void add_to(observe::Event& event, const std::string& role, int number) {
    const Arrival& arrival = log_.arrivals[static_cast<std::size_t>(number)];
    if (is_mark(arrival.function)) return;
    int& depth = depth_[{role, arrival.function}];
    depth += arrival.is_exit ? -1 : 1;
    if (depth < 0 && role == arrival.role && left_early_.empty())
      left_early_ = fmt::format("line {}: {} leaves {}, which it was not seen to enter",
                                arrival.line,
                                arrival.role,
                                arrival.function);
    if (depth < 0) depth = 0;
    if (depth != (arrival.is_exit ? 0 : 1)) return;
    for (Seen* kind : by_call_[{role, arrival.function}]) {
      int& going_on = going_on_[kind->index];
      if (arrival.is_exit) {
        // Of several functions that stand for one step the outermost call counts.
        if (going_on > 0 && --going_on == 0) event.ends.push_back(kind->index);
        continue;
      }
      const auto meaning = meaning_of(*kind, exit_of(static_cast<std::size_t>(number)));
      if (going_on == 0 && !meaning) continue;
      if (going_on++ == 0) event.begins.push_back({kind->index, *meaning});
    }
  }

  /// Signs that something happened which nobody saw.
  [[nodiscard]] std::string missing() const {
    if (!left_early_.empty()) return left_early_;
    int submitted = 0;
    int completed = 0;
    for (const Arrival& arrival : log_.arrivals) {
      if (arrival.is_exit) continue;
      if (arrival.role != interrupt_role && !roles_.contains(arrival.role))
        return fmt::format("line {}: {} is no process of the scenario, and enters {}",
                           arrival.line,
                           arrival.role,
                           arrival.function);
      submitted += arrival.function == "iomap_submit_ioend" ? 1 : 0;
      completed += arrival.function == "iomap_finish_ioend" ? 1 : 0;
      if (completed > submitted)
        return fmt::format("line {}: writeback ends that nobody was seen to begin", arrival.line);
    }
    return "";
  }

  const Log& log_;
  const ir::Model& model_;
  const Sightings& sightings_;
  const KernelMap& map_;
  std::set<std::string> watched_;
  std::set<std::string> roles_;
  std::map<std::pair<std::string, std::string>, Seen> kinds_; ///< By role and key.
  std::map<std::pair<std::string, std::string>, std::vector<Seen*>> by_call_;
  std::map<std::pair<std::string, std::string>, int> depth_; ///< By role and function.
  std::map<std::array<std::string, 3>, int> elsewhere_;      ///< By role, command and function.
  std::map<int, int> going_on_;                              ///< By kind of call.
  std::string left_early_;
  Observed observed_;
};

} // namespace

Observed
observe(const Log& log, const ir::Model& model, const Sightings& sightings, const KernelMap& map) {
  return Watching(log, model, sightings, map).observed();
}

} // namespace stalemate::reproduce
