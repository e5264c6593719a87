// C5: __remove_mapping() against the end of DMA into a page.
//
// Keeps:   the count that is frozen at zero before dirty is looked at; the holder of a reference
//          that stores, marks dirty and drops it.
// Drops:   the folio lock and the tree lock, which the holder does not take.
// Sources: atlas lockless C5.

#include "lockless/suites.hpp"

namespace stalemate::relacy {

namespace {

enum Variant { upstream, dirty_first, put_relaxed, freeze_relaxed };

class RemoveMapping : public Protocol {
 public:
  explicit RemoveMapping(int variant) : variant_(static_cast<Variant>(variant)) {}

  void thread(int number) override { number == 0 ? reclaim() : store(); }

 private:
  bool is_dirty() { return dirty_.load("is it dirty?") != 0; }

  bool freeze() {
    return refs_.compare_exchange(2,
                                  0,
                                  "freeze the count, if nobody else holds it",
                                  variant_ == freeze_relaxed ? relaxed : acquire);
  }

  void reclaim() {
    in("__remove_mapping");
    if (variant_ == dirty_first) {
      if (is_dirty() || !freeze()) return;
    } else {
      if (!freeze()) return;
      if (is_dirty()) return refs_.store(2, "unfreeze, keep the page");
    }
    claim("no_lost_write", content_.newest() == 0, "drop the page, with data that is nowhere else");
  }

  void store() {
    in("bio_set_pages_dirty");
    content_.store(1, "the device stores to the page");
    dirty_.store(1, "mark it dirty");
    refs_.add(-1, "drop the reference", variant_ == put_relaxed ? relaxed : release);
  }

  Variant variant_;
  Word refs_{"page.refs", 3, 3};
  Word dirty_{"page.dirty", 0};
  Word content_{"page.content", 0};
};

} // namespace

Protocol* make_remove_mapping(void* memory, int variant) {
  return make<RemoveMapping>(memory, variant);
}

} // namespace stalemate::relacy
