#include "checker/ir/identity.hpp"

#include <xxhash.h>

#include <array>
#include <concepts>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::ir {

namespace {

/// Writes a model down so that different ones differ: what has no fixed size comes with its size.
class Transcript {
 public:
  [[nodiscard]] const std::string& text() const { return text_; }

  template <typename... Items>
  void add_all(const Items&... items) {
    (add(items), ...);
  }

 private:
  template <typename Number>
  requires std::integral<Number> || std::is_enum_v<Number>
  void add(Number number) {
    // The lowest byte first, whatever the order of bytes in memory.
    auto rest = static_cast<std::uint64_t>(number);
    std::array<char, sizeof rest> bytes;
    for (char& byte : bytes) {
      byte = static_cast<char>(rest & 0xFFU);
      rest >>= 8U;
    }
    text_.append(bytes.data(), bytes.size());
  }
  void add(const std::string& text) {
    add(text.size());
    text_ += text;
  }
  template <typename T>
  void add(const std::vector<T>& list) {
    add(list.size());
    for (const T& item : list)
      add(item);
  }
  template <typename T>
  void add(const std::optional<T>& item) {
    add(item.has_value());
    if (item) add(*item);
  }
  void add(const ExpressionPtr& expression) {
    add(expression != nullptr);
    if (expression)
      add_all(expression->op, expression->value, expression->range, expression->operands);
  }
  void add(const Range& range) { add_all(range.low, range.high); }
  void add(const Naming& naming) { add_all(naming.scalarset, naming.first, naming.each); }
  void add(const Scalarset& set) { add_all(set.name, set.processes); }
  void add(const Function& function) { add_all(function.name, function.file); }
  void add(const Variable& v) {
    add_all(v.name, v.kind, v.range, v.names, v.shape, v.rows, v.initial, v.owner, v.ghost);
    add_all(v.value_of, v.row_of, v.column_of, v.endless);
  }
  void add(const Effect& e) { add_all(e.variable, e.index, e.value); }
  void add(const Wait& w) { add_all(w.until, w.place, w.what, w.holders, w.acquires); }
  void add(const Check& c) { add_all(c.holds, c.property, c.text); }
  void add(const Alternative& a) {
    add_all(a.note, a.guard, a.waits, a.checks, a.effects, a.next, a.retry);
  }
  void add(const Step& s) { add_all(s.function, s.phrase, s.idle, s.fairness, s.alternatives); }
  void add(const Process& p) { add_all(p.name, p.path, p.location, p.fairness, p.steps); }
  void add(const Part& p) { add_all(p.holds, p.text, p.values); }
  void add(const Property& p) {
    add_all(p.name, p.claim, p.kind, p.parts, p.cause, p.goal, p.is_warning);
  }

  std::string text_;
};

} // namespace

std::uint64_t identity(const Model& model) {
  Transcript transcript;
  transcript.add_all(
      model.variables, model.functions, model.processes, model.properties, model.scalarsets);
  return XXH3_64bits(transcript.text().data(), transcript.text().size());
}

} // namespace stalemate::ir
