#include "model/iomap/objects/extent_map.hpp"

#include "checker/ir/evaluate.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace stalemate;
using namespace stalemate::kernel::iomap;

namespace {

/// A map as a word: h hole, d delalloc, u unwritten, m mapped.
std::vector<Extent> blocks(const std::string& word) {
  std::vector<Extent> all;
  for (const char c : word)
    all.push_back(static_cast<Extent>(std::string("hdum").find(c)));
  return all;
}

std::string word(const std::vector<int>& blocks) {
  std::string all;
  for (const int b : blocks)
    all += "hdum"[b];
  return all;
}

constexpr std::size_t extent = 2; ///< The variable.

/// Every map of three blocks.
std::vector<std::string> all_maps() {
  std::vector<std::string> all;
  const std::string letters = "hdum";
  for (const char a : letters)
    for (const char b : letters)
      for (const char c : letters)
        all.push_back({a, b, c});
  return all;
}

/// A map and a block number that is not known when effects are recorded.
struct Fixture {
  build::Model model;
  ExtentMap map;
  build::Place at;

  explicit Fixture(const std::string& initial)
      : map(declare_extent_map(model, "extent", blocks(initial), disk(model, initial), 0)),
        at(model.var("at", 0, static_cast<int>(initial.size()) - 1)) {}

  /// Every block is at the place of its own number.
  static Disk disk(build::Model& model, const std::string& initial) {
    FileLayout file;
    file.blocks = blocks(initial);
    const int count = static_cast<int>(initial.size());
    return declare_disk(model,
                        Geometry(file),
                        Tags({}, count, false, false),
                        1,
                        {},
                        std::vector<int>(initial.size()));
  }

  [[nodiscard]] ir::Valuation state(const std::string& initial, int block) const {
    ir::Valuation state(5); // disk, disk.used, extent, extent.place, at
    for (const Extent b : blocks(initial))
      state[extent].push_back(static_cast<int>(b));
    for (const std::size_t variable : {1, 3})
      state[variable].resize(initial.size());
    state[4] = {block};
    return state;
  }
};

/// The state after the effects, each of which sees the earlier ones.
std::string after(const build::Effect& effect, ir::Valuation state) {
  for (const auto& part : effect.parts()) {
    const auto cell = static_cast<std::size_t>(ir::evaluate(*part.effect.index, state));
    state[static_cast<std::size_t>(part.effect.variable)][cell] =
        static_cast<int>(ir::evaluate(*part.effect.value, state));
  }
  return word(state[extent]);
}

} // namespace

class ExtentMapTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ExtentMapTest);
  CPPUNIT_TEST(an_extent_ends_where_the_state_changes);
  CPPUNIT_TEST(converting_changes_the_whole_extent_and_nothing_else);
  CPPUNIT_TEST(reserving_fills_holes_up_to_the_first_block_that_is_none);
  CPPUNIT_TEST(punching_gives_back_delayed_allocations_only);
  CPPUNIT_TEST_SUITE_END();

 public:
  void an_extent_ends_where_the_state_changes() {
    for (const auto& map : all_maps())
      for (int at = 0; at < 3; ++at) {
        const Fixture f(map);
        const auto size = static_cast<int>(map.size());
        int end = at + 1;
        while (end < size &&
               map[static_cast<std::size_t>(end)] == map[static_cast<std::size_t>(at)])
          ++end;
        CPPUNIT_ASSERT_EQUAL(std::int64_t{end},
                             ir::evaluate(*f.map.extent_end(f.at).node(), f.state(map, at)));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{end},
                             ir::evaluate(*f.map.extent_end(at).node(), f.state(map, at)));
      }
  }

  void converting_changes_the_whole_extent_and_nothing_else() {
    for (const auto& map : all_maps())
      for (int at = 0; at < 3; ++at) {
        std::string expected = map;
        const auto here = static_cast<std::size_t>(at);
        for (std::size_t b = here; b < map.size() && map[b] == map[here]; ++b)
          expected[b] = 'u';
        for (std::size_t b = here; b-- > 0 && map[b] == map[here];)
          expected[b] = 'u';
        const Fixture f(map);
        const auto state = f.state(map, at);
        CPPUNIT_ASSERT_EQUAL(expected, after(f.map.convert_extent(f.at, Extent::unwritten), state));
        CPPUNIT_ASSERT_EQUAL(expected, after(f.map.convert_extent(at, Extent::unwritten), state));
      }
  }

  void reserving_fills_holes_up_to_the_first_block_that_is_none() {
    CPPUNIT_ASSERT_EQUAL(std::string("ddh"), reserved("hhh", 0, 2));
    CPPUNIT_ASSERT_EQUAL(std::string("hdd"), reserved("hhh", 1, 3));
    CPPUNIT_ASSERT_EQUAL(std::string("dmh"), reserved("hmh", 0, 3));
    CPPUNIT_ASSERT_EQUAL(std::string("mhh"), reserved("mhh", 0, 3));
  }

  void punching_gives_back_delayed_allocations_only() {
    const Fixture f("dud");
    CPPUNIT_ASSERT_EQUAL(std::string("huh"), after(f.map.punch_delalloc(0, 3), f.state("dud", 0)));
    CPPUNIT_ASSERT_EQUAL(std::string("duh"), after(f.map.punch_delalloc(1, 3), f.state("dud", 0)));
  }

 private:
  static std::string reserved(const std::string& map, int first, int end) {
    const Fixture f(map);
    return after(f.map.fill_holes(first, end, Extent::delalloc), f.state(map, 0));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ExtentMapTest);
