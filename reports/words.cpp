#include "reports/words.hpp"

#include <fmt/format.h>

#include <cmath>

namespace stalemate::report {

const ir::Variable& variable_of(const ir::Model& model, const ir::Cell& cell) {
  return model.variables[static_cast<std::size_t>(cell.variable)];
}

const ir::Process& process_of(const ir::Model& model, int process) {
  return model.processes[static_cast<std::size_t>(process)];
}

const ir::Step& step_of(const ir::Model& model, int process, int step) {
  return process_of(model, process).steps[static_cast<std::size_t>(step)];
}

const std::string& function_of(const ir::Model& model, const ir::Step& step) {
  return model.functions[static_cast<std::size_t>(step.function)].name;
}

void append(std::string& list, const std::string& item, const char* separator) {
  if (!list.empty()) list += separator;
  list += item;
}

std::string short_name(const ir::Model& model, const ir::Cell& cell, int process) {
  const auto& variable = variable_of(model, cell);
  auto name = ir::cell_name(variable, cell.index);
  const auto prefix = process_of(model, process).name + ".";
  if (variable.owner == process && name.starts_with(prefix)) name.erase(0, prefix.size());
  return name;
}

std::string value_text(const ir::Model& model, const ir::Cell& cell, int value) {
  return ir::value_name(variable_of(model, cell), value);
}

std::string grouped(std::uint64_t number) {
  auto digits = std::to_string(number);
  for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), " ");
  return digits;
}

std::string counted(std::uint64_t count, const std::string& noun) {
  return grouped(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string verdict_text(Verdict verdict, double omission) {
  return word(verdict) + (omission > 0 ? " (probabilistic)" : "");
}

std::string probability_text(double probability) {
  std::string text = fmt::format("{:.1e}", probability);
  if (std::stod(text) >= probability) return text;
  const double digit = std::pow(10.0, std::floor(std::log10(probability)) - 1);
  return fmt::format("{:.1e}", probability + digit / 2);
}

std::string omission_text(double omission) {
  return "omission probability at most " + probability_text(omission);
}

std::string table_cell(const std::string& text) {
  std::string escaped;
  for (const char c : text)
    escaped += c == '|' ? std::string("\\|") : std::string(1, c);
  return escaped;
}

std::string printable(const std::string& text) {
  auto clean = text;
  for (char& c : clean)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return clean;
}

} // namespace stalemate::report
