// A thread of a protocol as a program: statements, and decisions by what they read. Made of all its
// runs: a decision stands where what is done next depends on it, not before, and what is done
// whatever was read is behind it. A memory model would take it for dependent otherwise, which the
// source does not make it.
#pragma once

#include "lockless/recording/recording.hpp"

#include <vector>

namespace stalemate::litmus {

struct Branch;

/// An access, or a decision.
struct Statement {
  recording::Access access;          ///< Without its result.
  int reads = -1;                    ///< The register to which it reads, or -1.
  int decides_by = -1;               ///< The register by which it decides; -1: it is an access.
  std::vector<Branch> branches = {}; ///< Of a decision.
  friend bool operator==(const Statement&, const Statement&);
};
using Block = std::vector<Statement>;

/// What is done for some of the values that a register can have.
struct Branch {
  std::vector<int> results; ///< Ascending.
  Block body = {};
  friend bool operator==(const Branch&, const Branch&) = default;
};

/// A loop is followed until it comes back to its head. Claims about data races are left out: those
/// are for the memory model to find.
struct Program {
  std::vector<recording::Object> objects;
  std::vector<Block> threads;
  Block after; ///< What is claimed when all threads have ended.
};

/// Of a variant of a protocol, both as protocols() numbers them.
[[nodiscard]] Program program_of(int protocol, int variant);

} // namespace stalemate::litmus
