#include "checker/program/interpret.hpp"

#include "checker/audit/reference.hpp"
#include "checker/program/definition.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <optional>

using namespace stalemate;

class InterpretTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(InterpretTest);
  CPPUNIT_TEST(agrees_with_the_definition_in_any_state);
  CPPUNIT_TEST(an_open_index_sees_what_was_written_before);
  CPPUNIT_TEST(nobody_gets_where_there_is_no_code);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// States need not be reachable, if only there is code where the processes stand: transitions,
  /// their order, what fails, which invariant breaks and who rests must be as defined in all of
  /// them.
  void agrees_with_the_definition_in_any_state() {
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
      const ir::Model model = tests::random_model(seed);
      const Program program = compile(model);
      tests::Dice dice(seed);
      for (int i = 0; i < 15; ++i) {
        const ir::Valuation values = any_state(program, dice);
        if (have_code(program, values)) compare(seed, program, values);
      }
    }
  }

  /// The index has too many values for each to have code of its own.
  void an_open_index_sees_what_was_written_before() {
    const ir::Model model = tests::one_process([](build::Model& m) {
      const build::Array a = m.array("a", 20, 0, 3);
      const build::Place i = m.var("i", 0, 19);
      const build::Place x = m.var("x", 0, 3);
      return [=](build::Path& p) {
        p.step("choose", build::for_any(20, [&](int k) { return build::then(i = k); }));
        p.step("write and read", build::then(a[1] = 3, x = a[i], a[2] = 1, a[i] = 2, a[3] = x));
      };
    });
    const Program program = compile(model);
    ir::Valuation values = ir::initial(model);
    values[static_cast<std::size_t>(model.processes[0].location)] = {1};
    for (int i = 0; i < 20; ++i) {
      values[static_cast<std::size_t>(tests::variable(model, "i"))] = {i};
      compare(0, program, values);
    }
  }

  void nobody_gets_where_there_is_no_code() {
    int without = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
      const ir::Model model = tests::random_model(seed);
      const Program program = compile(model);
      const Result result = explore_plainly(model, 20'000);
      for (std::size_t p = 0; p < model.processes.size(); ++p)
        for (std::size_t s = 0; s < model.processes[p].steps.size(); ++s) {
          if (has_code(program, p, s)) continue;
          ++without;
          for (const std::uint64_t fired : result.coverage.fired[p][s])
            CPPUNIT_ASSERT_EQUAL_MESSAGE(fmt::format("seed {}", seed), std::uint64_t{0}, fired);
        }
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(without), without > 5);
  }

 private:
  static bool has_code(const Program& program, std::size_t process, std::size_t step) {
    return program.processes[process].steps[step] != program.nothing;
  }

  /// Does everyone stand where there is code, or at his end?
  static bool have_code(const Program& program, const ir::Valuation& values) {
    for (std::size_t p = 0; p < program.model.processes.size(); ++p) {
      const ir::Process& process = program.model.processes[p];
      const int at = location(process, values);
      if (at != process.finished() && !has_code(program, p, static_cast<std::size_t>(at)))
        return false;
    }
    return true;
  }

  static ir::Valuation any_state(const Program& program, tests::Dice& dice) {
    const Ranges& ranges = program.layout.ranges();
    ir::Valuation values = ir::initial(program.model);
    for (std::size_t v = 0; v < values.size(); ++v) {
      for (std::size_t i = 0; i < values[v].size(); ++i) {
        const auto [low, high] = ranges.of({static_cast<int>(v), static_cast<int>(i)});
        values[v][i] = dice.between(static_cast<int>(low), static_cast<int>(high));
      }
    }
    return values;
  }

  static std::int32_t broken_by_definition(const Program& program, const ir::Valuation& values) {
    const auto broken = broken_part(program.model, values);
    if (!broken) return Program::holds_all;
    for (std::size_t i = 0; i < program.parts.size(); ++i)
      if (program.parts[i] == PartName{broken->property, broken->part})
        return static_cast<std::int32_t>(i);
    CPPUNIT_FAIL("an invariant has no code");
    return 0;
  }

  static void compare(std::uint64_t seed, const Program& program, const ir::Valuation& values) {
    const std::string where = fmt::format("seed {}", seed);
    const auto words = static_cast<std::size_t>(program.layout.words());
    std::vector<Word> state(words);
    program.layout.pack(values, state.data());
    std::vector<Word> targets(words * static_cast<std::size_t>(program.successors_max));
    std::vector<std::uint32_t> transitions(static_cast<std::size_t>(program.successors_max));

    const Expansion found = expand(program, state.data(), targets.data(), transitions.data());
    const std::int32_t broken = ask(program, program.all_invariants, state.data());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(where, broken_by_definition(program, values), broken);

    int count = 0;
    for (std::size_t p = 0; p < program.model.processes.size(); ++p) {
      const ir::Process& process = program.model.processes[p];
      const int at = location(process, values);
      const bool rests =
          ask(program, program.processes[p].resting[static_cast<std::size_t>(at)], state.data()) ==
          1;
      CPPUNIT_ASSERT_EQUAL_MESSAGE(where, is_at_rest(process, values), rests);
      if (at == process.finished()) continue;
      const auto& alternatives = process.steps[static_cast<std::size_t>(at)].alternatives;
      for (std::size_t a = 0; a < alternatives.size(); ++a) {
        if (!is_enabled(alternatives[a], values)) continue;
        const AlternativeName name{static_cast<int>(p), at, static_cast<int>(a)};
        const Firing firing = fire(program.model, process, alternatives[a], values);
        if (firing.broken != nullptr || !firing.error.empty()) {
          CPPUNIT_ASSERT_MESSAGE(where, found.failed >= 0);
          CPPUNIT_ASSERT_EQUAL_MESSAGE(where, count, found.count);
          CPPUNIT_ASSERT_MESSAGE(where,
                                 name == name_of(program, static_cast<std::size_t>(found.failed)));
          return;
        }
        CPPUNIT_ASSERT_MESSAGE(where, count < found.count);
        const auto number = static_cast<std::size_t>(count++);
        const Word* target = targets.data() + number * words;
        CPPUNIT_ASSERT_MESSAGE(where, name == name_of(program, transitions[number]));
        CPPUNIT_ASSERT_MESSAGE(where, firing.target == program.layout.unpack(target));
        if (broken != Program::holds_all) continue;
        // Code behind a transition may rely on the state before having been right.
        const Entry invariants = program.transitions[transitions[number]].invariants;
        CPPUNIT_ASSERT_EQUAL_MESSAGE(
            where, broken_by_definition(program, firing.target), ask(program, invariants, target));
      }
    }
    CPPUNIT_ASSERT_MESSAGE(where, found.failed < 0);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(where, count, found.count);
  }

  static AlternativeName name_of(const Program& program, std::size_t transition) {
    return program.alternatives[program.transitions[transition].alternative];
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(InterpretTest);
