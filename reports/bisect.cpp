#include "reports/bisect.hpp"

#include "reports/json.hpp"

#include <fmt/format.h>

#include <ostream>

namespace stalemate::report {

namespace {

void write_sets(const char* title,
                const char* with,
                const std::vector<Bisection::Set>& sets,
                const Bisection& bisection,
                std::ostream& out) {
  if (sets.empty()) return;
  out << '\n' << title << '\n';
  for (const Bisection::Set& set : sets) {
    for (const std::size_t change : set.changes)
      out << fmt::format(
          "  {} {}\n", change == set.changes.front() ? "-" : " ", bisection.changes[change]);
    out << fmt::format(
        "      {} {}: {}\n", with, set.changes.size() == 1 ? "it" : "them", set.answer);
  }
}

Json json_of(const std::vector<Bisection::Set>& sets, const Bisection& bisection) {
  Json all = Json::array();
  for (const Bisection::Set& set : sets) {
    Json changes = Json::array();
    for (const std::size_t change : set.changes)
      changes.push_back(bisection.changes[change]);
    all.push_back({{"changes", std::move(changes)}, {"answer", set.answer}});
  }
  return all;
}

} // namespace

void write_bisection_text(const Bisection& bisection, std::ostream& out) {
  out << bisection.scenario << '\n';
  out << fmt::format("  {}: {}\n", bisection.before, bisection.answer_before);
  out << fmt::format("  {}: {}\n", bisection.after, bisection.answer_after);
  if (bisection.enough.empty()) out << "\nno change decides that\n";
  write_sets("each of these is enough:", "with", bisection.enough, bisection, out);
  write_sets("each of these is needed:", "without", bisection.needed, bisection, out);
  out << fmt::format(
      "\n{} changes, {} kernels looked at", bisection.changes.size(), bisection.kernels);
  if (!bisection.idle.empty())
    out << fmt::format("; left out, as they change nothing here: {}",
                       fmt::join(bisection.idle, ", "));
  out << '\n';
  for (const std::string& one : bisection.undecided)
    out << "unknown: " << one << '\n';
}

void write_bisection_json(const Bisection& bisection, std::ostream& out) {
  write_json({{"format", "stalemate-bisect"},
              {"version", 1},
              {"scenario", bisection.scenario},
              {"before", {{"name", bisection.before}, {"answer", bisection.answer_before}}},
              {"after", {{"name", bisection.after}, {"answer", bisection.answer_after}}},
              {"changes", bisection.changes},
              {"idle", bisection.idle},
              {"enough", json_of(bisection.enough, bisection)},
              {"needed", json_of(bisection.needed, bisection)},
              {"kernels", bisection.kernels},
              {"undecided", bisection.undecided}},
             out);
}

} // namespace stalemate::report
