#include "checker/edit/unread.hpp"

namespace stalemate::edit {

namespace {

/// The cone of influence: what is read by what matters, again and again until nothing is added.
class Readers {
 public:
  explicit Readers(const ir::Model& model) : model_(model), read_(model.variables.size(), false) {}

  std::vector<bool> find() {
    for (const ir::Property& property : model_.properties)
      look_at(property);
    for_each_way([&](const ir::Alternative& way) { look_at(way); });
    do {
      grows_ = false;
      for_each_way([&](const ir::Alternative& way) {
        for (const ir::Effect& effect : way.effects)
          if (read_[static_cast<std::size_t>(effect.variable)]) {
            read(effect.value);
            read(effect.index);
          }
      });
    } while (grows_);
    return read_;
  }

 private:
  template <typename F>
  void for_each_way(F f) const {
    for (const ir::Process& process : model_.processes)
      for (const ir::Step& step : process.steps)
        for (const ir::Alternative& way : step.alternatives)
          f(way);
  }

  void read(const ir::ExpressionPtr& e) {
    if (!e) return;
    if (e->op == ir::Op::load && !read_[static_cast<std::size_t>(e->value)]) {
      read_[static_cast<std::size_t>(e->value)] = true;
      grows_ = true;
    }
    for (const auto& operand : e->operands)
      read(operand);
  }

  void look_at(const ir::Property& property) {
    for (const ir::Part& part : property.parts) {
      read(part.holds);
      for (const auto& value : part.values)
        read(value);
    }
    read(property.cause);
    read(property.goal);
  }

  void look_at(const ir::Alternative& way) {
    read(way.guard);
    for (const ir::Wait& wait : way.waits) {
      read(wait.until);
      read(wait.place);
      for (const auto& holder : wait.holders)
        read(holder);
    }
    for (const ir::Check& check : way.checks)
      read(check.holds);
  }

  const ir::Model& model_;
  std::vector<bool> read_;
  bool grows_ = false;
};

} // namespace

std::vector<bool> is_read(const ir::Model& model) {
  return Readers(model).find();
}

void forget_unread(ir::Model& model, const std::vector<bool>& was_read) {
  const std::vector<bool> still = is_read(model);
  const auto is_forgotten = [&](const ir::Effect& effect) {
    const auto number = static_cast<std::size_t>(effect.variable);
    return was_read[number] && !still[number];
  };
  for (ir::Process& process : model.processes)
    for (ir::Step& step : process.steps)
      for (ir::Alternative& way : step.alternatives)
        std::erase_if(way.effects, is_forgotten);
}

} // namespace stalemate::edit
