#include "checker/inquiry/switches.hpp"
#include "checker/program/definition.hpp"
#include "cli/caption.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/load.hpp"
#include "cli/output.hpp"
#include "cli/reach.hpp"
#include "cli/scenario_options.hpp"
#include "cli/usage.hpp"
#include "cli/walk.hpp"
#include "cli/write_trace.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/excerpt.hpp"
#include "reports/state_text.hpp"
#include "reports/words.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

constexpr int random_max = 100'000;
constexpr std::size_t states_max = 100'000; ///< Of `until`.
constexpr std::size_t line_max = 20'000;

constexpr auto commands_help =
    "  N              take transition N of the list\n"
    "  list           where everyone stands, and the transitions that are possible\n"
    "  back [N]       take the last step back, or the last N\n"
    "  lock [NAME]    run one process up to where it takes a lock, has a choice, or waits\n"
    "  until EXPR     the shortest way from here to where this is true; `until end`: to the end\n"
    "  random [N] [S] N steps at random, 10 if absent; S is where the dice begin, 1 if absent\n"
    "  state          what differs from the start\n"
    "  changes        what the last step changed\n"
    "  steps          the steps so far\n"
    "  save FILE      the steps as a trace that `stalemate replay` accepts\n"
    "  help, quit     quit is also what the end of the input means\n";

/// Something is wrong with a command; the next one is read.
class Mistake : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Explorer {
 public:
  Explorer(const Candidate& candidate, const ScenarioOptions& options)
      : candidate_(candidate), options_(options), model_(model_of(candidate, Verdict::holds)),
        walk_(model_) {}

  void run() {
    std::cout << head_of(candidate_).first_line() << "\n`help` says what can be done here.\n\n";
    list();
    const bool is_asked = ::isatty(STDIN_FILENO) != 0;
    for (std::string line; prompt(is_asked), std::getline(std::cin, line);) {
      try {
        if (!obey(line)) return;
      } catch (const Mistake& mistake) {
        say(mistake.what());
      } catch (const kernel::InputError& error) {
        const std::string what = error.what(); // Below its first line a place is marked.
        say(what.substr(0, what.find('\n')));
      }
    }
  }

 private:
  static void prompt(bool is_asked) {
    if (is_asked) std::cout << "> " << std::flush;
  }

  static void say(const std::string& text) {
    for (const std::string& line : report::wrapped(text, report::line_columns(), 2))
      std::cout << line << '\n';
  }

  /// False at the end.
  bool obey(const std::string& line) {
    if (line.size() > line_max) throw Mistake("the line is too long");
    std::istringstream in(line);
    std::string word;
    in >> word;
    std::string rest;
    std::getline(in >> std::ws, rest);
    while (!rest.empty() && (rest.back() == ' ' || rest.back() == '\r'))
      rest.pop_back();
    if (word.empty() || word.front() == '#') return true;
    if (word == "quit" || word == "q" || word == "exit") return false;
    if (word.find_first_not_of("0123456789") == std::string::npos)
      choose(number(word, 1'000'000));
    else if (word == "list" || word == "l")
      list();
    else if (word == "back" || word == "b")
      back(rest.empty() ? 1 : number(rest, random_max));
    else if (word == "lock")
      to_lock(rest);
    else if (word == "until")
      until(rest);
    else if (word == "random")
      at_random(rest);
    else if (word == "state")
      say(report::state_text(model_, walk_.state()));
    else if (word == "changes")
      changes();
    else if (word == "steps")
      steps();
    else if (word == "save")
      save(rest);
    else if (word == "help" || word == "?")
      std::cout << commands_help;
    else
      throw Mistake(kernel::unknown("command",
                                    word,
                                    {"list",
                                     "back",
                                     "lock",
                                     "until",
                                     "random",
                                     "state",
                                     "changes",
                                     "steps",
                                     "save",
                                     "help",
                                     "quit"}));
    return true;
  }

  static int number(const std::string& text, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > most)
      throw Mistake(
          fmt::format("{} is not a whole number from 1 to {}", kernel::excerpt(text), most));
    return value;
  }

  void list() const {
    const Schedule& schedule = walk_.schedule();
    say(fmt::format("after {}", report::counted(schedule.size(), "step")));
    for (const ir::Process& process : model_.processes) {
      const int at = location(process, walk_.state());
      const bool is_over = at == process.finished();
      std::string where = "has ended";
      if (!is_over) {
        const ir::Step& step = process.steps[static_cast<std::size_t>(at)];
        where = fmt::format("{} at {}",
                            can_move(process, walk_.state())     ? "is"
                            : is_at_rest(process, walk_.state()) ? "rests"
                                                                 : "waits",
                            ir::step_name(model_, step));
      }
      say(fmt::format("  {} {}", process.name, where));
    }
    const std::vector<Decision> choices = walk_.choices();
    for (std::size_t i = 0; i < choices.size(); ++i)
      say(fmt::format("{:>4}  {}", i + 1, walk_.text(choices[i])));
    verdict();
  }

  /// What there is to say about where the run has come to.
  void verdict() const {
    if (!walk_.broken().empty())
      say("breaks " + walk_.broken());
    else if (!walk_.choices().empty())
      return;
    else
      say(walk_.is_over() ? "everyone has ended or rests" : "deadlock: nobody can move");
  }

  /// The step that was taken last, and what is new.
  void tell_last() const {
    say(fmt::format(
        "{:>4}. {}", walk_.schedule().size(), walk_.text_of_step(walk_.schedule().size() - 1)));
  }

  void choose(int wanted) {
    const std::vector<Decision> choices = walk_.choices();
    if (choices.empty()) throw Mistake("nothing is possible here; `back` takes a step back");
    if (static_cast<std::size_t>(wanted) > choices.size())
      throw Mistake(
          fmt::format("there is no transition {}: they are 1 to {}", wanted, choices.size()));
    walk_.take(choices[static_cast<std::size_t>(wanted) - 1]);
    tell_last();
    changes();
    std::cout << '\n';
    list();
  }

  void back(int steps) {
    if (walk_.schedule().empty()) throw Mistake("this is the start");
    for (int i = 0; i < steps && walk_.back(); ++i) {
    }
    list();
  }

  [[nodiscard]] int process_named(const std::string& name) const {
    std::vector<std::string> known;
    for (std::size_t p = 0; p < model_.processes.size(); ++p) {
      if (model_.processes[p].name == name) return static_cast<int>(p);
      known.push_back(model_.processes[p].name);
    }
    throw Mistake(kernel::unknown("process", name, known));
  }

  /// Whoever ran last goes on, unless somebody is named. The first step is taken also if it takes a
  /// lock.
  void to_lock(const std::string& name) {
    if (name.empty() && walk_.schedule().empty()) throw Mistake("which process? lock NAME");
    const int process = name.empty() ? walk_.schedule().back().process : process_named(name);
    for (int steps = 0; steps < random_max; ++steps) {
      std::vector<Decision> own;
      for (const Decision& decision : walk_.choices())
        if (decision.process == process) own.push_back(decision);
      const bool is_at_lock = steps > 0 && own.size() == 1 && walk_.takes_lock(own.front());
      if (own.size() != 1 || is_at_lock) break;
      walk_.take(own.front());
      tell_last();
    }
    std::cout << '\n';
    list();
  }

  void until(const std::string& expression) {
    if (expression.empty()) throw Mistake("until what? until EXPR");
    const ir::ExpressionPtr goal = goal_of(model_, expression, "until");
    const auto run = shortest_run(model_, walk_.state(), goal, states_max);
    if (!walk_.broken().empty() || !run)
      throw Mistake(fmt::format("no run from here comes to {} within {}",
                                kernel::excerpt(expression, 120),
                                report::counted(states_max, "state")));
    for (const Decision& decision : *run) {
      walk_.take(decision);
      tell_last();
      if (!walk_.broken().empty()) break;
    }
    std::cout << '\n';
    list();
  }

  /// The generator is the same everywhere; of a distribution that could not be said.
  void at_random(const std::string& rest) {
    std::istringstream in(rest);
    std::string steps;
    std::string seed;
    std::string more;
    in >> steps >> seed >> more;
    if (!more.empty()) throw Mistake("random takes two numbers at most");
    std::mt19937 dice(static_cast<unsigned>(seed.empty() ? 1 : number(seed, 1'000'000'000)));
    const int count = steps.empty() ? 10 : number(steps, random_max);
    for (int i = 0; i < count; ++i) {
      const std::vector<Decision> choices = walk_.choices();
      if (choices.empty()) break;
      walk_.take(choices[dice() % choices.size()]);
      tell_last();
    }
    std::cout << '\n';
    list();
  }

  void changes() const {
    if (walk_.schedule().empty()) throw Mistake("no step was taken yet");
    const ir::Valuation& before = walk_.state_before();
    const ir::Valuation& after = walk_.state();
    bool is_any = false;
    for (int v = 0; v < static_cast<int>(after.size()); ++v)
      for (int i = 0; i < static_cast<int>(after[static_cast<std::size_t>(v)].size()); ++i) {
        const int was = before[static_cast<std::size_t>(v)][static_cast<std::size_t>(i)];
        const int is = after[static_cast<std::size_t>(v)][static_cast<std::size_t>(i)];
        const ir::Variable& variable = model_.variables[static_cast<std::size_t>(v)];
        if (was == is || variable.kind == ir::Kind::location) continue;
        is_any = true;
        say(fmt::format("      {}: {} -> {}",
                        ir::cell_name(variable, i),
                        ir::value_name(variable, was),
                        ir::value_name(variable, is)));
      }
    if (!is_any) say("      nothing changed");
  }

  void steps() const {
    if (walk_.schedule().empty()) throw Mistake("no step was taken yet");
    for (std::size_t i = 0; i < walk_.schedule().size(); ++i)
      say(fmt::format("{:>4}. {}", i + 1, walk_.text_of_step(i)));
  }

  /// Where everyone stands, as an expression: what a run that breaks nothing has reached.
  [[nodiscard]] std::string place() const {
    std::string text;
    for (const ir::Process& process : model_.processes) {
      const int at = location(process, walk_.state());
      report::append(
          text,
          at == process.finished()
              ? fmt::format("done({})", process.name)
              : fmt::format("at({}, \"{}\")",
                            process.name,
                            ir::step_name(model_, process.steps[static_cast<std::size_t>(at)])),
          " && ");
    }
    return text;
  }

  void save(const std::string& path) const {
    if (path.empty()) throw Mistake("save where? save FILE");
    ScenarioOptions options = options_;
    Candidate saved = candidate_;
    Finding finding;
    if (const auto result = walk_.result()) {
      finding.result = *result;
    } else {
      options.reach = place();
      saved = asked(candidate_, options);
      finding.result.verdict = Verdict::violated;
      finding.result.property = 0;
      finding.result.part = 0;
      finding.result.is_shortest = false;
      finding.result.schedule = walk_.schedule();
    }
    finding.trace = replay(model_of(saved, finding.result.verdict), finding.result);
    try {
      write_output(path, trace_json(saved, options, finding));
    } catch (const WriteError& error) {
      throw Mistake(error.what());
    }
    say(fmt::format("saved {} to {}",
                    report::counted(walk_.schedule().size(), "step"),
                    kernel::printable(path, 300)));
  }

  const Candidate& candidate_;
  const ScenarioOptions& options_;
  const ir::Model model_;
  Walk walk_;
};

struct ExploreOptions {
  std::string file;
  ScenarioOptions scenario;
};

Status explore(const ExploreOptions& options) {
  if (options.file == "-" || options.file.starts_with("/dev/stdin"))
    throw UsageError("explore reads its commands from standard input; the scenario is a file");
  const Candidate candidate =
      load_one(options.file, overrides_of(options.scenario, {options.file, "-"}));
  if (kernel::lockless::is_for_relacy(candidate.scenario))
    throw UsageError(candidate.name() + ": Relacy executes it, there are no states; the search has "
                                        "those of the variants whose names end in -sc");
  Explorer(candidate, options.scenario).run();
  return as_expected;
}

} // namespace

void add_explore(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ExploreOptions>();
  CLI::App* command = app.add_subcommand(
      "explore", "Step through a scenario by commands on standard input, and save the steps");
  add_variant_argument(*command, options->file);
  add_scenario_options(*command, options->scenario);
  command->footer(std::string("Commands, one a line:\n") + commands_help +
                  "The same commands print the same bytes. A wrong one is said so, and the next is "
                  "read.\n\n"
                  "Examples:\n"
                  "  stalemate explore R1#none\n"
                  "  printf 'lock writer0\\nuntil folio[0].writeback\\nsave T.json\\n' | stalemate "
                  "explore R1#none\n"
                  "  stalemate replay T.json");
  command->callback([options, &action] { action = [options] { return explore(*options); }; });
}

} // namespace stalemate::cli
