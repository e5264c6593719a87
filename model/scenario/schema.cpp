#include "model/scenario/schema.hpp"

#include "model/scenario/format.hpp"
#include "model/scenario/json_text.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel {

namespace {

constexpr const char* key_pattern = "^[A-Za-z_]([A-Za-z0-9_.]{0,62}[A-Za-z0-9_])?$";
constexpr const char* name_pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";

// Prints shapes; those with a name of their own are printed once, under /definitions.
class Printer {
 public:
  Json definitions = Json::object();

  Json print(const Shape& shape, bool is_patch) {
    if (shape.definition.empty()) return body(shape, is_patch);
    if (!definitions.contains(shape.definition)) {
      definitions[shape.definition] = Json::object(); // keeps the order of first use
      definitions[shape.definition] = body(shape, false);
    }
    return {{"$ref", "#/definitions/" + shape.definition}};
  }

 private:
  Json body(const Shape& shape, bool is_patch) {
    using enum Shape::Kind;
    switch (shape.kind) {
    case object:
      return print_object(shape, is_patch || shape.patch);
    case list:
      return print_list(shape);
    case text:
      return {{"type", "string"}, {"minLength", 1}, {"maxLength", json_string_max}};
    case name:
      return {{"type", "string"}, {"pattern", name_pattern}};
    case word:
      if (shape.is_open) return {{"anyOf", {print_words(shape.words), other_name(shape.words)}}};
      return print_words(shape.words);
    case number:
      return {{"type", "integer"}, {"minimum", shape.low}, {"maximum", shape.high}};
    case truth:
      return {{"type", "boolean"}};
    case yes:
      return {{"const", true}};
    case either: {
      Json schemas = Json::array();
      for (const Shape& item : shape.items)
        schemas.push_back(print(item, false));
      return {{"anyOf", schemas}};
    }
    case map: {
      Json value = print(shape.items[0], is_patch);
      if (is_patch) value = {{"anyOf", {value, {{"type", "null"}}}}};
      return {{"type", "object"},
              {"propertyNames", {{"pattern", key_pattern}}},
              {"maxProperties", shape.high},
              {"additionalProperties", value}};
    }
    }
    return {};
  }

  // What a scenario brings along has a name that nothing of the model has.
  template <typename Named>
  static Json other_name(const std::vector<Named>& known) {
    Json names = Json::array();
    for (const Named& one : known)
      names.push_back(one.name);
    return {{"type", "string"}, {"pattern", name_pattern}, {"not", {{"enum", names}}}};
  }

  static Json print_words(const std::vector<Word>& words) {
    Json values = Json::array();
    Json texts = Json::array();
    for (const Word& word : words) {
      values.push_back(word.name);
      texts.push_back(word.text);
    }
    // Editors show enumDescriptions; validators ignore it.
    return {{"type", "string"}, {"enum", values}, {"enumDescriptions", texts}};
  }

  Json print_list(const Shape& shape) {
    Json schema{{"type", "array"},
                {"items", print(shape.items[0], false)},
                {"minItems", shape.low},
                {"maxItems", shape.high}};
    if (shape.distinct) schema["uniqueItems"] = true;
    return schema;
  }

  Json print_object(const Shape& shape, bool is_patch) {
    if (shape.cases.empty()) return print_members(shape.members, is_patch);
    Json schemas = Json::array();
    for (const Case& one : shape.cases) {
      Json schema = print_members(shape.members, false);
      if (!shape.tag.empty()) {
        schema["properties"][shape.tag] = {{"const", one.name}, {"description", one.text}};
        schema["required"].push_back(shape.tag);
      }
      const Json own = print_members(one.members, false);
      schema["properties"].update(own["properties"]);
      for (const Json& key : own.value("required", Json::array()))
        schema["required"].push_back(key);
      schema["title"] = one.name;
      schema["description"] = one.text;
      schemas.push_back(std::move(schema));
    }
    if (shape.is_open) {
      Json schema = print_members(shape.members, false);
      schema["properties"][shape.tag] = other_name(shape.cases);
      schema["required"].push_back(shape.tag);
      schema["additionalProperties"] = {{"type", "integer"}}; // options of the path that it is like
      schema["title"] = "a path of the scenario";
      schemas.push_back(std::move(schema));
    }
    return {{"oneOf", schemas}};
  }

  Json print_members(const std::vector<Member>& members, bool is_patch) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const Member& member : members) {
      const bool is_always = member.need == Member::Need::always;
      Json value = print(member.shape, is_patch && !member.shape.is_whole);
      if (is_patch && !is_always) value = {{"anyOf", {value, {{"type", "null"}}}}};
      if (value.contains("$ref")) value = {{"allOf", Json::array({value})}}; // $ref hides siblings
      value["description"] = member.text;
      properties[member.name] = std::move(value);
      if (is_always) required.push_back(member.name);
    }
    Json schema{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
    if (!required.empty()) schema["required"] = required;
    return schema;
  }
};

} // namespace

std::string scenario_schema() {
  Printer printer;
  const Shape& format = scenario_format();
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"$id", "urn:stalemate:scenario"},
              {"title", "Stalemate scenario"},
              {"description", "One race, with the variants in which it does or does not happen"}};
  schema.update(printer.print(format, false));

  // What variants may bring along is required only where there are none.
  Json without_variants = Json::array();
  Json sections = Json::array();
  for (const Member& member : format.members) {
    if (member.need == Member::Need::merged) without_variants.push_back(member.name);
    if (member.need == Member::Need::one_of_merged)
      sections.push_back({{"required", Json::array({member.name})}});
  }
  schema["anyOf"] = {{{"required", Json::array({"variants"})}},
                     {{"required", without_variants}, {"oneOf", sections}}};
  schema["definitions"] = printer.definitions;
  return schema.dump(2) + "\n";
}

} // namespace stalemate::kernel
