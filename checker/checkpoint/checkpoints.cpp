#include "checker/checkpoint/checkpoints.hpp"

#include "checker/checkpoint/checkpoint_error.hpp"
#include "checker/checkpoint/identity.hpp"

#include <fmt/format.h>

#include <string>
#include <system_error>
#include <utility>

namespace stalemate {

namespace {

bool is_number(const std::string& name) {
  return name.find_first_not_of("0123456789") == std::string::npos;
}

} // namespace

Checkpoints::Checkpoints(Options options) : options_(std::move(options)) {
  if (options_.goes_on) return;
  std::error_code error;
  // The first of several searches may have ended before it was time for one.
  for (const auto& entry : std::filesystem::directory_iterator(options_.folder, error))
    if (is_number(entry.path().filename().string()))
      throw CheckpointError(
          fmt::format("{}: has the checkpoints of a search; `resume` goes on with it",
                      options_.folder.string()));
}

Checkpoint Checkpoints::next(const Program& program) {
  return {options_.folder / fmt::to_string(++searches_), identity_of(program)};
}

} // namespace stalemate
