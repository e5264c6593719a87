#include "cli/load.hpp"

#include "checker/result/coverage.hpp"
#include "cli/selection.hpp"
#include "cli/written.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

namespace stalemate::cli {

namespace {

namespace fs = std::filesystem;
using kernel::InputError;
using kernel::Scenario;
using kernel::ScenarioError;

std::vector<std::string> step_names(const ir::Model& model) {
  std::vector<std::string> names;
  for (const NeverTaken& one : never_taken(model, no_coverage(model)))
    if (std::ranges::find(names, one.text()) == names.end()) names.push_back(one.text());
  return names;
}

// Steps, and their alternatives.
std::vector<std::string> step_and_alternative_names(const ir::Model& model) {
  std::vector<std::string> names;
  for (const NeverTaken& one : all_ways(model))
    if (std::ranges::find(names, one.text()) == names.end()) names.push_back(one.text());
  return names;
}

void check_known(const std::string& noun,
                 const std::vector<std::string>& given,
                 const std::vector<std::string>& known,
                 const std::string& pointer) {
  for (std::size_t i = 0; i < given.size(); ++i)
    if (std::ranges::find(known, given[i]) == known.end())
      throw ScenarioError(fmt::format("{}/{}", pointer, i),
                          kernel::unknown(noun, given[i], known, 3));
}

// A misspelled step would otherwise look like a wrong verdict.
void check_names(const Scenario& scenario, const ir::Model& model) {
  const kernel::Expectation& expect = scenario.expect;
  std::vector<std::string> processes;
  for (const ir::Process& process : model.processes)
    processes.push_back(process.name);
  std::vector<std::string> cycle = expect.cycle;
  check_known("process", cycle, processes, "/expect/deadlock");
  check_known("step", expect.through, step_names(model), "/expect/through");
  if (!expect.never_taken.empty())
    check_known(
        "step", expect.never_taken, step_and_alternative_names(model), "/expect/never_taken");
}

Candidate candidate(const std::shared_ptr<const kernel::ScenarioFile>& file,
                    const Scenario& scenario) {
  try {
    Candidate result{file, scenario, kernel::build_model(scenario), {}};
    check_names(scenario, result.model);
    return result;
  } catch (const ScenarioError& error) {
    throw file->located(scenario, error);
  } catch (const ir::InvalidModel& error) {
    throw InputError(fmt::format("{}: {}: no model can be made of it: {}",
                                 file->name(),
                                 scenario.variant.empty() ? scenario.id : scenario.variant,
                                 error.what()));
  }
}

// A folder is many scenarios, and one command is for those.
void refuse_folder(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored))
    throw InputError(fmt::format("{0}: is a folder; `stalemate check {0}` runs all scenarios in it",
                                 kernel::printable(path, 300)));
}

// What somebody names is meant, also if it is none of ours to run.
void refuse_what_is_no_scenario(const std::string& path) {
  if (const std::string why = why_no_scenario(path); !why.empty())
    throw InputError(fmt::format("{}:1:1: {}", kernel::printable(path, 300), why));
}

// "f.json:11:23: what" in its parts. A message may have no place in the file.
BadFile bad_file(const std::string& file, const std::string& text) {
  BadFile bad{file, 1, text, text};
  if (!text.starts_with(file + ":")) return bad;
  std::string rest = text.substr(file.size() + 1);
  const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  constexpr std::size_t digits_max = 9; // no overflow
  if (digits > 0 && digits <= digits_max && rest.substr(digits).starts_with(":"))
    bad.line = std::max(1, std::stoi(rest.substr(0, digits)));
  bad.what = rest.substr(std::min(rest.find(' ') + 1, rest.size()));
  return bad;
}

// Of a variant that is wrong beside others that are not. A message about an option has no place.
BadFile bad_variant(const std::string& file, const kernel::ScenarioFile::Refused& refused) {
  BadFile bad = bad_file(file, refused.error.what());
  if (!bad.text.starts_with(file + ":")) bad.line = refused.line;
  if (bad.text.starts_with(file + ": ")) {
    bad.line = refused.line;
    bad.what = bad.text.substr(file.size() + 2);
    bad.text += fmt::format(" (in variant {})", refused.variant);
  }
  bad.id = refused.id;
  bad.variant = refused.variant;
  return bad;
}

// The first file with an id has it.
std::vector<Candidate> with_own_ids(std::vector<Candidate> candidates, std::vector<BadFile>& bad) {
  std::map<std::string, std::string> files;
  std::set<std::string> refused;
  std::vector<Candidate> result;
  for (Candidate& one : candidates) {
    const std::string& file = one.file->name();
    const auto [first, fresh] = files.emplace(one.scenario.id, file);
    if (fresh || first->second == file) {
      result.push_back(std::move(one));
      continue;
    }
    if (!refused.insert(file).second) continue;
    const InputError error =
        one.file->located(one.scenario,
                          ScenarioError("/id",
                                        fmt::format("{} is also the id of {}",
                                                    kernel::excerpt(one.scenario.id),
                                                    first->second)));
    bad.push_back(bad_file(file, error.what()));
  }
  return result;
}

// A path as the user gave it, so that messages show it, but each file once.
std::string normal(const std::string& path) {
  return path == "-" ? path : fs::path(path).lexically_normal().string();
}

// Says in `bad` what is wrong in it, or throws if there is nowhere to say it.
std::vector<Candidate>
load(const std::string& argument, const kernel::Overrides& overrides, std::vector<BadFile>* bad) {
  const Selection selection = selection_of(argument);
  refuse_folder(selection.path);
  refuse_what_is_no_scenario(selection.path);
  const auto file = std::make_shared<const kernel::ScenarioFile>(kernel::read_scenario_file(
      selection.path,
      overrides,
      bad == nullptr ? kernel::WrongVariants::refuse_file : kernel::WrongVariants::leave_out));
  // What is wrong with every variant is wrong with the file.
  if (file->scenarios().empty()) throw file->refused().front().error;
  std::vector<std::string> known;
  for (const Scenario& scenario : file->scenarios())
    known.push_back(scenario.variant);
  for (const kernel::ScenarioFile::Refused& refused : file->refused())
    known.push_back(refused.variant);
  for (const std::string& wanted : selection.variants) {
    const Selection one{"", {wanted}};
    if (std::ranges::any_of(known, [&](const std::string& name) { return one.has(name); }))
      continue;
    if (known.front().empty())
      throw InputError(fmt::format(
          "{}: no variant {}; the file has no variants", file->name(), kernel::excerpt(wanted)));
    throw InputError(
        fmt::format("{}: {}", file->name(), kernel::unknown("variant", wanted, known)));
  }
  std::vector<Candidate> result;
  for (const kernel::ScenarioFile::Refused& refused : file->refused())
    if (selection.has(refused.variant)) bad->push_back(bad_variant(file->name(), refused));
  for (const Scenario& scenario : file->scenarios()) {
    if (!selection.has(scenario.variant)) continue;
    try {
      result.push_back(candidate(file, scenario));
    } catch (const InputError& error) {
      if (bad == nullptr || scenario.variant.empty()) throw;
      bad->push_back(bad_variant(file->name(),
                                 {scenario.id, scenario.variant, file->line_of(scenario), error}));
    }
  }
  return result;
}

} // namespace

std::string Candidate::name() const {
  return scenario.variant.empty() ? scenario.id : scenario.id + "#" + scenario.variant;
}

std::vector<Candidate> load(const std::string& argument, const kernel::Overrides& overrides) {
  return load(argument, overrides, nullptr);
}

Candidate load_one(const std::string& argument, const kernel::Overrides& overrides) {
  std::vector<Candidate> candidates = load(argument, overrides);
  if (candidates.size() == 1) return std::move(candidates.front());
  std::vector<std::string> variants;
  variants.reserve(candidates.size());
  for (const Candidate& one : candidates)
    variants.push_back(one.scenario.variant);
  // In the words of whoever asked: an id stays one.
  throw InputError(fmt::format("{}: has {} variants, name one as {}#VARIANT: {}",
                               candidates.front().file->name(),
                               variants.size(),
                               kernel::printable(argument.substr(0, argument.rfind('#')), 300),
                               kernel::nearest_first("", variants)));
}

std::vector<std::string> scenario_files(const std::vector<std::string>& paths) {
  std::set<std::string> files;
  for (const std::string& given : paths) {
    const std::string path = in_library(given);
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.insert(normal(path));
      continue;
    }
    const std::vector<std::string> found = files_below(path);
    if (found.empty())
      throw InputError(fmt::format("{}: no scenario in this folder", kernel::printable(path, 300)));
    files.insert(found.begin(), found.end());
  }
  return {files.begin(), files.end()};
}

std::vector<Candidate> load_right(const std::vector<std::string>& paths,
                                  const kernel::Overrides& overrides,
                                  std::vector<BadFile>& bad,
                                  const std::vector<std::string>& except) {
  std::vector<Candidate> candidates;
  std::set<std::pair<std::string, std::string>> known;
  std::set<std::string> left_out;
  for (const std::string& path : except)
    left_out.insert(normal(path));
  for (const std::string& path : scenario_files(paths)) {
    if (left_out.contains(path)) continue;
    try {
      for (Candidate& one : load(path, overrides, &bad)) {
        const bool is_new = known.emplace(one.file->name(), one.scenario.variant).second;
        if (is_new) candidates.push_back(std::move(one));
      }
    } catch (const InputError& error) {
      bad.push_back(bad_file(kernel::printable(path, 300), error.what()));
    }
  }
  return with_own_ids(std::move(candidates), bad);
}

std::vector<Candidate> load_all(const std::vector<std::string>& paths,
                                const kernel::Overrides& overrides) {
  std::vector<BadFile> bad;
  std::vector<Candidate> candidates = load_right(paths, overrides, bad);
  std::string errors;
  for (const BadFile& one : bad)
    errors += (errors.empty() ? "" : "\n") + one.text;
  if (!errors.empty()) throw InputError(errors);
  return candidates;
}

} // namespace stalemate::cli
