#pragma once

#include "checker/ir/step.hpp"
#include "model/own/own.hpp"
#include "model/scenario/version.hpp"

#include <algorithm>
#include <any>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace stalemate::kernel {

struct Subsystem;

/// One process of a scenario: the path that it runs and the path's options.
struct ProcessSpec {
  std::string name; ///< Empty: made from the path, writer0.
  std::string path;
  std::map<std::string, int> options;        ///< By name; only those that the scenario gives.
  std::optional<ir::Fairness> fairness = {}; ///< What the scheduler owes it; absent: as usual.
  std::vector<std::string> like = {};        ///< PathEntry::like of its path.
  /// The path of the scenario's own that it runs; `path` is the one that this is like, or empty.
  std::string own = {};

  /// Does it run this path, or one like it?
  [[nodiscard]] bool runs(const std::string& which) const {
    return path == which || std::find(like.begin(), like.end(), which) != like.end();
  }
};

/// What a scenario says must come out. Counts that are absent are not compared.
struct Expectation {
  enum class Outcome : std::uint8_t {
    holds,
    violated,
    latent,
    deadlock,
    livelock,
    starvation,
    stuck,
    unreachable,
  };
  Outcome outcome = Outcome::holds;
  std::string property;                ///< Of all but holds and deadlock.
  std::string process;                 ///< Who waits for ever; empty: not compared.
  std::vector<std::string> cycle;      ///< Of deadlock: names of the processes, sorted.
  std::optional<std::uint64_t> length; ///< Steps of the shortest trace, without its loop.
  std::optional<std::uint64_t> loop;   ///< Steps of the loop behind it.
  std::optional<std::uint64_t> states;
  std::optional<std::uint64_t> transitions;
  std::optional<std::uint64_t> depth;
  std::optional<std::uint64_t> executions; ///< Of Relacy.
  std::vector<std::string> through;        ///< "function: phrase" that the trace passes, in order.
  std::vector<std::string> never_taken; ///< Steps that holding does not need, NeverTaken::text().
  bool stated = false; ///< False: the scenario asks what comes out, and expects nothing.
};

/// One variant of a scenario file: everything that it takes to build and judge a model.
struct Scenario {
  std::string id;
  std::string title;
  std::string source;
  std::string variant;                  ///< Empty in a file without variants.
  std::string notes;                    ///< About this variant, or about a file without variants.
  const Subsystem* subsystem = nullptr; ///< What it is about.
  std::any layout;                      ///< Its section, as the subsystem reads it.
  std::string layout_words;             ///< The same for people.
  std::map<std::string, int> kernel;    ///< The knobs that it sets, Knob says how.
  std::vector<ProcessSpec> processes;
  std::vector<std::string> properties; ///< Names; the scenario's order.
  own::Own own;                        ///< What it brings along.
  Expectation expect;
  /// The versions that have the race, by what commits and threads say; absent: nothing is said.
  std::optional<std::vector<Version>> affects;
};

/// Words that mean something in every expression, and so are no names of processes or variables.
[[nodiscard]] inline bool is_word_of_expressions(const std::string& name) {
  return name == "yes" || name == "no" || name == "true" || name == "false" || name == "self" ||
         name == "free";
}

/// A scenario that makes no sense to the model: an impossible layout, a process outside the file.
/// The reader of the file turns the pointer into line and column.
class ScenarioError : public std::runtime_error {
 public:
  ScenarioError(std::string pointer, const std::string& what, std::optional<int> column = {})
      : std::runtime_error(what), pointer_(std::move(pointer)), column_(column) {}

  /// JSON pointer (RFC 6901) into the scenario after its variant was merged: /file/blocks/0.
  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  /// The character of the text there that is wrong, from 0 on, if it is one.
  [[nodiscard]] std::optional<int> column() const { return column_; }

 private:
  std::string pointer_;
  std::optional<int> column_;
};

} // namespace stalemate::kernel
