// A protocol as the search reads it: each thread a machine of steps over shared objects, under
// sequential consistency. It is recorded from the source that Relacy executes.
#pragma once

#include <string>
#include <vector>

namespace stalemate::recording {

/// What threads share.
struct Object {
  enum class Kind { number, boolean, lock };
  std::string name;
  Kind kind = Kind::number;
  int initial = 0;
  int highest = 1; ///< Of its values, from 0 on. Of a lock: the number of threads.
};

/// An object with a value: a condition.
struct Seen {
  int object = 0;
  int value = 0;
  friend auto operator<=>(const Seen&, const Seen&) = default;
};
using Conditions = std::vector<Seen>; ///< All of them.

/// What a step does to an object.
struct Change {
  enum class Kind { set, add, set_bit, clear_bit, take };
  int object = 0;
  Kind kind = Kind::set;
  int value = 0; ///< The value, what is added, the bit. Nothing for a lock.
  friend auto operator<=>(const Change&, const Change&) = default;
};

/// What must be true, and where it is not.
struct Claim {
  std::vector<Conditions> broken_if; ///< One of them.
  std::string name;
  std::string text;
  friend auto operator<=>(const Claim&, const Claim&) = default;
};

inline constexpr int ends = -1; ///< Way::next of a thread's last step.

/// One way through a step.
struct Way {
  std::vector<Conditions> when; ///< One of them; an empty one is always true.
  std::vector<Claim> claims;    ///< Before the changes.
  std::vector<Change> changes;
  int next = ends;
};

struct Step {
  std::string function;
  std::string phrase;
  Conditions waits_until;
  std::string waits_for; ///< In words; empty: for what `waits_until` says.
  std::vector<Way> ways;
};

struct Protocol {
  std::vector<Object> objects;
  std::vector<std::vector<Step>> threads;
  std::vector<Step> after; ///< Runs when all threads have ended; may be empty.
};

/// Records a variant of a protocol, both as protocols() numbers them.
[[nodiscard]] Protocol record(int protocol, int variant);

} // namespace stalemate::recording
