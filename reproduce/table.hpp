// What became of several counterexamples on a kernel, as a table for docs/reproduce.md.
#pragma once

#include "reproduce/kernel_map.hpp"
#include "reproduce/verdict.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace stalemate::reproduce {

struct Row {
  std::string name;
  std::string claim;   ///< Empty: all of them hold.
  std::string refused; ///< Why it was not run; empty: it was.
  Report report;
};

void write_table(const std::vector<Row>& rows, const KernelMap& map, std::ostream& out);

} // namespace stalemate::reproduce
