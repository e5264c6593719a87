#pragma once

#include "checker/liveness/standing.hpp"
#include "checker/ranks/keeper.hpp"
#include "checker/ranks/ranks.hpp"
#include "checker/store/frontier.hpp"

#include <cstdint>
#include <functional>
#include <set>
#include <utility>
#include <vector>

namespace stalemate {

/// A state that leads to none which comes behind it, by level and then as packed: where it stands
/// in the frontier, which keeps it.
struct Stalled {
  StateId id = 0;
  std::uint32_t depth = 0;
};

/// The same question as may_be_stranded() has, and for the same reason only about stalled states;
/// any order of the states will do for that. Each rank looks at its own, many at a time, since to
/// know where a target stands it has to ask who keeps it.
class LookForLost {
 public:
  /// So many looks that pass more states than that are given up as suspicious.
  LookForLost(const Program& program,
              const Frontier& frontier,
              const std::vector<Stalled>& stalled,
              std::uint64_t work_max,
              Keeper& keeper,
              Ranks& ranks);

  enum class Answer : std::uint8_t { nobody, perhaps, given_up };
  /// The same for all ranks. `is_over` says whether there is no time left.
  [[nodiscard]] Answer run(const std::function<bool()>& is_over);

 private:
  struct Look {
    std::vector<Word> start;
    std::uint32_t depth = 0;
    ProcessSet lost = ~ProcessSet{0};
    std::set<std::pair<Word, std::vector<Word>>> todo; ///< With their levels.
    std::set<std::vector<Word>> met;
    bool is_done = false; ///< Nobody is lost.
  };
  struct Question {
    std::size_t look;
    std::vector<Word> target;
  };

  void begin_looks();
  void step(std::size_t look);
  void ask();
  void hear(std::size_t rank, const Ranks::Message& depths);

  const Program& program_;
  const Frontier& frontier_;
  const std::vector<Stalled>& stalled_;
  std::uint64_t work_left_;
  Keeper& keeper_;
  Ranks& ranks_;
  Standings standings_;
  std::size_t words_;
  std::size_t bytes_;
  std::size_t next_ = 0; ///< The next stalled state to look at.
  std::vector<Look> looks_;
  std::vector<std::vector<Question>> questions_; ///< By rank.
  std::vector<Word> targets_;
  std::vector<std::uint32_t> transitions_;
  bool is_suspicious_ = false;
};

} // namespace stalemate
