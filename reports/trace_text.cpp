#include "reports/trace_text.hpp"

#include "reports/ending.hpp"
#include "reports/race.hpp"
#include "reports/slice.hpp"
#include "reports/story.hpp"
#include "reports/words.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <utility>
#include <vector>

namespace stalemate::report {

namespace {

constexpr std::size_t number_width = 3; ///< Of the step's number.
constexpr std::size_t first_lane = 6;   ///< Column at which the first lane starts.
constexpr std::size_t last_lane_min =
    31;                                ///< What the last lane needs for a variable and its change.
constexpr std::size_t lane_max = 33;   ///< More only tears the lanes apart.
constexpr std::size_t phrase_max = 44; ///< Width of a line; it may reach into empty lanes.

constexpr auto mark_space = "   ";

constexpr auto plain_text = "";
constexpr auto dim_text = "\033[2m";
constexpr auto bold_text = "\033[1m";
constexpr auto accent_text = "\033[1;31m";

std::size_t columns_max() {
  return static_cast<std::size_t>(line_columns());
}

class LaneWriter {
 public:
  LaneWriter(std::ostream& out, std::size_t count, bool colour) : out_(out), colour_(colour) {
    if (count > 1)
      distance_ = std::clamp(
          (columns_max() - first_lane - last_lane_min) / (count - 1), std::size_t{1}, lane_max);
  }

  [[nodiscard]] std::size_t start(std::size_t lane) const { return first_lane + lane * distance_; }

  /// The names above the lanes, on as many lines as they need not to touch.
  void header(const std::vector<std::string>& names) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < names.size(); ++i) {
      auto line = std::ranges::find_if(lines, [&](const auto& l) { return l.size() < start(i); });
      if (line == lines.end()) line = lines.emplace(lines.end());
      line->resize(start(i), ' ');
      *line += names[i];
    }
    for (const auto& line : lines)
      print(line, bold_text);
  }

  /// The step's number, printed in front of the next line.
  void number(std::size_t n) { number_ = fmt::format("{:>{}}", n, number_width); }

  /// `mark` stands behind the text if there is room in the page, even where the lane ends.
  void line(std::size_t lane,
            std::size_t indent,
            const std::string& text,
            const char* style,
            const std::string& mark = "") {
    const auto left = std::min(start(lane) + indent, columns_max() - 2);
    const auto room = static_cast<double>(columns_max() - left);
    auto parts = wrapped(text, std::min(room, static_cast<double>(phrase_max - indent)), 2);
    if (!mark.empty() && columns_of(parts.back() + mark_space + mark) <= room)
      parts.back() += mark_space + mark;
    else if (!mark.empty())
      for (const auto& part : wrapped(mark, room - 2, 4))
        parts.push_back("  " + part);
    for (const auto& part : parts) {
      print(fmt::format("{:<{}}{}", number_, left, part), style);
      number_.clear();
    }
  }

  void print(const std::string& text, const char* style) {
    const bool styled = colour_ && *style != '\0';
    const auto from = styled ? std::min(text.find_first_not_of(' '), text.size()) : 0;
    if (styled)
      out_ << text.substr(0, from) << style << text.substr(from) << "\033[0m\n";
    else
      out_ << text << '\n';
  }

 private:
  std::ostream& out_;
  bool colour_;
  std::size_t distance_ = 0;
  std::string number_;
};

void write_initial(LaneWriter& lanes, const std::vector<Holding>& initially) {
  std::string label = "initially";
  for (const Holding& h : initially) {
    const auto values = h.object.empty() ? h.values : fmt::format("{}: {}", h.object, h.values);
    const auto text = h.ghost ? fmt::format("(remembered by the claim: {})", values) : values;
    for (const auto& part : wrapped(text, line_columns() - 13, 2)) {
      lanes.print(fmt::format("  {:<11}{}", label, part), plain_text);
      label.clear();
    }
  }
}

const char* style_of(const Detail& detail) {
  if (!detail.mark.empty() || detail.is_read || detail.kind == Detail::Kind::stale)
    return accent_text;
  return detail.kind == Detail::Kind::change ? plain_text : dim_text;
}

std::string arrow(const std::string& mark) {
  return mark.empty() ? "" : "<-- " + mark;
}

void write_scene(LaneWriter& lanes, std::size_t lane, const Scene& scene) {
  if (!scene.continues) lanes.line(lane, 0, scene.function, bold_text);
  lanes.line(
      lane, 2, scene.phrase, scene.mark.empty() ? plain_text : accent_text, arrow(scene.mark));
  for (const Detail& d : scene.details)
    lanes.line(lane, 4, d.text, style_of(d), arrow(d.mark));
}

void write_race(LaneWriter& lanes, const std::vector<RaceLine>& race, const char* alarm) {
  constexpr int margin = first_lane - 1;
  bool is_first = true;
  for (const RaceLine& line : race) {
    const bool is_step = line.step >= 0;
    const bool is_claim = !is_step && std::exchange(is_first, false);
    const int indent = is_step ? margin : is_claim ? 0 : 2;
    auto number = is_step ? fmt::format("{:>{}}", line.step + 1, number_width) : std::string();
    for (const auto& part : wrapped(line.text, line_columns() - indent, 2)) {
      lanes.print(fmt::format("{:<{}}{}", number, indent, part), is_claim ? alarm : plain_text);
      number.clear();
    }
  }
}

/// `hidden` is how many steps in a row are left out here.
void write_gap(LaneWriter& lanes, std::size_t& hidden) {
  if (hidden > 0) lanes.print(fmt::format("  ...  {}", counted(hidden, "step")), dim_text);
  hidden = 0;
}

/// `shown` are the steps to write.
void write_steps(LaneWriter& lanes,
                 const ir::Model& model,
                 const Trace& trace,
                 const Story& story,
                 const std::vector<bool>& shown) {
  if (!story.initially.empty()) lanes.print("", plain_text);
  write_initial(lanes, story.initially);

  std::vector<std::string> names;
  for (const int p : story.cast)
    names.push_back(process_of(model, p).name);
  lanes.print("", plain_text);
  lanes.header(names);

  std::size_t hidden = 0;
  for (std::size_t i = 0; i < story.scenes.size(); ++i) {
    Scene scene = story.scenes[i];
    const auto lane = std::ranges::find(story.cast, scene.process) - story.cast.begin();
    if (!shown[i]) {
      ++hidden;
      continue;
    }
    if (hidden > 0) scene.continues = false; // It would continue what is not there.
    write_gap(lanes, hidden);
    if (trace.loop == i) lanes.print("  ---- from here on for ever ----", bold_text);
    lanes.number(i + 1);
    write_scene(lanes, static_cast<std::size_t>(lane), scene);
  }
  write_gap(lanes, hidden);
  if (trace.loop)
    lanes.print(fmt::format("  ---- back to step {} ----", *trace.loop + 1), bold_text);
}

} // namespace

void write_trace_text(const ir::Model& model,
                      const Trace& trace,
                      const Caption& caption,
                      Detailed detailed,
                      bool colour,
                      std::ostream& out) {
  const Causality why = causality(model, trace);
  const Story story = tell(model, trace, why);
  LaneWriter lanes(out, story.cast.size(), colour);

  write_caption(caption, colour, out);
  out << '\n';
  write_race(
      lanes, race(model, trace, why, story), is_example(model, trace) ? bold_text : accent_text);
  if (detailed == Detailed::race) return;
  const bool is_whole = detailed == Detailed::steps;
  write_steps(lanes,
              model,
              trace,
              story,
              is_whole ? std::vector<bool>(trace.steps.size(), true)
                       : steps_that_matter(trace, why, story));
}

} // namespace stalemate::report
