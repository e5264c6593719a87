// Whatever a scenario brings along, building it ends in a model or in one line that says what is
// wrong; and every model that is built can be searched.
#include "checker/search/reach.hpp"
#include "checker/tests/amount.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/json_text.hpp"
#include "model/tests/own_scenarios.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <array>
#include <random>
#include <string>
#include <vector>

namespace stalemate::kernel {
namespace {

// Only the engine's raw numbers: distributions differ between standard libraries.
class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::string mutate(const std::string& text) {
    Json json = Json::parse(text);
    for (std::size_t i = below(3); i < 3; ++i)
      change(json);
    return json.dump();
  }

 private:
  using Pointers = std::vector<Json::json_pointer>;

  std::size_t below(std::size_t limit) { return random_() % limit; }

  static void collect(const Json& json, const Json::json_pointer& at, Pointers& to) {
    to.push_back(at);
    if (json.is_object())
      for (const auto& [key, value] : json.items())
        collect(value, at / key, to);
    if (json.is_array())
      for (std::size_t i = 0; i < json.size(); ++i)
        collect(json[i], at / i, to);
  }

  void change(Json& json) {
    Pointers all;
    collect(json, Json::json_pointer(), all);
    if (all.size() == 1) return;
    const auto any = [&] { return all[1 + below(all.size() - 1)]; };
    const Json::json_pointer at = any();
    switch (below(8)) {
    case 0:
      return erase(json, at);
    case 1: {
      Json& parent = json[at.parent_pointer()];
      const Json copy = json[at];
      if (parent.is_array())
        parent.push_back(copy);
      else
        parent[at.back() + "2"] = copy;
      return;
    }
    case 2: {
      const Json copy = json[any()];
      json[at] = copy;
      return;
    }
    case 3:
      json[at] = retyped(json[at]);
      return;
    default:
      break;
    }
    // Most of what can be wrong is inside of strings.
    Pointers strings;
    for (const auto& one : all)
      if (json[one].is_string()) strings.push_back(one);
    if (strings.empty()) return;
    Json& text = json[strings[below(strings.size())]];
    const std::string other = json[strings[below(strings.size())]];
    text = below(2) == 0 ? other : mangled(text.get<std::string>(), other);
  }

  static void erase(Json& json, const Json::json_pointer& at) {
    Json& parent = json[at.parent_pointer()];
    if (parent.is_array())
      parent.erase(std::stoul(at.back()));
    else
      parent.erase(at.back());
  }

  Json retyped(const Json& value) {
    switch (below(7)) {
    case 0:
      return nullptr;
    case 1:
      return true;
    case 2:
      return static_cast<int>(below(5)) - 1;
    case 3:
      return Json::array({value});
    case 4:
      return Json::object({{"always", value}});
    case 5:
      return value.dump().substr(0, 50);
    default:
      return 1000000;
    }
  }

  /// Words of the text, changed by one.
  std::string mangled(const std::string& text, const std::string& other) {
    std::vector<std::string> words = split(text);
    const std::vector<std::string> others = split(other);
    static constexpr std::array pieces{
        "(",  ")",  "[",    "]",    "!",    "&&",   "||",  "==",   "=",    "=>",   "<",     "+",
        "-",  "*",  "/",    "%",    "?",    ":",    ",",   "..",   ".",    "\"",   "0",     "1",
        "2",  "99", "1000", "yes",  "self", "free", "x",   "seen", "done", "held", "all",   "count",
        "at", "i",  "hot",  "inc:", "\\",   "é",    "row", "old",  "sem",  "min",  "number"};
    const std::size_t at = below(words.size() + 1);
    switch (below(4)) {
    case 0:
      if (at < words.size()) words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    case 1:
      words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), pieces[below(pieces.size())]);
      break;
    case 2:
      if (at < words.size()) words[at] = pieces[below(pieces.size())];
      break;
    default:
      if (at < words.size() && !others.empty()) words[at] = others[below(others.size())];
    }
    return fmt::format("{}", fmt::join(words, ""));
  }

  /// Names, numbers, and what stands between them.
  static std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> words;
    bool was_word = false;
    for (const char c : text) {
      const bool is_word =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      if (words.empty() || !is_word || !was_word) words.emplace_back();
      words.back() += c;
      was_word = is_word;
    }
    return words;
  }

  std::mt19937 random_;
};

class OwnMutationTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(OwnMutationTest);
  CPPUNIT_TEST(what_is_brought_along_ends_in_a_verdict_or_an_input_error);
  CPPUNIT_TEST_SUITE_END();

 public:
  void what_is_brought_along_ends_in_a_verdict_or_an_input_error() {
    const std::array seeds{
        counting(locked_steps, everything), counting(many_steps, everything), like_another};
    for (const std::string& seed : seeds)
      CPPUNIT_ASSERT_EQUAL(std::string(), outcome(seed));
    const auto count = static_cast<unsigned>(tests::amount(1'500, 200'000));
    for (unsigned seed = 0; seed < count; ++seed) {
      // Two of three about what is small enough to be searched.
      const std::string text = Mutator(seed).mutate(seeds[seed % 3]);
      const std::string line = outcome(text);
      if (line.empty()) continue;
      ++refused_;
      const std::string what = fmt::format("seed {}: {}\n{}", seed, line, text);
      CPPUNIT_ASSERT_MESSAGE(what, line.starts_with("f.json:"));
      CPPUNIT_ASSERT_MESSAGE(what, line.find('\n') == std::string::npos);
      CPPUNIT_ASSERT_MESSAGE(what, line.size() < 1000);
    }
    // Both ends are reached, often.
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{} searched, {} refused", searched_, refused_),
                           searched_ > count / 10 && refused_ > count / 3);
  }

 private:
  /// What is wrong with the scenario; nothing if it can be searched.
  std::string outcome(const std::string& text) {
    try {
      const ScenarioFile file("f.json", text);
      for (const Scenario& scenario : file.scenarios()) {
        try {
          const ir::Model model = build_model(scenario);
          Limits limits;
          limits.states_max = 3'000;
          Observer nobody;
          (void)explore_and_reach(model, {}, limits, nobody);
          ++searched_;
        } catch (const ScenarioError& error) {
          return file.located(scenario, error).what();
        }
      }
      return "";
    } catch (const InputError& error) {
      return error.what();
    }
  }

  unsigned searched_ = 0;
  unsigned refused_ = 0;
};

CPPUNIT_TEST_SUITE_REGISTRATION(OwnMutationTest);

} // namespace
} // namespace stalemate::kernel
