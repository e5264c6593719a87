// What exists, with a line about each: knobs, paths, properties, scenarios.
#pragma once

#include "reports/json.hpp"

#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::report {

/// A value, an option, a variant: something that an entry is made of.
struct EntryPart {
  std::string name;
  std::string text;        ///< May be empty.
  bool is_default = false; ///< What holds if nothing is said.
};

struct Entry {
  std::string name;
  std::string text;
  std::string source; ///< Where it comes from; may be empty.
  std::vector<EntryPart> parts;
  std::string group = {}; ///< What it belongs to, the section of a scenario; may be empty.
  /// What else is to be known of it: a word, and names of others. May be empty.
  std::vector<std::pair<std::string, std::vector<std::string>>> related = {};
};

using Listing = std::vector<Entry>;

/// For people: names at the left, words wrapped at 100 columns, entries of a group together.
void write_listing_text(const Listing& listing, std::ostream& out);

/// For documents: a heading of the fourth level for each entry, one of the third for each group.
void write_listing_markdown(const Listing& listing, std::ostream& out);

/// [{"name", "text", "source", "parts": [{"name", "text", "default"}]}], with a "section" where
/// entries belong to one, and what is related by its word.
[[nodiscard]] Json listing_json(const Listing& listing);
void write_listing_json(const Listing& listing, std::ostream& out);

} // namespace stalemate::report
