// A scenario made smaller, in every way that a scenario can be: what is left is a scenario again,
// or is refused by whoever reads it. All texts are JSON of one scenario, without variants.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::kernel::inquiry {

/// The scenario with only these of its processes, for every set but all and none of them: the
/// smallest sets first.
[[nodiscard]] std::vector<std::string> with_fewer_processes(const std::string& scenario);

/// Everything that says less: blocks, folios and segments left out, items and members left out,
/// numbers lowered; what takes most away first.
[[nodiscard]] std::vector<std::string> simpler(const std::string& scenario);

/// Without what stands at the pointer, if it is an edit, a claim, a knob or an own path or variable
/// that can be left out; nothing otherwise.
[[nodiscard]] std::optional<std::string> without_blamed(const std::string& scenario,
                                                        const std::string& pointer);

/// The question alone: with this name, where it comes from, and this claim to be checked, and
/// without what is said about it and expected of it.
[[nodiscard]] std::string question(const std::string& scenario,
                                   const std::string& id,
                                   const std::string& source,
                                   const std::string& claim);

struct Size {
  std::size_t processes = 0;
  std::optional<std::size_t> blocks; ///< If it is about a file.
  std::size_t edits = 0;
  std::size_t knobs = 0;
  std::size_t values = 0; ///< Everything that it says, but for names, texts and claims to check.
};
[[nodiscard]] Size size_of(const std::string& scenario);

/// The JSON for people to read: a line for what fits one.
[[nodiscard]] std::string laid_out(const std::string& scenario);

} // namespace stalemate::kernel::inquiry
