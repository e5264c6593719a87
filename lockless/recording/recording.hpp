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
  int highest = 1;         ///< Of its values, from 0 on. Of a lock: the number of threads.
  std::string memory = {}; ///< The plain memory that it watches; empty: it is no watch.
  int content = 0;         ///< Of that memory, initially.
};

/// What a thread asks of memory, as the kernel's own primitives say it: one statement. The search
/// needs none of it; a litmus test consists of these.
struct Access {
  enum class Kind {
    load,
    store,
    add,
    set_bits,
    clear_bits,
    exchange,
    compare_exchange, ///< From `expected` to `value`.
    plain_read,
    plain_write,
    take, ///< A lock.
    drop,
    full_barrier,
    write_barrier,
    read_barrier,
    control_barrier, ///< smp_acquire__after_ctrl_dep()
    look,            ///< Of a claim, which sees the newest value; the thread does not read it.
    sleep,           ///< Goes on when the object has the value.
    spin,            ///< Looks again until the object has the value.
    breaks,          ///< A claim, which `function` names.
    stays_asleep,    ///< Unless the object comes to have the value.
  };
  enum class Order { relaxed, acquire, release, acq_rel, seq_cst, full };
  Kind kind = Kind::load;
  int object = -1;
  int value = 0;
  Order order = Order::relaxed;
  int expected = 0;
  int result = -1; ///< What it read, of a kind that reads.
  std::string function = {};
  std::string phrase = {};
  friend bool operator==(const Access&, const Access&) = default;
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
