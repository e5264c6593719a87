// What the search finds does not depend on what is kept of the states, but for hashes: those may
// leave states out, say how probable that is, and refuse what they cannot answer.

#include "checker/store/storage.hpp"

#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <cmath>
#include <string>

using namespace stalemate;
using namespace stalemate::build;

class StorageTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(StorageTest);
  CPPUNIT_TEST(a_tree_changes_nothing);
  CPPUNIT_TEST(hashes_change_nothing_but_the_verdict);
  CPPUNIT_TEST(hashes_have_no_answer_about_runs);
  CPPUNIT_TEST(a_tree_takes_16_bytes_for_a_wide_state);
  CPPUNIT_TEST(hashes_forget_what_was_expanded);
  CPPUNIT_TEST(memory_stays_below_the_limit);
  CPPUNIT_TEST(short_hashes_leave_out_states_as_often_as_the_bound_allows);
  CPPUNIT_TEST_SUITE_END();

 public:
  void a_tree_changes_nothing() {
    int folded = 0;
    for (std::uint64_t seed = 1; seed <= tests::amount(60, 10'000); ++seed) {
      folded += compare(fmt::format("seed {}", seed), widened(tests::random_model(seed)));
      folded += compare(fmt::format("seed {}", seed), widened(tests::random_live_model(seed)));
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(folded), folded > 60);
  }

  void hashes_change_nothing_but_the_verdict() {
    int held = 0;
    int stranded = 0;
    for (std::uint64_t seed = 1; seed <= tests::amount(250, 10'000); ++seed) {
      const Program program = compile(tests::random_model(seed));
      const std::string what = fmt::format("seed {}", seed);
      const Result exact = explored(program, Storage::exact);
      const Result compact = explored(program, Storage::compact);
      if (!exact.stranded.empty()) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, lost, compact.reason);
        CPPUNIT_ASSERT_MESSAGE(what, compact.verdict == Verdict::incomplete);
        ++stranded;
        continue;
      }
      if (compact.reason != lost) // That the whole graph was made does not show.
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, text(exact), text(compact));
      CPPUNIT_ASSERT_MESSAGE(what, exact.schedule == compact.schedule);
      CPPUNIT_ASSERT_MESSAGE(what, exact.coverage.fired == compact.coverage.fired);
      CPPUNIT_ASSERT_MESSAGE(what, !compact.is_shortest);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(what, 0.0, exact.omission);
      const bool is_probable = compact.omission > 0 && compact.omission < 1e-28;
      CPPUNIT_ASSERT_EQUAL_MESSAGE(what, compact.verdict == Verdict::holds, is_probable);
      held += is_probable ? 1 : 0;
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(held), held > 50);
    CPPUNIT_ASSERT_MESSAGE(std::to_string(stranded), stranded > 10);
  }

  void hashes_have_no_answer_about_runs() {
    int refused = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      const Program program = compile(tests::random_live_model(seed));
      const Result compact = explored(program, Storage::compact);
      CPPUNIT_ASSERT(compact.verdict == Verdict::incomplete);
      CPPUNIT_ASSERT_EQUAL(
          std::string("claims about runs need the states, of which only hashes are stored"),
          compact.reason);
      CPPUNIT_ASSERT_EQUAL(0.0, compact.omission);
      ++refused;
    }
    CPPUNIT_ASSERT_EQUAL(50, refused);
  }

  void a_tree_takes_16_bytes_for_a_wide_state() {
    const Program program = compile(counters(6, 10));
    CPPUNIT_ASSERT_EQUAL(26, program.layout.bytes());
    Limits limits;
    limits.storage = Storage::tree;
    Memory memory;
    CPPUNIT_ASSERT_EQUAL(std::string("holds (): 1000000 states, 5400000 transitions, depth 54"),
                         brief(explore(program, limits, memory)));
    const double bytes =
        static_cast<double>(memory.last.memory) / static_cast<double>(memory.last.counts.states);
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{:.1f} bytes", bytes), bytes < 16);
  }

  /// More than one chunk of memory.
  void hashes_forget_what_was_expanded() {
    const Program program = compile(counters(6, 9));
    CPPUNIT_ASSERT_EQUAL(std::string("holds (): 531441 states, 2834352 transitions, depth 48"),
                         brief(explored(program, Storage::compact)));
  }

  void memory_stays_below_the_limit() {
    const Layout layout = compile(counters(6, 9)).layout;
    for (const Storage storage : {Storage::tree, Storage::compact}) {
      for (const std::uint64_t memory : {30'000, 100'000, 1'000'000, 3'000'000}) {
        StateSet set(layout, Limits::unlimited, memory, storage);
        std::vector<Word> state(static_cast<std::size_t>(layout.words()));
        Word next = 0;
        do {
          state[0] = next % 10'000;
          state[1] = ++next;
        } while (set.insert_one(state));
        CPPUNIT_ASSERT(set.full() == StateSet::Full::memory);
        CPPUNIT_ASSERT(set.memory() <= memory);
        CPPUNIT_ASSERT_MESSAGE(fmt::format("{} of {}", set.memory(), memory),
                               set.memory() > memory / 3);
      }
    }
  }

  /// Whether a state is left out is as good as tossed for, by the model's own states. So over many
  /// models it happens about as often as the bounds add up to.
  void short_hashes_leave_out_states_as_often_as_the_bound_allows() {
    double expected = 0;
    int omitted = 0;
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
      const Program program = compile(tests::random_model(seed));
      const Result exact = explored(program, Storage::exact);
      if (exact.verdict != Verdict::holds) continue;
      Limits limits = few_states();
      limits.storage = Storage::compact;
      for (const int bits : {10, 14, 18}) {
        limits.hash_bits = bits;
        const Result compact = explored(program, limits);
        if (compact.verdict != Verdict::holds) continue;
        CPPUNIT_ASSERT_EQUAL(omission_probability(compact.counts.states, bits), compact.omission);
        expected += compact.omission;
        if (compact.counts.states < exact.counts.states) ++omitted;
      }
    }
    const std::string what = fmt::format("{} times, {:.1f} expected", omitted, expected);
    CPPUNIT_ASSERT_MESSAGE(what, omitted > 30);
    CPPUNIT_ASSERT_MESSAGE(what, omitted < expected + 2 * std::sqrt(expected));
  }

 private:
  inline static const std::string lost =
      "somebody may never move again while others do: to find out takes the states, of which only "
      "hashes are stored";

  /// Remembers the last progress.
  class Memory : public Observer {
   public:
    void progress(const Progress& progress) override { last = progress; }
    Progress last;
  };

  static Limits few_states() {
    Limits limits;
    limits.states_max = 1'000'000;
    return limits;
  }

  static Result explored(const Program& program, const Limits& limits) {
    Observer nobody;
    return explore(program, limits, nobody);
  }

  static Result explored(const Program& program, Storage storage) {
    Limits limits = few_states();
    limits.storage = storage;
    return explored(program, limits);
  }

  /// The same model with some more copies of every variable, so that a state takes several words.
  static ir::Model widened(ir::Model model) {
    constexpr int copies = 12;
    const std::size_t count = model.variables.size();
    for (int c = 1; c <= copies; ++c) {
      for (std::size_t v = 0; v < count; ++v) {
        ir::Variable copy = model.variables[v];
        copy.name += fmt::format(".{}", c);
        copy.kind = ir::Kind::number;
        copy.names.clear();
        model.variables.push_back(copy);
      }
    }
    for (ir::Process& process : model.processes)
      for (ir::Step& step : process.steps)
        for (ir::Alternative& alternative : step.alternatives) {
          std::vector<ir::Effect> effects;
          for (const ir::Effect& effect : alternative.effects) {
            // The copies first, while everything is as the effect sees it.
            for (int c = copies; c >= 0; --c) {
              effects.push_back(effect);
              effects.back().variable += c * static_cast<int>(count);
            }
          }
          alternative.effects = effects;
        }
    return model;
  }

  /// Each writes large numbers to a variable of its own, so many different ones.
  static ir::Model counters(int processes, int values) {
    std::vector<std::string> names;
    for (int i = 0; i < processes; ++i)
      names.push_back(fmt::format("p{}", i));
    Model m(names);
    for (const std::string& name : names) {
      const Place sum = m.var("sum." + name, 0, 1'000'000'000, 0);
      m.process(name, "count", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        for (int i = 1; i < values; ++i)
          p.step(fmt::format("count to {}", i), then(sum = i * 98'765'432));
      });
    }
    return m.finish();
  }

  /// Returns 1 if states were folded.
  static int compare(const std::string& what, const ir::Model& model) {
    const Program program = compile(model);
    const Result exact = explored(program, Storage::exact);
    const Result tree = explored(program, Storage::tree);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, text(exact), text(tree));
    CPPUNIT_ASSERT_MESSAGE(what, exact.schedule == tree.schedule);
    CPPUNIT_ASSERT_MESSAGE(what, exact.loop == tree.loop);
    CPPUNIT_ASSERT_MESSAGE(what, exact.stranded == tree.stranded);
    CPPUNIT_ASSERT_MESSAGE(what, exact.coverage.fired == tree.coverage.fired);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, exact.is_shortest, tree.is_shortest);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, 0.0, tree.omission);
    return Folding::gains(program.layout) ? 1 : 0;
  }

  static std::string brief(const Result& result) {
    return fmt::format("{} ({}): {} states, {} transitions, depth {}",
                       word(result.verdict),
                       result.reason,
                       result.counts.states,
                       result.counts.transitions,
                       result.counts.depth);
  }

  static std::string text(const Result& result) {
    return fmt::format("{}, property {}, part {}, process {}, {} steps, loop of {}",
                       brief(result),
                       result.property,
                       result.part,
                       result.process,
                       result.schedule.size(),
                       result.loop.size());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StorageTest);
