#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

namespace stalemate {

/// Gives out identifiers of another language: letters, digits and underscores, none twice, none of
/// its own words.
class Names {
 public:
  explicit Names(std::initializer_list<const char*> words) : taken_(words.begin(), words.end()) {}

  /// An identifier that looks like `wanted`: folio.dirty becomes folio_dirty, a second one
  /// folio_dirty_2.
  [[nodiscard]] std::string make(std::string_view wanted);

  /// Whether an identifier was given out or belongs to the language.
  [[nodiscard]] bool is_taken(const std::string& name) const;

 private:
  std::set<std::string> taken_; ///< In lower case: some languages do not tell the cases apart.
};

/// `wanted` with everything that cannot be in an identifier replaced by underscores, at most 60
/// characters.
[[nodiscard]] std::string identifier(std::string_view wanted);

/// Text that cannot end a comment or a string of another language.
[[nodiscard]] std::string harmless(std::string_view text);

} // namespace stalemate
