#include "model/scenario/shape.hpp"

#include <utility>

namespace stalemate::kernel {

namespace {

Shape of(Shape::Kind kind) {
  Shape shape;
  shape.kind = kind;
  return shape;
}

} // namespace

Shape object_of(std::string noun, std::vector<Member> members) {
  Shape shape = of(Shape::Kind::object);
  shape.noun = std::move(noun);
  shape.members = std::move(members);
  return shape;
}

Shape list_of(Shape item, std::size_t low, std::size_t high) {
  Shape shape = of(Shape::Kind::list);
  shape.items.push_back(std::move(item));
  shape.low = static_cast<std::int64_t>(low);
  shape.high = static_cast<std::int64_t>(high);
  return shape;
}

Shape text_shape() {
  return of(Shape::Kind::text);
}

Shape name_shape() {
  return of(Shape::Kind::name);
}

Shape word_of(std::string noun, std::vector<Word> words) {
  Shape shape = of(Shape::Kind::word);
  shape.noun = std::move(noun);
  shape.words = std::move(words);
  return shape;
}

Shape number_in(std::int64_t low, std::int64_t high) {
  Shape shape = of(Shape::Kind::number);
  shape.low = low;
  shape.high = high;
  return shape;
}

Shape truth_shape() {
  return of(Shape::Kind::truth);
}

Shape yes_shape() {
  return of(Shape::Kind::yes);
}

Shape either_of(Shape word, Shape other) {
  Shape shape = of(Shape::Kind::either);
  shape.items.push_back(std::move(word));
  shape.items.push_back(std::move(other));
  return shape;
}

Shape map_of(std::string noun, Shape value, std::size_t high) {
  Shape shape = of(Shape::Kind::map);
  shape.noun = std::move(noun);
  shape.items.push_back(std::move(value));
  shape.high = static_cast<std::int64_t>(high);
  return shape;
}

} // namespace stalemate::kernel
