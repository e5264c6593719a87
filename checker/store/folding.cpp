#include "checker/store/folding.hpp"

namespace stalemate {

namespace {

Word joined(std::uint32_t left, std::uint32_t right) {
  return left | Word{right} << 32;
}

} // namespace

Folding::Folding(const Layout& layout) {
  const int words = layout.words();
  add(0, words, layout.bytes() - 8 * (words - 1) <= 4);
  tables_.resize(nodes_.size() - 1);
  last_.resize(nodes_.size()); // As if it had been a state of zeros, of which all numbers are 0.
}

std::size_t Folding::add(int first, int end, bool is_last_short) {
  Node node;
  if (end - first == 1) {
    node.word = first;
    node.is_number = is_last_short;
  } else {
    const int middle = first + (end - first) / 2;
    node.left = add(first, middle, false);
    node.right = add(middle, end, is_last_short);
  }
  nodes_.push_back(node);
  return nodes_.size() - 1;
}

void Folding::announce(const Word* state, Part* parts) const {
  for (std::size_t i = 0; i + 1 < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    Part& part = parts[i];
    if (node.word >= 0) {
      part.word = state[node.word];
      part.is_same = part.word == last_[i].word;
    } else {
      part.is_same = parts[node.left].is_same && parts[node.right].is_same;
    }
    part.number = node.is_number ? static_cast<std::uint32_t>(part.word) : last_[i].number;
  }
}

// One node of all states after the other, so that many accesses to its table are under way.
void Folding::fold(std::size_t count, Part* parts, Word* folded) {
  for (std::size_t i = 0; i + 1 < nodes_.size(); ++i)
    if (!nodes_[i].is_number) look_up(i, count, parts);
  const Node& root = nodes_.back();
  for (std::size_t k = 0; k < count; ++k, parts += nodes_.size())
    folded[k] = joined(parts[root.left].number, parts[root.right].number);
}

void Folding::look_up(std::size_t number, std::size_t count, Part* parts) {
  const Node& node = nodes_[number];
  WordNumbers& table = tables_[number];
  Part* const end = parts + count * nodes_.size();
  for (Part* at = parts; at != end; at += nodes_.size()) {
    Part& part = at[number];
    if (part.is_same) continue;
    if (node.word < 0) part.word = joined(at[node.left].number, at[node.right].number);
    table.announce(part.word);
  }
  for (Part* at = parts; at != end; at += nodes_.size())
    if (!at[number].is_same) at[number].number = table.number_of(at[number].word);
}

void Folding::unfold(Word folded, Word* state) const {
  last_.back().word = folded;
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    const Node& node = nodes_[i];
    const Word word = last_[i].word;
    if (node.word >= 0) {
      state[node.word] = word;
      continue;
    }
    know(node.left, static_cast<std::uint32_t>(word));
    know(node.right, static_cast<std::uint32_t>(word >> 32));
  }
}

void Folding::know(std::size_t node, std::uint32_t number) const {
  if (last_[node].number == number) return;
  last_[node] = {nodes_[node].is_number ? number : tables_[node].word(number), number};
}

void Folding::announce_folded(Word folded) const {
  const Node& root = nodes_.back();
  const auto left = static_cast<std::uint32_t>(folded);
  const auto right = static_cast<std::uint32_t>(folded >> 32);
  tables_[root.left].announce_number(left);
  if (!nodes_[root.right].is_number) tables_[root.right].announce_number(right);
}

std::uint64_t Folding::memory_with(std::uint64_t more) const {
  std::uint64_t sum = 0;
  for (const WordNumbers& table : tables_)
    sum += table.memory_with(more);
  return sum;
}

void Folding::save(SnapshotWriter& out) const {
  for (const WordNumbers& table : tables_)
    table.save(out);
}

void Folding::load(SnapshotReader& in) {
  for (WordNumbers& table : tables_)
    table.load(in);
}

} // namespace stalemate
