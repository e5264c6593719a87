// Scenarios that expect nothing ask, and every answer says to what.

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

class AskingTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(AskingTest);
  CPPUNIT_TEST(the_verdict_is_the_status);
  CPPUNIT_TEST(what_never_ran_is_a_line);
  CPPUNIT_TEST(a_warning_that_nobody_asked_about_fails_nothing);
  CPPUNIT_TEST(a_warning_that_somebody_asked_about_does);
  CPPUNIT_TEST(what_was_asked_stands_on_everything);
  CPPUNIT_TEST(the_verdict_is_said_once);
  CPPUNIT_TEST(several_variants_are_a_table_with_the_traces_that_surprise);
  CPPUNIT_TEST(a_knob_from_the_command_line_makes_it_a_question);
  CPPUNIT_TEST(a_trace_of_a_changed_kernel_replays);
  CPPUNIT_TEST(a_knob_that_changes_nothing_is_named);
  CPPUNIT_TEST(wrong_settings_name_the_option);
  CPPUNIT_TEST(check_tells_answers_from_failures);
  CPPUNIT_TEST(lines_are_as_wide_as_wanted);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;
  const Setting here_{.folder = folder_.path()};
  const std::string race_ = STALEMATE_SOURCE_DIR "/cli/tests/data/race.json";

  // A file of one scenario that asks.
  [[nodiscard]] std::string file(const std::string& more) const {
    return folder_.add("mine.json",
                       R"({"id": "mine", "title": "Mine", "file": {"blocks": ["unwritten", "hole"]},
                           "processes": [{"path": "buffered_write", "segments": 3},
                                         {"path": "writeback"}, {"path": "reclaim"},
                                         {"path": "punch_hole"}])" +
                           more + "}");
  }

  // The write of half a block, without a check of its mapping; the other half of the cached block
  // holds this. Only a warning breaks where that is zeroes.
  [[nodiscard]] std::string unchecked(const std::string& half, const std::string& more = "") const {
    return folder_.add(
        "unchecked.json",
        R"({"id": "unchecked", "title": "Unchecked", "kernel": {"iomap_valid": "none"},
                           "file": {"blocks": ["unwritten"],
                                    "cached": [{"folio": 0, "dirty": true, "data": ["zero", ")" +
            half + R"("]}]},
                           "processes": [{"path": "buffered_write"}, {"path": "writeback"},
                                         {"path": "reclaim"}])" +
            more + "}");
  }

  static bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

 public:
  void the_verdict_is_the_status() {
    const Outcome held = run({"run", file("")});
    CPPUNIT_ASSERT_EQUAL(0, held.status);
    CPPUNIT_ASSERT(has(held.out, "\nholds: "));
    CPPUNIT_ASSERT(!has(held.out, "as expected"));
    folder_.add("race.json",
                replaced(read(race_), R"(, "expect": {"violated": "no_lost_write"})", ""));
    const std::string broken = folder_ / "race.json#broken";
    CPPUNIT_ASSERT_EQUAL(1, run({"run", broken}).status);
    CPPUNIT_ASSERT_EQUAL(1, run({"check", folder_ / "race.json"}).status);
    CPPUNIT_ASSERT_EQUAL(0, run({"trace", broken}).status);
    CPPUNIT_ASSERT_EQUAL(3, run({"run", broken, "--states-max", "2"}).status);
  }

  void what_never_ran_is_a_line() {
    const Outcome outcome = run({"run", file("")});
    CPPUNIT_ASSERT(has(outcome.out, " ways through steps never ran; `run --never-taken` lists"));
    CPPUNIT_ASSERT(!has(outcome.out, "\n["));
    const std::string listed = run({"run", file(""), "--never-taken"}).out;
    const auto list = nlohmann::json::parse(listed.substr(listed.find("\n[\n") + 1));
    CPPUNIT_ASSERT(list.size() > 1);
    // What it lists is what a proof may be told to expect.
    const Outcome strict = run(
        {"run",
         file(R"(, "properties": ["no_lost_write"], "expect": {"holds": true, "never_taken": )" +
              list.dump() + "}")});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(strict.out, 0, strict.status);
    CPPUNIT_ASSERT(has(strict.out, "\n  as expected\n"));
  }

  void a_warning_that_nobody_asked_about_fails_nothing() {
    const std::string harmless = unchecked("zero");
    const Outcome outcome = run({"run", harmless, "--width", "300"});
    CPPUNIT_ASSERT_EQUAL(0, outcome.status);
    CPPUNIT_ASSERT(has(outcome.out, "  a warning: fresh_mapping, which only warns, breaks after "));
    CPPUNIT_ASSERT(has(outcome.out, ", and no harm comes of it"));
    const Outcome trace = run({"trace", harmless});
    CPPUNIT_ASSERT_EQUAL(0, trace.status);
    CPPUNIT_ASSERT(has(trace.out, "\nlatent: fresh_mapping, which only warns, breaks after "));
  }

  void a_warning_that_somebody_asked_about_does() {
    const Outcome outcome =
        run({"run", unchecked("zero", R"(, "properties": ["fresh_mapping"])"), "--width", "300"});
    CPPUNIT_ASSERT_EQUAL(1, outcome.status);
    CPPUNIT_ASSERT(has(outcome.out, "(a shortest trace); no other claim was checked: "));
    CPPUNIT_ASSERT(!has(outcome.out, "no harm"));
  }

  void what_was_asked_stands_on_everything() {
    const std::string name = race_ + "#broken";
    const std::string title = "T1#broken: A write trusts a cached mapping that writeback converts";
    const std::string layout = "blocks unwritten; cached (folio 0, dirty, data zero old)";
    for (const auto& command : {std::vector<std::string>{"run", name}, {"trace", name}}) {
      const std::string out = run(command).out;
      CPPUNIT_ASSERT(has(out, title));
      CPPUNIT_ASSERT(has(out, layout));
      CPPUNIT_ASSERT(has(out, "iomap_valid=none"));
      CPPUNIT_ASSERT(has(out, "no_lost_write, no_foreign_data, no_deadlock"));
    }
    // A picture breaks its lines elsewhere.
    const std::string picture = run({"trace", name, "--format", "dot"}).out;
    CPPUNIT_ASSERT(has(picture, "T1#broken: A write trusts"));
    CPPUNIT_ASSERT(has(picture, "kernel: v7.1, iomap_valid=none"));
    const auto saved = nlohmann::json::parse(run({"trace", name, "--format", "json"}).out);
    CPPUNIT_ASSERT(saved["asked"]["kernel"] == "v7.1, iomap_valid=none");
    CPPUNIT_ASSERT(saved["asked"]["file"] == layout);
    CPPUNIT_ASSERT(saved["race"].size() >= 3);
  }

  void the_verdict_is_said_once() {
    const std::string out = run({"run", race_ + "#broken"}).out;
    const std::string verdict = "is violated";
    CPPUNIT_ASSERT(has(out, verdict));
    CPPUNIT_ASSERT_EQUAL(out.find(verdict), out.rfind(verdict));
    const std::string brief = run({"run", race_ + "#broken", "--brief"}).out;
    CPPUNIT_ASSERT(out.starts_with(brief));
    CPPUNIT_ASSERT(brief.size() * 2 < out.size());
  }

  void several_variants_are_a_table_with_the_traces_that_surprise() {
    const std::string text = read(race_);
    const Outcome good = run({"run", race_});
    CPPUNIT_ASSERT_EQUAL(0, good.status);
    CPPUNIT_ASSERT(good.out.ends_with("3 run, 3 ok, 0 failed, 0 incomplete\n"));
    CPPUNIT_ASSERT(has(run({"run", race_, "--traces"}).out, "\nT1#broken: A write trusts"));

    folder_.add("t.json", replaced(text, R"("no_lost_write"})", R"("no_foreign_data"})"));
    const Outcome bad = run({"run", "t.json"}, here_);
    CPPUNIT_ASSERT_EQUAL(1, bad.status);
    CPPUNIT_ASSERT(has(bad.out, "3 run, 2 ok, 1 failed, 0 incomplete\n\nT1#broken: "));
    CPPUNIT_ASSERT(!has(bad.out, "\nT1#stuck: "));
  }

  void a_knob_from_the_command_line_makes_it_a_question() {
    const Outcome outcome = run({"run", race_ + "#sound", "--set", "iomap_valid=none", "--brief"});
    CPPUNIT_ASSERT_EQUAL(1, outcome.status);
    CPPUNIT_ASSERT(has(outcome.out, "no_lost_write is violated after "));
    CPPUNIT_ASSERT(has(outcome.out, "--set iomap_valid=none"));
    CPPUNIT_ASSERT_EQUAL(
        0, run({"run", race_ + "#broken", "--set", "iomap_valid=after_folio_lock"}).status);
    CPPUNIT_ASSERT(run({"show", "buffered_write", "--set", "iomap_valid=none"}).out !=
                   run({"show", "buffered_write"}).out);
  }

  void a_trace_of_a_changed_kernel_replays() {
    const std::string path = folder_ / "t.json";
    CPPUNIT_ASSERT_EQUAL(
        0, run({"trace", race_ + "#sound", "--set", "iomap_valid=none", "-o", path}).status);
    const Outcome outcome = run({"replay", path});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    const std::string set = "\"set\": [\n    \"iomap_valid=none\"\n  ]";
    folder_.add("t.json", replaced(read(path), set, "\"set\": []"));
    CPPUNIT_ASSERT_EQUAL(2, run({"replay", path}).status);
  }

  void a_knob_that_changes_nothing_is_named() {
    const std::string remark = "  the knob dio_drains changes nothing here\n";
    CPPUNIT_ASSERT(has(run({"run", race_ + "#sound", "--set", "dio_drains=false"}).out, remark));
    CPPUNIT_ASSERT(has(run({"check", race_, "--set", "dio_drains=false"}).out, "  " + remark));
    CPPUNIT_ASSERT(!has(run({"run", race_ + "#sound", "--set", "iomap_valid=none"}).out,
                        "changes nothing here"));
  }

  void wrong_settings_name_the_option() {
    const auto error = [&](const std::string& setting) {
      const Outcome outcome = run({"run", "race.json#sound", "--set", setting},
                                  {.folder = STALEMATE_SOURCE_DIR "/cli/tests/data"});
      CPPUNIT_ASSERT_EQUAL(2, outcome.status);
      return outcome.err;
    };
    CPPUNIT_ASSERT_EQUAL(std::string("--set iomap_valid: is not KNOB=VALUE\n"),
                         error("iomap_valid"));
    CPPUNIT_ASSERT(error("iomap_vald=none")
                       .starts_with("--set iomap_vald=none: unknown knob \"iomap_vald\"; known: "
                                    "iomap_valid, "));
    CPPUNIT_ASSERT(error("iomap_valid=no")
                       .starts_with("--set iomap_valid=no: unknown value \"no\"; known: none, "));
    CPPUNIT_ASSERT(error("dio_drains=2")
                       .starts_with("--set dio_drains=2: unknown value \"2\"; known: false, true"));
    CPPUNIT_ASSERT_EQUAL(std::string("race.json: --set swap_io=dio_sync: the knob \"swap_io\" goes "
                                     "with \"memory\", and this scenario has \"file\"\n"),
                         error("swap_io=dio_sync"));
  }

  void check_tells_answers_from_failures() {
    folder_.add("race.json",
                replaced(read(race_),
                         R"("expect": {"violated": "no_lost_write"})",
                         R"("notes": "No check.")"));
    const Outcome outcome = run({"check", "race.json"}, here_);
    CPPUNIT_ASSERT_EQUAL(1, outcome.status);
    CPPUNIT_ASSERT(has(outcome.out, "  asked\n"));
    CPPUNIT_ASSERT(outcome.out.ends_with("3 run, 2 ok, 0 failed, 1 asked, 0 incomplete\n"));
    const Outcome quiet = run({"check", "-q", "race.json"}, here_);
    CPPUNIT_ASSERT(has(quiet.out, "T1#broken"));
    CPPUNIT_ASSERT(!has(quiet.out, "T1#stuck"));
    const auto table =
        nlohmann::json::parse(run({"check", "race.json", "--format", "json"}, here_).out);
    const auto& row = table["results"][0];
    CPPUNIT_ASSERT(table["format"] == "stalemate-check");
    CPPUNIT_ASSERT(row["expected"].is_null());
    CPPUNIT_ASSERT(row["ok"] == false);
    CPPUNIT_ASSERT(row["property"] == "no_lost_write");
    CPPUNIT_ASSERT(row["file"] == "race.json");
    CPPUNIT_ASSERT(row["line"] == 12);
    CPPUNIT_ASSERT(row["notes"] == "No check.");
  }

  void lines_are_as_wide_as_wanted() {
    for (const std::string width : {"60", "72", "100"}) {
      const std::string out = run({"run", race_ + "#broken", "--brief", "--width", width}).out;
      std::size_t widest = 0;
      for (std::size_t at = 0; at < out.size(); at = out.find('\n', at) + 1)
        widest = std::max(widest, out.find('\n', at) - at);
      CPPUNIT_ASSERT(widest <= std::stoul(width));
      CPPUNIT_ASSERT(widest + 20 > std::stoul(width));
    }
    CPPUNIT_ASSERT_EQUAL(2, run({"run", race_, "--width", "10"}).status);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AskingTest);

} // namespace
} // namespace stalemate::cli::tests
