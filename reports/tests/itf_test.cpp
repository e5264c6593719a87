#include "reports/itf.hpp"

#include "reports/tests/example.hpp"
#include "reports/tests/golden.hpp"
#include "reports/tests/live_example.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <ostream>
#include <set>
#include <string>

using namespace stalemate;
using namespace stalemate::report::tests;
using nlohmann::json;

namespace {

std::string itf(const ir::Model& model, const Result& result) {
  const Trace trace = replay(model, result);
  return written([&](std::ostream& out) {
    report::write_itf(model, trace, report::example::caption("R1#none", model, result), out);
  });
}

/// What is wrong with a value by the rules of the format, of which these traces need a part.
std::string value_mistake(const json& value) {
  if (value.is_boolean() || value.is_string() || value.is_number_integer()) return "";
  if (!value.is_array()) return fmt::format("a value is {}", value.type_name());
  for (const json& element : value) {
    if (const std::string mistake = value_mistake(element); !mistake.empty()) return mistake;
    if (element.type() != value.front().type()) return "a sequence has elements of two types";
  }
  return value.empty() ? "an empty sequence" : "";
}

/// What is wrong with a trace; empty if nothing is.
std::string itf_mistake(const std::string& text) {
  const json trace = json::parse(text, nullptr, false);
  if (!trace.is_object()) return "no object";
  if (trace.value("/#meta/format"_json_pointer, "") != "ITF") return "no format";
  std::set<std::string> vars;
  for (const json& name : trace.value("vars", json::array()))
    if (!name.is_string() || !vars.insert(name).second) return "vars are no names, each once";
  const json& states = trace["states"];
  if (vars.empty() || !states.is_array() || states.empty()) return "no vars, or no states";
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i].value("/#meta/index"_json_pointer, -1) != static_cast<int>(i))
      return fmt::format("state {} has another index", i);
    std::set<std::string> keys;
    for (const auto& [key, value] : states[i].items()) {
      if (key == "#meta") continue;
      keys.insert(key);
      if (const auto mistake = value_mistake(value); !mistake.empty())
        return fmt::format("state {}: {}: {}", i, key, mistake);
    }
    if (keys != vars) return fmt::format("state {} does not have the vars", i);
  }
  if (trace.contains("loop") &&
      (!trace["loop"].is_number_unsigned() || trace["loop"].get<std::size_t>() >= states.size()))
    return "the loop is no state";
  return "";
}

} // namespace

class ItfTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ItfTest);
  CPPUNIT_TEST(says_all_values_of_all_states);
  CPPUNIT_TEST(obeys_the_rules_of_the_format);
  CPPUNIT_TEST(the_rules_refuse_what_is_wrong);
  CPPUNIT_TEST(states_change_as_the_trace_says);
  CPPUNIT_TEST(a_loop_comes_back_behind_its_first_state);
  CPPUNIT_TEST_SUITE_END();

  const std::string race_ = itf(report::example::race(), report::example::race_result());
  const std::string loop_ = itf(report::example::retries(), report::example::retries_result());

 public:
  void says_all_values_of_all_states() { assert_golden("race.itf.json", race_); }

  void obeys_the_rules_of_the_format() {
    CPPUNIT_ASSERT_EQUAL(std::string(), itf_mistake(race_));
    CPPUNIT_ASSERT_EQUAL(std::string(), itf_mistake(loop_));
    CPPUNIT_ASSERT_EQUAL(
        std::string(), itf_mistake(itf(report::example::cycle(), report::example::cycle_result())));
  }

  void the_rules_refuse_what_is_wrong() {
    json trace = json::parse(race_);
    trace["states"][3].erase("inode.seq");
    CPPUNIT_ASSERT_EQUAL(std::string("state 3 does not have the vars"), itf_mistake(trace.dump()));
    trace = json::parse(race_);
    trace["states"][2]["inode.seq"] = 1.5;
    CPPUNIT_ASSERT_EQUAL(std::string("state 2: inode.seq: a value is number"),
                         itf_mistake(trace.dump()));
    trace = json::parse(loop_);
    trace["loop"] = 99;
    CPPUNIT_ASSERT_EQUAL(std::string("the loop is no state"), itf_mistake(trace.dump()));
  }

  void states_change_as_the_trace_says() {
    const json states = json::parse(race_)["states"];
    const Trace trace = replay(report::example::race(), report::example::race_result());
    CPPUNIT_ASSERT_EQUAL(trace.steps.size() + 1, states.size());
    CPPUNIT_ASSERT_EQUAL(std::string("init"), states[0]["mbt::actionTaken"].get<std::string>());
    CPPUNIT_ASSERT(states[0]["extent"] != states.back()["extent"]);
  }

  void a_loop_comes_back_behind_its_first_state() {
    const json trace = json::parse(loop_);
    const auto loop = trace["loop"].get<std::size_t>();
    json first = trace["states"][loop - 1];
    json last = trace["states"].back();
    for (json* state : {&first, &last}) {
      state->erase("#meta");
      state->erase("mbt::actionTaken");
    }
    CPPUNIT_ASSERT_EQUAL(first.dump(), last.dump());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ItfTest);
