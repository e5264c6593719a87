#include "reproduce/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>
#include <system_error>

namespace stalemate::reproduce {

namespace {

/// The words of a line.
std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;)
    words.push_back(word);
  return words;
}

std::string behind(const std::string& line, std::size_t words) {
  std::size_t at = 0;
  for (; words > 0 && at != std::string::npos; --words)
    at = line.find(' ', at) == std::string::npos ? std::string::npos : line.find(' ', at) + 1;
  return at == std::string::npos ? "" : line.substr(at);
}

/// The value of "at=2048" in "size=4096 at=2048"; or empty.
std::string value_in(const std::string& text, const std::string& key) {
  for (const std::string& word : words_of(text))
    if (word.starts_with(key + "=")) return word.substr(key.size() + 1);
  return "";
}

/// Why the schedule was given up: who was to come next waits, and somebody was held then who had
/// passed a gate before, so that he may hold what is waited for; or nobody comes.
std::vector<std::string> stuck_in(const std::vector<std::string>& log,
                                  const std::vector<std::string>& waits) {
  std::map<std::string, std::string> held;
  std::set<std::string> begun;
  std::set<std::string> went;
  std::vector<std::string> lines;
  for (const std::string& line : log) {
    const auto words = words_of(line); // number, time, role, command, kind, function, ...
    if (words.size() < 6) continue;
    if (words[4] == "held-at") held[words[2]] = words[5];
    if (words[4] == "released-at") held.erase(words[2]);
    if (words[5] == "begin") begun.insert(words[2]);
    const bool is_inside = words[5] != "begin" && begun.contains(words[2]);
    const bool is_worker = words[3].starts_with("kworker"); // It has begun when it is seen.
    if (words[4] == "exit" || words[4] == "released-at" || is_inside || is_worker)
      went.insert(words[2]);
    if (words[4] != "stuck-at" || words.size() < 12) continue;
    const bool is_nobody = words.back() == "-";
    const std::string who = is_nobody ? words[7] : words.back();
    for (const std::string& wait : waits) // The last one is that of now.
      if (wait.starts_with(who + " ") && wait.find("gate_arrive") == std::string::npos)
        lines = {"waits: " + wait};
    if (lines.empty() && is_nobody)
      return {fmt::format("nobody comes to: {} {} {}", words[7], words[8], words[9])};
    if (lines.empty()) lines.push_back("waits: " + who);
    break;
  }
  for (const auto& [role, function] : held)
    if (went.contains(role))
      lines.push_back(fmt::format("holds: {}, which stands at {}", role, function));
  return lines;
}

/// Did this check fire in the line of the log that says that its function was left? By what it
/// returned, else by what its process enters next.
bool has_fired(const Check& check, const std::vector<std::string>& log, std::size_t line) {
  const auto left = words_of(log[line]); // number, time, role, command, exit, function, ->, value
  if (left.size() < 6 || left[4] != "exit" || left[5] != check.function) return false;
  if (left.size() > 7) return check.has_fired(std::strtoull(left[7].c_str(), nullptr, 10));
  for (std::size_t i = line + 1; i < log.size() && !check.next.empty(); ++i)
    if (const auto words = words_of(log[i]);
        words.size() > 5 && words[2] == left[2] && words[4] == "enter")
      return words[5] != check.next;
  return false;
}

/// Reads line by line what comes between BEGIN and END.
class Reader {
 public:
  explicit Reader(const KernelMap& map) : map_(map) {}

  void line(const std::string& text) {
    const auto words = words_of(text);
    if (is_log_) {
      if (text == "ENDLOG")
        end_log();
      else
        log_.push_back(text);
      return;
    }
    if (words.empty()) return;
    if (words[0] == "BEGINLOG")
      is_log_ = true;
    else if (words[0] == "KERNEL" && words.size() > 1)
      report_.kernel = words[1];
    else if (words[0] == "BROKEN")
      report_.broken.push_back(behind(text, 1));
    else if (words[0] == "REFUSED" && words.size() > 2)
      report_.refused[words[1]] = behind(text, 2);
    else if (words[0] == "WAITS")
      waits_.push_back(behind(text, 1));
    else if (words[0] == "BOOTS")
      report_.is_booted = true;
    else if (words[0] == "DONE")
      report_.is_complete = true;
    else if (words[0] == "RUN" && words.size() > 2)
      gated(words[2] == "corrupted", behind(text, 3));
    else if (text.ends_with(" runs corrupted") && is_free_)
      free(words);
    else if (words[0] == "run" && is_free_ && report_.free.found.empty())
      report_.free.found = behind(text, 2);
    else if (words[0] == "BEGIN" && words.size() > 1)
      is_free_ = words[1] == "free";
  }

  [[nodiscard]] Report report() const { return report_; }

 private:
  void gated(bool is_corrupted, const std::string& found) {
    ++report_.gated.runs;
    if (!is_corrupted) return;
    ++report_.gated.corrupted;
    if (report_.gated.found.empty()) report_.gated.found = found;
  }

  // NAME: 5 of 300 runs corrupted
  void free(const std::vector<std::string>& words) {
    if (words.size() < 5) return;
    report_.free.corrupted = std::atoi(words[words.size() - 5].c_str());
    report_.free.runs = std::atoi(words[words.size() - 3].c_str());
  }

  void end_log() {
    is_log_ = false;
    const bool is_abandoned = !log_.empty() && log_.back().ends_with(", abandoned");
    std::set<std::string> fired;
    for (std::size_t i = 0; i < log_.size(); ++i)
      for (const Check& check : map_.checks)
        if (has_fired(check, log_, i)) fired.insert(check.function);
    for (const std::string& line : log_) {
      const auto words = words_of(line);
      if (words.size() > 4 && words[0] == "skipped" && !is_abandoned)
        ++report_.skipped[fmt::format("{} {} {}", words[2], words[3], words[4])];
      // schedule: 13 of 13 items passed, 0 skipped, abandoned
      if (words.size() < 4 || words[0] != "schedule:") continue;
      report_.items = std::atoi(words[3].c_str());
      report_.passed_all += words[1] == words[3] && !is_abandoned ? 1 : 0;
      if (is_abandoned && ++report_.abandoned == 1) report_.stuck = stuck_in(log_, waits_);
    }
    for (const std::string& function : fired)
      ++report_.fired[function];
    log_.clear();
    waits_.clear();
  }

  const KernelMap& map_;
  Report report_;
  std::vector<std::string> log_;
  std::vector<std::string> waits_;
  bool is_log_ = false;
  bool is_free_ = false;
};

/// In which words a run went wrong, by where that was seen.
const char* wrong_word(const std::string& found) {
  const std::string where = value_in(found, "where");
  if (where == "read" || where == "reads") return "wrongly read";
  if (where == "call") return "failed";
  if (where == "crash") return "lost in a crash";
  return "corrupted";
}

std::string place_text(const std::string& where) {
  if (where == "disk") return "on disk";
  if (where == "crash") return "on disk after a crash";
  if (where == "behind") return "behind the end, through a mapping";
  return "in the cache";
}

/// "where=reads R=41,42 S=41": what each of them got, a byte for each segment.
std::string reads_text(const std::string& found) {
  std::string text;
  for (const std::string& word : words_of(found))
    if (const auto equals = word.find('='); !word.starts_with("where="))
      text += fmt::format(
          "{}{} got {}", text.empty() ? "" : ", ", word.substr(0, equals), word.substr(equals + 1));
  return text + ": no order of whole reads and writes gives that";
}

std::string read_text(const std::string& found) {
  const std::string by = value_in(found, "by");
  if (value_in(found, "at").empty())
    return fmt::format("{} got {} bytes, which no order gives", by, value_in(found, "got"));
  return fmt::format("{} got {} for byte {}, and {} in every order",
                     by,
                     value_in(found, "found"),
                     value_in(found, "at"),
                     value_in(found, "expected").empty() ? "nothing" : value_in(found, "expected"));
}

std::string found_text(const std::string& found) {
  const std::string where = value_in(found, "where");
  if (where == "reads") return reads_text(found);
  if (where == "read") return read_text(found);
  if (where == "call")
    return fmt::format(
        "{} returned error {}: {}",
        value_in(found, "by"),
        value_in(found, "error"),
        std::generic_category().message(std::atoi(value_in(found, "error").c_str())));
  if (value_in(found, "at").empty())
    return fmt::format("the size is {}, which no order gives", value_in(found, "size"));
  return fmt::format("byte {} is {} {}, and {} in every order with size {}",
                     value_in(found, "at"),
                     value_in(found, "found"),
                     place_text(where),
                     value_in(found, "expected"),
                     value_in(found, "size"));
}

std::string counted(const Outcome& outcome) {
  return fmt::format("{} {} of {}", wrong_word(outcome.found), outcome.corrupted, outcome.runs);
}

/// In most runs whoever was to come next waited.
bool is_locked_out(const Report& report) {
  return 2 * report.abandoned > report.gated.runs && !report.stuck.empty() &&
         report.stuck.front().starts_with("waits");
}

/// Why the data is intact, as far as it can be known.
std::string reason(const Report& report) {
  if (!report.fired.empty()) return ": the kernel's check fired";
  if (is_locked_out(report)) return ": a lock, or the kernel's own order, forbids the schedule";
  if (!report.refused.empty()) return ": a step has no gate";
  if (report.abandoned > 0 || !report.skipped.empty() || !report.departure.empty())
    return ": the kernel goes another way";
  if (!report.early.empty()) return ": a step has no gate";
  if (!report.notes.empty()) return ": the program is not quite the path";
  return "";
}

} // namespace

std::string headline(const Report& report) {
  if (report.gated.runs == 0 && report.free.runs == 0) return "nothing ran";
  if (report.gated.runs == 0) return counted(report.free) + " without gates";
  if (report.gated.corrupted > 0) return counted(report.gated);
  if (report.free.corrupted > 0) return counted(report.free) + " without gates";
  return fmt::format(
      "intact in {} of {} runs{}", report.gated.runs, report.gated.runs, reason(report));
}

Report read_report(std::string_view printed, const KernelMap& map) {
  std::string text(printed);
  std::erase(text, '\r');
  std::istringstream in(text);
  Reader reader(map);
  for (std::string line; std::getline(in, line);)
    reader.line(line);
  return reader.report();
}

std::map<std::string, std::string> parts_of(const std::string& printed) {
  const std::string mark = "\nRACE ";
  std::map<std::string, std::string> parts;
  const std::string head = printed.substr(0, printed.find(mark));
  for (auto at = printed.find(mark); at != std::string::npos;) {
    const auto name = at + mark.size();
    const auto next = printed.find(mark, name);
    const auto end = printed.find_first_of("\r\n", name);
    parts[printed.substr(name, end - name)] =
        head + printed.substr(at, next == std::string::npos ? next : next - at);
    at = next;
  }
  return parts;
}

std::string why(const Report& report, const KernelMap& map) {
  if (!report.gated.found.empty()) return found_text(report.gated.found);
  if (!report.free.found.empty()) return found_text(report.free.found);
  if (!report.fired.empty()) {
    const auto check = std::ranges::find(map.checks, report.fired.begin()->first, &Check::function);
    return fmt::format("{}: {}", check->function, check->text);
  }
  std::string text;
  const auto add = [&](const std::string& line) { text += (text.empty() ? "" : "; ") + line; };
  for (const std::string& line : report.stuck)
    add(line);
  for (const auto& [item, runs] : report.skipped)
    add(fmt::format("goes on without \"{}\"", item));
  for (const auto& [function, reason] : report.refused)
    add(fmt::format("no gate: {}: {}", function, reason));
  for (const std::string& step : report.early)
    add("comes early, from an interrupt: " + step);
  if (!report.departure.empty() && !is_locked_out(report))
    add("the model agrees: " + report.departure);
  for (const std::string& note : report.notes)
    add(note);
  return text;
}

std::vector<std::string> answer(const Report& report, const KernelMap& map) {
  std::vector<std::string> lines{headline(report)};
  if (!report.gated.found.empty())
    lines.push_back("  with gates: " + found_text(report.gated.found));
  if (report.gated.runs > 0)
    lines.push_back(fmt::format("  the whole schedule of {} items was passed in {} of {} runs",
                                report.items,
                                report.passed_all,
                                report.gated.runs));
  for (const auto& [function, runs] : report.fired) {
    const auto check = std::ranges::find(map.checks, function, &Check::function);
    lines.push_back(fmt::format("  the check fired in {} of {} runs: {}: {}",
                                runs,
                                report.gated.runs,
                                function,
                                check->text));
  }
  if (report.abandoned > 0)
    lines.push_back(
        fmt::format("  given up in {} of {} runs:", report.abandoned, report.gated.runs));
  for (const std::string& line : report.stuck)
    lines.push_back("    " + line);
  for (const auto& [item, runs] : report.skipped)
    lines.push_back(fmt::format("  the kernel went on without \"{}\" in {} runs", item, runs));
  for (const auto& [function, why] : report.refused)
    lines.push_back(fmt::format("  no gate: {}: {}", function, why));
  for (const std::string& step : report.early)
    lines.push_back("  comes early, from an interrupt: " + step);
  if (report.free.runs > 0 && report.gated.runs > 0)
    lines.push_back("  without gates: " + counted(report.free) +
                    (report.free.found.empty() ? "" : ": " + found_text(report.free.found)));
  for (const std::string& what : report.broken)
    lines.push_back("  the guest: " + what);
  return lines;
}

} // namespace stalemate::reproduce
