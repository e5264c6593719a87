#include "checker/disk/run.hpp"

#include "checker/disk/rows.hpp"

#include <algorithm>
#include <utility>

namespace stalemate {

RunWriter::RunWriter(DiskWork& work, std::shared_ptr<ScratchFile> file)
    : work_(work), block_(work.words + 1, work.block_rows) {
  run_.file = std::move(file);
}

void RunWriter::append(const Word* row) {
  if (block_.count == 0)
    run_.first_states.insert(run_.first_states.end(), row + 1, row + 1 + work_.words);
  block_.append(row);
  ++run_.size;
  if (block_.count == block_.rows_max) write_block();
}

Run RunWriter::finish() {
  if (block_.count > 0) write_block();
  return std::exchange(run_, {});
}

void RunWriter::write_block() {
  work_.look_around();
  const auto bytes = work_.codec.encode(block_);
  run_.blocks.push_back({run_.file->append(bytes), static_cast<std::uint32_t>(bytes.size())});
  block_.count = 0;
}

bool RunReader::next(Word* row) {
  if (position_ == run_->size) return false;
  const std::size_t block = position_ / work_->block_rows;
  if (block != loaded_) load(block);
  block_->read(position_ % work_->block_rows, row);
  ++position_;
  return true;
}

bool RunReader::has(const Word* state) {
  const bool is_behind = loaded_ == SIZE_MAX || is_before(block_->count - 1, state);
  if (is_behind) {
    const std::size_t block = block_of(state);
    if (block == SIZE_MAX || block == loaded_) return false;
    load(block);
  }
  // The steps grow until one goes too far.
  const std::size_t count = block_->count;
  std::size_t begin = index_;
  std::size_t step = 1;
  while (begin + step < count && is_before(begin + step, state))
    begin += std::exchange(step, 2 * step);
  std::size_t end = std::min(begin + step, count);
  while (begin < end) {
    const std::size_t middle = begin + (end - begin) / 2;
    if (is_before(middle, state))
      begin = middle + 1;
    else
      end = middle;
  }
  index_ = begin;
  return begin < count && first_words_[begin] == state[0] && compare_rest(begin, state) == 0;
}

void RunReader::load(std::size_t block) {
  work_->look_around();
  if (!block_) block_.emplace(work_->words + 1, work_->block_rows);
  const Run::BlockPlace& place = run_->blocks[block];
  std::vector<std::byte>& bytes = work_->packed;
  bytes.resize(place.bytes);
  run_->file->read(place.at, bytes);
  work_->codec.decode(bytes, *block_);
  loaded_ = block;
  index_ = 0;
  first_words_ = block_->column(1);
}

/// Where a row of the block with the same first word stands to a state.
int RunReader::compare_rest(std::size_t index, const Word* state) const {
  const Word* cell = first_words_ + index;
  for (std::size_t w = 1; w < work_->words; ++w) {
    cell += block_->rows_max;
    if (*cell != state[w]) return *cell < state[w] ? -1 : 1;
  }
  return 0;
}

/// The last block that does not begin behind the state; SIZE_MAX if there is none.
std::size_t RunReader::block_of(const Word* state) const {
  const std::size_t words = work_->words;
  std::size_t begin = loaded_ == SIZE_MAX ? 0 : loaded_;
  std::size_t end = run_->blocks.size();
  while (begin < end) {
    const std::size_t middle = begin + (end - begin) / 2;
    if (compare_states(run_->first_states.data() + middle * words, state, words) <= 0)
      begin = middle + 1;
    else
      end = middle;
  }
  return begin - 1; // Around zero, if there is none.
}

} // namespace stalemate
