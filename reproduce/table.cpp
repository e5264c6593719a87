#include "reproduce/table.hpp"

#include <fmt/format.h>

#include <ostream>

namespace stalemate::reproduce {

namespace {

/// Without what a table means something by.
std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
    text.insert(at, 1, '\\');
  return text;
}

std::string answer_cell(const Report& report) {
  return report.is_complete ? headline(report) : "incomplete";
}

} // namespace

void write_table(const std::vector<Row>& rows, const KernelMap& map, std::ostream& out) {
  out << "| | claim | answer | what was seen |\n|---|---|---|---|\n";
  for (const Row& row : rows)
    if (row.refused.empty())
      out << fmt::format("| {} | {} | {} | {} |\n",
                         row.name,
                         row.claim.empty() ? "all hold" : row.claim,
                         answer_cell(row.report),
                         cell(why(row.report, map)));
  out << "\n| not run | why |\n|---|---|\n";
  for (const Row& row : rows)
    if (!row.refused.empty()) out << fmt::format("| {} | {} |\n", row.name, cell(row.refused));
}

} // namespace stalemate::reproduce
