#pragma once

#include "checker/ir/expression.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <stdexcept>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace stalemate {

/// Functions of states, as decision diagrams after Bryant, with as many branches as a cell has
/// values and numbers at their ends. Equal functions are the same diagram, however they are
/// written.
class Diagrams {
 public:
  /// A function.
  using Id = std::uint32_t;

  /// It takes too much room.
  class TooLarge : public std::runtime_error {
   public:
    TooLarge() : std::runtime_error("the functions are too large to be compared") {}
  };

  /// Always this.
  [[nodiscard]] Id number(std::int64_t value);
  /// One of these numbers, depending on cell number `cell`. It has as many wherever it is named.
  [[nodiscard]] Id choice(int cell, const std::vector<std::int64_t>& numbers);
  /// Any operation on numbers but loads.
  [[nodiscard]] Id combine(ir::Op op, const std::vector<Id>& operands);
  /// `replace(number)` instead of each number.
  template <typename Replace>
  [[nodiscard]] Id replaced(Id function, Replace replace) {
    std::unordered_map<Id, Id> done;
    return replaced(function, replace, done);
  }

  [[nodiscard]] bool is_number(Id function) const { return nodes_[function].cell == no_cell; }
  [[nodiscard]] bool is_number(Id function, std::int64_t value) const {
    return is_number(function) && nodes_[function].value == value;
  }

 private:
  static constexpr int no_cell = std::numeric_limits<int>::max();
  static constexpr std::size_t nodes_max = 200'000;
  static constexpr std::size_t results_max = 2'000'000;

  struct Node {
    int cell = no_cell;
    std::int64_t value = 0;
    std::vector<Id> branches;

    friend auto operator<=>(const Node&, const Node&) = default;
  };
  using Question = std::tuple<ir::Op, std::vector<Id>>;

  [[nodiscard]] Id place(Node node);
  [[nodiscard]] Id branched(int cell, std::vector<Id> branches);
  /// What is known without looking further; -1 if nothing.
  [[nodiscard]] std::int64_t shortcut(ir::Op op, const std::vector<Id>& operands);
  template <typename Replace>
  Id replaced(Id function, Replace& replace, std::unordered_map<Id, Id>& done) {
    if (const auto found = done.find(function); found != done.end()) return found->second;
    Id result = 0;
    if (is_number(function)) {
      result = number(replace(nodes_[function].value));
    } else {
      std::vector<Id> branches = nodes_[function].branches;
      for (Id& branch : branches)
        branch = replaced(branch, replace, done);
      result = branched(nodes_[function].cell, std::move(branches));
    }
    done.emplace(function, result);
    return result;
  }

  std::vector<Node> nodes_;
  std::map<Node, Id> ids_;
  std::map<Question, Id> results_;
};

} // namespace stalemate
