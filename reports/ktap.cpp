#include "reports/ktap.hpp"

#include "reports/words.hpp"

#include <algorithm>
#include <ostream>

namespace stalemate::report {

namespace {

/// Where a name ends and a directive begins is known by the #.
std::string ktap_name(std::string name) {
  std::ranges::replace(name, '#', '_');
  return printable(name.empty() ? "scenario" : name);
}

std::string directive(const CheckRow& row) {
  if (row.is_skipped) return " # SKIP " + printable(row.not_run);
  switch (row.judgement()) {
  case Judgement::not_run:
  case Judgement::incomplete:
  case Judgement::mistake:
    return " # ERROR";
  default:
    return "";
  }
}

void write_ktap_row(const CheckRow& row, std::size_t number, std::ostream& out) {
  if (!row.ok && !row.is_skipped)
    for (const std::string& line : row.explanation())
      out << "  # " << printable(line) << '\n';
  out << (row.ok || row.is_skipped ? "  ok " : "  not ok ") << number << ' '
      << ktap_name(row.variant) << directive(row) << '\n';
}

} // namespace

void write_ktap(const std::vector<CheckRow>& rows, std::ostream& out) {
  const auto end_of = [&](auto first) {
    return std::find_if(first, rows.end(), [&](const CheckRow& row) {
      return row.scenario != first->scenario || row.file != first->file;
    });
  };
  std::size_t count = 0;
  for (auto first = rows.begin(); first != rows.end(); first = end_of(first))
    ++count;
  out << "KTAP version 1\n1.." << count << '\n';
  count = 0;
  for (auto first = rows.begin(); first != rows.end();) {
    const auto last = end_of(first);
    const auto name = ktap_name(first->scenario.empty() ? first->file : first->scenario);
    const bool is_ok =
        std::all_of(first, last, [](const CheckRow& row) { return row.ok || row.is_skipped; });
    const bool is_skipped =
        std::all_of(first, last, [](const auto& row) { return row.is_skipped; });
    out << "  KTAP version 1\n  # Subtest: " << name << "\n  1.." << last - first << '\n';
    for (std::size_t number = 1; first != last; ++first, ++number)
      write_ktap_row(*first, number, out);
    out << (is_ok ? "ok " : "not ok ") << ++count << ' ' << name << (is_skipped ? " # SKIP" : "")
        << '\n';
  }
}

} // namespace stalemate::report
