#include "reports/shiviz.hpp"

#include "reports/tests/example.hpp"
#include "reports/tests/golden.hpp"
#include "reports/tests/live_example.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <ostream>
#include <regex>
#include <string>
#include <vector>

using namespace stalemate;
using namespace stalemate::report::tests;

namespace {

std::string shiviz(const ir::Model& model, const Result& result) {
  const Trace trace = replay(model, result);
  return written([&](std::ostream& out) { report::write_shiviz(model, trace, out); });
}

struct Event {
  std::string host;
  std::map<std::string, int> clock;
  std::string text;
};

/// What ShiViz does: the first line is the expression, applied again and again to what is behind
/// the second. The standard library knows groups only by their number.
std::vector<Event> events_of(const std::string& log) {
  const auto first = log.find('\n');
  const auto second = log.find('\n', first + 1);
  CPPUNIT_ASSERT_EQUAL(std::string(), log.substr(first + 1, second - first - 1));
  std::string expression = log.substr(0, first);
  expression = std::regex_replace(expression, std::regex(R"(\(\?<\w+>)"), "(");
  expression = replaced(std::move(expression), "{.*}", "\\{.*\\}");
  const std::string events = log.substr(second + 1);
  std::vector<Event> result;
  std::string rest;
  auto from = events.cbegin();
  const std::regex event(expression);
  for (std::smatch match; std::regex_search(from, events.cend(), match, event);) {
    rest += match.prefix();
    result.push_back({match[1], nlohmann::json::parse(match[2].str()), match[3]});
    from = match.suffix().first;
  }
  rest += std::string(from, events.cend());
  CPPUNIT_ASSERT_EQUAL(std::string::npos, rest.find_first_not_of('\n'));
  return result;
}

/// What is wrong with the clocks; empty if nothing is.
std::string clock_mistake(const std::vector<Event>& events) {
  std::map<std::string, std::map<std::string, int>> last;
  for (const Event& event : events) {
    auto& before = last[event.host];
    const auto own = event.clock.find(event.host);
    if (own == event.clock.end() || own->second != before[event.host] + 1)
      return event.text + ": not the next event of " + event.host;
    for (const auto& [host, count] : before)
      if (count > 0 && (!event.clock.contains(host) || event.clock.at(host) < count))
        return event.text + ": has forgotten events of " + host;
    for (const auto& [host, count] : event.clock)
      if (host != event.host && count > last[host][host])
        return event.text + ": knows what is not there yet of " + host;
    before = event.clock;
  }
  return "";
}

} // namespace

class ShivizTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ShivizTest);
  CPPUNIT_TEST(tells_the_race);
  CPPUNIT_TEST(its_own_expression_reads_it_and_clocks_only_grow);
  CPPUNIT_TEST(wrong_clocks_are_seen);
  CPPUNIT_TEST(who_sees_what_another_left_knows_of_it);
  CPPUNIT_TEST_SUITE_END();

  const std::string race_ = shiviz(report::example::race(), report::example::race_result());

 public:
  void tells_the_race() { assert_golden("race.shiviz", race_); }

  void its_own_expression_reads_it_and_clocks_only_grow() {
    const auto check = [](const ir::Model& model, const Result& result, const std::string& log) {
      const std::vector<Event> events = events_of(log);
      CPPUNIT_ASSERT_EQUAL(replay(model, result).steps.size(), events.size());
      CPPUNIT_ASSERT_EQUAL(std::string(), clock_mistake(events));
    };
    check(report::example::race(), report::example::race_result(), race_);
    check(report::example::retries(),
          report::example::retries_result(),
          shiviz(report::example::retries(), report::example::retries_result()));
  }

  void wrong_clocks_are_seen() {
    std::vector<Event> events = events_of(race_);
    ++events.back().clock.at(events.back().host);
    CPPUNIT_ASSERT(clock_mistake(events).find("not the next event") != std::string::npos);
    events = events_of(race_);
    events[0].clock["kswapd"] = 7;
    CPPUNIT_ASSERT(clock_mistake(events).find("not there yet") != std::string::npos);
  }

  /// The writer makes a new folio since kswapd has dropped the old one, which it did since
  /// writeback had ended: so the writer knows of I/O completion.
  void who_sees_what_another_left_knows_of_it() {
    const std::vector<Event> events = events_of(race_);
    CPPUNIT_ASSERT_EQUAL(std::string("writer0"), events.back().host);
    for (const char* host : {"flusher", "ioend0", "kswapd"})
      CPPUNIT_ASSERT_MESSAGE(host, events.back().clock.contains(host));
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.front().clock.size());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ShivizTest);
