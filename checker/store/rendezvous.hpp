#pragma once

namespace stalemate {

/// Where a leader and its followers meet, over and over: everybody begins a round when the leader
/// does, and the leader goes on when all are done. What was written before either is seen after it.
///
/// `Counter` is a number that starts at 0: `set` and `add` publish what was written before; `until`
/// and `unlike` wait until it is that value, or is not, return it, and see what was published.
template <typename Counter>
class Rendezvous {
 public:
  /// The leader begins the next round, of all of so many followers.
  void begin(unsigned followers) {
    busy_.set(followers);
    rounds_.add(1);
  }
  /// The leader waits for the end of the round.
  void end() { busy_.until(0); }

  /// A follower waits for the round after `last`, 0 at first; returns its number.
  unsigned next(unsigned last) { return rounds_.unlike(last); }
  /// A follower is done.
  void done() { busy_.add(-1U); }

 private:
  Counter busy_;
  Counter rounds_;
};

} // namespace stalemate
