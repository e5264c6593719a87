#include "checker/reduce/symmetry.hpp"

#include "checker/reduce/dead_variables.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/neutral_models.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"
#include "checker/tests/taken.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <functional>
#include <string>

using namespace stalemate;
using namespace stalemate::build;

class SymmetryTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SymmetryTest);
  CPPUNIT_TEST(who_has_come_how_far_is_not_told);
  CPPUNIT_TEST(a_holder_goes_by_another_name);
  CPPUNIT_TEST(who_was_there_last_goes_by_another_name);
  CPPUNIT_TEST(objects_change_places);
  CPPUNIT_TEST(the_object_of_the_start_is_told_apart);
  CPPUNIT_TEST(objects_change_places_with_their_processes);
  CPPUNIT_TEST(a_process_does_the_same_elsewhere);
  CPPUNIT_TEST(what_only_looks_alike_is_told_apart);
  CPPUNIT_TEST(who_may_rest_is_told_apart);
  CPPUNIT_TEST(what_is_checked_is_told_apart);
  CPPUNIT_TEST(who_leaves_a_range_is_told_apart);
  CPPUNIT_TEST(a_large_group_is_cut_down);
  CPPUNIT_TEST(generated_code_does_the_same);
  CPPUNIT_TEST(nothing_is_left_out_of_claims_about_runs);
  CPPUNIT_TEST(what_one_breaks_another_has_broken);
  CPPUNIT_TEST(who_breaks_a_claim_may_change_his_name_by_that);
  CPPUNIT_TEST(who_is_lost_changes_his_name);
  CPPUNIT_TEST(agrees_with_the_plain_search_on_random_models);
  CPPUNIT_TEST_SUITE_END();

 public:
  void who_has_come_how_far_is_not_told() {
    for (int count = 2; count <= 4; ++count) {
      const ir::Model model =
          counters(count, [](Path& p, const Lock&) { p.step("count", always()); });
      CPPUNIT_ASSERT_EQUAL(std::uint64_t{1} << count, plain(model).counts.states);
      CPPUNIT_ASSERT_EQUAL(static_cast<std::uint64_t>(count) + 1, reduced(model).counts.states);
    }
  }

  /// Two states of each: before and behind the lock. One of them is at work at most.
  void a_holder_goes_by_another_name() {
    const ir::Model model = counters(3, [](Path& p, const Lock& lock) {
      p.step("lock", take(lock));
      p.step("unlock", then(release(lock)));
    });
    // All subsets of who is done, with or without one of the rest who is at work.
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{8 + 3 * 4}, plain(model).counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4 + 3}, reduced(model).counts.states);
  }

  void who_was_there_last_goes_by_another_name() {
    Model m({"a", "b"});
    const Place last = m.var("last", 0, 2);
    m.values_stand_for(last, {.first = 1});
    for (const char* name : {"a", "b"})
      m.process(name, "path", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        p.step("come", then(last = p.self()));
      });
    const ir::Model model = m.finish();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, plain(model).counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, reduced(model).counts.states);
  }

  /// One process marks three boxes, in any order. Which one it names before it chooses says
  /// nothing.
  void objects_change_places() {
    const ir::Model model = boxes(false);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{25}, plain(model).counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, reduced(model).counts.states);
    compare("boxes", model);
    // Nor is it set back to one of them when dead values are left out as well.
    const auto renamings = symmetries_of(model, Ranges(model));
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, renamings.size());
    const ir::Model rest = without_dead_values(model, renamed_by(renamings));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, reduced(rest).counts.states);
  }

  /// Here it marks the first one without having chosen it.
  void the_object_of_the_start_is_told_apart() {
    const ir::Model model = boxes(true);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, symmetries_of(model, Ranges(model)).size());
    compare("boxes", model);
  }

  /// Every box has a process that fills it; a third one empties what is full.
  void objects_change_places_with_their_processes() {
    Model m({"a", "b", "c"});
    const int boxes = m.scalarset("box", {{0}, {1}});
    const Array full = m.flags("box.full", 2);
    m.rows_stand_for(full, {boxes});
    for (int i = 0; i < 2; ++i)
      m.process(i == 0 ? "a" : "b", "filler", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        p.step("fill", then(full[i] = true));
      });
    m.process("c", "emptier", [&](Path& p) {
      const auto f = p.function("g", "f.c");
      p.label("again");
      p.step(idle("empty"),
             for_any(2, [&](int i) { return when(full[i]).then(full[i] = false).go("again"); }));
    });
    const ir::Model model = m.finish();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{9}, plain(model).counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{6}, reduced(model).counts.states);
  }

  /// One writes cells 0 and 1, the other 2 and 3.
  void a_process_does_the_same_elsewhere() {
    Model m({"a", "b"});
    const int halves = m.scalarset("half", {{0}, {1}});
    const Array written = m.flags("written", 4);
    m.rows_stand_for(written, {.scalarset = halves, .each = 2});
    for (int i = 0; i < 2; ++i)
      m.process(i == 0 ? "a" : "b", "writer", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        const Place at = p.local("at", 2 * i, 2 * i + 2, 2 * i);
        p.label("again");
        p.step("write", when(at < 2 * i + 2).then(written[min(at, 3)] = true), otherwise().end());
        p.step("go on", then(at = at + 1).go("again"));
      });
    const ir::Model model = m.finish();
    const std::uint64_t alone = 6;
    CPPUNIT_ASSERT_EQUAL(alone * alone, plain(model).counts.states);
    CPPUNIT_ASSERT_EQUAL(alone * (alone + 1) / 2, reduced(model).counts.states);
  }

  void what_only_looks_alike_is_told_apart() {
    const auto two = [](const std::function<void(Model&, const Array&)>& claim,
                        const std::vector<int>& initial,
                        int amount_of_b) {
      Model m({"a", "b"});
      const Array at = m.array("at", 2, 0, 3, initial);
      m.rows_stand_for(at, {});
      for (int i = 0; i < 2; ++i)
        m.process(i == 0 ? "a" : "b", "path", [&](Path& p) {
          const auto f = p.function("f", "f.c");
          p.step("come", then(at[i] = i == 1 ? amount_of_b : 2));
        });
      claim(m, at);
      return m.finish();
    };
    const auto nothing = [](Model&, const Array&) {};
    const auto about_a = [](Model& m, const Array& at) {
      m.invariant("even", "a is even", {{at[0] != 1, "it is not"}});
    };
    const auto about_both = [](Model& m, const Array& at) {
      m.invariant("even", "both are even", {{at[0] != 1, "a is not"}, {at[1] != 1, "b is not"}});
    };
    none(two(nothing, {0, 0}, 1));
    none(two(nothing, {0, 1}, 2));
    none(two(about_a, {0, 0}, 2));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, reduced(two(nothing, {0, 0}, 2)).counts.states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, reduced(two(about_both, {0, 0}, 2)).counts.states);
    // Whoever comes first is not told: the fork that is between two has no name of its own.
    none(tests::philosophers(3, tests::Manners::last_is_odd));
  }

  void who_may_rest_is_told_apart() {
    none(different([](Path& p, const Place& never, const Claim&, bool is_first) {
      const Phrase phrase("wait");
      p.step(is_first ? idle(phrase) : phrase, when(never));
    }));
  }

  void what_is_checked_is_told_apart() {
    none(different([](Path& p, const Place& never, const Claim& claim, bool is_first) {
      p.step("look", always().check(claim, is_first ? !never : Expr(never), "it is wrong"));
    }));
  }

  void who_leaves_a_range_is_told_apart() {
    none(different([](Path& p, const Place& never, const Claim&, bool is_first) {
      p.step("go", is_first ? then(never = never - 1) : always());
    }));
  }

  /// Six can change places in 720 ways, five in 120.
  void a_large_group_is_cut_down() {
    const ir::Model model = counters(6, [](Path& p, const Lock&) { p.step("count", always()); });
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{6 * 2}, reduced(model).counts.states);
  }

  void generated_code_does_the_same() {
    Program program = compile(counters(3, [](Path& p, const Lock&) { p.step("count", always()); }));
    find_symmetry(program);
    Limits limits;
    limits.translation = Limits::Translation::at_once;
    Observer nobody;
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, explore(program, limits, nobody).counts.states);
  }

  void nothing_is_left_out_of_claims_about_runs() {
    Model m({"a", "b"});
    for (const char* name : {"a", "b"})
      m.process(name, "path", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        p.step("come", always());
      });
    m.can_finish();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, reduced(m.finish()).counts.states);
  }

  /// What a has broken is broken by b in the state that is kept, or the other way round.
  void what_one_breaks_another_has_broken() {
    Model m({"a", "b"});
    const Array at = m.flags("at", 2);
    m.rows_stand_for(at, {});
    for (int i = 0; i < 2; ++i)
      m.process(i == 0 ? "a" : "b", "path", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        p.step("come", then(at[i] = true));
        p.step("stay", always());
      });
    m.invariant("away", "nobody stays", {{!at[0], "a stays"}, {!at[1], "b stays"}});
    const ir::Model model = m.finish();
    const Result result = reduced(model);
    CPPUNIT_ASSERT(result.verdict == Verdict::violated);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, result.schedule.size());
    CPPUNIT_ASSERT_EQUAL(result.schedule.front().process, result.part);
    (void)replay(model, result);
  }

  /// Who has the lower number of the two has the higher one afterwards.
  void who_breaks_a_claim_may_change_his_name_by_that() {
    Model m({"a", "b"});
    const Array at = m.array("at", 2, 0, 3);
    m.rows_stand_for(at, {});
    for (int i = 0; i < 2; ++i)
      m.process(i == 0 ? "a" : "b", "path", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        p.step("come", then(at[i] = 1));
        p.step("pass", then(at[i] = min(at[1 - i] + 1, 3)));
      });
    m.invariant("low", "nobody is at 3", {{at[0] < 3, "a is"}, {at[1] < 3, "b is"}});
    const ir::Model model = m.finish();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, symmetries_of(model, Ranges(model)).size());
    compare("pass", model);
  }

  /// Who comes late waits for ever, while a third process goes on.
  void who_is_lost_changes_his_name() {
    Model m({"a", "b", "c"});
    const Place turns = m.var("turns", 0, 1);
    const Lock lock = m.lock("lock");
    for (const char* name : {"a", "b"})
      m.process(name, "path", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        p.step("take it for good", take(lock));
      });
    m.process("c", "clock", [&](Path& p) {
      const auto f = p.function("g", "f.c");
      p.label("again");
      p.step("turn", then(turns = 1 - turns).go("again"));
    });
    m.no_deadlock();
    const ir::Model model = m.finish();
    CPPUNIT_ASSERT(reduced(model).verdict == Verdict::deadlock);
    CPPUNIT_ASSERT(!reduced(model).stranded.empty());
  }

  void agrees_with_the_plain_search_on_random_models() {
    std::uint64_t plain_states = 0;
    std::uint64_t reduced_states = 0;
    for (std::uint64_t seed = 1; seed <= tests::amount(600, 10'000); ++seed) {
      const auto [all, some] =
          compare(fmt::format("seed {}", seed), tests::random_alike_model(seed));
      plain_states += all;
      reduced_states += some;
    }
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{} of {}", reduced_states, plain_states),
                           reduced_states < plain_states / 4 * 3);
  }

 private:
  static void none(const ir::Model& model) {
    CPPUNIT_ASSERT_EQUAL(std::size_t{0}, symmetries_of(model, Ranges(model)).size());
    CPPUNIT_ASSERT_EQUAL(plain(model).counts.states, reduced(model).counts.states);
  }

  /// Two on the same path, of which the first is another one all the same.
  template <typename Record>
  static ir::Model different(Record record) {
    Model m({"a", "b"});
    const Place never = m.var("never", 0, 1);
    const Claim claim = m.assertion("right", "nothing is wrong");
    for (const bool is_first : {true, false})
      m.process(is_first ? "a" : "b", "path", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        record(p, never, claim, is_first);
      });
    (void)m.drop_unchecked();
    return m.finish();
  }

  template <typename Record>
  static ir::Model counters(int count, Record record) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i)
      names.push_back(fmt::format("p{}", i));
    Model m(names);
    const Lock lock = m.lock("lock");
    for (const std::string& name : names)
      m.process(name, "path", [&](Path& p) {
        const auto f = p.function("f", "f.c");
        record(p, lock);
      });
    return m.finish();
  }

  /// Three of them, to be marked.
  static ir::Model boxes(bool marks_first) {
    Model m({"p"});
    const int set = m.scalarset("box", std::vector<std::vector<int>>(3));
    const Array marked = m.flags("box.marked", 3);
    m.rows_stand_for(marked, {set});
    m.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      const Place box = p.local("box", 0, 2);
      p.values_stand_for(box, {set});
      if (marks_first) p.step("begin", then(marked[box] = true));
      p.label("again");
      p.step("choose", for_any(3, [&](int i) { return when(!marked[i]).then(box = i); }));
      p.step("mark", then(marked[box] = true).go("again"));
    });
    return m.finish();
  }

  static Result explored(const Program& program) {
    Limits limits;
    limits.states_max = 20'000;
    Observer nobody;
    return explore(program, limits, nobody);
  }

  static Result plain(const ir::Model& model) { return explored(compile(model)); }

  static Result reduced(const ir::Model& model) {
    Program program = compile(model);
    find_symmetry(program);
    return explored(program);
  }

  /// The states of both where the model holds. A proof may fail only where somebody may be lost.
  static std::pair<std::uint64_t, std::uint64_t> compare(const std::string& what,
                                                         const ir::Model& model) {
    const Result all = plain(model);
    const Result some = reduced(model);
    if (all.verdict == Verdict::incomplete) return {};
    if (all.verdict == Verdict::holds && !some.stranded.empty()) return {};
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, word(all.verdict), word(some.verdict));
    CPPUNIT_ASSERT_MESSAGE(what, some.counts.states <= all.counts.states);
    if (some.verdict == Verdict::deadlock && !some.stranded.empty()) return {};
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, all.schedule.size(), some.schedule.size());
    if (all.verdict != Verdict::holds) {
      (void)replay(model, some);
      return {};
    }
    CPPUNIT_ASSERT_MESSAGE(what, tests::taken(all) == tests::taken(some));
    return {all.counts.states, some.counts.states};
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SymmetryTest);
