// How fast and how small the search is, next to Spin and rumur on the same models.
//
//   bench_compare [-o FILE.md] [--large]             the models below
//   bench_compare [-o FILE.md] FILE#VARIANT...       scenarios
//
// Next to the export of a model there is what somebody wrote by hand, if somebody did: r1.pml.
//
// Every run is a process of its own, one after the other, on one core; times are processor time
// without compilation, memory is the most that the process had. The others get the exported model
// and the options that made them fastest here; what is missing is said and left out.

#include "checker/audit/rumur.hpp"
#include "checker/audit/spin.hpp"
#include "checker/export/promela.hpp"
#include "checker/outside/command.hpp"
#include "checker/search/reduced.hpp"
#include "checker/tests/neutral_models.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace stalemate; // NOLINT: a program of its own

namespace {

/// What one checker did with one model.
struct Row {
  std::string checker;
  std::string verdict;
  double states = 0;
  double transitions = 0;
  double seconds = 0; ///< Of the processor.
  double memory = 0;
  double elapsed = 0; ///< Seconds on the clock, with the compiler's; of ours.
};

/// "philosophers 12", "peterson" or FILE#VARIANT.
ir::Model model_of(const std::string& name) {
  if (name == "peterson") return tests::peterson(tests::Announces::interest);
  if (name.starts_with("philosophers "))
    return tests::philosophers(std::stoi(name.substr(13)), tests::Manners::last_is_odd);
  const auto hash = name.rfind('#');
  const auto file = kernel::read_scenario_file(name.substr(0, hash));
  for (const kernel::Scenario& scenario : file.scenarios())
    if (hash == std::string::npos || scenario.variant == name.substr(hash + 1))
      return kernel::build_model(scenario);
  throw std::runtime_error(name + ": there is no such variant");
}

/// The ways in which we search: a word and what the table calls it.
constexpr std::array<std::pair<const char*, const char*>, 3> modes{
    {{"plain", "Stalemate, breadth first"},
     {"generated", "Stalemate, generated code"},
     {"reduced", "Stalemate, generated code, reduced"}}};

/// In a process of its own, so that its memory can be told from that of this one. Prints what was
/// found, seconds of processor time without those of the compiler, and seconds.
void search(const std::string& mode, const std::string& name) {
  const ir::Model model = model_of(name);
  Limits limits;
  if (mode != "plain") limits.translation = Limits::Translation::at_once;
  Observer nobody;
  const std::clock_t start = std::clock();
  const auto start_of_clock = std::chrono::steady_clock::now();
  const Result result =
      explore_reduced(model, mode == "reduced" ? all_reductions : Reductions(), limits, nobody);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_of_clock;
  fmt::print("{} {} {} {} {} {}\n",
             result.counts.states,
             result.counts.transitions,
             result.schedule.size(),
             static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC,
             elapsed.count(),
             word(result.verdict));
}

std::string length(std::uint64_t steps) {
  return fmt::format(", {} steps", steps);
}

Row ours(const char* mode, const char* title, const std::string& name) {
  const Ran ran = run({"/proc/self/exe", "--search", mode, name}, ".");
  Row row{title, {}, 0, 0, 0, static_cast<double>(ran.memory), 0};
  std::uint64_t steps = 0;
  std::istringstream words(ran.out);
  words >> row.states >> row.transitions >> steps >> row.seconds >> row.elapsed >> row.verdict;
  if (ran.status != 0) row.verdict = "failed";
  if (steps > 0) row.verdict += length(steps);
  return row;
}

Row row_of(const std::string& checker, const Opinion& opinion) {
  Row row;
  row.checker = checker;
  row.seconds = opinion.seconds;
  row.memory = static_cast<double>(opinion.memory);
  row.states = static_cast<double>(opinion.states);
  row.transitions = static_cast<double>(opinion.transitions);
  row.verdict = opinion.findings.empty() ? "holds"
                                         : word(opinion.findings.front().verdict) +
                                               length(opinion.findings.front().length);
  if (!opinion.failure.empty()) row.verdict = "no verdict: " + opinion.failure.substr(0, 60);
  return row;
}

/// A model in Promela, and what its claims mean.
struct Text {
  std::string promela;
  ir::Model claims;
};

/// What bench/r1.pml makes of a variant of bench/stale-iomap.json; empty if it knows none.
Text by_hand(const std::string& name) {
  const auto hash = name.rfind('#');
  if (hash == std::string::npos || !name.substr(0, hash).ends_with("stale-iomap.json")) return {};
  const std::string variant = name.substr(hash + 1);
  const std::map<std::string, std::string> openings{{"two-writers", ""},
                                                    {"one-writer", "#define ONE_WRITER\n"},
                                                    {"no-check", "#define NO_CHECK\n"}};
  const auto opening = openings.find(variant);
  if (opening == openings.end()) return {};
  std::ifstream in(std::string(STALEMATE_SOURCE_DIR) + "/bench/r1.pml");
  Text text{opening->second + std::string{std::istreambuf_iterator<char>(in), {}}, {}};
  text.claims.properties.resize(2);
  text.claims.properties[0].kind = ir::PropertyKind::assertion;
  text.claims.properties[1].kind = ir::PropertyKind::no_deadlock;
  return text;
}

/// A row's name says how: on two cores the parallel searches.
Row spin(const Text& text, double states, const std::string& name) {
  const bool bfs = name.find("breadth first") != std::string::npos;
  const bool all = name.ends_with("all states");
  const bool on_two_cores = name.find("two cores") != std::string::npos;
  const auto slots = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(states)));
  SpinOptions options;
  options.is_breadth_first = bfs;
  options.is_exhaustive = all;
  options.compiler = {"cc", "-O2", "-march=native", "-DNOBOUNDCHECK"};
  options.arguments = {fmt::format("-w{}", std::clamp(slots, 16, 30))};
  const double depth = std::clamp(states, 1e4, 5e6);
  if (!bfs) options.arguments.push_back(fmt::format("-m{:.0f}", depth));
  if (on_two_cores && bfs) {
    options.is_breadth_first = false; // It is another one.
    options.compiler.emplace_back("-DBFS_PAR");
    options.arguments.emplace_back("-u2");
  } else if (on_two_cores) {
    options.compiler.emplace_back("-DNCORE=2");
  }
  return row_of(name, ask_spin(text.promela, text.claims, options));
}

Row rumur(const ir::Model& model) {
  RumurOptions options;
  options.options = {};
  options.compiler = {"cc", "-O3", "-march=native", "-fwhole-program"};
  return row_of("rumur, breadth first", ask_rumur(model, options));
}

constexpr auto hand_written = "Spin, hand-written";
constexpr double seconds_min = 0.04; ///< Shorter times say nothing about speed.

std::string line(const Row& row, const Row& first) {
  const bool has_rates = row.seconds >= seconds_min && row.states > 0;
  return fmt::format("| {} | {} | {:.0f} | {:.0f} | {:.2f} s | {} | {} | {} | {} |\n",
                     row.checker,
                     row.verdict,
                     row.states,
                     row.transitions,
                     row.seconds,
                     has_rates ? fmt::format("{:.2f}", row.states / row.seconds / 1e6) : "",
                     has_rates ? fmt::format("{:.2f}", row.transitions / row.seconds / 1e6) : "",
                     row.states >= 1e5 ? fmt::format("{:.0f}", row.memory / row.states) : "",
                     row.seconds >= seconds_min && first.seconds >= seconds_min
                         ? fmt::format("{:.1f}", row.seconds / first.seconds)
                         : "");
}

/// How many times as fast and as small we are, where all visited the same states.
std::string ratios(const std::string& name, const std::vector<Row>& rows) {
  const Row& first = rows.front();
  const auto ratio = [&](const std::string& checker, double Row::*what) {
    for (const Row& row : rows)
      if (row.checker.starts_with(checker) && row.states == first.states && row.verdict == "holds")
        return fmt::format("{:.1f}", row.*what / (first.*what));
    return std::string();
  };
  if (first.seconds < seconds_min) return {};
  const double generated = rows[1].seconds;
  const auto faster = [&](const std::string& checker) {
    for (const Row& row : rows)
      if (row.checker.starts_with(checker) && row.states == first.states && row.verdict == "holds")
        return fmt::format("{:.1f}", row.seconds / generated);
    return std::string();
  };
  std::string to_the_verdict;
  for (const Row& row : rows)
    if (row.checker == "Spin, depth first, reduced" && rows[2].seconds > 0)
      to_the_verdict = fmt::format("{:.1f}", row.seconds / rows[2].seconds);
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
                     name,
                     to_the_verdict,
                     faster(std::string(hand_written) + ", depth first, all"),
                     faster("Spin, depth first, all"),
                     ratio("Spin, depth first, all", &Row::seconds),
                     ratio("Spin, breadth first, all", &Row::seconds),
                     ratio("rumur", &Row::seconds),
                     ratio("Spin, depth first, all", &Row::memory),
                     ratio("rumur", &Row::memory));
}

/// Runs everything on one model; writes a table, and a line for the table of ratios.
void compare(const std::string& name, std::string& tables, std::string& summary) {
  const auto say = [](const Row& row) {
    fmt::print(stderr, "  {}: {}, {:.2f} s\n", row.checker, row.verdict, row.seconds);
  };
  fmt::print(stderr, "{}\n", name);
  const ir::Model model = model_of(name);
  std::vector<Row> rows;
  for (const auto& [mode, title] : modes) {
    rows.push_back(ours(mode, title, name));
    say(rows.back());
  }
  const Row first = rows.front();
  std::string missing;
  const auto add = [&](const Row& row) {
    say(row);
    rows.push_back(row);
  };
  if (has_program("spin")) {
    const auto ask = [&](const Text& text, const std::string& who) {
      if (text.promela.empty()) return;
      for (const char* way : {"depth first, reduced",
                              "depth first, all states",
                              "breadth first, reduced",
                              "breadth first, all states",
                              "two cores, depth first, reduced",
                              "two cores, breadth first, reduced"})
        add(spin(text, first.states, who + ", " + way));
    };
    ask({promela(model), model}, "Spin");
    ask(by_hand(name), hand_written);
  } else {
    missing += "\nSpin is not installed.\n";
  }
  if (has_program("rumur"))
    add(rumur(model));
  else
    missing += "\nrumur is not installed.\n";

  const std::string title = name.substr(name.rfind('/') + 1);
  tables += fmt::format(
      "### {}\n\n"
      "| checker | verdict | states | transitions | time | M states/s | M transitions/s | "
      "bytes/state | time, ours = 1 |\n"
      "|---|---|---:|---:|---:|---:|---:|---:|---:|\n",
      title);
  for (const Row& row : rows)
    tables += line(row, first);
  tables += missing + "\n";
  summary += ratios(title, rows);
}

/// What reductions leave of the ten largest models of the library that hold.
std::string largest() {
  struct Model {
    std::string name;
    ir::Model model;
    std::uint64_t states;
  };
  const auto explored = [](const ir::Model& model, const Reductions& reductions) {
    Observer nobody;
    return explore_reduced(model, reductions, Limits(), nobody);
  };
  std::vector<Model> models;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           std::string(STALEMATE_SOURCE_DIR) + "/scenarios")) {
    if (entry.path().extension() != ".json" || entry.path().stem() == "scenario.schema") continue;
    const auto file = kernel::read_scenario_file(entry.path());
    for (const kernel::Scenario& scenario : file.scenarios()) {
      if (kernel::lockless::is_for_relacy(scenario)) continue;
      ir::Model model = ir::without_warnings(kernel::build_model(scenario));
      const Result result = explored(model, {});
      if (result.verdict != Verdict::holds || result.counts.states < 30'000) continue;
      models.push_back(
          {scenario.id + "#" + scenario.variant, std::move(model), result.counts.states});
    }
  }
  std::ranges::sort(models, std::greater(), &Model::states);
  models.resize(std::min<std::size_t>(models.size(), 10));
  std::string table =
      "States of the ten largest models of the library that hold, and with `--reduce "
      "all`:\n\n| model | states | reduced | times fewer |\n|---|---:|---:|---:|\n";
  double logarithms = 0;
  for (const Model& one : models) {
    const auto reduced = static_cast<double>(explored(one.model, all_reductions).counts.states);
    const double factor = static_cast<double>(one.states) / reduced;
    logarithms += std::log(factor);
    table += fmt::format("| {} | {} | {:.0f} | {:.1f} |\n", one.name, one.states, reduced, factor);
  }
  return table + fmt::format("| geometric mean | | | {:.1f} |\n\n",
                             std::exp(logarithms / static_cast<double>(models.size())));
}

/// Replaces what stands between the two marks in a file by the tables.
void write(const std::string& path, const std::string& tables) {
  const std::string open = "<!-- bench -->\n";
  const std::string close = "<!-- end of bench -->\n";
  std::ifstream in(path);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto begin = text.find(open);
  const auto end = text.find(close);
  if (begin == std::string::npos || end == std::string::npos)
    text += open + tables + close;
  else
    text.replace(begin + open.size(), end - begin - open.size(), tables);
  std::ofstream(path) << text;
}

} // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 3 && words[0] == "--search") {
    search(words[1], words[2]);
    return 0;
  }
  std::string output;
  bool is_large = false;
  std::vector<std::string> models;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "-o" && i + 1 < words.size())
      output = words[++i];
    else if (words[i] == "--large")
      is_large = true;
    else
      models.push_back(words[i]);
  }
  const std::string iomap = std::string(STALEMATE_SOURCE_DIR) + "/bench/stale-iomap.json#";
  const bool is_all = models.empty();
  if (is_all) {
    models = {"peterson",
              "philosophers 11",
              "philosophers 13",
              iomap + "one-writer",
              iomap + "two-writers",
              iomap + "no-check",
              std::string(STALEMATE_SOURCE_DIR) +
                  "/scenarios/swap/S2-recycled-under-waiter.json#same-slot"};
    if (is_large) models.insert(models.end(), {"philosophers 14", iomap + "three-writes"});
  }
  std::string tables;
  std::string summary =
      "How many times as fast and as small as others that visit the same states:\n\n"
      "| model | reduced, to the verdict: Spin, reduced | generated code: Spin, hand-written | "
      "Spin, depth first | interpreter: Spin, depth first | Spin, breadth first "
      "| rumur | memory: Spin | rumur |\n"
      "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n";
  for (const std::string& name : models)
    compare(name, tables, summary);
  summary += "\n";
  if (is_all) summary += largest();
  tables.insert(0, summary);
  std::cout << tables;
  if (!output.empty()) write(output, tables);
  return 0;
}
