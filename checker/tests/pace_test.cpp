#include "checker/search/pace.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;

class PaceTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(PaceTest);
  CPPUNIT_TEST(the_faster_way_is_taken);
  CPPUNIT_TEST(a_slow_stretch_decides_nothing);
  CPPUNIT_TEST(a_neighbour_comes_and_goes);
  CPPUNIT_TEST(the_slower_way_is_tried_less_and_less);
  CPPUNIT_TEST_SUITE_END();

  using Way = Pace::Way;

 public:
  void the_faster_way_is_taken() {
    for (const Way faster : {Way::together, Way::alone}) {
      Pace pace;
      CPPUNIT_ASSERT(pace.way() == Way::together);
      run(pace, 2 * Pace::tries, faster);
      run(pace, Pace::between_first, faster);
      CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, slow_);
    }
  }

  /// In one of them the table grows.
  void a_slow_stretch_decides_nothing() {
    for (std::uint64_t slow = 0; slow < Pace::tries; ++slow) {
      Pace pace;
      for (std::uint64_t i = 0; i < Pace::tries; ++i)
        take_stretch(pace, i == slow ? 1000 : 10);
      CPPUNIT_ASSERT(pace.way() == Way::alone);
      for (std::uint64_t i = 0; i < Pace::tries; ++i)
        take_stretch(pace, 20);
      CPPUNIT_ASSERT(pace.way() == Way::together);
    }
  }

  void a_neighbour_comes_and_goes() {
    Pace pace;
    run(pace, 1000, Way::together);
    CPPUNIT_ASSERT(pace.way() == Way::together);
    run(pace, 2 * Pace::between_most, Way::alone);
    slow_ = 0;
    run(pace, Pace::between_first / 2, Way::alone);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, slow_);
    run(pace, 2 * Pace::between_most, Way::together);
    slow_ = 0;
    run(pace, Pace::between_first / 2, Way::together);
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, slow_);
  }

  void the_slower_way_is_tried_less_and_less() {
    Pace pace;
    run(pace, 1000, Way::together);
    CPPUNIT_ASSERT(slow_ * 20 < 1000);
    slow_ = 0;
    run(pace, 10'000, Way::together);
    CPPUNIT_ASSERT(slow_ > 0);
    CPPUNIT_ASSERT(slow_ * 200 < 10'000);
  }

 private:
  static void take_stretch(Pace& pace, std::uint64_t time_per_state) {
    // In pieces that do not add up to a stretch.
    constexpr std::uint64_t piece = 1000;
    for (std::uint64_t states = 0; states < Pace::stretch; states += piece)
      pace.took(piece, Pace::Time(piece * time_per_state));
  }

  /// So many stretches while that way is the faster one; counts those in the other way.
  void run(Pace& pace, std::uint64_t stretches, Way faster) {
    slow_ = 0;
    for (std::uint64_t i = 0; i < stretches; ++i) {
      if (pace.way() != faster && i >= 2 * Pace::tries) ++slow_;
      take_stretch(pace, pace.way() == faster ? 10 : 25);
    }
  }

  std::uint64_t slow_ = 0;
};

CPPUNIT_TEST_SUITE_REGISTRATION(PaceTest);
