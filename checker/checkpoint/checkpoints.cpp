#include "checker/checkpoint/checkpoints.hpp"

#include "checker/checkpoint/checkpoint_error.hpp"
#include "checker/checkpoint/identity.hpp"

#include <fmt/format.h>

#include <system_error>
#include <utility>

namespace stalemate {

Checkpoints::Checkpoints(Options options) : options_(std::move(options)) {
  if (options_.goes_on) return;
  std::error_code error;
  if (std::filesystem::exists(options_.folder / "1", error))
    throw CheckpointError(fmt::format(
        "{}: has the checkpoints of a search; `resume` goes on with it", options_.folder.string()));
}

Checkpoint Checkpoints::next(const Program& program) {
  return {options_.folder / fmt::to_string(++searches_), identity_of(program)};
}

} // namespace stalemate
