// How many complete evaluations one thread does in a second, without a network: the shipped model for discrete
// manufacturing, as the handler of EvaluateBatch evaluates. One line of JSON for each way in.
#include <array>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "common/field_limits/field_limits.h"
#include "common/process/process.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/model_loader.h"
#include "services/maturity/handler/batch_evaluator.h"
#include "tests/bench/answer_sheets.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file
using maturity::v1::EvaluateBatchRequest;
using maturity::v1::EvaluateBatchResponse;

using Bytes = std::vector<std::string>;

struct Flags {
  std::string models;
  int sheets = 256;
  double seconds = 1;
  std::string only;
};

double Seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Spent {
  double cpu = 0;
  double wall = 0;
};

class Stopwatch {
 public:
  void Start() { begun_ = {.cpu = Seconds(CLOCK_THREAD_CPUTIME_ID), .wall = Seconds(CLOCK_MONOTONIC)}; }
  void Stop() {
    spent_.cpu += Seconds(CLOCK_THREAD_CPUTIME_ID) - begun_.cpu;
    spent_.wall += Seconds(CLOCK_MONOTONIC) - begun_.wall;
  }
  const Spent& spent() const { return spent_; }

 private:
  Spent begun_;
  Spent spent_;
};

void Print(const std::string& what, const Spent& spent, int count) {
  std::printf("{\"what\": \"%s\", \"per_cpu_second\": %.0f, \"per_wall_second\": %.0f, \"cpu_us\": %.3f}\n",
              what.c_str(), count / spent.cpu, count / spent.wall, 1e6 * spent.cpu / count);
  std::fflush(stdout);
}

using Work = std::function<absl::Status(const EvaluateBatchRequest& request, const std::string& bytes)>;

// What one thread does with requests that were decoded a moment ago, as those of a call are: a few are decoded, then
// the clock runs while all of them are worked on. More than fit the processor's caches would measure its memory.
absl::Status MeasureDecoded(const std::string& what, const Flags& flags, const Bytes& bytes, const Work& work) {
  if (!flags.only.empty() && flags.only != what) return absl::OkStatus();
  std::array<EvaluateBatchRequest, 8> decoded;
  Stopwatch stopwatch;
  int count = 0;
  for (std::size_t next = 0; stopwatch.spent().cpu < flags.seconds; next += decoded.size()) {
    const auto bytes_of = [&](std::size_t i) -> const std::string& { return bytes[(next + i) % bytes.size()]; };
    for (std::size_t i = 0; i < decoded.size(); ++i) {
      if (!decoded[i].ParseFromString(bytes_of(i))) return absl::InternalError("undecodable");
    }
    stopwatch.Start();
    for (std::size_t i = 0; i < decoded.size(); ++i) RETURN_IF_ERROR(work(decoded[i], bytes_of(i)));
    stopwatch.Stop();
    count += static_cast<int>(decoded.size());
  }
  Print(what, stopwatch.spent(), count);
  return absl::OkStatus();
}

// The same with decoding the requests and encoding the answers.
absl::Status MeasureBytes(const std::string& what, const Flags& flags, const Bytes& bytes, const Work& work,
                          const EvaluateBatchResponse& response) {
  if (!flags.only.empty() && flags.only != what) return absl::OkStatus();
  EvaluateBatchRequest request;
  std::string encoded;
  Stopwatch stopwatch;
  int count = 0;
  while (stopwatch.spent().cpu < flags.seconds) {
    stopwatch.Start();
    for (const std::string& one : bytes) {
      if (!request.ParseFromString(one)) return absl::InternalError("undecodable");
      RETURN_IF_ERROR(work(request, one));
      if (!response.SerializeToString(&encoded)) return absl::InternalError("not encoded");
    }
    stopwatch.Stop();
    count += static_cast<int>(bytes.size());
  }
  Print(what, stopwatch.spent(), count);
  return absl::OkStatus();
}

absl::Status Run(const Flags& flags) {
  ASSIGN_OR_RETURN(const maturity::ModelCatalogue models, maturity::LoadModels(flags.models));
  const programme::Programmes programmes;
  const maturity::ReferenceLines references;
  const maturity::Catalogue catalogue{.models = models, .programmes = programmes, .references = references};
  ASSIGN_OR_RETURN(const auto model, catalogue.Model(bench::kModel));
  const bench::AnswerSheets sheets = bench::InventSheets(*model, flags.sheets);

  // As Models::EvaluateBatch does with each request.
  maturity::BatchEvaluator evaluator(catalogue);
  EvaluateBatchResponse response;
  const Work evaluate = [&](const EvaluateBatchRequest& request, const std::string& /*bytes*/) {
    response.Clear();
    response.set_evaluation_id(request.evaluation_id());
    return evaluator.Evaluate(request, response);
  };
  ASSIGN_OR_RETURN(const FieldLimits limits, FieldLimits::For(*EvaluateBatchRequest::descriptor()));
  const Work check = [&](const EvaluateBatchRequest& request, const std::string& bytes) {
    return limits.Check(request, bytes);
  };

  RETURN_IF_ERROR(MeasureDecoded("answers by item", flags, sheets.by_item, evaluate));
  RETURN_IF_ERROR(MeasureDecoded("answers by item, in no order", flags, sheets.shuffled, evaluate));
  RETURN_IF_ERROR(MeasureDecoded("compact degrees", flags, sheets.compact, evaluate));
  RETURN_IF_ERROR(MeasureDecoded("compact degrees, with subdomains", flags, sheets.with_subdomains, evaluate));
  RETURN_IF_ERROR(MeasureBytes("answers by item, bytes to bytes", flags, sheets.by_item, evaluate, response));
  RETURN_IF_ERROR(MeasureBytes("compact degrees, bytes to bytes", flags, sheets.compact, evaluate, response));
  RETURN_IF_ERROR(MeasureDecoded("field limits of answers by item", flags, sheets.by_item, check));
  return MeasureDecoded("field limits of compact degrees", flags, sheets.compact, check);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("evaluations a second of one thread");
  Flags flags;
  app.add_option("--models", flags.models, "directory of the maturity models")->required();
  app.add_option("--sheets", flags.sheets, "different answer sheets")->capture_default_str();
  app.add_option("--seconds", flags.seconds, "of CPU, for each line")->capture_default_str();
  app.add_option("--only", flags.only, "one line, by its name");
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = Run(flags);
  return status.ok() ? 0 : Fail("evaluations", status);
}
