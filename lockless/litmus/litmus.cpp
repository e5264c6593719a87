#include "lockless/litmus/litmus.hpp"

#include "lockless/interface.hpp"
#include "lockless/litmus/program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

namespace stalemate::litmus {

namespace {

using recording::Access;
using recording::Object;
using Kind = Access::Kind;
using Order = Access::Order;

bool has_register(const Access& access) {
  switch (access.kind) {
  case Kind::load:
  case Kind::look:
  case Kind::plain_read:
  case Kind::add:
  case Kind::set_bits:
  case Kind::clear_bits:
  case Kind::exchange:
  case Kind::compare_exchange:
    return true;
  default:
    return false;
  }
}

/// A read-modify-write, which herd has for atomic_t only.
bool is_atomic(const Access& access) {
  return access.kind == Kind::add || access.kind == Kind::set_bits ||
         access.kind == Kind::clear_bits || access.kind == Kind::exchange ||
         access.kind == Kind::compare_exchange;
}

template <typename Visitor>
void visit(const Block& block, const Visitor& visitor) {
  for (const Statement& statement : block) {
    if (statement.decides_by < 0) visitor(statement.access);
    for (const Branch& branch : statement.branches)
      visit(branch.body, visitor);
  }
}

/// What the threads of the program share, in C.
class Memory {
 public:
  explicit Memory(const Program& program) : objects_(program.objects) {
    for (const Block& thread : program.threads)
      visit(thread, [&](const Access& access) {
        if (is_atomic(access)) atomics_.insert(access.object);
      });
  }

  [[nodiscard]] const Object& object(int number) const {
    return objects_[static_cast<std::size_t>(number)];
  }
  [[nodiscard]] bool is_atomic_t(int number) const { return atomics_.contains(number); }

  [[nodiscard]] std::string name(int number) const {
    const Object& one = object(number);
    std::string name = one.memory.empty() ? one.name : one.memory;
    std::ranges::replace(name, '.', '_');
    return name;
  }

  [[nodiscard]] std::string parameter(int number) const {
    const char* type = object(number).kind == Object::Kind::lock ? "spinlock_t"
                       : is_atomic_t(number)                     ? "atomic_t"
                                                                 : "int";
    return fmt::format("{} *{}", type, name(number));
  }

  [[nodiscard]] std::string initial() const {
    std::string all;
    for (int number = 0; number < static_cast<int>(objects_.size()); ++number) {
      const Object& one = object(number);
      const int value = one.memory.empty() ? one.initial : one.content;
      if (value != 0) all += fmt::format(" {}={};", name(number), value);
    }
    return all.empty() ? "{}" : "{" + all + " }";
  }

 private:
  const std::vector<Object>& objects_;
  std::set<int> atomics_;
};

const char* suffix(Order order) {
  switch (order) {
  case Order::relaxed:
    return "_relaxed";
  case Order::acquire:
    return "_acquire";
  case Order::release:
  case Order::acq_rel:
    return "_release";
  case Order::seq_cst:
  case Order::full:
    return "";
  }
  return "";
}

/// The right side of an assignment to a register.
std::string read_of(const Memory& memory, const Access& access) {
  const std::string name = memory.name(access.object);
  switch (access.kind) {
  case Kind::plain_read:
    return "*" + name;
  case Kind::add:
    return access.value < 0
               ? fmt::format(
                     "atomic_fetch_sub{}({}, {})", suffix(access.order), -access.value, name)
               : fmt::format(
                     "atomic_fetch_add{}({}, {})", suffix(access.order), access.value, name);
  case Kind::set_bits:
    return fmt::format("atomic_fetch_or{}({}, {})", suffix(access.order), access.value, name);
  case Kind::clear_bits:
    return fmt::format("atomic_fetch_and{}({}, {})",
                       suffix(access.order),
                       memory.object(access.object).highest & ~access.value,
                       name);
  case Kind::exchange:
    return fmt::format("atomic_xchg{}({}, {})", suffix(access.order), name, access.value);
  case Kind::compare_exchange:
    return fmt::format(
        "atomic_cmpxchg{}({}, {}, {})", suffix(access.order), name, access.expected, access.value);
  default:
    break;
  }
  const bool acquires = access.order == Order::acquire;
  if (memory.is_atomic_t(access.object))
    return fmt::format("atomic_read{}({})", acquires ? "_acquire" : "", name);
  return acquires ? fmt::format("smp_load_acquire({})", name) : fmt::format("READ_ONCE(*{})", name);
}

std::string statement_of(const Memory& memory, const Access& access) {
  switch (access.kind) {
  case Kind::plain_write:
    return fmt::format("*{} = {}", memory.name(access.object), access.value);
  case Kind::take:
    return fmt::format("spin_lock({})", memory.name(access.object));
  case Kind::drop:
    return fmt::format("spin_unlock({})", memory.name(access.object));
  case Kind::full_barrier:
    return "smp_mb()";
  case Kind::write_barrier:
    return "smp_wmb()";
  case Kind::read_barrier:
  case Kind::control_barrier:
    return "smp_rmb()";
  default:
    break;
  }
  const std::string name = memory.name(access.object);
  const bool releases = access.order == Order::release;
  if (memory.is_atomic_t(access.object))
    return fmt::format("atomic_set{}({}, {})", releases ? "_release" : "", name, access.value);
  return releases ? fmt::format("smp_store_release({}, {})", name, access.value)
                  : fmt::format("WRITE_ONCE(*{}, {})", name, access.value);
}

class ThreadWriter {
 public:
  ThreadWriter(const Memory& memory, int number, const Block& block)
      : memory_(memory), number_(number), block_(block) {}

  /// Appends what would be wrong in the end.
  std::string text(std::vector<std::string>& wrong) {
    std::set<int> used;
    visit(block_, [&](const Access& access) {
      if (access.object >= 0) used.insert(access.object);
    });
    std::string parameters;
    for (const int object : used)
      parameters += (parameters.empty() ? "" : ", ") + memory_.parameter(object);
    write(block_, 1);
    std::string declared;
    for (std::size_t i = 0; i < registers_.size(); ++i)
      declared += fmt::format("\tint r{};\n", i);
    for (const std::string& flag : flags_)
      declared += fmt::format("\tint {} = 0;\n", flag);
    wrong.insert(wrong.end(), wrong_.begin(), wrong_.end());
    // herd takes no empty thread.
    if (body_.empty()) return fmt::format("P{}()\n{{\n\tint nothing = 0;\n}}\n", number_);
    return fmt::format("P{}({})\n{{\n{}{}{}}}\n",
                       number_,
                       parameters,
                       declared,
                       declared.empty() ? "" : "\n",
                       body_);
  }

 private:
  std::string register_of(int read) {
    const auto fresh = static_cast<int>(registers_.size());
    return fmt::format("r{}", registers_.try_emplace(read, fresh).first->second);
  }

  void line(int depth, const std::string& text) {
    body_ += std::string(static_cast<std::size_t>(depth), '\t') + text + '\n';
  }

  void explain(int depth, const Access& access) {
    std::string what =
        access.kind == Kind::breaks
            ? access.function + " is broken: " + access.phrase
            : (access.function.empty() ? "" : access.function + ": ") + access.phrase;
    if (access.kind == Kind::look) what += " (looked at for a claim)";
    if (access.kind == Kind::control_barrier) what += " (smp_acquire__after_ctrl_dep())";
    if (what == explained_) return;
    explained_ = what;
    line(depth, "/* " + what + " */");
  }

  void write(const Block& block, int depth) {
    for (const Statement& statement : block) {
      if (statement.decides_by >= 0) {
        write_decision(statement, depth);
        continue;
      }
      const Access& access = statement.access;
      explain(depth, access);
      if (access.kind == Kind::breaks) {
        set(depth, "broken", fmt::format("{}:broken=1", number_));
      } else if (access.kind == Kind::stays_asleep) {
        const std::string name = memory_.name(access.object);
        const std::string flag = "asleep_on_" + name;
        set(depth, flag, fmt::format("({}:{}=1 /\\ ~({}={}))", number_, flag, name, access.value));
      } else if (has_register(access)) {
        line(depth,
             fmt::format("{} = {};", register_of(statement.reads), read_of(memory_, access)));
      } else {
        line(depth, statement_of(memory_, access) + ";");
      }
    }
  }

  /// Herd's C has no ||.
  std::string condition(const Statement& decision, const Branch& branch) {
    std::vector<int> others;
    for (const Branch& other : decision.branches)
      if (&other != &branch)
        others.insert(others.end(), other.results.begin(), other.results.end());
    const std::string result = register_of(decision.decides_by);
    if (branch.results.size() == 1) return fmt::format("{} == {}", result, branch.results.front());
    if (others.size() == 1) return fmt::format("{} != {}", result, others.front());
    for (int bit = 1; bit <= branch.results.back() || bit <= others.back(); bit *= 2) {
      const auto has_bit = [bit](int value) { return (value & bit) != 0; };
      if (std::ranges::all_of(branch.results, has_bit) && std::ranges::none_of(others, has_bit))
        return fmt::format("({} & {}) != 0", result, bit);
      if (std::ranges::none_of(branch.results, has_bit) && std::ranges::all_of(others, has_bit))
        return fmt::format("({} & {}) == 0", result, bit);
    }
    throw std::logic_error("a protocol decides by what no condition of a litmus test says");
  }

  void set(int depth, const std::string& flag, const std::string& wrong) {
    line(depth, flag + " = 1;");
    flags_.insert(flag);
    if (std::ranges::find(wrong_, wrong) == wrong_.end()) wrong_.push_back(wrong);
  }

  void write_decision(const Statement& decision, int depth) {
    // The last one is reached by all values that no other is for: what is hardest to say.
    std::vector<std::pair<std::string, const Block*>> order;
    for (const Branch& branch : decision.branches)
      order.emplace_back(condition(decision, branch), &branch.body);
    std::ranges::stable_sort(order, {}, [](const auto& one) {
      return std::pair(one.second->empty(), one.first.size());
    });
    std::string opening;
    for (const auto& [condition, body] : order) {
      const bool is_last = body == order.back().second;
      if (is_last && body->empty()) continue;
      line(depth, opening + (is_last && !opening.empty() ? "{" : "if (" + condition + ") {"));
      explained_.clear();
      write(*body, depth + 1);
      opening = "} else ";
    }
    line(depth, "}");
    explained_.clear();
  }

  const Memory& memory_;
  int number_;
  const Block& block_;
  std::string body_;
  std::string explained_;        ///< The comment that still stands.
  std::map<int, int> registers_; ///< By that of the program.
  std::set<std::string> flags_;
  std::vector<std::string> wrong_; ///< What must not be in the end.
};

/// Each way in which the claims about the end can break, as a condition on what is left.
void add_after(const Memory& memory,
               const Block& block,
               std::map<int, int> objects, // By the register to which each is read.
               const std::string& so_far,
               std::vector<std::string>& wrong) {
  for (const Statement& statement : block) {
    if (statement.reads >= 0) objects[statement.reads] = statement.access.object;
    for (const Branch& branch : statement.branches)
      for (const int value : branch.results) {
        const std::string is =
            fmt::format("{}={}", memory.name(objects.at(statement.decides_by)), value);
        add_after(memory, branch.body, objects, so_far.empty() ? is : so_far + " /\\ " + is, wrong);
      }
    if (statement.decides_by < 0 && statement.access.kind == Kind::breaks)
      wrong.push_back("(" + so_far + ")");
  }
}

std::string cautions(const Program& program) {
  std::set<std::string> all;
  for (const Block& thread : program.threads)
    visit(thread, [&](const Access& access) {
      if (access.kind == Kind::control_barrier)
        all.insert(
            "The model knows no smp_acquire__after_ctrl_dep(); smp_rmb() stands for it, and "
            "does not order\n * a plain store behind it: a data race with such a one is none.");
      if (access.kind == Kind::sleep || access.kind == Kind::spin)
        all.insert("Loops are followed once: a thread that is woken and looks again ends there.");
      if (access.order == Order::acq_rel)
        all.insert("The kernel has no operation that is both acquire and release: _release stands "
                   "for it, which\n * is less.");
      if (access.order == Order::seq_cst)
        all.insert(
            "The kernel has no operation that is seq_cst in the sense of C++: a fully ordered "
            "one stands\n * for it, which is more.");
      if (access.kind == Kind::look)
        all.insert("What a claim looks at is read as the thread would read it.");
    });
  std::string text;
  for (const std::string& one : all)
    text += " *\n * " + one + "\n";
  return text;
}

} // namespace

std::string litmus_test(const std::string& name, int protocol, int variant) {
  const relacy::ProtocolEntry& entry = relacy::protocols()[static_cast<std::size_t>(protocol)];
  const Program program = program_of(protocol, variant);
  const Memory memory(program);
  std::vector<std::string> wrong;
  std::string threads;
  for (std::size_t i = 0; i < program.threads.size(); ++i)
    threads +=
        fmt::format("\n/* {} */\n{}",
                    entry.threads[i],
                    ThreadWriter(memory, static_cast<int>(i), program.threads[i]).text(wrong));
  add_after(memory, program.after, {}, "", wrong);
  return fmt::format("C {}\n\n"
                     "(*\n"
                     " * {}:\n * {}.\n"
                     " *\n"
                     " * In tools/memory-model of v6.18 or later, with herd7 7.58 or later:\n"
                     " *   herd7 -conf linux-kernel.cfg {}.litmus\n"
                     " * A claim breaks if the answer is Sometimes, or if a data race is flagged.\n"
                     "{}"
                     " *)\n\n"
                     "{}\n"
                     "{}\n"
                     "exists ({})\n",
                     name,
                     entry.text,
                     entry.variants[static_cast<std::size_t>(variant)].text,
                     name,
                     cautions(program),
                     memory.initial(),
                     threads,
                     wrong.empty() ? "false" : fmt::format("{}", fmt::join(wrong, " \\/ ")));
}

} // namespace stalemate::litmus
