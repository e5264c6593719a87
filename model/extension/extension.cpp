#include "model/extension/extension.hpp"

#include "model/dax/knobs/knobs.hpp"
#include "model/dax/properties.hpp"
#include "model/extension/additions.hpp"
#include "model/iomap/knobs/knobs.hpp"
#include "model/iomap/properties.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/stable_pages/knobs/knobs.hpp"
#include "model/stable_pages/properties.hpp"
#include "model/swap/knobs/knobs.hpp"
#include "model/swap/properties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace stalemate::kernel {

namespace {

/// As the scenario format has it for names.
bool is_name(const std::string& text) {
  constexpr auto letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  constexpr auto others = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  return !text.empty() && text.size() <= 64 && text.find_first_of(letters) == 0 &&
         text.find_first_not_of(others) == std::string::npos;
}

/// What goes wrong in code of an extension is told from what goes wrong in ours.
template <typename World>
void guard(PathOf<World>& path, const std::string& file) {
  path.record = [record = std::move(path.record), name = path.name, file](
                    build::Path& p, const World& w, const Options& options) {
    try {
      record(p, w, options);
    } catch (const ir::InvalidModel& error) {
      throw ExtensionError(fmt::format("{}: path {}: {}", file, name, error.what()));
    } catch (const ScenarioError&) {
      throw; // which has a place of its own
    } catch (const std::exception& error) {
      throw ExtensionError(fmt::format("{}: path {} throws: {}", file, name, error.what()));
    }
  };
}

template <typename Entry>
void append_names(std::vector<std::string>& names, const std::vector<Entry>& entries) {
  for (const Entry& entry : entries)
    names.push_back(entry.name);
}

} // namespace

void Extension::refuse(const char* what,
                       const std::string& name,
                       const std::string& problem) const {
  throw ExtensionError(fmt::format("{}: {} {}: {}", file_, what, excerpt(name), problem));
}

void Extension::check_name(const char* what, const std::string& name) const {
  if (!is_name(name)) refuse(what, name, "a name has 1 to 64 letters, digits, . _ -");
}

template <typename World>
void Extension::add_path(PathOf<World> path) {
  check_name("path", path.name);
  if (!is_name(path.process)) refuse("path", path.name, "its processes need a name (.process)");
  if (!path.record) refuse("path", path.name, "has no function that records it");
  for (const PathOption& option : path.options) {
    check_name("option", option.name);
    const bool is_taken =
        option.name == "name" || option.name == "path" || option.name == "fairness";
    if (is_taken) refuse("option", option.name, "every process of a scenario has this already");
    if (option.low > option.initial || option.initial > option.high)
      refuse("option", option.name, "its initial value is out of its range");
  }
  paths_.push_back(path.name);
  guard(path, file_);
  additions<PathOf<World>>().add(std::move(path));
}

template <typename Property, typename World>
void Extension::add_property(PropertyOf<World> property) {
  using Kind = ir::PropertyKind;
  check_name("property", property.name);
  const auto need = [&](bool is_there, const char* what) {
    if (!is_there) refuse("property", property.name, what);
  };
  const Kind kind = property.kind;
  need(kind != Kind::invariant || property.parts, "an invariant needs .parts");
  need(kind != Kind::assertion || property.claimed, "an assertion needs .claimed");
  need(kind != Kind::leads_to || property.cause, "leads_to needs a .cause");
  need((kind != Kind::leads_to && kind != Kind::eventually) || property.goal, "needs a .goal");
  properties_.push_back(property.name);
  Property entry;
  static_cast<PropertyOf<World>&>(entry) = std::move(property);
  additions<Property>().add(std::move(entry));
}

template <typename Kernel>
void Extension::add_knob(KnobOf<Kernel> knob) {
  check_name("knob", knob.name);
  if (!knob.set) refuse("knob", knob.name, "has nothing that it sets");
  knobs_.push_back(knob.name);
  additions<KnobOf<Kernel>>().add(std::move(knob));
}

void Extension::check_names(const std::vector<Extension>& all) {
  const auto check = [&](const char* what,
                         const std::vector<std::string>& known,
                         std::vector<std::string> Extension::*names) {
    std::vector<std::string> added;
    for (const Extension& one : all)
      added.insert(added.end(), (one.*names).begin(), (one.*names).end());
    std::set<std::string> earlier;
    for (const Extension& one : all)
      for (const std::string& name : one.*names)
        if (std::ranges::count(known, name) > std::ranges::count(added, name) ||
            !earlier.insert(name).second)
          one.refuse(what, name, "there is one of this name already; choose another");
  };
  std::vector<std::string> paths;
  std::vector<std::string> properties;
  std::vector<std::string> knobs;
  for (const Subsystem& subsystem : subsystems()) {
    append_names(paths, subsystem.paths);
    append_names(properties, subsystem.properties);
    append_names(knobs, subsystem.knobs);
  }
  check("path", paths, &Extension::paths_);
  check("property", properties, &Extension::properties_);
  check("knob", knobs, &Extension::knobs_);
  for (const Extension& one : all)
    one.check_likes();
}

/// A path is like others of its own subsystem.
void Extension::check_likes() const {
  for (const Subsystem& subsystem : subsystems()) {
    std::vector<std::string> known;
    append_names(known, subsystem.paths);
    for (const PathEntry& path : subsystem.paths)
      for (const std::string& like : path.like)
        if (std::ranges::find(known, like) == known.end() &&
            std::ranges::find(paths_, path.name) != paths_.end())
          refuse("path", path.name, "is like an " + unknown("path", like, known));
  }
}

void Extension::add(PathOf<iomap::World> path) {
  add_path(std::move(path));
}
void Extension::add(PathOf<dax::World> path) {
  add_path(std::move(path));
}
void Extension::add(PathOf<stable_pages::World> path) {
  add_path(std::move(path));
}
void Extension::add(PathOf<swap::World> path) {
  add_path(std::move(path));
}

void Extension::add(PropertyOf<iomap::World> property) {
  add_property<iomap::IomapProperty>(std::move(property));
}
void Extension::add(PropertyOf<dax::World> property) {
  add_property<dax::DaxProperty>(std::move(property));
}
void Extension::add(PropertyOf<stable_pages::World> property) {
  add_property<stable_pages::AnonProperty>(std::move(property));
}
void Extension::add(PropertyOf<swap::World> property) {
  add_property<PropertyOf<swap::World>>(std::move(property));
}

void Extension::add(KnobOf<iomap::Kernel> knob) {
  add_knob(std::move(knob));
}
void Extension::add(KnobOf<dax::Kernel> knob) {
  add_knob(std::move(knob));
}
void Extension::add(KnobOf<stable_pages::Kernel> knob) {
  add_knob(std::move(knob));
}
void Extension::add(KnobOf<swap::Kernel> knob) {
  add_knob(std::move(knob));
}

} // namespace stalemate::kernel
