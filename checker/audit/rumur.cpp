#include "checker/audit/rumur.hpp"

#include "checker/export/murphi.hpp"
#include "checker/outside/command.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <sstream>

namespace stalemate {

namespace {

/// The message of an error: `Assertion failed: model.m:9.3-20: claim` or `invariant "claim: part"
/// failed`; anything else is a range that was left.
Finding rumur_finding(const ir::Model& model, const std::string& message) {
  const bool is_claim = message.find("Assertion failed: ") != std::string::npos ||
                        message.find("invariant &quot;") != std::string::npos ||
                        message.find("invariant \"") != std::string::npos;
  for (std::size_t i = 0; is_claim && i < model.properties.size(); ++i) {
    const ir::Property& property = model.properties[i];
    const bool is_it = message.ends_with(": " + property.name) ||
                       message.find("\"" + property.name + ": ") != std::string::npos ||
                       message.find(";" + property.name + ": ") != std::string::npos ||
                       message.find("\"" + property.name + "\"") != std::string::npos ||
                       message.find(";" + property.name + "&") != std::string::npos;
    if (!is_it) continue;
    const bool is_deadlock = property.kind == ir::PropertyKind::no_deadlock;
    return {is_deadlock ? Verdict::deadlock : Verdict::violated, static_cast<int>(i), 0};
  }
  return {Verdict::model_error, -1, 0};
}

/// The value of an attribute: states="5".
std::uint64_t attribute(const std::string& line, const std::string& name) {
  const auto at = line.find(" " + name + "=\"");
  return at == std::string::npos ? 0
                                 : std::strtoull(line.c_str() + at + name.size() + 3, nullptr, 10);
}

} // namespace

Opinion read_rumur(const ir::Model& model, const std::string& out) {
  Opinion opinion;
  std::uint64_t errors = 0;
  bool is_finished = false;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("<message>"))
      opinion.findings.push_back(
          rumur_finding(model, line.substr(9, line.rfind("</message>") - 9)));
    else if (line.starts_with("<transition>Rule ") && !opinion.findings.empty())
      ++opinion.findings.back().length;
    else if (line.starts_with("<summary ")) {
      is_finished = true;
      opinion.states = attribute(line, "states");
      opinion.transitions = attribute(line, "rules_fired");
      errors = attribute(line, "errors");
    }
  }
  if (!is_finished)
    opinion.failure = "rumur's verifier did not finish: " + out;
  else if (errors != opinion.findings.size())
    opinion.failure = "errors without a message: " + out;
  return opinion;
}

Opinion ask_rumur(const ir::Model& model, const RumurOptions& options) {
  Opinion opinion;
  const TemporaryFolder folder;
  folder.write("model.m", murphi(model));

  const auto step = [&](const std::vector<std::string>& words) {
    Ran ran = run(words, folder.path(), options.seconds_max);
    if (ran.status != 0)
      opinion.failure = fmt::format("{}: status {}: {}", words.front(), ran.status, ran.out);
    return ran;
  };
  std::vector<std::string> words{"rumur",
                                 "--threads",
                                 "1",
                                 "--deadlock-detection",
                                 "off",
                                 "--symmetry-reduction",
                                 "off",
                                 "--output-format",
                                 "machine-readable"};
  words.insert(words.end(), options.options.begin(), options.options.end());
  words.insert(words.end(), {"-o", "model.c", "model.m"});
  (void)step(words);
  if (!opinion.failure.empty()) return opinion;

  words = options.compiler;
  words.insert(words.end(), {"-std=c11", "-w", "-mcx16", "-o", "model", "model.c", "-lpthread"});
  (void)step(words);
  if (!opinion.failure.empty()) return opinion;

  Ran ran = run({"./model"}, folder.path(), options.seconds_max);
  opinion = read_rumur(model, ran.out); // Its status is 1 when it found an error.
  opinion.seconds = ran.seconds;
  opinion.memory = ran.memory;
  return opinion;
}

} // namespace stalemate
