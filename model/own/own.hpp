// What a scenario brings along: variables, paths, claims, and edits of the kernel's paths. As read;
// expressions are texts until there is a model that they can be about.
#pragma once

#include "checker/ir/step.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::kernel::own {

/// A text of the scenario and its JSON pointer there, for messages about what it says.
struct Text {
  std::string text;
  std::string pointer;
};

/// A variable that the model does not have.
struct Variable {
  enum class Kind : std::uint8_t { number, flag, named, lock, shared_lock };
  std::string name;
  std::string pointer;
  Kind kind = Kind::flag;
  int low = 0;                          ///< Of a number, included.
  int high = 1;                         ///< Of a number, included.
  std::vector<std::string> values = {}; ///< Of named.
  std::optional<int> count = {};        ///< Cells of an array.
  std::optional<Text> initial = {};     ///< Of every cell: a number, a value, yes or no.
  bool ghost = false;                   ///< For claims only; no step may depend on it.
};

struct Wait {
  Text until;
  std::string what = {};          ///< In words.
  std::optional<Text> place = {}; ///< What is waited for, if it has a name.
  std::vector<Text> holders = {}; ///< Who may end the wait: 0, or 1 + the process.
  bool acquires = false;
};

struct Check {
  std::optional<Text> claim = {}; ///< The property; absent: the model itself is wrong.
  Text holds;
  std::string text = {};
};

/// A lock in a way, in words: "inode.i_rwsem".
struct LockUse {
  Text lock;
  bool shared = false;
};

/// One way through a step, in the words of the C++ notation.
struct Way {
  std::string pointer;
  std::string note = {};
  std::optional<Text> when = {};
  bool otherwise = false;
  std::vector<LockUse> take = {};
  std::vector<Wait> wait = {};
  std::vector<Check> check = {};
  std::vector<Text> then = {};
  std::vector<LockUse> release = {};
  bool retry = false;
  std::optional<Text> go = {}; ///< A label, or the name of a step.
  bool ret = false;            ///< Leaves the function.
  bool end = false;            ///< Ends the process.
};

struct Step {
  std::string pointer;
  std::string label = {};
  std::string function;
  std::string phrase;
  std::string file = {};
  bool idle = false;
  std::optional<ir::Fairness> fairness = {};
  std::vector<Way> ways;
};

/// One edit, checked for its shape only.
struct Edit {
  enum class Kind : std::uint8_t {
    drop,
    move,
    always,
    never,
    unlock,
    hold,
    split,
    merge,
    insert,
    change
  };
  Kind kind = Kind::drop;
  std::string pointer;
  Text what;           ///< The step, way or lock; of merge the first step.
  std::string in = {}; ///< A path or a process; empty for all.
  std::string in_pointer = {};
  std::optional<Text> before = {};
  std::optional<Text> after = {}; ///< A step; of split an effect.
  std::optional<Text> from = {};
  std::optional<Text> to = {}; ///< Of hold and merge the last step.
  bool shared = false;
  std::optional<Step> step = {}; ///< Of insert.
  std::optional<Text> when = {};
  std::optional<std::vector<Text>> then = {};
  std::optional<Text> go = {};
};

/// A path of the scenario's own.
struct Path {
  std::string name;
  std::string pointer;
  std::string process = {}; ///< How its processes are called; empty: like the path that it is like.
  std::string like = {};    ///< The path of the model that it differs from; empty: it has steps.
  bool is_daemon = false;
  std::vector<Variable> state = {}; ///< Of each process that runs it.
  std::vector<Step> steps = {};
  std::vector<Edit> patch = {};
};

struct Claim {
  enum class Kind : std::uint8_t { always, at, reach, leads_to, eventually };
  Kind kind = Kind::always;
  std::string name;
  std::string pointer;
  std::string text = {}; ///< In words; empty: the expression says it.
  Text condition;        ///< What is true always, there, once, or at some time.
  Text where = {};       ///< Of at: the step. Of leads_to: from when.
  std::string in = {};   ///< Of at: a path or a process.
};

/// All of it, in the order of the file.
struct Own {
  std::vector<Variable> state = {};
  std::vector<Path> paths = {};
  std::vector<Edit> patch = {};
  std::vector<Claim> claims = {};

  [[nodiscard]] bool empty() const {
    return state.empty() && paths.empty() && patch.empty() && claims.empty();
  }
};

} // namespace stalemate::kernel::own
