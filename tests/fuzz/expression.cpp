// A text of anybody in the language of claims and edits. Its first byte says what it is read as.

#include "checker/ir/model.hpp"
#include "checker/language/parse.hpp"
#include "checker/tests/language_models.hpp"
#include "tests/fuzz/target.hpp"

using namespace stalemate;
using language::Scope;
using language::SyntaxError;

namespace {

/// What is printed of it is read as the same again.
void read_again(const Scope& scope, const ir::ExpressionPtr& read) {
  const std::string printed = ir::text(scope.model, read);
  // A short text can say what takes a long one to write out.
  if (printed.size() > language::bytes_max) return;
  try {
    const auto again = language::parse_value(scope, printed);
    fuzz::require(ir::is_same(*read, *again), "it is the same again", printed);
  } catch (const SyntaxError& error) {
    const std::string why = error.what();
    const bool is_long = why.find("nested deeper") == 0 || why.find("more than") == 0;
    fuzz::require(is_long, "what was printed is read", printed + ": " + why);
  }
}

void read(const Scope& scope, int as, std::string_view text) {
  switch (as) {
  case 0:
    return read_again(scope, language::parse_value(scope, text));
  case 1:
    return read_again(scope, language::parse_condition(scope, text));
  case 2:
    return read_again(scope, language::parse_place(scope, text));
  default:
    return read_again(scope, language::parse_assignment(scope, text).value);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ir::Model model = tests::spoken_model();
  if (size == 0) return 0;
  const int kind = *data % 12;
  const std::string_view text = fuzz::text_of(data + 1, size - 1);
  try {
    read({model, kind / 4 - 1, kind % 2 == 0}, kind % 4, text);
  } catch (const SyntaxError& error) {
    // What it cites of the text is escaped by whoever shows it.
    fuzz::require(*error.what() != '\0', "a message says something");
    fuzz::require(error.offset() <= text.size(), "the place is in the text", error.what());
  }
  return 0;
}
