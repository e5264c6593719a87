// Small models to edit, and edits of places by name.
#pragma once

#include "checker/builder/path.hpp"
#include "checker/edit/edit_error.hpp"
#include "checker/edit/edits.hpp"
#include "checker/tests/edited.hpp"
#include "checker/tests/small_models.hpp"

#include <functional>
#include <optional>
#include <string>

namespace stalemate::tests {

using namespace stalemate::build; // NOLINT: the notation
using edit::Site;

/// The model after the edit.
inline std::string edited(ir::Model model, const std::function<void(ir::Model&)>& change) {
  change(model);
  settle(model);
  return told(model);
}

/// Why the edit is refused.
inline std::string edit_refusal(ir::Model model, const std::function<void(ir::Model&)>& change) {
  try {
    change(model);
  } catch (const edit::EditError& error) {
    return error.what();
  }
  return "accepted";
}

inline Site at(const ir::Model& model, const std::string& name) {
  return edit::find_steps(model, name).front();
}

inline auto dropping(const std::string& name) {
  return [=](ir::Model& m) { edit::drop(m, at(m, name)); };
}

inline auto moving(const std::string& name, const std::string& to, bool behind) {
  return [=](ir::Model& m) { edit::move(m, at(m, name), at(m, to).step, behind); };
}

inline auto merging(const std::string& first, const std::string& last) {
  return [=](ir::Model& m) { edit::merge(m, 0, at(m, first).step, at(m, last).step); };
}

inline auto splitting(const std::string& name, std::optional<std::size_t> after = {}) {
  return [=](ir::Model& m) { edit::split(m, at(m, name), after); };
}

inline auto
holding(const std::string& lock, bool shared, const std::string& from, const std::string& to) {
  return [=](ir::Model& m) {
    edit::hold(m, 0, edit::lock_named(m, lock), shared, at(m, from).step, at(m, to).step);
  };
}

inline auto unlocking(const std::string& lock) {
  return [=](ir::Model& m) { edit::unlock(m, 0, edit::lock_named(m, lock)); };
}

inline auto inserting(const std::string& place, bool behind, const std::string& phrase = "new") {
  return [=](ir::Model& m) {
    ir::Step step;
    step.function = 0;
    step.phrase = phrase;
    step.alternatives.push_back({});
    step.alternatives.back().guard = ir::constant(1);
    edit::insert(m, at(m, place), step, behind);
  };
}

/// a, b, c: x = 1, x = 2, x = 3.
inline ir::Model three_steps() {
  return one_process([](Model& m) {
    const Place x = m.var("x", 0, 3);
    return [=](Path& p) {
      p.step("a", then(x = 1));
      p.step("b", then(x = 2));
      p.step("c", then(x = 3));
    };
  });
}

/// Looks, goes back if it is too early, else on.
inline ir::Model tested() {
  return one_process([](Model& m) {
    const Place x = m.var("x", 0, 3);
    return [=](Path& p) {
      p.label("again");
      p.step("look", then(x = 1));
      p.step("is it?", when(x == 2).note("yes"), otherwise().note("no").retry().go("again"));
      p.step("done", then(x = 3));
    };
  });
}

/// Takes a lock, writes, gives it back.
inline ir::Model locked() {
  return one_process([](Model& m) {
    const Place x = m.var("x", 0, 3);
    const Lock lock = m.lock("lock");
    return [=](Path& p) {
      p.step("lock", take(lock).then(x = 1));
      p.step("write", then(x = 2));
      p.step("unlock", then(release(lock)));
    };
  });
}

/// Two rows of locks; the row is known only as it runs, and then one that is known.
inline ir::Model rows_locked(bool is_known) {
  return one_process([=](Model& m) {
    const Array rows = m.holders("row.lock", 2);
    return [=, &m](Path& p) {
      const Place i = p.local("i", 0, 1);
      const Lock lock = m.lock(is_known ? rows[1] : rows[i]);
      p.step("lock", take(lock));
      p.step("write", then(i = 0));
      p.step("unlock", then(release(lock)));
    };
  });
}

inline ir::Model shared_locked() {
  return one_process([](Model& m) {
    const Place x = m.var("x", 0, 3);
    const SharedLock sem = m.shared_lock("sem");
    return [=](Path& p) {
      p.step("lock", take_shared(sem));
      p.step("write", then(x = 2));
      p.step("unlock", then(release_shared(sem)));
    };
  });
}

/// Two ways that lead to different steps.
inline ir::Model forked() {
  return one_process([](Model& m) {
    const Place x = m.var("x", 0, 3);
    return [=](Path& p) {
      p.step("which?", when(x == 0).note("left").go("left"), otherwise().note("right").go("right"));
      p.label("left");
      p.step("left", then(x = 1).end());
      p.label("right");
      p.step("right", then(x = 2));
    };
  });
}

/// Three steps, and locks that they do not take.
inline ir::Model with_locks() {
  return tests::one_process([](Model& m) {
    const Place x = m.var("x", 0, 3);
    (void)m.lock("lock");
    (void)m.shared_lock("sem");
    return [=](Path& p) {
      p.step("a", then(x = 1));
      p.step("b", then(x = 2));
      p.step("c", then(x = 3));
    };
  });
}

} // namespace stalemate::tests
