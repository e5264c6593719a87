#pragma once

#include "checker/builder/alternative.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::build {

class Path;

/// What is wrong where a part of an invariant does not hold. Every {} in it becomes a value of the
/// state, as the variable that it comes from prints it.
struct Sentence {
  Sentence(std::string words, std::vector<Expr> of_state = {})
      : text(std::move(words)), values(std::move(of_state)) {}
  Sentence(const char* words) : text(words) {}

  std::string text;
  std::vector<Expr> values;
};

/// A model being written down: declare variables, record processes, claim properties, finish.
/// Everything throws ir::InvalidModel with the place in the message.
class Model {
 public:
  /// The names of all processes, in order: locks and flags need to know how many there are.
  explicit Model(std::vector<std::string> processes = {}, std::string name = "");

  /// Declares things of one kind that may be interchangeable, by the processes that belong to each;
  /// returns its number, for ir::Naming. That of the processes themselves is there already.
  [[nodiscard]] int scalarset(const std::string& name, std::vector<std::vector<int>> processes);

  /// What the values of a variable stand for, its cells or the rows of a table, and the columns.
  void values_stand_for(const Place& variable, const ir::Naming& naming);
  void values_stand_for(const Array& variable, const ir::Naming& naming);
  void rows_stand_for(const Array& variable, const ir::Naming& naming);
  void columns_stand_for(const Array& variable, const ir::Naming& naming);

  /// Declares any variable. `initial` may be empty: range.low everywhere.
  [[nodiscard]] Array declare(ir::Variable variable);

  [[nodiscard]] Place var(const std::string& name, int low, int high, int initial);
  [[nodiscard]] Place var(const std::string& name, int low, int high) {
    return var(name, low, high, low);
  }
  /// A number from 0 on that grows without end, of which a search follows as much as `high`.
  [[nodiscard]] Place counter(const std::string& name, int high);
  [[nodiscard]] Place flag(const std::string& name, bool initial = false);
  /// The variable is there for claims only, so that no step may depend on it.
  void ghost(const Place& variable);
  [[nodiscard]] Place
  named(const std::string& name, std::vector<std::string> values, int initial = 0);
  [[nodiscard]] Array
  array(const std::string& name, int length, int low, int high, std::vector<int> initial = {});
  [[nodiscard]] Array flags(const std::string& name, int length, std::vector<int> initial = {});

  /// A free lock; `holders(name, length)` makes an array of them.
  [[nodiscard]] Lock lock(const std::string& name);
  [[nodiscard]] Array holders(const std::string& name, int length);
  [[nodiscard]] Lock lock(const Place& holder) const { return {holder, processes()}; }
  [[nodiscard]] SharedLock shared_lock(const std::string& name);

  [[nodiscard]] int processes() const { return static_cast<int>(model_.processes.size()); }

  /// Records the steps of the next process, by the name given at construction. `path` is the name
  /// of what it runs.
  void process(const std::string& name,
               const std::string& path,
               const std::function<void(Path&)>& record);

  /// Claims that every part holds in every state. Parts are (condition, what is wrong if not).
  void invariant(const std::string& name,
                 const std::string& claim,
                 const std::vector<std::pair<Expr, Sentence>>& parts);
  /// Declares a claim that steps check.
  [[nodiscard]] Claim
  assertion(const std::string& name, const std::string& claim, bool is_warning = false);
  /// Claims that no reachable state is a deadlock.
  void no_deadlock(const std::string& name = "no_deadlock",
                   const std::string& claim = "somebody can always go on");

  /// Claims that `goal` is true at some time, whatever happens; with `cause`, that it is true then
  /// or later whenever `cause` is.
  void eventually(const std::string& name, const std::string& claim, const Expr& goal);
  void
  leads_to(const std::string& name, const std::string& claim, const Expr& cause, const Expr& goal);
  /// Claims that, whatever has happened, everyone can still end or come to rest.
  void can_finish(const std::string& name = "can_finish",
                  const std::string& claim = "everyone can still come to an end");
  /// Claims that everyone who neither ended nor rests progresses again.
  void progress(const std::string& name = "progress",
                const std::string& claim = "everyone goes on at some time");

  /// Forgets the assertions that no step checks; returns their names.
  std::vector<std::string> drop_unchecked();

  /// The finished model, validated. Every process must have been recorded.
  [[nodiscard]] ir::Model finish() const;
  /// What was recorded so far, for whoever adds to it and validates it.
  [[nodiscard]] const ir::Model& recorded() const { return model_; }

 private:
  friend class Path;
  ir::Model model_;
};

} // namespace stalemate::build
