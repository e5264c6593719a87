#include "checker/audit/spin.hpp"

#include "checker/export/promela.hpp"
#include "checker/outside/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <sstream>

namespace stalemate {

namespace {

/// The number in front of a text: "   41 states, stored".
std::uint64_t number_before(const std::string& line, const std::string& text) {
  return line.find(text) == std::string::npos ? 0 : std::strtoull(line.c_str(), nullptr, 10);
}

/// "pan:1: assertion violated (2==0) (at depth 7)": the claim is the last number compared with 0.
/// An invariant or a deadlock is found in the state that Spin calls depth 7, after 7 steps; a step
/// that breaks a claim is the next one. Nothing if it is about something else.
std::optional<Finding> spin_finding(const ir::Model& model, const std::string& line) {
  const auto at = line.rfind("(at depth ");
  if (at == std::string::npos) return std::nullopt;
  const std::uint64_t depth = std::strtoull(line.c_str() + at + 10, nullptr, 10);
  if (line.find("invalid end state") != std::string::npos) {
    const auto claim =
        std::ranges::find(model.properties, ir::PropertyKind::no_deadlock, &ir::Property::kind);
    if (claim == model.properties.end()) return std::nullopt;
    return Finding{Verdict::deadlock, static_cast<int>(claim - model.properties.begin()), depth};
  }
  const auto zero = line.rfind("==0)");
  const auto open = zero == std::string::npos ? zero : line.rfind('(', zero);
  if (line.find("assertion violated") == std::string::npos || open == std::string::npos)
    return std::nullopt;
  const std::uint64_t number = std::strtoull(line.c_str() + open + 1, nullptr, 10);
  if (number == model.properties.size() + 1) return Finding{Verdict::model_error, -1, depth + 1};
  if (number < 1 || number > model.properties.size()) return std::nullopt;
  const int property = static_cast<int>(number) - 1;
  switch (model.properties[number - 1].kind) {
  case ir::PropertyKind::no_deadlock:
    return Finding{Verdict::deadlock, property, depth};
  case ir::PropertyKind::assertion:
    return Finding{Verdict::violated, property, depth + 1};
  default:
    return Finding{Verdict::violated, property, depth};
  }
}

} // namespace

Opinion read_pan(const ir::Model& model, const std::string& out) {
  Opinion opinion;
  bool is_finished = false;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(" (at depth ") != std::string::npos) {
      const auto finding = spin_finding(model, line);
      if (finding)
        opinion.findings.push_back(*finding);
      else if (opinion.findings.empty()) // Later it may be a consequence.
        opinion.failure = line;
    }
    if (line.find("max search depth too small") != std::string::npos ||
        line.find("out of memory") != std::string::npos)
      opinion.failure = line;
    opinion.states += number_before(line, " states, stored");
    // Spin counts the initial state as if a transition led to it.
    if (const auto n = number_before(line, " transitions (= stored+matched)"))
      opinion.transitions = n - 1;
    is_finished = is_finished || line.find("errors: ") != std::string::npos;
  }
  if (!is_finished && opinion.failure.empty()) opinion.failure = "pan did not finish: " + out;
  return opinion;
}

Opinion ask_spin(const ir::Model& model, const SpinOptions& options) {
  return ask_spin(promela(model), model, options);
}

Opinion ask_spin(const std::string& text, const ir::Model& claims, const SpinOptions& options) {
  Opinion opinion;
  const TemporaryFolder folder;
  folder.write("model.pml", text);

  const auto step = [&](const std::vector<std::string>& words) {
    Ran ran = run(words, folder.path(), options.seconds_max);
    if (ran.status != 0 && opinion.failure.empty())
      opinion.failure = fmt::format("{}: status {}: {}", words.front(), ran.status, ran.out);
    return ran;
  };
  std::vector<std::string> words{"spin", "-a"};
  if (options.is_exhaustive) words.insert(words.end(), {"-o1", "-o2", "-o3"});
  words.emplace_back("model.pml");
  const Ran made = step(words);
  if (made.out.find("Error:") != std::string::npos) opinion.failure = made.out;
  if (!opinion.failure.empty()) return opinion;

  words = options.compiler;
  words.insert(words.end(), {"-w", "-DSAFETY", "-o", "pan", "pan.c"});
  if (options.is_exhaustive) words.emplace_back("-DNOREDUCE");
  if (options.is_breadth_first) words.emplace_back("-DBFS");
  (void)step(words);
  if (!opinion.failure.empty()) return opinion;

  words = {"./pan"};
  words.insert(words.end(), options.arguments.begin(), options.arguments.end());
  const Ran ran = step(words);
  if (!opinion.failure.empty()) return opinion;
  opinion = read_pan(claims, ran.out);
  opinion.seconds = ran.seconds;
  opinion.memory = ran.memory;
  if (!opinion.failure.empty() || opinion.findings.empty() || !options.is_breadth_first)
    return opinion;

  // Something is broken near here, and this was only the first thing that Spin met. Have everything
  // up to this depth: what breaks in a state counts one step less than what breaks by a step.
  const std::uint64_t depth = opinion.findings.front().length + 1;
  words.insert(words.end(), {"-c0", fmt::format("-m{}", depth + 1)});
  const Opinion all = read_pan(claims, step(words).out);
  opinion.findings.insert(opinion.findings.end(), all.findings.begin(), all.findings.end());
  return opinion;
}

} // namespace stalemate
