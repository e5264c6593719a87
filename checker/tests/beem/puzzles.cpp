// Puzzles: what can be done next depends on the board alone.

#include "checker/tests/beem/models.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::tests::beem {

using namespace stalemate::build; // NOLINT: the notation

namespace {

/// A board with one free field, and where that is.
struct Board {
  Array field;
  Place x;
  Place y;
  int columns;
  int rows;

  /// What is dx, dy away from the free field, if that is on the board.
  [[nodiscard]] Place away(int dx, int dy) const {
    return cell(field, (y + dy) * columns + x + dx);
  }
  [[nodiscard]] Expr contains(int dx, int dy) const {
    return x + dx >= 0 && x + dx < columns && y + dy >= 0 && y + dy < rows;
  }
  /// What is there moves to the free field.
  [[nodiscard]] Effect moves(int dx, int dy, const Expr& what) const {
    return together(away(0, 0) = what, away(dx, dy) = 0, dx != 0 ? x = x + dx : y = y + dy);
  }
};

Board board(Automata& all, int columns, int rows, const std::vector<int>& initial) {
  const auto free = static_cast<int>(std::ranges::find(initial, 0) - initial.begin());
  const int most = std::ranges::max(initial);
  return {all.variables.array("field", columns * rows, 0, most, initial),
          all.variables.var("x", 0, columns - 1, free % columns),
          all.variables.var("y", 0, rows - 1, free / columns),
          columns,
          rows};
}

/// Whether the fields are these is seen at some time; the rest goes on meanwhile.
void add_judge(Automata& all, const Array& field, const std::vector<int>& wanted) {
  Automaton& judge = all.add({"not solved", "solved"});
  judge.way("not solved", "solved", for_all(field.size(), [&](int i) {
              return field[i] == wanted[static_cast<std::size_t>(i)];
            }));
}

Puzzle solved(Automata& all, const Automaton& judge, const std::string& location) {
  all.record();
  return {all.variables.finish(), judge.at(location).node()};
}

} // namespace

Puzzle adding(int limit, int value) {
  Automata all("adding", {"adder0", "adder1"});
  const int most = 2 * limit;
  const Place sum = all.variables.var("sum", 0, 2 * most, 1);
  for (int i = 0; i < 2; ++i) {
    Automaton& p = all.add({"idle", "read once", "read twice"});
    const Place mine = p.local("mine", 2 * most);
    p.way("idle", "read once", sum < limit, mine = sum);
    p.way("read once", "read twice", mine = mine + sum);
    p.way("read twice", "idle", sum = mine);
  }
  all.record();
  return {all.variables.finish(), (sum == value).node()};
}

Puzzle hanoi(int discs) {
  const std::vector<std::string> pegs{"a", "b", "c"};
  std::vector<std::string> names;
  for (const std::string& from : pegs)
    for (const std::string& to : pegs)
      if (from != to) names.push_back(from + " to " + to);
  Automata all("hanoi", names);
  const int bottom = discs + 1;
  std::vector<Array> disc;
  std::vector<Place> height;
  for (const std::string& peg : pegs) {
    std::vector<int> initial(static_cast<std::size_t>(discs) + 1);
    initial[0] = bottom;
    for (int i = 1; i <= discs && peg == "a"; ++i)
      initial[static_cast<std::size_t>(i)] = discs + 1 - i;
    disc.push_back(all.variables.array(peg + ".disc", discs + 1, 0, bottom, initial));
    height.push_back(all.variables.var(peg + ".height", 1, discs + 1, peg == "a" ? discs + 1 : 1));
  }
  for (std::size_t from = 0; from < pegs.size(); ++from)
    for (std::size_t to = 0; to < pegs.size(); ++to) {
      if (from == to) continue;
      const Place top = cell(disc[from], height[from] - 1);
      all.add({"moves"}).way("moves",
                             "moves",
                             top < cell(disc[to], height[to] - 1),
                             together(cell(disc[to], height[to]) = top,
                                      height[to] = height[to] + 1,
                                      top = 0,
                                      height[from] = height[from] - 1));
    }
  all.record();
  // It counts the ground as well, so that one disc is not there yet.
  return {all.variables.finish(), (height[2] == discs).node()};
}

Puzzle frogs(int columns, int rows) {
  const int toad = 1;
  const int frog = 2;
  const int fields = columns * rows;
  std::vector<int> initial(static_cast<std::size_t>(fields));
  std::vector<int> wanted(initial);
  for (int i = 0; i < fields; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (i == fields / 2) continue;
    initial[at] = i < fields / 2 ? toad : frog;
    wanted[at] = toad + frog - initial[at];
  }
  Automata all("frogs", {"toads", "frogs", "judge"});
  const Board b = board(all, columns, rows, initial);
  for (const int who : {toad, frog}) {
    Automaton& p = all.add({"jump"});
    const int back = who == toad ? -1 : 1;
    for (const auto& [dx, dy] : {std::pair{back, 0}, std::pair{0, back}}) {
      if (dx != 0 && columns == 1) continue; // There is nothing beside.
      p.way("jump", "jump", b.contains(dx, dy) && b.away(dx, dy) == who, b.moves(dx, dy, who));
      p.way("jump",
            "jump",
            b.contains(2 * dx, 2 * dy) && b.away(dx, dy) == toad + frog - who &&
                b.away(2 * dx, 2 * dy) == who,
            b.moves(2 * dx, 2 * dy, who));
    }
  }
  add_judge(all, b.field, wanted);
  return solved(all, all[2], "solved");
}

Puzzle loyd(int columns, int rows) {
  std::vector<int> initial;
  for (int i = 0; i < columns * rows; ++i)
    initial.push_back(i);
  const std::vector<int> wanted(initial.rbegin(), initial.rend());
  Automata all("loyd", {"hand", "judge"});
  const Board b = board(all, columns, rows, initial);
  Automaton& hand = all.add({"moves"});
  for (const auto& [dx, dy] :
       {std::pair{-1, 0}, std::pair{1, 0}, std::pair{0, -1}, std::pair{0, 1}})
    hand.way("moves", "moves", b.contains(dx, dy), b.moves(dx, dy, b.away(dx, dy)));
  add_judge(all, b.field, wanted);
  return solved(all, all[1], "solved");
}

Puzzle rushhour(const std::vector<Car>& cars, int exit) {
  const int side = 6;
  std::vector<int> initial(static_cast<std::size_t>(side) * side);
  for (const Car& car : cars)
    for (int i = 0; i < car.length; ++i)
      initial[static_cast<std::size_t>(car.is_upright ? (car.y + i) * side + car.x
                                                      : car.y * side + car.x + i)] = 1;
  Automata all("rushhour", numbered("car", static_cast<int>(cars.size())));
  const Array taken = all.variables.flags("taken", side * side, initial);
  for (std::size_t i = 0; i < cars.size(); ++i) {
    const Car& car = cars[i];
    const bool is_red = i == 0;
    Automaton& p =
        all.add(is_red ? std::vector<std::string>{"in", "out"} : std::vector<std::string>{"in"});
    const Place at = all.variables.var(
        fmt::format("car{}.at", i), 0, side - car.length, car.is_upright ? car.y : car.x);
    const auto field = [&](const Expr& along) {
      return car.is_upright ? cell(taken, along * side + car.x) : cell(taken, car.y * side + along);
    };
    p.way("in",
          "in",
          at > 0 && !field(at - 1),
          together(field(at + car.length - 1) = false, field(at - 1) = true, at = at - 1));
    p.way("in",
          "in",
          at + car.length < side && !field(at + car.length),
          together(field(at) = false, field(at + car.length) = true, at = at + 1));
    if (is_red) p.way("in", "out", at == exit);
  }
  return solved(all, all[0], "out");
}

Puzzle blocks(const std::vector<int>& below, const std::vector<std::pair<int, int>>& wanted) {
  const auto count = static_cast<int>(below.size());
  const int table = count;
  const int hand = count + 1;
  const int nothing = count;
  std::vector<int> free(below.size(), 1);
  for (const int block : below)
    if (block != table) free[static_cast<std::size_t>(block)] = 0;
  Automata all("blocks", {"hand"});
  const Array on = all.variables.array("on", count, 0, hand, below);
  const Array clear = all.variables.flags("clear", count, free);
  const Place held = all.variables.var("held", 0, nothing, nothing);
  Automaton& p = all.add({"empty", "full", "done"});
  Expr is_done = true;
  for (const auto& [upper, lower] : wanted)
    is_done = is_done && on[upper] == lower;
  p.way("empty", "done", is_done);
  for (int i = 0; i < count; ++i) {
    const Effect takes = together(on[i] = hand, clear[i] = false, held = i);
    p.way("empty", "full", clear[i] == 1 && on[i] == table, takes);
    p.way("empty",
          "full",
          clear[i] == 1 && on[i] != table,
          together(cell(clear, on[i]) = true, takes));
    p.way("full",
          "empty",
          clear[i] == 1,
          together(clear[i] = false, cell(clear, held) = true, cell(on, held) = i, held = nothing));
  }
  p.way(
      "full", "empty", together(cell(clear, held) = true, cell(on, held) = table, held = nothing));
  return solved(all, p, "done");
}

} // namespace stalemate::tests::beem
