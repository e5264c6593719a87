#include "checker/checkpoint/checkpoint_error.hpp"
#include "checker/ir/model.hpp"
#include "checker/program/ensure.hpp"
#include "cli/checkpoint_options.hpp"
#include "cli/commands.hpp"
#include "cli/job.hpp"
#include "cli/output.hpp"
#include "cli/signals.hpp"
#include "cli/streams.hpp"
#include "cli/usage.hpp"
#include "cli/with.hpp"
#include "model/extension/extension.hpp"
#include "model/scenario/read_scenario.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

Status complain(const std::string& what, Status status) {
  std::cerr << "stalemate: " << what << '\n';
  return status;
}

// What happens to one of several ranks, while the others wait for it.
Status give_up(const std::string& what, Status status) {
  const Status result = complain(what, status);
  abort_job(what, status);
  return result;
}

// `-#none` is a variant of standard input, not an option.
std::vector<std::string> words_of(int argc, char** argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  for (std::string& word : words)
    if (word.starts_with("-#")) word.replace(0, 1, "/dev/stdin");
  return words;
}

// The one place that knows every kind of failure.
Status guarded(int argc, char** argv) {
  try {
    const std::vector<std::string> words = words_of(argc, argv);
    set_command_words(words);
    join_job_if_asked(words);
    return obey(words);
  } catch (const kernel::InputError& error) {
    std::cerr << error.what() << '\n'; // starts with the file, as compilers do
    return bad_input;
  } catch (const kernel::ExtensionError& error) {
    std::cerr << error.what() << '\n';
    return bad_input;
  } catch (const UsageError& error) {
    return complain(error.what(), bad_input);
  } catch (const kernel::ScenarioError& error) {
    return complain(fmt::format("{}: {}", error.pointer(), error.what()), bad_input);
  } catch (const CheckpointError& error) {
    return complain(error.what(), bad_input);
  } catch (const RanksError& error) {
    return complain(error.what(), bad_input);
  } catch (const WriteError& error) {
    return complain(error.what(), bad_input);
  } catch (const std::bad_alloc&) {
    return give_up("out of memory", not_complete);
  } catch (const InternalError& error) {
    return give_up(error.what(), broken);
  } catch (const std::exception& error) {
    return give_up(std::string("internal error: ") + error.what(), broken);
  }
}

} // namespace

} // namespace stalemate::cli

int main(int argc, char** argv) {
  using namespace stalemate::cli;
  catch_signals();
  take_over_streams();
  const int status = guarded(argc, argv);
  leave_job();
  if (const int signal = caught_signal(); signal != 0) return 128 + signal;
  return status;
}
