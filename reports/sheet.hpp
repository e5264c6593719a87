// A drawing in which every place is already known: boxes with text, and lines with corners. It is
// written as DOT for the layout `nop2`, which keeps positions and leaves fonts, arrow heads and
// file formats to Graphviz.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::report {

/// Points (1/72 inch) from the upper left corner, to the right and downwards.
struct Point {
  double x = 0;
  double y = 0;
};

struct Area {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;

  [[nodiscard]] double right() const { return left + width; }
  [[nodiscard]] double bottom() const { return top + height; }
  [[nodiscard]] double middle() const { return top + height / 2; }
};

/// Black and greys, and the one accent.
namespace ink {
inline constexpr auto none = "transparent";
inline constexpr auto black = "#000000";
inline constexpr auto grey = "#5f5f5f";
inline constexpr auto line = "#b4b4b4";
inline constexpr auto faint = "#e4e4e4";
inline constexpr auto shade = "#f0f0f0";
inline constexpr auto white = "#ffffff";
inline constexpr auto accent = "#c00020";
} // namespace ink

/// One line of text.
struct Line {
  std::string text;
  int size = 8; ///< In points; Graphviz knows only whole ones here.
  bool bold = false;
  const char* colour = ink::black;
};

/// Breaks a line so that each part fits; the parts look like the whole.
[[nodiscard]] std::vector<Line> broken(const Line& line, double width, int indent);

/// Puts these parts behind `lines`.
void append_broken(std::vector<Line>& lines, const Line& line, double width, int indent = 0);

/// Width of the text in points.
[[nodiscard]] double width_of(const Line& line);

/// Height of lines on top of each other.
[[nodiscard]] double height_of(const std::vector<Line>& lines);

struct Box {
  std::string id; ///< Unique; what an SVG shows when asked for the element. Empty: numbered.
  Area area;
  std::vector<Line> lines;
  const char* fill = ink::none;
  const char* border = ink::none;
  double border_width = 0.7;
  bool is_dashed = false;
  bool centred = false;
  double margin = 4; ///< Left and right of the text.
};

enum class Tip : std::uint8_t { none, arrow, bar };

struct Path {
  std::vector<Point> corners; ///< Two at least; corners are rounded.
  const char* colour = ink::black;
  double width = 0.8;
  bool dashed = false;
  Tip tip = Tip::arrow;
  std::string source = {}; ///< The boxes that it connects; empty for a mere line.
  std::string target = {};
};

/// How a tall drawing is printed on several pages.
struct Pages {
  double head_top = 0; ///< What is repeated on every page.
  double head_height = 0;
  std::vector<double> breaks; ///< Where a page may end, downwards.
};

class Sheet {
 public:
  /// What lies below: lines that pass behind boxes, or boxes that hold everything.
  enum class Below : std::uint8_t { lines, boxes };

  Sheet(std::string title, Below below) : title_(std::move(title)), below_(below) {}

  void add(Box box);
  void add(Path path) { paths_.push_back(std::move(path)); }
  void set_pages(Pages pages) { pages_ = std::move(pages); }

  /// Boxes in the order added, and lines.
  void write(std::ostream& out) const;

 private:
  std::string title_;
  Below below_;
  std::vector<Box> boxes_;
  std::vector<Path> paths_;
  Pages pages_;
};

} // namespace stalemate::report
