#include "reports/paged_pdf.hpp"

#include "reports/graphviz.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <sstream>
#include <vector>

namespace stalemate::report {

namespace {

// In points.
constexpr double a4_short = 595.28;
constexpr double a4_long = 841.89;
constexpr double margin = 30;
constexpr double footer = 12;
constexpr double pad = 0.12 * 72; ///< Of the graph, see sheet.cpp.
constexpr double scale_min = 0.8; ///< Below, letters are too small to read: the page is turned.

struct CloseSurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct CloseCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};

std::string attribute(graph_t* graph, const char* name) {
  char buffer[32];
  const std::string text = fmt::format("{:.31}", name);
  *std::ranges::copy(text, buffer).out = 0;
  const char* value = agget(graph, buffer);
  return value == nullptr ? "" : value;
}

std::vector<double> numbers(const std::string& text) {
  std::istringstream in(text);
  std::vector<double> result;
  for (double number = 0; in >> number;)
    result.push_back(number);
  return result;
}

/// What a page shows, in points of the drawing from its upper edge.
struct Slice {
  double from = 0;
  double to = 0;
};

/// As much on every page as fits.
std::vector<Slice>
slices(const std::vector<double>& breaks, double end, double first_room, double room) {
  std::vector<Slice> result;
  double from = 0;
  while (from < end) {
    const double most = from + (result.empty() ? first_room : room);
    double to = most; // Where nothing else is known the cut goes through something.
    if (end <= most) {
      to = end;
    } else {
      for (const double at : breaks)
        if (at > from + 1 && at <= most) to = at;
      if (std::ranges::none_of(breaks, [&](double at) { return at == to; })) to = most;
    }
    result.push_back({from, to});
    from = to;
  }
  return result;
}

cairo_status_t append_bytes(void* text, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

class Paper {
 public:
  Paper(GVC_t* context, graph_t* graph) : context_(context), graph_(graph) {
    const boxf box = GD_bb(graph);
    width_ = box.UR.x - box.LL.x + 2 * pad;
    height_ = box.UR.y - box.LL.y + 2 * pad;
    const double upright = std::min(1.0, (a4_short - 2 * margin) / width_);
    is_turned_ = upright < scale_min;
    scale_ = is_turned_ ? std::min(1.0, (a4_long - 2 * margin) / width_) : upright;
  }

  std::string print() {
    std::string bytes;
    {
      const std::unique_ptr<cairo_surface_t, CloseSurface> surface(
          cairo_pdf_surface_create_for_stream(append_bytes, &bytes, page_width(), page_height()));
      cairo_pdf_surface_set_metadata(
          surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "1970-01-01T00:00:00Z");
      cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, agnameof(graph_));
      cairo_.reset(cairo_create(surface.get()));
      print_pages();
      const cairo_status_t status = cairo_status(cairo_.get());
      cairo_.reset();
      cairo_surface_finish(surface.get());
      if (status != CAIRO_STATUS_SUCCESS)
        throw GraphvizError(std::string("cairo: no pdf: ") + cairo_status_to_string(status));
    }
    return bytes;
  }

 private:
  [[nodiscard]] double page_width() const { return is_turned_ ? a4_long : a4_short; }
  [[nodiscard]] double page_height() const { return is_turned_ ? a4_short : a4_long; }

  void print_pages() {
    std::vector<double> head = numbers(attribute(graph_, "page_head"));
    head.resize(2);
    std::vector<double> breaks = numbers(attribute(graph_, "page_breaks"));
    for (double& at : breaks)
      at += pad;
    const double room = (page_height() - 2 * margin - footer) / scale_;
    const std::vector<Slice> pages = slices(breaks, height_, room, room - head[1]);
    for (std::size_t i = 0; i < pages.size(); ++i) {
      double top = margin;
      if (i > 0) {
        print_slice({head[0] + pad, head[0] + head[1] + pad}, top);
        top += head[1] * scale_;
      }
      print_slice(pages[i], top);
      if (pages.size() > 1) number_page(i + 1, pages.size());
      cairo_show_page(cairo_.get());
    }
  }

  /// On a surface of its own in that of the page: Graphviz finishes the one that it drew on, and
  /// no page could follow.
  void print_slice(const Slice& slice, double top) {
    const std::unique_ptr<cairo_surface_t, CloseSurface> part(cairo_surface_create_for_rectangle(
        cairo_get_target(cairo_.get()), 0, top, page_width(), (slice.to - slice.from) * scale_));
    const std::unique_ptr<cairo_t, CloseCairo> cairo(cairo_create(part.get()));
    cairo_translate(cairo.get(), (page_width() - width_ * scale_) / 2, -slice.from * scale_);
    cairo_scale(cairo.get(), scale_, scale_);
    if (gvRenderContext(context_, graph_, "pdf:cairo", cairo.get()) != 0)
      throw GraphvizError("graphviz: no pdf:cairo");
  }

  void number_page(std::size_t number, std::size_t count) {
    cairo_t* cairo = cairo_.get();
    const std::string text = fmt::format("{} / {}", number, count);
    cairo_set_source_rgb(cairo, 0.37, 0.37, 0.37);
    cairo_select_font_face(cairo, "Helvetica", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, 8);
    cairo_move_to(cairo, page_width() / 2 - 10, page_height() - margin + footer / 2);
    cairo_show_text(cairo, text.c_str());
    cairo_new_path(cairo);
  }

  GVC_t* context_;
  graph_t* graph_;
  std::unique_ptr<cairo_t, CloseCairo> cairo_;
  double width_ = 0;
  double height_ = 0;
  double scale_ = 1;
  bool is_turned_ = false;
};

} // namespace

bool has_pages(graph_t* graph) {
  return !attribute(graph, "page_breaks").empty();
}

std::string paged_pdf(GVC_t* context, graph_t* graph) {
  char name[] = "margin";
  char none[] = "0";
  char nothing[] = "";
  agattr(graph, AGRAPH, name, nothing);
  agset(graph, name, none);
  return Paper(context, graph).print();
}

} // namespace stalemate::report
