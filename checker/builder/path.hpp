#pragma once

#include "checker/builder/declare.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::build {

/// What a step does, in a few words, and where it stands in the source.
struct Phrase {
  Phrase(const char* words,
         const char* in_file = __builtin_FILE(), // NOLINT: notation
         int at_line = __builtin_LINE())
      : text(words), file(in_file), line(at_line) {}
  Phrase(std::string words,
         const char* in_file = __builtin_FILE(), // NOLINT: notation
         int at_line = __builtin_LINE())
      : text(std::move(words)), file(in_file), line(at_line) {}

  std::string text;
  const char* file;
  int line;
  bool is_idle = false;
  bool is_spin = false;
  std::optional<ir::Fairness> fairness = {};
};

/// A step at which a process may rest for ever: a daemon without work.
[[nodiscard]] inline Phrase idle(Phrase phrase) {
  phrase.is_idle = true;
  return phrase;
}

/// A step that only waits by looking again: whoever takes it has not progressed.
[[nodiscard]] inline Phrase spin(Phrase phrase) {
  phrase.is_spin = true;
  return phrase;
}

/// A step at which the scheduler owes the process something else than at the others.
[[nodiscard]] inline Phrase unfair(Phrase phrase) {
  phrase.fairness = ir::Fairness::unfair;
  return phrase;
}
[[nodiscard]] inline Phrase weakly_fair(Phrase phrase) {
  phrase.fairness = ir::Fairness::weak;
  return phrase;
}
[[nodiscard]] inline Phrase strongly_fair(Phrase phrase) {
  phrase.fairness = ir::Fairness::strong;
  return phrase;
}

/// The path of one process, being written down: steps in the order of the kernel source.
class Path {
 public:
  /// A kernel function; the steps recorded while it lives belong to it, and ret() leaves it.
  class Function {
   public:
    Function(const Function&) = delete;
    Function& operator=(const Function&) = delete;
    ~Function() { path_.close(); }

   private:
    friend class Path;
    explicit Function(Path& path) : path_(path) {}
    Path& path_;
  };

  Path(Model& model, int process);
  Path(const Path&) = delete;
  Path& operator=(const Path&) = delete;

  [[nodiscard]] Function function(const std::string& name, const std::string& file);

  /// A variable of this process alone; its name gets the process's in front.
  [[nodiscard]] Place local(const std::string& name, int low, int high, int initial);
  [[nodiscard]] Place local(const std::string& name, int low, int high) {
    return local(name, low, high, low);
  }
  [[nodiscard]] Place local_flag(const std::string& name, bool initial = false);
  [[nodiscard]] Place
  local_named(const std::string& name, std::vector<std::string> values, int initial = 0);

  /// A variable of all processes that their paths know by name alone: the first that asks for it
  /// declares it. For what paths of an extension share, which no World has.
  [[nodiscard]] Place common(const std::string& name, const std::function<Place(Model&)>& declare);
  [[nodiscard]] Lock common_lock(const std::string& name);

  /// The variable is there for claims only, so that no step may depend on it.
  void ghost(const Place& variable);

  /// What the values of a variable of the process stand for.
  void values_stand_for(const Place& variable, const ir::Naming& naming);

  /// What the scheduler owes the process, at the steps that do not say otherwise.
  void fairness(ir::Fairness fairness);

  /// The name of the process.
  [[nodiscard]] const std::string& name() const;
  /// Its number.
  [[nodiscard]] int number() const { return process_; }
  /// What a lock's holder says when this process holds it.
  [[nodiscard]] Expr self() const { return process_ + 1; }

  /// A label that is placed later, to be handed to a callee.
  [[nodiscard]] Label forward();
  /// The next step is where the label points.
  void label(Label label);
  /// The next step of this function is called so; private to the function.
  void label(const std::string& name);

  /// Records one atomic step; each argument is an Alternative or a vector of them.
  template <typename... Alternatives>
  void step(const Phrase& phrase, const Alternatives&... alternatives) {
    std::vector<Alternative> all;
    (append(all, alternatives), ...);
    record(phrase, all);
  }

 private:
  friend class Model;

  struct Open {
    int function; ///< Index into ir::Model::functions.
    Label end;    ///< Where ret() leads.
    std::map<std::string, Label> labels;
    std::vector<std::string> phrases;
  };
  struct Jump {
    std::size_t step;
    std::size_t alternative;
    Label target;
    std::string what; ///< For the message if the label is never placed.
  };

  static void append(std::vector<Alternative>& all, const Alternative& one) { all.push_back(one); }
  static void append(std::vector<Alternative>& all, const std::vector<Alternative>& several) {
    all.insert(all.end(), several.begin(), several.end());
  }

  void record(const Phrase& phrase, const std::vector<Alternative>& alternatives);
  [[nodiscard]] ir::Alternative recorded(const Alternative& alternative, const Expr& guard) const;
  void aim(ir::Alternative& made, const Alternative& alternative, std::size_t number);
  [[nodiscard]] Label named(const std::string& name);
  void close();
  void finish();
  [[nodiscard]] Place declare_local(ir::Variable variable);
  [[nodiscard]] ir::Process& process() const;

  Model& model_;
  int process_;
  std::vector<Open> open_;
  std::vector<int> placed_; ///< By label number: the step, or ir::none.
  std::vector<Jump> jumps_;
};

} // namespace stalemate::build
