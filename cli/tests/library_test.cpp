// The commands on the scenarios that come with the program.

#include "checker/tests/amount.hpp"
#include "cli/load.hpp"
#include "cli/tests/program.hpp"
#include "lockless/interface.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using nlohmann::json;

/// Every folder of scenarios that this build can check: protocols need Relacy.
std::vector<std::string> library() {
  std::vector<std::string> folders;
  for (const auto& entry : std::filesystem::directory_iterator(STALEMATE_SOURCE_DIR "/scenarios"))
    if (entry.is_directory() && (relacy::is_there() || entry.path().filename() != "lockless"))
      folders.push_back(entry.path().string());
  std::ranges::sort(folders);
  return folders;
}

Outcome check_library() {
  std::vector<std::string> words = library();
  words.insert(words.begin(), "check");
  return run(words);
}

json parsed(const std::string& text) {
  return json::parse(text);
}

class LibraryTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LibraryTest);
  CPPUNIT_TEST(everything_is_as_expected);
  CPPUNIT_TEST(nothing_in_it_only_asks);
  CPPUNIT_TEST(the_table_as_json_has_its_shape);
  CPPUNIT_TEST(times_only_if_asked_for);
  CPPUNIT_TEST(reductions_are_one_word);
  CPPUNIT_TEST(hashes_prove_nothing_for_certain);
  CPPUNIT_TEST(relacy_ends_when_it_should);
  CPPUNIT_TEST(two_runs_print_the_same);
  CPPUNIT_TEST(threads_change_nothing);
  CPPUNIT_TEST(traces_are_the_same_in_every_form);
  CPPUNIT_TEST(every_counterexample_replays);
  CPPUNIT_TEST(every_path_can_be_shown);
  CPPUNIT_TEST(a_kernel_function_is_shown_in_its_paths);
  CPPUNIT_TEST(names_are_looked_up);
  CPPUNIT_TEST(everything_can_be_listed);
  CPPUNIT_TEST(the_layout_says_what_is_required);
  CPPUNIT_TEST(versions_stay_in_order);
  CPPUNIT_TEST(a_knob_says_its_versions);
  CPPUNIT_TEST(ghosts_are_told_once);
  CPPUNIT_TEST(families_are_counted);
  CPPUNIT_TEST(the_reference_is_every_list);
  CPPUNIT_TEST(a_hash_in_a_file_name_is_part_of_it);
  CPPUNIT_TEST(what_is_named_twice_is_loaded_once);
  CPPUNIT_TEST_SUITE_END();

  // A file with its variant that breaks, from the test's own data.
  const std::string race_ = "cli/tests/data/race.json";
  // A folder that every build can check.
  const std::string part_ = "scenarios/dax";
  const Folder folder_;

 public:
  // A scenario that asks would never fail.
  void nothing_in_it_only_asks() {
    for (const Candidate& candidate : load_all(library()))
      CPPUNIT_ASSERT_MESSAGE(candidate.name(), candidate.scenario.expect.stated);
  }

  void everything_is_as_expected() {
    const Outcome outcome = check_library();
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.out + outcome.err, 0, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string(), outcome.err);
  }

  void the_table_as_json_has_its_shape() {
    const json table = parsed(run({"check", "scenarios/iomap", part_, "--format", "json"}).out);
    CPPUNIT_ASSERT(!table["results"].empty());
    for (const json& row : table["results"]) {
      std::set<std::string> keys;
      for (const auto& [key, value] : row.items())
        keys.insert(key);
      for (const char* only_some : {"executions", "within", "edits"})
        keys.erase(only_some);
      CPPUNIT_ASSERT((keys == std::set<std::string>{"scenario",
                                                    "variant",
                                                    "title",
                                                    "notes",
                                                    "file",
                                                    "line",
                                                    "expected",
                                                    "expected_property",
                                                    "verdict",
                                                    "property",
                                                    "ok",
                                                    "states",
                                                    "transitions",
                                                    "depth",
                                                    "trace_length"}));
      CPPUNIT_ASSERT(row["states"].is_number_unsigned());
      CPPUNIT_ASSERT(row["ok"].is_boolean());
      CPPUNIT_ASSERT_EQUAL(row["verdict"].get<std::string>().starts_with("holds"),
                           row["trace_length"].is_null());
    }
    const auto count = table["results"].size();
    CPPUNIT_ASSERT(
        table["summary"] ==
        json({{"run", count}, {"ok", count}, {"failed", 0}, {"asked", 0}, {"incomplete", 0}}));
  }

  void times_only_if_asked_for() {
    const json timed = parsed(run({"check", race_, "--format", "json", "--timing"}).out);
    for (const json& row : timed["results"])
      CPPUNIT_ASSERT(row["time_ms"].is_number_unsigned());
  }

  void two_runs_print_the_same() {
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"check", part_, "scenarios/iomap", "scenarios/dio"},
          {"check", race_, "--format", "json"},
          {"run", race_},
          {"show", "buffered_write"},
          {"list", "scenarios"}}) {
      const Outcome first = run(command);
      CPPUNIT_ASSERT(!first.out.empty());
      CPPUNIT_ASSERT_EQUAL(first.out, run(command).out);
    }
  }

  void reductions_are_one_word() {
    for (const std::string word : {"all", "dead,ample"})
      CPPUNIT_ASSERT_EQUAL(0, run({"run", "--reduce", word, race_, "--threads", "2"}).status);
  }

  void hashes_prove_nothing_for_certain() {
    const std::string name = "scenarios/iomap/R1-write-vs-reclaim.json";
    CPPUNIT_ASSERT_EQUAL(run({"run", name}).out, run({"run", name, "--store", "tree"}).out);
    for (const auto& command : {std::vector<std::string>{"run", name},
                                {"check", name},
                                {"check", name, "--format", "json"},
                                {"check", name, "--format", "junit"}}) {
      std::vector<std::string> hashed = command;
      hashed.insert(hashed.end(), {"--store", "compact"});
      const std::string exact = run(command).out;
      const Outcome outcome = run(hashed);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.out, 0, outcome.status);
      CPPUNIT_ASSERT(outcome.out.find("omission") != std::string::npos);
      CPPUNIT_ASSERT(exact.find("omission") == std::string::npos);
    }
  }

  void relacy_ends_when_it_should() {
    if (!relacy::is_there()) return;
    const std::string name = "scenarios/iomap/R1-write-vs-reclaim.json#valid";
    const Outcome outcome =
        run({"run", name, "--engine", "relacy", "--switches", "8", "--time-max", "100ms"});
    CPPUNIT_ASSERT_EQUAL(3, outcome.status);
    CPPUNIT_ASSERT(outcome.out.find("the time limit of 100 ms is reached") != std::string::npos);
  }

  void threads_change_nothing() {
    const std::vector<std::string> part{"check", part_, "scenarios/iomap", "scenarios/dio"};
    std::vector<std::string> threaded = part;
    threaded.insert(threaded.end(), {"--threads", "3"});
    CPPUNIT_ASSERT_EQUAL(run(part).out, run(threaded).out);
    CPPUNIT_ASSERT_EQUAL(run({"run", race_}).out, run({"run", race_, "--threads", "3"}).out);
  }

  void traces_are_the_same_in_every_form() {
    for (const std::string form :
         {"svg", "png", "pdf", "dot", "json", "txt", "html", "ladder", "mermaid"}) {
      const std::string a = folder_ / ("a." + form);
      const std::string b = folder_ / ("b." + form);
      const Outcome outcome = run({"trace", race_ + "#broken", "-o", a, "-o", b});
      CPPUNIT_ASSERT_EQUAL_MESSAGE(form + outcome.err, 0, outcome.status);
      CPPUNIT_ASSERT_EQUAL(std::string(), outcome.out);
      CPPUNIT_ASSERT_MESSAGE(form, read(a).size() > 100);
      CPPUNIT_ASSERT_MESSAGE(form, read(a) == read(b));
      CPPUNIT_ASSERT_MESSAGE(form,
                             read(a) == run({"trace", race_ + "#broken", "--format", form}).out);
    }
  }

  void every_counterexample_replays() {
    // Every twelfth, since each takes two runs of the program; ./dev soak does them all.
    const int stride = static_cast<int>(stalemate::tests::amount(12, 1));
    int replayed = 0;
    int broken = 0;
    std::vector<Candidate> candidates = load_all(library());
    for (const Candidate& candidate : candidates) {
      if (candidate.scenario.expect.outcome == kernel::Expectation::Outcome::holds) continue;
      if (broken++ % stride != 0) continue;
      const std::string name = candidate.scenario.variant.empty()
                                   ? candidate.file->name()
                                   : candidate.file->name() + "#" + candidate.scenario.variant;
      const std::string path = folder_ / "t.json";
      const std::string lanes = folder_ / "t.txt";
      CPPUNIT_ASSERT_EQUAL_MESSAGE(name, 0, run({"trace", name, "-o", path, "-o", lanes}).status);
      const Outcome outcome = run({"replay", path});
      CPPUNIT_ASSERT_EQUAL_MESSAGE(name + ": " + outcome.err, 0, outcome.status);
      // The same text but for the verdict, which alone says that it is a shortest trace.
      const auto story = [](const std::string& text) {
        const auto verdict = text.find("\n\n");
        return text.substr(0, verdict) + text.substr(text.find("\n\n", verdict + 2));
      };
      CPPUNIT_ASSERT_EQUAL(story(read(lanes)), story(outcome.out));
      ++replayed;
    }
    CPPUNIT_ASSERT(replayed > 35);
  }

  void every_path_can_be_shown() {
    const json paths = parsed(run({"list", "paths", "--format", "json"}).out);
    CPPUNIT_ASSERT(!paths.empty());
    for (const json& path : paths) {
      const Outcome outcome = run({"show", path["name"].get<std::string>()});
      CPPUNIT_ASSERT_EQUAL_MESSAGE(path["name"].dump() + outcome.err, 0, outcome.status);
      CPPUNIT_ASSERT(outcome.out.starts_with(path["name"].get<std::string>() + ": "));
    }
    const std::string svg = run({"show", "buffered_write", "--format", "svg"}).out;
    CPPUNIT_ASSERT(svg.find("<svg") != std::string::npos);
    const Outcome other = run({"show", "buffered_write", "--scenario", race_ + "#broken"});
    CPPUNIT_ASSERT_EQUAL(0, other.status);
    CPPUNIT_ASSERT(other.out != run({"show", "buffered_write"}).out);
  }

  void a_kernel_function_is_shown_in_its_paths() {
    const Outcome outcome = run({"show", "iomap_write_begin"});
    CPPUNIT_ASSERT_EQUAL(0, outcome.status);
    CPPUNIT_ASSERT(outcome.out.starts_with("buffered_write: "));
    CPPUNIT_ASSERT(outcome.out.find("\n  iomap_write_begin (fs/iomap/") != std::string::npos);
    CPPUNIT_ASSERT(outcome.out.find("iomap_write_begin is also in ") != std::string::npos);
    CPPUNIT_ASSERT(outcome.out.find("zero_range") != std::string::npos);
    CPPUNIT_ASSERT(outcome.out.find("\n  iomap_write_end (") == std::string::npos);
    const Outcome unknown = run({"show", "iomap_write_bgin"});
    CPPUNIT_ASSERT_EQUAL(2, unknown.status);
    CPPUNIT_ASSERT(unknown.err.find("known: iomap_write_begin") != std::string::npos);
  }

  void names_are_looked_up() {
    const json knobs = parsed(run({"list", "knobs", "zeroing", "--format", "json"}).out);
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, knobs.size());
    CPPUNIT_ASSERT_EQUAL(std::string("file"), knobs[0]["section"].get<std::string>());
    CPPUNIT_ASSERT(knobs[0]["read by"].dump().find("\"zero_range\"") != std::string::npos);
    const json paths = parsed(run({"list", "paths", "zero_range", "--format", "json"}).out);
    CPPUNIT_ASSERT(paths[0]["knobs"].dump().find("\"zeroing\"") != std::string::npos);
    const std::string words = run({"list", "layout", "unwritten"}).out;
    CPPUNIT_ASSERT(words.find("file.blocks\n") != std::string::npos);
    CPPUNIT_ASSERT(words.find("memory.slots\n") != std::string::npos);
    CPPUNIT_ASSERT(run({"list", "knobs", "zeroin"}).err.find("known: zeroing") !=
                   std::string::npos);
  }

  void everything_can_be_listed() {
    for (const std::string what :
         {"scenarios", "paths", "knobs", "properties", "layout", "format"}) {
      const json listing = parsed(run({"list", what, "--format", "json"}).out);
      CPPUNIT_ASSERT(!listing.empty());
      const std::string text = run({"list", what}).out;
      for (const json& entry : listing)
        CPPUNIT_ASSERT(text.find(entry["name"].get<std::string>()) != std::string::npos);
    }
  }

  void the_layout_says_what_is_required() {
    const json blocks = parsed(run({"list", "layout", "file.blocks", "--format", "json"}).out);
    CPPUNIT_ASSERT(blocks[0]["required"] == json({"always"}));
    const std::string out = run({"list", "layout", "file.blocks"}).out;
    CPPUNIT_ASSERT(out.find("\n  required: always\n") != std::string::npos);
    CPPUNIT_ASSERT(run({"list", "layout", "file.size"}).out.find("required") == std::string::npos);
  }

  void versions_stay_in_order() {
    for (const std::string version : {"v6.13", "6.6"})
      CPPUNIT_ASSERT(run({"run", race_, "--set", "version=" + version})
                         .err.ends_with("known: v6.1, v6.6, v6.12, v6.18, v7.0, v7.1\n"));
  }

  void a_knob_says_its_versions() {
    const std::string out = run({"list", "knobs", "zeroing"}).out;
    CPPUNIT_ASSERT(out.find("\n  versions: v6.1 to v6.6: skips, v6.12: flushes_once") !=
                   std::string::npos);
  }

  void ghosts_are_told_once() {
    const std::string out = run({"show", "fsync"}).out;
    const auto first = out.find("(owes0 = (inode.");
    CPPUNIT_ASSERT(first != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(std::string::npos, out.find("(owes0 = (inode.", first + 1));
    CPPUNIT_ASSERT(out.find("(for claims the same as above)") != std::string::npos);
  }

  void families_are_counted() {
    const json families = parsed(run({"list", "families", "--format", "json"}).out);
    CPPUNIT_ASSERT_EQUAL(std::size_t{8}, families.size());
    int variants = 0;
    for (const json& family : families) {
      CPPUNIT_ASSERT(!family["text"].get<std::string>().empty());
      for (const char* ending : {"breaks", "hangs", "warns", "holds"})
        variants += family[ending].get<int>();
    }
    CPPUNIT_ASSERT_EQUAL(load_all({STALEMATE_SOURCE_DIR "/scenarios"}).size(),
                         static_cast<std::size_t>(variants));
  }

  void the_reference_is_every_list() {
    const std::string text = run({"list", "reference"}).out;
    const json reference = parsed(run({"list", "reference", "--format", "json"}).out);
    for (const std::string what : {"format", "layout", "paths", "knobs", "properties"}) {
      CPPUNIT_ASSERT(parsed(run({"list", what, "--format", "json"}).out) == reference[what]);
      CPPUNIT_ASSERT(text.find(run({"list", what}).out) != std::string::npos);
    }
    CPPUNIT_ASSERT_EQUAL(2, run({"list", "reference", "knobs"}).status);
  }

  void a_hash_in_a_file_name_is_part_of_it() {
    const std::string text = read(STALEMATE_SOURCE_DIR "/" + race_);
    const std::string path = folder_.add("a#b.json", text);
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, load(path).size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, load(path + "#sound").size());
    CPPUNIT_ASSERT_EQUAL(std::string("T1#sound"), load_one(path + "#sound").name());
  }

  void what_is_named_twice_is_loaded_once() {
    const std::string path = STALEMATE_SOURCE_DIR "/" + race_;
    const std::string folder = STALEMATE_SOURCE_DIR "/cli/./tests//data";
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, load_all({folder}).size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{3}, load_all({path + "#sound", folder, path}).size());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, load_all({path + "#sound"}).size());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LibraryTest);

} // namespace
} // namespace stalemate::cli::tests
