#include "cli/tests/console.hpp"

#include "cli/tests/program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace stalemate::cli::tests {

namespace {

namespace fs = std::filesystem;

/// Where the commands of one document run.
class Session {
 public:
  Session() {
    for (const char* name : {"scenarios", "docs"})
      fs::create_directory_symlink(fs::path(STALEMATE_SOURCE_DIR) / name, folder_ / name);
  }

  void add(const std::string& name, const std::string& text) const {
    (void)folder_.add(name, text);
  }

  /// What a command prints, and what went wrong on stderr behind it.
  Lines print(const std::string& command) {
    std::vector<std::string> words = shell_words(command);
    if (words == std::vector<std::string>{"echo", "$?"}) return {std::to_string(status_)};
    std::string output;
    if (const auto redirect = std::ranges::find(words, ">"); redirect != words.end()) {
      output = folder_ / *(redirect + 1);
      words.erase(redirect, redirect + 2);
    }
    if (words.empty() || (words.front() != "stalemate" && words.front() != "./dev"))
      return {"a document can only run stalemate, ./dev and echo $?"};
    words.erase(words.begin());
    const Outcome outcome = run(words, {.folder = folder_.path(), .output = output});
    status_ = outcome.status;
    if (status_ == 4 || status_ > 127) return {fmt::format("status {}", status_)};
    return lines_of(outcome.out + outcome.err);
  }

 private:
  Folder folder_;
  int status_ = 0;
};

/// Reads a document block by block, and writes it as it would be right.
class Reader {
 public:
  explicit Reader(std::string name) : name_(std::move(name)) {}

  Replay read(const Lines& lines) {
    for (std::size_t at = 0; at < lines.size();) {
      const std::string fence = lines[at];
      keep(lines[at++]);
      if (!fence.starts_with("```")) continue;
      const auto end = static_cast<std::size_t>(
          std::find(lines.begin() + static_cast<std::ptrdiff_t>(at), lines.end(), "```") -
          lines.begin());
      const Lines block(lines.begin() + static_cast<std::ptrdiff_t>(at),
                        lines.begin() + static_cast<std::ptrdiff_t>(end));
      if (fence == "```console")
        play(block, at);
      else
        take(fence, block);
      if (end < lines.size()) keep(lines[end]);
      at = end + 1;
    }
    return result_;
  }

 private:
  void keep(const std::string& line) { result_.text += line + "\n"; }

  // A block with a name behind its language is a file.
  void take(const std::string& fence, const Lines& block) {
    std::string text;
    for (const std::string& line : block) {
      keep(line);
      text += line + "\n";
    }
    if (const auto space = fence.find(' '); space != std::string::npos)
      session_.add(fence.substr(space + 1), text);
  }

  void play(const Lines& block, std::size_t line) {
    for (std::size_t at = 0; at < block.size();) {
      const std::string prompt = block[at];
      keep(prompt);
      const auto next = std::find_if(block.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                                     block.end(),
                                     [](const std::string& one) { return one.starts_with("$ "); });
      const Lines shown(block.begin() + static_cast<std::ptrdiff_t>(at) + 1, next);
      Lines printed{"not a command"};
      if (prompt.starts_with("$ ")) printed = session_.print(prompt.substr(2));
      ++result_.commands;
      const bool is_right = is_as_shown(shown, printed);
      for (const std::string& one : is_right ? shown : printed)
        keep(one);
      if (!is_right)
        result_.differences.push_back(
            fmt::format("{}:{}: {}\n  prints\n{}", name_, line + at + 1, prompt, joined(printed)));
      at = static_cast<std::size_t>(next - block.begin());
    }
  }

  static std::string joined(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines)
      text += line + "\n";
    return text;
  }

  std::string name_;
  Session session_;
  Replay result_;
};

} // namespace

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back(line);
  }
  return lines;
}

bool is_as_shown(const Lines& shown, const Lines& printed) {
  if (shown.empty()) return printed.empty();
  const Lines rest(shown.begin() + 1, shown.end());
  if (shown.front() == "...") {
    for (auto from = printed.begin();; ++from) {
      if (is_as_shown(rest, Lines(from, printed.end()))) return true;
      if (from == printed.end()) return false;
    }
  }
  return !printed.empty() && shown.front() == printed.front() &&
         is_as_shown(rest, Lines(printed.begin() + 1, printed.end()));
}

std::vector<std::string> shell_words(const std::string& command) {
  std::vector<std::string> words;
  std::string word;
  bool is_word = false;
  char quote = 0;
  for (const char c : command + " ") {
    if (quote != 0) {
      if (c == quote)
        quote = 0;
      else
        word += c;
    } else if (c == '\'' || c == '"') {
      quote = c;
      is_word = true;
    } else if (c == ' ') {
      if (is_word) words.push_back(std::move(word));
      word.clear();
      is_word = false;
    } else {
      word += c;
      is_word = true;
    }
  }
  return words;
}

Replay replay(const std::string& name, const std::string& text) {
  return Reader(name).read(lines_of(text));
}

} // namespace stalemate::cli::tests
