#include "model/tests/fidelity_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stalemate::kernel {

namespace {

std::string cells(const auto& row) {
  std::string text;
  for (const int number : row)
    text += number == 0 ? "  |" : fmt::format(" {} |", number);
  return text;
}

std::string heading(const std::string& first) {
  std::string names = "| " + first + " |";
  std::string rule = "|---|";
  for (const Word& version : versions()) {
    names += " " + version.name + " |";
    rule += "--:|";
  }
  return names + "\n" + rule + "\n";
}

} // namespace

void FidelityTable::count(Version version, const Ending& ending) {
  const auto column = static_cast<std::size_t>(version);
  ++endings_[ending.kind][column];
  if (ending.kind == Ending::Kind::broken) ++races_[ending.race(version)][column];
}

int FidelityTable::searched(Version version) const {
  int all = 0;
  for (const auto& [kind, row] : endings_)
    if (kind != Ending::Kind::refused) all += row[static_cast<std::size_t>(version)];
  return all;
}

std::string FidelityTable::markdown() const {
  static const std::vector<std::pair<Ending::Kind, std::string>> kinds{
      {Ending::Kind::refused, "cannot exist, or is not modelled: refused"},
      {Ending::Kind::holds, "hold"},
      {Ending::Kind::undecided, "more than 20,000 states: not decided"},
      {Ending::Kind::broken, "broken"}};
  std::string text = heading("random scenarios");
  for (const auto& [kind, words] : kinds)
    if (const auto row = endings_.find(kind); row != endings_.end())
      text += fmt::format("| {} |{}\n", words, cells(row->second));
  text += "\n" + heading("what breaks");
  for (const KnownRace& race : known_races())
    if (const auto row = races_.find(&race); row != races_.end())
      text += fmt::format("| `{}`{}: {} |{}\n",
                          race.claim,
                          race.path.empty() ? "" : fmt::format(" in `{}`", race.path),
                          race.reason,
                          cells(row->second));
  return text;
}

} // namespace stalemate::kernel
