#include "reports/table_page.hpp"

#include "reports/graphviz.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <ostream>

namespace stalemate::report {

namespace {

// System fonts, no script, no address: the page can be mailed.
constexpr auto page_style = R"css(
:root { color-scheme: light dark; --page: #fff; --ink: #1a1a1a; --soft: #5f5f5f; --line: #d4d4d4;
  --holds: #e3f3e6; --holds-ink: #14532d; --bad: #f8d3d5; --bad-ink: #8c0014;
  --warn: #fdeec2; --warn-ink: #6b4700; --open: #e4e4f4; --open-ink: #33337a; }
@media (prefers-color-scheme: dark) {
  :root { --page: #16181b; --ink: #e6e6e6; --soft: #a0a0a0; --line: #3a3d42;
    --holds: #16301d; --holds-ink: #9fdcae; --bad: #5a1019; --bad-ink: #ffc2c7;
    --warn: #46360b; --warn-ink: #f6d98a; --open: #2b2b50; --open-ink: #c9c9ff; } }
body { background: var(--page); color: var(--ink); font: 15px/1.4 system-ui, sans-serif;
  margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.3rem; margin: 0 0 .3rem; }
p { color: var(--soft); margin: .2rem 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .5rem; text-align: left;
  vertical-align: top; }
thead th { background: var(--page); position: sticky; top: 0; }
tbody th { font-weight: 400; }
tr.race th { font-weight: 600; padding-top: 1rem; }
td.cell { border-left: 2px solid var(--page); overflow-wrap: anywhere; width: 6.2rem; }
td.cell small { display: block; }
.holds { background: var(--holds); color: var(--holds-ink); }
.bad { background: var(--bad); color: var(--bad-ink); font-weight: 600; }
.bad small { font-weight: 400; }
.warn { background: var(--warn); color: var(--warn-ink); }
.open { background: var(--open); color: var(--open-ink); }
.na { color: var(--soft); }
.reason { color: var(--bad-ink); display: block; font-weight: 600; }
details { margin: .2rem 0 1rem; }
summary { cursor: pointer; }
code { font: .93em ui-monospace, monospace; overflow-wrap: anywhere; }
)css";

} // namespace

std::string html_safe(const std::string& text) {
  return escaped(printable(text));
}

void begin_table_page(const std::string& title, const std::string& heading, std::ostream& out) {
  out << fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" "
                     "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                     "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
                     html_safe(title),
                     page_style,
                     html_safe(heading));
}

void end_table_page(std::ostream& out) {
  out << "</body>\n</html>\n";
}

} // namespace stalemate::report
