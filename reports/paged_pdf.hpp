// A tall drawing as a PDF on sheets of A4, cut where it says that it can be.
#pragma once

#include <graphviz/gvc.h>

#include <string>

namespace stalemate::report {

/// Does the drawing say where pages may end? Sheet::set_pages() makes it.
[[nodiscard]] bool has_pages(graph_t* graph);

/// Draws a graph that has a layout: upright, or across where it is wide, not larger than it is, and
/// what stands above the first row on every page. Throws GraphvizError.
[[nodiscard]] std::string paged_pdf(GVC_t* context, graph_t* graph);

} // namespace stalemate::report
