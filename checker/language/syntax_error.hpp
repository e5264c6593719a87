#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::language {

/// What is wrong with a text, and where. what() says it without the place.
class SyntaxError : public std::runtime_error {
 public:
  SyntaxError(std::size_t offset, const std::string& what)
      : std::runtime_error(what), offset_(offset) {}

  /// In bytes from the beginning of the text, from 0 on; at most its length.
  [[nodiscard]] std::size_t offset() const { return offset_; }

 private:
  std::size_t offset_;
};

/// A name or a value that does not exist. The caller says what is near.
class UnknownWord : public SyntaxError {
 public:
  UnknownWord(std::size_t offset,
              const std::string& noun,
              const std::string& word,
              std::vector<std::string> known)
      : SyntaxError(offset, "unknown " + noun + " \"" + word + "\""), noun_(noun), word_(word),
        known_(std::move(known)) {}

  /// "variable", "value", "process", "step" or "function"
  [[nodiscard]] const std::string& noun() const { return noun_; }
  [[nodiscard]] const std::string& word() const { return word_; }
  [[nodiscard]] const std::vector<std::string>& known() const { return known_; }

 private:
  std::string noun_;
  std::string word_;
  std::vector<std::string> known_;
};

} // namespace stalemate::language
