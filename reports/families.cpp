#include "reports/families.hpp"

#include "reports/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace stalemate::report {

namespace {

struct Column {
  Ending ending;
  const char* key;
  const char* heading;
};

constexpr std::array<Column, 5> columns{{{Ending::breaks, "breaks", "a claim breaks"},
                                         {Ending::hangs, "hangs", "somebody waits for ever"},
                                         {Ending::warns, "warns", "only a warning"},
                                         {Ending::holds, "holds", "holds"},
                                         {Ending::asks, "asks", "asks"}}};

Family sum_of(const Families& families) {
  Family sum{"all", "", 0, {}};
  for (const Family& family : families) {
    sum.races += family.races;
    for (const Column& column : columns)
      sum[column.ending] += family[column.ending];
  }
  return sum;
}

/// Heading and rows, the sum last; numbers from the second cell on.
std::vector<std::vector<std::string>> cells_of(const Families& families) {
  const Family sum = sum_of(families);
  const auto is_shown = [&](const Column& column) {
    return column.ending != Ending::asks || sum[Ending::asks] > 0;
  };
  std::vector<std::vector<std::string>> rows{{"family", "races"}};
  for (const Column& column : columns)
    if (is_shown(column)) rows.front().emplace_back(column.heading);
  Families all = families;
  all.push_back(sum);
  for (const Family& family : all) {
    rows.push_back({family.name, std::to_string(family.races)});
    for (const Column& column : columns)
      if (is_shown(column)) rows.back().push_back(std::to_string(family[column.ending]));
  }
  return rows;
}

} // namespace

void write_families_text(const Families& families, std::ostream& out) {
  const auto rows = cells_of(families);
  std::vector<std::size_t> widths(rows.front().size());
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], row[i].size());
  for (const auto& row : rows) {
    out << fmt::format("{:<{}}", row.front(), widths.front());
    for (std::size_t i = 1; i < row.size(); ++i)
      out << fmt::format("  {:>{}}", row[i], widths[i]);
    out << '\n';
  }
}

void write_families_markdown(const Families& families, std::ostream& out) {
  auto rows = cells_of(families);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const bool is_family = r > 0 && r <= families.size();
    if (is_family) {
      const Family& family = families[r - 1];
      rows[r][0] = fmt::format("[{}](scenarios/{}/)", family.name, family.name);
      rows[r].insert(rows[r].begin() + 1, family.text);
    } else {
      rows[r].insert(rows[r].begin() + 1, r == 0 ? "what races" : "");
    }
    out << fmt::format("| {} |\n", fmt::join(rows[r], " | "));
    if (r > 0) continue;
    out << "|---|---|";
    for (std::size_t i = 2; i < rows[r].size(); ++i)
      out << "---:|";
    out << '\n';
  }
}

void write_families_json(const Families& families, std::ostream& out) {
  Json all = Json::array();
  for (const Family& family : families) {
    Json one = {{"family", family.name}, {"text", family.text}, {"races", family.races}};
    for (const Column& column : columns)
      one[column.key] = family[column.ending];
    all.push_back(std::move(one));
  }
  write_json(all, out);
}

} // namespace stalemate::report
