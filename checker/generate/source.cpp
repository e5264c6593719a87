#include "checker/generate/source.hpp"

#include "checker/generate/function_writer.hpp"

#include <fmt/format.h>

#include <set>

namespace stalemate {

namespace {

constexpr auto prelude = R"(using W = unsigned long long;
using U = unsigned int;
using L = long long;
static inline void put(W& word, L shift, W mask, L code) {
  word = (word & ~(mask << shift)) | (static_cast<W>(code) << shift);
}
struct Field { W word; W shift; W mask; L low; };
)";

/// Every entry whose answer is asked for.
std::set<Entry> questions_of(const Program& program) {
  std::set<Entry> entries{program.all_invariants};
  for (const Transition& transition : program.transitions)
    entries.insert(transition.invariants);
  for (const ClaimCode& claim : program.claims)
    entries.insert({claim.cause, claim.goal});
  for (const ProcessCode& process : program.processes)
    entries.insert(process.resting.begin(), process.resting.end());
  entries.erase(program.nothing);
  return entries;
}

} // namespace

std::string cpp_source(const Program& program) {
  std::string out = prelude;
  out += "static const L numbers[] = {";
  for (const std::int64_t number : program.code.numbers)
    out += signed_text(number) + ", ";
  out += "0};\nstatic const Field fields[] = {";
  for (const Field& f : program.code.fields)
    out += fmt::format("{{{}, {}, {}, {}}}, ", f.word, f.shift, unsigned_text(f.mask()), f.low);
  out += "{}};\n";

  const std::size_t processes = program.processes.size();
  for (std::size_t p = 0; p < processes; ++p)
    out += process_source(
        program,
        p,
        fmt::format("static int fire_{}(const W* s, W* out, U* transitions, L* failed) {{", p));
  const std::set<Entry> questions = questions_of(program);
  for (const Entry entry : questions)
    out += question_source(program, entry, fmt::format("static int ask_{}(const W* s) {{", entry));

  out += "extern \"C\" int stalemate_fire(int p, const W* s, W* out, U* transitions, L* failed) {\n"
         "  switch (p) {\n";
  for (std::size_t p = 0; p < processes; ++p)
    out += fmt::format("  case {0}: return fire_{0}(s, out, transitions, failed);\n", p);
  out += "  default: return 0;\n  }\n}\n"
         "extern \"C\" int stalemate_expand(const W* s, W* out, U* transitions, L* failed) {\n"
         "  int n = 0;\n";
  for (std::size_t p = 0; p < processes; ++p)
    out += fmt::format("  n += fire_{}(s, out + n * {}, transitions + n, failed);\n"
                       "  if (*failed >= 0) return n;\n",
                       p,
                       program.layout.words());
  out += "  return n;\n}\nextern \"C\" int stalemate_ask(U entry, const W* s) {\n"
         "  switch (entry) {\n";
  for (const Entry entry : questions)
    out += fmt::format("  case {0}: return ask_{0}(s);\n", entry);
  out += fmt::format("  default: return {};\n  }}\n}}\n", Program::holds_all);
  return out;
}

} // namespace stalemate
