// Every mistake that a scenario file can have, and what the user reads about it, word by word. To
// add one: a file in bad/, or in bad_own/ if it is about what a scenario brings along, then
// STALEMATE_APPROVE=1, then read the line in golden/bad_input.txt or bad_own.txt.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

namespace fs = std::filesystem;

// One line on stderr that names the place, nothing on stdout, status 2: never a verdict.
std::string complaint(const std::vector<std::string>& arguments, const Setting& setting) {
  const Outcome outcome = run(arguments, setting);
  const std::string name = fmt::format("{}", fmt::join(arguments, " "));
  CPPUNIT_ASSERT_EQUAL_MESSAGE(name + ": " + outcome.err, 2, outcome.status);
  CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::string(), outcome.out);
  CPPUNIT_ASSERT_MESSAGE(name, outcome.err.ends_with('\n'));
  CPPUNIT_ASSERT_EQUAL_MESSAGE(
      name, std::ptrdiff_t{1}, std::count(outcome.err.begin(), outcome.err.end(), '\n'));
  CPPUNIT_ASSERT_MESSAGE(name, outcome.err.size() < 1000);
  return outcome.err;
}

// As above, for a text that is made here.
void expect(const std::string& expected, const std::string& text) {
  const Folder folder;
  folder.add("f.json", text);
  CPPUNIT_ASSERT_EQUAL(expected + "\n", complaint({"run", "f.json"}, {.folder = folder.path()}));
}

// Every file of the folder is refused with the line in the golden file.
void explained(const std::string& folder, const std::string& golden) {
  const std::string bad = STALEMATE_SOURCE_DIR "/cli/tests/" + folder;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(bad))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  CPPUNIT_ASSERT(names.size() >= 70);
  std::string all;
  for (const std::string& name : names)
    all += complaint({"run", name}, {.folder = bad});
  assert_golden(golden, all);
}

class BadInputTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(BadInputTest);
  CPPUNIT_TEST(every_mistake_is_explained);
  CPPUNIT_TEST(every_mistake_in_what_is_brought_along_is_explained);
  CPPUNIT_TEST(empty_files);
  CPPUNIT_TEST(bytes_that_are_no_text);
  CPPUNIT_TEST(random_bytes);
  CPPUNIT_TEST(deep_nesting);
  CPPUNIT_TEST(huge_strings);
  CPPUNIT_TEST(huge_files);
  CPPUNIT_TEST(many_values);
  CPPUNIT_TEST(what_is_no_file);
  CPPUNIT_TEST(what_cannot_be_read);
  CPPUNIT_TEST(standard_input);
  CPPUNIT_TEST(file_names_are_escaped);
  CPPUNIT_TEST(variants_that_do_not_exist);
  CPPUNIT_TEST(several_files_at_once);
  CPPUNIT_TEST(one_id_for_two_files);
  CPPUNIT_TEST(what_was_written_into_a_folder_of_scenarios);
  CPPUNIT_TEST(traces_that_are_none);
  CPPUNIT_TEST(traces_away_from_their_scenario);
  CPPUNIT_TEST(scenarios_that_are_not_here);
  CPPUNIT_TEST_SUITE_END();

 public:
  void every_mistake_is_explained() { explained("bad", "bad_input.txt"); }
  void every_mistake_in_what_is_brought_along_is_explained() {
    explained("bad_own", "bad_own.txt");
  }

  void empty_files() {
    expect("f.json:1:1: the file is empty", "");
    expect("f.json:1:1: the file is empty", "\n\n  \t");
    expect("f.json:1:1: a list where an object should be", "[]");
    expect("f.json:1:1: \"id\" is missing", "{}");
  }

  void bytes_that_are_no_text() {
    using namespace std::string_literals;
    expect("f.json:1:1: malformed JSON: a NUL byte", "\0"s);
    expect("f.json:2:3: malformed JSON: a NUL byte", "{}\n  \0"s);
    expect("f.json:1:1: malformed JSON: unknown literal \"\\xFF\\xFE\"", "\xFF\xFE");
    expect("f.json:1:10: malformed JSON: invalid string: ill-formed UTF-8 byte; "
           "last read: \"a\\xC0",
           "{\"id\": \"a\xC0\xAF\"}");
    expect("f.json:1:1: malformed JSON: unknown literal \"\\u001B\"", "\x1b[2J");
  }

  void random_bytes() {
    std::mt19937 random(1);
    for (int i = 0; i < 20; ++i) {
      std::string text;
      for (int j = 0; j < 2000; ++j)
        text += static_cast<char>(random() % 256);
      const Folder folder;
      folder.add("f.json", text);
      const std::string line = complaint({"run", "f.json"}, {.folder = folder.path()});
      CPPUNIT_ASSERT_MESSAGE(line, line.starts_with("f.json:"));
      CPPUNIT_ASSERT_MESSAGE(line, std::ranges::all_of(line, [](char c) {
                               return c == '\n' || static_cast<unsigned char>(c) >= 0x20;
                             }));
    }
  }

  void deep_nesting() {
    const Folder folder;
    folder.add("f.json", std::string(1'000'000, '['));
    const std::string line = complaint({"run", "f.json"}, {.folder = folder.path()});
    CPPUNIT_ASSERT_MESSAGE(line, line.starts_with("f.json:1:65: "));
    CPPUNIT_ASSERT_MESSAGE(line, line.ends_with(": nested more than 64 levels deep\n"));
  }

  void huge_strings() {
    const std::string huge(1'000'000, 'x');
    expect("f.json:1:8: /id: a string of 1000000 bytes; at most 20000 are read",
           "{\"id\": \"" + huge + "\"}");
    expect("f.json:1:2: a key of 1000000 bytes; at most 100 are read", "{\"" + huge + "\": 1}");
    expect("f.json:1:1000003: malformed JSON: invalid string: missing closing quote; expected "
           "string literal; last read: " +
               std::string(24, 'x'),
           "{\"" + huge);
    expect("f.json:1:8: malformed JSON: unknown literal \"" + std::string(60, 'x') + "...\"",
           "{\"id\": " + huge + "}");
  }

  void huge_files() {
    expect("f.json: larger than 4194304 bytes", std::string((4U << 20U) + 1, ' '));
    expect("f.json:1:1: the file is empty", std::string(4U << 20U, ' '));
  }

  void many_values() {
    std::string text = "[0";
    for (int i = 0; i < 100'000; ++i)
      text += ",0";
    expect("f.json:1:40000: /19999: more than 20000 values", text + "]");
    expect("f.json:1:40014: /file/blocks/19997: more than 20000 values; 1..8 items are possible",
           "{\"file\":{\"blocks\":" + text + "]}}");
  }

  void what_is_no_file() {
    CPPUNIT_ASSERT_EQUAL(std::string("nowhere/f.json: cannot open: No such file or directory\n"),
                         complaint({"run", "nowhere/f.json"}, {}));
    CPPUNIT_ASSERT_EQUAL(
        std::string(
            "scenarios: is a folder; `stalemate check scenarios` runs all scenarios in it\n"),
        complaint({"run", "scenarios"}, {}));
    CPPUNIT_ASSERT_EQUAL(std::string("/dev/zero: larger than 4194304 bytes\n"),
                         complaint({"run", "/dev/zero"}, {}));
    CPPUNIT_ASSERT_EQUAL(std::string(": cannot open: No such file or directory\n"),
                         complaint({"run", ""}, {}));
    const Folder folder;
    CPPUNIT_ASSERT_EQUAL(std::string(".: no scenario in this folder\n"),
                         complaint({"check", "."}, {.folder = folder.path()}));
  }

  void what_cannot_be_read() {
    const Folder folder;
    folder.add("f.json", "{}");
    fs::permissions(folder / "f.json", fs::perms::none);
    fs::create_symlink("loop.json", folder / "loop.json");
    CPPUNIT_ASSERT_EQUAL(std::string("loop.json: cannot open: Too many levels of symbolic links\n"),
                         complaint({"run", "loop.json"}, {.folder = folder.path()}));
    const std::string line = complaint({"run", "f.json"}, {.folder = folder.path()});
    CPPUNIT_ASSERT(line == "f.json: cannot open: Permission denied\n" ||
                   line == "f.json:1:1: \"id\" is missing\n"); // nothing is closed to root
  }

  void standard_input() {
    CPPUNIT_ASSERT_EQUAL(std::string("standard input:1:1: the file is empty\n"),
                         complaint({"run", "-"}, {}));
    CPPUNIT_ASSERT_EQUAL(std::string("standard input:1:2: malformed JSON: unexpected end of "
                                     "input; expected string literal\n"),
                         complaint({"run", "-"}, {.input = "{"}));
  }

  void file_names_are_escaped() {
    CPPUNIT_ASSERT_EQUAL(
        std::string("\\u001B[31m\\n\\xFF.json: cannot open: No such file or directory\n"),
        complaint({"run", "\x1b[31m\n\xFF.json"}, {}));
    const std::string line = complaint({"run", std::string(100'000, 'x')}, {});
    CPPUNIT_ASSERT(line.ends_with("x...: cannot open: File name too long\n"));
  }

  void variants_that_do_not_exist() {
    const Folder folder;
    folder.add("a.json",
               R"({"id": "A", "title": "t", "file": {"blocks": ["hole"]},
                   "processes": [{"path": "writeback"}],
                   "variants": [{"name": "one"}, {"name": "two"}]})");
    folder.add("b.json",
               R"({"id": "B", "title": "t", "file": {"blocks": ["hole"]},
                   "processes": [{"path": "writeback"}]})");
    const Setting here{.folder = folder.path()};
    CPPUNIT_ASSERT_EQUAL(std::string("a.json: unknown variant \"tow\"; known: two, one\n"),
                         complaint({"run", "a.json#tow"}, here));
    CPPUNIT_ASSERT_EQUAL(std::string("b.json: no variant \"x\"; the file has no variants\n"),
                         complaint({"run", "b.json#x"}, here));
    CPPUNIT_ASSERT_EQUAL(std::string("c.json: cannot open: No such file or directory\n"),
                         complaint({"run", "c.json#x"}, here));
    CPPUNIT_ASSERT_EQUAL(
        std::string("a.json: has 2 variants, name one as a.json#VARIANT: one, two\n"),
        complaint({"trace", "a.json"}, here));
  }

  void several_files_at_once() {
    const Folder folder;
    folder.add("b.json", "{");
    folder.add("a.json", "");
    folder.add("not-me.schema.json", "[");
    folder.add("nor-me.txt", "[");
    const Outcome outcome = run({"check", "."}, {.folder = folder.path()});
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string(), outcome.out);
    CPPUNIT_ASSERT_EQUAL(std::string("a.json:1:1: the file is empty\n"
                                     "b.json:1:2: malformed JSON: unexpected end of input; "
                                     "expected string literal\n"),
                         outcome.err);
  }

  void one_id_for_two_files() {
    const std::string text = R"({"id": "A", "title": "t", "file": {"blocks": ["hole"]},
                                 "processes": [{"path": "writeback"}]})";
    const Folder folder;
    folder.add("a.json", text);
    folder.add("b.json", text);
    const Outcome outcome = run({"check", "."}, {.folder = folder.path()});
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string("b.json:1:8: /id: \"A\" is also the id of a.json\n"),
                         outcome.err);
    CPPUNIT_ASSERT(outcome.out.find("\n1 run, ") != std::string::npos);
  }

  // By all commands that write JSON which is no scenario.
  void what_was_written_into_a_folder_of_scenarios() {
    const Folder folder;
    const Setting here{.folder = folder.path()};
    folder.add("race.json", read(STALEMATE_SOURCE_DIR "/cli/tests/data/race.json"));
    const auto write = [&](const std::string& name, const std::vector<std::string>& arguments) {
      const Outcome outcome = run(arguments, here);
      CPPUNIT_ASSERT_MESSAGE(name + outcome.err, outcome.status < 2);
      if (!outcome.out.empty()) folder.add(name, outcome.out);
    };
    const std::string broken = "race.json#broken";
    write("check.json", {"check", "race.json", "--format", "json"});
    write("trace.json", {"trace", broken, "--format", "json"});
    write("trace.itf.json", {"trace", broken, "--format", "itf"});
    write("matrix.json", {"matrix", "race.json", "--format", "json"});
    write("shrink.json", {"shrink", broken, "--format", "json"});
    write("bisect.json", {"bisect", broken, "--format", "json"});
    write("teeth.json", {"teeth", broken, "--format", "json"});
    write("hunt.json",
          {"hunt",
           "--processes",
           "1",
           "--paths",
           "reclaim",
           "--blocks",
           "1",
           "--format",
           "json",
           "--state",
           "state.json"});
    const std::vector<std::string> names = folder.names();
    CPPUNIT_ASSERT_EQUAL(std::size_t{10}, names.size());
    const Outcome outcome = run({"check", "."}, here);
    CPPUNIT_ASSERT_EQUAL(std::string(), outcome.err);
    CPPUNIT_ASSERT_EQUAL(0, outcome.status);

    // One that is named is not passed over.
    std::string all;
    for (const std::string& name : names)
      if (name != "race.json") {
        all += complaint({"run", name}, here);
        const Outcome checked = run({"check", "race.json", name}, here);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(name, 2, checked.status);
        CPPUNIT_ASSERT_MESSAGE(name, checked.err.starts_with(name + ":1:1: this is "));
      }
    assert_golden("bad_written.txt", all);
    // Nor is a scenario that says in some key that it is one of them.
    folder.add("other.json", R"({"id": "A", "format": "stalemate-check"})");
    CPPUNIT_ASSERT_EQUAL(2, run({"check", "."}, here).status);
  }

  void traces_that_are_none() {
    const Folder folder;
    folder.add("t.json", "{}");
    const Setting here{.folder = folder.path()};
    CPPUNIT_ASSERT_EQUAL(std::string("t.json:1:1: no saved trace: \"format\" is missing\n"),
                         complaint({"replay", "t.json"}, here));
    CPPUNIT_ASSERT_EQUAL(std::string("u.json: cannot open: No such file or directory\n"),
                         complaint({"replay", "u.json"}, here));
    folder.add("t.json", "{\n  ]");
    CPPUNIT_ASSERT_EQUAL(std::string("t.json:2:3: not JSON\n"),
                         complaint({"replay", "t.json"}, here));
    folder.add("t.json",
               R"({"id": "A", "title": "t", "file": {"blocks": ["hole"]},
                   "processes": [{"path": "writeback"}]})");
    CPPUNIT_ASSERT_EQUAL(std::string("t.json:1:1: this is a scenario, not a trace; `stalemate "
                                     "trace t.json -o X.json` saves one\n"),
                         complaint({"replay", "t.json"}, here));
    folder.add("t.json", std::string(100'000, '['));
    CPPUNIT_ASSERT(complaint({"replay", "t.json"}, here).starts_with("t.json: "));
  }

  void traces_away_from_their_scenario() {
    const Folder folder;
    const std::string race = "cli/tests/data/race.json";
    CPPUNIT_ASSERT_EQUAL(0, run({"trace", race + "#broken", "-o", folder / "t.json"}).status);
    const Setting there{.folder = folder.path()};
    CPPUNIT_ASSERT_EQUAL("t.json: names a scenario that cannot be used from here: " + race +
                             ": cannot open: No such file or directory; say where it is with "
                             "--scenario FILE[#VARIANT]\n",
                         complaint({"replay", "t.json"}, there));
    const std::string found = STALEMATE_SOURCE_DIR "/" + race + "#broken";
    CPPUNIT_ASSERT_EQUAL(0, run({"replay", "t.json", "--scenario", found}, there).status);
  }

  void scenarios_that_are_not_here() {
    const Folder folder;
    const Outcome outcome = run({"list", "scenarios"}, {.folder = folder.path()});
    CPPUNIT_ASSERT_EQUAL(0, outcome.status);
    CPPUNIT_ASSERT(outcome.out.find("/scenarios/iomap/R1-write-vs-reclaim.json") !=
                   std::string::npos);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BadInputTest);

} // namespace
} // namespace stalemate::cli::tests
