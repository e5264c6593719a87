#include "reports/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <string>
#include <vector>

namespace stalemate::report {

namespace {

constexpr int depth_max = 16;
constexpr std::size_t bytes_max = std::size_t{1} << 28;

std::string position(std::string_view text, std::size_t byte) {
  const auto before = text.substr(0, std::min(byte, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto start = before.rfind('\n');
  const auto column = start == std::string_view::npos ? before.size() : before.size() - start - 1;
  return fmt::format("{}:{}", line, std::max<std::size_t>(column, 1));
}

/// Keys of the objects that are open, to notice one that comes twice: the library keeps one of them
/// without a word.
class Watch {
 public:
  bool operator()(int depth, nlohmann::json::parse_event_t event, const nlohmann::json& parsed) {
    using Event = nlohmann::json::parse_event_t;
    if (depth > depth_max) throw JsonError(fmt::format("nested deeper than {} levels", depth_max));
    if (event == Event::object_start) keys_.emplace_back();
    if (event == Event::object_end) keys_.pop_back();
    if (event == Event::key && !keys_.back().insert(parsed.get<std::string>()).second)
      throw JsonError(fmt::format("the key {} comes twice", parsed.dump()));
    return true;
  }

 private:
  std::vector<std::set<std::string>> keys_;
};

} // namespace

void write_json(const Json& value, std::ostream& out) {
  out << value.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

std::string inside_page(const Json& value) {
  std::string text;
  for (const char c : value.dump(-1, ' ', false, Json::error_handler_t::replace))
    text += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return text;
}

nlohmann::json parse_json(std::string_view text) {
  if (text.size() > bytes_max)
    throw JsonError(fmt::format("1:1: {} bytes, at most {} are read", text.size(), bytes_max));
  Watch watch;
  try {
    return nlohmann::json::parse(
        text.begin(),
        text.end(),
        [&](int depth, nlohmann::json::parse_event_t event, const nlohmann::json& parsed) {
          return watch(depth, event, parsed);
        });
  } catch (const nlohmann::json::parse_error& e) {
    throw JsonError(fmt::format("{}: not JSON", position(text, e.byte)));
  } catch (const nlohmann::json::out_of_range&) {
    throw JsonError("a number is too large");
  }
}

} // namespace stalemate::report
