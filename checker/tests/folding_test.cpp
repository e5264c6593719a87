#include "checker/store/folding.hpp"

#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <map>

using namespace stalemate;
using namespace stalemate::build;

class FoldingTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(FoldingTest);
  CPPUNIT_TEST(gives_back_what_it_folded);
  CPPUNIT_TEST(different_states_are_different_words);
  CPPUNIT_TEST(a_word_is_more_than_a_part_of_its_hash);
  CPPUNIT_TEST(what_was_unfolded_last_changes_nothing);
  CPPUNIT_TEST(takes_no_more_memory_than_it_said);
  CPPUNIT_TEST(a_single_word_needs_no_folding);
  CPPUNIT_TEST_SUITE_END();

  using State = std::vector<Word>;

 public:
  void gives_back_what_it_folded() {
    for (const int bits : widths) {
      const Layout layout = layout_of(bits);
      Folding folding(layout);
      tests::Dice dice(static_cast<std::uint64_t>(bits));
      std::map<State, Word> folded;
      for (int i = 0; i < 5000; ++i) {
        const State state = some_state(layout, dice);
        folded.emplace(state, folded_to(folding, state));
      }
      CPPUNIT_ASSERT(folded.size() > 4000);
      for (const auto& [state, word] : folded)
        CPPUNIT_ASSERT(unfolded(folding, layout, word) == state);
    }
  }

  void different_states_are_different_words() {
    for (const int bits : widths) {
      const Layout layout = layout_of(bits);
      Folding folding(layout);
      tests::Dice dice(static_cast<std::uint64_t>(bits));
      std::map<Word, State> states;
      for (int i = 0; i < 5000; ++i) {
        const State state = some_state(layout, dice);
        const auto [at, is_new] = states.emplace(folded_to(folding, state), state);
        CPPUNIT_ASSERT(at->second == state);
      }
      CPPUNIT_ASSERT(states.size() > 4000);
    }
  }

  /// Of so many words, dozens share all of a hash that a slot has with another one beside them.
  void a_word_is_more_than_a_part_of_its_hash() {
    const Layout layout = layout_of(128);
    Folding folding(layout);
    for (Word i = 0; i < 300'000; ++i) {
      const State state{i * Word{0x9e3779b97f4a7c15}, 7};
      CPPUNIT_ASSERT(unfolded(folding, layout, folded_to(folding, state)) == state);
    }
  }

  void what_was_unfolded_last_changes_nothing() {
    const Layout layout = layout_of(330);
    Folding folding(layout);
    tests::Dice dice(1);
    std::vector<std::pair<State, Word>> known;
    for (int i = 0; i < 300; ++i) {
      const State state = some_state(layout, dice);
      known.emplace_back(state, folded_to(folding, state));
    }
    for (int i = 0; i < 3000; ++i) {
      const auto& last = known[static_cast<std::size_t>(dice.below(300))];
      const auto& next = known[static_cast<std::size_t>(dice.below(300))];
      (void)unfolded(folding, layout, last.second);
      CPPUNIT_ASSERT_EQUAL(next.second, folded_to(folding, next.first));
    }
  }

  void takes_no_more_memory_than_it_said() {
    const Layout layout = layout_of(200);
    Folding folding(layout);
    tests::Dice dice(1);
    for (int i = 0; i < 100; ++i) {
      constexpr int more = 173;
      const std::uint64_t most = folding.memory_with(more);
      for (int k = 0; k < more; ++k)
        (void)folded_to(folding, some_state(layout, dice));
      CPPUNIT_ASSERT(folding.memory_with(0) <= most);
    }
    CPPUNIT_ASSERT(folding.memory_with(0) > Folding(layout).memory_with(0));
  }

  void a_single_word_needs_no_folding() {
    CPPUNIT_ASSERT(!Folding::gains(layout_of(64)));
    CPPUNIT_ASSERT(Folding::gains(layout_of(65)));
  }

 private:
  /// With a last word of one byte, of four, of five, and of all.
  static constexpr int widths[] = {70, 96, 104, 128, 150, 200, 256, 330};

  /// Of a state of so many bits, the location included.
  static Layout layout_of(int bits) {
    return Layout(tests::one_process([=](Model& m) {
      const Array a = m.flags("a", bits - 1);
      return [=](Path& p) {
        p.step("go", then(for_each(bits - 1, [&](int i) { return a[i] = true; })));
      };
    }));
  }

  /// Of words that come again and again, each for itself.
  static State some_state(const Layout& layout, tests::Dice& dice) {
    State state;
    const auto words = static_cast<std::size_t>(layout.words());
    const int last_bits = layout.bytes() * 8 - 64 * (layout.words() - 1);
    while (state.size() < words) {
      const auto number = static_cast<Word>(dice.below(1000));
      state.push_back(dice.chance(10) ? 0 : number * Word{0x9e3779b97f4a7c15});
    }
    if (last_bits < 64) state.back() &= (Word{1} << last_bits) - 1;
    return state;
  }

  static Word folded_to(Folding& folding, const State& state) {
    std::vector<Folding::Part> parts(folding.parts());
    Word folded = 0;
    folding.announce(state.data(), parts.data());
    folding.fold(1, parts.data(), &folded);
    return folded;
  }

  static State unfolded(const Folding& folding, const Layout& layout, Word word) {
    State state(static_cast<std::size_t>(layout.words()));
    folding.unfold(word, state.data());
    return state;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FoldingTest);
