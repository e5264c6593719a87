#include "reproduce/schedule.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace stalemate::reproduce {
namespace {

using report::SavedStep;
using report::SavedTrace;

// A kernel with one function for each step, called like its letter; "land" is an interrupt.
KernelMap letters() {
  KernelMap map;
  map.version = "v0";
  for (const char* step : {"a", "b", "c", "d"})
    map.steps[fmt::format("f: {}", step)] = {Place::Kind::enter, step};
  map.steps["f: leave"] = {Place::Kind::exit, "f"};
  map.steps["f: in"] = {Place::Kind::inside, "f"};
  map.steps["f: work"] = {Place::Kind::enter, "work", "in an interrupt", "f: a"};
  map.steps["f: land"] = {Place::Kind::seen, "land", "in an interrupt", "", "f: b"};
  map.workers = {{"wake", "completion"}};
  map.checks = {{"valid", 0, 64, "noticed"}};
  map.watched = {"seen"};
  return map;
}

/// Steps as "process phrase".
SavedTrace trace(const std::vector<std::string>& steps) {
  SavedTrace trace;
  trace.processes = {{"w", "write", {}}, {"r", "read", {}}, {"end0", "completion", {}}};
  for (const std::string& step : steps) {
    const auto space = step.find(' ');
    trace.steps.push_back({step.substr(0, space), "f", step.substr(space + 1)});
  }
  return trace;
}

std::string items(const SavedTrace& trace) {
  std::string text;
  for (const Item& item : schedule_of(trace, letters()).items)
    text += fmt::format("{}{} {}{}",
                        text.empty() ? "" : ", ",
                        item.process,
                        item.is_exit ? "-" : "",
                        item.function);
  return text;
}

class ScheduleTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ScheduleTest);
  CPPUNIT_TEST(of_a_turn_the_ends_are_kept);
  CPPUNIT_TEST(a_step_without_a_place_is_no_item);
  CPPUNIT_TEST(who_sends_late_is_held_before);
  CPPUNIT_TEST(who_has_gone_on_cannot_be_held);
  CPPUNIT_TEST(a_worker_has_the_role_of_its_path);
  CPPUNIT_TEST(who_holds_a_lock_at_the_end_stays);
  CPPUNIT_TEST(what_needs_a_step_before_is_there_only_then);
  CPPUNIT_TEST(commands_are_those_of_the_module);
  CPPUNIT_TEST(every_step_is_explained);
  CPPUNIT_TEST_SUITE_END();

 public:
  void of_a_turn_the_ends_are_kept() {
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, w c, r begin, r a, w d"),
                         items(trace({"w a", "w b", "w c", "r a", "w d"})));
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, w -f"), items(trace({"w a", "w b", "w leave"})));
  }

  void a_step_without_a_place_is_no_item() {
    const SavedTrace of = trace({"w a", "r in", "w b", "r unheard"});
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, w a, r begin, w b"), items(of));
    const auto unheld = schedule_of(of, letters()).unheld;
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, unheld.size());
    CPPUNIT_ASSERT_EQUAL(std::string("inside f"), unheld[0].why);
    CPPUNIT_ASSERT(!unheld[0].is_unknown);
    CPPUNIT_ASSERT(unheld[1].is_unknown);
  }

  void who_sends_late_is_held_before() {
    SavedTrace of = trace({"w a", "w b", "r a", "bios0 land", "r c"});
    of.steps[3].seen = report::SavedValues{{"dio[w].bio[0]", "yes"}};
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, w a, r begin, r a, w b, r c"), items(of));
  }

  void who_has_gone_on_cannot_be_held() {
    SavedTrace of = trace({"w b", "w c", "r a", "bios0 land"});
    of.steps[3].seen = report::SavedValues{{"dio[w].bio[0]", "yes"}};
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, w c, r begin, r a"), items(of));
    of.steps[3].seen = report::SavedValues{{"dio[x].bio[0]", "yes"}};
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, w c, r begin, r a"), items(of));
    of.steps[3].seen.reset();
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, w c, r begin, r a"), items(of));
  }

  void a_worker_has_the_role_of_its_path() {
    CPPUNIT_ASSERT_EQUAL(std::string("completion a, w begin, w b"),
                         items(trace({"end0 a", "w b"})));
  }

  void who_holds_a_lock_at_the_end_stays() {
    SavedTrace of = trace({"w a", "w b", "r a"});
    of.steps[0].changes = report::SavedValues{{"inode.i_rwsem", "free -> w"}};
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, w b, r begin, r a, w -b"), items(of));
    of.steps[1].changes = report::SavedValues{{"inode.i_rwsem", "w -> free"}};
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, w b, r begin, r a"), items(of));
    of.steps[1].changes = report::SavedValues{{"inode.i_rwsem[w].shared", "no -> yes"}};
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, w b, r begin, r a, w -b"), items(of));
    SavedTrace sends = trace({"w b", "r a", "end0 land", "r c"});
    sends.steps[0].changes = report::SavedValues{{"inode.i_rwsem", "free -> w"}};
    sends.steps[2].seen = report::SavedValues{{"dio[w].bio[0]", "yes"}};
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, r begin, r a, w b, r c, w -b"), items(sends));
    SavedTrace goes_on = trace({"w a", "r a", "w in"});
    goes_on.steps[0].changes = report::SavedValues{{"inode.i_rwsem", "free -> w"}};
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, w a, r begin, r a"), items(goes_on));
  }

  void what_needs_a_step_before_is_there_only_then() {
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, r begin, r a, w b"),
                         items(trace({"w work", "r a", "w b"})));
    CPPUNIT_ASSERT_EQUAL(std::string("w begin, w a, r begin, r b, w work"),
                         items(trace({"w a", "r b", "w work"})));
  }

  void commands_are_those_of_the_module() {
    const SavedTrace of = trace({"w a", "r leave"});
    CPPUNIT_ASSERT_EQUAL(
        std::string("# takes no step: end0\npoint a\npoint f\npoint wake\npoint valid\npoint seen\n"
                    "worker wake completion\nitem w enter begin\nitem w enter a\nitem r enter "
                    "begin\nitem r exit f\n"),
        gate_commands(schedule_of(of, letters()), letters()));
  }

  void every_step_is_explained() {
    SavedTrace of = trace({"w a", "w b", "w c", "r in"});
    of.steps[0].note = "found";
    CPPUNIT_ASSERT_EQUAL(
        std::string("  1 w: f: a / found\n      item 1: w enter begin\n"
                    "  2 w: f: b\n      in its turn\n"
                    "  3 w: f: c\n      item 2: w enter c\n"
                    "  4 r: f: in\n      item 3: r enter begin\n      not held: inside f\n"),
        explained(of, schedule_of(of, letters())));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ScheduleTest);

} // namespace
} // namespace stalemate::reproduce
