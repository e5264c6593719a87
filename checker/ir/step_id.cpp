#include "checker/ir/step_id.hpp"

#include <algorithm>
#include <cctype>

namespace stalemate::ir {

namespace {

bool is_of_a_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool is_number(const std::string& word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::string without_numbers(const std::string& text) {
  std::string result;
  for (auto at = text.begin(); at != text.end();) {
    const auto end = std::find_if_not(at, text.end(), is_of_a_word);
    const std::string word(at, end);
    result += is_number(word) ? "#" : word;
    at = end;
    if (at != text.end()) result += *at++;
  }
  return result;
}

std::string step_id(const std::string& function, const std::string& phrase) {
  return function + ": " + without_numbers(phrase);
}

} // namespace stalemate::ir
