#include "checker/store/fingerprint.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <cmath>
#include <set>

using namespace stalemate;

class FingerprintTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(FingerprintTest);
  CPPUNIT_TEST(is_the_same_on_every_machine);
  CPPUNIT_TEST(depends_on_every_word);
  CPPUNIT_TEST(has_as_many_bits_as_asked_for);
  CPPUNIT_TEST(the_bound_is_that_of_all_pairs);
  CPPUNIT_TEST_SUITE_END();

  using Hash = std::array<Word, fingerprint_words>;

 public:
  void is_the_same_on_every_machine() {
    CPPUNIT_ASSERT((hash({1, 2, 3}, 128) == Hash{0x026f21f9c50dcf1f, 0xd0d66ae2837a0117}));
  }

  void depends_on_every_word() {
    std::vector<Word> state(7, 5);
    std::set<Hash> hashes{hash(state, 128)};
    for (Word& word : state) {
      ++word;
      hashes.insert(hash(state, 128));
    }
    CPPUNIT_ASSERT_EQUAL(std::size_t{8}, hashes.size());
  }

  void has_as_many_bits_as_asked_for() {
    const Hash all = hash({1, 2}, 128);
    CPPUNIT_ASSERT((hash({1, 2}, 96) == Hash{all[0], all[1] & 0xffff'ffff}));
    CPPUNIT_ASSERT((hash({1, 2}, 64) == Hash{all[0], 0}));
    CPPUNIT_ASSERT((hash({1, 2}, 10) == Hash{all[0] & 1023, 0}));
  }

  void the_bound_is_that_of_all_pairs() {
    CPPUNIT_ASSERT_EQUAL(std::ldexp(1.0, -65), omission_probability(std::uint64_t{1} << 32, 128));
    CPPUNIT_ASSERT_EQUAL(std::ldexp(1.0, -65), omission_probability(1, 64));
    CPPUNIT_ASSERT_EQUAL(1.0, omission_probability(1000, 8));
  }

 private:
  static Hash hash(const std::vector<Word>& state, int bits) {
    Hash hash{};
    fingerprint(state.data(), static_cast<int>(state.size()), bits, hash.data());
    return hash;
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FingerprintTest);
