#pragma once

#include "checker/ranks/words_of.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <utility>

namespace stalemate {

/// Why this rank cannot go on. It must not just stop, since the others would wait for it: it goes
/// on taking part, without doing anything, until all have heard of it and stop together.
class Trouble {
 public:
  [[nodiscard]] bool is_there() const { return reason_.has_value(); }
  void note(std::optional<std::string> reason) {
    if (reason && !reason_) reason_ = std::move(reason);
  }

  /// Does something that may run out of memory.
  template <typename Work>
  void watch(Work work) {
    try {
      work();
    } catch (const std::bad_alloc&) {
      note("out of memory");
    }
  }

  /// What the first rank in trouble says, by who said to be. All of them call it.
  template <typename Numbers>
  [[nodiscard]] std::optional<std::string> heard(const Numbers& are_there, Ranks& ranks) const {
    const auto who = std::ranges::find_if(are_there, [](auto number) { return number != 0; });
    if (who == are_there.end()) return std::nullopt;
    return words_of(static_cast<int>(who - are_there.begin()), reason_.value_or(""), ranks);
  }
  /// The same, by asking.
  [[nodiscard]] std::optional<std::string> of_all(Ranks& ranks) const {
    return heard(ranks.share(std::array{std::uint64_t{is_there() ? 1U : 0U}}), ranks);
  }

 private:
  std::optional<std::string> reason_;
};

} // namespace stalemate
