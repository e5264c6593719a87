#include "reports/list.hpp"

#include "reports/json.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace stalemate::report {

namespace {

/// `name` at the left, the text beside it, wrapped; the text goes below a name that is too long.
void write_beside(const std::string& name,
                  const std::string& text,
                  std::size_t indent,
                  std::size_t width,
                  std::ostream& out) {
  const std::string margin(indent + width + 2, ' ');
  std::string line = std::string(indent, ' ') + name;
  if (text.empty()) {
    out << line << '\n';
    return;
  }
  if (name.size() > width) {
    out << line << '\n';
    line.clear();
  }
  line.resize(margin.size(), ' ');
  for (const auto& part : wrapped(text, line_columns() - static_cast<double>(margin.size()))) {
    out << line << part << '\n';
    line = margin;
  }
}

std::size_t widest(const std::vector<EntryPart>& parts) {
  std::size_t width = 0;
  for (const EntryPart& part : parts)
    width = std::max(width, part.name.size());
  return std::min<std::size_t>(width, 32);
}

} // namespace

void write_listing_text(const Listing& listing, std::ostream& out) {
  std::string group;
  bool is_first = true;
  for (const Entry& entry : listing) {
    if (!is_first) out << '\n';
    is_first = false;
    if (entry.group != group) out << "In a scenario with \"" << entry.group << "\":\n\n";
    group = entry.group;
    out << entry.name << '\n';
    write_beside("", entry.text, 0, 0, out);
    if (!entry.source.empty()) write_beside("", "source: " + entry.source, 0, 0, out);
    for (const auto& [word, names] : entry.related) {
      std::string all = word + ":";
      for (const std::string& name : names)
        all += (&name == &names.front() ? " " : ", ") + name;
      write_beside("", all, 0, 0, out);
    }
    for (const EntryPart& part : entry.parts) {
      const std::string text =
          part.is_default ? part.text + (part.text.empty() ? "" : " ") + "(if nothing is said)"
                          : part.text;
      write_beside(part.name, text, 4, widest(entry.parts), out);
    }
  }
}

namespace {

/// Text that Markdown shows as it is.
std::string plain(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '<' || c == '*' || (c == '_' && safe.ends_with('_'))) safe += '\\';
    safe += c;
  }
  return safe;
}

std::string as_code(const std::vector<std::string>& names) {
  return names.size() == 1 && names.front().find(' ') != std::string::npos
             ? plain(names.front())
             : fmt::format("`{}`", fmt::join(names, "`, `"));
}

} // namespace

void write_listing_markdown(const Listing& listing, std::ostream& out) {
  std::string group;
  for (const Entry& entry : listing) {
    if (entry.group != group) out << fmt::format("### In a scenario with `{}`\n\n", entry.group);
    group = entry.group;
    out << fmt::format("#### {}\n\n{}\n", plain(entry.name), plain(entry.text));
    for (const auto& [word, names] : entry.related)
      out << fmt::format("\n*{}* {}\n", word, as_code(names));
    if (!entry.source.empty()) out << fmt::format("\n*source* {}\n", plain(entry.source));
    if (!entry.parts.empty()) out << '\n';
    for (const EntryPart& part : entry.parts)
      out << fmt::format("- `{}`{}{}{}\n",
                         part.name,
                         part.text.empty() ? "" : ": ",
                         plain(part.text),
                         part.is_default ? " (if nothing is said)" : "");
    out << '\n';
  }
}

Json listing_json(const Listing& listing) {
  Json all = Json::array();
  for (const Entry& entry : listing) {
    Json parts = Json::array();
    for (const EntryPart& part : entry.parts)
      parts.push_back({{"name", part.name}, {"text", part.text}, {"default", part.is_default}});
    Json one = {{"name", entry.name},
                {"text", entry.text},
                {"source", entry.source},
                {"parts", std::move(parts)}};
    if (!entry.group.empty()) one["section"] = entry.group;
    for (const auto& [word, names] : entry.related)
      one[word] = names;
    all.push_back(std::move(one));
  }
  return all;
}

void write_listing_json(const Listing& listing, std::ostream& out) {
  write_json(listing_json(listing), out);
}

} // namespace stalemate::report
