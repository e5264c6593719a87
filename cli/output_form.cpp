#include "cli/output_form.hpp"

#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"
#include "reports/graphviz.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

namespace stalemate::cli {

namespace {

// A form whose files have another ending, or can have that of a plain text.
struct Habit {
  const char* form;
  const char* ending;
  bool is_if_asked; // Only where the form was asked for as well.
};
constexpr std::array habits{Habit{"mermaid", "mmd", false}, Habit{"ladder", "txt", true}};

// A device has no ending; it is written like stdout.
std::string
form_of(const std::string& path, const std::string& format, const std::vector<std::string>& forms) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (ending.empty()) return format;
  if (path.ends_with(".itf.json") && std::ranges::find(forms, "itf") != forms.end()) return "itf";
  for (const Habit& habit : habits)
    if (ending.substr(1) == habit.ending && std::ranges::find(forms, habit.form) != forms.end() &&
        (!habit.is_if_asked || format == habit.form))
      return habit.form;
  if (std::ranges::find(forms, ending.substr(1)) == forms.end())
    throw UsageError(fmt::format("{}: {}",
                                 kernel::printable(path, 300),
                                 kernel::unknown("ending", ending.substr(1), forms)));
  return ending.substr(1);
}

} // namespace

void add_outputs(CLI::App& command, OutputOptions& options, const std::vector<std::string>& forms) {
  command
      .add_option("-o,--output",
                  options.paths,
                  "Where to write, once per file; - is stdout, also if absent")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("-f,--format",
                  options.format,
                  "Form of stdout and of a FILE without ending; txt if absent")
      ->type_name("FORM")
      ->transform([](const std::string& form) { return form == "text" ? "txt" : form; })
      ->check(one_of("form", forms));
  command.footer(fmt::format("Forms, and endings of files: {}", fmt::join(forms, ", ")));
}

std::vector<std::string> forms_of(const OutputOptions& options,
                                  const std::vector<std::string>& forms) {
  std::vector<std::string> result;
  result.reserve(options.paths.size());
  for (const std::string& path : options.paths)
    result.push_back(form_of(path, options.format, forms));
  return result;
}

std::string written(const std::function<void(std::ostream&)>& write) {
  std::ostringstream out;
  write(out);
  return std::move(out).str();
}

std::string drawn(const std::string& form, const std::function<void(std::ostream&)>& write) {
  using report::Picture;
  const Picture picture = form == "svg"   ? Picture::svg
                          : form == "png" ? Picture::png
                          : form == "pdf" ? Picture::pdf
                                          : Picture::dot;
  return report::draw(written(write), picture);
}

} // namespace stalemate::cli
