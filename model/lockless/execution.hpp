#pragma once

#include "checker/ir/model.hpp"
#include "lockless/interface.hpp"
#include "model/scenario/property_entry.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::lockless {

/// Executions of protocols as a model that can do nothing else: a straight line for each thread, so
/// that reports show them and `replay` re-executes them. What broke, breaks at the last step.
class Executions {
 public:
  explicit Executions(const std::string& name) { model_.name = name; }

  void add(const relacy::ProtocolEntry& protocol,
           const relacy::Outcome& outcome,
           const std::vector<PropertyEntry>& claims);

  [[nodiscard]] ir::Model finish() { return std::move(model_); }

 private:
  struct Objects;

  int function(const std::string& name);
  ir::Alternative operation(const relacy::Event& event, const Objects& objects);
  void declare(const relacy::Outcome& outcome, Objects& objects);
  void end(const relacy::Outcome& outcome, std::size_t first);

  ir::Model model_;
};

} // namespace stalemate::kernel::lockless
