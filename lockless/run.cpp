#include "lockless/suites.hpp" // last: it includes Relacy

namespace stalemate::relacy {

namespace {

/// What runs now. Relacy has one context for the whole process, so that one of these is enough.
struct Running {
  Factory factory;
  int variant;
  Machine* machine;
  int steps_max;
  std::uint64_t executions;
  std::uint64_t switches;
  std::uint64_t executions_max;
  const Bound* bound;
  const char* ended; ///< Why the rest was left.
} running;

void end_if(bool is_over, const char* why) {
  if (!is_over) return;
  running.ended = why;
  rl::ctx().rl_until(why, $);
}

/// Ends a search that has no end of its own.
void count_execution() {
  ++running.executions;
  end_if(running.executions_max != 0 && running.executions >= running.executions_max,
         "more executions than allowed");
}

/// Looks around where threads may be switched, not between executions: in one of them threads may
/// wait for each other millions of times.
void count_switch() {
  constexpr std::uint64_t distance = 4096;
  if (++running.switches % distance != 0) return;
  end_if(running.bound->wants_end && running.bound->wants_end(), "stopped");
}

template <int Threads>
struct ProtocolSuite : rl::test_suite<ProtocolSuite<Threads>, Threads> {
  alignas(64) char memory[protocol_bytes_max];
  Protocol* protocol = nullptr;

  ~ProtocolSuite() {
    if (protocol != nullptr) protocol->~Protocol();
  }
  void before() {
    the_log.reset();
    if (protocol != nullptr) protocol->~Protocol();
    protocol = running.factory(memory, running.variant);
  }
  void invariant() { count_switch(); } // Relacy's word for what is done at each switch.
  void thread(unsigned number) { protocol->thread(static_cast<int>(number)); }
  void after() {
    protocol->after();
    protocol->~Protocol();
    protocol = nullptr;
    count_execution();
  }
};

/// One thread for each of the machine's. A thread that can do nothing sleeps until another made it
/// able to; when all sleep, that is a deadlock unless all may rest.
template <int Threads>
struct MachineSuite : rl::test_suite<MachineSuite<Threads>, Threads> {
  rl::generic_event wake[Threads];
  bool sleeps[Threads];
  int steps = 0;
  bool is_over = false;

  void invariant() { count_switch(); }
  void before() {
    running.machine->reset();
    for (int t = 0; t < Threads; ++t) {
      wake[t].init(false, false, $);
      sleeps[t] = false;
    }
    steps = 0;
    is_over = false;
  }

  void wake_those_who_can() {
    for (int t = 0; t < Threads; ++t) {
      if (!sleeps[t] || !(is_over || running.machine->ways(t) > 0)) continue;
      sleeps[t] = false;
      wake[t].set($);
    }
  }

  bool take_a_step(int number) {
    const int ways = running.machine->ways(number);
    if (ways == 0) return false;
    const int way = ways == 1 ? 0 : static_cast<int>(rl::rand(static_cast<unsigned>(ways)));
    if (!running.machine->take(number, way)) RL_ASSERT(false);
    if (++steps >= running.steps_max) is_over = true;
    return true;
  }

  /// Does nobody but this thread move, and may all rest?
  bool is_the_end(int number) {
    for (int t = 0; t < Threads; ++t)
      if ((t != number && !sleeps[t]) || !running.machine->is_at_rest(t)) return false;
    return true;
  }

  void thread(unsigned self) {
    const int number = static_cast<int>(self);
    while (!is_over) {
      rl::ctx().sched();
      // Between the look at the ways and the step nobody else runs.
      if (!is_over && take_a_step(number)) {
        wake_those_who_can();
        continue;
      }
      if (is_over) break;
      if (is_the_end(number)) {
        is_over = true;
        break;
      }
      sleeps[number] = true;
      wake[number].wait(false, false, $);
    }
    is_over = true;
    wake_those_who_can();
  }

  void after() {
    for (int t = 0; t < Threads; ++t)
      wake[t].deinit($);
    count_execution();
  }
};

Outcome outcome_of(rl::test_result_e result) {
  Outcome outcome;
  outcome.executions = running.executions;
  switch (result) {
  case rl::test_result_success:
    return outcome;
  case rl::test_result_until_condition_hit:
    outcome.kind = Outcome::Kind::incomplete;
    outcome.text = running.ended;
    return outcome;
  case rl::test_result_deadlock:
    outcome.kind = Outcome::Kind::deadlock;
    break;
  case rl::test_result_user_assert_failed:
    outcome.kind = Outcome::Kind::violated;
    break;
  case rl::test_result_data_race:
    outcome.kind = Outcome::Kind::violated;
    outcome.claim = "no_data_race";
    outcome.text = "two threads access the same memory, one of them writes, nothing orders them";
    break;
  default:
    outcome.kind = Outcome::Kind::error;
    outcome.text = rl::test_result_str(result);
  }
  ++outcome.executions;
  return outcome;
}

void add_history(Outcome& outcome) {
  if (the_log.claim != nullptr) outcome.claim = the_log.claim;
  if (the_log.text != nullptr) outcome.text = the_log.text;
  for (int i = 0; i < the_log.count; ++i) {
    const LogEntry& e = the_log.entries[i];
    outcome.history.push_back({e.thread,
                               e.function,
                               e.phrase,
                               e.object,
                               e.before,
                               e.after,
                               e.read,
                               e.reads,
                               e.is_lock,
                               e.order});
  }
  for (int t = 0; t < threads_max; ++t)
    if (the_log.waits_for[t] != nullptr) outcome.blocked.emplace_back(t, the_log.waits_for[t]);
}

rl::test_params params_of(const Bound& bound, rl::ostringstream& sink) {
  rl::test_params params;
  params.output_stream = &sink;
  params.progress_stream = &sink;
  params.context_bound = static_cast<unsigned>(bound.switches);
  params.execution_depth_limit = 20000;
  if (bound.scheduler == Scheduler::random)
    params.iteration_count = static_cast<rl::iteration_t>(bound.executions_max);
  running.executions = 0;
  running.switches = 0;
  running.bound = &bound;
  running.ended = nullptr;
  running.executions_max = bound.scheduler == Scheduler::random ? 0 : bound.executions_max;
  return params;
}

template <typename Suite>
rl::test_result_e searched(const Bound& bound) {
  rl::ostringstream sink;
  rl::ostringstream state;
  rl::test_params params = params_of(bound, sink);
  constexpr auto threads = Suite::params::thread_count;
  switch (bound.scheduler) {
  case Scheduler::full:
    return rl::run_test<Suite, rl::full_search_scheduler<threads>>(params, state, false);
  case Scheduler::random:
    return rl::run_test<Suite, rl::random_scheduler<threads>>(params, state, false);
  case Scheduler::bound:
    break;
  }
  return rl::run_test<Suite, rl::context_bound_scheduler<threads>>(params, state, false);
}

/// The machine's own choices make it too large for anything but a bound on switches.
template <int Threads>
rl::test_result_e searched_machine(const Bound& bound) {
  using Suite = MachineSuite<Threads>;
  rl::ostringstream sink;
  rl::ostringstream state;
  rl::test_params params = params_of(bound, sink);
  return rl::run_test<Suite, rl::context_bound_scheduler<Threads>>(params, state, false);
}

} // namespace

bool is_there() {
  return true;
}

Outcome run_protocol(int protocol, int variant, const Bound& bound) {
  running.factory = factories[protocol];
  running.variant = variant;
  const auto threads = protocols()[static_cast<std::size_t>(protocol)].threads.size();
  const auto result =
      threads == 3 ? searched<ProtocolSuite<3>>(bound) : searched<ProtocolSuite<2>>(bound);
  Outcome outcome = outcome_of(result);
  add_history(outcome);
  return outcome;
}

Outcome run_machine(Machine& machine, const Bound& bound, int steps_max) {
  running.machine = &machine;
  running.steps_max = steps_max;
  switch (machine.threads()) {
  case 1:
  case 2:
    return outcome_of(searched_machine<2>(bound));
  case 3:
    return outcome_of(searched_machine<3>(bound));
  case 4:
    return outcome_of(searched_machine<4>(bound));
  case 5:
    return outcome_of(searched_machine<5>(bound));
  case 6:
    return outcome_of(searched_machine<6>(bound));
  case 7:
    return outcome_of(searched_machine<7>(bound));
  default:
    return outcome_of(searched_machine<8>(bound));
  }
}

} // namespace stalemate::relacy
