#include "checker/search/ending.hpp"

#include "checker/program/definition.hpp"
#include "checker/program/ensure.hpp"
#include "checker/program/interpret.hpp"
#include "checker/search/counterexample.hpp"

#include <optional>
#include <utility>

namespace stalemate {

namespace {

class Ending {
 public:
  Ending(const Program& program, const StateSet& seen, Result& result)
      : program_(program), seen_(seen), result_(result) {}

  void deadlocked(StateId id) {
    result_.property = *program_.deadlock;
    result_.schedule = schedule_to(program_, seen_, id);
    result_.verdict = Verdict::deadlock;
  }

  /// The state breaks a part of an invariant.
  void violated(StateId id, std::int32_t part) {
    Way way = way_to(program_, seen_, id);
    if (program_.symmetry) part = ask(program_, program_.all_invariants, way.state.data());
    const PartName& name = program_.parts[static_cast<std::size_t>(part)];
    result_.property = name.property;
    result_.part = name.part;
    result_.schedule = std::move(way.schedule);
    result_.verdict = Verdict::violated;
  }

  /// The code only knows that something failed; the definition says what.
  void failed(StateId parent, std::uint32_t transition) {
    Way way = way_to(program_, seen_, parent);
    const AlternativeName name =
        program_.symmetry ? first_to_fail(program_, way.state)
                          : program_.alternatives[program_.transitions[transition].alternative];
    const ir::Process& process = program_.model.processes[static_cast<std::size_t>(name.process)];
    const ir::Alternative& alternative =
        process.steps[static_cast<std::size_t>(name.step)]
            .alternatives[static_cast<std::size_t>(name.alternative)];
    const auto values = program_.layout.unpack(way.state.data());
    ensure(is_enabled(alternative, values), "what fails is enabled");
    const Firing firing = fire(program_.model, process, alternative, values);
    ensure(firing.broken != nullptr || !firing.error.empty(), "what fails, fails by definition");

    result_.schedule = std::move(way.schedule);
    result_.schedule.push_back({name.process, name.alternative});
    if (firing.broken != nullptr && firing.broken->property != ir::none) {
      result_.property = firing.broken->property;
      result_.verdict = Verdict::violated;
      return;
    }
    const std::string what = firing.broken != nullptr ? firing.broken->text : firing.error;
    result_.verdict = Verdict::model_error;
    result_.reason = at_step(program_.model, process, name.step, what);
  }

 private:
  const Program& program_;
  const StateSet& seen_;
  Result& result_;
};

/// Does something else end the search than room, which is a matter of the limits?
bool is_deep(const StateSet& seen, const Level& level, const Limits& limits) {
  return seen.full() == StateSet::Full::states && level.depth == limits.depth_max;
}

} // namespace

bool settle_end(const Program& program,
                const Limits& limits,
                bool is_deep,
                std::string why_full,
                const FindDeadlock& find,
                End& end,
                std::uint64_t& at,
                Result& result) {
  using Kind = End::Kind;
  const bool is_full = end.kind == Kind::full;
  if (is_full && !is_deep) {
    tell_incomplete(std::move(why_full), result);
    return false;
  }
  if (end.kind != Kind::deadlock && program.deadlock) {
    // A full set may be as deep as allowed: so is the rest of this level.
    if (const auto sooner = find(is_full ? at : at + 1)) {
      end.kind = Kind::deadlock;
      at = *sooner;
    }
  }
  if (end.kind == Kind::full) tell_incomplete(reason_of_depth(limits), result);
  return end.kind != Kind::full;
}

void tell_end(const Program& program,
              const StateSet& seen,
              const Level& level,
              const Limits& limits,
              const End& met,
              Result& result) {
  using Kind = End::Kind;
  End end = met;
  std::uint64_t at = end.parent;
  const bool is_there = settle_end(
      program,
      limits,
      is_deep(seen, level, limits),
      reason_of(seen.full(), limits),
      [&](std::uint64_t from) { return find_deadlock(program, seen, from, level.end); },
      end,
      at,
      result);
  if (!is_there) return;
  Ending ending(program, seen, result);
  if (end.kind == Kind::deadlock) return ending.deadlocked(static_cast<StateId>(at));
  if (end.kind == Kind::violated) return ending.violated(end.child, end.part);
  ending.failed(end.parent, end.transition);
}

void tell_incomplete(std::string reason, Result& result) {
  result.verdict = Verdict::incomplete;
  result.reason = std::move(reason);
}

} // namespace stalemate
