#include "model/own/texts.hpp"

#include "checker/edit/edit_error.hpp"
#include "checker/language/parse.hpp"
#include "model/own/unknown_step.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/scenario.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::own {

namespace {

/// The column of a byte of the text, as it stands in the file: characters, and two for what JSON
/// writes with a backslash.
int column_of(const std::string& text, std::size_t offset) {
  int column = 0;
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80) ++column;
    if (text[i] == '"' || text[i] == '\\') ++column;
  }
  return column;
}

template <typename Parse>
auto parsed(const ir::Model& model, int process, const Text& text, bool may_ask, Parse parse) {
  try {
    return parse(language::Scope{model, process, may_ask}, text.text);
  } catch (const language::UnknownWord& error) {
    throw ScenarioError(text.pointer,
                        unknown(error.noun(), error.word(), error.known(), 5),
                        column_of(text.text, error.offset()));
  } catch (const language::SyntaxError& error) {
    throw ScenarioError(text.pointer, error.what(), column_of(text.text, error.offset()));
  }
}

} // namespace

ir::ExpressionPtr
condition_of(const ir::Model& model, int process, const Text& text, bool may_ask_where) {
  return parsed(model, process, text, may_ask_where, language::parse_condition);
}

ir::ExpressionPtr value_of(const ir::Model& model, int process, const Text& text) {
  return parsed(model, process, text, false, language::parse_value);
}

ir::ExpressionPtr place_of(const ir::Model& model, int process, const Text& text) {
  return parsed(model, process, text, false, language::parse_place);
}

ir::Effect effect_of(const ir::Model& model, int process, const Text& text) {
  return parsed(model, process, text, false, language::parse_assignment);
}

edit::Lock lock_of(const ir::Model& model, const Text& text) {
  try {
    return edit::lock_named(model, text.text);
  } catch (const edit::UnknownName& error) {
    throw ScenarioError(text.pointer, unknown(error.noun, error.name, error.known, 5));
  }
}

std::vector<edit::Site> sites_of(const ir::Model& model,
                                 const Text& text,
                                 const std::string& in,
                                 const std::string& in_pointer) {
  try {
    return edit::find_steps(model, text.text, in);
  } catch (const edit::UnknownName& error) {
    if (error.noun == "step") throw UnknownStep(text.pointer, error.name, in, error.known);
    throw ScenarioError(error.name == in ? in_pointer : text.pointer,
                        unknown(error.noun, error.name, error.known, 3));
  } catch (const edit::EditError& error) {
    throw ScenarioError(text.pointer, error.what());
  }
}

void at_place(const std::string& pointer, const std::function<void()>& change) {
  try {
    change();
  } catch (const edit::EditError& error) {
    throw ScenarioError(pointer, error.what());
  } catch (const ir::InvalidModel& error) {
    throw ScenarioError(pointer, error.what());
  }
}

} // namespace stalemate::kernel::own
