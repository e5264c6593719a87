#pragma once

#include "model/scenario/overrides.hpp"
#include "model/scenario/position.hpp"
#include "model/scenario/scenario.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace stalemate::kernel {

struct JsonText;

/// What is wrong with a file that a user gave, with its place first:
/// R1.json:11:23: /kernel/iomap_valid: unknown value "after_lock"; known: after_folio_lock, none
class InputError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What becomes of a file in which a variant is wrong.
enum class WrongVariants : std::uint8_t {
  refuse_file, ///< Nothing is read.
  leave_out,   ///< The others are.
};

/// A scenario file that was read and checked.
class ScenarioFile {
 public:
  /// Throws InputError. `name` stands for the file in messages.
  ScenarioFile(std::string name,
               const std::string& text,
               Overrides overrides = {},
               WrongVariants wrong = WrongVariants::refuse_file);

  [[nodiscard]] const std::string& name() const { return name_; }

  /// What was put into its scenarios from outside.
  [[nodiscard]] const Overrides& overrides() const { return overrides_; }

  /// One per variant, in the file's order; a file without variants is one scenario.
  [[nodiscard]] const std::vector<Scenario>& scenarios() const { return scenarios_; }

  /// A variant that was left out, and why.
  struct Refused {
    std::string id; ///< Of the file.
    std::string variant;
    int line = 1; ///< On which the variant begins.
    InputError error;
  };
  [[nodiscard]] const std::vector<Refused>& refused() const { return refused_; }

  /// All that the scenario says, as JSON without variants: it can be read as a file of its own.
  [[nodiscard]] const std::string& text_of(const Scenario& scenario) const;

  /// The line on which the scenario, or its variant, begins.
  [[nodiscard]] int line_of(const Scenario& scenario) const;

  /// An error in one of the file's scenarios with its line and column: in the variant if the
  /// variant says something there, else in what it is merged into.
  [[nodiscard]] InputError located(const Scenario& scenario, const ScenarioError& error) const;

 private:
  // A variant's place in the file, and which of its values hide those of the scenario.
  struct Patch {
    std::string name;
    std::string pointer;
    std::set<std::string> replaced;
  };

  [[nodiscard]] int line_at(const std::string& pointer) const;

  // What to add if the mistake is a variant's but the place is not.
  [[nodiscard]] static std::string in_variant(const Patch* patch, const std::string& root);

  [[nodiscard]] InputError error(const Patch* patch,
                                 const std::string& pointer,
                                 const std::string& what,
                                 bool is_key,
                                 std::optional<int> column = {}) const;

  // The same if an override from a file says what is wrong there.
  [[nodiscard]] std::optional<InputError> error_in_override(const std::string& variant,
                                                            const std::string& pointer,
                                                            const std::string& what,
                                                            bool is_key,
                                                            std::optional<int> column) const;

  std::string name_;
  Overrides overrides_;
  Positions positions_;
  std::map<std::string, std::size_t> edits_; // By variant: those that the file has for it.
  std::vector<Patch> patches_;
  std::vector<Scenario> scenarios_;
  std::vector<Refused> refused_;
  std::map<std::string, std::string> texts_; // By variant.
};

/// Reads a file, "-" is stdin. Throws InputError, also when it cannot be read.
[[nodiscard]] ScenarioFile read_scenario_file(const std::string& path,
                                              const Overrides& overrides = {},
                                              WrongVariants wrong = WrongVariants::refuse_file);

/// The JSON in a file, "-" is stdin. Throws InputError.
[[nodiscard]] JsonText read_json(const std::string& path);

/// The text of a file of at most `bytes_max` bytes, "-" is stdin. Throws InputError.
[[nodiscard]] std::string read_text(const std::string& path, std::size_t bytes_max);

} // namespace stalemate::kernel
