// What happened in the running execution, in fixed memory: allocating inside an execution would add
// choices to the search. An execution that breaks is the last one, so that its log is the history.
#pragma once

#include "lockless/interface.hpp"

namespace stalemate::relacy {

inline constexpr int threads_max = machine_threads_max;

struct LogEntry {
  int thread;
  const char* function;
  const char* phrase;
  const char* object;
  int before;
  int after;
  int read;
  bool reads;
  bool is_lock;
  const char* order; ///< "acquire"; empty for what has none of its own.
};

struct Log {
  static constexpr int entries_max = 400;
  LogEntry entries[entries_max];
  int count;
  const char* function[threads_max];
  const char* waits_for[threads_max]; ///< Null: it does not sleep.
  const char* claim;                  ///< Null: nothing is broken.
  const char* text;

  void reset();
  void add(const LogEntry& entry);
};

extern Log the_log;

} // namespace stalemate::relacy
