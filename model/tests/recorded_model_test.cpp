#include "model/lockless/recorded_model.hpp"

#include "checker/ir/validate.hpp"
#include "model/lockless/properties.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <array>
#include <string>
#include <thread>
#include <vector>

namespace stalemate::kernel {
namespace {

const relacy::ProtocolEntry& entry(const std::string& name) {
  return *std::ranges::find(relacy::protocols(), name, &relacy::ProtocolEntry::name);
}

recording::Protocol recorded(const std::string& protocol, const std::string& variant) {
  const relacy::ProtocolEntry& of = entry(protocol);
  const auto found = std::ranges::find(of.variants, variant, &relacy::Named::name);
  return recording::record(static_cast<int>(&of - relacy::protocols().data()),
                           static_cast<int>(found - of.variants.begin()));
}

ir::Model model(const std::string& protocol, const std::string& variant) {
  lockless::RecordedModel made(protocol);
  made.add(entry(protocol), recorded(protocol, variant));
  return made.finish(lockless::properties());
}

// Guards, effects and successors of all steps, as text.
std::string text(const ir::Model& model) {
  std::string result;
  for (const ir::Process& process : model.processes) {
    for (const ir::Step& step : process.steps) {
      result += ir::step_name(model, step) + "\n";
      for (const ir::Alternative& alternative : step.alternatives) {
        result += "  " + ir::text(model, alternative.guard);
        for (const ir::Effect& effect : alternative.effects)
          result += ", " + model.variables[static_cast<std::size_t>(effect.variable)].name + " = " +
                    ir::text(model, effect.value);
        result += " -> " + std::to_string(alternative.next) + "\n";
      }
    }
  }
  return result;
}

class RecordedModelTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(RecordedModelTest);
  CPPUNIT_TEST(every_variant_is_a_valid_model);
  CPPUNIT_TEST(orders_and_barriers_mean_nothing);
  CPPUNIT_TEST(a_thread_is_a_machine);
  CPPUNIT_TEST(a_loop_leads_back_to_its_head);
  CPPUNIT_TEST(threads_record_beside_each_other);
  CPPUNIT_TEST_SUITE_END();

 public:
  void threads_record_beside_each_other() {
    const std::string alone = text(model("if_seq", "upstream"));
    constexpr int threads = 4;
    std::array<std::string, threads> wrong;
    {
      std::vector<std::jthread> others;
      for (std::string& mine : wrong)
        others.emplace_back([&] {
          for (int i = 0; i < 50 && mine.empty(); ++i)
            if (const std::string now = text(model("if_seq", "upstream")); now != alone) mine = now;
        });
    }
    for (const std::string& one : wrong)
      CPPUNIT_ASSERT_EQUAL(std::string(), one);
  }

  void every_variant_is_a_valid_model() {
    for (const relacy::ProtocolEntry& protocol : relacy::protocols())
      for (const relacy::Named& variant : protocol.variants)
        ir::validate(model(protocol.name, variant.name));
  }

  void orders_and_barriers_mean_nothing() {
    const auto same = [](const char* protocol, const char* one, const char* other) {
      CPPUNIT_ASSERT_EQUAL(text(model(protocol, one)), text(model(protocol, other)));
    };
    same("kiocb_ref", "release_acquire", "relaxed_put");
    same("gup_fast", "full_barriers", "acquire_release");
    same("bio_wait", "upstream", "state_without_barrier");
    same("if_seq", "no_lock_chain", "release_acquire_bit");
  }

  void a_thread_is_a_machine() {
    const std::string put = "  kiocb.refs == 1, kiocb.refs = kiocb.refs - 1 -> 2\n"
                            "  kiocb.refs == 2, kiocb.refs = kiocb.refs - 1 -> 4\n";
    const std::string free = "  1, kiocb.being_written = 1 -> 3\n";
    CPPUNIT_ASSERT_EQUAL("swapfile_read: look at the kiocb after submission\n  1 -> 1\n"
                         "swapfile_read: drop a reference\n" +
                             put + "swapfile_read: free the kiocb\n" + free +
                             "swapfile_read: free the kiocb: done\n"
                             "  1, kiocb.being_written = 0 -> 4\n"
                             "swapfile_complete: complete the kiocb\n  1 -> 1\n"
                             "swapfile_complete: drop a reference\n" +
                             put + "swapfile_complete: free the kiocb\n" + free +
                             "swapfile_complete: free the kiocb: done\n"
                             "  1, kiocb.being_written = 0 -> 4\n",
                         text(model("kiocb_ref", "release_acquire")));
  }

  void a_loop_leads_back_to_its_head() {
    const recording::Protocol protocol = recorded("dio_wait", "upstream");
    const std::vector<recording::Step>& waiter = protocol.threads.front();
    const auto head = std::ranges::find(waiter, "set the state", &recording::Step::phrase);
    const auto sleep = std::ranges::find(waiter, "schedule", &recording::Step::phrase);
    CPPUNIT_ASSERT(head != waiter.end() && sleep != waiter.end());
    CPPUNIT_ASSERT_EQUAL(static_cast<int>(head - waiter.begin()), sleep->ways.front().next);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RecordedModelTest);

} // namespace
} // namespace stalemate::kernel
