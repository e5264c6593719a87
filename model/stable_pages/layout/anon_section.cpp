#include "model/stable_pages/layout/anon_section.hpp"

#include <nlohmann/json.hpp>

namespace stalemate::kernel::stable_pages {

Shape anon_section() {
  return object_of(
      "key",
      {{"mappers", "Address spaces that map the page; 1 if absent", number_in(1, 2)},
       {"free_pages", "Pages of memory left for copies; 2 if absent", number_in(0, 2)}});
}

AnonLayout anon_layout(const nlohmann::ordered_json& section) {
  AnonLayout layout;
  layout.mappers = section.value("mappers", layout.mappers);
  layout.free_pages = section.value("free_pages", layout.free_pages);
  return layout;
}

} // namespace stalemate::kernel::stable_pages
