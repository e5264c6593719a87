// Checked parsing. nlohmann/json does the grammar, numbers and UTF-8; it does not say where a value
// stands, keeps the last of two equal keys, turns big integers into doubles and ends at a NUL byte.
// So its SAX events drive a second, trivial reader of the same text that only finds where the next
// token starts: the parser has validated everything up to there, which keeps that reader simple.

#include "model/scenario/json_text.hpp"

#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace stalemate::kernel {

namespace {

// Walks over a text and knows line and column.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {
    if (!text_.starts_with("\xEF\xBB\xBF")) return;
    skipped_ = 3;
    text_.remove_prefix(skipped_);
  }

  [[nodiscard]] Position position() const { return position_; }

  [[nodiscard]] std::string_view token() const { return text_.substr(token_, at_ - token_); }

  // Of the token, in the whole text.
  [[nodiscard]] Span span() const { return {skipped_ + token_, skipped_ + at_}; }

  // Steps over whitespace and separators to the next token, then over the token. Returns its start.
  Position next_token() {
    while (at_ < text_.size() && std::string_view(" \t\r\n,:").find(text_[at_]) != text_.npos)
      step();
    const Position start = position_;
    token_ = at_;
    if (at_ == text_.size()) return start;
    if (text_[at_] == '"') {
      step();
      while (at_ < text_.size() && text_[at_] != '"') {
        if (text_[at_] == '\\') step();
        step();
      }
      step();
    } else if (std::string_view("{}[]").find(text_[at_]) != text_.npos) {
      step();
    } else {
      while (at_ < text_.size() && std::string_view(" \t\r\n,:{}[]").find(text_[at_]) == text_.npos)
        step();
    }
    return start;
  }

  void step() {
    if (at_ >= text_.size()) return;
    const char c = text_[at_++];
    if (c == '\n') {
      ++position_.line;
      position_.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80) {
      ++position_.column;
    }
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t token_ = 0;   // where the last token starts
  std::size_t skipped_ = 0; // bytes before the text that say that it is UTF-8
  Position position_;
};

Position position_of_byte(std::string_view text, std::size_t byte) {
  Cursor cursor(text.substr(0, byte));
  for (std::size_t i = 0; i < byte; ++i)
    cursor.step();
  return cursor.position();
}

// "[json.exception...] parse error at line 1, column 3: syntax error while parsing value - invalid
// number; expected digit after '-'; last read: '[-]'" becomes "malformed JSON: invalid number;
// ...".
std::string syntax_error(std::string message, const std::string& last_token) {
  if (const auto at = message.find("syntax error while parsing"); at != std::string::npos)
    message.erase(0, message.find(" - ", at) + 3);
  const std::string last_read = fmt::format("; last read: '{}'", last_token);
  if (const auto at = message.find(last_read); at != std::string::npos) {
    message.erase(at, last_read.size());
    const std::size_t cut = last_token.size() - std::min<std::size_t>(last_token.size(), 24);
    message += fmt::format("; last read: {}", printable(last_token.substr(cut)));
  }
  return "malformed JSON: " + message;
}

// Builds the document from SAX events and refuses what the header lists. An event that returns
// false stops the parser; the reason is then in `problem`.
class Builder final : public nlohmann::json_sax<Json> {
 public:
  explicit Builder(const std::string& text) : text_(text), cursor_(text) {}

  JsonText result;
  std::optional<MalformedJson> problem;

  bool null() override { return add(nullptr).has_value(); }
  bool boolean(bool value) override { return add(value).has_value(); }
  bool number_integer(std::int64_t value) override {
    return add(value) && (value >= -json_integer_max || refuse_number());
  }
  bool number_unsigned(std::uint64_t value) override {
    return add(value) && (value <= json_integer_max || refuse_number());
  }
  bool number_float(double value, const std::string& digits) override {
    if (!add(value)) return false;
    if (digits.find_first_of(".eE") == std::string::npos) return refuse_number();
    return refuse(fmt::format("{} is not an integer", printable(digits)));
  }
  bool string(std::string& value) override {
    if (!add(nullptr)) return false;
    if (!is_fit(value, "string", json_string_max)) return false;
    *open_value_ = std::move(value);
    return true;
  }
  bool binary(binary_t& /*value*/) override { return refuse("binary data"); }

  bool start_object(std::size_t /*elements*/) override { return open(Json::object()); }
  bool start_array(std::size_t /*elements*/) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    here_ = cursor_.next_token();
    Level& level = levels_.back();
    pointer_.resize(level.pointer_size);
    if (!is_fit(name, "key", json_key_max)) return false;
    pointer_ = below(pointer_, name);
    const auto [first, fresh] = result.positions.keys.emplace(pointer_, here_);
    if (!fresh)
      return refuse(fmt::format("the key {} is given twice, first in line {}, column {}",
                                excerpt(name),
                                first->second.line,
                                first->second.column));
    result.positions.key_spans.emplace(pointer_, cursor_.span());
    level.key = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position,
                   const std::string& last_token,
                   const nlohmann::detail::exception& error) override {
    const std::size_t last = std::min(position, text_.size() + 1);
    here_ = position_of_byte(text_, last == 0 ? 0 : last - 1);
    if (error.id == 406) return refuse_number(); // the value does not even fit a double
    pointer_.clear();                            // of the value before the error
    if (std::string_view(error.what()).find("invalid literal") != std::string_view::npos) {
      here_ = cursor_.next_token();
      return refuse("malformed JSON: unknown literal " + excerpt(cursor_.token()));
    }
    return refuse(syntax_error(error.what(), last_token));
  }

 private:
  struct Level {
    Json* container = nullptr;
    std::size_t pointer_size = 0; ///< Of the container's own pointer.
    std::string key;              ///< Of the member that comes next, in an object.
  };

  bool refuse(const std::string& what) {
    problem.emplace(here_, pointer_, what);
    return false;
  }

  bool refuse_too_much(const std::string& what) {
    problem.emplace(here_, pointer_, what, true);
    return false;
  }

  bool refuse_number() { return refuse_too_much("a number of more than 53 bits"); }

  bool is_fit(const std::string& value, const std::string& noun, std::size_t bytes_max) {
    if (value.size() > bytes_max)
      return refuse(
          fmt::format("a {} of {} bytes; at most {} are read", noun, value.size(), bytes_max));
    if (value.find('\0') != std::string::npos)
      return refuse(fmt::format("a {} with a NUL character in it", noun));
    return true;
  }

  // Appends to the open container, or makes the root. Null when refused.
  std::optional<Json*> add(Json value) {
    here_ = cursor_.next_token();
    if (levels_.empty()) {
      result.root = std::move(value);
      open_value_ = &result.root;
    } else {
      Level& level = levels_.back();
      if (level.container->is_array()) {
        pointer_.resize(level.pointer_size);
        pointer_ = below(pointer_, level.container->size());
        level.container->push_back(std::move(value));
        open_value_ = &level.container->back();
      } else {
        // Not operator[]: the key is known to be new, and looking it up again takes linear time.
        auto& members = level.container->get_ref<Json::object_t&>();
        open_value_ = &members.emplace_back(std::move(level.key), std::move(value)).second;
      }
    }
    result.positions.values.emplace(pointer_, here_);
    result.positions.spans.emplace(pointer_, cursor_.span());
    if (result.positions.values.size() > json_values_max) {
      refuse_too_much(fmt::format("more than {} values", json_values_max));
      return std::nullopt;
    }
    return open_value_;
  }

  bool open(Json container) {
    const auto added = add(std::move(container));
    if (!added) return false;
    levels_.push_back({*added, pointer_.size(), {}});
    return levels_.size() <= json_depth_max ||
           refuse(fmt::format("nested more than {} levels deep", json_depth_max));
  }

  bool close() {
    cursor_.next_token();
    pointer_.resize(levels_.back().pointer_size);
    result.positions.spans[pointer_].end = cursor_.span().end;
    levels_.pop_back();
    return true;
  }

  const std::string& text_;
  Cursor cursor_;
  Position here_;       // of the current token
  std::string pointer_; // to the current value
  std::vector<Level> levels_;
  Json* open_value_ = nullptr; // the value that was added last
};

} // namespace

JsonText parse_json(const std::string& text) {
  if (text.size() > json_bytes_max)
    throw MalformedJson({}, "", fmt::format("larger than {} bytes", json_bytes_max));
  if (text.find_first_not_of(" \t\r\n") == std::string::npos)
    throw MalformedJson({}, "", "the file is empty");
  if (const auto nul = text.find('\0'); nul != std::string::npos)
    throw MalformedJson(position_of_byte(text, nul), "", "malformed JSON: a NUL byte");

  Builder builder(text);
  if (!Json::sax_parse(text, &builder)) throw *builder.problem;
  return std::move(builder.result);
}

std::string below(const std::string& pointer, std::string_view key) {
  std::string result = pointer + "/";
  for (const char c : key) {
    if (c == '~')
      result += "~0";
    else if (c == '/')
      result += "~1";
    else
      result += c;
  }
  return result;
}

std::string below(const std::string& pointer, std::size_t index) {
  return fmt::format("{}/{}", pointer, index);
}

} // namespace stalemate::kernel
