#include "tests/fuzz/mutation.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace stalemate::fuzz {

namespace {

using Place = std::pair<std::size_t, std::size_t>; // Where, and how long.

/// A word or a number from there on.
Place word_behind(const std::string& text, std::size_t at) {
  static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz_0123456789";
  const std::size_t begin = text.find_first_of(letters, at);
  if (begin == std::string::npos) return {text.size(), 0};
  return {begin, std::min(text.find_first_not_of(letters, begin), text.size()) - begin};
}

} // namespace

std::string Mutator::next() {
  std::string text = known_[below(known_.size())];
  for (std::size_t changes = 1 + below(8); changes > 0; --changes)
    change(text);
  return text;
}

std::string Mutator::piece() {
  static constexpr std::array<std::string_view, 24> special{
      "{",  "}",  "[",    "]",    ",",  ":", "\"",   "\\",
      "\n", "(",  ")",    "-1",   "0",  "1", "1e99", "0.5",
      "!",  "&&", "null", "true", "{}", "",  "\xFF", "99999999999999999999"};
  if (below(2) == 0) return std::string(special[below(special.size())]);
  const std::string& other = known_[below(known_.size())];
  return other.substr(below(other.size() + 1), 1 + below(40));
}

// Words for words keeps the form, so that what comes behind the parser is reached.
void Mutator::change_word(std::string& text) {
  const auto [at, length] = word_behind(text, below(text.size() + 1));
  const std::string& other = known_[below(known_.size())];
  const auto [from, count] = word_behind(other, below(other.size() + 1));
  text.replace(at, length, other.substr(from, count));
}

void Mutator::change(std::string& text) {
  const std::size_t at = below(text.size() + 1);
  const std::size_t length = std::min(below(20), text.size() - at);
  switch (below(6)) {
  case 0:
    text.erase(at, length);
    break;
  case 1:
    text.insert(at, piece());
    break;
  case 2:
    text.replace(at, length, piece());
    break;
  case 3:
    if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
    break;
  default:
    change_word(text);
  }
}

} // namespace stalemate::fuzz
