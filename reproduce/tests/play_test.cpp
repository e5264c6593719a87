#include "reproduce/play.hpp"

#include "reproduce/folder.hpp"
#include "reproduce/refusal.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <string>

namespace stalemate::reproduce {
namespace {

const std::string source_kit = STALEMATE_SOURCE_DIR "/reproduce";

Programs programs() {
  return read_programs("programs.json", kit_text(source_kit, "programs.json"));
}

/// Two blocks of two segments, the first one written, the second one not; the folio of the first is
/// dirty in its second half.
report::SavedTrace small_trace() {
  report::SavedTrace trace;
  trace.title = "R0#none: no_lost_write is violated";
  trace.initial = report::SavedValues{{"extent[0]", "mapped"},
                                      {"extent[1]", "unwritten"},
                                      {"extent[1].place", "0"},
                                      {"disk[0][0]", "old"},
                                      {"disk[0][1]", "zeroes"},
                                      {"disk[1][0]", "garbage"},
                                      {"disk[1][1]", "garbage"},
                                      {"folio[0].uptodate[0]", "yes"},
                                      {"folio[0].present", "yes"},
                                      {"folio[0].block_dirty[0]", "yes"},
                                      {"folio[0].data[0]", "zeroes"},
                                      {"folio[0].data[1]", "old"},
                                      {"folio[1].present", "no"},
                                      {"inode.size", "3"}};
  trace.processes = {{"writer0", "buffered_write", {{"at", 1}, {"segments", 2}}},
                     {"truncator0", "truncate", {{"to", 1}, {"then", -1}}},
                     {"kswapd", "reclaim", {}},
                     {"ioend0", "io_completion", {}}};
  return trace;
}

std::string refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const Refusal& error) {
    return error.what();
  }
  return "accepted";
}

/// The text from there on.
std::string behind(const std::string& text, const std::string& begin) {
  const auto at = text.find(begin);
  return at == std::string::npos ? text : text.substr(at);
}

std::string refusal(const report::SavedTrace& trace) {
  return refusal([&] { (void)play("R0#none", trace, programs()); });
}

class PlayTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(PlayTest);
  CPPUNIT_TEST(the_file_and_what_runs);
  CPPUNIT_TEST(without_a_folio_the_disk_is_read);
  CPPUNIT_TEST(a_copy_over_a_hole_needs_a_shared_block);
  CPPUNIT_TEST(a_write_behind_the_end_zeroes_up_to_it);
  CPPUNIT_TEST(a_read_is_of_a_part_or_of_all_blocks_of_a_folio);
  CPPUNIT_TEST(segments_are_whole_sectors);
  CPPUNIT_TEST(an_option_chooses_the_call);
  CPPUNIT_TEST(refuses_what_no_program_runs);
  CPPUNIT_TEST(refuses_what_is_no_file);
  CPPUNIT_TEST(refuses_wrong_programs);
  CPPUNIT_TEST(a_stress_program_knows_no_gates);
  CPPUNIT_TEST_SUITE_END();

 public:
  void the_file_and_what_runs() {
    CPPUNIT_ASSERT_EQUAL(std::string(R"(#define NAME "R0#none"
#define SEGMENTS 6
#define LOOKS (AT_END)

/* Where each segment begins, in bytes, and the last one ends. */
static const int begin_of[] = { 0, 2048, 4096, 6144, 8192, 10240, 12288, };

/* The file at the beginning: size and data. */
static const struct content at_first = { 6144, { 0, 'o', 0, 0, } };

/* How it is made: name, call, offset, length, byte, times, next size. */
static const struct action beginning[] = {
	{ "the size", TRUNCATE, 6144, 0, 0, 1, -1 },
	{ "blocks 0 to 1 are neighbours", PREALLOCATE, 0, 8192, 0, 1, -1 },
	{ "data of block 0", WRITE_DIRECT, 0, 2048, 'o', 1, -1 },
	{ "data of block 0", WRITE_DIRECT, 2048, 2048, 0, 1, -1 },
	{ "all of that is on disk", SYNC, 0, 0, 0, 1, -1 },
	{ "block 0 is dirty", WRITE, 0, 2048, 0, 1, -1 },
	{ "block 0 is dirty", WRITE, 2048, 2048, 'o', 1, -1 },
};

/* What runs at once. */
static const struct action processes[] = {
	{ "writer0", WRITE, 2048, 4096, 'A', 1, -1 },
	{ "truncator0", TRUNCATE, 2048, 2048, 'B', 1, -1 },
	{ "kswapd", RECLAIM, 0, 8192, 'C', 1, -1 },
};
)"),
                         play("R0#none", small_trace(), programs()));
  }

  void without_a_folio_the_disk_is_read() {
    report::SavedTrace of = small_trace();
    (*of.initial)["folio[0].present"] = "no";
    CPPUNIT_ASSERT(
        play("R0#none", of, programs()).find("at_first = { 6144, { 'o', 0, 0, 0, } };") !=
        std::string::npos);
  }

  // Before the file, and everything is that much further on.
  void a_copy_over_a_hole_needs_a_shared_block() {
    report::SavedTrace of = small_trace();
    (*of.initial)["extent[0]"] = "hole";
    (*of.initial)["cow[0]"] = "delalloc";
    CPPUNIT_ASSERT_EQUAL(
        std::string(R"(static const struct action beginning[] = {
	{ "the size", TRUNCATE, 10240, 0, 0, 1, -1 },
	{ "a block before it", WRITE_DIRECT, 0, 4096, 'o', 1, -1 },
	{ "a clone shares that", CLONE, 0, 0, 0, 1, -1 },
	{ "block 1 is unwritten", PREALLOCATE, 8192, 4096, 0, 1, -1 },
	{ "all of that is on disk", SYNC, 0, 0, 0, 1, -1 },
	{ "the block before it is to be copied, and room for more is reserved", WRITE, 0, 4096, 'o', 1, -1 },
	{ "block 0 is dirty", WRITE, 6144, 2048, 'o', 1, -1 },
};

/* What runs at once. */
static const struct action processes[] = {
	{ "writer0", WRITE, 6144, 4096, 'A', 1, -1 },
	{ "truncator0", TRUNCATE, 6144, 2048, 'B', 1, -1 },
	{ "kswapd", RECLAIM, 4096, 12288, 'C', 1, -1 },
};
)"),
        behind(play("R0#none", of, programs(), {}), "static const struct action beginning"));
    (*of.initial)["extent[0].shared"] = "yes";
    CPPUNIT_ASSERT(play("R0#none", of, programs(), {}).find("block before") == std::string::npos);
  }

  void a_write_behind_the_end_zeroes_up_to_it() {
    report::SavedTrace of = small_trace();
    of.processes = {{"zeroer0", "zero_range", {{"at", 3}, {"segments", 1}}}};
    CPPUNIT_ASSERT(
        play("R0#none", of, programs(), {}).find("\"zeroer0\", WRITE, 8192, 2048, 'A'") !=
        std::string::npos);
    of.processes[0].options["at"] = 2;
    CPPUNIT_ASSERT(play("R0#none", of, programs(), {}).find("\"zeroer0\", ZERO, 4096, 2048, 'A'") !=
                   std::string::npos);
  }

  void a_read_is_of_a_part_or_of_all_blocks_of_a_folio() {
    report::SavedTrace of = small_trace();
    of.processes = {{"R", "buffered_read", {{"at", 1}}}};
    const auto read = [&](const char* what) {
      return play("R0#none", of, programs(), {}).find(what) != std::string::npos;
    };
    CPPUNIT_ASSERT(read("\"R\", READ, 2048, 2048, 'A'"));
    (*of.initial)["folio[0].uptodate[1]"] = "yes";
    CPPUNIT_ASSERT(read("\"R\", READ, 0, 4096, 'A'"));
    of.processes[0].options["part"] = 2;
    CPPUNIT_ASSERT(read("\"R\", READ, 1024, 2048, 'A'"));
  }

  void segments_are_whole_sectors() {
    report::SavedValues initial = *small_trace().initial;
    initial["disk[0][2]"] = "garbage";
    const Geometry thirds(initial);
    CPPUNIT_ASSERT_EQUAL(1536, thirds.begin_of(1));
    CPPUNIT_ASSERT_EQUAL(3072, thirds.begin_of(2));
    CPPUNIT_ASSERT_EQUAL(4096, thirds.begin_of(3));
    initial = *small_trace().initial;
    initial["folio[0].uptodate[1]"] = "yes";
    const Geometry small(initial);
    CPPUNIT_ASSERT_EQUAL(2048, small.block_bytes());
    CPPUNIT_ASSERT_EQUAL(1, small.folios());
    CPPUNIT_ASSERT_EQUAL(1024, small.begin_of(1));
  }

  void an_option_chooses_the_call() {
    report::SavedTrace of = small_trace();
    of.processes = {{"W", "dio_write", {{"segments", 2}, {"async", 1}}},
                    {"writer0", "buffered_write", {{"segments", 2}, {"gives_up", 1}}},
                    {"ra", "file_readahead", {{"at", 3}, {"folios", 2}}},
                    {"T", "truncate", {{"to", 1}, {"then", 3}}},
                    {"F", "fsync", {{"times", 2}}}};
    const std::string text = play("R0#none", of, programs(), {"AT_END", "AT_READS"});
    CPPUNIT_ASSERT(text.find("#define LOOKS (AT_END | AT_READS)") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::string(R"({
	{ "W", WRITE_ASYNC, 0, 4096, 'A', 1, -1 },
	{ "writer0", WRITE_NOTHING, 0, 4096, 'B', 1, -1 },
	{ "ra", READ_AHEAD, 4096, 8192, 'C', 1, -1 },
	{ "T", TRUNCATE, 2048, 2048, 'D', 2, 6144 },
	{ "F", SYNC, 0, 2048, 'E', 2, -1 },
};
)"),
                         text.substr(text.rfind("{\n\t{ \"W\"")));
  }

  void refuses_what_no_program_runs() {
    report::SavedTrace of = small_trace();
    of.processes[0].options["buffer_folio"] = 0;
    CPPUNIT_ASSERT_EQUAL(std::string("writer0: no program runs buffered_write with buffer_folio 0"),
                         refusal(of));
    of = small_trace();
    (*of.initial)["device.read_errors"] = "1";
    CPPUNIT_ASSERT_EQUAL(std::string("no program lets the device fail: device.read_errors is 1"),
                         refusal(of));
    of = small_trace();
    of.processes[0].options["times"] = 5;
    CPPUNIT_ASSERT_EQUAL(std::string("writer0: no program does it 5 times"), refusal(of));
    of = small_trace();
    of.processes[0] = {"jwriter0", "jdata_write", {}};
    CPPUNIT_ASSERT_EQUAL(std::string("jwriter0: no program runs the path jdata_write"),
                         refusal(of));
    of = small_trace();
    of.processes[0].options["at"] = 40;
    CPPUNIT_ASSERT_EQUAL(std::string("the file has 44 segments, at most 32 fit"), refusal(of));
  }

  void refuses_what_is_no_file() {
    report::SavedTrace of = small_trace();
    of.initial = report::SavedValues{{"page[0].lock", "free"}};
    CPPUNIT_ASSERT_EQUAL(std::string("the trace is not about a file of XFS: there are no extents"),
                         refusal(of));
    of.initial.reset();
    CPPUNIT_ASSERT_EQUAL(std::string("the trace is of an older version: save it again"),
                         refusal(of));
    of = small_trace();
    (*of.initial)["folio[0].uptodate[1]"] = "yes";
    (*of.initial)["folio[0].uptodate[2]"] = "yes";
    CPPUNIT_ASSERT_EQUAL(std::string("no file system has 3 blocks in a folio"), refusal(of));
  }

  void refuses_wrong_programs() {
    CPPUNIT_ASSERT(refusal([] { (void)read_programs("p.json", "{"); }).starts_with("p.json:1:"));
    CPPUNIT_ASSERT(
        refusal([] { (void)read_programs("p.json", R"({"a": {}})"); }).starts_with("p.json: "));
    CPPUNIT_ASSERT(
        refusal([] { (void)kit_text(source_kit, "nothing"); }).ends_with(": cannot be read"));
  }

  void a_stress_program_knows_no_gates() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("a\nDATA\n#include \"other.h\"\nb\n"),
        stress_program("a\n#include \"play.h\"\n#include \"other.h\"\n#ifdef GATES\nx\n#endif\nb\n",
                       {{"play.h", "DATA\n"}}));
    const std::string race = kit_text(source_kit, "guest/race.c");
    CPPUNIT_ASSERT(stress_program(race, {}).find("GATE") == std::string::npos);
    CPPUNIT_ASSERT(stress_program(race, {}).find("gate") == std::string::npos);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PlayTest);

} // namespace
} // namespace stalemate::reproduce
