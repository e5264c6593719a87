#include "model/own/patch.hpp"

#include <fmt/format.h>

#include <array>

namespace stalemate::kernel::own {

std::string text_of(const Edit& edit) {
  using enum Edit::Kind;
  std::string text;
  const auto add = [&](const char* word, const std::optional<Text>& what) {
    if (what) text += fmt::format(" {} {}", word, what->text);
  };
  // By kind.
  static constexpr std::array verbs{"drop",
                                    "move",
                                    "always",
                                    "never",
                                    "without",
                                    "hold",
                                    "split",
                                    "as one step:",
                                    "insert",
                                    "change"};
  text = fmt::format("{} {}", verbs.at(static_cast<std::size_t>(edit.kind)), edit.what.text);
  if (edit.kind == hold && edit.shared) text += " (shared)";
  add("from", edit.from);
  add(edit.kind == merge ? "up to" : "to", edit.to);
  add("before", edit.before);
  add("after", edit.after);
  add("when", edit.when);
  add("go to", edit.go);
  if (edit.then) {
    text += " then";
    for (const Text& effect : *edit.then)
      text += (text.ends_with("then") ? " " : ", ") + effect.text;
    if (edit.then->empty()) text += " nothing";
  }
  if (!edit.in.empty()) text += ", in " + edit.in;
  return text;
}

} // namespace stalemate::kernel::own
