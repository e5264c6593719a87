#pragma once

#include "checker/builder/path.hpp"
#include "checker/program/program.hpp"

#include <functional>
#include <string>

namespace stalemate::tests {

/// A model of one process "p" with one function "f"; `declare` runs first and returns what records
/// the steps, so that it can keep the variables that it declares.
inline ir::Model
one_process(const std::function<std::function<void(build::Path&)>(build::Model&)>& declare) {
  build::Model m({"p"});
  const auto record = declare(m);
  m.process("p", "path", [&](build::Path& p) {
    const auto f = p.function("f", "f.c");
    record(p);
  });
  return m.finish();
}

/// Two processes that take two locks in different orders, and give them back.
inline ir::Model ring_of_two_locks() {
  build::Model m({"a", "b"});
  const build::Lock one = m.lock("one");
  const build::Lock two = m.lock("two");
  m.no_deadlock();
  const auto process =
      [&](const std::string& name, const std::string& path, auto first, auto second) {
        m.process(name, path, [&](build::Path& p) {
          const auto f = p.function("f", "f.c");
          p.step("first", build::take(first));
          p.step("second", build::take(second));
          p.step("give back", build::then(build::release(one), build::release(two)));
        });
      };
  process("a", "ab", one, two);
  process("b", "ba", two, one);
  return m.finish();
}

/// Number of a variable by its name.
inline ir::VariableId variable(const ir::Model& model, const std::string& name) {
  for (std::size_t i = 0; i < model.variables.size(); ++i)
    if (model.variables[i].name == name) return static_cast<ir::VariableId>(i);
  return ir::none;
}

} // namespace stalemate::tests
