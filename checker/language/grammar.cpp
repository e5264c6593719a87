#include "checker/language/grammar.hpp"

#include "checker/language/parse.hpp"
#include "checker/language/tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace stalemate::language {

namespace {

using ir::Op;

/// Operators in a row make a tree as deep as they are many.
constexpr int depth_max = 1000;

struct Operator {
  std::string_view sign;
  int strength; ///< Higher binds tighter.
  Node::Is is;
  Op op = Op::constant;
};

constexpr Operator operators[] = {
    {"||", 1, Node::Is::binary, Op::either},
    {"&&", 2, Node::Is::binary, Op::both},
    {"==", 3, Node::Is::binary, Op::equal},
    {"!=", 3, Node::Is::binary, Op::not_equal},
    {"<", 4, Node::Is::binary, Op::less},
    {"<=", 4, Node::Is::binary, Op::less_equal},
    {">", 4, Node::Is::more},
    {">=", 4, Node::Is::more_equal},
    {"+", 5, Node::Is::binary, Op::add},
    {"-", 5, Node::Is::binary, Op::subtract},
    {"*", 6, Node::Is::binary, Op::multiply},
    {"/", 6, Node::Is::binary, Op::divide},
    {"%", 6, Node::Is::binary, Op::modulo},
};
constexpr int strongest = 6;

class Reader {
 public:
  explicit Reader(std::string_view text) : tokens_(tokens(text)) {}

  Node expression() {
    const Nesting nesting(*this);
    Node condition = implication();
    if (!is_sign("?")) return condition;
    const auto sign = take().begin;
    Node yes = expression();
    expect(":", "of ?");
    Node no = expression();
    return operation(Node::Is::select, sign, {std::move(condition), std::move(yes), std::move(no)});
  }

  Node place() {
    Node node = primary();
    if (!is_place(node))
      throw SyntaxError(node.begin, "an assignment begins with the name of what it changes");
    return node;
  }

  void expect(std::string_view sign, std::string_view what) {
    if (!is_sign(sign)) unexpected(fmt::format("\"{}\" {}", sign, what));
    take();
  }

  void expect_end() {
    if (here().is == Token::Is::end) return;
    if (is_sign("=")) throw SyntaxError(here().begin, "= assigns; == compares");
    if (is_sign("..")) throw SyntaxError(here().begin, "a range stands only in all, any and count");
    unexpected("an operator");
  }

  [[nodiscard]] bool is_sign(std::string_view sign) const {
    return here().is == Token::Is::sign && here().text == sign;
  }
  [[nodiscard]] const Token& here() const { return tokens_[at_]; }

  /// The token, which is not passed if it is the end.
  const Token& take() {
    const Token& token = tokens_[at_];
    if (token.is != Token::Is::end) ++at_;
    return token;
  }

 private:
  /// One more level of nesting, as long as it lives.
  class Nesting {
   public:
    explicit Nesting(Reader& reader) : reader_(reader) {
      if (++reader_.nesting_ > nesting_max)
        throw SyntaxError(reader_.here().begin,
                          fmt::format("nested deeper than {} levels", nesting_max));
    }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    ~Nesting() { --reader_.nesting_; }

   private:
    Reader& reader_;
  };

  Node implication() {
    Node left = binary(1);
    if (!is_sign("=>")) return left;
    const Nesting nesting(*this);
    const auto sign = take().begin;
    Node right = implication();
    return operation(Node::Is::implies, sign, {std::move(left), std::move(right)});
  }

  Node binary(int strength) {
    if (strength > strongest) return unary();
    Node left = binary(strength + 1);
    while (const Operator* found = next_operator(strength)) {
      const auto sign = take().begin;
      Node right = binary(strength + 1);
      left = operation(found->is, sign, {std::move(left), std::move(right)}, found->op);
    }
    return left;
  }

  [[nodiscard]] const Operator* next_operator(int strength) const {
    const auto* const found = std::ranges::find_if(
        operators, [&](const Operator& o) { return o.strength == strength && is_sign(o.sign); });
    return found == std::end(operators) ? nullptr : found;
  }

  Node unary() {
    const bool is_minus = is_sign("-");
    if (!is_minus && !is_sign("!")) return primary();
    const Nesting nesting(*this);
    const Token& sign = take();
    Node operand = unary();
    const auto end = operand.end;
    Node node = operation(
        Node::Is::unary, sign.begin, {std::move(operand)}, is_minus ? Op::negate : Op::invert);
    node.begin = sign.begin;
    node.end = end;
    return node;
  }

  Node primary() {
    const Token& token = here();
    if (is_sign("(")) {
      take();
      Node inner = expression();
      inner.end = here().end;
      expect(")", fmt::format("for the ( at {}", token.begin + 1));
      inner.begin = token.begin;
      return inner;
    }
    Node node;
    node.begin = token.begin;
    node.end = token.end;
    switch (token.is) {
    case Token::Is::number:
      node.value = number(take());
      return node;
    case Token::Is::string:
      node.is = Node::Is::string;
      node.word = take().text;
      return node;
    case Token::Is::name:
      return name();
    case Token::Is::sign:
    case Token::Is::end:
      break;
    }
    unexpected("a value");
  }

  /// Its sign is not known yet: there is one more number below 0 than above.
  static std::int64_t number(const Token& token) {
    constexpr std::int64_t most = std::int64_t{std::numeric_limits<std::int32_t>::max()} + 1;
    std::int64_t value = 0;
    const auto [end, error] =
        std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
    if (error != std::errc() || value > most)
      throw SyntaxError(token.begin, "a number that needs more than 32 bits");
    return value;
  }

  Node name() {
    Node node;
    node.is = Node::Is::name;
    node.begin = here().begin;
    for (;;) {
      if (here().is != Token::Is::name) unexpected("a name");
      node.end = here().end;
      node.parts.push_back({std::string(take().text), {}});
      if (node.parts.size() == 1 && is_sign("(")) return call(node);
      while (is_sign("[")) {
        const auto open = take().begin;
        Node index = expression();
        node.depth = std::max(node.depth, index.depth + 1);
        node.parts.back().indexes.push_back(std::move(index));
        node.end = here().end;
        expect("]", fmt::format("for the [ at {}", open + 1));
      }
      if (!is_sign(".")) return node;
      take();
    }
  }

  Node call(const Node& name) {
    Node node;
    node.is = Node::Is::call;
    node.word = name.parts.front().word;
    node.begin = name.begin;
    const auto open = take().begin;
    do {
      node.operands.push_back(argument());
      node.depth = std::max(node.depth, node.operands.back().depth + 1);
    } while (is_sign(",") && (take(), true));
    node.end = here().end;
    expect(")", fmt::format("for the ( at {}", open + 1));
    return node;
  }

  Node argument() {
    Node low = expression();
    if (!is_sign("..")) return low;
    const auto sign = take().begin;
    Node high = expression();
    return operation(Node::Is::range, sign, {std::move(low), std::move(high)});
  }

  static Node
  operation(Node::Is is, std::size_t sign, std::vector<Node> operands, Op op = Op::constant) {
    Node node;
    node.is = is;
    node.op = op;
    node.sign = sign;
    node.begin = operands.front().begin;
    node.end = operands.back().end;
    for (const Node& operand : operands)
      node.depth = std::max(node.depth, operand.depth + 1);
    if (node.depth > depth_max)
      throw SyntaxError(sign, fmt::format("more than {} operators in a row", depth_max));
    node.operands = std::move(operands);
    return node;
  }

  [[noreturn]] void unexpected(const std::string& wanted) const {
    const Token& token = here();
    if (token.is == Token::Is::end)
      throw SyntaxError(token.begin, "the text ends where " + wanted + " is missing");
    throw SyntaxError(token.begin, fmt::format("expected {}, not \"{}\"", wanted, token.text));
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int nesting_ = 0;
};

void require_length(std::string_view text) {
  if (text.size() > bytes_max)
    throw SyntaxError(bytes_max, fmt::format("longer than {} bytes", bytes_max));
}

} // namespace

std::string bare_name(const Node& name) {
  std::string result;
  for (const NamePart& part : name.parts)
    result += (result.empty() ? "" : ".") + part.word;
  return result;
}

bool is_place(const Node& node) {
  return node.is == Node::Is::name || (node.is == Node::Is::call && node.word == "cell");
}

Node read_expression(std::string_view text) {
  require_length(text);
  Reader reader(text);
  Node node = reader.expression();
  reader.expect_end();
  return node;
}

Assignment read_assignment(std::string_view text) {
  require_length(text);
  Reader reader(text);
  Node place = reader.place();
  if (reader.is_sign("=="))
    throw SyntaxError(reader.here().begin, "== compares; an assignment has one =");
  reader.expect("=", "behind the name");
  Node value = reader.expression();
  if (reader.is_sign("="))
    throw SyntaxError(reader.here().begin, "an assignment has one =; == compares");
  reader.expect_end();
  return {std::move(place), std::move(value)};
}

} // namespace stalemate::language
