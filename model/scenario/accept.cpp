#include "model/scenario/accept.hpp"

#include "model/scenario/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace stalemate::kernel {

namespace {

constexpr std::size_t columns_max = 100;

struct Edit {
  Span at;
  std::string text;
};

std::string outcome_key(Expectation::Outcome outcome) {
  using enum Expectation::Outcome;
  switch (outcome) {
  case holds:
    return "holds";
  case violated:
    return "violated";
  case latent:
    return "latent";
  case deadlock:
    return "deadlock";
  case livelock:
    return "livelock";
  case starvation:
    return "starvation";
  case unreachable:
    return "unreachable";
  case stuck:
    break;
  }
  return "stuck";
}

Json json_of(const Expectation& expect) {
  Json json = Json::object();
  const std::string key = outcome_key(expect.outcome);
  if (expect.outcome == Expectation::Outcome::holds)
    json[key] = true;
  else if (expect.outcome == Expectation::Outcome::deadlock)
    json[key] = expect.cycle;
  else
    json[key] = expect.property;
  const auto add = [&](const char* name, const std::optional<std::uint64_t>& count) {
    if (count) json[name] = *count;
  };
  if (!expect.process.empty()) json["process"] = expect.process;
  add("length", expect.length);
  add("loop", expect.loop);
  add("states", expect.states);
  add("transitions", expect.transitions);
  add("depth", expect.depth);
  add("executions", expect.executions);
  if (!expect.through.empty()) json["through"] = expect.through;
  if (!expect.never_taken.empty()) json["never_taken"] = expect.never_taken;
  return json;
}

// How the file writes an object: {"a": 1} or { "a": 1 }.
std::string one_line(const Json& json, const std::string& padding) {
  if (json.is_structured() && !json.empty()) {
    std::string items;
    for (const auto& [key, value] : json.items()) {
      if (!items.empty()) items += ", ";
      if (json.is_object()) items += Json(key).dump() + ": ";
      items += one_line(value, padding);
    }
    return json.is_object() ? "{" + padding + items + padding + "}" : "[" + items + "]";
  }
  return json.dump();
}

// An item or member a line.
std::string many_lines(const Json& json, const std::string& margin, const std::string& step) {
  if (!json.is_structured() || json.empty()) return json.dump();
  std::string text = json.is_object() ? "{" : "[";
  bool is_first = true;
  for (const auto& [key, value] : json.items()) {
    text += (is_first ? "\n" : ",\n") + margin + step;
    if (json.is_object()) text += Json(key).dump() + ": ";
    text += many_lines(value, margin + step, step);
    is_first = false;
  }
  return text + "\n" + margin + (json.is_object() ? "}" : "]");
}

// Where the text says what, and how it likes to say it.
class Page {
 public:
  Page(const std::string& text, const JsonText& json)
      : text_(text), json_(json), padding_(text.find("{ \"") == std::string::npos ? "" : " ") {}

  [[nodiscard]] Edit edit(const std::string& pointer, const Expectation& expect) const {
    const Json& object = json_.root[Json::json_pointer(pointer)];
    const std::string here = below(pointer, "expect");
    const bool is_there = object.contains("expect");
    const std::string last = is_there ? here : below(pointer, std::prev(object.end()).key());
    const std::string content = content_of(json_of(expect), pointer, last);
    if (is_there) return {json_.positions.spans.at(here), content};
    const std::size_t end = json_.positions.spans.at(last).end;
    const std::string gap = begins_line(last) ? ",\n" + margin_of(last) : ", ";
    return {{end, end}, gap + "\"expect\": " + content};
  }

 private:
  [[nodiscard]] std::string
  content_of(const Json& expect, const std::string& pointer, const std::string& member) const {
    std::string line = one_line(expect, padding_);
    if (!begins_line(member)) return line;
    const std::string margin = margin_of(member);
    if (margin.size() + line.size() + 10 <= columns_max) return line;
    const std::string outer = margin_at(json_.positions.spans.at(pointer).begin);
    const bool is_deeper = margin.size() > outer.size() && margin.starts_with(outer);
    return many_lines(expect, margin, is_deeper ? margin.substr(outer.size()) : "  ");
  }

  // True if nothing but blanks stands before the key in its line.
  [[nodiscard]] bool begins_line(const std::string& member) const {
    const std::size_t key = json_.positions.key_spans.at(member).begin;
    const std::size_t line = line_at(key);
    return line > 0 && text_.find_first_not_of(" \t", line) == key;
  }

  [[nodiscard]] std::string margin_of(const std::string& member) const {
    return margin_at(json_.positions.key_spans.at(member).begin);
  }

  [[nodiscard]] std::size_t line_at(std::size_t byte) const {
    const std::size_t feed = byte == 0 ? std::string::npos : text_.rfind('\n', byte - 1);
    return feed == std::string::npos ? 0 : feed + 1;
  }

  [[nodiscard]] std::string margin_at(std::size_t byte) const {
    const std::size_t line = line_at(byte);
    return text_.substr(line, text_.find_first_not_of(" \t", line) - line);
  }

  const std::string& text_;
  const JsonText& json_;
  std::string padding_;
};

} // namespace

std::string with_expectations(const std::string& text,
                              const std::map<std::string, Expectation>& expectations) {
  const JsonText json = parse_json(text);
  const Page page(text, json);
  std::vector<Edit> edits;
  if (!json.root.contains("variants")) {
    if (const auto one = expectations.find(""); one != expectations.end())
      edits.push_back(page.edit("", one->second));
  } else {
    const Json& variants = json.root["variants"];
    for (std::size_t i = 0; i < variants.size(); ++i)
      if (const auto one = expectations.find(variants[i]["name"]); one != expectations.end())
        edits.push_back(page.edit(below("/variants", i), one->second));
  }
  std::string result = text;
  std::ranges::sort(edits, std::greater(), [](const Edit& edit) { return edit.at.begin; });
  for (const Edit& edit : edits)
    result.replace(edit.at.begin, edit.at.end - edit.at.begin, edit.text);
  return result;
}

} // namespace stalemate::kernel
