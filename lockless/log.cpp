#include "lockless/log.hpp"

namespace stalemate::relacy {

Log the_log;

void Log::reset() {
  count = 0;
  claim = nullptr;
  text = nullptr;
  for (int t = 0; t < threads_max; ++t) {
    function[t] = "";
    waits_for[t] = nullptr;
  }
}

void Log::add(const LogEntry& entry) {
  if (count < entries_max) entries[count++] = entry;
}

} // namespace stalemate::relacy
