// Where the steps of the model are in a running kernel: kernel_map/*.json. By the id of a step,
// also with the note of one alternative behind it ("id / note"), one of
//
//   {"enter": F}   it begins when F is entered, so that a task held there has not taken it
//   {"exit": F}    it is over when F returns; a task held there has taken it
//   {"inside": F}  somewhere in a call of F that other steps share: no place of its own
//   {"seen": F}    as with "enter", but in an interrupt: recorded, never held
//   {"none": WHY}  this kernel has nothing for it
//
// where F may be "end", which is where the program has done what it is there for,
// each with "why" where that is not plain. "after": ID says that it is there only if the process
// has taken that step before; "holds": ID that the process which sent it is held at that step
// instead, so that this one happens late; "returns": {"0": NOTE} which return value is which
// alternative. "workers" are functions by which a kernel worker is known, "checks" those whose
// return value says that the kernel noticed the race, "watched" what is logged besides. A file that
// is "like" another one has what is different, and whole lists of the last three.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::reproduce {

/// What stands for a step.
struct Place {
  enum class Kind { enter, exit, inside, seen, none };
  Kind kind = Kind::none;
  std::string function = {}; ///< Empty if there is none.
  std::string why = {};
  std::string after = {};
  std::string holds = {};
  std::map<std::string, std::string> returns = {};
};

/// A kworker that enters the function is a process of this path.
struct Worker {
  std::string function;
  std::string path;
};

/// The function's way to say that it noticed.
struct Check {
  std::string function;
  long fired = 0; ///< What it returns then.
  int bits = 64;  ///< How many of the register are the value: 8 of a bool.
  std::string text;
  /// Where no gate knows what is returned: what its caller enters next if it did not fire.
  std::string next = {};

  /// Is that what a function that returned this register says?
  [[nodiscard]] bool has_fired(unsigned long long returned) const;
};

struct KernelMap {
  std::string version; ///< "v6.1", as `list kernels` calls it.
  std::map<std::string, Place> steps;
  std::vector<Worker> workers;
  std::vector<Check> checks;
  std::vector<std::string> watched;

  /// That of the alternative, else that of its step; null if the map does not know it. `note` may
  /// have numbers.
  [[nodiscard]] const Place* place_of(const std::string& id, const std::string& note) const;
  /// All that it names.
  [[nodiscard]] std::set<std::string> functions() const;
};

/// Reads the map of this name for one that is like it.
using OtherMap = std::function<KernelMap(const std::string& name)>;

/// Throws Refusal with the place in `name`.
[[nodiscard]] KernelMap
read_kernel_map(const std::string& name, std::string_view text, const OtherMap& other_map);

} // namespace stalemate::reproduce
