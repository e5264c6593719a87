#include "reports/panel.hpp"

#include <algorithm>
#include <utility>

namespace stalemate::report {

namespace {

constexpr double strip_min = 30;
constexpr double strip_max = 54;
constexpr double gap = 3;
constexpr int size = 8;

/// The object, then the property, which is in parentheses if the kernel does not know it.
std::vector<Line> names_of(const Strip& strip) {
  const auto dot = strip.name.rfind('.');
  std::vector<Line> lines;
  if (dot != std::string::npos)
    lines.push_back({strip.name.substr(0, dot), size, false, ink::grey});
  const auto name = dot == std::string::npos ? strip.name : strip.name.substr(dot + 1);
  lines.push_back({strip.ghost ? "(" + name + ")" : name, size, false, ink::black});
  return lines;
}

/// As wide as its longest value and the longest piece of its name.
double width_of_strip(const Strip& strip) {
  double width = strip_min;
  for (const Line& name : names_of(strip))
    width = std::max(width, width_of(name) + 4);
  for (const Span& s : strip.spans)
    width = std::max(width, width_of({s.value, size, true}) + 6);
  return std::min(width, strip_max);
}

std::vector<Line> header_of(const Strip& strip, double width) {
  std::vector<Line> lines;
  for (const Line& name : names_of(strip))
    for (Line& part : broken(name, width - 2, 0))
      lines.push_back(std::move(part));
  return lines;
}

Box centred(Area area, std::vector<Line> lines) {
  Box box{"", area, std::move(lines)};
  box.centred = true;
  box.margin = 1;
  return box;
}

void draw_span(Sheet& sheet, const Span& span, double left, double width, const Moments& moments) {
  const auto next = static_cast<std::size_t>(span.to) + 1;
  const double top = moments.tops[static_cast<std::size_t>(span.from)];
  const double bottom = next < moments.tops.size() ? moments.tops[next] : moments.final_top - 4;
  if (bottom - top < 1) return; // Folded: it came and went.
  const Line text{span.value, size, false, span.is_nothing ? ink::grey : ink::black};

  Box field{"", {left, top, width, bottom - top - 1}, {}};
  field.fill = span.is_nothing ? ink::white : ink::shade;
  field.border = ink::line;
  sheet.add(field);
  const auto lines = broken(text, width - 2, 0);
  sheet.add(centred({left, top, width, std::min(field.area.height, height_of(lines) + 4)}, lines));
}

/// The values at the end side by side, so that a contradiction is in one line.
void draw_final(Sheet& sheet, const Strip& strip, const Area& area) {
  auto box = centred(area,
                     broken({strip.spans.back().value,
                             size,
                             strip.is_broken,
                             strip.is_broken ? ink::accent : ink::black},
                            area.width - 2,
                            0));
  box.area.height = std::max(area.height, height_of(box.lines) + 4);
  box.border = strip.is_broken ? ink::accent : ink::line;
  box.border_width = strip.is_broken ? 1.2 : 0.7;
  sheet.add(box);
}

} // namespace

Panel::Panel(std::vector<Strip> strips) : strips_(std::move(strips)) {
  for (const Strip& s : strips_) {
    widths_.push_back(width_of_strip(s));
    width_ += widths_.back() + gap;
  }
}

double Panel::header_height() const {
  double height = 0;
  for (std::size_t i = 0; i < strips_.size(); ++i)
    height = std::max(height, height_of(header_of(strips_[i], widths_[i])) + 2);
  return height;
}

void Panel::draw(Sheet& sheet, double left, const Moments& moments) const {
  for (std::size_t i = 0; i < strips_.size(); ++i) {
    const double width = widths_[i];
    const auto header = header_of(strips_[i], width);
    const double height = height_of(header) + 2;
    sheet.add(centred({left, moments.header_bottom - height, width, height}, header));
    for (const Span& span : strips_[i].spans)
      draw_span(sheet, span, left, width, moments);
    draw_final(sheet, strips_[i], {left, moments.final_top, width, row_height});
    left += width + gap;
  }
}

} // namespace stalemate::report
