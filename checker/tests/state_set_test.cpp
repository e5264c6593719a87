#include "checker/store/state_set.hpp"

#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <map>

using namespace stalemate;
using namespace stalemate::build;

class StateSetTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(StateSetTest);
  CPPUNIT_TEST(knows_exactly_what_was_inserted);
  CPPUNIT_TEST(tells_states_apart_by_any_word);
  CPPUNIT_TEST(sees_a_state_twice_in_one_batch);
  CPPUNIT_TEST(states_keep_their_order_and_values);
  CPPUNIT_TEST(a_table_that_grew_knows_every_number);
  CPPUNIT_TEST(a_part_of_the_table_is_left_by_nobody);
  CPPUNIT_TEST(a_full_set_refuses_as_often_as_it_is_asked);
  CPPUNIT_TEST(takes_as_many_states_as_allowed);
  CPPUNIT_TEST(takes_as_much_memory_as_allowed);
  CPPUNIT_TEST(memory_stays_below_twice_the_states);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// States of 1 to 6 words, many equal ones, several sizes of the table.
  void knows_exactly_what_was_inserted() {
    for (const int bits : {3, 20, 64, 70, 128, 150, 200, 330}) {
      const Layout layout = layout_of(bits);
      StateSet set(layout, unlimited, unlimited);
      std::map<std::vector<Word>, int> known;
      tests::Dice dice(static_cast<std::uint64_t>(bits));
      Candidates batch(layout.words(), batch_size);
      for (int i = 0; i < 300; ++i) {
        fill(batch, layout, dice);
        set.announce(batch, 0);
        CPPUNIT_ASSERT_EQUAL(batch.count, set.insert(batch));
        for (std::size_t k = 0; k < batch.count; ++k) {
          const bool fresh = known.emplace(state(batch, layout, k), 0).second;
          CPPUNIT_ASSERT_EQUAL(fresh, batch.fresh[k] == 1);
        }
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{known.size()}, set.size());
      }
    }
  }

  /// Among so many are hundreds that share all of a hash that a slot has.
  void tells_states_apart_by_any_word() {
    const Layout layout = layout_of(128);
    for (const std::size_t word : {0u, 1u}) {
      StateSet set(layout, unlimited, unlimited);
      std::vector<Word> state{7, 7};
      for (state[word] = 0; state[word] < 300'000; ++state[word])
        CPPUNIT_ASSERT(set.insert_one(state));
    }
  }

  void sees_a_state_twice_in_one_batch() {
    const Layout layout = layout_of(64);
    StateSet set(layout, unlimited, unlimited);
    Candidates batch(1, 3);
    batch.states = {5, 6, 5};
    batch.count = 3;
    set.announce(batch, 0);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, set.insert(batch));
    CPPUNIT_ASSERT((batch.fresh == std::vector<std::uint8_t>{1, 1, 0}));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, set.size());
  }

  void states_keep_their_order_and_values() {
    const Layout layout = layout_of(75);
    StateSet set(layout, unlimited, unlimited);
    constexpr StateId count = 600'000; // More than one chunk of memory.
    for (StateId i = 0; i < count; ++i)
      CPPUNIT_ASSERT(set.insert_one(std::vector<Word>{i * Word{0x9e3779b97f4a7c15}, i % 2048}));
    std::vector<Word> state(2);
    for (StateId i = 0; i < count; ++i) {
      set.read(i, state.data());
      CPPUNIT_ASSERT_EQUAL(i * Word{0x9e3779b97f4a7c15}, state[0]);
      CPPUNIT_ASSERT_EQUAL(Word{i % 2048}, state[1]);
    }
  }

  /// States are entered again in blocks of 65,536.
  void a_table_that_grew_knows_every_number() {
    StateSet set(layout_of(64), unlimited, unlimited);
    Candidates batch(1, batch_size);
    batch.count = batch_size;
    for (const int fresh : {1, 0})
      for (StateId first = 0; first < 300'000; first += batch_size) {
        for (std::size_t k = 0; k < batch_size; ++k)
          batch.states[k] = (first + k) * Word{0x9e3779b97f4a7c15};
        set.announce(batch, 0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{batch_size}, set.insert(batch));
        for (std::size_t k = 0; k < batch_size; ++k) {
          CPPUNIT_ASSERT_EQUAL(fresh, int{batch.fresh[k]});
          CPPUNIT_ASSERT_EQUAL(static_cast<StateId>(first + k), batch.ids[k]);
        }
      }
  }

  /// More states belong to its last line than find room there.
  void a_part_of_the_table_is_left_by_nobody() {
    StateSet set(layout_of(64), unlimited, unlimited);
    Crew crew(2);
    set.divide(crew.size(), 10'000);
    CPPUNIT_ASSERT(set.make_room_for_entries(crew));
    constexpr std::uint64_t border = std::uint64_t{1} << 63;
    CPPUNIT_ASSERT_EQUAL(0, set.part_of(border - 1));
    CPPUNIT_ASSERT_EQUAL(1, set.part_of(border));
    std::uint32_t number = 0;
    const auto place_of = [&](std::uint64_t hash) {
      const Word state = hash;
      return set.enter<1>(hash, &state, number++, [](std::uint32_t) { return false; }).place;
    };
    const std::uint64_t next_part = place_of(border);
    for (std::uint64_t i = 1; i <= 40; ++i)
      CPPUNIT_ASSERT(place_of(border - i) < next_part);
  }

  /// More often than the table has slots.
  void a_full_set_refuses_as_often_as_it_is_asked() {
    StateSet set(layout_of(64), 3, unlimited);
    for (Word i = 0; i < 5'000; ++i)
      CPPUNIT_ASSERT_EQUAL(i < 3, set.insert_one(std::vector<Word>{i}));
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, set.size());
  }

  void takes_as_many_states_as_allowed() {
    const Layout layout = layout_of(64);
    StateSet set(layout, 3, unlimited);
    Candidates batch(1, 6);
    batch.states = {1, 2, 1, 3, 2, 4};
    batch.count = 6;
    set.announce(batch, 0);
    CPPUNIT_ASSERT_EQUAL(std::size_t{5}, set.insert(batch));
    CPPUNIT_ASSERT(set.full() == StateSet::Full::states);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, set.size());
  }

  void takes_as_much_memory_as_allowed() {
    const Layout layout = layout_of(64);
    for (const std::uint64_t memory : {1, 4'096, 5'000, 100'000, 1'000'000}) {
      StateSet set(layout, unlimited, memory);
      Word next = 0;
      while (set.insert_one(std::vector<Word>{next}))
        ++next;
      CPPUNIT_ASSERT(set.full() == StateSet::Full::memory);
      CPPUNIT_ASSERT(set.memory() <= memory);
      CPPUNIT_ASSERT_EQUAL(std::uint64_t{next}, set.size());
      CPPUNIT_ASSERT(memory < 5'000 || set.memory() > memory / 3);
    }
  }

  void memory_stays_below_twice_the_states() {
    for (const int bits : {64, 96, 128}) {
      const Layout layout = layout_of(bits);
      StateSet set(layout, unlimited, unlimited);
      tests::Dice dice(3);
      std::vector<Word> state(static_cast<std::size_t>(layout.words()));
      for (int i = 0; i < 2'000'000; ++i) {
        state[0] = static_cast<Word>(i) * 77;
        set.insert_one(state);
        const bool is_settled = i > 1'000'000;
        CPPUNIT_ASSERT(!is_settled || set.memory() <= 2 * set.memory_of_states());
      }
    }
  }

 private:
  static constexpr std::uint64_t unlimited = ~std::uint64_t{0};
  static constexpr std::size_t batch_size = 200;

  /// Of a state of so many bits, the location included.
  static Layout layout_of(int bits) {
    return Layout(tests::one_process([=](Model& m) {
      const Array a = m.flags("a", bits - 1);
      return [=](Path& p) {
        p.step("go", then(for_each(bits - 1, [&](int i) { return a[i] = true; })));
      };
    }));
  }

  static std::vector<Word> state(const Candidates& batch, const Layout& layout, std::size_t k) {
    const auto words = static_cast<std::ptrdiff_t>(layout.words());
    const auto first = batch.states.begin() + static_cast<std::ptrdiff_t>(k) * words;
    return {first, first + words};
  }

  static void fill(Candidates& batch, const Layout& layout, tests::Dice& dice) {
    const auto words = static_cast<std::size_t>(layout.words());
    batch.count = static_cast<std::size_t>(dice.between(1, batch_size));
    for (std::size_t k = 0; k < batch.count; ++k) {
      const int number = dice.below(20'000); // Of which many come again.
      ir::Valuation values(2);
      values[0].resize(static_cast<std::size_t>(layout.fields(0).size()));
      tests::Dice digits(static_cast<std::uint64_t>(number));
      for (int& value : values[0])
        value = digits.below(2);
      values[1] = {number % 2};
      layout.pack(values, batch.states.data() + k * words);
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StateSetTest);
