// What the rest of the program sees of Relacy: plain C++, no header of it. Relacy defines about 130
// macros and replaces operator new, so it lives in a shared library that exports only this.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace stalemate::relacy {

/// How executions are chosen.
enum class Scheduler : std::uint8_t {
  bound,  ///< Every one with so many preemptive switches at most.
  full,   ///< Every one, without bound on switches.
  random, ///< So many, at random, always the same ones.
};

/// How far to go.
struct Bound {
  Scheduler scheduler = Scheduler::bound;
  int switches = 3;                          ///< Of bound.
  std::uint64_t executions_max = 20'000'000; ///< Of random: how many; else more is incomplete.
  /// Asked now and then; if true the rest is left, which is incomplete. May be empty.
  std::function<bool()> wants_end = {};
};

/// One operation of one thread, as it happened.
struct Event {
  int thread = 0;
  std::string function;
  std::string phrase; ///< What it does in the kernel's words.
  std::string object; ///< What it reads or writes; empty for a fence.
  int before = 0;     ///< The object's newest value when it happened.
  int after = 0;      ///< Its newest value then.
  int read = 0;       ///< What the thread read: not `before` if the load was stale.
  bool reads = false;
  bool is_lock = false;   ///< The values are 0 or 1 + the thread that holds it.
  std::string order = {}; ///< "acquire", "fully ordered"; empty for what has none of its own.
};

struct Outcome {
  enum class Kind : std::uint8_t {
    holds,      ///< Within the bound.
    violated,   ///< `claim` is broken by the last event.
    deadlock,   ///< The threads in `blocked` sleep for good.
    incomplete, ///< More executions than allowed.
    error,      ///< The protocol itself is wrong, or Relacy is not there.
  };
  Kind kind = Kind::holds;
  std::string claim;
  std::string text; ///< What is wrong, in words.
  std::uint64_t executions = 0;
  std::vector<Event> history; ///< Of the execution that breaks, else of the last one.
  std::vector<std::pair<int, std::string>> blocked; ///< Thread, what it waits for.
};

/// A word for a choice, with a line that explains it.
struct Named {
  std::string name;
  std::string text;
};

/// A lock-free protocol of the kernel, written in C++ atomics.
struct ProtocolEntry {
  std::string name;
  std::string text;
  std::vector<std::string> threads;
  std::vector<Named> variants;
};

/// Every protocol, in the order in which they are listed.
[[nodiscard]] const std::vector<ProtocolEntry>& protocols();

/// Runs a variant of a protocol, by their numbers.
[[nodiscard]] Outcome run_protocol(int protocol, int variant, const Bound& bound);

/// Something with threads that take indivisible steps, and no memory model of its own.
class Machine {
 public:
  virtual ~Machine() = default;
  [[nodiscard]] virtual int threads() const = 0;
  virtual void reset() = 0;
  /// The ways that the thread can take now; 0 if it has to wait.
  [[nodiscard]] virtual int ways(int thread) = 0;
  /// Has it ended, or may it rest?
  [[nodiscard]] virtual bool is_at_rest(int thread) = 0;
  /// Takes one of the ways; false if that broke something, which ends the execution.
  [[nodiscard]] virtual bool take(int thread, int way) = 0;
};

/// The most threads that a machine can have.
inline constexpr int machine_threads_max = 8;

/// Runs a machine with one thread of Relacy for each of its own. An execution is cut off after
/// `steps_max` steps.
[[nodiscard]] Outcome run_machine(Machine& machine, const Bound& bound, int steps_max);

/// Was the program built with Relacy?
[[nodiscard]] bool is_there();

} // namespace stalemate::relacy
