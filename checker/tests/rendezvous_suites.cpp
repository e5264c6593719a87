// The one concurrent structure that we wrote ourselves, on a memory that Relacy can see: counters
// are its atomics, and what the threads tell each other its variables, so that reading one that was
// not published is a race. Relacy comes last, since it takes names away from everything behind it.

#include "checker/tests/rendezvous_suites.hpp"

#include "checker/store/rendezvous.hpp"

#include <string>

#include "lockless/relacy_last.hpp" // last

namespace stalemate::tests {

namespace {

template <Mutant mutant>
class Counter {
 public:
  Counter() { value_.store(0, rl::mo_relaxed, $); }

  void set(unsigned value) { value_.store(value, publishing, $); }
  void add(unsigned more) {
    if (mutant == Mutant::not_atomic) {
      const unsigned now = value_.load(rl::mo_acquire, $);
      value_.store(now + more, publishing, $);
    } else {
      value_.fetch_add(more, mutant == Mutant::unpublished ? rl::mo_relaxed : rl::mo_acq_rel, $);
    }
  }
  unsigned until(unsigned value) {
    for (rl::linear_backoff wait;; wait.yield($))
      if (static_cast<unsigned>(value_.load(seeing, $)) == value) return value;
  }
  unsigned unlike(unsigned value) {
    for (rl::linear_backoff wait;; wait.yield($)) {
      const unsigned now = value_.load(seeing, $);
      if (now != value) return now;
    }
  }

 private:
  static constexpr auto publishing =
      mutant == Mutant::unpublished ? rl::mo_relaxed : rl::mo_release;
  static constexpr auto seeing = mutant == Mutant::unseen ? rl::mo_relaxed : rl::mo_acquire;

  rl::atomic<unsigned> value_;
};

/// The leader tells what to add; each follower adds it to what is its own; the leader reads that.
template <Mutant mutant>
struct Rounds : rl::test_suite<Rounds<mutant>, 3> {
  static constexpr unsigned followers = 2;

  Rendezvous<Counter<mutant>> rendezvous;
  rl::var<unsigned> told;
  rl::var<unsigned> sums[followers];

  void before() {
    told($) = 0U;
    for (auto& sum : sums)
      sum($) = 0U;
  }

  void thread(unsigned thread) {
    if (thread == followers) {
      for (unsigned round = 1; round <= 2; ++round) {
        told($) = round;
        rendezvous.begin(followers);
        rendezvous.end();
        for (auto& sum : sums)
          RL_ASSERT(static_cast<unsigned>(sum($)) == (round == 1 ? 1 : 3));
      }
      return;
    }
    unsigned last = 0;
    for (unsigned round = 1; round <= 2; ++round) {
      last = rendezvous.next(last);
      RL_ASSERT(last == round);
      const unsigned sum = sums[thread]($);
      sums[thread]($) = sum + static_cast<unsigned>(told($));
      rendezvous.done();
    }
  }
};

template <Mutant mutant>
std::string simulate() {
  rl::test_params params;
  params.search_type = rl::sched_bound;
  params.context_bound = 2;
  rl::ostringstream log;
  params.output_stream = &log;
  params.progress_stream = &log;
  if (rl::simulate<Rounds<mutant>>(params)) return "";
  return rl::test_result_str(params.test_result);
}

} // namespace

std::string simulate_rendezvous(Mutant mutant) {
  switch (mutant) {
  case Mutant::none:
    return simulate<Mutant::none>();
  case Mutant::unpublished:
    return simulate<Mutant::unpublished>();
  case Mutant::unseen:
    return simulate<Mutant::unseen>();
  case Mutant::not_atomic:
    return simulate<Mutant::not_atomic>();
  }
  return "";
}

} // namespace stalemate::tests
