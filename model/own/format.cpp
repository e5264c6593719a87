#include "model/own/format.hpp"

#include "model/scenario/fairness_words.hpp"

namespace stalemate::kernel::own {

namespace {

using enum Member::Need;

constexpr std::size_t names_max = 64;
constexpr std::size_t steps_max = 300;
constexpr std::size_t ways_max = 64;
constexpr std::size_t effects_max = 256;
constexpr std::size_t edits_max = 64;

Shape one_or_more(const Shape& item, std::size_t most) {
  return either_of(item, list_of(item, 1, most));
}

Shape texts(std::size_t most) {
  return one_or_more(text_shape(), most);
}

Shape variable_shape() {
  Shape object = object_of(
      "key",
      {{"range",
        "Of a number: lowest and highest value",
        list_of(number_in(-1000000, 1000000), 2, 2)},
       {"values", "Of a variable with named values: their names", list_of(name_shape(), 1, 64)},
       {"kind",
        "Of neither: flag, lock or shared_lock",
        word_of("kind",
                {{"flag", "yes or no"},
                 {"lock", "Held by one process at a time"},
                 {"shared_lock", "Held by one process alone, or by several together"}})},
       {"count", "How many: an array, name[0] and so on", number_in(1, 64)},
       {"initial", "The value of every cell at the start; the lowest if absent", text_shape()},
       {"ghost", "Exists for claims only; no step may depend on it", truth_shape()}});
  Shape shape =
      either_of(word_of("kind of variable",
                        {{"flag", "yes or no"},
                         {"lock", "Held by one process at a time"},
                         {"shared_lock", "Held by one process alone, or by several together"}}),
                std::move(object));
  shape.definition = "variable";
  return shape;
}

Shape state_shape() {
  return map_of("variable", variable_shape(), names_max);
}

Shape wait_shape() {
  Shape object = object_of(
      "key",
      {{"until", "An expression: the way is not taken before it is true", text_shape(), always},
       {"for", "What is waited for, in words", text_shape()},
       {"place", "What is waited for, by name", text_shape()},
       {"holder", "Who ends the wait: a process, or a number, 1 + that of the process", texts(16)},
       {"acquires", "Afterwards the process holds the place", truth_shape()}});
  Shape one = either_of(text_shape(), object);
  one.items.push_back(list_of(object, 1, 8));
  return one;
}

Shape check_shape_of_ways() {
  Shape object = object_of(
      "key",
      {{"claim",
        "The property that is broken if it does not hold; absent: the model itself is wrong",
        text_shape()},
       {"holds", "An expression about the state before the effects", text_shape(), always},
       {"text", "What it means if it does not hold", text_shape()}});
  return one_or_more(object, 32);
}

Shape way_shape() {
  Shape shape = object_of(
      "key",
      {{"note", "What sets this way apart", text_shape()},
       {"when", "An expression: its guard", text_shape()},
       {"otherwise", "In every state in which no guard before it in the step is true", yes_shape()},
       {"take", "Locks that it waits for and then holds", texts(8)},
       {"take_shared", "Locks that it waits for and then holds with others", texts(8)},
       {"wait", "What it waits for, other than locks", wait_shape()},
       {"check", "What must hold when it is taken", check_shape_of_ways()},
       {"then", "Assignments, in order, each seeing the earlier ones", texts(effects_max)},
       {"release", "Locks that it gives back, after the assignments", texts(8)},
       {"release_shared", "Locks held with others that it gives back", texts(8)},
       {"retry", "It goes back to try again, and is no progress", yes_shape()},
       {"go",
        "Goes on at this label, or at the step of this name; at the next step if absent",
        text_shape()},
       {"ret", "Goes on behind the steps of this function", yes_shape()},
       {"end", "Ends the process", yes_shape()}});
  shape.definition = "way";
  return shape;
}

Shape step_shape() {
  Shape shape =
      object_of("key",
                {{"label", "What `go` calls the step", text_shape()},
                 {"function", "The kernel function that it belongs to", text_shape(), always},
                 {"phrase", "What happens, in a few words", text_shape(), always},
                 {"file", "The source file of the function", text_shape()},
                 {"idle", "The process may rest here for ever", truth_shape()},
                 {"fairness",
                  "What the scheduler owes the process here",
                  word_of("fairness", fairness_words())},
                 {"ways", "The ways through it", list_of(way_shape(), 1, ways_max), always}});
  shape.definition = "step";
  return shape;
}

Member narrowed() {
  return {"in", "Only in this path, or in this process", text_shape()};
}

Shape edit_shape() {
  const Member step{"", "A step, \"function: phrase\"", text_shape(), always};
  const auto named = [](const char* name, const char* text) {
    return Member{name, text, text_shape(), always};
  };
  const auto maybe = [](const char* name, const char* text) {
    return Member{name, text, text_shape()};
  };
  Shape shape = object_of("key", {narrowed()});
  shape.cases = {
      {"drop", "The step does not happen", {named("drop", "The step")}},
      {"move",
       "The step happens elsewhere",
       {named("move", "The step"),
        maybe("before", "The step before which it happens"),
        maybe("after", "The step behind which it happens")}},
      {"always",
       "One way of a step, whatever its guard says",
       {named("always", "The way: \"function: phrase / way\"")}},
      {"never", "A way of a step is not taken", {named("never", "The way")}},
      {"unlock", "A lock is never taken, nor given back", {named("unlock", "The lock")}},
      {"hold",
       "A lock is held from the beginning of one step to the end of another",
       {named("hold", "The lock"),
        named("from", "The first step under it"),
        named("to", "The last step under it"),
        {"shared", "Held together with others", truth_shape()}}},
      {"split",
       "The effects of a step happen one by one",
       {named("split", "The step, or one way of it"),
        maybe("after", "The assignment behind which it is parted, as `show` prints it")}},
      {"merge",
       "All from the beginning of one step to the end of another happens at once",
       {{"merge", "The first and the last step", list_of(text_shape(), 2, 2), always}}},
      {"insert",
       "A new step",
       {{"insert", "The step", step_shape(), always},
        maybe("before", "The step before which it comes"),
        maybe("after", "The step, or the way of one, behind which it comes")}},
      {"change",
       "A way of a step is another one",
       {named("change", "The way, or the step if it has but one"),
        maybe("when", "Its guard"),
        {"then",
         "Its assignments, all of them",
         either_of(text_shape(), list_of(text_shape(), 0, effects_max))},
        maybe("go", "The step at which it goes on, or \"end\"")}},
  };
  shape.definition = "edit";
  return shape;
}

Shape claim_shape() {
  Shape shape = object_of("key", {{"text", "The claim in words", text_shape()}});
  const auto named = [](const char* name, const char* text) {
    return Member{name, text, text_shape(), always};
  };
  shape.cases = {
      {"always", "True in every state", {named("always", "An expression")}},
      {"at",
       "True whenever a step runs, before its effects",
       {named("at", "The step, or a way of it"), named("holds", "An expression"), narrowed()}},
      {"reach", "Some run comes to a state like this", {named("reach", "An expression")}},
      {"from",
       "Whenever this is true, that is true then or later, on every fair run",
       {named("from", "An expression"), named("leads_to", "An expression")}},
      {"eventually", "True at some time on every fair run", {named("eventually", "An expression")}},
  };
  shape.definition = "claim";
  return shape;
}

} // namespace

Shape patch_shape() {
  return list_of(edit_shape(), 1, edits_max);
}

Shape path_shape() {
  Shape shape = object_of(
      "key",
      {{"process", "How its processes are called; like the path if absent", name_shape()},
       {"text", "What it is", text_shape()},
       {"daemon", "There is usually one, and it has no end", truth_shape()},
       {"like", "The path of the model that it differs from by its patch", text_shape()},
       {"patch", "How it differs from it", patch_shape()},
       {"state", "Variables that every process of this path has for itself", state_shape()},
       {"steps", "Its steps, in order", list_of(step_shape(), 1, steps_max)}});
  shape.definition = "path";
  return shape;
}

std::vector<Member> sections() {
  return {
      {"state", "Variables that the model does not have", state_shape()},
      {"paths", "Paths that the model does not have", map_of("path", path_shape(), names_max)},
      {"patch", "How the kernel's paths differ: edits, in order", patch_shape()},
      {"claims",
       "What must be true, or must be reachable",
       map_of("claim", claim_shape(), names_max)},
  };
}

} // namespace stalemate::kernel::own
