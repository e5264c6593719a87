#include "model/tests/knob_covering.hpp"

#include "checker/ir/identity.hpp"
#include "model/scenario/cast.hpp"
#include "model/scenario/readers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <tuple>
#include <utility>

namespace stalemate::kernel {

namespace {

/// Some of them, evenly.
template <typename T>
std::vector<T> some_of(const std::vector<T>& all, std::size_t count) {
  std::vector<T> some;
  for (std::size_t i = 0; i < std::min(count, all.size()); ++i)
    some.push_back(all[i * all.size() / std::min(count, all.size())]);
  return some;
}

/// Makes rows until nothing is left that can meet.
class Cover {
 public:
  Cover(const Subsystem& subsystem, const Bases& bases)
      : subsystem_(subsystem), bases_(bases), together_(subsystem) {
    for (const Scenario& scenario : bases.scenarios()) {
      Base base{.row = {.base = title_of(scenario), .kernel = scenario.kernel}};
      const Built model = built(scenario);
      for (const ir::Process& process : model.model->processes)
        base.paths.insert(process.path);
      bare(base);
      all_.push_back(std::move(base));
    }
  }

  void keep(const Row& row) {
    if (together_.gain_of(row) > 0 && is_good(row)) add(row);
  }

  void complete() {
    const std::size_t count = together_.settings().size();
    for (std::size_t one = 0; one < count; ++one)
      for (std::size_t other = one + 1; other < count; ++other)
        if (is_pair(one, other) && !together_.have_met(one, other)) bring_together(one, other);
    const auto& settings = together_.settings();
    for (const auto& [one, other, reason] : not_met_)
      if (!together_.have_met(one, other)) // A wider row may have both all the same.
        ++covering.apart[fmt::format(
            "{}, {}", settings[one].knob->name, settings[other].knob->name)][reason];
  }

  Covering covering;

 private:
  struct Base {
    Row row;
    std::set<std::string> paths = {};
    std::map<std::size_t, bool> alone = {}; ///< Does the setting change its model?
  };

  /// Settings that change nothing are left out.
  void bare(Base& base) const {
    for (const auto& [knob, value] : std::map(base.row.kernel)) {
      Row without = base.row;
      without.kernel.erase(knob);
      if (identity(without) == identity(base.row)) base.row = without;
    }
  }

  /// Of the row's model, or why its kernel cannot be.
  struct Known {
    std::optional<std::uint64_t> identity;
    std::string reason;
  };

  [[nodiscard]] const Known& known(const Row& row) const {
    const auto [at, is_new] = known_.try_emplace(std::tuple(row.base, row.more, row.kernel));
    if (!is_new) return at->second;
    if (const auto scenario = bases_.scenario_of(row)) {
      const Built result = built(*scenario);
      if (result.pointer.starts_with("/kernel")) at->second.reason = result.reason;
      if (result.model) at->second.identity = ir::identity(*result.model);
    }
    return at->second;
  }

  [[nodiscard]] std::optional<std::uint64_t> identity(const Row& row) const {
    return known(row).identity;
  }

  /// Does each setting matter?
  [[nodiscard]] bool is_good(const Row& row) const {
    const auto whole = identity(row);
    if (!whole) return false;
    return std::ranges::all_of(row.kernel, [&](const auto& set) {
      Row without = row;
      without.kernel.erase(set.first);
      return identity(without) != whole;
    });
  }

  [[nodiscard]] bool is_pair(std::size_t one, std::size_t other) const {
    return together_.settings()[one].knob != together_.settings()[other].knob;
  }

  void add(const Row& row) {
    together_.add(row);
    covering.rows.push_back(row);
  }

  [[nodiscard]] Row with(Row row, std::size_t setting) const {
    const Setting& one = together_.settings()[setting];
    row.kernel[one.knob->name] = one.value;
    return row;
  }

  [[nodiscard]] std::vector<std::string> readers(std::size_t setting) const {
    const Readers& table = readers_of(subsystem_);
    const auto at = table.find(together_.settings()[setting].knob->name);
    return at == table.end() ? std::vector<std::string>() : at->second;
  }

  /// Does the base have somebody who reads the knob, and does it matter there?
  [[nodiscard]] bool is_read(Base& base, std::size_t setting) {
    const auto known = base.alone.find(setting);
    if (known != base.alone.end()) return known->second;
    const auto who = readers(setting);
    const bool may_be = who.empty() || std::ranges::any_of(who, [&](const std::string& path) {
                          return base.paths.contains(path);
                        });
    const Row row = with(base.row, setting);
    Row without = row;
    without.kernel.erase(together_.settings()[setting].knob->name);
    bool is = false;
    if (may_be) {
      const auto identity_with = identity(row);
      is = identity_with && identity_with != identity(without);
    }
    base.alone[setting] = is;
    return is;
  }

  void bring_together(std::size_t one, std::size_t other) {
    std::string reason = "no scenario of the library reads both";
    if (auto row = row_with(one, other, reason))
      add(widened(*row));
    else
      not_met_.emplace_back(one, other, reason);
  }

  std::optional<Row> row_with(std::size_t one, std::size_t other, std::string& reason) {
    std::vector<Base*> of_one;
    std::vector<Base*> of_other;
    std::vector<Base*> of_both;
    for (Base& base : all_) {
      const bool is_of_one = is_read(base, one);
      const bool is_of_other = is_read(base, other);
      if (is_of_one) of_one.push_back(&base);
      if (is_of_other) of_other.push_back(&base);
      if (is_of_one && is_of_other) of_both.push_back(&base);
    }
    bool is_idle = false;
    const auto fits = [&](Row start) -> std::optional<Row> {
      const Row row = with(with(std::move(start), one), other);
      if (is_good(row)) return row;
      is_idle = is_idle || known(row).identity.has_value();
      if (!known(row).reason.empty()) reason = known(row).reason;
      if (is_idle) reason = "one of them changes nothing";
      return std::nullopt;
    };
    const auto tried = [&](const Base& base, const std::string& more) -> std::optional<Row> {
      if (auto row = fits({.base = base.row.base, .more = more})) return row;
      return fits({.base = base.row.base, .more = more, .kernel = base.row.kernel});
    };
    for (const Base* base : some_of(of_both, 6))
      if (auto row = tried(*base, "")) return row;
    for (const auto& [bases, setting] : {std::pair(of_one, other), std::pair(of_other, one)})
      for (const Base* base : some_of(bases, 2))
        for (const std::string& path : some_of(readers(setting), 3))
          for (const std::string& more : some_of(bases_.processes_of(path), 3))
            if (!base->paths.contains(path))
              if (auto row = tried(*base, more)) return row;
    return std::nullopt;
  }

  /// The same, with more settings that have not met these.
  [[nodiscard]] Row widened(const Row& row) const {
    Row wide = row;
    for (const Knob& knob : subsystem_.knobs) {
      if (wide.kernel.contains(knob.name) || wide.kernel.size() > 12) continue;
      const auto wider = best_with(wide, knob);
      if (wider && known(*wider).identity && identity(*wider) != identity(wide)) wide = *wider;
    }
    // Who came later may have made another one idle.
    for (const auto& [knob, value] : std::map(wide.kernel)) {
      Row without = wide;
      without.kernel.erase(knob);
      if (!row.kernel.contains(knob) && identity(without) == identity(wide)) wide = without;
    }
    return is_good(wide) ? wide : row;
  }

  /// With the value of the knob that has met the fewest of the row's settings.
  [[nodiscard]] std::optional<Row> best_with(const Row& row, const Knob& knob) const {
    std::optional<Row> best;
    for (std::size_t i = 0; i < together_.settings().size(); ++i) {
      if (together_.settings()[i].knob != &knob) continue;
      Row wider = with(row, i);
      if (together_.gain_of(wider) > together_.gain_of(best.value_or(row))) best = wider;
    }
    return best;
  }

  const Subsystem& subsystem_;
  const Bases& bases_;
  Together together_;
  std::vector<Base> all_ = {};
  std::vector<std::tuple<std::size_t, std::size_t, std::string>> not_met_ = {};
  mutable std::map<std::tuple<std::string, std::string, std::map<std::string, int>>, Known> known_ =
      {};
};

} // namespace

Covering cover(const Subsystem& subsystem, const Bases& bases, const std::vector<Row>& known) {
  Cover all(subsystem, bases);
  for (const Row& row : known)
    all.keep(row);
  all.complete();
  return all.covering;
}

} // namespace stalemate::kernel
