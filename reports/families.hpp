// Folders of scenarios, and how many of them expect what.
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace stalemate::report {

/// What a scenario may say that comes of it, for people who count.
enum class Ending : std::uint8_t { breaks, hangs, warns, holds, asks };

struct Family {
  std::string name;                 ///< Of the folder.
  std::string text;                 ///< What its README.md begins with; may be empty.
  int races = 0;                    ///< Files.
  std::array<int, 5> variants = {}; ///< By Ending.

  int& operator[](Ending ending) { return variants[static_cast<std::size_t>(ending)]; }
  int operator[](Ending ending) const { return variants[static_cast<std::size_t>(ending)]; }
};

using Families = std::vector<Family>;

/// A table, with the sum below; the column of those that ask only if there are some.
void write_families_text(const Families& families, std::ostream& out);
void write_families_markdown(const Families& families, std::ostream& out);

/// [{"family", "text", "races", "breaks", "hangs", "warns", "holds", "asks"}]
void write_families_json(const Families& families, std::ostream& out);

} // namespace stalemate::report
