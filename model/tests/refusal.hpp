#pragma once

#include "model/scenario/build_model.hpp"
#include "model/tests/scenario_text.hpp"

#include <string>

namespace stalemate::kernel {

/// A scenario file of this section, these processes and what more is said.
inline std::string scenario_of(const std::string& section,
                               const std::string& processes,
                               const std::string& more = "") {
  return R"({"id": "T", "title": "T", )" + section + R"(, "processes": [)" + processes + "]" +
         more + "}";
}

/// "pointer: message", or "" where a model is built.
inline std::string refusal_of(const std::string& text) {
  const ScenarioFile file("f.json", text);
  try {
    (void)build_model(file.scenarios().front());
    return "";
  } catch (const ScenarioError& error) {
    return error.pointer() + ": " + error.what();
  }
}

} // namespace stalemate::kernel
