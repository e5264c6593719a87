#include "checker/ranks/lost.hpp"

#include "checker/program/interpret.hpp"
#include "checker/ranks/packing.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace stalemate {

namespace {

constexpr std::size_t looks_max = 256; ///< At a time.

} // namespace

LookForLost::LookForLost(const Program& program,
                         const Frontier& frontier,
                         const std::vector<Stalled>& stalled,
                         std::uint64_t work_max,
                         Keeper& keeper,
                         Ranks& ranks)
    : program_(program), frontier_(frontier), stalled_(stalled), work_left_(work_max),
      keeper_(keeper), ranks_(ranks), standings_(program),
      words_(static_cast<std::size_t>(program.layout.words())),
      bytes_(static_cast<std::size_t>(program.layout.bytes())),
      questions_(static_cast<std::size_t>(ranks.count())),
      targets_(static_cast<std::size_t>(program.successors_max) * words_),
      transitions_(static_cast<std::size_t>(program.successors_max)) {}

LookForLost::Answer LookForLost::run(const std::function<bool()>& is_over) {
  for (;;) {
    begin_looks();
    for (std::size_t i = 0; i < looks_.size(); ++i)
      if (!is_suspicious_) step(i);
    const auto all = ranks_.share(std::array<std::uint64_t, 3>{
        is_suspicious_, looks_.empty() ? 0U : 1U, is_over() ? 1U : 0U});
    std::array<bool, 3> any{};
    for (std::size_t i = 0; i < all.size(); ++i)
      any[i % 3] = any[i % 3] || all[i] != 0;
    if (any[0]) return Answer::perhaps;
    if (any[2]) return Answer::given_up;
    if (!any[1]) return Answer::nobody;
    ask();
    for (Look& look : looks_)
      is_suspicious_ = is_suspicious_ || (!look.is_done && look.todo.empty());
    std::erase_if(looks_, [](const Look& look) { return look.is_done; });
  }
}

void LookForLost::begin_looks() {
  for (; looks_.size() < looks_max && next_ < stalled_.size(); ++next_) {
    Look& look = looks_.emplace_back();
    look.start.resize(words_);
    frontier_.read(stalled_[next_].id, look.start.data());
    look.depth = stalled_[next_].depth;
    look.todo.emplace(look.depth, look.start);
    look.met.insert(look.start);
  }
}

/// Looks at one more state, and notes what must be asked about its targets. The
/// one that comes last leads behind the start soonest.
void LookForLost::step(std::size_t number) {
  Look& look = looks_[number];
  const std::vector<Word> state =
      std::move(look.todo.extract(std::prev(look.todo.end())).value().second);
  const Expansion found = expand(program_, state.data(), targets_.data(), transitions_.data());
  ProcessSet enabled = 0;
  for (int i = 0; i < found.count; ++i)
    enabled |= only(standings_.process_of(transitions_[static_cast<std::size_t>(i)]));
  look.lost &= standings_.alike(standings_.of(state.data()).waiting & ~enabled);
  look.is_done = look.lost == 0;
  if (look.is_done) return;
  if (work_left_ == 0) {
    is_suspicious_ = true;
    return;
  }
  --work_left_;
  for (std::size_t i = 0; i < static_cast<std::size_t>(found.count); ++i) {
    const auto* target = targets_.data() + i * words_;
    std::vector<Word> copy(target, target + words_);
    if (look.met.contains(copy)) continue;
    const int keeper = keeper_of(target, static_cast<int>(words_), ranks_.count());
    questions_[static_cast<std::size_t>(keeper)].push_back({number, std::move(copy)});
  }
}

void LookForLost::ask() {
  std::vector<Ranks::Message> asked(questions_.size());
  for (std::size_t rank = 0; rank < questions_.size(); ++rank)
    for (const Question& question : questions_[rank])
      append_state(asked[rank], question.target.data(), bytes_);
  std::vector<Ranks::Message> in(questions_.size());
  ranks_.exchange(asked, in);
  std::vector<Ranks::Message> depths(questions_.size());
  for (std::size_t rank = 0; rank < questions_.size(); ++rank)
    keeper_.tell_depths(in[rank], depths[rank]);
  ranks_.exchange(depths, in);
  for (std::size_t rank = 0; rank < questions_.size(); ++rank)
    hear(rank, in[rank]);
}

void LookForLost::hear(std::size_t rank, const Ranks::Message& depths) {
  for (std::size_t i = 0; i < questions_[rank].size(); ++i) {
    Question& question = questions_[rank][i];
    Look& look = looks_[question.look];
    Word depth = 0;
    read_state(depths, i, sizeof depth, &depth, 1);
    // From what comes behind the start it is known that nobody is lost.
    if (depth > look.depth || (depth == look.depth && question.target > look.start))
      look.is_done = true;
    else if (look.met.insert(question.target).second)
      look.todo.emplace(depth, std::move(question.target));
  }
  questions_[rank].clear();
}

} // namespace stalemate
