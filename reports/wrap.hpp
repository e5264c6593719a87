// Lines of limited width. Nothing is ever cut off: what does not fit moves to the next line.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::report {

inline constexpr int line_columns_min = 40;

/// Columns of every text: 100, as in a mail, unless somebody wants another width.
[[nodiscard]] int line_columns();

/// Before anything is written, and at least line_columns_min.
void set_line_columns(int columns);

/// Width of a text in the unit of the caller: columns, points.
using Measure = std::function<double(std::string_view)>;

/// Columns that the text takes on a terminal: code points of UTF-8.
[[nodiscard]] double columns_of(std::string_view text);

/// The text in lines that are not wider than `width`, broken at spaces, but not inside of a number
/// such as 1 234; a wider word is broken
/// after `_`, `.`, `,`, `/` or `]`, or where it must. Continued lines start with `indent` spaces.
[[nodiscard]] std::vector<std::string>
wrapped(std::string_view text, double width, int indent = 0, const Measure& measure = columns_of);

} // namespace stalemate::report
