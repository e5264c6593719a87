#include "checker/program/assembler.hpp"

#include "checker/program/ensure.hpp"

#include <algorithm>

namespace stalemate {

namespace {

/// Where `part` stands in `pool`; appended if it is not there yet.
template <typename Item, typename Part>
std::int32_t index_in(std::vector<Item>& pool, const Part& part) {
  auto found = std::search(pool.begin(), pool.end(), part.begin(), part.end());
  const auto index = found - pool.begin();
  if (found == pool.end()) pool.insert(pool.end(), part.begin(), part.end());
  return static_cast<std::int32_t>(index);
}

} // namespace

Mark Assembler::mark() {
  places_.push_back(-1);
  return static_cast<Mark>(places_.size()) - 1;
}

void Assembler::place(Mark mark) {
  auto& place = places_[static_cast<std::size_t>(mark)];
  ensure(place < 0, "a mark is placed once");
  place = static_cast<std::int32_t>(code_.size());
}

void Assembler::add(const Instruction& instruction, Mark target) {
  jumps_.push_back({code_.size(), target});
  code_.push_back(instruction);
}

void Assembler::split(const Field& field, const std::vector<Mark>& targets) {
  splits_.push_back({code_.size(), targets});
  Instruction i;
  i.code = Code::split;
  i.word = field.word;
  i.shift = field.shift;
  i.mask = field.mask();
  code_.push_back(i);
}

std::int32_t Assembler::table(const std::vector<std::int64_t>& numbers) {
  return index_in(tables_.numbers, numbers);
}

std::int32_t Assembler::table(std::span<const Field> fields) {
  return index_in(tables_.fields, fields);
}

std::int32_t Assembler::distance(std::size_t from, Mark target) const {
  const auto place = places_[static_cast<std::size_t>(target)];
  ensure(place >= 0, "every mark that is used is placed");
  return place - static_cast<std::int32_t>(from);
}

std::vector<Instruction> Assembler::finish() {
  for (const Jump& jump : jumps_)
    code_[jump.at].jump = distance(jump.at, jump.target);
  for (const Split& split : splits_) {
    // A code that no value has is never met; its entry leads where the last value's does.
    std::vector<std::int32_t> distances(code_[split.at].mask + 1);
    for (std::size_t i = 0; i < distances.size(); ++i)
      distances[i] = distance(split.at, split.targets[std::min(i, split.targets.size() - 1)]);
    code_[split.at].other = index_in(tables_.jumps, distances);
  }
  return std::move(code_);
}

} // namespace stalemate
