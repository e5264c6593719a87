#include "model/inquiry/enumeration.hpp"

#include "model/scenario/excerpt.hpp"
#include "model/scenario/read_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::inquiry {

namespace {

std::vector<std::string> names_of(const auto& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries)
    names.push_back(entry.name);
  return names;
}

/// What scenarios can list, or what was asked for of it; daemons first.
std::vector<PathEntry> wanted_paths(const Subsystem& subsystem, const Bounds& bounds) {
  std::vector<PathEntry> all;
  for (const PathEntry& path : subsystem.paths)
    if (!path.automatic) all.push_back(path);
  for (const auto* names : {&bounds.paths, &bounds.together})
    for (const std::string& name : *names)
      if (std::ranges::find(all, name, &PathEntry::name) == all.end())
        throw InputError(fmt::format("{}; a hunt in \"{}\" cannot run it",
                                     unknown("path", name, names_of(all)),
                                     subsystem.section));
  if (!bounds.paths.empty())
    std::erase_if(all, [&](const PathEntry& path) {
      const auto has = [&](const auto& names) {
        return std::ranges::find(names, path.name) != names.end();
      };
      return !has(bounds.paths) && !has(bounds.together);
    });
  std::ranges::stable_partition(all, [](const PathEntry& path) { return path.is_daemon; });
  return all;
}

/// What is asked to be varied must be there.
void check_varied(const Varied& varied,
                  const Variety& variety,
                  const std::vector<PathEntry>& paths) {
  std::vector<std::string> known = variety.lists;
  known.insert(known.end(), variety.numbers.begin(), variety.numbers.end());
  for (const PathEntry& path : paths)
    for (const PathOption& option : path.options)
      if (std::ranges::find(known, option.name) == known.end()) known.push_back(option.name);
  for (const std::string& name : varied)
    if (std::ranges::find(known, name) == known.end())
      throw InputError("--vary: " + unknown("name", name, known));
}

/// All values that the option has in these scenarios.
std::pair<int, int> values_of(const PathOption& option, const Room& room, const Varied& varied) {
  constexpr int some = 2; // More of what is no place is rarely more telling.
  if (!room.places.contains(option.name) && !varied.contains(option.name))
    return {option.initial, option.initial};
  const auto lowest = room.lowest.find(option.name);
  const int low = lowest == room.lowest.end() ? option.low : lowest->second;
  const auto highest = room.highest.find(option.name);
  const int high = highest == room.highest.end() ? low + some : highest->second;
  return {low, std::min(option.high, high)};
}

/// Every way to give the options, those that are as usual not said.
std::vector<std::map<std::string, int>>
options_of(const PathEntry& path, const Room& room, const Varied& varied) {
  std::vector<std::map<std::string, int>> all{{}};
  for (const PathOption& option : path.options) {
    std::vector<std::map<std::string, int>> more;
    for (const auto& one : all) {
      auto [low, high] = values_of(option, room, varied);
      if (option.name == room.length) {
        const auto at = one.find("at");
        low = option.low;
        high = room.highest.at("at") + 1 - (at == one.end() ? 0 : at->second);
      }
      for (int value = low; value <= high; ++value) {
        more.push_back(one);
        if (value != option.initial) more.back()[option.name] = value;
      }
    }
    all = std::move(more);
  }
  return all;
}

/// How many sets of so many there are, of `kinds` of which each may be there several times.
std::uint64_t multisets(std::uint64_t kinds, std::uint64_t length) {
  if (kinds == 0) return length == 0 ? 1 : 0;
  std::uint64_t count = 1;
  for (std::uint64_t i = 1; i <= length; ++i)
    count = count * (kinds + i - 1) / i;
  return count;
}

} // namespace

Enumeration::Enumeration(const Scenario& base, const Bounds& bounds)
    : base_(base), subsystem_(*base.subsystem), variety_(variety_of(subsystem_)), bounds_(bounds),
      paths_(wanted_paths(subsystem_, bounds)) {
  if (variety_ == nullptr)
    throw InputError(
        fmt::format("there are no layouts to hunt through in \"{}\"", subsystem_.section));
  check_varied(bounds.varied, *variety_, paths_);
  const bool has_sizes = !variety_->unit.empty();
  for (int size = 1; size <= (has_sizes ? bounds.size : 1); ++size)
    add_layouts(size);
  if (!bounds.together.empty()) { // There is no formula.
    Enumeration all(*this);
    while (all.next())
      ++count_;
    return;
  }
  for (const Ground& ground : grounds_)
    for (std::uint64_t total = 1; total <= static_cast<std::uint64_t>(bounds.processes); ++total) {
      std::uint64_t sets = 1; // Of daemons.
      for (std::uint64_t daemons = 0; daemons <= std::min<std::uint64_t>(total, ground.daemons);
           ++daemons) {
        count_ += sets * multisets(ground.choices.size() - ground.daemons, total - daemons);
        sets = sets * (ground.daemons - daemons) / (daemons + 1);
      }
    }
}

void Enumeration::add_layouts(int size) {
  auto layouts = variety_->layouts(size, bounds_.varied);
  add_numbers(layouts);
  for (SmallLayout& layout : layouts) {
    Ground ground;
    ground.read = subsystem_.read_layout(layout.section);
    if (!can_exist(ground.read)) {
      ++refused_layouts_;
      continue;
    }
    ground.size = size;
    ground.choices = choices(layout.section, ground.daemons);
    ground.layout = std::move(layout);
    grounds_.push_back(std::move(ground));
  }
}

void Enumeration::add_numbers(std::vector<SmallLayout>& layouts) const {
  constexpr std::int64_t some = 2;
  for (const std::string& name : variety_->numbers) {
    if (!bounds_.varied.contains(name)) continue;
    const Shape& number = std::ranges::find(subsystem_.layout.members, name, &Member::name)->shape;
    std::vector<SmallLayout> more;
    for (const SmallLayout& layout : layouts)
      for (std::int64_t value = number.low; value <= std::min(number.high, number.low + some);
           ++value) {
        more.push_back(layout);
        more.back().section[name] = value;
      }
    layouts = std::move(more);
  }
}

/// Somebody runs there who has no place of his own: what is refused is the layout.
bool Enumeration::can_exist(const std::any& layout) const {
  if (!variety_->is_judged_alone) return true;
  Scenario alone = base_;
  alone.layout = layout;
  const auto path = std::ranges::find(subsystem_.paths, true, &PathEntry::is_daemon);
  if (path == subsystem_.paths.end()) return true;
  ProcessSpec daemon;
  daemon.path = path->name;
  alone.processes = {daemon};
  alone.properties = {"no_deadlock"};
  try {
    (void)subsystem_.build(alone);
  } catch (const ScenarioError& error) {
    return !error.pointer().starts_with("/" + subsystem_.section);
  }
  return true;
}

std::vector<ProcessSpec> Enumeration::choices(const Json& section, std::size_t& daemons) const {
  const Room room = variety_->room(section);
  std::vector<ProcessSpec> all;
  for (const PathEntry& path : paths_)
    for (const auto& options : options_of(path, room, bounds_.varied)) {
      ProcessSpec process;
      process.path = path.name;
      process.options = options;
      process.like = path.like;
      all.push_back(std::move(process));
      daemons += path.is_daemon ? 1 : 0;
    }
  return all;
}

std::optional<Pick> Enumeration::next() {
  if (is_over_ || grounds_.empty()) return std::nullopt;
  const bool is_first = !at_;
  if (is_first) at_ = Pick{0, {0}};
  const bool is_there = is_first && !grounds_.front().choices.empty();
  is_over_ = !is_there && !step(*at_);
  while (!is_over_ && !is_wanted(*at_))
    is_over_ = !step(*at_);
  return is_over_ ? std::nullopt : at_;
}

/// To the next set of as many processes on this ground, or to the next ground, or to sets of one
/// process more.
bool Enumeration::step(Pick& pick) {
  auto& chosen = pick.choices;
  const auto last_of = [&](std::size_t ground) { return grounds_[ground].choices.size(); };
  const auto lowest_behind = [&](std::size_t choice) { // A daemon is not there twice.
    return choice < grounds_[pick.ground].daemons ? choice + 1 : choice;
  };
  const auto fill = [&](std::size_t from, std::size_t choice) {
    for (std::size_t i = from; i < chosen.size(); ++i) {
      chosen[i] = choice;
      choice = lowest_behind(choice);
    }
    return chosen.back() < last_of(pick.ground);
  };
  for (std::size_t i = chosen.size(); i-- > 0;)
    if (fill(i, chosen[i] + 1)) return true;
  for (std::size_t length = chosen.size(); length <= static_cast<std::size_t>(bounds_.processes);
       ++length, pick.ground = static_cast<std::size_t>(-1)) {
    chosen.resize(length);
    while (++pick.ground < grounds_.size())
      if (last_of(pick.ground) > 0 && fill(0, 0)) return true;
  }
  return false;
}

bool Enumeration::is_wanted(const Pick& pick) const {
  const auto& choices = grounds_[pick.ground].choices;
  return std::ranges::all_of(bounds_.together, [&](const std::string& path) {
    return std::ranges::any_of(pick.choices,
                               [&](std::size_t one) { return choices[one].path == path; });
  });
}

Scenario Enumeration::scenario(const Pick& pick) const {
  const Ground& ground = grounds_[pick.ground];
  Scenario scenario = base_;
  scenario.layout = ground.read;
  for (const std::size_t choice : pick.choices)
    scenario.processes.push_back(ground.choices[choice]);
  return scenario;
}

std::string Enumeration::text(const Pick& pick, const Json& common) const {
  const Ground& ground = grounds_[pick.ground];
  Json scenario = common;
  scenario[subsystem_.section] = ground.layout.section;
  Json processes = Json::array();
  for (const std::size_t choice : pick.choices) {
    Json process = {{"path", ground.choices[choice].path}};
    for (const auto& [name, value] : ground.choices[choice].options)
      process[name] = value;
    processes.push_back(std::move(process));
  }
  scenario["processes"] = std::move(processes);
  return scenario.dump();
}

} // namespace stalemate::kernel::inquiry
