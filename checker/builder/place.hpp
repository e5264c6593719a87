#pragma once

#include "checker/builder/expr.hpp"
#include "checker/ir/model.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::build {

/// One or more assignments to be made by a step, in order. A value: it changes nothing by itself.
class [[nodiscard]] Effect {
 public:
  /// `held` is, for the release of a lock, the claim that the running process holds it.
  explicit Effect(ir::Effect effect, ir::ExpressionPtr held = nullptr) {
    parts_.push_back({std::move(effect), std::move(held)});
  }
  Effect() = default;

  /// This, then that.
  Effect then(const Effect& next) const {
    Effect both = *this;
    both.parts_.insert(both.parts_.end(), next.parts_.begin(), next.parts_.end());
    return both;
  }

  struct Part {
    ir::Effect effect;
    ir::ExpressionPtr held;
  };
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

 private:
  std::vector<Part> parts_;
};

/// Several effects as one, in order.
template <typename... More>
[[nodiscard]] Effect together(const Effect& first, const More&... more) {
  Effect all = first;
  ((all = all.then(more)), ...);
  return all;
}

/// One effect per i in 0..count-1.
template <std::invocable<int> F>
[[nodiscard]] Effect for_each(int count, F effect) {
  Effect all;
  for (int i = 0; i < count; ++i)
    all = all.then(effect(i));
  return all;
}

/// A cell that can be read and assigned. Copying binds it to the same cell; `=` records an
/// assignment and returns it.
class Place : public Expr {
 public:
  /// Throws ir::InvalidModel if the index can leave the array.
  Place(ir::VariableId id, const ir::Variable& variable, ir::ExpressionPtr index);
  Place(const Place&) = default;
  ~Place() = default;

  // NOLINTBEGIN(misc-unconventional-assign-operator, bugprone-unhandled-self-assignment): the
  // notation; nothing is assigned here.
  Effect operator=(const Expr& value) const;
  Effect operator=(const Place& value) const { return *this = static_cast<const Expr&>(value); }
  // NOLINTEND(misc-unconventional-assign-operator, bugprone-unhandled-self-assignment)

  [[nodiscard]] const std::string& name() const { return *name_; }

 private:
  std::shared_ptr<const std::string> name_;
};

/// The cells of one variable. Indexes are checked while building: `folio.dirty: index range 0..5
/// leaves 0..1` is an ir::InvalidModel.
class Array {
 public:
  Array(ir::VariableId id, ir::Variable variable)
      : id_(id), variable_(std::make_shared<const ir::Variable>(std::move(variable))) {}

  /// The cell of an array, or of a row of a table.
  [[nodiscard]] Place operator[](const Expr& index) const;

  /// One row of a table.
  [[nodiscard]] Array row(const Expr& index) const;

  /// The cells of this array or row.
  [[nodiscard]] int size() const;

  [[nodiscard]] ir::VariableId id() const { return id_; }

 private:
  ir::VariableId id_;
  std::shared_ptr<const ir::Variable> variable_;
  ir::ExpressionPtr row_; ///< Null, or the row that this is.
};

} // namespace stalemate::build
