// The one question that tests ask of an SVG: would a reader of XML take it?
#pragma once

#include <string>
#include <string_view>

namespace stalemate::report::tests {

/// What is wrong with the text as XML; empty if nothing. Knows elements, attributes, comments,
/// declarations and the five entities: all that a picture needs.
[[nodiscard]] std::string xml_mistake(std::string_view text);

} // namespace stalemate::report::tests
