#include "checker/program/layout.hpp"

#include "checker/tests/random_models.hpp"
#include "checker/tests/refusal.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

using namespace stalemate;
using namespace stalemate::build;
using tests::one_process;
using tests::variable;

class LayoutTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LayoutTest);
  CPPUNIT_TEST(a_cell_gets_the_bits_that_its_values_need);
  CPPUNIT_TEST(what_no_step_assigns_takes_no_bits);
  CPPUNIT_TEST(values_that_are_never_assigned_take_no_bits);
  CPPUNIT_TEST(an_array_with_an_open_index_stays_in_one_word);
  CPPUNIT_TEST(words_are_filled_and_the_emptiest_is_cut);
  CPPUNIT_TEST(fields_neither_overlap_nor_straddle_words);
  CPPUNIT_TEST(unpacking_gives_what_was_packed);
  CPPUNIT_TEST(a_state_without_variables_still_takes_a_byte);
  CPPUNIT_TEST(refuses_a_state_of_too_many_words);
  CPPUNIT_TEST_SUITE_END();

 public:
  void a_cell_gets_the_bits_that_its_values_need() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", -3, 4, 0);
      const Place b = m.flag("b");
      return [=](Path& p) { p.step("go", then(x = max(x - 1, -3), b = !b)); };
    });
    const Layout layout(model);
    const Field x = layout.field({variable(model, "x"), 0});
    CPPUNIT_ASSERT_EQUAL(2, int{x.bits});
    CPPUNIT_ASSERT_EQUAL(-3, x.low);
    CPPUNIT_ASSERT_EQUAL(1, int{layout.field({variable(model, "b"), 0}).bits});
    CPPUNIT_ASSERT_EQUAL(4, layout.bits()); // And one for the location.
    CPPUNIT_ASSERT_EQUAL(1, layout.bytes());
  }

  void what_no_step_assigns_takes_no_bits() {
    const ir::Model model = one_process([](Model& m) {
      const Place size = m.var("size", 0, 100, 42);
      const Array cells = m.array("cell", 3, 0, 7, {1, 2, 3});
      return [=](Path& p) { p.step("go", when(size == 42).then(cells[1] = 7)); };
    });
    const Layout layout(model);
    CPPUNIT_ASSERT_EQUAL(0, int{layout.field({variable(model, "size"), 0}).bits});
    CPPUNIT_ASSERT_EQUAL(42, layout.field({variable(model, "size"), 0}).low);
    CPPUNIT_ASSERT_EQUAL(0, int{layout.field({variable(model, "cell"), 0}).bits});
    CPPUNIT_ASSERT_EQUAL(3, int{layout.field({variable(model, "cell"), 1}).bits});
    CPPUNIT_ASSERT_EQUAL(3, layout.field({variable(model, "cell"), 2}).low);
  }

  void values_that_are_never_assigned_take_no_bits() {
    const ir::Model model = one_process([](Model& m) {
      const Place state = m.var("state", 0, 9, 2);
      return [=](Path& p) {
        p.label("again");
        p.step("go", when(state == 2).then(state = 3), when(state == 3).then(state = 2));
        p.step("back", always().go("again"));
      };
    });
    const Layout layout(model);
    CPPUNIT_ASSERT_EQUAL(1, int{layout.field({variable(model, "state"), 0}).bits});
    // The process never ends: its location has two values, not three.
    CPPUNIT_ASSERT_EQUAL(1, int{layout.field({model.processes[0].location, 0}).bits});
  }

  void an_array_with_an_open_index_stays_in_one_word() {
    const ir::Model model = one_process([](Model& m) {
      const Array a = m.array("a", 5, 0, 100);
      const Place i = m.var("i", 0, 4);
      return [=](Path& p) {
        p.label("again");
        p.step("go", then(i = (i + 1) % 5, a[i] = 100).go("again"));
      };
    });
    const Layout layout(model);
    const auto row = layout.row(variable(model, "a"));
    CPPUNIT_ASSERT(row.has_value());
    const auto fields = layout.fields(variable(model, "a"));
    for (std::size_t i = 0; i < fields.size(); ++i) {
      CPPUNIT_ASSERT_EQUAL(row->first.word, fields[i].word);
      CPPUNIT_ASSERT_EQUAL(row->first.shift + static_cast<int>(i) * row->stride,
                           int{fields[i].shift});
    }
    CPPUNIT_ASSERT(!layout.row(variable(model, "i")).has_value());
  }

  void words_are_filled_and_the_emptiest_is_cut() {
    // 20 fields of 5 bits, 30 of 1 and one bit of location: 131 bits.
    const ir::Model model = one_process([](Model& m) {
      const Array wide = m.array("wide", 20, 0, 31);
      const Array flags = m.flags("flag", 30);
      return [=](Path& p) {
        p.step("go",
               then(for_each(20, [&](int i) { return wide[i] = 31; }),
                    for_each(30, [&](int i) { return flags[i] = true; })));
      };
    });
    const Layout layout(model);
    CPPUNIT_ASSERT_EQUAL(131, layout.bits());
    CPPUNIT_ASSERT_EQUAL(3, layout.words());
    CPPUNIT_ASSERT_EQUAL(17, layout.bytes());
  }

  void fields_neither_overlap_nor_straddle_words() {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
      const ir::Model model = tests::random_model(seed);
      const Layout layout(model);
      std::vector<Word> used(static_cast<std::size_t>(layout.words()));
      for (std::size_t v = 0; v < model.variables.size(); ++v) {
        for (const Field& field : layout.fields(static_cast<int>(v))) {
          CPPUNIT_ASSERT(field.shift + field.bits <= 64);
          const Word mask = field.bits == 0 ? 0 : field.mask() << field.shift;
          CPPUNIT_ASSERT_EQUAL(Word{0}, used[field.word] & mask);
          used[field.word] |= mask;
        }
      }
    }
  }

  void unpacking_gives_what_was_packed() {
    tests::Dice dice(1);
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
      const ir::Model model = tests::random_model(seed);
      const Layout layout(model);
      ir::Valuation values = ir::initial(model);
      for (std::size_t v = 0; v < values.size(); ++v) {
        for (std::size_t i = 0; i < values[v].size(); ++i) {
          const auto [low, high] = layout.ranges().of({static_cast<int>(v), static_cast<int>(i)});
          values[v][i] = dice.between(static_cast<int>(low), static_cast<int>(high));
        }
      }
      std::vector<Word> state(static_cast<std::size_t>(layout.words()));
      layout.pack(values, state.data());
      CPPUNIT_ASSERT(values == layout.unpack(state.data()));
    }
  }

  void a_state_without_variables_still_takes_a_byte() {
    const ir::Model model = one_process([](Model&) {
      return [](Path& p) {
        p.label("again");
        p.step("go", always().go("again"));
      };
    });
    const Layout layout(model);
    CPPUNIT_ASSERT_EQUAL(0, layout.bits());
    CPPUNIT_ASSERT_EQUAL(1, layout.words());
    CPPUNIT_ASSERT_EQUAL(1, layout.bytes());
  }

  void refuses_a_state_of_too_many_words() {
    const ir::Model model = one_process([](Model& m) {
      const Array wide = m.array("wide", 600, 0, 1'000'000'000);
      return [=](Path& p) {
        p.step("go", then(for_each(600, [&](int i) { return wide[i] = 1'000'000'000; })));
      };
    });
    CPPUNIT_ASSERT_EQUAL(std::string("a state needs more than 255 words of 64 bits"),
                         tests::refusal([&] { (void)Layout(model); }));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LayoutTest);
