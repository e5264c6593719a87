// The interpreter. States of one to four words, the usual sizes, have a loop of their own, in which
// copying a state is a few moves.

#include "checker/program/interpret.hpp"

#include "checker/program/ensure.hpp"

#include <algorithm>
#include <optional>
#include <span>

namespace stalemate {

namespace {

enum class Stop : std::uint8_t { end, failed, answered };

struct Run {
  Stop stop;
  std::int32_t answer;
};

std::int64_t field(const Instruction& i, const Word* in) {
  return static_cast<std::int64_t>((in[i.word] >> i.shift) & i.mask);
}

std::int64_t second(const Instruction& i, const Word* in) {
  return static_cast<std::int64_t>((in[i.a] >> i.b) & i.value);
}

void put(Word& word, int shift, Word mask, std::int64_t code) {
  word = (word & ~(mask << shift)) | (static_cast<Word>(code) << shift);
}

/// Registers and tables: everything but tests, constant effects and control.
void run_rare(
    const Bytecode& code, const Instruction& i, const Word* in, Word* out, std::int64_t* r) {
  const auto other = static_cast<std::size_t>(i.other);
  switch (i.code) {
  case Code::set:
    r[i.into] = static_cast<std::int64_t>(i.value);
    break;
  case Code::load:
    r[i.into] = field(i, in) + static_cast<std::int64_t>(i.value);
    break;
  case Code::load_row:
    r[i.into] = static_cast<std::int64_t>((in[i.word] >> (i.shift + r[i.a] * i.b)) & i.mask) +
                static_cast<std::int64_t>(i.value);
    break;
  case Code::load_cell:
    r[i.into] = code.fields[other + static_cast<std::size_t>(r[i.a])].value(in);
    break;
  case Code::look_up:
    r[i.into] = code.numbers[other + static_cast<std::size_t>(field(i, in))];
    break;
  case Code::invert:
    r[i.into] = r[i.a] == 0;
    break;
  case Code::negate:
    r[i.into] = -r[i.a];
    break;
  case Code::add:
    r[i.into] = r[i.a] + r[i.b];
    break;
  case Code::subtract:
    r[i.into] = r[i.a] - r[i.b];
    break;
  case Code::multiply:
    r[i.into] = r[i.a] * r[i.b];
    break;
  case Code::divide:
    r[i.into] = r[i.a] / r[i.b];
    break;
  case Code::modulo:
    r[i.into] = r[i.a] % r[i.b];
    break;
  case Code::equal:
    r[i.into] = r[i.a] == r[i.b];
    break;
  case Code::not_equal:
    r[i.into] = r[i.a] != r[i.b];
    break;
  case Code::less:
    r[i.into] = r[i.a] < r[i.b];
    break;
  case Code::less_equal:
    r[i.into] = r[i.a] <= r[i.b];
    break;
  case Code::both:
    r[i.into] = r[i.a] != 0 && r[i.b] != 0;
    break;
  case Code::either:
    r[i.into] = r[i.a] != 0 || r[i.b] != 0;
    break;
  case Code::minimum:
    r[i.into] = std::min(r[i.a], r[i.b]);
    break;
  case Code::maximum:
    r[i.into] = std::max(r[i.a], r[i.b]);
    break;
  case Code::select:
    r[i.into] = r[i.a] != 0 ? r[i.b] : r[i.c];
    break;
  case Code::store:
    put(out[i.word], i.shift, i.mask, r[i.a] - static_cast<std::int64_t>(i.value));
    break;
  case Code::store_row:
    put(out[i.word],
        static_cast<int>(i.shift + r[i.c] * i.b),
        i.mask,
        r[i.a] - static_cast<std::int64_t>(i.value));
    break;
  case Code::store_cell: {
    const Field& f = code.fields[other + static_cast<std::size_t>(r[i.c])];
    put(out[f.word], f.shift, f.mask(), r[i.a] - f.low);
    break;
  }
  default:
    debug_ensure(false, "every instruction has a meaning");
  }
}

template <int fixed_words>
class Machine {
 public:
  Machine(const Program& program, const Word* state, Word* targets, std::uint32_t* transitions)
      : code_(program.code), words_(program.layout.words()), state_(state), out_(targets),
        transitions_(transitions) {}

  Run run(Entry entry) {
    const Instruction* at = code_.instructions.data() + entry;
    const Word* in = state_;
    const auto go = [&](bool on) { at += on ? 1 : at->jump; };
    for (;;) {
      const Instruction& i = *at;
      switch (i.code) {
      case Code::test:
        go((in[i.word] & i.mask) == i.value);
        continue;
      case Code::test_not:
        go((in[i.word] & i.mask) != i.value);
        continue;
      case Code::test_member:
        go(((i.value >> field(i, in)) & 1) != 0);
        continue;
      case Code::test_equal:
        go(field(i, in) - second(i, in) == i.other);
        continue;
      case Code::test_not_equal:
        go(field(i, in) - second(i, in) != i.other);
        continue;
      case Code::test_less:
        go(field(i, in) - second(i, in) < i.other);
        continue;
      case Code::test_not_less:
        go(field(i, in) - second(i, in) >= i.other);
        continue;
      case Code::test_register:
        go(r_[i.a] != 0);
        continue;
      case Code::test_register_not:
        go(r_[i.a] == 0);
        continue;
      case Code::test_register_range:
        go(static_cast<std::int64_t>(i.mask) <= r_[i.a] &&
           r_[i.a] <= static_cast<std::int64_t>(i.value));
        continue;
      case Code::jump:
        at += i.jump;
        continue;
      case Code::split:
        at += code_.jumps[static_cast<std::size_t>(i.other + field(i, in))];
        continue;
      case Code::begin:
        copy();
        in = out_;
        break;
      case Code::assign:
        out_[i.word] = (out_[i.word] & ~i.mask) | i.value;
        break;
      case Code::map: {
        const std::int64_t to = code_.numbers[static_cast<std::size_t>(i.other + second(i, in))];
        if (to == nowhere) {
          at += i.jump;
          continue;
        }
        put(out_[i.word], i.shift, i.mask, to);
        break;
      }
      case Code::emit:
        out_ += words();
        *transitions_++ = static_cast<std::uint32_t>(i.other);
        in = state_;
        at += i.jump;
        continue;
      case Code::fail:
        return {Stop::failed, i.other};
      case Code::answer:
        return {Stop::answered, i.other};
      case Code::end:
        return {Stop::end, 0};
      default:
        run_rare(code_, i, in, out_, r_);
        break;
      }
      ++at;
    }
  }

  [[nodiscard]] const std::uint32_t* transitions_end() const { return transitions_; }

 private:
  [[nodiscard]] int words() const { return fixed_words > 0 ? fixed_words : words_; }

  void copy() {
    for (int w = 0; w < words(); ++w)
      out_[w] = state_[w];
  }

  const Bytecode& code_;
  int words_;
  const Word* state_;
  Word* out_;
  std::uint32_t* transitions_;
  std::int64_t r_[registers_max]; // NOLINT: written before read; clearing it would cost.
};

/// How one process and all of them are fired by the interpreter, for the two functions below.
template <int fixed_words>
struct Interpreter {
  const Program& program;
  const Word* state;

  int fire(std::size_t process, Word* targets, std::uint32_t* transitions, std::int64_t& failed) {
    Machine<fixed_words> machine(program, state, targets, transitions);
    const ProcessCode& code = program.processes[process];
    const Run run = machine.run(code.steps[static_cast<std::size_t>(code.location.value(state))]);
    if (run.stop == Stop::failed) failed = run.answer;
    return static_cast<int>(machine.transitions_end() - transitions);
  }
  int expand(Word* targets, std::uint32_t* transitions, std::int64_t& failed) {
    Machine<fixed_words> machine(program, state, targets, transitions);
    for (const ProcessCode& process : program.processes) {
      const auto step = static_cast<std::size_t>(process.location.value(state));
      const Run run = machine.run(process.steps[step]);
      if (run.stop != Stop::failed) continue;
      failed = run.answer;
      break;
    }
    return static_cast<int>(machine.transitions_end() - transitions);
  }
};

/// The same by generated code.
struct Generated {
  const Program& program;
  const Word* state;

  int fire(std::size_t process, Word* targets, std::uint32_t* transitions, std::int64_t& failed) {
    return program.native->fire(static_cast<int>(process), state, targets, transitions, &failed);
  }
  int expand(Word* targets, std::uint32_t* transitions, std::int64_t& failed) {
    return program.native->expand(state, targets, transitions, &failed);
  }
};

/// The one alternative that was fired, or `several`.
int enabled_one(const Program& program, const Expansion& found, const std::uint32_t* transitions) {
  std::optional<std::uint32_t> one;
  const auto take = [&](std::uint32_t transition) {
    const std::uint32_t alternative = program.transitions[transition].alternative;
    const bool is_same = one.value_or(alternative) == alternative;
    one = alternative;
    return is_same;
  };
  for (int i = 0; i < found.count; ++i)
    if (!take(transitions[i])) return several;
  if (found.failed >= 0 && !take(static_cast<std::uint32_t>(found.failed))) return several;
  return program.alternatives[*one].alternative;
}

/// Fires the first process that may move alone.
template <typename Runner>
std::optional<Expansion> fire_alone(Runner& runner, Word* targets, std::uint32_t* transitions) {
  const Program& program = runner.program;
  const std::size_t count = program.processes.size();
  std::size_t spots[ir::processes_max]; // NOLINT: written before read.
  for (std::size_t p = 0; p < count; ++p)
    spots[p] = program.spots[p].at(runner.state);
  for (std::size_t p = 0; p < count; ++p) {
    if (!may_move_alone(program, p, whichever, {spots, count})) continue;
    Expansion found;
    found.count = runner.fire(p, targets, transitions, found.failed);
    if (found.count == 0 && found.failed < 0) continue;
    if (may_move_alone(program, p, enabled_one(program, found, transitions), {spots, count}))
      return found;
  }
  return std::nullopt;
}

template <typename Runner>
Expansion expand_with(Runner runner, Word* targets, std::uint32_t* transitions) {
  if (runner.program.leaves_out_orders)
    if (const auto found = fire_alone(runner, targets, transitions)) return *found;
  Expansion result;
  result.count = runner.expand(targets, transitions, result.failed);
  return result;
}

/// Calls work() with what runs the program.
template <typename Work>
auto run_with(const Program& program, const Word* state, Work work) {
  if (program.native) return work(Generated{program, state});
  switch (program.layout.words()) {
  case 1:
    return work(Interpreter<1>{program, state});
  case 2:
    return work(Interpreter<2>{program, state});
  case 3:
    return work(Interpreter<3>{program, state});
  case 4:
    return work(Interpreter<4>{program, state});
  default:
    return work(Interpreter<0>{program, state});
  }
}

} // namespace

Expansion expand(const Program& program,
                 const Word* state,
                 Word* targets,
                 std::uint32_t* transitions,
                 std::uint64_t* passed) {
  const Expansion found = run_with(
      program, state, [&](auto runner) { return expand_with(runner, targets, transitions); });
  if (program.symmetry) program.symmetry->canonicalise(targets, found.count);
  if (!program.goes_on) return found;
  const auto words = static_cast<std::size_t>(program.layout.words());
  for (std::size_t i = 0; i < static_cast<std::size_t>(found.count); ++i)
    while (const auto transition = go_on(program, targets + i * words))
      if (passed != nullptr) ++passed[*transition];
  return found;
}

std::optional<std::uint32_t> go_on(const Program& program, Word* state) {
  thread_local std::vector<Word> targets;
  thread_local std::vector<std::uint32_t> transitions;
  const auto words = static_cast<std::size_t>(program.layout.words());
  const auto room = static_cast<std::size_t>(program.successors_max);
  targets.resize(std::max(targets.size(), room * words));
  transitions.resize(std::max(transitions.size(), room));
  const auto found = run_with(program, state, [&](auto runner) {
    return fire_alone(runner, targets.data(), transitions.data());
  });
  if (!found || found->count != 1 || found->failed >= 0) return std::nullopt;
  const std::uint32_t transition = transitions.front();
  if (program.transitions[transition].invariants != program.nothing) return std::nullopt;
  std::copy_n(targets.begin(), words, state);
  if (program.symmetry) program.symmetry->canonicalise(state, 1);
  return transition;
}

std::int32_t ask(const Program& program, Entry entry, const Word* state) {
  if (program.native) return program.native->ask(entry, state);
  // This code has no effects. It runs on states of any size: only what copies them must know.
  Word no_target = 0;
  std::uint32_t no_transition = 0;
  Machine<1> machine(program, state, &no_target, &no_transition);
  const Run run = machine.run(entry);
  return run.stop == Stop::answered ? run.answer : Program::holds_all;
}

bool is_at_rest(const Program& program, const Word* state) {
  return std::ranges::all_of(program.processes, [&](const ProcessCode& process) {
    const auto step = static_cast<std::size_t>(process.location.value(state));
    return ask(program, process.resting[step], state) == 1;
  });
}

} // namespace stalemate
