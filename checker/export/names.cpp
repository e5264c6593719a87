#include "checker/export/names.hpp"

#include <algorithm>
#include <cctype>

namespace stalemate {

namespace {

constexpr std::size_t length_max = 60; // Spin gives up on very long ones.

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

std::string lower(std::string text) {
  for (char& c : text)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

} // namespace

std::string identifier(std::string_view wanted) {
  std::string name;
  for (const char c : wanted) {
    if (name.size() == length_max) break;
    if (is_word_character(c))
      name += c;
    else if (!name.empty() && name.back() != '_')
      name += '_';
  }
  while (!name.empty() && name.back() == '_')
    name.pop_back();
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) != 0)
    name.insert(0, "n");
  return name;
}

std::string harmless(std::string_view text) {
  std::string result;
  for (const char c : text)
    result += c == '"' ? '\'' : c == '*' || c == '\\' || std::iscntrl(c) != 0 ? ' ' : c;
  return result;
}

bool Names::is_taken(const std::string& name) const {
  return taken_.contains(lower(name));
}

std::string Names::make(std::string_view wanted) {
  const std::string plain = identifier(wanted);
  std::string name = plain;
  for (int n = 2; !taken_.insert(lower(name)).second; ++n)
    name = plain + "_" + std::to_string(n);
  return name;
}

} // namespace stalemate
