// What a litmus test is, as herd7 reads it: a grammar that shares nothing with who writes them.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace stalemate::litmus {

// How many arguments the primitives have that tools/memory-model/linux-kernel.def of v6.18 knows.
inline const std::map<std::string, int, std::less<>> primitives{
    {"READ_ONCE", 1},
    {"WRITE_ONCE", 2},
    {"smp_load_acquire", 1},
    {"smp_store_release", 2},
    {"smp_mb", 0},
    {"smp_rmb", 0},
    {"smp_wmb", 0},
    {"spin_lock", 1},
    {"spin_unlock", 1},
    {"atomic_read", 1},
    {"atomic_read_acquire", 1},
    {"atomic_set", 2},
    {"atomic_set_release", 2},
    {"atomic_fetch_add", 2},
    {"atomic_fetch_sub", 2},
    {"atomic_fetch_or", 2},
    {"atomic_fetch_and", 2},
    {"atomic_xchg", 2},
    {"atomic_cmpxchg", 3},
};

/// Reads one litmus test; throws std::runtime_error where it is none.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) { next(); }

  void test() {
    expect("C");
    while (token_ != "{") // The name, which may have any letters.
      next();
    expect("{");
    while (token_ != "}") {
      name();
      expect("=");
      number();
      expect(";");
    }
    next();
    for (int thread = 0; token_ != "exists"; ++thread)
      this->thread(thread);
    next();
    condition();
    if (!token_.empty()) fail("the end");
  }

 private:
  [[noreturn]] void fail(const std::string& wanted) const {
    throw std::runtime_error("wanted " + wanted + ", found \"" + token_ + "\"");
  }

  void next() {
    const auto skip_to = [&](std::string_view end) {
      const auto at = text_.find(end);
      if (at == std::string_view::npos) fail(std::string(end));
      text_.remove_prefix(at + end.size());
    };
    while (true) {
      while (!text_.empty() && std::isspace(static_cast<unsigned char>(text_.front())) != 0)
        text_.remove_prefix(1);
      if (text_.starts_with("(*\n"))
        skip_to("*)");
      else if (text_.starts_with("/*"))
        skip_to("*/");
      else
        break;
    }
    std::size_t size = text_.empty() ? 0 : 1;
    const auto is_word = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    };
    if (size == 1 && is_word(text_.front()))
      while (size < text_.size() && is_word(text_[size]))
        ++size;
    for (const std::string_view pair : {"==", "!=", "/\\", "\\/"})
      if (text_.starts_with(pair)) size = 2;
    token_ = text_.substr(0, size);
    text_.remove_prefix(size);
  }

  void expect(const std::string& wanted) {
    if (token_ != wanted) fail(wanted);
    next();
  }
  bool takes(const std::string& wanted) {
    if (token_ != wanted) return false;
    next();
    return true;
  }
  std::string name() {
    if (token_.empty() || std::isalpha(static_cast<unsigned char>(token_.front())) == 0)
      fail("a name");
    std::string found = token_;
    next();
    return found;
  }
  void number() {
    if (token_.empty() || !std::ranges::all_of(token_, [](char c) { return c >= '0' && c <= '9'; }))
      fail("a number");
    next();
  }

  void thread(int number) {
    expect("P" + std::to_string(number));
    expect("(");
    shared_.clear();
    used_.clear();
    flags_.clear();
    held_.clear();
    while (!takes(")")) {
      const std::string type = name();
      if (type != "int" && type != "atomic_t" && type != "spinlock_t") fail("a type");
      expect("*");
      shared_[name()] = type;
      if (token_ != ")") expect(",");
    }
    expect("{");
    while (takes("int")) {
      const std::string local = name();
      flags_.insert(local);
      if (takes("=")) {
        this->number();
        registers_.insert(std::to_string(number) + ":" + local);
      }
      expect(";");
    }
    block();
    for (const auto& [shared, type] : shared_)
      if (!used_.contains(shared)) fail("a use of " + shared);
    if (!held_.empty()) fail("an unlock of " + *held_.begin());
    shared_names_.insert(used_.begin(), used_.end());
  }

  void block() {
    while (!takes("}"))
      statement();
  }

  void statement() {
    if (takes("if")) {
      expect("(");
      compare();
      expect(")");
      expect("{");
      const std::multiset<std::string> before = held_;
      block();
      const std::multiset<std::string> one = held_;
      held_ = before;
      if (takes("else")) {
        if (token_ == "if") {
          statement();
        } else {
          expect("{");
          block();
        }
      }
      if (held_ != one) fail("the same locks on both ways");
      return;
    }
    if (takes("*")) {
      pointer();
      expect("=");
      number();
    } else if (primitives_has(token_)) {
      call(name());
    } else {
      local();
      expect("=");
      if (takes("*"))
        pointer();
      else if (std::isdigit(static_cast<unsigned char>(token_.front())) != 0)
        number();
      else
        call(name());
    }
    expect(";");
  }

  static std::string stem(std::string called) {
    for (const std::string_view order : {"_relaxed", "_acquire", "_release"})
      if (called.ends_with(order) && !primitives.contains(called))
        called.resize(called.size() - order.size());
    return called;
  }
  static bool primitives_has(const std::string& called) {
    return primitives.contains(stem(called));
  }

  void call(const std::string& called) {
    const auto known = primitives.find(stem(called));
    if (known == primitives.end()) fail("a primitive, not " + called);
    expect("(");
    int arguments = 0;
    std::string last;
    while (!takes(")")) {
      if (takes("*")) {
        last = pointer();
      } else if (std::isdigit(static_cast<unsigned char>(token_.front())) != 0) {
        number();
      } else {
        last = pointer();
      }
      ++arguments;
      if (token_ != ")") expect(",");
    }
    if (arguments != known->second) fail("other arguments of " + called);
    if (called.starts_with("atomic") && shared_[last] != "atomic_t") fail("an atomic_t in " + last);
    if (called.starts_with("spin") && shared_[last] != "spinlock_t") fail("a lock in " + last);
    if (called.ends_with("_ONCE") && shared_[last] != "int") fail("an int in " + last);
    if (called == "spin_lock") held_.insert(last);
    if (called == "spin_unlock") {
      if (!held_.contains(last)) fail("a lock that is held, not " + last);
      held_.erase(held_.find(last));
    }
  }

  std::string pointer() {
    std::string found = name();
    if (!shared_.contains(found)) fail("a parameter, not " + found);
    used_.insert(found);
    return found;
  }
  void local() {
    const std::string found = name();
    if (!flags_.contains(found)) fail("something declared, not " + found);
  }
  void compare() {
    if (takes("(")) {
      local();
      expect("&");
      number();
      expect(")");
    } else {
      local();
    }
    if (!takes("==")) expect("!=");
    number();
  }

  void condition() {
    expect("(");
    while (true) {
      takes("~");
      if (token_ == "(") {
        condition();
      } else if (token_ == "false") {
        next();
      } else {
        std::string what = token_;
        next();
        if (takes(":")) {
          what += ":" + name();
          if (!registers_.contains(what)) fail("a register that starts with 0, not " + what);
        } else if (!shared_names_.contains(what)) {
          fail("shared memory, not " + what);
        }
        expect("=");
        number();
      }
      if (takes(")")) return;
      if (!takes("/\\")) expect("\\/");
    }
  }

  std::string_view text_;
  std::string token_;
  std::map<std::string, std::string> shared_; ///< Of the thread, with their types.
  std::set<std::string> used_, flags_;
  std::multiset<std::string> held_;
  std::set<std::string> registers_, shared_names_; ///< Of all threads.
};

} // namespace stalemate::litmus
