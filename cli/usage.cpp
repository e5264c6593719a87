#include "cli/usage.hpp"

#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>

namespace stalemate::cli {

namespace {

using Units = std::map<std::string, std::uint64_t>;

// A number above 0 with a unit; becomes the number of smallest units.
CLI::Validator quantity(const Units& units, const std::string& what) {
  return {[units, what](std::string& text) -> std::string {
            constexpr std::size_t digits_max = 9; // no overflow
            const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
            const auto unit = units.find(text.substr(digits));
            const bool is_number = digits > 0 && digits <= digits_max;
            const std::uint64_t amount = is_number ? std::stoull(text.substr(0, digits)) : 0;
            if (amount == 0 || unit == units.end())
              return fmt::format("{} is not {}", kernel::excerpt(text), what);
            text = fmt::format("{}", amount * unit->second);
            return {};
          },
          ""};
}

} // namespace

// The library's own ones add words to the help and print ranges of floating point numbers.

CLI::Validator one_of(const std::string& noun, const std::vector<std::string>& words) {
  return {[noun, words](const std::string& word) {
            const bool is_known = std::ranges::find(words, word) != words.end();
            return is_known ? std::string() : kernel::unknown(noun, word, words);
          },
          "",
          fmt::format("{}", fmt::join(words, " "))}; // Its name, which nobody is shown.
}

std::string words_for(CLI::Option& option) {
  try {
    for (int i = 0;; ++i)
      if (const std::string& words = option.get_validator(i)->get_name(); !words.empty())
        return words;
  } catch (const CLI::OptionNotFound&) {
    return ""; // How the library says that there are no more.
  }
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

CLI::Validator between(int low, int high) {
  return {[low, high](const std::string& text) {
            constexpr std::size_t digits_max = 9; // no overflow
            const bool is_number = !text.empty() && text.size() <= digits_max &&
                                   text.find_first_not_of("0123456789") == std::string::npos;
            return is_number && std::stoi(text) >= low && std::stoi(text) <= high
                       ? std::string()
                       : fmt::format("{} is not a whole number from {} to {}",
                                     kernel::excerpt(text),
                                     low,
                                     high);
          },
          ""};
}

CLI::Validator duration() {
  return quantity({{"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}},
                  "a time such as 500ms, 30s, 5min or 2h");
}

CLI::Validator size() {
  return quantity({{"", 1}, {"k", 1U << 10U}, {"K", 1U << 10U}, {"M", 1U << 20U}, {"G", 1U << 30U}},
                  "a size such as 1000000, 500M or 2G");
}

} // namespace stalemate::cli
