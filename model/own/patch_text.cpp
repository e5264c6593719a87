#include "model/own/patch.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::own {

std::string text_of(const Edit& edit) {
  using enum Edit::Kind;
  std::string text;
  const auto add = [&](const char* word, const std::optional<Text>& what) {
    if (what) text += fmt::format(" {} {}", word, what->text);
  };
  switch (edit.kind) {
  case drop:
    text = "drop " + edit.what.text;
    break;
  case move:
    text = "move " + edit.what.text;
    break;
  case always:
    text = "always " + edit.what.text;
    break;
  case never:
    text = "never " + edit.what.text;
    break;
  case unlock:
    text = "without " + edit.what.text;
    break;
  case hold:
    text = "hold " + edit.what.text + (edit.shared ? " (shared)" : "");
    break;
  case split:
    text = "split " + edit.what.text;
    break;
  case merge:
    text = "as one step: " + edit.what.text;
    break;
  case insert:
    text = "insert " + edit.what.text;
    break;
  case change:
    text = "change " + edit.what.text;
    break;
  }
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
