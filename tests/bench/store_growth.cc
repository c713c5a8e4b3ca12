// How fast a store is that holds so many records. Fills an empty one, says so, and then measures what each line of the
// standard input names; every answer is a line of JSON. It lives as long as its store is measured, as a service does,
// so that its caches are those of a service.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/time/clock.h"
#include "common/process/process.h"
#include "common/status/status_macros.h"
#include "common/store/open.h"
#include "tests/bench/store_operations.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

struct Flags {
  std::string store;
  int records = 1'000;
  int in_flight = 8;
  double seconds = 1;
  double warm_up_seconds = 0.3;
  int most_commits = 2'000;
};

void Print(bench::Measured& measured) {
  std::vector<double>& microseconds = measured.microseconds;
  std::sort(microseconds.begin(), microseconds.end());
  const auto at = [&](double share) {
    return microseconds.empty() ? 0.0 : microseconds[static_cast<std::size_t>(share * (microseconds.size() - 1))];
  };
  std::printf(
      "{\"calls\": %zu, \"begun\": %d, \"per_second\": %.0f, \"p50_us\": %.1f, \"p99_us\": %.1f, \"most_us\": %.0f, "
      "\"client_cpu_us\": %.1f}\n",
      microseconds.size(), measured.begun, measured.begun / measured.seconds, at(0.5), at(0.99), at(1),
      1e6 * measured.cpu_seconds / std::max(1, measured.begun));
  std::fflush(stdout);
}

absl::Status Run(const Flags& flags) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::Store> store, store::Open(flags.store));
  bench::StoreOperations operations(*store, flags.records);
  const absl::Time begun = absl::Now();
  RETURN_IF_ERROR(operations.Fill());
  std::printf("{\"records\": %d, \"fill_seconds\": %.1f}\n", flags.records, absl::ToDoubleSeconds(absl::Now() - begun));
  std::fflush(stdout);
  bench::Load load{.in_flight = flags.in_flight,
                   .seconds = absl::Seconds(flags.seconds),
                   .warm_up = absl::Seconds(flags.warm_up_seconds)};
  for (std::string operation; std::getline(std::cin, operation);) {
    const bool commits = operation == "commit" || operation == "delivery";
    load.most = commits ? flags.most_commits : bench::Load().most;
    ASSIGN_OR_RETURN(bench::Measured measured, operations.Measure(operation, load));
    Print(measured);
  }
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("a store that grows: fills it, and measures the operations that the lines of the standard input name");
  Flags flags;
  app.add_option("--store", flags.store, "an empty one")->required();
  app.add_option("--records", flags.records)->capture_default_str()->check(CLI::Range(400, 50'000'000));
  app.add_option("--in-flight", flags.in_flight)->capture_default_str();
  app.add_option("--seconds", flags.seconds, "of each measurement")->capture_default_str();
  app.add_option("--warm-up", flags.warm_up_seconds, "seconds before that, which do not count")->capture_default_str();
  app.add_option("--most-commits", flags.most_commits, "of each measurement, however long it takes")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = Run(flags);
  return status.ok() ? 0 : Fail("store_growth", status);
}
