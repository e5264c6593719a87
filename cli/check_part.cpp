#include "cli/check_part.hpp"

#include "checker/ir/identity.hpp"
#include "cli/usage.hpp"
#include "cli/version.hpp"
#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

namespace stalemate::cli {

namespace {

using report::CheckPart;
using report::CheckRow;

/// Options that change no row: how it is written, and how fast it is found.
bool changes_rows(const std::string& option) {
  constexpr std::array<std::string_view, 7> others{
      "--shard", "--report", "--format", "--quiet", "--jobs", "--threads", "--width"};
  return std::ranges::find(others, option) == others.end();
}

constexpr std::size_t parts_max = 999'999;

std::size_t number_in(const std::string& digits) {
  constexpr std::size_t digits_max = 6;
  const bool is_number = !digits.empty() && digits.size() <= digits_max &&
                         digits.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? std::stoul(digits) : 0;
}

/// Rows of the part in a run of so many.
std::size_t share(const CheckPart& part) {
  return (part.rows + part.count - part.number) / part.count;
}

std::string name_of(const CheckPart& part) {
  return fmt::format("part {} of {}", part.number, part.count);
}

std::string arguments_text(const CheckPart& part) {
  std::vector<std::string> words;
  for (const auto& [option, values] : part.arguments)
    words.push_back(fmt::format("{} {}", option, fmt::join(values, " ")));
  return kernel::printable(fmt::format("{}", fmt::join(words, ", ")), 200);
}

[[noreturn]] void refuse(const PartFile& file, const std::string& why) {
  throw UsageError(fmt::format("{}: {}", kernel::printable(file.name, 300), why));
}

std::vector<std::string> mistakes_in(const PartFile& file) {
  std::vector<std::string> mistakes;
  for (const CheckRow& row : file.report.rows)
    if (!row.mistake.empty())
      mistakes.push_back(fmt::format("{}:{}: {}", row.name(), row.line, row.mistake));
  std::ranges::sort(mistakes);
  return mistakes;
}

/// That both are parts of the same run.
void compare(const PartFile& first, const PartFile& other) {
  const CheckPart& a = *first.report.part;
  const CheckPart& b = *other.report.part;
  const std::string first_name = kernel::printable(first.name, 300);
  if (a.program != b.program)
    refuse(other, fmt::format("is of version {}, {} of {}", b.program, first_name, a.program));
  if (a.count != b.count)
    refuse(other, fmt::format("is one of {} parts, {} one of {}", b.count, first_name, a.count));
  if (a.arguments != b.arguments)
    refuse(other,
           fmt::format("was asked for other things than {}: {}; there {}",
                       first_name,
                       arguments_text(b),
                       arguments_text(a)));
  if (a.rows != b.rows || a.scenarios != b.scenarios || mistakes_in(first) != mistakes_in(other))
    refuse(other, fmt::format("is about other scenarios than {}", first_name));
}

void check(const std::vector<PartFile>& parts) {
  for (const PartFile& file : parts) {
    if (!file.report.part) refuse(file, "is no part of a run: it was made without --shard");
    const CheckPart& part = *file.report.part;
    if (part.number < 1 || part.number > part.count || part.count > parts_max)
      refuse(file, "is no part of a run");
    if (part.scenarios.empty())
      refuse(file, "its run ended before it had read the scenarios; run this part again");
  }
  for (const PartFile& file : parts)
    compare(parts.front(), file);
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (parts[i].report.part->number == parts[i - 1].report.part->number)
      refuse(parts[i],
             fmt::format("is {}, and so is {}",
                         name_of(*parts[i].report.part),
                         kernel::printable(parts[i - 1].name, 300)));
  std::vector<std::size_t> missing;
  auto next = parts.begin();
  for (std::size_t number = 1; number <= parts.front().report.part->count; ++number) {
    if (next != parts.end() && next->report.part->number == number)
      ++next;
    else
      missing.push_back(number);
  }
  if (!missing.empty())
    throw UsageError(
        fmt::format("{} of {} parts {} missing: {}",
                    missing.size(),
                    parts.front().report.part->count,
                    missing.size() == 1 ? "is" : "are",
                    kernel::printable(fmt::format("{}", fmt::join(missing, ", ")), 60)));
}

} // namespace

std::optional<CheckPart> part_of(const CLI::App& command, const ChoiceOptions& options) {
  const std::string& text = options.shard;
  if (text.empty()) return std::nullopt;
  const auto slash = std::min(text.find('/'), text.size());
  CheckPart part;
  part.number = number_in(text.substr(0, slash));
  part.count = number_in(text.substr(std::min(slash + 1, text.size())));
  part.program = program_version;
  if (part.number < 1 || part.number > part.count)
    throw UsageError(
        fmt::format("--shard: {} is not a part such as 1/4 or 4/4", kernel::excerpt(text)));
  for (const CLI::Option* option : command.get_options()) {
    const auto& names = option->get_lnames();
    const std::string name = names.empty() ? option->get_single_name() : "--" + names.front();
    if (option->count() > 0 && changes_rows(name)) part.arguments[name] = option->results();
  }
  return part;
}

void describe_whole(const std::vector<Candidate>& all, CheckPart& part) {
  std::string text;
  for (const Candidate& one : all)
    text += fmt::format("{} {:016x} {}\n",
                        one.file->name(),
                        ir::identity(one.model),
                        one.file->text_of(one.scenario));
  part.rows = all.size();
  part.scenarios = fmt::format("{:016x}", XXH3_64bits(text.data(), text.size()));
}

std::vector<Candidate> part_of(std::vector<Candidate> all, const CheckPart& part) {
  std::vector<Candidate> result;
  for (std::size_t i = part.number - 1; i < all.size(); i += part.count)
    result.push_back(std::move(all[i]));
  return result;
}

std::vector<CheckRow> merged(std::vector<PartFile> parts) {
  std::ranges::stable_sort(parts, {}, [](const PartFile& file) {
    return file.report.part ? file.report.part->number : 0;
  });
  check(parts);
  std::vector<std::vector<CheckRow>> shares;
  std::vector<CheckRow> mistakes;
  for (PartFile& file : parts) {
    std::vector<CheckRow>& rows = shares.emplace_back();
    mistakes.clear(); // Every part has all of them.
    for (CheckRow& row : file.report.rows)
      (row.mistake.empty() ? rows : mistakes).push_back(std::move(row));
    if (rows.size() != share(*file.report.part))
      refuse(file,
             fmt::format("has {} rows where {} should have {}",
                         rows.size(),
                         name_of(*file.report.part),
                         share(*file.report.part)));
  }
  std::vector<CheckRow> rows;
  for (std::size_t i = 0; i < parts.front().report.part->rows; ++i)
    rows.push_back(std::move(shares[i % shares.size()][i / shares.size()]));
  return report::in_order(std::move(rows), std::move(mistakes));
}

} // namespace stalemate::cli
