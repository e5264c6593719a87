#include "checker/program/layout.hpp"

#include "checker/program/ensure.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace stalemate {

namespace {

/// Variables with an index that is not constant.
class Indexed {
 public:
  explicit Indexed(const ir::Model& model) : variables_(model.variables.size()) {
    for (const ir::Process& process : model.processes)
      for (const ir::Step& step : process.steps)
        for (const ir::Alternative& alternative : step.alternatives)
          look(alternative);
    for (const ir::Property& property : model.properties) {
      for (const ir::Part& part : property.parts)
        look(*part.holds);
      if (property.cause) look(*property.cause);
      if (property.goal) look(*property.goal);
    }
  }

  [[nodiscard]] bool contains(std::size_t variable) const { return variables_[variable]; }

 private:
  void look(const ir::Alternative& alternative) {
    look(*alternative.guard);
    for (const ir::Wait& wait : alternative.waits)
      look(*wait.until);
    for (const ir::Check& check : alternative.checks)
      look(*check.holds);
    for (const ir::Effect& effect : alternative.effects) {
      look(*effect.value);
      if (effect.index) look(effect.variable, effect.index);
    }
  }

  void look(const ir::Expression& e) {
    if (e.op == ir::Op::load && !e.operands.empty()) return look(e.value, e.operands[0]);
    for (const auto& operand : e.operands)
      look(*operand);
  }

  void look(ir::VariableId variable, const ir::ExpressionPtr& index) {
    if (!ir::is_constant(index)) variables_[static_cast<std::size_t>(variable)] = true;
    look(*index);
  }

  std::vector<bool> variables_;
};

int bits_for(const ir::Range& range) {
  return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(range.high - range.low)));
}

} // namespace

/// Fields that are placed together.
struct Layout::Block {
  std::size_t first = 0; ///< Index of the first field.
  std::size_t count = 1;
  int bits = 0; ///< Of all fields.
};

Layout::Layout(const ir::Model& model) : ranges_(model) {
  const Indexed indexed(model);
  for (std::size_t v = 0; v < model.variables.size(); ++v) {
    const auto id = static_cast<ir::VariableId>(v);
    const int cells = model.variables[v].cells();
    is_row_.push_back(indexed.contains(v) && fits_a_row(id, cells));

    first_.push_back(fields_.size());
    lengths_.push_back(static_cast<std::size_t>(cells));
    for (int cell = 0; cell < cells; ++cell) {
      const ir::Range range = ranges_.of({id, cell});
      Field field;
      field.bits = static_cast<std::uint8_t>(bits_for(range));
      field.low = static_cast<int>(range.low);
      fields_.push_back(field);
    }
  }
  place(blocks());
}

/// Cells of one range that fit a word together.
bool Layout::fits_a_row(ir::VariableId variable, int cells) const {
  const ir::Range range = ranges_.of({variable, 0});
  for (int cell = 1; cell < cells; ++cell)
    if (ranges_.of({variable, cell}) != range) return false;
  return bits_for(range) > 0 && bits_for(range) * cells <= 64;
}

std::vector<Layout::Block> Layout::blocks() const {
  std::vector<Block> all;
  for (std::size_t v = 0; v < first_.size(); ++v) {
    const std::size_t together = is_row_[v] ? lengths_[v] : 1;
    for (std::size_t cell = 0; cell < lengths_[v]; cell += together) {
      const std::size_t first = first_[v] + cell;
      const int bits = fields_[first].bits * static_cast<int>(together);
      if (bits > 0) all.push_back({first, together, bits});
    }
  }
  return all;
}

void Layout::place(std::vector<Block> blocks) {
  std::ranges::stable_sort(blocks, std::greater<>(), &Block::bits);
  std::vector<int> used;
  std::vector<std::size_t> word_of;
  for (const Block& block : blocks) {
    const auto fits = std::ranges::find_if(used, [&](int bits) { return bits + block.bits <= 64; });
    const auto word = static_cast<std::size_t>(fits - used.begin());
    if (fits == used.end()) used.push_back(0);
    if (used.size() > 255) throw ir::InvalidModel("a state needs more than 255 words of 64 bits");
    word_of.push_back(word);
    for (std::size_t i = 0; i < block.count; ++i) {
      Field& field = fields_[block.first + i];
      field.shift = static_cast<std::uint8_t>(used[word]);
      used[word] += field.bits;
    }
  }

  // The emptiest word comes last, where only the bytes that it needs are stored.
  if (used.empty()) return;
  const auto last = used.size() - 1;
  const auto emptiest = static_cast<std::size_t>(std::ranges::min_element(used) - used.begin());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    std::size_t word = word_of[i];
    if (word == emptiest)
      word = last;
    else if (word == last)
      word = emptiest;
    for (std::size_t k = 0; k < blocks[i].count; ++k)
      fields_[blocks[i].first + k].word = static_cast<std::uint8_t>(word);
  }
  words_ = static_cast<int>(used.size());
  bits_ = std::accumulate(used.begin(), used.end(), 0);
  bytes_ = static_cast<int>(last) * 8 + (used[emptiest] + 7) / 8;
}

std::span<const Field> Layout::fields(ir::VariableId variable) const {
  const auto v = static_cast<std::size_t>(variable);
  return {fields_.data() + first_[v], lengths_[v]};
}

std::optional<Row> Layout::row(ir::VariableId variable) const {
  if (!is_row_[static_cast<std::size_t>(variable)]) return std::nullopt;
  const Field first = fields(variable).front();
  return Row{first, first.bits};
}

void Layout::pack(const ir::Valuation& values, Word* state) const {
  std::fill_n(state, words_, Word{0});
  for (std::size_t v = 0; v < values.size(); ++v) {
    for (std::size_t cell = 0; cell < values[v].size(); ++cell) {
      const ir::Cell at{static_cast<int>(v), static_cast<int>(cell)};
      const Field& f = field(at);
      ensure(ranges_.of(at).contains(values[v][cell]),
             "a packed value is one that the cell can take");
      state[f.word] |= static_cast<Word>(static_cast<std::int64_t>(values[v][cell]) - f.low)
                       << f.shift;
    }
  }
}

ir::Valuation Layout::unpack(const Word* state) const {
  ir::Valuation values;
  for (std::size_t v = 0; v < first_.size(); ++v) {
    auto& cells = values.emplace_back();
    for (const Field& field : fields(static_cast<int>(v)))
      cells.push_back(field.value(state));
  }
  return values;
}

} // namespace stalemate
