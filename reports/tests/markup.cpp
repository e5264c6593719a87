#include "reports/tests/markup.hpp"

#include <array>
#include <vector>

namespace stalemate::report::tests {

namespace {

bool is_entity(std::string_view text) {
  if (text.starts_with("&#")) return text.find(';') < 9;
  static constexpr std::array known = {"&lt;", "&gt;", "&amp;", "&quot;", "&apos;"};
  for (const char* entity : known)
    if (text.starts_with(entity)) return true;
  return false;
}

std::string text_mistake(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 && c != '\n' && c != '\t' && c != '\r') return "control character";
    if (c == '&' && !is_entity(text.substr(i))) return "loose ampersand";
  }
  return {};
}

/// "name a="b" c="d"" of a start tag.
std::string attributes_mistake(std::string_view text) {
  auto rest =
      text.substr(text.find_first_of(" \n") == std::string_view::npos ? text.size()
                                                                      : text.find_first_of(" \n"));
  while (true) {
    const auto start = rest.find_first_not_of(" \n");
    if (start == std::string_view::npos) return {};
    rest.remove_prefix(start);
    const auto equal = rest.find("=\"");
    const auto end = equal == std::string_view::npos ? equal : rest.find('"', equal + 2);
    if (end == std::string_view::npos) return "attribute without a quoted value";
    const auto value = rest.substr(equal + 2, end - equal - 2);
    if (value.find('<') != std::string_view::npos) return "markup in an attribute";
    if (auto mistake = text_mistake(value); !mistake.empty()) return mistake;
    rest.remove_prefix(end + 1);
  }
}

/// The > that ends a tag: not one inside of a value.
std::size_t tag_end(std::string_view text) {
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') is_quoted = !is_quoted;
    if (text[i] == '>' && !is_quoted) return i;
  }
  return std::string_view::npos;
}

} // namespace

std::string xml_mistake(std::string_view text) {
  std::vector<std::string> open;
  while (!text.empty()) {
    const auto less = text.find('<');
    if (auto mistake = text_mistake(text.substr(0, less)); !mistake.empty()) return mistake;
    if (less == std::string_view::npos) break;
    text.remove_prefix(less + 1);
    const bool is_comment = text.starts_with("!--");
    const auto end = is_comment ? text.find("-->") : tag_end(text);
    if (end == std::string_view::npos) return "tag without an end";
    auto tag = text.substr(0, end);
    text.remove_prefix(end + (is_comment ? 3 : 1));
    if (is_comment || tag.starts_with("?") || tag.starts_with("!")) continue;
    if (tag.starts_with("/")) {
      if (open.empty() || open.back() != tag.substr(1)) return "wrong end: " + std::string(tag);
      open.pop_back();
      continue;
    }
    const bool is_empty = tag.ends_with("/");
    if (is_empty) tag.remove_suffix(1);
    if (auto mistake = attributes_mistake(tag); !mistake.empty()) return mistake;
    if (!is_empty) open.emplace_back(tag.substr(0, tag.find_first_of(" \n")));
  }
  return open.empty() ? "" : "no end: " + open.back();
}

} // namespace stalemate::report::tests
