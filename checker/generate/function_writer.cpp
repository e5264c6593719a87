// Every instruction becomes a statement of constants, so that the compiler sees what the
// interpreter finds out again and again. States are kept in variables, one per word: s0, s1 for the
// state, o0, o1 for the target. Where code runs both before and behind `begin`, it is written
// twice.

#include "checker/generate/function_writer.hpp"

#include "checker/generate/flow.hpp"

#include <fmt/format.h>

#include <iterator>
#include <set>
#include <vector>

namespace stalemate {

namespace {

class FunctionWriter {
 public:
  FunctionWriter(const Program& program, const std::vector<Entry>& entries, std::string& out)
      : flow_(program.code, entries), code_(program.code), words_(program.layout.words()),
        out_(out) {}

  /// A function that fires what leaves one of these entries, by the location of the process.
  void write_process(const std::string& head, const ProcessCode& process) {
    line(head);
    declare();
    line("  int n = 0;");
    const Field& location = process.location;
    line(fmt::format("  switch ((s{} >> {}) & {}) {{",
                     location.word,
                     location.shift,
                     unsigned_text(location.mask())));
    for (std::size_t i = 0; i < process.steps.size(); ++i)
      line(fmt::format("  case {}: goto {};",
                       static_cast<std::int64_t>(i) - location.low,
                       label({process.steps[i], false})));
    line("  default: __builtin_unreachable();\n  }");
    write_statements("  return n;");
  }

  /// A function that answers what stands at the entry.
  void write_question(const std::string& head, Entry entry) {
    line(head);
    declare();
    line(fmt::format("  goto {};", label({entry, false})));
    write_statements(fmt::format("  return {};", Program::holds_all));
  }

 private:
  void write_statements(const std::string& end) {
    const std::set<Place>& places = flow_.places();
    for (auto place = places.begin(); place != places.end(); ++place) {
      if (flow_.needs_label(*place)) line(label(*place) + ":;");
      const auto next = std::next(place);
      if (flow_.at(*place).code == Code::end)
        line(end);
      else
        statement(*place, next == places.end() ? Place{-1, false} : *next);
    }
    line("}");
  }

  void declare() {
    for (int w = 0; w < words_; ++w)
      line(fmt::format("  const W s{0} = s[{0}];", w));
    for (int w = 0; w < words_; ++w)
      line(fmt::format("  W o{} = 0;", w));
    std::set<int> registers;
    for (const Place& place : flow_.places()) {
      const Instruction& i = flow_.at(place);
      if (i.code >= Code::set && i.code <= Code::select) registers.insert(i.into);
    }
    for (const int r : registers)
      line(fmt::format("  L r{} = 0;", r));
  }

  static std::string label(const Place& place) {
    return fmt::format("{}{}", place.is_target ? 't' : 's', place.at);
  }

  [[nodiscard]] std::string word(const Place& place, int number) const {
    return fmt::format("{}{}", place.is_target ? 'o' : 's', number);
  }

  [[nodiscard]] std::string field(const Place& place) const {
    const Instruction& i = flow_.at(place);
    return fmt::format("L(({} >> {}) & {})", word(place, i.word), i.shift, unsigned_text(i.mask));
  }

  [[nodiscard]] std::string second(const Place& place) const {
    const Instruction& i = flow_.at(place);
    return fmt::format("L(({} >> {}) & {})", word(place, i.a), i.b, unsigned_text(i.value));
  }

  /// All words of what is read, for an index that only the running program knows.
  [[nodiscard]] std::string all_words(char of) const {
    std::string words;
    for (int w = 0; w < words_; ++w)
      words += fmt::format("{}{}{}", w == 0 ? "" : ", ", of, w);
    return words;
  }

  void line(const std::string& text) {
    out_ += text;
    out_ += '\n';
  }

  /// Goes on at `place`; nothing to do if that is what comes next.
  void go(const Place& place, const Place& next) {
    if (place != next) line(fmt::format("  goto {};", label(place)));
  }

  void test(const Place& place, const Place& next, const std::string& condition) {
    line(fmt::format("  if (!({})) goto {};",
                     condition,
                     label({place.at + flow_.at(place).jump, place.is_target})));
    go({place.at + 1, place.is_target}, next);
  }

  void set(const Place& place, const Place& next, const std::string& value) {
    line(fmt::format("  r{} = {};", flow_.at(place).into, value));
    go({place.at + 1, place.is_target}, next);
  }

  void effect(const Place& place, const Place& next, const std::string& text) {
    line("  " + text);
    go({place.at + 1, place.is_target}, next);
  }

  [[nodiscard]] std::string pair(const Instruction& i, const char* op) const {
    return fmt::format("r{} {} r{}", i.a, op, i.b);
  }

  void statement(const Place& place, const Place& next) {
    const Instruction& i = flow_.at(place);
    switch (i.code) {
    case Code::test:
    case Code::test_not:
      return test(place,
                  next,
                  fmt::format("({} & {}) {} {}",
                              word(place, i.word),
                              unsigned_text(i.mask),
                              i.code == Code::test ? "==" : "!=",
                              unsigned_text(i.value)));
    case Code::test_member:
      return test(place, next, fmt::format("({} >> {}) & 1", unsigned_text(i.value), field(place)));
    case Code::test_equal:
    case Code::test_not_equal:
    case Code::test_less:
    case Code::test_not_less: {
      const char* ops[] = {"==", "!=", "<", ">="};
      const auto op = static_cast<std::size_t>(i.code) - static_cast<std::size_t>(Code::test_equal);
      return test(
          place, next, fmt::format("{} - {} {} {}", field(place), second(place), ops[op], i.other));
    }
    case Code::test_register:
      return test(place, next, fmt::format("r{} != 0", i.a));
    case Code::test_register_not:
      return test(place, next, fmt::format("r{} == 0", i.a));
    case Code::test_register_range:
      return test(place,
                  next,
                  fmt::format("{} <= r{} && r{} <= {}",
                              signed_text(static_cast<std::int64_t>(i.mask)),
                              i.a,
                              i.a,
                              signed_text(static_cast<std::int64_t>(i.value))));
    case Code::jump:
      return go({place.at + i.jump, place.is_target}, next);
    case Code::split:
      line(fmt::format("  switch ({}) {{", field(place)));
      for (std::size_t k = 0; const std::int32_t jump : flow_.jumps_of(i))
        line(fmt::format("  case {}: goto {};", k++, label({place.at + jump, place.is_target})));
      return line("  default: __builtin_unreachable();\n  }");
    case Code::set:
      return set(place, next, signed_text(static_cast<std::int64_t>(i.value)));
    case Code::load:
      return set(
          place,
          next,
          fmt::format("{} + {}", field(place), signed_text(static_cast<std::int64_t>(i.value))));
    case Code::load_row:
      return set(place,
                 next,
                 fmt::format("L(({} >> ({} + r{} * {})) & {}) + {}",
                             word(place, i.word),
                             i.shift,
                             i.a,
                             i.b,
                             unsigned_text(i.mask),
                             signed_text(static_cast<std::int64_t>(i.value))));
    case Code::load_cell:
      line(fmt::format("  {{ const W in[] = {{{}}}; const Field& f = fields[{} + r{}];",
                       all_words(place.is_target ? 'o' : 's'),
                       i.other,
                       i.a));
      line(fmt::format("    r{} = L((in[f.word] >> f.shift) & f.mask) + f.low; }}", i.into));
      return go({place.at + 1, place.is_target}, next);
    case Code::look_up:
      return set(place, next, fmt::format("numbers[{} + {}]", i.other, field(place)));
    case Code::invert:
      return set(place, next, fmt::format("r{} == 0", i.a));
    case Code::negate:
      return set(place, next, fmt::format("-r{}", i.a));
    case Code::add:
      return set(place, next, pair(i, "+"));
    case Code::subtract:
      return set(place, next, pair(i, "-"));
    case Code::multiply:
      return set(place, next, pair(i, "*"));
    case Code::divide:
      return set(place, next, pair(i, "/"));
    case Code::modulo:
      return set(place, next, pair(i, "%"));
    case Code::equal:
      return set(place, next, pair(i, "=="));
    case Code::not_equal:
      return set(place, next, pair(i, "!="));
    case Code::less:
      return set(place, next, pair(i, "<"));
    case Code::less_equal:
      return set(place, next, pair(i, "<="));
    case Code::both:
      return set(place, next, fmt::format("r{} != 0 && r{} != 0", i.a, i.b));
    case Code::either:
      return set(place, next, fmt::format("r{} != 0 || r{} != 0", i.a, i.b));
    case Code::minimum:
      return set(place, next, fmt::format("r{0} < r{1} ? r{0} : r{1}", i.a, i.b));
    case Code::maximum:
      return set(place, next, fmt::format("r{0} < r{1} ? r{1} : r{0}", i.a, i.b));
    case Code::select:
      return set(place, next, fmt::format("r{} != 0 ? r{} : r{}", i.a, i.b, i.c));
    case Code::begin:
      for (int w = 0; w < words_; ++w)
        line(fmt::format("  o{0} = s{0};", w));
      return go({place.at + 1, true}, next);
    case Code::assign:
      return effect(place,
                    next,
                    fmt::format("o{0} = (o{0} & ~{1}) | {2};",
                                i.word,
                                unsigned_text(i.mask),
                                unsigned_text(i.value)));
    case Code::map:
      line(fmt::format("  {{ const L to = numbers[{} + {}];", i.other, second(place)));
      line(fmt::format("    if (to == {}) goto {};",
                       signed_text(nowhere),
                       label({place.at + i.jump, place.is_target})));
      line(fmt::format("    put(o{}, {}, {}, to); }}", i.word, i.shift, unsigned_text(i.mask)));
      return go({place.at + 1, place.is_target}, next);
    case Code::store:
      return effect(place,
                    next,
                    fmt::format("put(o{}, {}, {}, r{} - {});",
                                i.word,
                                i.shift,
                                unsigned_text(i.mask),
                                i.a,
                                signed_text(static_cast<std::int64_t>(i.value))));
    case Code::store_row:
      return effect(place,
                    next,
                    fmt::format("put(o{}, {} + r{} * {}, {}, r{} - {});",
                                i.word,
                                i.shift,
                                i.c,
                                i.b,
                                unsigned_text(i.mask),
                                i.a,
                                signed_text(static_cast<std::int64_t>(i.value))));
    case Code::store_cell:
      line(fmt::format("  {{ W all[] = {{{}}}; const Field& f = fields[{} + r{}];",
                       all_words('o'),
                       i.other,
                       i.c));
      line(fmt::format("    put(all[f.word], L(f.shift), f.mask, r{} - f.low);", i.a));
      for (int w = 0; w < words_; ++w)
        line(fmt::format("    o{0} = all[{0}];", w));
      line("  }");
      return go({place.at + 1, place.is_target}, next);
    case Code::emit:
      for (int w = 0; w < words_; ++w)
        line(fmt::format("  out[{0}] = o{0};", w));
      line(fmt::format("  out += {}; *transitions++ = {}; ++n;", words_, i.other));
      return go({place.at + i.jump, false}, next);
    case Code::fail:
      return line(fmt::format("  *failed = {}; return n;", i.other));
    case Code::answer:
      return line(fmt::format("  return {};", i.other));
    case Code::end:
      return;
    }
  }

  Flow flow_;
  const Bytecode& code_;
  int words_;
  std::string& out_;
};

} // namespace

std::string unsigned_text(Word value) {
  return fmt::format("{}ull", value);
}

std::string signed_text(std::int64_t value) {
  return value == nowhere ? "(-9223372036854775807ll - 1)" : fmt::format("{}ll", value);
}

std::string process_source(const Program& program, std::size_t process, const std::string& head) {
  std::string out;
  const ProcessCode& code = program.processes[process];
  FunctionWriter(program, code.steps, out).write_process(head, code);
  return out;
}

std::string question_source(const Program& program, Entry entry, const std::string& head) {
  std::string out;
  FunctionWriter(program, {entry}, out).write_question(head, entry);
  return out;
}

} // namespace stalemate
