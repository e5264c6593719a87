#include "reports/diagram.hpp"

#include "reports/arrows.hpp"
#include "reports/diagram_text.hpp"
#include "reports/ending.hpp"
#include "reports/folding.hpp"
#include "reports/panel.hpp"
#include "reports/routes.hpp"
#include "reports/sheet.hpp"
#include "reports/story.hpp"
#include "reports/world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stalemate::report {

namespace {

// Sizes in points. 750 points are 1000 pixels in a mail.
constexpr double page_width = 736;
constexpr double page_min = 420;
constexpr double number_width = 20;
constexpr double lane_min = 124; ///< Narrower ones break every other line; the page gives way.
constexpr double lane_max = 200;
constexpr double gutter = 16;
constexpr double lane_header = 16;
constexpr double row_gap = 7;
constexpr double loop_height = 16;  ///< Of the lines around a loop.
constexpr double fold_height = 13;  ///< Of a row that stands for several steps.
constexpr double height_max = 1550; ///< Beyond, what does not matter is folded.
constexpr double padding = 4;       ///< Inside a box, around its text.
constexpr std::size_t strips_max = 6;

/// A bar that touched the box would be lost in its border.
double bar_distance(const std::vector<Point>& corners) {
  return corners.back().x < corners[corners.size() - 2].x ? 2.5 : -2.5;
}

class Diagram {
 public:
  Diagram(const ir::Model& model, const Trace& trace, const Caption& caption, Fold fold)
      : model_(model), trace_(trace), causality_(causality(model, trace)),
        story_(tell(model, trace, causality_)), panel_(world(model, trace, causality_, strips_max)),
        sheet_(caption.head.name + ": " + caption.verdict, Sheet::Below::lines),
        alarm_(is_example(model, trace) ? ink::black : ink::accent) {
    arrange(caption, fold, gutter);
    // Arrows that run down side by side would otherwise run through the boxes.
    if (const double wide = gutter_for(arrows(causality_)); wide > gutter)
      arrange(caption, fold, wide);
  }

  void draw(std::ostream& out) {
    draw_header();
    panel_.draw(sheet_, panel_left_, moments_);
    for (const Row& row : rows_)
      row.is_folded ? draw_fold(row) : draw_step(row.first);
    draw_loop();
    draw_blocked();
    draw_links();
    draw_ending();
    breaks_.push_back(bottom_);
    const double head = std::max(lane_header, panel_.header_height());
    sheet_.set_pages({moments_.header_bottom - head, head + 3, breaks_});
    sheet_.write(out);
  }

 private:
  [[nodiscard]] std::size_t lane_of(int process) const {
    return static_cast<std::size_t>(std::ranges::find(story_.cast, process) - story_.cast.begin());
  }

  [[nodiscard]] double room() const { return lanes_.box_width() - 2 * padding; }

  [[nodiscard]] std::vector<Line> lines_of(const Scene& scene) const {
    std::vector<Line> lines;
    if (!scene.continues)
      append_broken(lines, {scene.function, text_size, true, ink::black}, room());
    append_broken(lines,
                  {scene.phrase, text_size, false, scene.mark.empty() ? ink::black : ink::accent},
                  room());
    for (const Detail& d : scene.details)
      append_broken(lines, line_of(d), room(), 2);
    return lines;
  }

  [[nodiscard]] std::vector<Line> lines_of(const Blocked& blocked) const {
    const auto& process = model_.processes[static_cast<std::size_t>(blocked.process)];
    const auto& step = process.steps[static_cast<std::size_t>(blocked.step)];
    const auto& function = model_.functions[static_cast<std::size_t>(step.function)].name;
    std::vector<Line> lines;
    append_broken(lines, {function, text_size, true, ink::black}, room());
    append_broken(lines, {step.phrase, text_size, false, ink::black}, room());
    if (!blocked.what.empty())
      append_broken(lines, {"waits for " + blocked.what, small_size, true, ink::accent}, room(), 2);
    return lines;
  }

  Stop place_box(int process, std::vector<Line> lines, double top) {
    const auto lane = lane_of(process);
    const Area area{lanes_.left_of(lane), top, lanes_.box_width(), height_of(lines) + 2 * padding};
    lines_.push_back(std::move(lines));
    return {lane, area};
  }

  void arrange(const Caption& caption, Fold fold, double between) {
    const auto count = static_cast<double>(std::max<std::size_t>(story_.cast.size(), 1));
    const double room = page_width - number_width - 2 * between - panel_.width();
    const double wider = between - gutter;
    lanes_ = {number_width + between,
              std::clamp(room / count, lane_min + wider, lane_max + wider),
              between};
    panel_left_ = lanes_.left + count * lanes_.width;
    width_ = std::max(panel_left_ + panel_.width(), page_min);
    title_ = title_lines(caption, width_ - 2 * padding, alarm_);
    arrange(fold);
  }

  /// Folds as much as it takes.
  void arrange(Fold fold) {
    for (const Folding folding : {Folding::nothing, Folding::slice, Folding::loop}) {
      if (fold == Fold::always && folding == Folding::nothing) continue;
      rows_ = rows(trace_, causality_, story_, folding);
      place();
      if (fold == Fold::never || bottom_ <= height_max) return;
    }
  }

  /// Behind a fold a function has to be named again.
  [[nodiscard]] Scene scene_at(std::size_t row) const {
    Scene scene = story_.scenes[rows_[row].first];
    if (row > 0 && rows_[row - 1].is_folded) scene.continues = false;
    return scene;
  }

  /// All of its steps stand in the same place.
  void place_fold(const Row& row, double top) {
    for (std::size_t i = row.first; i <= row.last; ++i) {
      const auto lane = lane_of(story_.scenes[i].process);
      stops_.push_back({lane, {lanes_.left_of(lane), top, lanes_.box_width(), fold_height}});
      lines_.emplace_back();
      moments_.tops.push_back(top);
    }
  }

  /// Heights first: everything else hangs on them.
  void place() {
    stops_.clear();
    blocked_.clear();
    lines_.clear();
    moments_ = {};
    double top = height_of(title_) + 10 + std::max(lane_header, panel_.header_height());
    moments_.header_bottom = top;
    top += 3;
    moments_.tops.push_back(top);
    top += (panel_.is_empty() ? 0 : Panel::row_height) + row_gap;
    breaks_ = {top - row_gap / 2};
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      if (trace_.loop == stops_.size()) {
        loop_top_ = top;
        top += loop_height;
      }
      if (rows_[row].is_folded) {
        place_fold(rows_[row], top);
      } else {
        const Scene scene = scene_at(row);
        stops_.push_back(place_box(scene.process, lines_of(scene), top));
        moments_.tops.push_back(top);
      }
      top = stops_.back().area.bottom() + row_gap;
      breaks_.push_back(top - row_gap / 2);
    }
    if (trace_.loop) {
      loop_bottom_ = top;
      top += loop_height;
    }
    double bottom = top;
    for (const Blocked& b : trace_.blocked) {
      blocked_.push_back(place_box(b.process, lines_of(b), top));
      bottom = std::max(bottom, blocked_.back().area.bottom() + row_gap);
    }
    lanes_bottom_ = bottom;
    if (!trace_.blocked.empty()) bottom += 8.0 * static_cast<double>(waits().size()) + row_gap;
    moments_.final_top = bottom;
    bottom_ = bottom + (panel_.is_empty() ? 0 : Panel::row_height + row_gap);
  }

  void draw_header() {
    sheet_.add(Box{"title", {0, 0, width_, height_of(title_) + 4}, title_});
    const double top = moments_.header_bottom;
    for (std::size_t lane = 0; lane < story_.cast.size(); ++lane) {
      const auto& name = model_.processes[static_cast<std::size_t>(story_.cast[lane])].name;
      const bool is_starved = trace_.loop && story_.cast[lane] == trace_.process;
      Box head{"lane " + name,
               {lanes_.left_of(lane), top - lane_header, lanes_.box_width(), lane_header},
               {{is_starved ? name + " never progresses" : name,
                 text_size,
                 true,
                 is_starved ? ink::accent : ink::black}}};
      head.fill = ink::shade;
      head.centred = true;
      sheet_.add(head);
      Box life{"", {lanes_.centre_of(lane) - 0.4, top, 0.8, lanes_bottom_ - top}, {}};
      life.fill = ink::line;
      sheet_.add(life);
    }
    if (panel_.is_empty()) return;
    draw_margin("initially", moments_.tops.front());
    draw_margin("finally", moments_.final_top);
  }

  void draw_margin(const std::string& text, double top) {
    sheet_.add(Box{"", {0, top, 60, Panel::row_height}, {{text, small_size, false, ink::grey}}});
  }

  /// The number of a row, and a hairline that leads the eye to the values.
  void draw_number(const std::string& id, const std::string& text, const Area& area, int size) {
    Box rule{"", {0, area.top - row_gap / 2, panel_left_ - 4, 0.5}, {}};
    rule.fill = ink::faint;
    sheet_.add(rule);
    Box number{"number " + id,
               {0, area.top, number_width + gutter / 2, std::min(area.height, 19.0)},
               {{text, size, false, ink::grey}}};
    number.centred = true;
    number.margin = 1;
    sheet_.add(number);
  }

  /// How many steps there are, in the lanes of those who take them.
  void draw_fold(const Row& row) {
    const std::string id = fmt::format("{}-{}", row.first + 1, row.last + 1);
    draw_number(id, id, stops_[row.first].area, small_size);
    for (std::size_t lane = 0; lane < story_.cast.size(); ++lane) {
      const std::string text = folded_text(row, story_, story_.cast[lane]);
      if (text.empty()) continue;
      Area area = stops_[row.first].area;
      area.left = lanes_.left_of(lane);
      Box box{fmt::format("fold {} {}", id, lane), area, {{text, small_size, false, ink::grey}}};
      box.fill = ink::white;
      box.border = ink::line;
      box.is_dashed = true;
      box.centred = true;
      box.margin = 1;
      sheet_.add(box);
    }
  }

  void draw_step(std::size_t i) {
    const Area& area = stops_[i].area;
    draw_number(std::to_string(i + 1), std::to_string(i + 1), area, text_size);

    const Scene& scene = story_.scenes[i];
    const bool is_accented = is_marked(scene);
    Box box{fmt::format("step {}", i + 1), area, lines_[i], ink::white};
    box.border = is_accented ? ink::accent : ink::grey;
    box.border_width = is_accented ? 2 : 0.7;
    box.margin = padding;
    sheet_.add(box);
  }

  /// The steps between two lines are taken again and again.
  void draw_loop() {
    if (!trace_.loop) return;
    const auto draw = [&](const char* name, const std::string& text, double top) {
      Box rule{"", {0, top + loop_height - 5, panel_left_ - 4, 1.2}, {}};
      rule.fill = ink::accent;
      sheet_.add(rule);
      sheet_.add(Box{name, {0, top - 3, page_min, 12}, {{text, small_size, true, ink::accent}}});
    };
    draw("loop",
         fmt::format("steps {} to {}, again and again", *trace_.loop + 1, stops_.size()),
         loop_top_);
    draw("back", fmt::format("back to step {}", *trace_.loop + 1), loop_bottom_);
  }

  /// Who waits for whom, as pairs of positions in `blocked_`.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> waits() const {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < trace_.blocked.size(); ++i)
      for (const Blocked::Holder& h : trace_.blocked[i].holders)
        for (std::size_t j = 0; j < trace_.blocked.size(); ++j)
          if (j != i && trace_.blocked[j].process == h.process) pairs.emplace_back(i, j);
    return pairs;
  }

  /// The steps that nobody can take, side by side, and the arrows of the ring below them.
  void draw_blocked() {
    for (std::size_t i = 0; i < blocked_.size(); ++i) {
      Box box{fmt::format("blocked {}", i + 1),
              blocked_[i].area,
              lines_[stops_.size() + i],
              ink::white};
      box.border = ink::accent;
      box.border_width = 1.2;
      box.is_dashed = true;
      box.margin = padding;
      sheet_.add(box);
    }
    Routes routes(lanes_, stops_);
    for (const auto& [from, to] : waits()) {
      Path path{routes.below(blocked_[from], blocked_[to]), ink::accent, 1.2};
      path.source = fmt::format("blocked {}", from + 1);
      path.target = fmt::format("blocked {}", to + 1);
      sheet_.add(path);
    }
  }

  /// How wide a gutter is in which they all have room.
  [[nodiscard]] double gutter_for(const std::vector<Arrow>& all) const {
    Routes routes(lanes_, stops_);
    for (const Arrow& arrow : all)
      routes.down(arrow.source, arrow.target);
    return routes.gutter_needed();
  }

  void draw_links() {
    Routes routes(lanes_, stops_);
    for (Arrow& arrow : arrows(causality_)) {
      Path& path = arrow.path;
      path.corners = routes.down(arrow.source, arrow.target);
      if (path.tip == Tip::bar) path.corners.back().x += bar_distance(path.corners);
      path.source = fmt::format("step {}", arrow.source + 1);
      path.target = fmt::format("step {}", arrow.target + 1);
      sheet_.add(std::move(path));
    }
  }

  void draw_ending() {
    const std::vector<Line> lines = ending_lines(story_, trace_, width_ - 16, alarm_);
    Box box{"ending", {0, bottom_ + 2, width_, height_of(lines) + 10}, lines};
    box.border = alarm_;
    box.border_width = 1.2;
    box.margin = 8;
    sheet_.add(box);
    draw_legend(box.area.bottom() + 3);
  }

  void draw_legend(double top) {
    const std::string text = legend(causality_, story_, !waits().empty());
    if (text.empty()) return;
    std::vector<Line> lines;
    append_broken(lines, {text, small_size, false, ink::grey}, width_ - 16);
    Box box{"legend", {0, top, width_, height_of(lines) + 2}, lines};
    box.margin = 8;
    sheet_.add(box);
  }

  const ir::Model& model_;
  const Trace& trace_;
  Causality causality_;
  Story story_;
  Panel panel_;
  Sheet sheet_;
  const char* alarm_; ///< The colour of what broke, if anything did.
  Lanes lanes_;
  Moments moments_;
  std::vector<Line> title_;
  std::vector<Row> rows_;
  std::vector<double> breaks_;           ///< Where a page may end.
  std::vector<Stop> stops_;              ///< Of the steps.
  std::vector<Stop> blocked_;            ///< Of the processes that wait for ever.
  std::vector<std::vector<Line>> lines_; ///< In the boxes of both, in this order.
  double width_ = 0;
  double panel_left_ = 0;
  double lanes_bottom_ = 0;
  double bottom_ = 0;
  double loop_top_ = 0;
  double loop_bottom_ = 0;
};

} // namespace

void write_diagram(const ir::Model& model,
                   const Trace& trace,
                   const Caption& caption,
                   Fold fold,
                   std::ostream& out) {
  Diagram(model, trace, caption, fold).draw(out);
}

} // namespace stalemate::report
