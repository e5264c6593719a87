#include "reproduce/conform/log.hpp"

#include "reproduce/refusal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>

namespace stalemate::reproduce {

namespace {

constexpr auto first_line = "stalemate-log 1";

std::vector<std::string> words_in(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;)
    words.push_back(word);
  return words;
}

template <typename Number>
std::optional<Number> number_in(const std::string& word) {
  Number number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return number;
}

bool is_byte(const std::string& word) {
  return word == "??" ||
         (word.size() == 2 && word.find_first_not_of("0123456789abcdef") == std::string::npos);
}

/// "content cache 4096 77 6f" without its first word.
std::optional<Content> content_in(const std::vector<std::string>& words) {
  if (words.size() < 4 || (words[1] != "cache" && words[1] != "disk")) return std::nullopt;
  const auto file = number_in<long>(words[2]);
  const auto size = number_in<int>(words[3]);
  if (!file || !size || *size < 0 || !std::all_of(words.begin() + 4, words.end(), is_byte))
    return std::nullopt;
  return Content{words[1], *file, *size, {words.begin() + 4, words.end()}};
}

/// What the module prints of one that enters or leaves; of others nothing is needed here.
std::optional<Arrival> arrival_in(const std::string& line, int number) {
  const auto words = words_in(line); // number, time, role, command, kind, function, ...
  if (words.size() < 6 || !number_in<long>(words[0]) || !number_in<long>(words[1]))
    return std::nullopt;
  const bool is_exit = words[4] == "exit";
  if (!is_exit && words[4] != "enter") return std::nullopt;
  Arrival arrival{line, number, words[2], words[3], is_exit, words[5]};
  const auto of = std::ranges::find(words, "of");
  if (!is_exit && of != words.end()) {
    const auto file = of + 1 == words.end() ? std::nullopt : number_in<long>(of[1]);
    if (!file) return std::nullopt;
    arrival.file = *file;
  }
  if (!is_exit) return arrival;
  const auto value = words.size() < 8 ? std::nullopt : number_in<long long>(words.back());
  if (!value || words[words.size() - 2] != "->") return std::nullopt;
  arrival.value = *value;
  return arrival;
}

[[noreturn]] void refuse(const std::string& name, int line, const std::string& what) {
  throw Refusal(fmt::format("{}:{}: {}", name, line, what));
}

std::string cut(const std::string& text) {
  constexpr std::size_t length_max = 60;
  return text.size() <= length_max ? text : text.substr(0, length_max) + "...";
}

} // namespace

std::string Arrival::text() const {
  const std::string end = is_exit ? fmt::format(" -> {}", value) : "";
  return fmt::format("{} {} {}{}", role, is_exit ? "exit" : "enter", function, end);
}

Log read_log(const std::string& name, std::string_view text) {
  std::istringstream in{std::string(text)};
  Log log;
  bool has_ended = false;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (number == 1) {
      if (line != first_line) refuse(name, 1, fmt::format("\"{}\" is needed first", first_line));
      continue;
    }
    if (has_ended) refuse(name, number, "there is something behind \"end\"");
    const auto space = line.find(' ');
    const std::string word = line.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : line.substr(space + 1);
    if (word == "scenario") {
      log.scenario = rest;
    } else if (word == "version") {
      log.version = rest;
    } else if (word == "kernel") {
      log.kernel = rest;
    } else if (word == "watched") {
      log.watched = words_in(rest);
    } else if (word == "content") {
      const auto content = content_in(words_in(line));
      if (!content) refuse(name, number, "content is `content cache|disk FILE SIZE BYTE ...`");
      log.contents.push_back(*content);
    } else if (word == "end") {
      has_ended = true;
    } else if (const auto arrival = arrival_in(line, number)) {
      log.arrivals.push_back(*arrival);
    } else {
      refuse(name, number, fmt::format("no arrival at a function: \"{}\"", cut(line)));
    }
  }
  if (number == 0) refuse(name, 1, fmt::format("\"{}\" is needed first", first_line));
  if (!has_ended) refuse(name, number, "the log is cut off: the last line is not \"end\"");
  if (log.scenario.empty()) refuse(name, 1, "no line says which scenario");
  if (log.version.empty()) refuse(name, 1, "no line says which version");
  return log;
}

std::string text_of(const Log& log) {
  std::string text = fmt::format("{}\nscenario {}\nversion {}\nkernel {}\nwatched {}\n",
                                 first_line,
                                 log.scenario,
                                 log.version,
                                 log.kernel,
                                 fmt::join(log.watched, " "));
  for (const Arrival& arrival : log.arrivals)
    text += arrival.written + '\n';
  for (const Content& content : log.contents)
    text += fmt::format("content {} {} {}{}{}\n",
                        content.where,
                        content.file,
                        content.size,
                        content.bytes.empty() ? "" : " ",
                        fmt::join(content.bytes, " "));
  return text + "end\n";
}

Recorded read_recorded(std::string_view printed, const std::vector<std::string>& watched) {
  std::string text(printed);
  std::erase(text, '\r');
  std::istringstream in(text);
  Recorded recorded;
  Log every;
  every.watched = watched;
  Log log;
  bool is_log = false;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const auto words = words_in(line);
    if (is_log) {
      if (line == "ENDLOG") {
        is_log = false;
        recorded.logs.push_back(log);
      } else if (const auto arrival = arrival_in(line, number)) {
        log.arrivals.push_back(*arrival);
      }
      continue;
    }
    if (words.empty()) continue;
    // Behind what the firmware does to the terminal.
    if (words[0].ends_with("KERNEL") && words.size() > 1) every.kernel = words[1];
    if (words[0] == "PLAY" && words.size() > 1) every.scenario = words[1];
    if (words[0] == "REFUSED" && words.size() > 1) std::erase(every.watched, words[1]);
    if (words[0] == "BROKEN") recorded.broken.push_back(line.substr(line.find(' ') + 1));
    if (words[0] == "DONE") recorded.is_complete = true;
    if (words[0] == "RUN") log = every;
    if (words[0] == "CONTENT")
      if (const auto content = content_in(words)) log.contents.push_back(*content);
    is_log = words[0] == "BEGINLOG";
  }
  return recorded;
}

} // namespace stalemate::reproduce
