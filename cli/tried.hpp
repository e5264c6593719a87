#pragma once

#include "cli/attempt.hpp"
#include "cli/tried_kernel.hpp"
#include "reproduce/oracle.hpp"
#include "reproduce/play.hpp"
#include "reproduce/schedule.hpp"
#include "reproduce/verdict.hpp"

#include <string>

namespace stalemate::cli {

/// The kernel, what is known of it, and how things are run there.
struct Kit {
  std::string folder;
  TriedKernel kernel;
  reproduce::Oracles oracles;
  reproduce::Programs programs;
};

/// One of those that were asked for, and what became of it.
struct Tried {
  std::string name;
  std::string refused = {}; ///< Why it is not run; then there is no more.
  Attempt attempt = {};
  std::string folder = {};
  reproduce::Schedule schedule = {};
  reproduce::Report report = {};
};

/// Before it is run: what it is about, what is not quite so, and how much of it is held. To stdout.
void say_what(const Tried& tried, const Kit& kit);

/// What became of it; under its name unless it is alone.
void say_answer(const Tried& tried, const Kit& kit, bool is_alone);

} // namespace stalemate::cli
