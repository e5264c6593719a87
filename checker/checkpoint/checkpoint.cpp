#include "checker/checkpoint/checkpoint.hpp"

#include "checker/checkpoint/checkpoint_error.hpp"
#include "checker/checkpoint/durable_file.hpp"
#include "checker/checkpoint/identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace stalemate {

namespace {

namespace fs = std::filesystem;

constexpr auto newest_name = "head";
constexpr auto previous_name = "head.previous";
constexpr std::uint64_t head_bytes_max = std::uint64_t{1} << 30;

/// How much of each thing that grows the parts hold.
std::vector<std::uint64_t> saved_by(const std::vector<SavedPart>& parts) {
  std::vector<std::uint64_t> saved;
  if (!parts.empty())
    for (const SavedPart::Range& range : parts.back().ranges)
      saved.push_back(range.to);
  return saved;
}

class Writer : public SnapshotWriter {
 public:
  Writer(const fs::path& part, Head& head)
      : file_(part), head_(head), saved_(saved_by(head.parts)) {
    head_.values.clear();
  }

  void number(std::uint64_t value) override { head_.values.push_back(value); }
  void numbers(std::span<const std::uint64_t> values) override {
    head_.values.push_back(values.size());
    head_.values.insert(head_.values.end(), values.begin(), values.end());
  }
  void grown(std::uint64_t gone, std::uint64_t size, const Piece& piece) override {
    const std::size_t index = part_.ranges.size();
    const std::uint64_t saved = index < saved_.size() ? saved_[index] : 0;
    const std::uint64_t from = std::min(std::max(saved, gone), size);
    part_.ranges.push_back({from, size});
    for (std::uint64_t at = from; at < size;) {
      const auto bytes = piece(at);
      const auto now = bytes.first(std::min<std::uint64_t>(bytes.size(), size - at));
      file_.write(now);
      at += now.size();
    }
  }

  void finish() {
    file_.finish();
    part_.bytes = file_.bytes();
    part_.digest = file_.digest();
    head_.parts.push_back(std::move(part_));
  }

 private:
  DurableFile file_;
  Head& head_;
  std::vector<std::uint64_t> saved_;
  SavedPart part_;
};

class Reader : public SnapshotReader {
 public:
  using PartFile = std::function<fs::path(std::size_t)>;

  Reader(const Head& head, PartFile part_file) : head_(head), part_file_(std::move(part_file)) {}

  [[nodiscard]] std::uint64_t number() override {
    if (value_ == head_.values.size()) other();
    return head_.values[value_++];
  }
  [[nodiscard]] std::vector<std::uint64_t> numbers() override {
    std::vector<std::uint64_t> values(number());
    for (std::uint64_t& value : values)
      value = number();
    return values;
  }
  [[nodiscard]] std::uint64_t size() override {
    if (head_.parts.empty() || index_ >= head_.parts.back().ranges.size()) other();
    return head_.parts.back().ranges[index_].to;
  }
  void grown(std::uint64_t gone, const Room& room) override {
    for (std::size_t i = 0; i < head_.parts.size(); ++i) {
      const SavedPart& part = head_.parts[i];
      if (index_ >= part.ranges.size()) other();
      const auto [from, to] = part.ranges[index_];
      std::uint64_t offset = 0; // In the part's file, of what stands at `from`.
      for (std::size_t before = 0; before < index_; ++before)
        offset += part.ranges[before].to - part.ranges[before].from;
      for (std::uint64_t at = std::max(from, gone); at < to;) {
        const auto bytes = room(at);
        const auto now = bytes.first(std::min<std::uint64_t>(bytes.size(), to - at));
        if (now.empty()) other();
        read_at(part_file_(i + 1), offset + (at - from), now);
        at += now.size();
      }
    }
    ++index_;
  }

 private:
  /// Behind checksums and identities that are right, this is a mistake of ours.
  [[noreturn]] static void other() {
    throw CheckpointError("the checkpoint holds something else than this search");
  }

  const Head& head_;
  PartFile part_file_;
  std::size_t value_ = 0;
  std::size_t index_ = 0;
};

} // namespace

Checkpoint::Checkpoint(fs::path folder, const Digest::Value& program) : folder_(std::move(folder)) {
  head_.build = build_identity();
  head_.program = program;
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error)
    throw CheckpointError(fmt::format("{}: cannot be made: {}", folder_.string(), error.message()));
}

fs::path Checkpoint::part_file(std::size_t number) const {
  return folder_ / fmt::format("part-{}", number);
}

void Checkpoint::verify(const Head& head, const std::string& file) const {
  if (head.build != head_.build)
    throw CheckpointError(fmt::format("{}: written by another build of this program", file));
  if (head.program != head_.program)
    throw CheckpointError(
        fmt::format("{}: of another model; the scenario or what it reads has changed", file));
  for (std::size_t i = 0; i < head.parts.size(); ++i) {
    const fs::path path = part_file(i + 1);
    const FileSum sum = sum_of(path);
    if (sum.bytes != head.parts[i].bytes || sum.digest != head.parts[i].digest)
      throw CheckpointError(
          fmt::format("{}: damaged: its checksum is not that of its content", path.string()));
  }
}

bool Checkpoint::load(Generation generation, const std::function<void(SnapshotReader&)>& give) {
  const fs::path file = folder_ / (generation == Generation::newest ? newest_name : previous_name);
  std::error_code error;
  if (!fs::exists(file, error)) return false;
  Head head = head_of(content_of(file, head_bytes_max), file.string());
  verify(head, file.string());
  head_ = std::move(head);
  is_newest_ = generation == Generation::newest;
  Reader reader(head_, [this](std::size_t number) { return part_file(number); });
  give(reader);
  return true;
}

void Checkpoint::save(const std::function<void(SnapshotWriter&)>& take) {
  Head head = head_;
  Writer writer(part_file(head.parts.size() + 1), head);
  take(writer);
  writer.finish();

  const fs::path newest = folder_ / newest_name;
  const fs::path draft = folder_ / "head.new";
  DurableFile file(draft);
  file.write(bytes_of(head));
  file.finish();
  if (is_newest_ && fs::exists(newest)) keep_as(newest, folder_ / previous_name);
  put_in_place(draft, newest);
  head_ = std::move(head);
  is_newest_ = true;
}

} // namespace stalemate
