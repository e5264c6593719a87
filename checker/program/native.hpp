#pragma once

#include "checker/program/layout.hpp"

#include <cstdint>
#include <memory>

namespace stalemate {

/// The code of a program, translated for the machine. It does what the interpreter does.
struct Native {
  /// Fires every enabled alternative of one process. Writes target states and transition numbers
  /// and returns how many; sets *failed to the transition that fails, if one does.
  int (*fire)(int process,
              const Word* state,
              Word* out,
              std::uint32_t* transitions,
              std::int64_t* failed) = nullptr;
  /// The same of all processes, in their order, up to the first transition that fails.
  int (*expand)(const Word* state,
                Word* out,
                std::uint32_t* transitions,
                std::int64_t* failed) = nullptr;
  /// See ask(); the entry is one that asks something.
  std::int32_t (*ask)(std::uint32_t entry, const Word* state) = nullptr;

  std::shared_ptr<void> library; ///< Where the code is; unloaded with the last of these.
};

} // namespace stalemate
