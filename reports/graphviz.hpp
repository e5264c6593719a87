// Pictures from DOT, drawn by Graphviz inside this process. The same DOT gives the same bytes: no
// dates, no version numbers.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace stalemate::report {

/// Graphviz refused, or lacks a plug-in (Debian: libgvc6). The message is what it said.
class GraphvizError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class Picture : std::uint8_t { svg, png, pdf, dot };

/// Draws the graph with the layout that its `layout` attribute names. `dot` is the text itself.
/// The graph needs a name: Graphviz numbers those that have none. Prints nothing. Not for two
/// threads at once: Graphviz is not.
[[nodiscard]] std::string draw(const std::string& dot, Picture picture);

/// The text as a quoted DOT string: an identifier, or a label without markup.
[[nodiscard]] std::string dot_string(std::string_view text);

/// The text inside an HTML-like label or an XML file, where no character has a meaning.
[[nodiscard]] std::string escaped(std::string_view text);

} // namespace stalemate::report
