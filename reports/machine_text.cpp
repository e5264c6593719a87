#include "reports/machine_text.hpp"

#include "reports/machine.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <ostream>
#include <string>

namespace stalemate::report {

namespace {

class Page {
 public:
  Page(std::ostream& out, bool colour) : out_(out), colour_(colour) {}

  /// `first` stands in front of the first line.
  void line(const std::string& first, std::size_t indent, const std::string& text, bool bold) {
    auto left = fmt::format("{:<{}}", first, indent);
    for (const auto& part : wrapped(text, line_columns() - static_cast<double>(indent), 2)) {
      out_ << left << (bold && colour_ ? "\033[1m" + part + "\033[0m" : part) << '\n';
      left.assign(indent, ' ');
    }
  }

  void gap() { out_ << '\n'; }

 private:
  std::ostream& out_;
  bool colour_;
};

void write_way(Page& page, const Machine& machine, const MachineStep& step, const Way& way) {
  std::size_t indent = 8;
  if (!way.condition.empty()) {
    page.line("", indent, way.condition, false);
    indent += 2;
  }
  for (const auto& effect : way.effects)
    page.line("", indent, effect, false);
  if (way.next != step.number + 1 || way.next == machine.finished)
    page.line("", indent, "--> " + target_text(machine, way.next), false);
}

} // namespace

void write_machine_text(const ir::Model& model,
                        int process,
                        bool colour,
                        std::ostream& out,
                        const std::string& function) {
  const Machine m = machine(model, process);
  Page page(out, colour);
  page.line("", 0, m.title, true);
  for (const MachineBlock& block : m.blocks) {
    if (!function.empty() && block.function != function) continue;
    page.gap();
    // A step of the scenario's own may not say where its function stands.
    const std::string where = block.file.empty() ? "" : fmt::format("  ({})", block.file);
    page.line("", 2, block.function + where, true);
    for (const MachineStep& step : block.steps) {
      const auto number = fmt::format("{:>4}", step.number + 1);
      page.line(number, 6, step.phrase + (step.idle ? "  (may rest here)" : ""), false);
      for (const Way& w : step.ways)
        write_way(page, m, step, w);
    }
  }
}

} // namespace stalemate::report
