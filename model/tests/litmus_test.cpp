// Litmus tests, read again by a grammar of their own: herd7 is no package.
#include "lockless/litmus/litmus.hpp"

#include "checker/tests/golden.hpp"
#include "lockless/interface.hpp"
#include "model/tests/litmus_grammar.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace stalemate::litmus {
namespace {

std::string test_of(const std::string& protocol, const std::string& variant) {
  const auto& all = relacy::protocols();
  const auto entry = std::ranges::find(all, protocol, &relacy::ProtocolEntry::name);
  const auto known = std::ranges::find(entry->variants, variant, &relacy::Named::name);
  return litmus_test(protocol + "-" + variant,
                     static_cast<int>(entry - all.begin()),
                     static_cast<int>(known - entry->variants.begin()));
}

class LitmusTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LitmusTest);
  CPPUNIT_TEST(every_variant_is_one);
  CPPUNIT_TEST(what_is_none_is_noticed);
  CPPUNIT_TEST(a_decision_stands_where_something_depends_on_it);
  CPPUNIT_TEST(one_that_sleeps_is_wrong_if_nobody_wakes_it);
  CPPUNIT_TEST(they_are_as_they_were);
  CPPUNIT_TEST_SUITE_END();

 public:
  void every_variant_is_one() {
    for (const relacy::ProtocolEntry& protocol : relacy::protocols())
      for (const relacy::Named& variant : protocol.variants) {
        const std::string text = test_of(protocol.name, variant.name);
        try {
          Reader(text).test();
        } catch (const std::runtime_error& error) {
          CPPUNIT_FAIL(protocol.name + "-" + variant.name + ": " + error.what() + "\n" + text);
        }
      }
  }

  void what_is_none_is_noticed() {
    const std::string text = test_of("folio_lock", "upstream");
    const auto with = [&](const std::string& old, const std::string& other) {
      std::string changed = text;
      const auto at = changed.find(old);
      CPPUNIT_ASSERT(at != std::string::npos);
      changed.replace(at, old.size(), other);
      CPPUNIT_ASSERT_THROW(Reader(changed).test(), std::runtime_error);
    };
    with("spin_unlock(queue_lock);", "");
    with("atomic_fetch_and_release(2, ", "atomic_fetch_and_release(");
    with("*folio_data = 1;", "*folio_date = 1;");
    with("WRITE_ONCE(*waiter_woken", "WRITE_ONCE(*folio_flags");
    with("int asleep_on_waiter_woken = 0;", "");
    with("exists", "forall");
  }

  // The removal depends on the bit, the lock before it does not.
  void a_decision_stands_where_something_depends_on_it() {
    const std::string text = test_of("if_seq", "no_lock_chain");
    const auto read = text.find("READ_ONCE(*folio_writeback)");
    const auto lock = text.find("spin_lock(xa_lock)", read);
    const auto decision = text.find("if (r0 == 0)", read);
    const auto removal = text.find("WRITE_ONCE(*folio_cached, 0)", read);
    CPPUNIT_ASSERT(read < lock && lock < decision && decision < removal);
  }

  void one_that_sleeps_is_wrong_if_nobody_wakes_it() {
    const std::string text = test_of("dio_wait", "upstream");
    CPPUNIT_ASSERT(text.find("exists ((0:asleep_on_task_state=1 /\\ ~(task_state=0)))") !=
                   std::string::npos);
  }

  void they_are_as_they_were() {
    for (const auto& [protocol, variant] : {std::pair{"if_seq", "reader_with_fences"},
                                            std::pair{"bio_wait", "upstream"},
                                            std::pair{"kiocb_ref", "release_acquire"},
                                            std::pair{"folio_lock", "unlock_relaxed"},
                                            std::pair{"remove_mapping", "upstream"},
                                            std::pair{"busy_notify", "flag_without_barriers"},
                                            std::pair{"gup_fast", "acquire_release"},
                                            std::pair{"sync_read", "poll_gives_up"}})
      tests::assert_golden(std::string(protocol) + "-" + variant + ".litmus",
                           test_of(protocol, variant),
                           "model/tests/golden/litmus");
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LitmusTest);

} // namespace
} // namespace stalemate::litmus
