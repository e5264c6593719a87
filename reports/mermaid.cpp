#include "reports/mermaid.hpp"

#include "reports/causality.hpp"
#include "reports/ending.hpp"
#include "reports/slice.hpp"
#include "reports/story.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stalemate::report {

namespace {

constexpr std::size_t note_max = 200; ///< Beyond, nobody reads it in a picture.
constexpr std::size_t note_min = 60;  ///< Where room is short.

/// How much of the trace is drawn; each is shorter than the one before.
struct Folding {
  bool is_sliced;  ///< Only steps that matter.
  bool is_key;     ///< Only those of the race.
  bool has_change; ///< What steps changed.
  std::size_t text_max;
};

constexpr Folding foldings[] = {{false, false, true, note_max},
                                {true, false, true, note_max},
                                {true, false, false, note_max},
                                {true, true, true, note_max},
                                {true, true, false, note_min}};

/// Text that Mermaid takes for text: it knows characters by their number, but not inside of that.
std::string mermaid_text(const std::string& text, std::size_t most) {
  const std::string clean = printable(text);
  std::string result;
  std::size_t count = 0;
  for (const char c : clean) {
    const bool is_start = (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    if (is_start && ++count > most) return result + "...";
    constexpr std::string_view special = "#;<>\"{}`%&\\";
    if (special.find(c) != std::string_view::npos)
      result += fmt::format("#{};", static_cast<int>(c));
    else
      result += c;
  }
  return result;
}

class Sequence {
 public:
  Sequence(const ir::Model& model,
           const Trace& trace,
           const Causality& causality,
           const Story& story,
           const Folding& folding)
      : model_(model), trace_(trace), causality_(causality), story_(story), folding_(folding) {
    shown_.assign(trace.steps.size(), true);
    if (folding.is_sliced) shown_ = steps_that_matter(trace, causality, story);
    if (!folding.is_key) return;
    shown_.assign(trace.steps.size(), false);
    constexpr std::size_t steps_few = 10;
    for (const int step : key_steps(trace, causality, story, steps_few))
      shown_[static_cast<std::size_t>(step)] = true;
  }

  std::string text(const Caption& caption) {
    text_ = "---\ntitle: \"" + title(caption) + "\"\n---\nsequenceDiagram\n";
    for (const int process : story_.cast)
      add(fmt::format("participant p{} as {}", process, word_of(process_of(model_, process).name)));
    if (story_.cast.empty()) add("participant p as nobody");
    for (std::size_t i = 0; i < story_.scenes.size(); ++i)
      step(i);
    gap();
    if (is_open_) add("end");
    for (const Blocked& blocked : trace_.blocked)
      waiting(blocked);
    ending();
    return text_;
  }

 private:
  void add(const std::string& line) { text_ += "  " + line + "\n"; }

  [[nodiscard]] std::string word_of(const std::string& text) const {
    return mermaid_text(text, folding_.text_max);
  }

  /// The title is YAML.
  static std::string title(const Caption& caption) {
    std::string result;
    for (const char c : printable(caption.head.name + ": " + caption.verdict))
      result += c == '"' || c == '\\' ? '\'' : c;
    return result;
  }

  void note(int process, const std::string& text) {
    add(fmt::format("Note over p{}: {}", process, text));
  }

  void gap() {
    if (hidden_ > 0)
      add(fmt::format("Note over {}: ({} left out)", everyone(), counted(hidden_, "step")));
    hidden_ = 0;
  }

  [[nodiscard]] std::string everyone() const {
    if (story_.cast.empty()) return "p";
    const int first = story_.cast.front();
    const int last = story_.cast.back();
    return first == last ? fmt::format("p{}", first) : fmt::format("p{},p{}", first, last);
  }

  [[nodiscard]] bool is_bad(const Scene& scene) const {
    if (is_example(model_, trace_)) return false;
    const auto is_broken = [&](const std::string& mark) { return mark == story_.broken; };
    return is_broken(scene.mark) ||
           std::ranges::any_of(scene.details, [&](const Detail& d) { return is_broken(d.mark); });
  }

  void step(std::size_t i) {
    if (trace_.loop == i) {
      gap();
      add("loop again and again");
      is_open_ = true;
    }
    const Scene& scene = story_.scenes[i];
    if (!shown_[i]) {
      ++hidden_;
      return;
    }
    gap();
    for (const Link& link : causality_.links)
      if (link.target == static_cast<int>(i)) arrow(link);
    std::string text =
        fmt::format("{}. {}<br/>{}", i + 1, word_of(scene.function), word_of(scene.phrase));
    for (const Detail& detail : scene.details)
      if (is_told(detail))
        text += "<br/>" + word_of(detail.brief.empty() ? detail.text : detail.brief);
    const bool is_broken = is_bad(scene);
    if (is_broken) add("rect rgba(220, 0, 30, 0.25)");
    note(scene.process, is_broken ? text + "<br/>" + word_of(story_.broken + " breaks") : text);
    if (is_broken) add("end");
  }

  [[nodiscard]] bool is_told(const Detail& detail) const {
    if (!detail.mark.empty() || detail.kind == Detail::Kind::stale) return true;
    return folding_.has_change &&
           (detail.kind == Detail::Kind::change || detail.kind == Detail::Kind::lock);
  }

  /// What one process saw of another, where it saw it. Both ends have to be there.
  void arrow(const Link& link) {
    const auto at = [](int step) { return static_cast<std::size_t>(step); };
    const Scene& source = story_.scenes[at(link.source)];
    const Scene& target = story_.scenes[at(link.target)];
    if (!shown_[at(link.source)] || source.process == target.process) return;
    std::string text = short_name(model_, link.cell, source.process);
    for (const Change& change : trace_.steps[at(link.source)].changes)
      if (change.cell == link.cell && !link.is_lock)
        text += " = " + value_text(model_, link.cell, change.after);
    add(fmt::format("p{}{}p{}: {} (step {})",
                    source.process,
                    link.is_lock ? "-->>" : "->>",
                    target.process,
                    word_of(text),
                    link.source + 1));
  }

  void waiting(const Blocked& blocked) {
    const std::string what = word_of(
        "waits for " + (blocked.what.empty() ? step_of(model_, blocked.process, blocked.step).phrase
                                             : blocked.what));
    if (blocked.holders.empty()) return note(blocked.process, what);
    for (const Blocked::Holder& holder : blocked.holders)
      add(fmt::format("p{}-xp{}: {}", blocked.process, holder.process, what));
  }

  void ending() {
    std::string text;
    for (const std::string& line : story_.ending)
      append(text, word_of(line), "<br/>");
    add(fmt::format("Note over {}: {}", everyone(), text));
  }

  const ir::Model& model_;
  const Trace& trace_;
  const Causality& causality_;
  const Story& story_;
  const Folding& folding_;
  std::vector<bool> shown_;
  std::string text_;
  std::size_t hidden_ = 0; ///< Steps in a row that were left out.
  bool is_open_ = false;   ///< Inside of the loop.
};

} // namespace

void write_mermaid(const ir::Model& model,
                   const Trace& trace,
                   const Caption& caption,
                   std::ostream& out) {
  const Causality why = causality(model, trace);
  const Story story = tell(model, trace, why);
  std::string text;
  for (const Folding& folding : foldings) {
    text = Sequence(model, trace, why, story, folding).text(caption);
    if (text.size() < mermaid_bytes_max) break;
  }
  out << text;
}

} // namespace stalemate::report
