// Whatever a scenario file holds, reading it ends in a scenario or in an InputError.

#include "checker/tests/figures.hpp"
#include "model/scenario/build_model.hpp"
#include "model/tests/scenario_text.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <cstddef>
#include <random>
#include <string>

namespace stalemate::kernel {
namespace {

// Only the engine's raw numbers: distributions differ between standard libraries.
class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::string mutate(std::string text) {
    for (std::size_t i = below(4); i < 4; ++i)
      change(text);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  void change(std::string& text) {
    static constexpr std::array pieces{"{",        "}",        "[",
                                       "]",        ",",        ":",
                                       "\"",       "\\",       "\n",
                                       "0",        "-1",       "9",
                                       "1e9",      "0.5",      "null",
                                       "true",     "\"\"",     "{}",
                                       "[]",       "\xFF",     "\xC3",
                                       "\x01",     "\"a\"",    "\\u0000",
                                       "\"hole\"", "\"path\"", "9999999999999999999999"};
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = std::min(below(12), text.size() - at);
    switch (below(5)) {
    case 0:
      text.erase(at, length);
      break;
    case 1:
      text.insert(at, pieces[below(pieces.size())]);
      break;
    case 2:
      text.replace(at, length, pieces[below(pieces.size())]);
      break;
    case 3: // a piece of the text itself, so that words and keys turn up in other places
      text.insert(at, text.substr(below(text.size() + 1), below(24)));
      break;
    default:
      swap_words(text);
    }
  }

  // Keeps the JSON well formed, so that what comes after the parser is reached.
  void swap_words(std::string& text) {
    const auto [from, from_size] = some_word(text);
    const auto [to, to_size] = some_word(text);
    const std::string word = text.substr(to, to_size);
    text.replace(from, from_size, word);
  }

  // Position and length of a word or number.
  std::pair<std::size_t, std::size_t> some_word(const std::string& text) {
    const std::string letters = "abcdefghijklmnopqrstuvwxyz_0123456789";
    const std::size_t start = text.find_first_of(letters, below(text.size() + 1));
    if (start == std::string::npos) return {text.size(), 0};
    const std::size_t end = text.find_first_not_of(letters, start);
    return {start, std::min(end, text.size()) - start};
  }

  std::mt19937 random_;
};

class ScenarioMutationTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ScenarioMutationTest);
  CPPUNIT_TEST(reading_ends_in_a_model_or_an_input_error);
  CPPUNIT_TEST_SUITE_END();

 public:
  void reading_ends_in_a_model_or_an_input_error() {
    int models = 0;
    int refused = 0;
    for (unsigned seed = 0; seed < 5000; ++seed) {
      const std::string text = Mutator(seed).mutate(scenario_text);
      try {
        const ScenarioFile file("f.json", text);
        for (const Scenario& scenario : file.scenarios()) {
          try {
            (void)build_model(scenario);
            ++models;
          } catch (const ScenarioError& error) {
            const std::string line = file.located(scenario, error).what();
            CPPUNIT_ASSERT_MESSAGE(line, line.starts_with("f.json:"));
          }
        }
      } catch (const InputError& error) {
        ++refused;
        const std::string line = error.what();
        CPPUNIT_ASSERT_MESSAGE(line, line.starts_with("f.json:"));
        CPPUNIT_ASSERT_MESSAGE(line, line.find('\n') == std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(line, line.size() < 1000);
      }
      tests::count_figure("scenario_mutants");
    }
    // Both ends are reached, often.
    CPPUNIT_ASSERT(models > 100);
    CPPUNIT_ASSERT(refused > 1000);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ScenarioMutationTest);

} // namespace
} // namespace stalemate::kernel
