#pragma once

#include <string>
#include <vector>

namespace stalemate::ir {

/// Things of one kind that may be interchangeable, such as the folios of a file: a scalarset, after
/// Ip and Dill. A model says with it where to look for a symmetry; nothing believes it unproved.
struct Scalarset {
  std::string name;
  /// By member the processes that belong to it, and change places when the members do.
  std::vector<std::vector<int>> processes;

  [[nodiscard]] int size() const { return static_cast<int>(processes.size()); }
};

/// The scalarset of all processes, in every model.
inline constexpr int all_processes = 0;

/// That numbers stand for members of a scalarset: first + each * k + i is the i-th thing of member
/// k. The segments of folios, for example, where each folio has as many.
struct Naming {
  int scalarset = all_processes;
  int first = 0; ///< Numbers below it name nothing, nor do those behind the last member.
  int each = 1;

  friend bool operator==(const Naming&, const Naming&) = default;
};

} // namespace stalemate::ir
