// Lines of limited width. Nothing is ever cut off: what does not fit moves to the next line.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::report {

/// Columns of every text; a terminal and a mail have as many.
inline constexpr int line_columns = 100;

/// Width of a text in the unit of the caller: columns, points.
using Measure = std::function<double(std::string_view)>;

/// Columns that the text takes on a terminal: code points of UTF-8.
[[nodiscard]] double columns_of(std::string_view text);

/// The text in lines that are not wider than `width`, broken at spaces; a wider word is broken
/// after `_`, `.`, `,`, `/` or `]`, or where it must. Continued lines start with `indent` spaces.
[[nodiscard]] std::vector<std::string>
wrapped(std::string_view text, double width, int indent = 0, const Measure& measure = columns_of);

} // namespace stalemate::report
