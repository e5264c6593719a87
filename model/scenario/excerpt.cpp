#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace stalemate::kernel {

namespace {

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 0; ///< 0: the bytes are not UTF-8.
};

CodePoint first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  std::size_t bytes = 0;
  if (lead >= 0xC2 && lead <= 0xDF) bytes = 2;
  if (lead >= 0xE0 && lead <= 0xEF) bytes = 3;
  if (lead >= 0xF0 && lead <= 0xF4) bytes = 4;
  if (bytes == 0 || text.size() < bytes) return {};

  std::uint32_t value = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {};
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  const bool overlong = (bytes == 3 && value < 0x800) || (bytes == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return {};
  return {value, bytes};
}

// What would move the cursor, reorder the line or not show at all.
bool is_unprintable(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         c >= 0xE0000;
}

std::string escaped(std::uint32_t c) {
  if (c == '\n') return "\\n";
  if (c == '\t') return "\\t";
  if (c == '\r') return "\\r";
  return c > 0xFFFF ? fmt::format("\\U{:08X}", c) : fmt::format("\\u{:04X}", c);
}

} // namespace

std::string printable(std::string_view text, std::size_t characters_max) {
  std::string line;
  for (std::size_t count = 0; !text.empty(); ++count) {
    if (count == characters_max) return line + "...";
    const CodePoint point = first_of(text);
    if (point.bytes == 0)
      line += fmt::format("\\x{:02X}", static_cast<unsigned char>(text.front()));
    else if (is_unprintable(point.value))
      line += escaped(point.value);
    else
      line += text.substr(0, point.bytes);
    text.remove_prefix(std::max<std::size_t>(point.bytes, 1));
  }
  return line;
}

std::string excerpt(std::string_view text, std::size_t characters_max) {
  return fmt::format("\"{}\"", printable(text, characters_max));
}

int edit_distance(std::string_view a, std::string_view b) {
  a = a.substr(0, 64);
  b = b.substr(0, 64);
  // Rows of the table of distances between prefixes: the two before the current one suffice.
  std::vector<int> before_last(b.size() + 1);
  std::vector<int> last(b.size() + 1);
  std::vector<int> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = static_cast<int>(j);

  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last = std::exchange(last, row);
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int other = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + other});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

namespace {

// A number or a version: "3", "6.13", "v6.2".
bool is_number(std::string_view word) {
  if (word.starts_with('v')) word.remove_prefix(1);
  return word.find_first_not_of("0123456789.") == std::string_view::npos;
}

} // namespace

std::string
nearest_first(std::string_view word, std::vector<std::string> known, std::size_t words_max) {
  std::vector<std::pair<int, std::string>> ranked;
  for (std::string& name : known) {
    // Nothing is like a word that was not said, or a number; then they stay in their order.
    const int distance = is_number(word) ? 0 : edit_distance(word, name);
    ranked.emplace_back(distance, std::move(name));
  }
  std::ranges::stable_sort(ranked, {}, &std::pair<int, std::string>::first);

  std::string list;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    if (i == words_max) return list + fmt::format(" and {} more", ranked.size() - words_max);
    if (i > 0) list += ", ";
    list += ranked[i].second;
  }
  return list;
}

std::string unknown(const std::string& noun,
                    std::string_view word,
                    std::vector<std::string> known,
                    std::size_t words_max) {
  return fmt::format("unknown {} {}; known: {}",
                     noun,
                     excerpt(word),
                     nearest_first(word, std::move(known), words_max));
}

} // namespace stalemate::kernel
