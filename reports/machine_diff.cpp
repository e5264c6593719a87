#include "reports/machine_diff.hpp"

#include "reports/machine.hpp"
#include "reports/words.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::report {

namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t around = 2; ///< Steps shown beside what changed.

struct StepText {
  std::string name; ///< "function: phrase"
  std::string function;
  Lines lines;
};

/// Numbers of steps shift when others come and go; names stay.
std::string target(const ir::Model& model, int process, const std::string& function, int next) {
  const ir::Process& p = process_of(model, process);
  if (next == p.finished()) return "end";
  const ir::Step& step = p.steps[static_cast<std::size_t>(next)];
  return function_of(model, step) == function ? step.phrase : ir::step_name(model, step);
}

std::vector<StepText> step_texts(const ir::Model& model, int process) {
  std::vector<StepText> texts;
  const Machine m = machine(model, process);
  for (const MachineBlock& block : m.blocks)
    for (const MachineStep& step : block.steps) {
      StepText text{ir::step_name(model, step_of(model, process, step.number)), block.function, {}};
      text.lines.push_back(step.phrase + (step.idle ? "  (may rest here)" : ""));
      for (const Way& way : step.ways) {
        std::string indent = "    ";
        if (!way.condition.empty())
          text.lines.push_back(std::exchange(indent, "      ") + way.condition);
        for (const std::string& effect : way.effects)
          text.lines.push_back(indent + effect);
        if (way.next != step.number + 1 || way.next == m.finished)
          text.lines.push_back(indent + "--> " + target(model, process, block.function, way.next));
      }
      texts.push_back(std::move(text));
    }
  return texts;
}

/// What two lists have in common, as pairs of indexes: a longest common subsequence.
template <typename T, typename Equal>
std::vector<std::pair<std::size_t, std::size_t>>
common(const std::vector<T>& a, const std::vector<T>& b, Equal equal) {
  std::vector<std::vector<std::size_t>> length(a.size() + 1,
                                               std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = a.size(); i-- > 0;)
    for (std::size_t j = b.size(); j-- > 0;)
      length[i][j] = equal(a[i], b[j]) ? length[i + 1][j + 1] + 1
                                       : std::max(length[i + 1][j], length[i][j + 1]);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();)
    if (equal(a[i], b[j]))
      pairs.emplace_back(i++, j++);
    else if (length[i + 1][j] >= length[i][j + 1])
      ++i;
    else
      ++j;
  return pairs;
}

/// Calls `gone` and `come` for what only one of the lists has and `both` for pairs, in order.
template <typename T, typename Equal, typename One, typename Other, typename Both>
void merge(const std::vector<T>& a,
           const std::vector<T>& b,
           Equal equal,
           One gone,
           Other come,
           Both both) {
  auto pairs = common(a, b, equal);
  pairs.emplace_back(a.size(), b.size());
  std::size_t i = 0;
  std::size_t j = 0;
  for (const auto& [to_i, to_j] : pairs) {
    while (i < to_i)
      gone(a[i++]);
    while (j < to_j)
      come(b[j++]);
    if (i < a.size() && j < b.size()) both(a[i++], b[j++]);
  }
}

struct Row {
  char mark = ' ';
  std::string text;
};

/// A step of either or of both.
struct StepDiff {
  std::string function;
  bool is_before = true;
  bool is_after = true;
  std::vector<Row> rows;

  [[nodiscard]] bool has_changed() const {
    return std::ranges::any_of(rows, [](const Row& row) { return row.mark != ' '; });
  }
};

StepDiff one_sided(const StepText& text, char mark) {
  StepDiff diff{text.function, mark == '-', mark == '+', {}};
  for (const std::string& line : text.lines)
    diff.rows.push_back({mark, line});
  return diff;
}

StepDiff two_sided(const StepText& before, const StepText& after) {
  StepDiff diff{after.function, true, true, {}};
  merge(
      before.lines,
      after.lines,
      std::equal_to<>(),
      [&](const std::string& line) {
        diff.rows.push_back({'-', line});
      },
      [&](const std::string& line) {
        diff.rows.push_back({'+', line});
      },
      [&](const std::string& line, const std::string&) {
        diff.rows.push_back({' ', line});
      });
  return diff;
}

std::vector<StepDiff> difference(const std::vector<StepText>& before,
                                 const std::vector<StepText>& after) {
  std::vector<StepDiff> steps;
  merge(
      before,
      after,
      [](const StepText& a, const StepText& b) { return a.name == b.name; },
      [&](const StepText& text) { steps.push_back(one_sided(text, '-')); },
      [&](const StepText& text) { steps.push_back(one_sided(text, '+')); },
      [&](const StepText& a, const StepText& b) { steps.push_back(two_sided(a, b)); });
  return steps;
}

class DiffPage {
 public:
  DiffPage(std::ostream& out, bool colour) : out_(out), colour_(colour) {}

  void line(char mark, const std::string& text) {
    const char* style = mark == '-' ? "\033[31m" : mark == '+' ? "\033[32m" : "";
    const bool is_styled = colour_ && mark != ' ';
    const std::string indent(std::min(text.find_first_not_of(' '), text.size()), ' ');
    const auto room =
        static_cast<double>(static_cast<std::size_t>(line_columns()) - 2 - indent.size());
    for (const auto& part : wrapped(text.substr(indent.size()), room, 2))
      out_ << (is_styled ? style : "") << fmt::format("{} {}{}", mark, indent, part)
           << (is_styled ? "\033[0m\n" : "\n");
  }

  void heading(const std::string& text) {
    out_ << (colour_ ? "\033[1m" : "") << text << (colour_ ? "\033[0m\n" : "\n");
  }

 private:
  std::ostream& out_;
  bool colour_;
};

/// "@@ -8,5 +8,4 @@": from which step on, and how many.
std::string place(const std::vector<StepDiff>& steps, std::size_t from, std::size_t to) {
  const auto count = [&](bool StepDiff::*side, std::size_t first, std::size_t last) {
    return std::count_if(steps.begin() + static_cast<std::ptrdiff_t>(first),
                         steps.begin() + static_cast<std::ptrdiff_t>(last),
                         [&](const StepDiff& step) { return step.*side; });
  };
  return fmt::format("@@ -{},{} +{},{} @@",
                     count(&StepDiff::is_before, 0, from) + 1,
                     count(&StepDiff::is_before, from, to),
                     count(&StepDiff::is_after, 0, from) + 1,
                     count(&StepDiff::is_after, from, to));
}

void write_hunks(DiffPage& page, const std::vector<StepDiff>& steps) {
  std::vector<bool> is_shown(steps.size(), false);
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (steps[i].has_changed())
      for (std::size_t k = i < around ? 0 : i - around; k <= i + around && k < steps.size(); ++k)
        is_shown[k] = true;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!is_shown[i]) continue;
    const bool is_first = i == 0 || !is_shown[i - 1];
    const auto end =
        std::find(is_shown.begin() + static_cast<std::ptrdiff_t>(i), is_shown.end(), false);
    if (is_first) page.heading(place(steps, i, static_cast<std::size_t>(end - is_shown.begin())));
    if (is_first || steps[i].function != steps[i - 1].function) page.line(' ', steps[i].function);
    for (const Row& row : steps[i].rows)
      page.line(row.mark, "  " + row.text);
  }
}

} // namespace

void write_machine_diff(
    const ir::Model& before, const ir::Model& after, int process, bool colour, std::ostream& out) {
  const auto steps = difference(step_texts(before, process), step_texts(after, process));
  if (std::ranges::none_of(steps, &StepDiff::has_changed)) return;
  DiffPage page(out, colour);
  page.heading("--- " + machine(before, process).title + ", without the edits");
  page.heading("+++ " + machine(after, process).title + ", with the edits");
  write_hunks(page, steps);
}

} // namespace stalemate::report
