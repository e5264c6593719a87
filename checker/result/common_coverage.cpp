#include "checker/result/common_coverage.hpp"

#include <algorithm>
#include <cctype>

namespace stalemate {

namespace {

/// The text with every number written as #, so that it fits models of another size.
std::string without_numbers(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const bool is_digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    if (!is_digit)
      result += c;
    else if (result.empty() || result.back() != '#')
      result += '#';
  }
  return result;
}

} // namespace

void CommonCoverage::add(const std::string& origin,
                         const ir::Model& model,
                         const Coverage& coverage) {
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    const ir::Process& process = model.processes[p];
    for (std::size_t s = 0; s < process.steps.size(); ++s) {
      const ir::Step& step = process.steps[s];
      for (std::size_t a = 0; a < step.alternatives.size(); ++a) {
        const NeverTaken way{process.path,
                             ir::step_name(model, step),
                             step.alternatives.size() == 1
                                 ? std::string()
                                 : alternative_name(model, process, step.alternatives[a])};
        Way& known = ways_[{process.path, without_numbers(way.text())}];
        known.taken = known.taken || coverage.fired[p][s][a] > 0;
        if (known.example.empty()) known.example = origin;
      }
    }
  }
}

std::vector<CommonCoverage::Missing> CommonCoverage::missing() const {
  std::vector<Missing> result;
  for (const auto& [name, way] : ways_)
    if (!way.taken) result.push_back({name.first, name.second, way.example});
  return result;
}

} // namespace stalemate
