// What is said about texts that mean nothing, and where; and that no text at all does harm.
#include "checker/language/parse.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/golden.hpp"
#include "checker/tests/language_models.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <array>
#include <functional>
#include <string>
#include <string_view>

using namespace stalemate;
using language::Scope;
using language::SyntaxError;

namespace {

using Parse = std::function<void(const Scope&, std::string_view)>;

const Parse value = [](const Scope& scope, std::string_view text) {
  (void)language::parse_value(scope, text);
};
const Parse condition = [](const Scope& scope, std::string_view text) {
  (void)language::parse_condition(scope, text);
};
const Parse place = [](const Scope& scope, std::string_view text) {
  (void)language::parse_place(scope, text);
};
const Parse assignment = [](const Scope& scope, std::string_view text) {
  (void)language::parse_assignment(scope, text);
};

/// Not the texts that are wrong in a simple way, but what is left of them: random words of the
/// language in a row.
std::string soup(tests::Dice& dice) {
  static constexpr std::array words{"hot",
                                    "extent",
                                    "folio[0].dirty",
                                    "folio",
                                    "[",
                                    "]",
                                    "0",
                                    "1",
                                    "2",
                                    "99999",
                                    "2147483648",
                                    "-",
                                    "!",
                                    "+",
                                    "*",
                                    "/",
                                    "%",
                                    "<",
                                    "<=",
                                    ">",
                                    ">=",
                                    "==",
                                    "!=",
                                    "&&",
                                    "||",
                                    "?",
                                    ":",
                                    "=>",
                                    "(",
                                    ")",
                                    ",",
                                    "..",
                                    ".",
                                    "=",
                                    "hole",
                                    "mapped",
                                    "yes",
                                    "no",
                                    "self",
                                    "writer0",
                                    "pos",
                                    "\"read-only\"",
                                    "\"iomap_iter: remember it\"",
                                    "all(",
                                    "any(i, folio,",
                                    "count(k, 0..3,",
                                    "at(",
                                    "done(",
                                    "holder(",
                                    "held(inode.i_rwsem)",
                                    "held_by(",
                                    "min(",
                                    "max(",
                                    "number(",
                                    "cell(folio.data,",
                                    "i",
                                    "inode.size",
                                    "offset",
                                    "\xc3\xbc",
                                    "\"",
                                    "&",
                                    "#",
                                    "\n",
                                    "pte"};
  std::string text;
  for (int length = dice.between(1, 24); length > 0; --length)
    text +=
        std::string(words[static_cast<std::size_t>(dice.below(static_cast<int>(words.size())))]) +
        " ";
  return text;
}

std::string repeated(const std::string& what, int times) {
  std::string all;
  for (int i = 0; i < times; ++i)
    all += what;
  return all;
}

} // namespace

class LanguageErrorsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LanguageErrorsTest);
  CPPUNIT_TEST(every_mistake_is_named_with_its_place);
  CPPUNIT_TEST(an_unknown_word_comes_with_the_known_ones);
  CPPUNIT_TEST(no_soup_of_words_does_harm);
  CPPUNIT_TEST(no_soup_of_bytes_does_harm);
  CPPUNIT_TEST(nothing_is_too_deep_or_too_long_to_be_refused);
  CPPUNIT_TEST(what_is_within_the_limits_is_read);
  CPPUNIT_TEST_SUITE_END();

  const ir::Model model_ = tests::spoken_model();

  /// The error, with a mark where it is.
  [[nodiscard]] std::string
  complaint(const Parse& parse, const std::string& text, int process) const {
    try {
      parse(Scope{model_, process}, text);
    } catch (const SyntaxError& error) {
      return fmt::format("{}\n{}^ {}\n", text, std::string(error.offset(), ' '), error.what());
    }
    return text + "\nis right\n";
  }

  static bool is_refused(const Scope& scope, const Parse& parse, const std::string& text) {
    try {
      parse(scope, text);
    } catch (const SyntaxError& error) {
      CPPUNIT_ASSERT_MESSAGE(text, error.offset() <= text.size());
      return true;
    }
    return false;
  }

 public:
  void every_mistake_is_named_with_its_place() {
    std::string all;
    const auto list = [&](const char* heading,
                          const Parse& parse,
                          int process,
                          std::initializer_list<const char*> texts) {
      all += fmt::format("# {}\n\n", heading);
      for (const char* text : texts)
        all += complaint(parse, text, process) + "\n";
    };
    list("Words",
         value,
         ir::none,
         {"",
          "hot & hot",
          "hot | hot",
          "hot @ hot",
          "pte == \"read-only",
          "hot \xe2\x88\xa7 hot",
          "inode.size == 99999999999",
          "inode.size == 2147483648",
          "inode.size == -99999999999"});
    list("Grammar",
         value,
         ir::none,
         {"hot &&",
          "hot hot",
          "(hot",
          "hot)",
          "hot ? 1",
          "folio[0.dirty",
          "folio[].dirty",
          "folio[0].",
          "hot = yes",
          "1..2",
          "(1..2)",
          "min()",
          "min(1)",
          "min(1, 2, 3)",
          "done(flusher, writer0)",
          "hot and hot",
          "== hot",
          "folio.[0]dirty"});
    list("Names",
         value,
         ir::none,
         {"folo[0].dirty",
          "folio[0].dirt == yes",
          "folio.dirty",
          "folio[0].dirty[1]",
          "hot[0]",
          "folio[0].data == old",
          "disk[0] == old",
          "pos == 1",
          "self == 1",
          "hole",
          "minimum(1, 2)",
          "inode.i_rwsem[reclaim].shared",
          "extent == whole",
          "extent == hole && type == hole",
          "folio"});
    list("Values of different kinds",
         value,
         ir::none,
         {"extent == 1",
          "extent == inode.size",
          "extent == pte",
          "extent == hot",
          "hot == 1",
          "inode.size == yes",
          "inode.size == hole",
          "hot + 1",
          "inode.size && hot",
          "!inode.size",
          "extent < 7 || extent == 1",
          "-hot",
          "hot ? extent : pte",
          "hot ? hole : 2",
          "(hot ? 1 : 0) == hot",
          "min(extent, 1)",
          "folio[hot].dirty",
          "extent ? 1 : 2",
          "hot => inode.size",
          "1 < inode.size < 2",
          "hot ? hole : mapped"});
    list("What could fail",
         value,
         ir::none,
         {"folio[2].dirty",
          "folio[inode.size].dirty",
          "folio[offset].order == 1",
          "folio[0].data[2] == old",
          "1 / inode.size",
          "1 % offset",
          "offset % 2",
          "1000000 * 1000000",
          "cell(folio.data, 4) == old",
          "cell(hot, 0)",
          "cell(folio[0].dirty, 0)"});
    list("Functions",
         value,
         ir::none,
         {"all(i, folio)",
          "all(i, nothing, hot)",
          "all(folio[0], folio, hot)",
          "all(hot, folio, hot)",
          "all(i, 0, hot)",
          "all(i, 0..inode.size, hot)",
          "all(i, 0..2, folio[i].dirty)",
          "all(i, 0..999999, hot)",
          "all(i, 0..999, all(j, 0..999, hot))",
          "all(i, folio, folio[i].order)",
          "all(i, folio, i[0] == 1)",
          "holder(hot) == free",
          "holder(1)",
          "held(extent)",
          "held_by(inode.i_rwsem, reclaim)",
          "held_by(inode.i_rwsem, 1)",
          "holder(inode.i_rwsem) == reclaim",
          "at(writer0, \"iomap_iter: remember it\")",
          "done(writer0)",
          "writer0.location == 1"});
    list("Of one process", value, 0, {"poss == 1", "type == whole", "pos == self"});
    list("Conditions",
         condition,
         ir::none,
         {"1", "inode.size", "extent", "hot ? 1 : 0", "inode.size + 1"});
    list("Places", place, ir::none, {"hot == yes", "1", "folio.dirty", "folio[3].dirty"});
    list("Assignments",
         assignment,
         0,
         {"hot",
          "hot == yes",
          "hot = 1",
          "hot = yes = no",
          "extent = 4",
          "extent = whole",
          "inode.size = 4",
          "inode.size = hot",
          "1 = hot",
          "pos = 0 - 1",
          "hot && hot = yes",
          "location = 1",
          "hot = yes, extent = hole"});
    tests::assert_golden("language_errors.txt", all);
  }

  void an_unknown_word_comes_with_the_known_ones() {
    const auto known = [&](const char* text) {
      try {
        (void)language::parse_value(Scope{model_, 0, true}, text);
      } catch (const language::UnknownWord& error) {
        return fmt::format("{} {}: {}", error.noun(), error.word(), fmt::join(error.known(), ", "));
      }
      return std::string("nothing");
    };
    CPPUNIT_ASSERT_EQUAL(std::string("value whole: hole, unwritten, mapped"),
                         known("extent == whole"));
    CPPUNIT_ASSERT_EQUAL(std::string("process reclaim: writer0, flusher"), known("done(reclaim)"));
    CPPUNIT_ASSERT_EQUAL(std::string("step iomap_iter: look up: iomap_iter: look up the extent, "
                                     "iomap_iter: remember it"),
                         known("at(\"iomap_iter: look up\")"));
    CPPUNIT_ASSERT_EQUAL(std::string("variable folo: folio, disk, inode.i_rwsem"),
                         known("any(i, folo, hot)"));
    CPPUNIT_ASSERT(known("folo[0].dirty").starts_with("variable folo.dirty: folio.dirty, "));
    CPPUNIT_ASSERT(known("posi == 1")
                       .ends_with("writer0.pos, pos, writer0.type, type, "
                                  "flusher.location, flusher.pos, flusher.type"));
    CPPUNIT_ASSERT(known("al(i, folio, hot)").starts_with("function al: all, any, at, "));
  }

  void no_soup_of_words_does_harm() {
    int refused = 0;
    const auto count = static_cast<int>(tests::amount(20'000, 2'000'000));
    tests::Dice dice(1);
    for (int i = 0; i < count; ++i) {
      const std::string text = soup(dice);
      const Scope scope{model_, dice.below(3) - 1, dice.chance(50)};
      for (const Parse* parse : {&value, &condition, &place, &assignment})
        refused += is_refused(scope, *parse, text) ? 1 : 0;
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(refused), refused < 4 * count && refused > count);
  }

  void no_soup_of_bytes_does_harm() {
    const auto count = static_cast<int>(tests::amount(20'000, 2'000'000));
    tests::Dice dice(2);
    for (int i = 0; i < count; ++i) {
      std::string text = "all(i, folio, folio[i].dirty => extent != hole) && inode.size < 2";
      for (int changes = dice.between(1, 6); changes > 0; --changes)
        text[static_cast<std::size_t>(dice.below(static_cast<int>(text.size())))] =
            static_cast<char>(dice.chance(50) ? dice.below(256) : dice.between(32, 126));
      (void)is_refused(Scope{model_}, value, text);
    }
  }

  void nothing_is_too_deep_or_too_long_to_be_refused() {
    const Scope scope{model_};
    for (const auto& text : {repeated("(", 10'000),
                             repeated("!", 19'000) + "hot",
                             repeated("-", 19'000) + "1",
                             repeated("hot?", 4'000) + "1",
                             repeated("hot=>", 3'000) + "hot",
                             repeated("min(1,", 3'000),
                             repeated("folio[", 3'000),
                             repeated("hot&&", 3'000) + "hot",
                             repeated("1+", 9'000) + "inode.size",
                             repeated("any(i,0..9,", 20) + "hot" + repeated(")", 20),
                             repeated(" ", 20'001),
                             std::string(1'000'000, 'x')})
      CPPUNIT_ASSERT_MESSAGE(text.substr(0, 20), is_refused(scope, value, text));
  }

  void what_is_within_the_limits_is_read() {
    const Scope scope{model_};
    for (const auto& text : {repeated("(", 190) + "hot" + repeated(")", 190),
                             repeated("!", 190) + "hot",
                             repeated("hot && ", 900) + "hot",
                             std::string(10'000, ' ') + "hot"})
      CPPUNIT_ASSERT_MESSAGE(text.substr(0, 20), !is_refused(scope, value, text));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LanguageErrorsTest);
