#include "reports/trace_json.hpp"

#include "reports/tests/example.hpp"
#include "reports/tests/golden.hpp"
#include "reports/tests/live_example.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>

using namespace stalemate;
using namespace stalemate::report::tests;
using report::read_schedule;

namespace {

/// Always of the same identity, so that what is golden does not change with every model.
std::string trace_text(const ir::Model& model, const Result& result) {
  const auto trace = replay(model, result);
  const std::string text = written([&](std::ostream& out) {
    const report::TraceOrigin origin{report::example::caption("R1#none", model, result),
                                     "scenarios/iomap/R1.json",
                                     "none",
                                     {"iomap_valid=none"},
                                     {},
                                     {},
                                     {},
                                     {{"writer0", {{"at", 0}, {"segments", 1}}}}};
    report::write_trace_json(model, trace, origin, out);
  });
  const std::string identity = report::identity_text(model);
  CPPUNIT_ASSERT_EQUAL(std::size_t{16}, identity.size());
  CPPUNIT_ASSERT_EQUAL(identity, read_schedule(text).model);
  return replaced(text, identity, "0123456789abcdef");
}

/// A file with the least that a replay needs, and these steps.
std::string small(const std::string& steps) {
  return R"({"format": "stalemate-trace", "version": 1, "scenario": "s", "variant": "",)"
         R"( "verdict": "violated", "property": "p", "steps": )" +
         steps + "}";
}

} // namespace

class TraceJsonTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(TraceJsonTest);
  CPPUNIT_TEST(says_everything_by_name);
  CPPUNIT_TEST(a_deadlock_names_its_ring);
  CPPUNIT_TEST(reads_what_was_written);
  CPPUNIT_TEST(reads_the_loop_and_who_waits);
  CPPUNIT_TEST(reads_who_ran);
  CPPUNIT_TEST(needs_only_what_a_replay_needs);
  CPPUNIT_TEST(refuses_what_is_not_json_with_its_place);
  CPPUNIT_TEST(refuses_what_is_not_a_trace);
  CPPUNIT_TEST(refuses_steps_of_the_wrong_form);
  CPPUNIT_TEST(refuses_what_is_nested_too_deeply);
  CPPUNIT_TEST(refuses_a_key_that_comes_twice);
  CPPUNIT_TEST(refuses_every_prefix_of_a_trace);
  CPPUNIT_TEST_SUITE_END();

  static std::string error(const std::string& text) {
    return refusal([&] { (void)read_schedule(text); });
  }

 public:
  void says_everything_by_name() {
    assert_golden("race.json", trace_text(report::example::race(), report::example::race_result()));
  }

  void a_deadlock_names_its_ring() {
    assert_golden("retries.json",
                  trace_text(report::example::retries(), report::example::retries_result()));
    assert_golden("cycle.json",
                  trace_text(report::example::cycle(), report::example::cycle_result()));
  }

  void reads_what_was_written() {
    const auto saved =
        read_schedule(trace_text(report::example::race(), report::example::race_result()));
    CPPUNIT_ASSERT_EQUAL(std::string("scenarios/iomap/R1.json"), saved.scenario);
    CPPUNIT_ASSERT_EQUAL(std::string("none"), saved.variant);
    CPPUNIT_ASSERT(saved.set == std::vector<std::string>{"iomap_valid=none"});
    CPPUNIT_ASSERT_EQUAL(std::string("violated"), saved.verdict);
    CPPUNIT_ASSERT_EQUAL(std::string("no_lost_write"), saved.property);
    CPPUNIT_ASSERT_EQUAL(std::size_t{14}, saved.steps.size());
    CPPUNIT_ASSERT_EQUAL(std::string("writer0"), saved.steps[12].process);
    CPPUNIT_ASSERT_EQUAL(std::string("iomap_write_begin"), saved.steps[12].function);
    CPPUNIT_ASSERT_EQUAL(std::string("get and lock the folio"), saved.steps[12].phrase);
    CPPUNIT_ASSERT_EQUAL(1, saved.steps[12].alternative);
  }

  void reads_the_loop_and_who_waits() {
    const auto text = trace_text(report::example::retries(), report::example::retries_result());
    const auto saved = read_schedule(text);
    CPPUNIT_ASSERT_EQUAL(std::size_t{8}, saved.steps.size());
    CPPUNIT_ASSERT(saved.loop_from == 2);
    CPPUNIT_ASSERT_EQUAL(std::string("writer0"), saved.process);
    CPPUNIT_ASSERT(saved.stranded.empty());
    const auto with = [&](const std::string& from, const std::string& to) {
      CPPUNIT_ASSERT(text.find(from) != std::string::npos);
      return error(replaced(text, from, to));
    };
    CPPUNIT_ASSERT_EQUAL(std::string("/loop_from: steps are counted from 1 on"),
                         with("\"loop_from\": 3", "\"loop_from\": 0"));
    CPPUNIT_ASSERT_EQUAL(std::string("/stranded: is string, not an array"),
                         with("\"stranded\": []", "\"stranded\": \"a\""));
    CPPUNIT_ASSERT_EQUAL(std::string("/stranded: is no list of processes"),
                         with("\"stranded\": []", "\"stranded\": [1]"));
  }

  void reads_who_ran() {
    const auto saved =
        read_schedule(trace_text(report::example::race(), report::example::race_result()));
    CPPUNIT_ASSERT_EQUAL(std::string("writer0"), saved.processes.at(0).name);
    CPPUNIT_ASSERT_EQUAL(1, saved.processes.at(0).options.at("segments"));
    CPPUNIT_ASSERT(saved.processes.at(1).options.empty());
    CPPUNIT_ASSERT(saved.title.starts_with("R1#none: "));
    const auto error_in = [&](const std::string& processes) {
      return error(
          replaced(small("[]"), "\"steps\"", "\"processes\": " + processes + ", \"steps\""));
    };
    CPPUNIT_ASSERT_EQUAL(std::string("/processes: is number, not an array"), error_in("1"));
    CPPUNIT_ASSERT_EQUAL(std::string("/processes/0: \"path\" is missing"),
                         error_in(R"([{"name": "w"}])"));
    CPPUNIT_ASSERT_EQUAL(
        std::string("/processes/0/options/at: is no whole number that makes sense"),
        error_in(R"([{"name": "w", "path": "p", "options": {"at": 99999999999}}])"));
    CPPUNIT_ASSERT_EQUAL(std::string("/processes/0/options: is array, not an object"),
                         error_in(R"([{"name": "w", "path": "p", "options": []}])"));
  }

  void needs_only_what_a_replay_needs() {
    const auto saved = read_schedule(small(
        R"([{"process": "a", "function": "f", "phrase": "p", "alternative": 0, "more": null}])"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, saved.steps.size());
    CPPUNIT_ASSERT(read_schedule(small("[]")).steps.empty());
  }

  void refuses_what_is_not_json_with_its_place() {
    CPPUNIT_ASSERT_EQUAL(std::string("1:1: not JSON"), error(""));
    CPPUNIT_ASSERT_EQUAL(std::string("2:3: not JSON"), error("{\n  steps: 1}"));
    CPPUNIT_ASSERT_EQUAL(std::string("1:8: not JSON"), error("{\"a\": \"\xff\xfe\"}"));
    CPPUNIT_ASSERT_EQUAL(std::string("a number is too large"), error("{\"a\": 1e999}"));
  }

  void refuses_what_is_not_a_trace() {
    CPPUNIT_ASSERT_EQUAL(std::string("1:1: no saved trace: is array, not an object"), error("[]"));
    CPPUNIT_ASSERT_EQUAL(std::string("1:1: no saved trace: \"format\" is missing"), error("{}"));
    CPPUNIT_ASSERT_EQUAL(std::string("/format: is number, not a string"), error("{\"format\": 1}"));
    CPPUNIT_ASSERT_EQUAL(std::string("/format: is \"x?y\", a trace says \"stalemate-trace\""),
                         error(R"({"format": "x\u001by"})"));
    CPPUNIT_ASSERT_EQUAL(std::string("/version: is 3, this program reads 1 to 2"),
                         error(replaced(small("[]"), "\"version\": 1", "\"version\": 3")));
    CPPUNIT_ASSERT_EQUAL(std::string("/version: is not a whole number from 0 on"),
                         error(replaced(small("[]"), "\"version\": 1", "\"version\": 1.0")));
  }

  void refuses_steps_of_the_wrong_form() {
    const auto step = [](const std::string& alternative) {
      return small(R"([{"process": "a", "function": "f", "phrase": "p", "alternative": )" +
                   alternative + "}]");
    };
    CPPUNIT_ASSERT_EQUAL(std::string("accepted"), error(step("0")));
    CPPUNIT_ASSERT_EQUAL(std::string("/steps/0/alternative: is not a whole number from 0 on"),
                         error(step("-1")));
    CPPUNIT_ASSERT_EQUAL(std::string("/steps/0/alternative: is not a whole number from 0 on"),
                         error(step("\"0\"")));
    CPPUNIT_ASSERT_EQUAL(std::string("accepted"), error(step("2147483647")));
    CPPUNIT_ASSERT_EQUAL(std::string("/steps/0/alternative: is too large"),
                         error(step("2147483648")));
    CPPUNIT_ASSERT_EQUAL(std::string("/steps: is object, not an array"), error(small("{}")));
    CPPUNIT_ASSERT_EQUAL(std::string("/steps/0: is number, not an object"), error(small("[7]")));
    CPPUNIT_ASSERT_EQUAL(std::string("/steps/0: \"process\" is missing"), error(small("[{}]")));
    const std::string long_name(4097, 'x');
    CPPUNIT_ASSERT_EQUAL(std::string("/steps/0/process: has 4097 bytes, at most 4096 make sense"),
                         error(small(R"([{"process": ")" + long_name + "\"}]")));
  }

  void refuses_what_is_nested_too_deeply() {
    const std::string deep(100000, '[');
    CPPUNIT_ASSERT_EQUAL(std::string("nested deeper than 16 levels"), error(deep));
    CPPUNIT_ASSERT_EQUAL(std::string("nested deeper than 16 levels"), error(small(deep)));
  }

  void refuses_a_key_that_comes_twice() {
    CPPUNIT_ASSERT_EQUAL(std::string("the key \"a\" comes twice"), error(R"({"a": 1, "a": 2})"));
  }

  void refuses_every_prefix_of_a_trace() {
    const auto text = trace_text(report::example::cycle(), report::example::cycle_result());
    for (std::size_t size = 0; size + 2 < text.size(); ++size)
      CPPUNIT_ASSERT(error(text.substr(0, size)).ends_with("not JSON"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TraceJsonTest);
