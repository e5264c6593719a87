#include "reports/teeth_text.hpp"

#include "reports/words.hpp"

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
                               "explained | undecided | caught of those that can be noticed |";
constexpr auto count_rule = "---:|---:|---:|---:|---:|---:|---:|---:|---:|";

std::string count_cells(const TeethCounts& counts) {
  return fmt::format(" {} | {} | {} | {} | {} | {} | {} | {} | {} of {}, {} |",
                     counts.mutants(),
                     counts.caught,
                     counts.covered,
                     counts.less,
                     counts.no_change,
                     counts.owed,
                     counts.explained,
                     counts.undecided,
                     counts.caught,
                     counts.noticeable(),
                     counts.share());
}

TeethCounts sum(const std::vector<Teeth>& all) {
  TeethCounts counts;
  for (const Teeth& teeth : all)
    for (const Tooth& tooth : teeth.teeth)
      counts.add(tooth.outcome);
  return counts;
}

bool is_of_lock(const Tooth& tooth) {
  return tooth.step.empty();
}

/// A wait that is skipped, a test that is passed by or one of whose ways is always taken: what a
/// reader of the kernel's source asks about.
bool is_of_check(const Tooth& tooth) {
  return !is_of_lock(tooth) && (tooth.edit == "passed by" || tooth.edit == "does not wait" ||
                                tooth.edit.starts_with("always: "));
}

/// What a lock, a wait or a test is needed for: the most telling of what was done to it. The best
/// first, as outcomes are ordered; what others can tell counts more than what they cannot.
const Tooth* most_telling(const std::vector<const Tooth*>& teeth) {
  const auto rank = [](const Tooth* tooth) {
    switch (tooth->outcome) {
    case Outcome::caught:
      return 0;
    case Outcome::owed:
    case Outcome::undecided:
    case Outcome::explained:
      return 1;
    case Outcome::covered:
      return 2;
    case Outcome::less:
      return 3;
    default:
      return 4;
    }
  };
  return *std::ranges::min_element(teeth, {}, rank);
}

/// A row of the table of a path.
struct Need {
  std::string what;
  const Tooth* tooth;
};

/// Locks first, then waits and tests in the order of the path.
std::vector<Need> needs_of(const std::vector<Tooth>& teeth) {
  std::vector<Need> needs;
  for (const Tooth& tooth : teeth)
    if (is_mutant(tooth) && is_of_lock(tooth))
      needs.push_back(
          {fmt::format("**{}**", in_cell(tooth.edit.substr(sizeof "without " - 1))), &tooth});
  for (auto at = teeth.begin(); at != teeth.end();) {
    const auto end =
        std::find_if(at, teeth.end(), [&](const Tooth& one) { return one.step != at->step; });
    std::vector<const Tooth*> of_step;
    for (; at != end; ++at)
      if (is_mutant(*at) && is_of_check(*at)) of_step.push_back(&*at);
    if (of_step.empty()) continue;
    const Tooth* tooth = most_telling(of_step);
    needs.push_back({in_cell(tooth->step), tooth});
  }
  return needs;
}

bool is_needed(const Need& need) {
  return need.tooth->outcome == Outcome::caught;
}

bool is_free(const Need& need) {
  return need.tooth->outcome == Outcome::less || need.tooth->outcome == Outcome::no_change;
}

/// "no lock is taken" is said by the row; which way was always taken is not.
std::string how(const Tooth& tooth) {
  return tooth.edit.starts_with("always: ") ? fmt::format(" (if {})", in_cell(tooth.edit)) : "";
}

std::string in_steps(const Tooth& tooth) {
  if (tooth.steps == 0)
    return fmt::format("no run of {} has \"{}\"", in_cell(tooth.scenario), in_cell(tooth.reason));
  return fmt::format("{}, {}", counted(tooth.steps, "step"), in_cell(tooth.scenario));
}

void write_needed(const std::vector<Need>& needs, std::ostream& out) {
  if (std::ranges::none_of(needs, is_needed)) return;
  out << "\n| lock, wait or test | without it breaks | shortest race |\n|---|---|---|\n";
  for (const Need& need : needs)
    if (is_needed(need))
      out << fmt::format("| {} | {}{} | {} |\n",
                         need.what,
                         in_cell(need.tooth->claim),
                         how(*need.tooth),
                         in_steps(*need.tooth));
}

void write_covered(const std::vector<Need>& needs, std::ostream& out) {
  const auto is_covered = [](const Need& need) { return need.tooth->outcome == Outcome::covered; };
  if (std::ranges::none_of(needs, is_covered)) return;
  out << "\n| not needed as long as there is | this one | without both breaks | shortest race |\n"
         "|---|---|---|---|\n";
  for (const Need& need : needs)
    if (is_covered(need))
      out << fmt::format("| {} | {}{} | {} | {} |\n",
                         in_cell(need.tooth->cover),
                         need.what,
                         how(*need.tooth),
                         in_cell(need.tooth->claim),
                         in_steps(*need.tooth));
}

/// What nobody would miss, in one sentence.
void write_free(const std::vector<Need>& needs, std::ostream& out) {
  const char* separator = "\nNot needed in any scenario, for any claim: ";
  bool is_any = false;
  for (const Need& need : needs) {
    if (!is_free(need)) continue;
    out << separator << need.what << how(*need.tooth);
    separator = "; ";
    is_any = true;
  }
  if (is_any) out << ".\n";
}

/// What claims ought to notice, or why they need not.
void write_open(const std::vector<Tooth>& teeth, std::ostream& out) {
  const auto is_open = [](const Tooth& tooth) {
    return tooth.outcome == Outcome::owed || tooth.outcome == Outcome::undecided ||
           tooth.outcome == Outcome::explained;
  };
  const auto count = std::ranges::count_if(teeth, is_open);
  if (count == 0) return;
  out << fmt::format("\n<details><summary>{} that no claim notices</summary>\n\n",
                     counted(static_cast<std::size_t>(count), "change"));
  for (const Tooth& tooth : teeth)
    if (is_open(tooth))
      out << fmt::format("- {}{}{}: {}\n",
                         in_cell(tooth.step),
                         tooth.step.empty() ? "" : ": ",
                         in_cell(tooth.edit),
                         in_cell(answer_of(tooth)));
  out << "\n</details>\n";
}

void write_path(const PathOfTeeth& path, std::ostream& out) {
  const TeethCounts counts = counts_of(path.teeth);
  out << fmt::format(
      "\n### {}\n\n{}: {} caught, {} covered, {} do only less, {} change nothing, {} "
      "owed, {} explained, {} undecided.\n",
      path.path,
      counted(counts.mutants(), "mutant"),
      counts.caught,
      counts.covered,
      counts.less,
      counts.no_change,
      counts.owed,
      counts.explained,
      counts.undecided);
  const std::vector<Need> needs = needs_of(path.teeth);
  write_needed(needs, out);
  write_covered(needs, out);
  write_free(needs, out);
  write_open(path.teeth, out);
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
         "thing at a time:\neach lock not taken, each wait skipped, each test passed by, each of "
         "its "
         "ways always taken, each assignment\nforgotten, each step left out, put behind the next "
         "one, "
         "or parted. Then every claim that holds in the\nscenario was checked again, over all "
         "interleavings. A change is\n\n"
         "- *caught*: a claim breaks. Named are the claim, the length of a shortest run that "
         "breaks "
         "it, and the\n  scenario to see it in. *no_way_lost*: another process never takes a way "
         "any more that it took; all ways\n  of what holds are expected to be taken.\n"
         "- *covered*: a claim breaks once something else is changed as well; either alone is "
         "enough.\n"
         "- *only less*: all that the other processes see could be seen before. No claim about "
         "what "
         "must not\n  happen can notice.\n"
         "- *changes nothing*: the other processes see the same, in every scenario that has the "
         "step.\n"
         "- *owed*: others can tell, and no claim minds: a claim or a scenario is missing. "
         "*Explained*: it is known\n  why none has to mind.\n"
         "- *undecided*: no claim broke, and somewhere the search was not finished.\n\n"
         "*Not needed* is said of these scenarios: no run in them needs it. It may be needed by "
         "what "
         "is not modelled.\nA test that has its row under \"always\" can be passed by, but not "
         "answered wrongly.\n\n";
  out << "| |" << count_columns << "\n|---|" << count_rule << '\n';
  for (const Teeth& teeth : all) {
    const std::string title = teeth.title.empty() ? "all" : teeth.title;
    out << fmt::format("| {} |{}\n",
                       all.size() > 1 ? fmt::format("[{}](#{})", title, title) : title,
                       count_cells(counts_of(teeth.teeth)));
  }
  if (all.size() > 1) out << "| all |" << count_cells(sum(all)) << '\n';
  for (const Teeth& teeth : all) {
    const auto paths = by_path(teeth);
    out << fmt::format("\n## {}\n\n{} that hold.\n\n| path |{}\n|---|{}\n",
                       teeth.title.empty() ? "All" : teeth.title,
                       counted(teeth.scenarios, "scenario"),
                       count_columns,
                       count_rule);
    for (const PathOfTeeth& path : paths)
      out << fmt::format(
          "| [{}](#{}) |{}\n", path.path, path.path, count_cells(counts_of(path.teeth)));
    for (const PathOfTeeth& path : paths)
      write_path(path, out);
    if (!teeth.left_out.empty()) {
      out << "\nLeft out, since they are too large:\n\n";
      for (const std::string& one : teeth.left_out)
        out << "- " << one << '\n';
    }
  }
}

} // namespace stalemate::report
