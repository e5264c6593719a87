#include "checker/tests/beem/automata.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stalemate::tests {

using namespace stalemate::build; // NOLINT: the notation

void Automaton::Way::sends(Channel channel, const Expr& value) {
  message_ = {channel.number, true, {}};
  sent_ = value;
}

void Automaton::Way::receives(Channel channel, const Place& place) {
  message_ = {channel.number, false, {place}};
}

Place Automaton::local(const std::string& name, int high) {
  return model_.var(name_ + "." + name, 0, high);
}

Automaton::Way& Automaton::way(const std::string& from,
                               const std::string& to,
                               const Expr& guard,
                               const Effect& effect) {
  Way& made = ways_.emplace_back();
  made.from_ = from;
  made.to_ = to;
  made.guard_ = guard;
  made.effect_ = effect;
  (void)number(from);
  (void)number(to);
  return made;
}

Expr Automaton::at(const std::string& location) const {
  if (place_) return *place_ == number(location);
  const ir::Model& model = model_.recorded();
  const auto process = std::ranges::find(model.processes, name_, &ir::Process::name);
  const auto id = process->location;
  const auto& variable = model.variables[static_cast<std::size_t>(id)];
  const auto step = std::ranges::find(recorded_, location) - recorded_.begin();
  (void)number(location);
  return Place(id, variable, nullptr) == static_cast<int>(step);
}

bool Automaton::meets() const {
  return std::ranges::any_of(ways_, [](const Way& way) { return way.message_.has_value(); });
}

bool Automaton::has_ways_from(const std::string& location) const {
  return std::ranges::any_of(ways_, [&](const Way& way) { return way.from_ == location; });
}

int Automaton::number(const std::string& location) const {
  const auto found = std::ranges::find(locations_, location);
  if (found == locations_.end()) throw ir::InvalidModel(name_ + ": no location " + location);
  return static_cast<int>(found - locations_.begin());
}

void Automaton::record(Path& path) const {
  for (const std::string& location : recorded_) {
    std::vector<Alternative> ways;
    for (const Way& way : ways_) {
      if (way.from_ != location) continue;
      const Alternative one = when(way.guard_).then(way.effect_);
      ways.push_back(has_ways_from(way.to_) ? one.go(way.to_) : one.end());
    }
    path.label(location);
    path.step(location, ways);
  }
}

Automaton& Automata::add(std::vector<std::string> locations) {
  // Not emplaced: the constructor is private to its friends, of which the deque is none.
  automata_.push_back(Automaton(variables, names_.at(automata_.size()), std::move(locations)));
  return automata_.back();
}

void Automata::record() {
  for (Automaton& one : automata_) {
    if (one.meets())
      one.place_.emplace(variables.named(one.name_ + ".at", one.locations_));
    else
      std::ranges::copy_if(one.locations_,
                           std::back_inserter(one.recorded_),
                           [&](const std::string& place) { return one.has_ways_from(place); });
    if (one.recorded_.size() + 1 < one.locations_.size() && !one.place_)
      throw ir::InvalidModel(one.name_ + ": it can end at two locations");
  }
  for (const Automaton& one : automata_)
    variables.process(
        one.name_, one.name_.substr(0, one.name_.find_first_of("0123456789")), [&](Path& path) {
          const auto function = path.function(one.name_, "");
          if (one.place_)
            record_meetings(path, one);
          else
            one.record(path);
        });
}

Expr Automata::two_at(const std::string& location) const {
  Expr there = 0;
  for (const Automaton& one : automata_)
    if (std::ranges::find(one.locations_, location) != one.locations_.end())
      there = there + one.at(location);
  return there > 1;
}

// One step with every way of the automaton, so that where its process is says nothing: the state
// is in the variables.
void Automata::record_meetings(Path& path, const Automaton& sender) const {
  const Place& here = *sender.place_;
  std::vector<Alternative> ways;
  for (const Automaton::Way& way : sender.ways_) {
    const Expr can = here == sender.number(way.from_) && way.guard_;
    const Effect moves = here = sender.number(way.to_);
    if (!way.message_) ways.push_back(when(can).then(way.effect_, moves).go("again"));
    if (!way.message_ || !way.message_->is_sent) continue;
    for (const Automaton& receiver : automata_)
      for (const Automaton::Way& other : receiver.ways_) {
        if (&receiver == &sender || !other.message_ || other.message_->is_sent ||
            other.message_->channel != way.message_->channel)
          continue;
        const Place& there = *receiver.place_;
        Effect value;
        for (const Place& place : other.message_->places)
          value = place = way.sent_;
        ways.push_back(
            when(can && there == receiver.number(other.from_) && other.guard_)
                .then(value, way.effect_, other.effect_, moves, there = receiver.number(other.to_))
                .go("again"));
      }
  }
  // Who only ever receives is moved by others.
  if (ways.empty()) ways.push_back(when(false).go("again"));
  path.label("again");
  path.step("go some way", ways);
}

std::vector<std::string> numbered(const std::string& name, int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i)
    names.push_back(fmt::format("{}{}", name, i));
  return names;
}

Place cell(const Array& array, const Expr& index) {
  return array[max(0, min(index, array.size() - 1))];
}

} // namespace stalemate::tests
