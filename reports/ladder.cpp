#include "reports/ladder.hpp"

#include "reports/causality.hpp"
#include "reports/slice.hpp"
#include "reports/story.hpp"
#include "reports/words.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <regex>
#include <string>
#include <vector>

namespace stalemate::report {

namespace {

/// A mail program must not have to guess how it is encoded.
std::string ascii(const std::string& text) {
  std::string clean;
  for (const char c : printable(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80)
      clean += c;
    else if (byte >= 0xc0) // The first byte of a character.
      clean += '?';
  }
  return clean;
}

/// The rungs have no numbers.
std::string without_numbers(std::string text) {
  static const std::regex since(R"( since step \d+ \(([^)]*)\))");
  static const std::regex loop(R"(from step \d+ to step \d+, again)");
  text = std::regex_replace(text, since, " since $1()");
  return std::regex_replace(text, loop, "the loop above again");
}

class Ladder {
 public:
  Ladder(const ir::Model& model, const Trace& trace, std::ostream& out)
      : model_(model), trace_(trace), causality_(causality(model, trace)),
        story_(tell(model, trace, causality_)),
        steps_(key_steps(trace, causality_, story_, rungs_max)), out_(out) {
    for (const int step : steps_)
      add_lane(scene(step).process);
    for (const Blocked& blocked : trace.blocked)
      add_lane(blocked.process);
    if (lanes_.size() > 1)
      distance_ = std::clamp((columns - last_lane) / (lanes_.size() - 1), lane_min, lane_max);
  }

  void write() {
    header();
    for (const int step : steps_) {
      if (trace_.loop == static_cast<std::size_t>(step))
        out_ << "  -- from here on, again and again --\n";
      rung(step);
    }
    for (const Blocked& blocked : trace_.blocked)
      waiting(blocked);
    out_ << '\n';
    for (const std::string& line : story_.ending)
      for (const std::string& part : wrapped(ascii(without_numbers(line)), columns, 2))
        out_ << part << '\n';
  }

 private:
  static constexpr std::size_t columns = ladder_columns;
  static constexpr std::size_t rungs_max = 5;  ///< Two lines each: still read in a commit message.
  static constexpr std::size_t last_lane = 31; ///< "remove it from the page cache", indented.
  static constexpr std::size_t lane_max = 30;
  static constexpr std::size_t lane_min = 4;

  /// In the order in which they come, so that the eye goes from left to right.
  void add_lane(int process) {
    if (std::ranges::find(lanes_, process) == lanes_.end()) lanes_.push_back(process);
  }

  [[nodiscard]] const Scene& scene(int step) const {
    return story_.scenes[static_cast<std::size_t>(step)];
  }

  /// Where the column of the process starts. There may be more processes than columns have room.
  [[nodiscard]] std::size_t start(int process) const {
    const auto lane = std::ranges::find(lanes_, process) - lanes_.begin();
    return std::min(static_cast<std::size_t>(lane) * distance_, columns - last_lane);
  }

  /// The names, one below the other where they would touch; dashes below a single line of them.
  void header() {
    std::vector<std::string> lines;
    std::string dashes;
    for (const int process : lanes_) {
      const std::string name = ascii(process_of(model_, process).name);
      const auto left = start(process);
      auto line = std::ranges::find_if(
          lines, [&](const auto& l) { return l.empty() || l.size() + 1 < left; });
      if (line == lines.end()) line = lines.emplace(lines.end());
      line->resize(left, ' ');
      *line += name;
      dashes.resize(std::max(left, dashes.size()), ' ');
      dashes += std::string(name.size(), '-');
    }
    for (const auto& line : lines)
      out_ << line << '\n';
    if (lines.size() == 1) out_ << dashes << '\n';
  }

  void line(int process, std::size_t indent, const std::string& text) {
    const auto left = start(process) + indent;
    for (const auto& part : wrapped(ascii(text), static_cast<double>(columns - left), 2))
      out_ << std::string(left, ' ') << part << '\n';
  }

  /// A function again is named again only if somebody else was there between.
  void function(int process, const std::string& name) {
    if (process == last_process_ && name == last_function_) return;
    last_process_ = process;
    last_function_ = name;
    line(process, 0, name + "()");
  }

  /// A lock that others wait for says more than the phrase of the step that took it.
  [[nodiscard]] static std::string phrase(const Scene& scene) {
    for (const Detail& detail : scene.details)
      if (detail.kind == Detail::Kind::lock && !detail.mark.empty()) return detail.text;
    return scene.phrase;
  }

  /// What the step did to the others, if the phrase does not have to say it.
  [[nodiscard]] std::vector<std::string> remarks(int step) const {
    std::vector<std::string> texts;
    for (const Detail& detail : scene(step).details) {
      const bool is_harm = !detail.mark.empty() && detail.kind != Detail::Kind::lock;
      if (detail.kind == Detail::Kind::stale)
        texts.push_back(stale_text(detail));
      else if (detail.is_refused && detail.mark.starts_with("but"))
        texts.push_back(detail.text + ", " + detail.mark);
      else if (is_harm)
        texts.push_back(fmt::format("{}   <-- {}", detail.text, detail.mark));
      else if (is_told(step, detail))
        texts.push_back(detail.text);
    }
    if (!scene(step).mark.empty()) texts.push_back("<-- " + scene(step).mark);
    return texts;
  }

  /// Steps have no numbers here: "iomap.type is stale: extent[0] is mapped since step 9".
  [[nodiscard]] static std::string stale_text(const Detail& detail) {
    const auto since = detail.text.rfind(" since step ");
    return detail.text.substr(0, since);
  }

  /// The change that made something stale, unless the phrase says it: "from unwritten to mapped".
  [[nodiscard]] bool is_told(int step, const Detail& change) const {
    if (change.kind != Detail::Kind::change) return false;
    const auto values = change.text.substr(change.text.find(": ") + 2);
    const auto arrow = values.find(" -> ");
    const std::string& phrase = scene(step).phrase;
    if (phrase.find(values.substr(0, arrow)) != std::string::npos &&
        phrase.find(values.substr(arrow + 4)) != std::string::npos)
      return false;
    return std::ranges::any_of(causality_.stale, [&](const Stale& stale) {
      return stale.changed == step && stale.cell == change.cells.front();
    });
  }

  void rung(int step) {
    const Scene& at = scene(step);
    function(at.process, at.function);
    const auto texts = remarks(step);
    const auto room = columns - start(at.process) - 2;
    std::string text = phrase(at);
    // On one line with the phrase, if it fits.
    for (const std::string& remark : texts) {
      std::string both = text;
      append(both, remark, "; ");
      if (both.size() <= room) {
        text = both;
        continue;
      }
      line(at.process, 2, text);
      text = remark;
    }
    line(at.process, 2, text);
  }

  void waiting(const Blocked& blocked) {
    function(blocked.process, function_of(model_, step_of(model_, blocked.process, blocked.step)));
    const std::string& phrase = step_of(model_, blocked.process, blocked.step).phrase;
    line(blocked.process, 2, "<waits> " + (blocked.what.empty() ? phrase : "for " + blocked.what));
  }

  const ir::Model& model_;
  const Trace& trace_;
  const Causality causality_;
  const Story story_;
  const std::vector<int> steps_;
  std::ostream& out_;
  std::vector<int> lanes_; ///< Processes that have something to say.
  std::size_t distance_ = 0;
  int last_process_ = -1;
  std::string last_function_;
};

} // namespace

void write_ladder(const ir::Model& model,
                  const Trace& trace,
                  const Caption& caption,
                  std::ostream& out) {
  for (const std::string& text : {caption.head.first_line(), caption.verdict})
    for (const std::string& part : wrapped(ascii(text), ladder_columns, 2))
      out << part << '\n';
  out << '\n';
  Ladder(model, trace, out).write();
}

} // namespace stalemate::report
