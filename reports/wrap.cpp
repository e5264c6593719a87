#include "reports/wrap.hpp"

#include <algorithm>

namespace stalemate::report {

namespace {

bool is_start_of_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

/// Bytes of the longest prefix of the word that still fits behind the line; one character at least,
/// so that every line gets further.
std::size_t
break_of(std::string_view word, const std::string& line, double width, const Measure& measure) {
  std::size_t most = 0;
  std::size_t nice = 0;
  for (std::size_t end = 1; end <= word.size(); ++end) {
    if (end < word.size() && !is_start_of_character(word[end])) continue;
    if (most > 0 && measure(line + std::string(word.substr(0, end))) > width) break;
    most = end;
    if (std::string_view("_.,/]").find(word[end - 1]) != std::string_view::npos) nice = end;
  }
  return nice > 0 ? nice : most;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// True if what stands around the space is one number, 12 345.
bool is_in_number(std::string_view text, std::size_t space) {
  const auto group = text.substr(space + 1, 4);
  const auto digits = std::ranges::find_if_not(group, is_digit) - group.begin();
  return space > 0 && is_digit(text[space - 1]) && digits == 3;
}

std::string_view first_word(std::string_view text) {
  auto end = text.find(' ');
  while (end != std::string_view::npos && is_in_number(text, end))
    end = text.find(' ', end + 1);
  return text.substr(0, end);
}

int columns_of_lines = 100;

} // namespace

int line_columns() {
  return columns_of_lines;
}

void set_line_columns(int columns) {
  columns_of_lines = std::max(columns, line_columns_min);
}

double columns_of(std::string_view text) {
  return static_cast<double>(std::ranges::count_if(text, is_start_of_character));
}

std::vector<std::string>
wrapped(std::string_view text, double width, int indent, const Measure& measure) {
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  std::vector<std::string> lines;
  std::string line;
  bool is_empty = true;
  const auto finish = [&] {
    lines.push_back(line);
    line = margin;
    is_empty = true;
  };

  while (!text.empty()) {
    auto word = first_word(text);
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (word.empty()) continue;
    if (!is_empty && measure(line + " " + std::string(word)) > width) finish();
    if (!is_empty) line += ' ';
    while (measure(line + std::string(word)) > width) {
      const auto bytes = break_of(word, line, width, measure);
      line += word.substr(0, bytes);
      word.remove_prefix(bytes);
      if (word.empty()) break;
      finish();
    }
    line += word;
    is_empty = false;
  }
  if (!is_empty || lines.empty()) lines.push_back(line);
  return lines;
}

} // namespace stalemate::report
