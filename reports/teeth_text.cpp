#include "reports/teeth_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace stalemate::report {

namespace {

using Outcome = Tooth::Outcome;

/// A cell of a Markdown table.
std::string in_cell(const std::string& text) {
  std::string escaped;
  for (const char c : text)
    switch (c) {
    case '|':
      escaped += "\\|";
      break;
    case '<':
      escaped += "&lt;";
      break;
    default:
      escaped += c;
    }
  return escaped;
}

constexpr auto count_columns = " mutants | caught | covered | only less | changes nothing | owed | "
                               "undecided | caught of caught, owed and undecided |";
constexpr auto count_rule = "---:|---:|---:|---:|---:|---:|---:|---:|";

std::string count_cells(const TeethCounts& counts) {
  return fmt::format(" {} | {} | {} | {} | {} | {} | {} | {} |",
                     counts.mutants(),
                     counts.caught,
                     counts.covered,
                     counts.less,
                     counts.no_change,
                     counts.owed,
                     counts.undecided,
                     counts.share());
}

/// What a reader of the kernel's source asks about: is it needed?
bool is_question(const Tooth& tooth) {
  return is_mutant(tooth) && (tooth.edit.starts_with("without ") || tooth.edit == "passed by" ||
                              tooth.edit == "does not wait");
}

void write_questions(const std::vector<Tooth>& teeth, std::ostream& out) {
  if (std::ranges::none_of(teeth, is_question)) return;
  out << "\n| lock, wait or test | what for |\n|---|---|\n";
  for (const Tooth& tooth : teeth)
    if (is_question(tooth))
      out << fmt::format("| {}{}{} | {} |\n",
                         in_cell(tooth.step),
                         tooth.step.empty() ? "" : ": ",
                         in_cell(tooth.edit),
                         in_cell(answer_of(tooth)));
}

/// A list that is folded where Markdown is shown as a page.
template <typename F>
void write_folded(const std::vector<Tooth>& teeth,
                  const std::string& title,
                  F is_meant,
                  std::ostream& out) {
  const auto count = std::ranges::count_if(teeth, is_meant);
  if (count == 0) return;
  out << fmt::format("\n<details><summary>{} {}</summary>\n\n", count, title);
  for (const Tooth& tooth : teeth)
    if (is_meant(tooth))
      out << fmt::format("- {}{}{}: {}\n",
                         in_cell(tooth.step),
                         tooth.step.empty() ? "" : ": ",
                         in_cell(tooth.edit),
                         in_cell(answer_of(tooth)));
  out << "\n</details>\n";
}

void write_path(const PathOfTeeth& path, std::ostream& out) {
  const auto with = [](Outcome outcome) {
    return
        [outcome](const Tooth& tooth) { return tooth.outcome == outcome && !is_question(tooth); };
  };
  out << fmt::format("\n### {}\n", path.path);
  write_questions(path.teeth, out);
  write_folded(path.teeth, "other changes that are caught", with(Outcome::caught), out);
  write_folded(path.teeth, "others that are covered", with(Outcome::covered), out);
  write_folded(path.teeth, "others that are owed", with(Outcome::owed), out);
  write_folded(path.teeth, "others that are undecided", with(Outcome::undecided), out);
}

} // namespace

void write_teeth_text(const Teeth& teeth, bool is_whole, std::ostream& out) {
  std::string path;
  std::string step;
  for (const Tooth& tooth : teeth.teeth) {
    if (!is_whole && !is_mutant(tooth)) continue;
    if (tooth.path != path) {
      out << (path.empty() ? "" : "\n") << tooth.path << '\n';
      step.clear();
    }
    if (tooth.step != step) out << "  " << tooth.step << '\n';
    path = tooth.path;
    step = tooth.step;
    out << fmt::format(
        "{}{:<40}  {}\n", step.empty() ? "  " : "    ", tooth.edit, answer_of(tooth));
  }
  if (!teeth.teeth.empty()) out << '\n';
  for (const std::string& one : teeth.left_out)
    out << "left out: " << one << '\n';
  out << summary(teeth) << '\n';
}

void write_teeth_markdown(const std::vector<Teeth>& all, std::ostream& out) {
  out << "# Which of these locks, waits and tests are needed, and for what?\n\n"
         "Everything that the paths of a kernel do in the scenarios that hold was changed, one "
         "thing at a\ntime, and every claim of every scenario was checked again:\n\n"
         "- *caught*: a claim breaks. Named are the claim, the length of a shortest run, and the "
         "scenario.\n"
         "- *covered*: a claim breaks once something else is changed as well; either alone is "
         "enough.\n"
         "- *only less*: what the other processes see could be seen before. No claim about what "
         "must not\n  happen can notice.\n"
         "- *changes nothing*: the other processes see the same, in every scenario that has the "
         "step.\n"
         "- *owed*: others can tell, and no claim minds: a claim or a scenario is missing, or it "
         "does not\n  matter. What others see is said.\n"
         "- *undecided*: no claim broke, and somewhere the search was not finished.\n\n";
  out << "| |" << count_columns << "\n|---|" << count_rule << '\n';
  for (const Teeth& teeth : all) {
    const std::string title = teeth.title.empty() ? "all" : teeth.title;
    const TeethCounts counts = counts_of(teeth.teeth);
    out << fmt::format("| {} |{}\n",
                       all.size() > 1 ? fmt::format("[{}](#{})", title, title) : title,
                       count_cells(counts));
  }
  for (const Teeth& teeth : all) {
    const auto paths = by_path(teeth);
    out << fmt::format("\n## {}\n\n| path |{}\n|---|{}\n",
                       teeth.title.empty() ? "All" : teeth.title,
                       count_columns,
                       count_rule);
    for (const PathOfTeeth& path : paths)
      out << fmt::format("| {} |{}\n", path.path, count_cells(counts_of(path.teeth)));
    for (const PathOfTeeth& path : paths)
      write_path(path, out);
    out << '\n' << summary(teeth) << ".\n";
    for (const std::string& one : teeth.left_out)
      out << "\nLeft out: " << one << '\n';
  }
}

} // namespace stalemate::report
