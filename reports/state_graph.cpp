#include "reports/state_graph.hpp"

#include "reports/font.hpp"
#include "reports/graphviz.hpp"
#include "reports/sheet.hpp"
#include "reports/words.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>
#include <string>

namespace stalemate::report {

namespace {

constexpr double label_columns = 26;
constexpr std::size_t steps_told = 3;

/// Lines of a label; it has no other markup. The label of an edge touches it, but for a margin.
std::string
label_of(const std::vector<std::string>& lines, const char* colour, const char* margin = "") {
  std::string text;
  for (const std::string& line : lines)
    text +=
        fmt::format("{0}{1}{2}{1}", text.empty() ? "" : "<BR/>", margin, escaped(printable(line)));
  return fmt::format("<<FONT COLOR=\"{}\">{}</FONT>>", colour, text);
}

std::string step_text(const ir::Model& model, int process, const std::pair<int, int>& taken) {
  const ir::Step& step = step_of(model, process, taken.first);
  const std::string& note = step.alternatives[static_cast<std::size_t>(taken.second)].note;
  return note.empty()
             ? step.phrase
             : fmt::format("{}{} {}", step.phrase, step.phrase.ends_with('?') ? "" : ":", note);
}

/// Who, and what: all steps if there are few, else the first and the last.
std::vector<std::string> edge_lines(const ir::Model& model, const DrawnGraph::Edge& edge) {
  const std::string& name = process_of(model, edge.process).name;
  std::vector<std::string> told;
  const auto add = [&](const std::string& text) {
    for (const std::string& part : wrapped(text, label_columns))
      told.push_back(part);
  };
  if (edge.steps.size() <= steps_told) {
    add(name + ": " + step_text(model, edge.process, edge.steps.front()));
    for (std::size_t i = 1; i < edge.steps.size(); ++i)
      add(step_text(model, edge.process, edge.steps[i]));
    return told;
  }
  add(fmt::format("{}: {}", name, counted(edge.steps.size(), "step")));
  add(step_text(model, edge.process, edge.steps.front()));
  add("... " + step_text(model, edge.process, edge.steps.back()));
  return told;
}

std::vector<std::string> node_lines(const ir::Model& model,
                                    const DrawnGraph::Node& node,
                                    std::size_t number,
                                    const std::vector<ir::Cell>& cells) {
  std::vector<std::string> lines;
  for (const ir::Cell& cell : cells) {
    const ir::Variable& variable = variable_of(model, cell);
    const int value =
        node.values[static_cast<std::size_t>(cell.variable)][static_cast<std::size_t>(cell.index)];
    const bool is_location = variable.kind == ir::Kind::location;
    const std::string name =
        is_location ? process_of(model, variable.owner).name : ir::cell_name(variable, cell.index);
    for (const std::string& part :
         wrapped(fmt::format("{} {}", name, ir::value_name(variable, value)), label_columns, 2))
      lines.push_back(part);
  }
  if (cells.empty()) lines.push_back(std::to_string(number + 1));
  if (node.states > 1) lines.push_back(fmt::format("({})", counted(node.states, "state")));
  const auto broken = static_cast<std::size_t>(node.broken);
  if (node.broken >= 0)
    lines.push_back(
        (broken < model.properties.size() ? model.properties[broken].name : "the model") +
        " breaks");
  if (node.is_dead) lines.emplace_back("deadlock");
  if (node.is_end) lines.emplace_back("the end");
  return lines;
}

} // namespace

void write_state_graph(const ir::Model& model,
                       const DrawnGraph& graph,
                       const std::vector<ir::Cell>& cells,
                       const Caption& caption,
                       std::ostream& out) {
  fmt::print(out, "digraph {} {{\n", dot_string(caption.head.name + ": states"));
  fmt::print(
      out,
      "  graph [layout=dot, rankdir=TB, ranksep=0.35, nodesep=0.25, pad=0.12, charset=\"UTF-8\", "
      "bgcolor=\"{}\", labelloc=t, labeljust=l, fontname=\"{}\", fontsize=10, label={}];\n",
      ink::white,
      font_name,
      label_of({caption.head.first_line(), caption.verdict}, ink::black));
  fmt::print(out,
             "  node [shape=box, style=\"rounded,filled\", fontname=\"{}\", fontsize=9, "
             "margin=\"0.08,0.04\", height=0.2, width=0.3];\n",
             font_name);
  fmt::print(out, "  edge [fontname=\"{}\", fontsize=8, arrowsize=0.6];\n", font_name);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const DrawnGraph::Node& node = graph.nodes[i];
    const bool is_bad = node.broken >= 0 || node.is_dead;
    fmt::print(out,
               "  {} [label={}, fillcolor=\"{}\", color=\"{}\", penwidth={}, peripheries={}];\n",
               i + 1,
               label_of(node_lines(model, node, i, cells), is_bad ? ink::accent : ink::black),
               i == 0 ? ink::shade : ink::white,
               is_bad ? ink::accent : ink::grey,
               is_bad || i == 0 ? 1.6 : 0.7,
               node.is_end ? 2 : 1);
  }
  for (const DrawnGraph::Edge& edge : graph.edges) {
    const DrawnGraph::Node& target = graph.nodes[edge.target];
    const bool is_bad = target.broken >= 0 || target.is_dead;
    fmt::print(out,
               "  {} -> {} [label={}, color=\"{}\", penwidth={}];\n",
               edge.source + 1,
               edge.target + 1,
               label_of(edge_lines(model, edge), is_bad ? ink::accent : ink::grey, "&#160;"),
               is_bad ? ink::accent : ink::grey,
               is_bad ? 1.2 : 0.7);
  }
  fmt::print(out, "}}\n");
}

} // namespace stalemate::report
