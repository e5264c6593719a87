#include "reports/head.hpp"

#include "reports/words.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace stalemate::report {

namespace {

void write_styled(const std::string& text, const char* style, bool colour, std::ostream& out) {
  out << (colour ? style : "") << text << (colour ? "\033[0m\n" : "\n");
}

void write_labelled(const HeadLine& line, std::size_t label_width, std::ostream& out) {
  std::string label = printable(line.label);
  const auto margin = static_cast<double>(label_width + 4);
  for (const std::string& item : line.items.empty() ? std::vector{line.text} : line.items)
    for (const auto& part : wrapped(printable(item), line_columns() - margin, 2)) {
      out << fmt::format("  {:<{}}  {}\n", label, label_width, part);
      label.clear();
    }
}

} // namespace

std::string Head::first_line() const {
  return title.empty() ? name : name + ": " + title;
}

void write_caption(const Caption& caption, bool colour, std::ostream& out) {
  constexpr auto bold = "\033[1m";
  for (const auto& line : wrapped(printable(caption.head.first_line()), line_columns(), 2))
    write_styled(line, bold, colour, out);
  std::size_t label_width = 0;
  for (const HeadLine& line : caption.head.lines)
    label_width = std::max(label_width, line.label.size());
  for (const HeadLine& line : caption.head.lines)
    write_labelled(line, label_width, out);

  out << '\n';
  for (const auto& line : wrapped(printable(caption.verdict), line_columns(), 2))
    write_styled(line, bold, colour, out);
  for (const std::string& remark : caption.remarks)
    for (const auto& line : wrapped(printable(remark), line_columns() - 2, 2))
      out << "  " << line << '\n';
}

} // namespace stalemate::report
