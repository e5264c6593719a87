#include "cli/usage.hpp"

#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>

namespace stalemate::cli {

// The library's own ones add words to the help and print ranges of floating point numbers.

CLI::Validator one_of(const std::string& noun, const std::vector<std::string>& words) {
  return {[noun, words](const std::string& word) {
            const bool is_known = std::ranges::find(words, word) != words.end();
            return is_known ? std::string() : kernel::unknown(noun, word, words);
          },
          ""};
}

CLI::Validator positive() {
  return {[](const std::string& text) {
            const bool is_number = text.find_first_not_of("0123456789") == std::string::npos;
            const bool is_above_0 = text.find_first_of("123456789") != std::string::npos;
            return is_number && is_above_0
                       ? std::string()
                       : kernel::excerpt(text) + " is not a whole number above 0";
          },
          ""};
}

CLI::Validator duration() {
  return {[](std::string& text) -> std::string {
            const std::map<std::string, std::uint64_t> units{
                {"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}};
            const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
            const auto unit = units.find(text.substr(digits));
            constexpr std::size_t digits_max = 12; // no overflow
            if (digits == 0 || digits > digits_max || unit == units.end())
              return kernel::excerpt(text) + " is not a time such as 500ms, 30s, 5min or 2h";
            text = fmt::format("{}", std::stoull(text.substr(0, digits)) * unit->second);
            return {};
          },
          ""};
}

} // namespace stalemate::cli
