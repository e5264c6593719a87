// JSON as our reports write and read it: keys in the order given, and no trust in what is read.
#pragma once

#include <nlohmann/json.hpp>

#include <iosfwd>
#include <stdexcept>
#include <string>
#include <string_view>

namespace stalemate::report {

using Json = nlohmann::ordered_json;

/// Writes the value over several lines, with a line feed at the end. What is not UTF-8 is replaced.
void write_json(const Json& value, std::ostream& out);

/// The value on one line, to stand inside of an element of a page, which no < in it can end.
[[nodiscard]] std::string inside_page(const Json& value);

/// A text is not JSON, nested too deeply, too long, or says a key twice. Starts with line and
/// column.
class JsonError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Reads a whole text. Its objects find keys fast, however many there are; Json's do not.
[[nodiscard]] nlohmann::json parse_json(std::string_view text);

} // namespace stalemate::report
