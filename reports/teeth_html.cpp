#include "reports/teeth_html.hpp"

#include "reports/table_page.hpp"

#include <fmt/format.h>

#include <ostream>

namespace stalemate::report {

namespace {

const char* kind_of(const Tooth& tooth) {
  switch (tooth.outcome) {
  case Tooth::Outcome::caught:
    return "holds";
  case Tooth::Outcome::owed:
    return "bad";
  case Tooth::Outcome::covered:
  case Tooth::Outcome::explained:
    return "warn";
  case Tooth::Outcome::undecided:
    return "open";
  default:
    return "na";
  }
}

void write_row(const Tooth& tooth, std::ostream& out) {
  out << fmt::format("<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td class=\"{}\">{}"
                     "</td><td>{}</td></tr>\n",
                     html_safe(tooth.step),
                     html_safe(tooth.edit),
                     kind_of(tooth),
                     word(tooth.outcome),
                     html_safe(answer_of(tooth)));
}

void write_page_of(const PathOfTeeth& path, std::ostream& out) {
  const TeethCounts counts = counts_of(path.teeth);
  out << fmt::format("<details><summary><code>{}</code>: {} mutants, {} caught, {} covered, {} "
                     "owed</summary>\n",
                     html_safe(path.path),
                     counts.mutants(),
                     counts.caught,
                     counts.covered,
                     counts.owed);
  out << "<table>\n<thead><tr><th scope=\"col\">step</th><th scope=\"col\">what is changed</th>"
         "<th scope=\"col\">is</th><th scope=\"col\">what notices</th></tr></thead>\n<tbody>\n";
  for (const Tooth& tooth : path.teeth)
    if (is_mutant(tooth)) write_row(tooth, out);
  out << "</tbody>\n</table>\n</details>\n";
}

} // namespace

void write_teeth_html(const std::vector<Teeth>& all, std::ostream& out) {
  begin_table_page("Teeth", "Which of these locks, waits and tests are needed, and for what?", out);
  for (const Teeth& teeth : all) {
    if (!teeth.title.empty()) out << fmt::format("<h2>{}</h2>\n", html_safe(teeth.title));
    out << fmt::format("<p>{}.</p>\n", html_safe(summary(teeth)));
    for (const std::string& one : teeth.left_out)
      out << fmt::format("<p>Left out: {}</p>\n", html_safe(one));
    for (const PathOfTeeth& path : by_path(teeth))
      write_page_of(path, out);
  }
  end_table_page(out);
}

} // namespace stalemate::report
