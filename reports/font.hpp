// The font of the pictures, so that lines can be broken before Graphviz draws them. Liberation Sans
// (Debian: fonts-liberation) has the widths of Arial and Helvetica, so that an SVG looks the same
// on machines that have only those.
#pragma once

#include <string_view>

namespace stalemate::report {

/// What Graphviz is told; viewers of an SVG take the first family that they have.
inline constexpr auto font_name = "Liberation Sans,Arial,Helvetica,sans-serif";

/// Width of one line of text in points.
[[nodiscard]] double text_width(std::string_view text, int size, bool bold);

/// Distance between two lines in points.
[[nodiscard]] constexpr int line_height(int size) {
  return size + (size < 10 ? 2 : 3);
}

} // namespace stalemate::report
