#include "cli/question.hpp"

#include "checker/ir/identity.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/release.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace stalemate::cli {

namespace {

using kernel::Scenario;
using kernel::Version;

/// What a variant has to have in common with another to ask the same. Claims count only where they
/// are not among those that are usually checked.
std::string
key_of(const Candidate& candidate, const Scenario& question, const std::vector<Version>& versions) {
  Scenario usual = question;
  usual.properties.clear();
  std::string key = candidate.file->name();
  std::set<std::string> checked;
  bool is_model = false;
  for (const Version version : versions) {
    try {
      const ir::Model model = kernel::build_model(kernel::in_release(usual, version));
      key += fmt::format(" {:x}", ir::identity(model));
      for (const ir::Property& property : model.properties)
        checked.insert(property.name);
      is_model = true;
    } catch (const kernel::ScenarioError&) {
      key += " refused";
    } catch (const ir::InvalidModel&) {
      key += " invalid";
    }
  }
  // Nothing is known of what no version has, so it is like nothing else.
  if (!is_model) return key + " " + question.variant;
  std::set<std::string> others;
  for (const std::string& listed : question.properties)
    if (!checked.contains(listed)) others.insert(listed);
  return fmt::format("{} {}", key, fmt::join(others, " "));
}

/// "grow" of "grow-v6.12": the row is about every version.
std::string without_version(const std::string& variant) {
  for (const kernel::Word& version : kernel::versions())
    if (variant.ends_with("-" + version.name))
      return variant.substr(0, variant.size() - version.name.size() - 1);
  return variant;
}

void add_claims(const std::vector<std::string>& more, std::vector<std::string>& claims) {
  if (claims.empty() || more.empty()) return claims.clear(); // one of them checks what is usual
  for (const std::string& claim : more)
    if (std::ranges::find(claims, claim) == claims.end()) claims.push_back(claim);
}

void add_variant(const Candidate& candidate, Question& question) {
  const Scenario& scenario = candidate.scenario;
  if (!scenario.variant.empty()) question.variants.push_back(scenario.variant);
  const auto same = [&](const Question::Statement& one) {
    return one.affected == *scenario.affects;
  };
  if (scenario.affects && std::ranges::none_of(question.statements, same))
    question.statements.push_back({scenario.variant, *scenario.affects});
}

// A short name is one only if nothing else of the file is called so.
void shorten_names(std::vector<Question>& questions) {
  std::map<std::pair<std::string, std::string>, int> uses;
  for (const Question& one : questions) {
    ++uses[{one.scenario.id, without_version(one.scenario.variant)}];
    for (const std::string& variant : one.variants)
      if (variant != one.scenario.variant) ++uses[{one.scenario.id, variant}];
  }
  for (Question& one : questions) {
    const std::string name = without_version(one.scenario.variant);
    if (uses[{one.scenario.id, name}] == 1) one.scenario.variant = name;
  }
}

} // namespace

std::vector<Question> questions(const std::vector<Candidate>& candidates,
                                const std::vector<Version>& versions,
                                std::size_t& left_out) {
  std::vector<Question> result;
  std::map<std::string, std::size_t> known;
  left_out = 0;
  for (const Candidate& candidate : candidates) {
    std::optional<Scenario> asked = kernel::about_releases(candidate.scenario, candidate.model);
    if (!asked) {
      ++left_out;
      continue;
    }
    const auto [at, is_new] = known.emplace(key_of(candidate, *asked, versions), result.size());
    if (is_new)
      result.push_back(
          {candidate.file, std::move(*asked), {}, candidate.file->line_of(candidate.scenario), {}});
    else
      add_claims(asked->properties, result[at->second].scenario.properties);
    add_variant(candidate, result[at->second]);
  }
  shorten_names(result);
  return result;
}

} // namespace stalemate::cli
