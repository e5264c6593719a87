#include "reports/machine_diagram.hpp"

#include "reports/machine.hpp"
#include "reports/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stalemate::report {

namespace {

// Sizes in points.
constexpr double function_width = 560;
constexpr double frame = 8; ///< From the function's edge to its steps.
constexpr double padding = 5;
constexpr double step_gap = 12;
constexpr double function_gap = 14;
constexpr double number_width = 22;
constexpr double track_distance = 9;
constexpr double condition_share = 0.46; ///< Of a row's width; effects take the rest.

constexpr int title_size = 12;
constexpr int text_size = 9;
constexpr int small_size = 8;

/// A jump from a row to a step.
struct Jump {
  int from = 0;
  int to = 0;
  double start = 0; ///< Height of the row that it leaves.
};

/// Gives every jump a track so that those that overlap do not share one; the shortest run inside.
std::vector<std::size_t> tracks_of(const std::vector<std::pair<double, double>>& spans) {
  std::vector<std::size_t> order(spans.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::ranges::stable_sort(
      order, {}, [&](std::size_t i) { return spans[i].second - spans[i].first; });

  std::vector<std::size_t> tracks(spans.size());
  std::vector<std::vector<std::pair<double, double>>> taken;
  for (const std::size_t i : order) {
    const auto free = std::ranges::find_if(taken, [&](const auto& others) {
      return std::ranges::none_of(others, [&](const auto& o) {
        return o.first < spans[i].second && spans[i].first < o.second;
      });
    });
    tracks[i] = static_cast<std::size_t>(free - taken.begin());
    if (free == taken.end()) taken.emplace_back();
    taken[tracks[i]].push_back(spans[i]);
  }
  return tracks;
}

class MachineDiagram {
 public:
  MachineDiagram(const ir::Model& model, int process)
      : machine_(machine(model, process)), sheet_(machine_.title, Sheet::Below::boxes) {}

  void draw(std::ostream& out) {
    std::vector<Line> title;
    append_broken(title, {machine_.title, title_size, true, ink::black}, function_width);
    sheet_.add(Box{"title", {0, 0, function_width, height_of(title) + 4}, title});
    double top = height_of(title) + 12;
    for (std::size_t i = 0; i < machine_.blocks.size(); ++i)
      top = draw_function(i, top) + function_gap;
    end_top_ = top;
    draw_jumps();
    if (ends_) draw_end();
    sheet_.write(out);
  }

 private:
  /// The frame goes first, under its steps, so its height is measured before.
  double draw_function(std::size_t index, double top) {
    const MachineBlock& block = machine_.blocks[index];
    const std::vector<Line> head = {{block.function, text_size, true, ink::black}};
    double height = 20;
    for (const MachineStep& s : block.steps)
      height += height_of_step(s) + step_gap;
    height += frame - step_gap;
    Box box{fmt::format("function {}", index + 1), {0, top, function_width, height}, {}};
    box.fill = ink::shade;
    sheet_.add(box);
    Box name{"", {frame + number_width, top + 2, function_width * 0.6, 16}, head};
    name.margin = 0;
    sheet_.add(name);
    const Line file{block.file, small_size, false, ink::grey};
    draw_aside(block.file, frame + step_width() - width_of(file) - 2, top + 5, width_of(file) + 4);

    double at = top + 20;
    for (const MachineStep& s : block.steps)
      at = draw_step(s, at) + step_gap;
    return top + height;
  }

  static double step_width() { return function_width - 2 * frame; }
  static double condition_width() { return (step_width() - number_width) * condition_share; }
  static double effects_left() { return frame + number_width + condition_width(); }
  static double effects_width() { return step_width() - number_width - condition_width() - 30; }

  /// The only way of a step that needs no condition: its effects stand beside the phrase.
  static bool is_simple(const MachineStep& step) {
    return step.ways.size() == 1 && step.ways.front().condition.empty();
  }

  static std::vector<Line> phrase_of(const MachineStep& step) {
    std::vector<Line> lines;
    append_broken(lines, {step.phrase, text_size, true, ink::black}, phrase_width(step));
    return lines;
  }

  static double phrase_width(const MachineStep& step) {
    return is_simple(step) ? condition_width() - 8 : step_width() - number_width - 70;
  }

  static std::vector<Line> condition_of(const Way& way) {
    std::vector<Line> lines;
    if (!way.condition.empty())
      append_broken(lines, {way.condition, small_size, false, ink::grey}, condition_width() - 8, 2);
    return lines;
  }

  static std::vector<Line> effects_of(const Way& way) {
    std::vector<Line> lines;
    for (const auto& e : way.effects)
      append_broken(lines, {e, small_size, false, ink::black}, effects_width() - 4, 2);
    return lines;
  }

  static double height_of_way(const Way& way) {
    return std::max({height_of(condition_of(way)), height_of(effects_of(way)), 10.0}) + 5;
  }

  static double height_of_step(const MachineStep& step) {
    const double phrase = height_of(phrase_of(step));
    if (is_simple(step))
      return std::max(phrase, height_of(effects_of(step.ways.front())) + 1) + 2 * padding;
    double height = phrase + 2 * padding;
    for (const Way& w : step.ways)
      height += height_of_way(w);
    return height;
  }

  double draw_step(const MachineStep& step, double top) {
    const Area area{frame, top, step_width(), height_of_step(step)};
    Box box{fmt::format("step {}", step.number + 1), area, {}, ink::white};
    box.border = ink::grey;
    sheet_.add(box);
    const auto phrase = phrase_of(step);
    Box number{"",
               {frame, top + padding - 1, number_width, 13},
               {{std::to_string(step.number + 1), text_size, false, ink::grey}}};
    number.centred = true;
    number.margin = 1;
    sheet_.add(number);
    Box text{
        "", {frame + number_width, top + padding, phrase_width(step), height_of(phrase)}, phrase};
    text.margin = 0;
    sheet_.add(text);
    if (step.idle) draw_aside("may rest here", frame + step_width() - 64, top + padding + 1, 60);
    areas_.push_back(area);

    double at = is_simple(step) ? top + padding - 1 : top + padding + height_of(phrase) + 2;
    bool goes_on = false;
    for (const Way& w : step.ways) {
      draw_way(step, w, at);
      if (w.next == step.number + 1 && w.next != machine_.finished)
        goes_on = true;
      else
        jumps_.push_back({step.number, w.next, at + 2 + 5});
      at += height_of_way(w);
    }
    goes_on_.push_back(goes_on);
    return area.bottom();
  }

  void draw_aside(const std::string& text, double left, double top, double width) {
    Box box{"", {left, top, width, 10}, {{text, small_size, false, ink::grey}}};
    box.margin = 0;
    sheet_.add(box);
  }

  void draw_way(const MachineStep& step, const Way& way, double top) {
    if (&way != &step.ways.front()) {
      Box rule{"", {frame + number_width, top - 1, step_width() - number_width - padding, 0.5}, {}};
      rule.fill = ink::faint;
      sheet_.add(rule);
    }
    const auto column = [&](double left, double width, std::vector<Line> lines) {
      if (lines.empty()) return;
      const double tall = height_of(lines);
      Box box{"", {left, top + 2, width, tall}, std::move(lines)};
      box.margin = 0;
      sheet_.add(box);
    };
    column(frame + number_width, condition_width() - 8, condition_of(way));
    column(effects_left(), effects_width(), effects_of(way));
    if (way.next == step.number + 1 && way.next != machine_.finished) return;
    draw_aside("\u2192 " + target_text(machine_, way.next), frame + step_width() - 30, top + 2, 28);
  }

  /// Between neighbours straight down, otherwise around at the right.
  void draw_jumps() {
    for (std::size_t i = 0; i + 1 < areas_.size(); ++i) {
      if (!goes_on_[i]) continue;
      const double x = frame + number_width / 2;
      Path path{{{x, areas_[i].bottom()}, {x, areas_[i + 1].top}}, ink::black, 0.9};
      path.source = fmt::format("step {}", i + 1);
      path.target = fmt::format("step {}", i + 2);
      sheet_.add(path);
    }
    std::vector<std::pair<double, double>> spans;
    for (const Jump& j : jumps_) {
      const double end = end_of(j);
      spans.emplace_back(std::min(j.start, end), std::max(j.start, end));
    }
    const auto tracks = tracks_of(spans);
    for (std::size_t i = 0; i < jumps_.size(); ++i)
      draw_jump(jumps_[i], tracks[i]);
  }

  [[nodiscard]] double end_of(const Jump& jump) const {
    if (jump.to == machine_.finished) return end_top_ + 8;
    return areas_[static_cast<std::size_t>(jump.to)].top + 8;
  }

  void draw_jump(const Jump& jump, std::size_t track) {
    const bool to_end = jump.to == machine_.finished;
    ends_ = ends_ || to_end;
    const double edge = frame + step_width();
    const double x = function_width + 8 + track_distance * static_cast<double>(track);
    const double end = end_of(jump);
    Path path{{{edge, jump.start},
               {x, jump.start},
               {x, end},
               {to_end ? end_left + end_width : edge, end}},
              ink::black,
              0.9};
    path.source = fmt::format("step {}", jump.from + 1);
    path.target = to_end ? "end" : fmt::format("step {}", jump.to + 1);
    sheet_.add(path);
  }

  void draw_end() {
    Box end{"end", {end_left, end_top_, end_width, 16}, {{"end", text_size, false, ink::black}}};
    end.fill = ink::white;
    end.border = ink::grey;
    end.centred = true;
    sheet_.add(end);
  }

  static constexpr double end_left = function_width - 60;
  static constexpr double end_width = 52;

  Machine machine_;
  Sheet sheet_;
  std::vector<Area> areas_;   ///< Of the steps.
  std::vector<bool> goes_on_; ///< Whether a step leads to the next one.
  std::vector<Jump> jumps_;
  double end_top_ = 0;
  bool ends_ = false;
};

} // namespace

void write_machine_diagram(const ir::Model& model, int process, std::ostream& out) {
  MachineDiagram(model, process).draw(out);
}

} // namespace stalemate::report
