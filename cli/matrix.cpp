#include "reports/matrix.hpp"
#include "checker/ir/identity.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/idle_options.hpp"
#include "cli/output.hpp"
#include "cli/question.hpp"
#include "cli/search_options.hpp"
#include "cli/signals.hpp"
#include "cli/usage.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/release.hpp"
#include "reports/matrix_html.hpp"
#include "reports/matrix_json.hpp"
#include "reports/matrix_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

using kernel::Version;

struct MatrixOptions {
  std::vector<std::string> paths;
  std::vector<std::string> kernels; ///< Empty: all.
  std::string format = "text";
  SearchOptions search;
};

std::vector<std::string> version_names() {
  std::vector<std::string> names;
  for (const kernel::Word& version : kernel::versions())
    names.push_back(version.name);
  return names;
}

/// Oldest first, each once.
std::vector<Version> versions_of(const MatrixOptions& options) {
  const std::vector<std::string> names = version_names();
  std::vector<Version> versions;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (options.kernels.empty() ||
        std::ranges::find(options.kernels, names[i]) != options.kernels.end())
      versions.push_back(static_cast<Version>(i));
  return versions;
}

report::MatrixCell cell_of(const ir::Model& model, const Finding& finding) {
  const Result& result = finding.result;
  report::MatrixCell cell{result.verdict, "", ""};
  const auto name_of = [&](int property) {
    return model.properties[static_cast<std::size_t>(property)].name;
  };
  if (finding.warning) {
    cell.verdict = Verdict::latent;
    cell.property = name_of(finding.warning->property);
  } else if (names_property(result.verdict)) {
    cell.property = name_of(result.property);
  }
  cell.reason = result.reason;
  return cell;
}

/// Searches what questions are in each version; what is the same model only once.
class MatrixSearch {
 public:
  explicit MatrixSearch(const SearchOptions& options)
      : options_(options), limits_(limits_of(options)), reductions_(reductions_of(options)) {}

  [[nodiscard]] Status status() const { return status_; }

  report::MatrixRow row(const Question& question, const std::vector<Version>& versions) {
    const kernel::Scenario& scenario = question.scenario;
    report::MatrixRow row;
    row.scenario = scenario.id;
    row.variant = scenario.variant;
    row.variants = question.variants;
    row.title = scenario.title;
    row.file = question.file->name();
    row.line = question.line;
    for (const Question::Statement& one : question.statements) {
      report::MatrixStatement statement{one.who, {}};
      for (const Version version : one.affected)
        statement.affected.push_back(kernel::name_of(version));
      row.statements.push_back(std::move(statement));
    }
    std::vector<std::optional<std::uint64_t>> models;
    for (const Version version : versions) {
      models.emplace_back();
      row.cells.push_back(cell(question, version, models.back()));
    }
    row.is_one_model =
        versions.size() > 1 && models.front().has_value() &&
        std::ranges::all_of(models, [&](const auto& one) { return one == models.front(); });
    return row;
  }

 private:
  report::MatrixCell
  cell(const Question& question, Version version, std::optional<std::uint64_t>& identity) {
    if (is_interrupted()) return {Verdict::incomplete, "", "interrupted"};
    std::optional<Candidate> candidate;
    try {
      kernel::Scenario scenario = kernel::in_release(question.scenario, version);
      ir::Model model = kernel::build_model(scenario);
      scenario.variant +=
          fmt::format("{}{}", scenario.variant.empty() ? "" : " ", kernel::name_of(version));
      candidate = Candidate{question.file, std::move(scenario), std::move(model), {}};
    } catch (const kernel::ScenarioError& error) {
      return {std::nullopt, "", error.what()};
    } catch (const ir::InvalidModel& error) {
      return {std::nullopt, "", error.what()};
    }
    identity = ir::identity(candidate->model);
    const auto [at, is_new] = known_.try_emplace(*identity);
    if (is_new) at->second = searched(*candidate);
    return at->second;
  }

  // What is found is no surprise; only what has no answer is.
  report::MatrixCell searched(const Candidate& candidate) {
    Finding finding = find(candidate, limits_, reductions_);
    audit(candidate, options_.audit, limits_, finding);
    const Status status = finding.status();
    if (status != not_as_expected) status_ = gravest(status_, status);
    return cell_of(candidate.model, finding);
  }

  const SearchOptions& options_;
  Limits limits_;
  Reductions reductions_;
  std::map<std::uint64_t, report::MatrixCell> known_; // by the identity of the model
  Status status_ = as_expected;
};

void write_matrix(const MatrixOptions& options, const report::Matrix& matrix) {
  if (options.format == "json") return report::write_matrix_json(matrix, std::cout);
  if (options.format == "markdown") return report::write_matrix_markdown(matrix, std::cout);
  if (options.format == "html") return report::write_matrix_html(matrix, std::cout);
  report::write_matrix_text(matrix, stdout_has_colour(), std::cout);
}

Status matrix(const MatrixOptions& options) {
  if (options.search.store == "compact")
    throw UsageError("matrix and --store compact do not go together");
  const std::vector<Version> versions = versions_of(options);
  const std::vector<Candidate> candidates = load_all(options.paths);
  say_idle_options(candidates, options.search);

  report::Matrix matrix;
  matrix.versions = kernel::versions().size();
  for (const Version version : versions) {
    const auto rank = static_cast<std::size_t>(version);
    matrix.columns.push_back({kernel::name_of(version), kernel::versions()[rank].text, rank});
  }
  for (const Candidate& candidate : candidates)
    if (matrix.files.empty() || matrix.files.back() != candidate.file->name())
      matrix.files.push_back(candidate.file->name());

  MatrixSearch search(options.search);
  for (const Question& question : questions(candidates, versions, matrix.left_out))
    matrix.rows.push_back(search.row(question, versions));
  write_matrix(options, matrix);
  const bool is_wrong = report::counts_of(matrix).failed > 0;
  return gravest(search.status(), is_wrong ? not_as_expected : as_expected);
}

} // namespace

void add_matrix(CLI::App& app, Action& action) {
  const auto options = std::make_shared<MatrixOptions>();
  CLI::App* command = app.add_subcommand("matrix", "Which versions of the kernel have which races");
  command->add_option("path", options->paths, "Folders, files, single variants")
      ->type_name("PATH")
      ->required();
  command
      ->add_option("--kernels",
                   options->kernels,
                   "Only these versions; all that `stalemate list kernels` knows if absent")
      ->type_name("VERSION,...")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(one_of("version", version_names()));
  command->add_option("--format", options->format, "Of the result: text, markdown, json or html")
      ->type_name("FORMAT")
      ->check(one_of("format", {"text", "markdown", "json", "html"}));
  add_search_options(*command, options->search);
  command->footer(
      "A row is what a variant asks of a kernel that no scenario has changed: without the knobs\n"
      "that a version decides, and only if nothing else is edited or set to what no release has.\n"
      "That something breaks is an answer, with status 0; status 1 says that it is not what\n"
      "\"affects\" of the scenario says.\n\n"
      "Examples:\n"
      "  stalemate matrix scenarios/iomap\n"
      "  stalemate matrix R16 --kernels v6.12,v6.18\n"
      "  stalemate matrix scenarios --format html > matrix.html");
  command->callback([options, &action] { action = [options] { return matrix(*options); }; });
}

} // namespace stalemate::cli
