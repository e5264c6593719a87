#include "checker/tests/random_models.hpp"

#include "checker/builder/path.hpp"
#include "checker/tests/random_counters.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::tests {

int Dice::below(int count) {
  state_ += 0x9e3779b97f4a7c15; // Steele, Lea, Flood: SplitMix.
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  z ^= z >> 31;
  return static_cast<int>(z % static_cast<std::uint64_t>(count));
}

namespace {

using namespace stalemate::build; // NOLINT: the notation

constexpr int length = 3; ///< Of all arrays.

/// What expressions and effects are made of.
struct Things {
  std::vector<Place> cells; ///< That any process may assign.
  std::vector<Array> arrays;
  std::vector<Place> fixed; ///< That nobody assigns.
  std::vector<Array> mine;  ///< With a cell for each process.
  std::vector<Place> who;   ///< What names a process.
  std::vector<Lock> locks;
  std::vector<Array> lock_rows; ///< Holders of a lock for every row.
  std::vector<SharedLock> shared_locks;
  std::vector<Place> ghosts;
  RandomCounters counters;
  int self = 0;               ///< 1 + number of the process.
  std::vector<Place> indexes; ///< Of the process: 0..length-1.
  int objects = ir::none;     ///< The scalarset of the rows that indexes choose from, if any.
};

class Maker {
 public:
  explicit Maker(std::uint64_t seed)
      : dice_(seed), careless_(dice_.chance(15)), claims_(dice_.chance(50)),
        model_(names(dice_.between(2, 4)), fmt::format("random {}", seed)) {}
  Maker(std::uint64_t seed, bool is_live)
      : dice_(seed), careless_(false), claims_(false), is_live_(is_live),
        model_(names(dice_.between(2, 3)), fmt::format("random live {}", seed)) {}

  Maker& with_counters() {
    careless_ = false;
    things_.counters = RandomCounters(dice_, model_, length);
    return *this;
  }

  ir::Model make_live() {
    declare_few();
    if (dice_.chance(30)) model_.no_deadlock();
    for (int p = 0; p < model_.processes(); ++p)
      model_.process(fmt::format("p{}", p), "path", [&](Path& path) {
        if (dice_.chance(40)) path.fairness(fairness());
        record(path);
      });
    for (int i = dice_.between(1, 2); i > 0; --i)
      claim(fmt::format("claim {}", i));
    return model_.finish();
  }

  /// The dice fall alike for the processes that are alike.
  ir::Model make_alike() {
    is_alike_ = true;
    if (dice_.chance(50))
      things_.objects = model_.scalarset("object", std::vector<std::vector<int>>(length));
    declare_alike();
    if (dice_.chance(70)) model_.no_deadlock();
    if (claims_) assertion_ = model_.assertion("asserted", "what a step claims");
    const int alike = dice_.between(2, std::min(3, model_.processes()));
    const Dice start = dice_;
    for (int p = 0; p < model_.processes(); ++p) {
      if (p < alike) dice_ = start;
      model_.process(
          fmt::format("p{}", p), p < alike ? "path" : "other", [&](Path& path) { record(path); });
    }
    if (claims_) claim_alike(alike);
    return model_.finish();
  }

  ir::Model make() {
    declare();
    if (dice_.chance(70)) model_.no_deadlock();
    if (claims_) assertion_ = model_.assertion("asserted", "what a step claims");
    for (int p = 0; p < model_.processes(); ++p)
      model_.process(fmt::format("p{}", p), "path", [&](Path& path) { record(path); });
    if (claims_ && dice_.chance(70)) {
      std::vector<std::pair<Expr, Sentence>> parts;
      for (int i = dice_.between(1, 4); i > 0; --i)
        parts.emplace_back(condition(things_, 3) || condition(things_, 2) || a_weak_claim(),
                           fmt::format("part {}", i));
      model_.invariant("invariant", "weak claims", parts);
    }
    return model_.finish();
  }

 private:
  /// About all that are alike, or now and then about all but one.
  void claim_alike(int alike) {
    std::vector<std::pair<Expr, Sentence>> parts{
        {condition(things_, 3) || condition(things_, 2), "part"}};
    const Expr unless = condition(things_, 1);
    const int least = dice_.below(3);
    for (int p = dice_.chance(20) ? 1 : 0; p < alike; ++p)
      parts.emplace_back(things_.mine[0][p] >= least || unless, fmt::format("part of p{}", p));
    model_.invariant("invariant", "weak claims", parts);
  }

  ir::Fairness fairness() { return static_cast<ir::Fairness>(dice_.below(3)); }

  /// What each process does is not known here, so claims are about what all can see.
  void claim(const std::string& name) {
    switch (dice_.below(4)) {
    case 0:
      return model_.eventually(name, "it happens", condition(things_, 1));
    case 1:
      return model_.leads_to(name, "it follows", condition(things_, 1), condition(things_, 1));
    case 2:
      return model_.can_finish(name);
    default:
      return model_.progress(name);
    }
  }

  void declare_few() {
    things_.cells.push_back(model_.var("x", 0, 2, dice_.below(3)));
    things_.cells.push_back(model_.flag("flag", dice_.chance(50)));
    things_.fixed.push_back(model_.var("fixed", 0, 3, dice_.below(4)));
    things_.arrays.push_back(model_.flags("row.bit", length));
    for (int i = dice_.below(3); i > 0; --i)
      things_.locks.push_back(model_.lock(fmt::format("lock{}", i)));
  }

  void declare_alike() {
    things_.cells.push_back(model_.var("x", 0, 3, dice_.below(4)));
    things_.cells.push_back(model_.flag("flag", dice_.chance(50)));
    things_.fixed.push_back(model_.var("fixed", 0, 3, dice_.below(4)));
    things_.mine.push_back(model_.array("process.number", model_.processes(), 0, 2));
    model_.rows_stand_for(things_.mine.back(), {});
    things_.who.push_back(model_.lock("who").holder);
    things_.arrays.push_back(model_.flags("row.bit", length));
    things_.arrays.push_back(model_.array("row.number", length, 0, 2));
    if (dice_.chance(40)) things_.lock_rows.push_back(model_.holders("row.lock", length));
    for (const auto* rows : {&things_.arrays, &things_.lock_rows})
      for (const Array& row : *rows)
        if (things_.objects != ir::none) model_.rows_stand_for(row, {things_.objects});
    if (dice_.chance(40)) things_.shared_locks.push_back(model_.shared_lock("rwsem"));
    for (int i = dice_.below(3); i > 0; --i)
      things_.locks.push_back(model_.lock(fmt::format("lock{}", i)));
  }

  static std::vector<std::string> names(int count) {
    std::vector<std::string> all;
    for (int i = 0; i < count; ++i)
      all.push_back(fmt::format("p{}", i));
    return all;
  }

  void declare() {
    for (int i = dice_.between(1, 3); i > 0; --i) {
      const int low = dice_.between(-2, 1);
      const int high = low + dice_.between(1, 5);
      things_.cells.push_back(
          model_.var(fmt::format("x{}", i), low, high, dice_.between(low, high)));
    }
    things_.cells.push_back(model_.flag("flag", dice_.chance(50)));
    if (dice_.chance(20)) things_.cells.push_back(model_.var("wide", -10, 300, 5));
    things_.fixed.push_back(model_.var("fixed", 0, 3, dice_.below(4)));
    things_.arrays.push_back(model_.flags("row.bit", length));
    if (dice_.chance(60))
      things_.arrays.push_back(
          model_.array("row.number", length, -1, dice_.between(1, 4), {0, 1, -1}));
    if (dice_.chance(20))
      things_.arrays.push_back(
          model_.array("row.wide", length, 0, 5'000'000, {1, 70'000, 5'000'000}));
    if (dice_.chance(20)) {
      ir::Variable table;
      table.name = "row.table";
      table.range = {0, 2};
      table.shape = {length, 2};
      const Array made = model_.declare(table);
      for (int i = 0; i < length; ++i)
        things_.arrays.push_back(made.row(i));
    }
    if (dice_.chance(25))
      things_.cells.push_back(model_.named("kind", {"hole", "old", "mapped"}, 1));
    if (dice_.chance(25)) things_.lock_rows.push_back(model_.holders("row.lock", length));
    if (dice_.chance(20)) things_.shared_locks.push_back(model_.shared_lock("rwsem"));
    if (claims_ && dice_.chance(40)) {
      ir::Variable ghost;
      ghost.name = "ghost";
      ghost.range = {0, 3};
      ghost.ghost = true;
      things_.ghosts.emplace_back(model_.declare(ghost).id(), ghost, nullptr);
    }
    for (int i = dice_.below(3); i > 0; --i)
      things_.locks.push_back(model_.lock(fmt::format("lock{}", i)));
  }

  void record(Path& path) {
    const auto function = path.function("f", "file.c");
    Things mine = things_;
    mine.self = path.number() + 1;
    for (int i = dice_.between(0, 2); i > 0; --i) {
      mine.indexes.push_back(path.local(fmt::format("index{}", i), 0, length - 1));
      if (things_.objects != ir::none)
        model_.values_stand_for(mine.indexes.back(), {things_.objects});
      else
        mine.cells.push_back(mine.indexes.back());
    }
    for (const Array& array : things_.mine)
      mine.cells.push_back(array[path.number()]);
    mine.counters = things_.counters.of(path);
    const int steps = dice_.between(1, is_live_ ? 3 : 5);
    for (int i = 0; i < steps; ++i) {
      path.label(fmt::format("step {}", i));
      std::vector<Alternative> ways;
      if (!mine.indexes.empty() && dice_.chance(10)) ways = any_index(mine);
      for (int k = dice_.between(1, 3); k > 0; --k)
        ways.push_back(way(mine, steps, ways.empty()));
      Phrase phrase(fmt::format("phrase {}", i));
      if (is_live_ && dice_.chance(10)) phrase = spin(phrase);
      if (is_live_ && dice_.chance(15)) phrase.fairness = fairness();
      path.step(dice_.chance(20) ? idle(phrase) : phrase, ways);
    }
  }

  /// The environment chooses.
  std::vector<Alternative> any_index(const Things& things) {
    const Place& index = pick(things.indexes);
    return for_any(length, [&](int i) { return then(index = i); });
  }

  /// Takes a lock, or gives one up that the process holds.
  template <typename AnyLock>
  Alternative locked(const Alternative& made, const Things& things, const AnyLock& lock) {
    if (dice_.chance(60)) return made.take(lock);
    return made.when(lock.holder == things.self).then(release(lock));
  }

  Alternative lock_of_a_row(const Alternative& made, const Things& things) {
    const Array& row = pick(things.lock_rows);
    return locked(made, things, model_.lock(row[index(things, row.size())]));
  }

  Alternative shared_lock(const Alternative& made, const Things& things) {
    const SharedLock& lock = pick(things.shared_locks);
    if (dice_.chance(50)) return locked(made, things, lock);
    const Expr is_reader = lock.readers[things.self - 1];
    return dice_.chance(60) ? made.when(!is_reader).take_shared(lock)
                            : made.when(is_reader).then(release_shared(lock));
  }

  // What grows as its copies say is left alone: most do not.
  Alternative counting(const Alternative& made, const Things& things) {
    Things others = things;
    if (dice_.chance(90)) others.counters = {};
    const auto decide = [&] { return condition(others, 1); };
    return things.counters.count(dice_, made, indexing(things), decide);
  }
  RandomCounters::Index indexing(const Things& things) {
    return [this, &things](int size) { return index(things, size); };
  }

  Alternative way(const Things& things, int steps, bool is_first) {
    Alternative made = always();
    if (dice_.chance(60)) made = when(condition(things, 2));
    if (!is_first && dice_.chance(15)) made = otherwise();
    if (dice_.chance(8)) made = made.wait(condition(things, 1), "something");
    if (claims_ && dice_.chance(8))
      made = made.check(*assertion_, condition(things, 2) || condition(things, 2), "asserted here");
    if (!things.locks.empty() && dice_.chance(30)) {
      const Lock& lock = pick(things.locks);
      if (dice_.chance(50))
        made = made.take(lock);
      else
        made = made.when(lock.holder == (is_alike_ ? things.self : 1)).then(lock.holder = 0);
    }
    if (!things.who.empty() && dice_.chance(30)) {
      const Place& who = pick(things.who);
      made = dice_.chance(50) ? made.then(who = things.self) : made.when(who != things.self);
    }
    if (!things.lock_rows.empty() && dice_.chance(25)) made = lock_of_a_row(made, things);
    if (!things.shared_locks.empty() && dice_.chance(25)) made = shared_lock(made, things);
    for (int i = dice_.below(is_live_ ? 2 : 4); i > 0; --i)
      made = made.then(effect(things));
    if (!things.counters.empty() && dice_.chance(60)) made = counting(made, things);
    if (!things.ghosts.empty() && dice_.chance(20))
      made = made.then(pick(things.ghosts) = min(max(number(things, 1), 0), 3));
    if (is_live_ && dice_.chance(30)) made = made.retry();
    // The first way leads on, so that every step can be reached.
    if (!is_first && dice_.chance(60))
      made = dice_.chance(15) ? made.ret() : made.go(fmt::format("step {}", dice_.below(steps)));
    return made;
  }

  Expr a_weak_claim() {
    if (things_.ghosts.empty() || dice_.chance(30)) return condition(things_, 2);
    return pick(things_.ghosts) != dice_.below(4);
  }

  template <typename T>
  const T& pick(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(dice_.below(static_cast<int>(all.size())))];
  }

  Expr index(const Things& things, int size) {
    if (!things.indexes.empty() && things.objects != ir::none && dice_.chance(97))
      return pick(things.indexes);
    if (things.indexes.empty() || size < length || dice_.chance(30)) return dice_.below(size);
    const Expr local = pick(things.indexes);
    return dice_.chance(80) ? local : (local + dice_.between(0, 2)) % size;
  }

  Place place(const Things& things) {
    if (dice_.chance(50) || (things.indexes.empty() && things.objects != ir::none))
      return pick(things.cells);
    const Array& array = pick(things.arrays);
    return array[index(things, array.size())];
  }

  Effect effect(const Things& things) {
    const Place target = place(things);
    const auto [low, high] = target.range();
    const auto value = number(things, 2);
    if (target.range().contains(value.range())) return target = value;
    if (careless_ && dice_.chance(30)) {
      try {
        return target = value;
      } catch (const ir::InvalidModel&) {
      }
    }
    return target = min(max(value, static_cast<int>(low)), static_cast<int>(high));
  }

  Expr number(const Things& things, int depth) {
    if (depth == 0 || dice_.chance(25)) {
      switch (dice_.below(8)) {
      case 0:
        return pick(things.fixed);
      case 1:
      case 2:
      case 3:
        return dice_.between(-1, 3);
      default:
        return place(things);
      }
    }
    const Expr a = number(things, depth - 1);
    const Expr b = number(things, depth - 1);
    switch (dice_.below(10)) {
    case 0:
      return a + b;
    case 1:
      return a - b;
    case 2:
      return a + 1;
    case 3:
      return min(a, 7) * min(b, 5);
    case 4:
      return max(a, 0) % dice_.between(1, 4);
    case 5:
      return a / dice_.between(1, 3);
    case 6:
      return min(a, b);
    case 7:
      return -max(a, b);
    case 8:
      return select(condition(things, depth - 1), a, b);
    default:
      return condition(things, depth - 1);
    }
  }

  Expr condition(const Things& things, int depth) {
    if (!things.counters.empty() && dice_.chance(25))
      return things.counters.comparison(dice_, indexing(things));
    if (depth == 0) {
      switch (dice_.below(4)) {
      case 0:
        return place(things) == place(things);
      case 1:
        return place(things) != dice_.between(0, 2);
      case 2:
        return place(things);
      default:
        return place(things) == dice_.between(0, 2);
      }
    }
    switch (dice_.below(9)) {
    case 0:
      return condition(things, depth - 1) && condition(things, depth - 1);
    case 1:
      return condition(things, depth - 1) || condition(things, depth - 1);
    case 2:
      return !condition(things, depth - 1);
    case 3:
      return number(things, depth - 1) < number(things, depth - 1);
    case 4:
      return number(things, depth - 1) <= number(things, depth - 1);
    case 5:
      return place(things) <= place(things);
    case 6:
      return select(
          condition(things, depth - 1), condition(things, depth - 1), condition(things, depth - 1));
    default:
      return condition(things, depth - 1);
    }
  }

  Dice dice_;
  bool careless_;
  bool claims_;
  bool is_live_ = false;
  bool is_alike_ = false;
  Model model_;
  Things things_;
  std::optional<Claim> assertion_;
};

// A guard can turn out to be constant, and a step then to have no way out: throw again.
template <typename Make>
ir::Model first_valid(std::uint64_t seed, Make make) {
  for (std::uint64_t again = 0;; ++again) {
    try {
      return make(seed + again * 1'000'000'007);
    } catch (const ir::InvalidModel&) {
    }
  }
}

} // namespace

ir::Model random_model(std::uint64_t seed) {
  return first_valid(seed, [](std::uint64_t s) { return Maker(s).make(); });
}

ir::Model random_alike_model(std::uint64_t seed) {
  return first_valid(seed, [](std::uint64_t s) { return Maker(s).make_alike(); });
}

ir::Model random_live_model(std::uint64_t seed) {
  return first_valid(seed, [](std::uint64_t s) { return Maker(s, true).make_live(); });
}

ir::Model random_counting_model(std::uint64_t seed) {
  return first_valid(seed, [](std::uint64_t s) { return Maker(s).with_counters().make(); });
}

ir::Model random_live_counting_model(std::uint64_t seed) {
  return first_valid(seed,
                     [](std::uint64_t s) { return Maker(s, true).with_counters().make_live(); });
}

} // namespace stalemate::tests
