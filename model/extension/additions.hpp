#pragma once

#include <stdexcept>
#include <utility>
#include <vector>

namespace stalemate::kernel {

/// What extensions add to the table whose entries are of this type. Once the table was looked at it
/// is closed, since scenarios point into it.
template <typename Entry>
struct Additions {
  std::vector<Entry> entries;
  bool is_closed = false;

  void add(Entry entry) {
    if (is_closed) throw std::logic_error("extensions come before scenarios");
    entries.push_back(std::move(entry));
  }
};

/// There is one for every table.
template <typename Entry>
[[nodiscard]] Additions<Entry>& additions() {
  static Additions<Entry> all;
  return all;
}

/// A table: the project's own entries, then those that extensions added.
template <typename Entry>
[[nodiscard]] std::vector<Entry> with_additions(std::vector<Entry> entries) {
  Additions<Entry>& added = additions<Entry>();
  added.is_closed = true;
  entries.insert(entries.end(), added.entries.begin(), added.entries.end());
  return entries;
}

} // namespace stalemate::kernel
