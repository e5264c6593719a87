#include "reports/font.hpp"

#include <array>

namespace stalemate::report {

namespace {

constexpr double units_per_em = 2048;
constexpr double hinting = 1.03; ///< Small letters on a screen grid are a little wider than drawn.
constexpr int first = 0x20;

// Advance widths of ASCII from 0x20 on, as the font files give them.
constexpr std::array<short, 95> regular = {
    569,  569,  727,  1139, 1139, 1821, 1366, 391,  682,  682,  797,  1196, 569,  682,  569,  569,
    1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 569,  569,  1196, 1196, 1196, 1139,
    2079, 1366, 1366, 1479, 1479, 1366, 1251, 1593, 1479, 569,  1024, 1366, 1139, 1706, 1479, 1593,
    1366, 1593, 1479, 1366, 1251, 1479, 1366, 1933, 1366, 1366, 1251, 569,  569,  569,  961,  1139,
    682,  1139, 1139, 1024, 1139, 1139, 569,  1139, 1139, 455,  455,  1024, 455,  1706, 1139, 1139,
    1139, 1139, 682,  1024, 569,  1139, 1024, 1479, 1024, 1024, 1024, 684,  532,  684,  1196};
constexpr std::array<short, 95> heavy = {
    569,  682,  971,  1139, 1139, 1821, 1479, 487,  682,  682,  797,  1196, 569,  682,  569,  569,
    1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 682,  682,  1196, 1196, 1196, 1251,
    1997, 1479, 1479, 1479, 1479, 1366, 1251, 1593, 1479, 569,  1139, 1479, 1251, 1706, 1479, 1593,
    1366, 1593, 1479, 1366, 1251, 1479, 1366, 1933, 1366, 1366, 1251, 682,  569,  682,  1196, 1139,
    682,  1139, 1251, 1139, 1251, 1139, 682,  1251, 1251, 569,  569,  1139, 569,  1821, 1251, 1251,
    1251, 1251, 797,  1139, 682,  1251, 1139, 1593, 1139, 1139, 1024, 797,  573,  797,  1196};

/// Of what is not ASCII: arrows are about this wide, letters narrower.
constexpr double other = 2048;

} // namespace

double text_width(std::string_view text, int size, bool bold) {
  const auto& widths = bold ? heavy : regular;
  double units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 && byte < 0xc0) continue; // The rest of a character of UTF-8.
    const auto at = static_cast<std::size_t>(byte - first);
    units += byte >= first && at < widths.size() ? widths[at] : other;
  }
  return units * size / units_per_em * hinting;
}

} // namespace stalemate::report
