#include "model/stable_pages/layout/anon_section.hpp"

#include <nlohmann/json.hpp>

namespace stalemate::kernel::stable_pages {

namespace {

constexpr int mappers_max = 2;

std::vector<SmallLayout> layouts(int /*size*/, const Varied& /*varied*/) {
  std::vector<SmallLayout> all;
  for (int mappers = 1; mappers <= mappers_max; ++mappers)
    all.push_back({{{"mappers", mappers}}, mappers == 1 ? "mapped once" : "mapped twice"});
  return all;
}

Room room(const Json& section) {
  return {.highest = {{"mm", section["mappers"].get<int>() - 1}},
          .lowest = {{"times", 1}},
          .places = {"mm"},
          .length = ""};
}

} // namespace

Shape anon_section() {
  return object_of(
      "key",
      {{"mappers", "Address spaces that map the page; 1 if absent", number_in(1, mappers_max)},
       {"free_pages", "Pages of memory left for copies; 2 if absent", number_in(0, 2)}});
}

AnonLayout anon_layout(const nlohmann::ordered_json& section) {
  AnonLayout layout;
  layout.mappers = section.value("mappers", layout.mappers);
  layout.free_pages = section.value("free_pages", layout.free_pages);
  return layout;
}

Variety anon_variety() {
  return {.unit = "",
          .layouts = layouts,
          .room = room,
          .numbers = {"free_pages"},
          .is_judged_alone = false};
}

} // namespace stalemate::kernel::stable_pages
