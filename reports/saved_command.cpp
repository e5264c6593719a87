#include "reports/saved_command.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace stalemate::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr int version = 1;

bool has_text(const Json& json, const char* key) {
  return json.contains(key) && json[key].is_string();
}

bool is_list_of_words(const Json& json) {
  return json.is_array() &&
         std::ranges::all_of(json, [](const Json& word) { return word.is_string(); });
}

} // namespace

std::string text_of(const SavedCommand& command) {
  const Json json{{"version", version},
                  {"folder", command.folder},
                  {"words", command.words},
                  {"checksum", command.checksum}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<SavedCommand> read_command(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !has_text(json, "folder") || !has_text(json, "checksum") ||
      !json.contains("words") || !is_list_of_words(json["words"]))
    return std::nullopt;
  SavedCommand command{json["folder"], json["words"], json["checksum"]};
  if (text_of(command) != text) return std::nullopt;
  return command;
}

} // namespace stalemate::report
