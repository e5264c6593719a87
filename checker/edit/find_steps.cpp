#include "checker/edit/find_steps.hpp"

#include "checker/edit/edit_error.hpp"
#include "checker/result/coverage.hpp"

#include <algorithm>
#include <set>

namespace stalemate::edit {

namespace {

constexpr std::string_view separator = " / ";

/// What is left of `name` behind `start`: nothing, or a way. Null if it starts otherwise.
std::optional<std::string> rest_behind(const std::string& name, const std::string& start) {
  if (name == start) return "";
  if (name.size() <= start.size() + separator.size() || !name.starts_with(start)) return {};
  if (name.compare(start.size(), separator.size(), separator) != 0) return {};
  return name.substr(start.size() + separator.size());
}

void add_unique(std::vector<std::string>& list, const std::string& item) {
  if (std::ranges::find(list, item) == list.end()) list.push_back(item);
}

/// Collects what a name means, and what could have been meant.
class Finder {
 public:
  Finder(const ir::Model& model, const std::string& name, bool by_phrase)
      : model_(model), name_(name), by_phrase_(by_phrase) {}

  std::vector<Site> sites;
  std::vector<std::string> steps;  ///< Known names.
  std::vector<std::string> ways;   ///< Known ways of the step that was named.
  std::set<std::string> functions; ///< Of the steps that the name fits.

  void look_at(int process) {
    const ir::Process& p = model_.processes[static_cast<std::size_t>(process)];
    for (int s = 0; s < p.finished(); ++s)
      look_at(p, {process, s});
  }

 private:
  void look_at(const ir::Process& process, Site site) {
    const ir::Step& step = process.steps[static_cast<std::size_t>(site.step)];
    const std::string full = ir::step_name(model_, step);
    add_unique(steps, full);
    const auto rest = rest_behind(name_, by_phrase_ ? step.phrase : full);
    if (!rest) return;
    functions.insert(model_.functions[static_cast<std::size_t>(step.function)].name);
    if (rest->empty()) {
      sites.push_back(site);
      return;
    }
    for (std::size_t a = 0; a < step.alternatives.size(); ++a) {
      const std::string way = alternative_name(model_, process, step.alternatives[a]);
      add_unique(ways, way);
      site.way = static_cast<int>(a);
      if (way == *rest) sites.push_back(site);
    }
  }

  const ir::Model& model_;
  const std::string& name_;
  bool by_phrase_;
};

} // namespace

std::vector<int> find_processes(const ir::Model& model, const std::string& in) {
  std::vector<int> found;
  std::vector<std::string> known;
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    const ir::Process& process = model.processes[p];
    if (in.empty() || process.name == in || process.path == in)
      found.push_back(static_cast<int>(p));
    add_unique(known, process.name);
    add_unique(known, process.path);
  }
  if (found.empty()) throw UnknownName("process or path", in, known);
  return found;
}

std::vector<Site>
find_steps(const ir::Model& model, const std::string& name, const std::string& in) {
  Finder by_name(model, name, false);
  Finder by_phrase(model, name, true);
  for (const int process : find_processes(model, in)) {
    by_name.look_at(process);
    by_phrase.look_at(process);
  }
  if (!by_name.sites.empty()) return by_name.sites;
  if (!by_name.ways.empty()) throw UnknownName("way through the step", name, by_name.ways);
  if (by_phrase.functions.size() > 1) {
    std::string message = "several functions have this step; name one:";
    for (const std::string& function : by_phrase.functions)
      message += (message.back() == ':' ? " " : ", ") + function;
    throw EditError(message);
  }
  if (!by_phrase.sites.empty()) return by_phrase.sites;
  if (!by_phrase.ways.empty()) throw UnknownName("way through the step", name, by_phrase.ways);
  throw UnknownName("step", name, by_name.steps);
}

} // namespace stalemate::edit
