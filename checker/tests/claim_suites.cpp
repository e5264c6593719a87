// The one concurrent structure that we wrote ourselves, on a memory that Relacy can see: slots are
// its atomics, and the words of the claimed states its variables, so that reading one that was not
// published is a race. Relacy comes last, since it takes names away from everything behind it.

#include "checker/tests/claim_suites.hpp"

#include "checker/store/claim.hpp"

#include <string>

#include "lockless/relacy_last.hpp" // last

namespace stalemate::tests {

namespace {

constexpr unsigned slots_count = 4;
constexpr unsigned tag_mask = 0xff00;

/// Two threads claim two states each. They have one of them in common, and all begin at one slot.
template <Mutant mutant>
struct Claims : rl::test_suite<Claims<mutant>, 2> {
  rl::atomic<unsigned> slots[slots_count];
  rl::var<unsigned> states[4]; ///< By number.
  unsigned places[4] = {};

  /// Thread 0 has numbers 0 and 1, thread 1 has 2 and 3; what is claimed under 1 and 2 is the same.
  static unsigned state_of(unsigned number) { return number == 2 ? 1 : number; }

  void before() {
    for (auto& slot : slots)
      slot.store(0, rl::mo_relaxed, $);
  }

  unsigned value(std::uint64_t, std::uint32_t number) const { return number + 1; }
  unsigned number(std::uint32_t value) const { return (value & ~tag_mask) - 1; }
  bool may_be(std::uint32_t, std::uint64_t) const { return true; }
  unsigned first(std::uint64_t) const { return 0; }
  unsigned next(std::uint64_t place, std::uint64_t) const {
    return static_cast<unsigned>((place + 1) % slots_count);
  }
  std::uint32_t load(std::uint64_t place) {
    return slots[place].load(mutant == Mutant::relaxed ? rl::mo_relaxed : rl::mo_acquire, $);
  }
  bool replace(std::uint64_t place, std::uint32_t& seen, std::uint32_t value) {
    if (mutant == Mutant::first_wins && seen != 0) return true;
    if (mutant == Mutant::not_atomic) {
      const unsigned now = slots[place].load(rl::mo_acquire, $);
      if (now == seen) slots[place].store(value, rl::mo_release, $);
      const bool is_done = now == seen;
      seen = now;
      return is_done;
    }
    unsigned expected = seen;
    const bool is_done = slots[place].compare_exchange_strong(
        expected,
        value,
        mutant == Mutant::relaxed ? rl::mo_relaxed : rl::mo_acq_rel,
        $,
        mutant == Mutant::relaxed ? rl::mo_relaxed : rl::mo_acquire,
        $);
    seen = expected;
    return is_done;
  }

  void thread(unsigned thread) {
    for (unsigned i = 0; i < 2; ++i) {
      // The second thread begins with what it shares, the first ends with it.
      const unsigned mine = 2 * thread + i;
      states[mine]($) = state_of(mine);
      const Claimed claimed = claim(*this, 0, mine, [&](std::uint32_t other) {
        return static_cast<unsigned>(states[other]($)) == state_of(mine);
      });
      places[mine] = static_cast<unsigned>(claimed.place);
      RL_ASSERT(claimed.number <= mine);
    }
  }

  void after() {
    RL_ASSERT(places[1] == places[2]);
    const unsigned lowest[] = {0, 1, 1, 3};
    for (unsigned n = 0; n < 4; ++n)
      RL_ASSERT(number(slots[places[n]].load(rl::mo_relaxed, $)) == lowest[n]);
    unsigned filled = 0;
    for (auto& slot : slots)
      filled += slot.load(rl::mo_relaxed, $) != 0 ? 1 : 0;
    RL_ASSERT(filled == 3);
  }
};

template <Mutant mutant>
std::string simulate() {
  rl::test_params params;
  params.search_type = rl::sched_bound;
  params.context_bound = 3;
  rl::ostringstream log;
  params.output_stream = &log;
  params.progress_stream = &log;
  if (rl::simulate<Claims<mutant>>(params)) return "";
  return rl::test_result_str(params.test_result);
}

} // namespace

std::string simulate_claims(Mutant mutant) {
  switch (mutant) {
  case Mutant::none:
    return simulate<Mutant::none>();
  case Mutant::relaxed:
    return simulate<Mutant::relaxed>();
  case Mutant::not_atomic:
    return simulate<Mutant::not_atomic>();
  case Mutant::first_wins:
    return simulate<Mutant::first_wins>();
  }
  return "";
}

} // namespace stalemate::tests
