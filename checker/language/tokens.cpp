#include "checker/language/tokens.hpp"

#include "checker/language/syntax_error.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace stalemate::language {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// The first character of a text in UTF-8, which is not empty.
std::string_view character(std::string_view text) {
  std::size_t bytes = 1;
  while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80)
    ++bytes;
  return text.substr(0, bytes);
}

/// Longer ones first.
constexpr std::array<std::string_view, 27> signs{
    "=>", "==", "!=", "<=", ">=", "&&", "||", "..", "!", "<", ">", "=", "+", "-",
    "*",  "/",  "%",  "(",  ")",  "[",  "]",  ",",  ".", "?", ":", "&", "|"};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next() {
    while (at_ < text_.size() && is_space(text_[at_]))
      ++at_;
    if (at_ == text_.size()) return {Token::Is::end, {}, at_, at_};
    const char c = text_[at_];
    if (is_letter(c))
      return run(Token::Is::name, [](char x) { return is_letter(x) || is_digit(x); });
    if (is_digit(c)) return run(Token::Is::number, is_digit);
    if (c == '"') return string();
    return sign();
  }

 private:
  template <typename Belongs>
  Token run(Token::Is is, Belongs belongs) {
    const auto begin = at_;
    while (at_ < text_.size() && belongs(text_[at_]))
      ++at_;
    return {is, text_.substr(begin, at_ - begin), begin, at_};
  }

  Token string() {
    const auto begin = at_;
    const auto close = text_.find('"', begin + 1);
    if (close == std::string_view::npos) throw SyntaxError(begin, "the quote is never closed");
    at_ = close + 1;
    return {Token::Is::string, text_.substr(begin + 1, close - begin - 1), begin, at_};
  }

  Token sign() {
    const auto rest = text_.substr(at_);
    const auto found =
        std::ranges::find_if(signs, [&](std::string_view s) { return rest.starts_with(s); });
    if (found == signs.end())
      throw SyntaxError(at_, '"' + std::string(character(rest)) + "\" means nothing here");
    if (*found == "&" || *found == "|")
      throw SyntaxError(at_,
                        std::string(*found) + " of bits does not exist; write " +
                            std::string(*found) + std::string(*found));
    const auto begin = at_;
    at_ += found->size();
    return {Token::Is::sign, rest.substr(0, found->size()), begin, at_};
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

} // namespace

std::vector<Token> tokens(std::string_view text) {
  std::vector<Token> all;
  Lexer lexer(text);
  do
    all.push_back(lexer.next());
  while (all.back().is != Token::Is::end);
  return all;
}

} // namespace stalemate::language
