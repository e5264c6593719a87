#include "reports/sheet.hpp"

#include "reports/font.hpp"
#include "reports/graphviz.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <ostream>

namespace stalemate::report {

namespace {

constexpr double points_per_inch = 72;
constexpr double corner_radius = 4;

/// Lengths in DOT have two digits: enough for the eye, and the same on every machine.
std::string number(double value) {
  const double rounded = std::round(value * 100) / 100;
  return fmt::format("{:.2f}", rounded == 0 ? 0.0 : rounded);
}

/// DOT counts upwards from the lower edge.
std::string position(Point p, double height) {
  return number(p.x) + "," + number(height - p.y);
}

std::string html(const Line& line) {
  auto text = escaped(line.text);
  // Graphviz drops leading spaces of a line.
  const auto indent = line.text.find_first_not_of(' ');
  if (indent != std::string::npos && indent > 0) {
    text.erase(0, indent);
    for (std::size_t i = 0; i < indent; ++i)
      text.insert(0, "&#160;");
  }
  if (line.bold) text = "<B>" + text + "</B>";
  return fmt::format(
      "<FONT POINT-SIZE=\"{}\" COLOR=\"{}\">{}</FONT>", line.size, line.colour, text);
}

/// One row per line, as wide as the box, so that lines can start at its left edge.
std::string label(const Box& box) {
  if (box.lines.empty()) return "\"\"";
  const auto width = std::max(std::floor(box.area.width - 2 * box.margin), 1.0);
  std::string rows;
  for (const Line& line : box.lines)
    rows += fmt::format(
        "<TR><TD WIDTH=\"{}\" HEIGHT=\"{}\" FIXEDSIZE=\"TRUE\" ALIGN=\"{}\">{}</TD></TR>",
        width,
        line_height(line.size),
        box.centred ? "CENTER" : "LEFT",
        html(line));
  return "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\">" + rows +
         "</TABLE>>";
}

Point towards(Point from, Point to, double distance) {
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  if (length == 0) return from;
  const double part = std::min(distance / length, 1.0);
  return {from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
}

/// A straight piece of a Bezier curve, after its first point.
void add_straight(std::vector<Point>& curve, Point to) {
  const Point from = curve.back();
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  curve.push_back(towards(from, to, length / 3));
  curve.push_back(towards(to, from, length / 3));
  curve.push_back(to);
}

double arrow_size(Tip tip) {
  return tip == Tip::bar ? 0.9 : 0.55;
}

/// As Graphviz draws it: 10 points at size 1, a bar a quarter of that.
double arrow_length(Tip tip) {
  return (tip == Tip::bar ? 2.5 : 10) * arrow_size(tip);
}

/// The corners as a Bezier curve that cuts them round and ends where the arrow head starts.
std::vector<Point> curve_of(const Path& path) {
  auto corners = path.corners;
  const Point before_last = corners[corners.size() - 2];
  if (path.tip != Tip::none)
    corners.back() = towards(corners.back(), before_last, arrow_length(path.tip));

  std::vector<Point> curve = {corners.front()};
  for (std::size_t i = 1; i + 1 < corners.size(); ++i) {
    const double half_in =
        std::hypot(corners[i].x - curve.back().x, corners[i].y - curve.back().y) / 2;
    const double half_out =
        std::hypot(corners[i + 1].x - corners[i].x, corners[i + 1].y - corners[i].y) / 2;
    const double radius = std::min({corner_radius, half_in, half_out});
    add_straight(curve, towards(corners[i], curve.back(), radius));
    curve.push_back(towards(corners[i], curve.back(), radius / 3));
    curve.push_back(towards(corners[i], corners[i + 1], radius / 3));
    curve.push_back(towards(corners[i], corners[i + 1], radius));
  }
  add_straight(curve, corners.back());
  return curve;
}

const char* head_name(Tip tip) {
  switch (tip) {
  case Tip::none:
    return "none";
  case Tip::bar:
    return "tee";
  default:
    return "normal";
  }
}

} // namespace

std::vector<Line> broken(const Line& line, double width, int indent) {
  const auto measure = [&](std::string_view text) {
    return text_width(text, line.size, line.bold);
  };
  std::vector<Line> lines;
  for (auto& part : wrapped(line.text, width, indent, measure))
    lines.push_back({std::move(part), line.size, line.bold, line.colour});
  return lines;
}

void append_broken(std::vector<Line>& lines, const Line& line, double width, int indent) {
  std::ranges::move(broken(line, width, indent), std::back_inserter(lines));
}

double width_of(const Line& line) {
  return text_width(line.text, line.size, line.bold);
}

double height_of(const std::vector<Line>& lines) {
  double height = 0;
  for (const Line& line : lines)
    height += line_height(line.size);
  return height;
}

void Sheet::add(Box box) {
  if (box.id.empty()) box.id = fmt::format("box {}", boxes_.size());
  boxes_.push_back(std::move(box));
}

void Sheet::write(std::ostream& out) const {
  double height = 0;
  for (const Box& box : boxes_)
    height = std::max(height, box.area.bottom());

  fmt::print(out,
             "// Positions are final: draw with `dot -Knop2`, or whatever honours `layout`.\n");
  fmt::print(out, "digraph {} {{\n", dot_string(title_));
  fmt::print(out,
             "  graph [layout=nop2, pad=0.12, bgcolor=\"{}\", charset=\"UTF-8\", "
             "outputorder={}];\n",
             ink::white,
             below_ == Below::lines ? "edgesfirst" : "nodesfirst");
  if (!pages_.breaks.empty()) {
    std::string breaks;
    for (const double at : pages_.breaks)
      breaks += (breaks.empty() ? "" : " ") + number(at);
    // Ours: draw() of graphviz.hpp cuts a PDF there.
    fmt::print(out,
               "  graph [page_head=\"{} {}\", page_breaks=\"{}\"];\n",
               number(pages_.head_top),
               number(pages_.head_height),
               breaks);
  }
  fmt::print(out, "  node [shape=box, fixedsize=true, fontname=\"{}\", margin=0];\n", font_name);
  for (const Box& box : boxes_) {
    const Point centre{box.area.left + box.area.width / 2, box.area.middle()};
    fmt::print(
        out,
        "  {} [pos=\"{}\", width={:.4f}, height={:.4f}, style=\"filled{}\", fillcolor=\"{}\", "
        "color=\"{}\", penwidth={}, label={}];\n",
        dot_string(box.id),
        position(centre, height),
        box.area.width / points_per_inch,
        box.area.height / points_per_inch,
        box.is_dashed ? ",dashed" : "",
        box.fill,
        box.border,
        box.border_width,
        label(box));
  }
  // What a line belongs to that connects no boxes.
  fmt::print(out, "  paper [pos=\"0,0\", width=0.01, height=0.01, style=invis, label=\"\"];\n");
  for (const Path& path : paths_) {
    std::string pos = path.tip == Tip::none ? "" : "e," + position(path.corners.back(), height);
    for (const Point& p : curve_of(path))
      pos += (pos.empty() ? "" : " ") + position(p, height);
    const auto end = [](const std::string& id) { return id.empty() ? "paper" : dot_string(id); };
    fmt::print(
        out,
        "  {} -> {} [pos=\"{}\", color=\"{}\", penwidth={}, arrowhead={}, arrowsize={}{}];\n",
        end(path.source),
        end(path.target),
        pos,
        path.colour,
        path.width,
        head_name(path.tip),
        arrow_size(path.tip),
        path.dashed ? ", style=dashed" : "");
  }
  fmt::print(out, "}}\n");
}

} // namespace stalemate::report
