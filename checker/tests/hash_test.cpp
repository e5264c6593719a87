#include "checker/store/hash.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <utility>
#include <vector>

using namespace stalemate;

class HashTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(HashTest);
  CPPUNIT_TEST(states_that_differ_in_few_bits_are_spread_evenly);
  CPPUNIT_TEST(depends_on_every_word_and_their_order);
  CPPUNIT_TEST_SUITE_END();

 public:
  /// All states with up to three bits set, in every position, by the bits that the table uses.
  void states_that_differ_in_few_bits_are_spread_evenly() {
    constexpr std::size_t places = 256;
    for (const unsigned shift : {0U, 24U, 32U, 56U}) {
      std::vector<int> hits(places);
      int count = 0;
      for (int a = 0; a < 100; ++a) {
        for (int b = a; b < 100; ++b) {
          for (int c = b; c < 100; ++c, ++count) {
            Word state[2] = {};
            for (const int bit : {a, b, c})
              state[bit / 64] |= Word{1} << (bit % 64);
            ++hits[(hash_of(state, 2) >> shift) % places];
          }
        }
      }
      const int expected = count / static_cast<int>(places);
      const auto [least, most] = std::ranges::minmax(hits);
      CPPUNIT_ASSERT(least > expected * 3 / 4 && most < expected * 5 / 4);
    }
  }

  void depends_on_every_word_and_their_order() {
    for (int words = 1; words <= 6; ++words) {
      std::vector<Word> state(static_cast<std::size_t>(words));
      for (std::size_t w = 0; w < state.size(); ++w)
        state[w] = w + 1;
      const auto hash = hash_of(state.data(), words);
      for (std::size_t w = 0; w < state.size(); ++w) {
        auto other = state;
        other[w] ^= 1;
        CPPUNIT_ASSERT(hash != hash_of(other.data(), words));
        other = state;
        std::swap(other[w], other[0]);
        if (w > 0) CPPUNIT_ASSERT(hash != hash_of(other.data(), words));
      }
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HashTest);
