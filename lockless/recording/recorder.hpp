// Runs one thread of a protocol alone, with what it sees given in advance. The operations do
// nothing but note what they would do; where a value is needed that is not given, the run is over,
// and is begun anew once for each value that is possible.
#pragma once

#include "lockless/recording/recording.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace stalemate::recording {

/// A step as one run takes it: an operation, with what the thread does then until the next one.
struct Taken {
  std::string function;
  std::string phrase;
  Conditions waits_until;
  std::string waits_for;
  Conditions seen;
  std::vector<Change> changes;
  std::string broken; ///< The claim that does not hold here; empty: none.
  std::string text;
  bool is_impossible = false; ///< An object would leave its range.
};

/// A run from the first step to the last, to a claim that breaks, or back to the head of a loop.
struct Run {
  std::vector<Taken> steps;
  std::vector<Access> accesses; ///< Of all steps, and the barriers between them.
  int back_to = -1;             ///< Number of the step at the head of the loop, or -1.
};

class Recorder {
 public:
  // Of operations.
  int declare(const Object& object);
  void in(const char* function) { function_ = function; }
  /// An operation: what follows belongs to it, up to the next.
  void begin(const char* phrase);
  /// The operation waits until the object has the value.
  void wait_until(int object, int value, const char* waits_for);
  /// The value of the object now.
  int see(int object);
  void change(int object, Change::Kind kind, int value);
  /// What the operation, or a barrier, is in the kernel's words.
  void access(Access access);
  /// The value of the object now, which is what the last access reads.
  int read(int object);
  /// The same for a claim.
  int look(int object);
  [[noreturn]] void breaks(const char* claim, const char* text);
  void new_round();

  // Of whoever runs protocols.
  void start(std::vector<int> script);
  [[nodiscard]] Run finish() { return std::move(run_); }
  [[nodiscard]] const std::vector<Object>& objects() const { return objects_; }

 private:
  std::vector<Object> objects_;
  std::vector<int> script_; ///< The values that the run sees, in order.
  std::size_t seen_ = 0;    ///< How many it has seen.
  std::map<int, int> now_;  ///< What is known of objects within the step.
  std::string function_;
  Run run_;
  int round_ = -1; ///< The step at the head of the loop.
};

/// The run needs a value of the object that the script does not give.
struct NeedsValue {
  int highest = 0;
};

/// The run has come to its end early.
struct EndOfRun {};

/// Of each thread, since models are built beside each other.
extern thread_local Recorder the_recorder;

} // namespace stalemate::recording
