// What the program in the guest calls possible: its own text, run here on a file that is not there.

#include "checker/outside/command.hpp"
#include "reproduce/folder.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>

namespace stalemate::reproduce {
namespace {

const std::string guest = STALEMATE_SOURCE_DIR "/reproduce/guest/";

/// Two segments of 2048 bytes, both 'o', and three processes.
constexpr auto data_of_file = R"(
#define NAME "R0"
#define SEGMENTS 4
#define LOOKS AT_END
static const int begin_of[] = { 0, 2048, 4096, 6144, 8192 };
static const struct content at_first = { 4096, { 'o', 'o' } };
static const struct action processes[] = {)";

constexpr auto judge = R"(
static struct happening happenings[PROCESSES][TIMES_MAX];

static void happened(int process, int time, int began, int ended, int got, char first, char second)
{
	struct happening *h = &happenings[process][time];

	h->began = began;
	h->ended = ended;
	h->got = got;
	memset(h->bytes, first, 2048);
	memset(h->bytes + 2048, second, 2048);
}

static void print(const char *name, const struct contents *all)
{
	int i, s;

	printf("%s", name);
	for (i = 0; i < all->count; i++) {
		printf(" ");
		for (s = 0; begin_of[s] < all->of[i].size; s++)
			printf("%c", all->of[i].of[s] ? all->of[i].of[s] : '0');
	}
	printf("\n");
}

int main(void)
{
	char text[256];
	int i;
)";

class OrdersTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(OrdersTest);
  CPPUNIT_TEST(who_has_returned_comes_before);
  CPPUNIT_TEST(who_failed_may_have_done_it);
  CPPUNIT_TEST(a_read_gets_of_before_or_of_meanwhile);
  CPPUNIT_TEST(a_whole_read_gets_one_or_the_other);
  CPPUNIT_TEST(a_crash_keeps_what_fsync_promised);
  CPPUNIT_TEST(two_truncates_are_two);
  CPPUNIT_TEST(a_store_behind_the_end_is_lost);
  CPPUNIT_TEST_SUITE_END();

  // What a program prints that says what happened, and asks.
  static std::string said(const std::string& processes, const std::string& body) {
    const TemporaryFolder folder;
    const std::string race = kit_text(STALEMATE_SOURCE_DIR "/reproduce", "guest/race.c");
    const std::string begin = "#define _GNU_SOURCE";
    const auto from = race.find(begin);
    std::string text = race.substr(from, race.find("#include \"play.h\"") - from);
    text += data_of_file + processes + "};\n#include \"orders.h\"\n#include \"found.h\"\n" + judge +
            body + "\treturn 0;\n}\n";
    folder.write("o.c", text);
    const Ran built = run({"cc", "-w", "-I", guest, "-o", "o", "o.c"}, folder.path());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(built.out, 0, built.status);
    return run({"./o"}, folder.path()).out;
  }

  static constexpr auto two_writes = R"({ "A", WRITE, 0, 4096, 'A', 1, -1 },
	{ "B", WRITE_DIRECT, 0, 2048, 'B', 1, -1 }, { "T", TRUNCATE, 2048, 0, 0, 2, 4096 },)";
  static constexpr auto readers = R"({ "A", WRITE, 0, 4096, 'A', 1, -1 },
	{ "R", READ, 0, 4096, 0, 1, -1 }, { "S", READ_DIRECT, 0, 4096, 0, 1, -1 },)";

 public:
  void who_has_returned_comes_before() {
    const std::string ask = "find_orders(happenings, false); print(\"end\", &at_end);";
    CPPUNIT_ASSERT_EQUAL(
        std::string("end BA AA\n"),
        said(two_writes, "happened(0, 0, 1, 3, 0, 0, 0); happened(1, 0, 2, 4, 0, 0, 0);" + ask));
    CPPUNIT_ASSERT_EQUAL(
        std::string("end AA\n"),
        said(two_writes, "happened(0, 0, 3, 4, 0, 0, 0); happened(1, 0, 1, 2, 0, 0, 0);" + ask));
    CPPUNIT_ASSERT_EQUAL(std::string("end oo\n"), said(two_writes, ask));
  }

  void who_failed_may_have_done_it() {
    CPPUNIT_ASSERT_EQUAL(std::string("end oo AA\n"),
                         said(two_writes,
                              "happened(0, 0, 1, 2, -1, 0, 0);"
                              "find_orders(happenings, false); print(\"end\", &at_end);"));
  }

  void a_read_gets_of_before_or_of_meanwhile() {
    const auto read = [](const std::string& when, const std::string& got) {
      return said(readers,
                  fmt::format("happened(0, 0, 2, 5, 0, 0, 0); happened(1, 0, {}, {});"
                              "find_orders(happenings, false);"
                              "puts(is_any_read_wrong(text, sizeof(text)) ? text : \"right\");",
                              when,
                              got));
    };
    CPPUNIT_ASSERT_EQUAL(std::string("right\n"), read("3, 4", "4096, 'A', 'o'"));
    CPPUNIT_ASSERT_EQUAL(std::string("where=read by=R at=2048 found=00 expected=41|6f\n"),
                         read("3, 4", "4096, 'A', 0"));
    CPPUNIT_ASSERT_EQUAL(std::string("where=read by=R at=2048 found=6f expected=41\n"),
                         read("6, 7", "4096, 'A', 'o'"));
    CPPUNIT_ASSERT_EQUAL(std::string("where=read by=R got=2048\n"), read("6, 7", "2048, 'A', 0"));
  }

  void a_whole_read_gets_one_or_the_other() {
    const auto reads = [](const std::string& first, const std::string& second) {
      return said(readers,
                  fmt::format("happened(0, 0, 1, 9, 0, 0, 0); happened(1, 0, 2, 3, 4096, {});"
                              "happened(2, 0, 4, 5, 4096, {});"
                              "puts(are_reads_not_whole(happenings, text, sizeof(text)) ? text : "
                              "\"right\");",
                              first,
                              second));
    };
    CPPUNIT_ASSERT_EQUAL(std::string("right\n"), reads("'o', 'o'", "'A', 'A'"));
    CPPUNIT_ASSERT_EQUAL(std::string("where=reads R=6f,6f S=41,6f\n"),
                         reads("'o', 'o'", "'A', 'o'"));
    CPPUNIT_ASSERT_EQUAL(std::string("where=reads R=41,41 S=6f,6f\n"),
                         reads("'A', 'A'", "'o', 'o'"));
  }

  void a_crash_keeps_what_fsync_promised() {
    const std::string writes = R"({ "A", WRITE, 0, 2048, 'A', 1, -1 },
	{ "B", WRITE, 2048, 2048, 'B', 1, -1 }, { "F", SYNC, 0, 0, 0, 1, -1 },)";
    CPPUNIT_ASSERT_EQUAL(std::string("kept AB Ao\n"),
                         said(writes,
                              "happened(0, 0, 1, 2, 0, 0, 0); happened(1, 0, 4, 5, 0, 0, 0);"
                              "happened(2, 0, 3, 6, 0, 0, 0);"
                              "find_orders(happenings, false); print(\"kept\", &after_sync);"));
  }

  void two_truncates_are_two() {
    CPPUNIT_ASSERT_EQUAL(std::string("end o0\n"),
                         said(R"({ "A", WRITE, 0, 2048, 'A', 1, -1 },
	{ "B", WRITE, 2048, 2048, 'B', 1, -1 }, { "T", TRUNCATE, 2048, 0, 0, 2, 4096 },)",
                              "happened(2, 0, 1, 2, 0, 0, 0); happened(2, 1, 3, 4, 0, 0, 0);"
                              "find_orders(happenings, false); print(\"end\", &at_end);"));
  }

  void a_store_behind_the_end_is_lost() {
    const std::string grows = R"({ "S", STORE, 4096, 2048, 'S', 1, -1 },
	{ "W", WRITE, 6144, 2048, 'W', 1, -1 },)";
    const auto end = [&](const std::string& size) {
      return said(grows,
                  "happened(0, 0, 2, 3, 0, 0, 0); happened(0, 1, 4, 5, " + size +
                      ", 0, 0); happened(1, 0, 1, 6, 0, 0, 0);"
                      "find_orders(happenings, false); print(\"end\", &at_end);");
    };
    CPPUNIT_ASSERT_EQUAL(std::string("end oo0W\n"), end("4096"));
    CPPUNIT_ASSERT_EQUAL(std::string("end oo0W ooSW\n"), end("8192"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OrdersTest);

} // namespace
} // namespace stalemate::reproduce
