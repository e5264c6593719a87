// Rows come back as they were, in order, and not at all where the disk has changed them.

#include "checker/disk/sorter.hpp"

#include "checker/disk/disk_options.hpp"
#include "checker/disk/stopped.hpp"
#include "checker/disk/visited.hpp"
#include "checker/tests/memory_folder.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string>
#include <vector>

using namespace stalemate;

class SorterTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SorterTest);
  CPPUNIT_TEST(rows_come_back_in_order);
  CPPUNIT_TEST(runs_know_what_they_have);
  CPPUNIT_TEST(merging_gives_the_disk_back);
  CPPUNIT_TEST(blocks_keep_every_bit);
  CPPUNIT_TEST(damage_is_noticed);
  CPPUNIT_TEST_SUITE_END();

  using Row = std::vector<Word>;

 public:
  void setUp() override {
    options_.folder = folder_.path();
    options_.block_rows = 5;
  }

  void rows_come_back_in_order() {
    for (std::size_t words = 1; words <= 6; ++words)
      for (const std::size_t room : {std::size_t{1}, std::size_t{7}, std::size_t{1000}})
        for (const RowOrder order : {RowOrder::by_state, RowOrder::by_number}) {
          DiskWork work(words, options_, [] {});
          Sorter sorter(work, order, room);
          // What it was used for before leaves nothing.
          for (int round = 0; round < 2; ++round) {
            const std::vector<Row> rows = some_rows(words, 300);
            for (const Row& row : rows)
              sorter.add(row[0], row.data() + 1);
            sorter.sort();
            std::vector<Row> found;
            while (const Word* row = sorter.next())
              found.emplace_back(row, row + words + 1);
            CPPUNIT_ASSERT(sorted(rows, order) == found);
          }
          CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, work.space.used());
        }
  }

  void runs_know_what_they_have() {
    DiskWork work(2, options_, [] {});
    Visited visited(work);
    std::set<Row> known;
    for (int level = 0; level < 30; ++level) {
      std::set<Row> fresh;
      for (const Row& row : some_rows(2, 40))
        if (const Row state{0, row[1], row[2]}; !known.contains(state)) fresh.insert(state);
      RunWriter writer(work);
      for (const Row& row : fresh)
        writer.append(row.data());
      visited.add(writer.finish());
      known.merge(fresh);
      std::set<Row> asked;
      for (const Row& row : some_rows(2, 100))
        asked.insert({0, row[1], row[2]});
      visited.begin_questions();
      for (const Row& row : asked)
        CPPUNIT_ASSERT_EQUAL(known.contains(row), visited.has(row.data() + 1));
    }
  }

  void merging_gives_the_disk_back() {
    DiskWork work(1, options_, [] {});
    std::uint64_t number = 0;
    const auto run_of = [&](int rows) {
      RunWriter writer(work);
      for (int i = 0; i < rows; ++i)
        writer.append(std::array<Word, 2>{++number, number * 0x9e3779b97f4a7c15}.data());
      return writer.finish();
    };
    RunTiers tiers(work, RowOrder::by_number, 4);
    for (int i = 0; i < 200; ++i)
      tiers.add(run_of(10));
    CPPUNIT_ASSERT(tiers.runs().size() <= 3 * 5);
    const std::uint64_t used = work.space.used();
    tiers.clear();
    CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, work.space.used());
    const Run all = run_of(2000);
    CPPUNIT_ASSERT(used < work.space.used() * 3 / 2);
  }

  /// Rows that differ from those above in some bytes of some words, in no order.
  void blocks_keep_every_bit() {
    constexpr std::size_t width = 3;
    BlockCodec codec;
    for (std::size_t count = 0; count <= 80; ++count) {
      RowBlock block(width, 80);
      Row row(width);
      while (block.count < count) {
        for (std::size_t w = 1; w < width; ++w)
          row[w] ^= some_bytes();
        block.append(row.data());
      }
      const auto bytes = codec.encode(block);
      RowBlock found(width, 80);
      found.append(Row(width, ~Word{0}).data()); // What it was used for before.
      codec.decode(std::vector(bytes.begin(), bytes.end()), found);
      CPPUNIT_ASSERT_EQUAL(count, found.count);
      for (std::size_t c = 0; c < width; ++c)
        CPPUNIT_ASSERT(std::equal(block.column(c), block.column(c) + count, found.column(c)));
    }
  }

  void damage_is_noticed() {
    DiskWork work(2, options_, [] {});
    const std::vector<Row> rows = sorted(some_rows(2, 20), RowOrder::by_state);
    for (std::uint64_t at = 0;; ++at) {
      const auto file = std::make_shared<ScratchFile>(work.space);
      RunWriter writer(work, file);
      for (const Row& row : rows)
        writer.append(row.data());
      const Run run = writer.finish();
      if (at == run.blocks.back().at + run.blocks.back().bytes) break;
      std::array<std::byte, 1> byte{};
      file->read(at, byte);
      byte[0] ^= std::byte{0x10};
      file->overwrite(at, byte);
      std::vector<Row> found;
      bool is_refused = false;
      try {
        RunReader reader(work, run);
        for (Row row(3); reader.next(row.data());)
          found.push_back(row);
      } catch (const Stopped&) {
        is_refused = true;
      }
      // Some bits of a frame say nothing.
      CPPUNIT_ASSERT(is_refused || found == rows);
      refused_ += is_refused ? 1 : 0;
      looked_at_ += 1;
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(refused_), refused_ > looked_at_ * 9 / 10);
  }

 private:
  /// A word whose bytes are zero but for some that follow each other.
  Word some_bytes() {
    Word word = 0;
    const int begin = dice_.between(0, 8);
    const int end = dice_.between(begin, 8);
    for (int b = begin; b < end; ++b)
      word |= static_cast<Word>(dice_.below(256)) << (8 * b);
    return word;
  }

  /// Numbers differ, states not always.
  std::vector<Row> some_rows(std::size_t words, std::size_t count) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < count; ++i) {
      Row row{(i * 7919) % 100'003};
      for (std::size_t w = 0; w < words; ++w)
        row.push_back(static_cast<Word>(dice_.below(w == 0 ? 20 : 3)) << (w == 0 ? 40 : 0));
      rows.push_back(row);
    }
    return rows;
  }

  static std::vector<Row> sorted(std::vector<Row> rows, RowOrder order) {
    if (order == RowOrder::by_number) {
      std::ranges::sort(rows);
      return rows;
    }
    const auto state_first = [](Row row) {
      std::ranges::rotate(row, row.begin() + 1);
      return row;
    };
    std::ranges::sort(rows, {}, state_first);
    const auto same = [](const Row& a, const Row& b) {
      return std::equal(a.begin() + 1, a.end(), b.begin() + 1);
    };
    rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
    return rows;
  }

  tests::MemoryFolder folder_;
  DiskOptions options_;
  tests::Dice dice_{1};
  std::size_t refused_ = 0;
  std::size_t looked_at_ = 0;
};

CPPUNIT_TEST_SUITE_REGISTRATION(SorterTest);
