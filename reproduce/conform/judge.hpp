// Is what was recorded a run of the model?
#pragma once

#include "checker/observe/fit.hpp"
#include "reproduce/conform/observe.hpp"

#include <string>
#include <vector>

namespace stalemate::reproduce {

/// The scenario that a log is one of.
struct Subject {
  const ir::Model& model;
  std::vector<std::string> programs; ///< Processes that a program runs, in their order.
  Geometry geometry;
};

struct Judgement {
  enum class Answer : std::uint8_t {
    run,
    no_run,
    incomplete_log, ///< Something happened that is not in the log: nothing follows from it.
    unfinished,     ///< The search was.
  };
  Answer answer = Answer::unfinished;
  std::string reason = {};               ///< In a line; of no_run what cannot have happened.
  std::string key = {};                  ///< The same without what differs from log to log.
  std::vector<std::string> details = {}; ///< Of no_run: the nearest run, and what could follow it.
  std::size_t events = 0;                ///< Of the log, those that stand for something.
  std::size_t possible = 0;              ///< So many of them, one after the other, fit a run.
  std::uint64_t states = 0;
};

/// `seen` is what observe() made of the log.
[[nodiscard]] Judgement
judge(const Log& log, const Observed& seen, const Subject& subject, const Limits& limits);

} // namespace stalemate::reproduce
