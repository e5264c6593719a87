#include "cli/shrunk.hpp"

#include "checker/program/ensure.hpp"
#include "cli/accept.hpp"
#include "cli/signals.hpp"
#include "cli/usage.hpp"
#include "model/inquiry/simpler.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/accept.hpp"
#include "model/scenario/build_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

namespace inquiry = kernel::inquiry;

constexpr std::size_t preempted_max = 300'000;

/// What a scenario shows, if it breaks at all.
struct Broken {
  Candidate candidate;
  Finding finding;
  report::Mechanism mechanism;
};

report::Mechanism mechanism_of(const Candidate& candidate, const Finding& finding) {
  return report::mechanism(model_of(candidate, finding.shown().verdict), *finding.trace);
}

class Shrinker {
 public:
  Shrinker(const Candidate& candidate, const Limits& limits)
      : original_(candidate), limits_(limits) {}

  Shrunk run() {
    const Finding found = find(original_, limits_);
    require_broken(found);
    mechanism_ = mechanism_of(original_, found);
    std::string text = asked(found);

    const std::size_t undecided = undecided_;
    const auto sets = inquiry::with_fewer_processes(text);
    for (const std::string& one : sets)
      if (const auto broken = breaks_alike(one)) {
        text = *broken;
        break;
      }
    const bool is_sure = undecided == undecided_ && inquiry::size_of(text).processes <= 10;
    while (const auto smaller = simpler(text))
      text = *smaller;
    return told(text, is_sure);
  }

 private:
  void require_broken(const Finding& found) const {
    const Result& result = found.shown();
    const auto refuse = [&](const std::string& why) {
      throw kernel::InputError(
          fmt::format("{}: {}: {}", original_.file->name(), original_.name(), why));
    };
    if (kernel::lockless::is_for_relacy(original_.scenario))
      refuse("it is executed by Relacy, and its protocol can not be made smaller");
    if (!found.mistake.empty()) throw kernel::InputError(found.mistake);
    if (!has_counterexample(result.verdict) || result.verdict == Verdict::model_error)
      refuse(fmt::format("nothing to make smaller: {}", answer_text(original_, found)));
  }

  /// The same with the one claim that breaks; what else it says about itself goes.
  std::string asked(const Finding& found) {
    const kernel::Scenario& scenario = original_.scenario;
    const auto property = static_cast<std::size_t>(found.shown().property);
    const std::string variant = scenario.variant.empty() ? "" : "-" + scenario.variant;
    std::string text = inquiry::question(original_.file->text_of(scenario),
                                         scenario.id + variant + "-shrunk",
                                         "stalemate shrink " + original_.name(),
                                         original_.model.properties[property].name);
    auto broken = breaks_alike(text);
    if (!broken)
      throw kernel::InputError(fmt::format("{}: {}: if its claim is checked alone, it does not "
                                           "break in the same way within these limits",
                                           original_.file->name(),
                                           original_.name()));
    return *broken;
  }

  /// The first of all that says less and still breaks, from where the last one was found on: what
  /// could not be left out before seldom can be now, and is tried again at the end.
  std::optional<std::string> simpler(const std::string& text) {
    const std::vector<std::string> all = inquiry::simpler(text);
    next_ = std::min(next_, all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::size_t at = (next_ + i) % all.size();
      if (auto broken = breaks_alike(all[at])) {
        next_ = at;
        return broken;
      }
    }
    return std::nullopt;
  }

  /// The scenario, without edits and the like that mean nothing any more, if it breaks in the same
  /// way.
  std::optional<std::string> breaks_alike(std::string text) {
    for (;;) {
      if (is_interrupted() || !known_.insert(text).second) return std::nullopt;
      try {
        const Broken* broken = nullptr;
        const auto found = looked_at(text);
        if (found && found->mechanism == mechanism_) broken = &*found;
        return broken != nullptr ? std::optional(text) : std::nullopt;
      } catch (const kernel::ScenarioError& error) {
        auto without = inquiry::without_blamed(text, error.pointer());
        if (!without) return std::nullopt;
        text = std::move(*without);
      } catch (const kernel::InputError&) {
        return std::nullopt;
      } catch (const ir::InvalidModel&) {
        return std::nullopt;
      }
    }
  }

  std::optional<Broken> looked_at(const std::string& text) {
    const auto file = std::make_shared<const kernel::ScenarioFile>(original_.file->name(), text);
    const kernel::Scenario& scenario = file->scenarios().front();
    Candidate candidate{file, scenario, kernel::build_model(scenario), {}};
    ++tries_;
    Finding finding = find(candidate, limits_);
    const Verdict verdict = finding.shown().verdict;
    if (verdict == Verdict::incomplete) ++undecided_;
    if (!finding.trace || verdict == Verdict::model_error) return std::nullopt;
    report::Mechanism mechanism = mechanism_of(candidate, finding);
    return Broken{std::move(candidate), std::move(finding), std::move(mechanism)};
  }

  Shrunk told(const std::string& text, bool is_sure) {
    const std::size_t tries = tries_;
    auto broken = looked_at(text);
    ensure(broken.has_value(), "what breaks does so again");
    const std::string file = kernel::with_expectations(
        inquiry::laid_out(text), {{"", expectation_of(broken->candidate, broken->finding)}});
    broken = looked_at(file);
    ensure(broken && broken->mechanism == mechanism_ && broken->finding.status() == as_expected,
           "what is written down breaks as it says");
    const ir::Model model = model_of(broken->candidate, broken->finding.shown().verdict);
    const int property = broken->finding.shown().property;
    auto preempted = fewest_preemptions(model, property, preempted_max);
    return {file,
            std::move(broken->candidate),
            std::move(broken->finding),
            mechanism_,
            is_sure,
            std::move(preempted),
            tries,
            undecided_};
  }

  const Candidate& original_;
  const Limits& limits_;
  report::Mechanism mechanism_;
  std::set<std::string> known_; ///< Texts that were looked at.
  std::size_t next_ = 0;        ///< Where to go on in what is simpler.
  std::size_t tries_ = 0;
  std::size_t undecided_ = 0;
};

} // namespace

Shrunk shrink(const Candidate& candidate, const Limits& limits) {
  return Shrinker(candidate, limits).run();
}

} // namespace stalemate::cli
