#pragma once

#include "checker/builder/lock.hpp"

#include <algorithm>
#include <concepts>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::build {

/// A place in a path to go on at. Made by Path::forward() for a callee that leaves to its caller,
/// or named by a string inside one function.
struct Label {
  int number;
};

/// An assertion of the model, for Alternative::check. Empty if the scenario does not ask for it.
struct Claim {
  std::optional<int> property;
};

/// One guarded way through a step, being written down: when(...).take(...).then(...).go(...).
class [[nodiscard]] Alternative {
 public:
  /// Only where the condition is true as well.
  Alternative when(const Expr& condition) const;
  /// In every state in which no guard before it in the step is true.
  Alternative otherwise() const;
  /// Waits for the lock, then holds it.
  template <typename AnyLock>
  Alternative take(const AnyLock& lock) const {
    return add(taking(lock));
  }
  /// Waits until nobody holds the lock alone, then holds it together with others.
  Alternative take_shared(const SharedLock& lock) const { return add(taking_shared(lock)); }
  /// Waits for something other than a lock, named in words: "writeback of the folio to end".
  /// `holder` is 0, or 1 + the process that is expected to make it true.
  Alternative wait(const Expr& until, const std::string& what, const Expr& holder = 0) const;
  /// Where the condition is true it does not wait: so that a claim about the attempt can fail, even
  /// if what it waits for never comes.
  Alternative not_waiting_if(const Expr& condition) const;
  /// Claims something about the state in which the alternative runs.
  Alternative check(const Claim& claim, const Expr& holds, const std::string& text) const;
  /// What the environment does to let it happen: "the copy comes back short".
  Alternative note(const std::string& note) const;
  /// Goes back to try again, so it is no progress.
  Alternative retry() const;
  /// Assigns, in order, seeing what was assigned before.
  template <typename... More>
  Alternative then(const Effect& first, const More&... more) const {
    return add(together(first, more...));
  }
  /// Goes on at a label instead of the next step.
  Alternative go(const std::string& label) const;
  Alternative go(Label label) const;
  /// Leaves the innermost function.
  Alternative ret() const;
  /// Ends the process.
  Alternative end() const;

 private:
  friend class Path;
  enum class Way : std::uint8_t { next, named, label, ret, end };

  Alternative add(const Taking& lock) const;
  Alternative add(const Effect& effect) const;

  std::string note_;
  Expr guard_ = true;
  bool otherwise_ = false;
  bool retry_ = false;
  std::vector<ir::Wait> waits_;
  std::vector<ir::Check> checks_;
  Effect effect_;
  Way way_ = Way::next;
  std::string name_;
  Label label_{-1};
};

inline Alternative when(const Expr& condition) {
  return Alternative().when(condition);
}
inline Alternative otherwise() {
  return Alternative().otherwise();
}
template <typename... Effects>
Alternative then(const Effect& first, const Effects&... more) {
  return Alternative().then(first, more...);
}
template <typename AnyLock>
Alternative take(const AnyLock& lock) {
  return Alternative().take(lock);
}
inline Alternative take_shared(const SharedLock& lock) {
  return Alternative().take_shared(lock);
}
inline Alternative always() {
  return {};
}

/// One alternative per i in 0..count-1: the choice is open.
template <std::invocable<int> F>
[[nodiscard]] std::vector<Alternative> for_any(int count, F alternative) {
  std::vector<Alternative> all;
  all.reserve(static_cast<std::size_t>(std::max(count, 0)));
  for (int i = 0; i < count; ++i)
    all.push_back(alternative(i));
  return all;
}

} // namespace stalemate::build
