#pragma once

#include "checker/ir/model.hpp"
#include "lockless/interface.hpp"
#include "lockless/recording/recording.hpp"
#include "model/scenario/property_entry.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::lockless {

/// Recorded protocols as a model: each thread a process, each access a step, sequentially
/// consistent. What a thread has seen so far is where it stands.
class RecordedModel {
 public:
  explicit RecordedModel(const std::string& name) { model_.name = name; }

  /// Several protocols stand side by side, to be shown.
  void add(const relacy::ProtocolEntry& entry, const recording::Protocol& protocol);

  /// The model, with those of the claims that its steps make.
  [[nodiscard]] ir::Model finish(const std::vector<PropertyEntry>& claims);

 private:
  /// A protocol, and where its objects and processes are in the model.
  struct Placed {
    std::string name;
    recording::Protocol protocol;
    std::vector<ir::VariableId> variables;
    std::vector<ir::VariableId> ended; ///< By thread; only where somebody waits for it.
    std::vector<int> processes;
  };

  int function(const std::string& name);
  int property(const std::string& name, const std::vector<PropertyEntry>& claims);
  ir::VariableId declare(ir::Variable variable);
  void declare_objects(Placed& placed);
  void add_process(const std::string& name, const std::string& path);
  void add_location(int process);
  [[nodiscard]] ir::ExpressionPtr read(ir::VariableId variable) const;
  [[nodiscard]] ir::ExpressionPtr is(const Placed& placed, const recording::Seen& seen) const;
  [[nodiscard]] ir::ExpressionPtr all(const Placed& placed,
                                      const recording::Conditions& conditions) const;
  [[nodiscard]] ir::ExpressionPtr any(const Placed& placed,
                                      const std::vector<recording::Conditions>& conditions) const;
  [[nodiscard]] ir::Wait
  wait(const Placed& placed, const recording::Step& step, const recording::Seen& until) const;
  [[nodiscard]] ir::Effect
  effect(const Placed& placed, const recording::Change& change, int process) const;
  ir::Step step(const Placed& placed,
                const recording::Step& recorded,
                int process,
                const std::vector<PropertyEntry>& claims);
  void add_steps(const Placed& placed, const std::vector<PropertyEntry>& claims);
  void add_end(const Placed& placed, const std::vector<PropertyEntry>& claims);

  ir::Model model_;
  std::vector<Placed> placed_;
};

} // namespace stalemate::kernel::lockless
