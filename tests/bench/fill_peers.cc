// Fills the store of a maturity service, while no service has it open, with what so many invented enterprises add to
// their peer groups in a year, as the projection of peers would. Says how long it took and how large the cells became.
#include <array>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/clock/timestamp.h"
#include "common/process/process.h"
#include "common/programme/calendar.h"
#include "common/status/status_macros.h"
#include "common/store/open.h"
#include "services/maturity/domain/answers.h"
#include "services/maturity/domain/model_loader.h"
#include "services/maturity/domain/peers.h"
#include "services/maturity/domain/scope.h"
#include "services/maturity/domain/scoring.h"
#include "services/maturity/domain/trend.h"
#include "services/maturity/repository/peer_repository.h"
#include "tests/bench/answer_sheets.h"
#include "tests/bench/invented_uscc.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file
using maturity::v1::Assessment;

constexpr maturity::v1::ManufacturingType kType = maturity::v1::MANUFACTURING_TYPE_DISCRETE;

struct Flags {
  std::string store;
  std::string models;
  int first = 0;
  int enterprises = 1'000;
};

// The divisions of manufacturing (GB/T 4754: 13 to 43), the provinces (GB/T 2260) and the sizes; those with the most
// enterprises first. Each counts in inverse proportion to its rank, which is about how uneven they are.
constexpr std::array<int, 31> kIndustries = {38, 34, 39, 33, 35, 26, 30, 36, 29, 18, 13, 17, 14, 27, 40, 21,
                                             23, 24, 22, 15, 20, 19, 31, 32, 37, 41, 28, 25, 42, 43, 16};
constexpr std::array<int, 31> kProvinces = {32, 44, 33, 37, 41, 34, 43, 42, 51, 13, 35, 36, 31, 50, 61, 12,
                                            45, 21, 11, 53, 14, 52, 23, 22, 15, 65, 62, 64, 46, 63, 54};
constexpr std::array<int, 4> kSizes = {maturity::v1::ENTERPRISE_SIZE_SMALL, maturity::v1::ENTERPRISE_SIZE_LARGE,
                                       maturity::v1::ENTERPRISE_SIZE_MEDIUM, maturity::v1::ENTERPRISE_SIZE_MICRO};

class Inventor {
 public:
  explicit Inventor(const maturity::Scope& scope, absl::Time now) : scope_(scope), now_(now) {}

  // Submitted just now. How far an enterprise has come differs from one to the next, and its subdomains around that.
  Assessment Next(const std::string& uscc) {
    Assessment assessment;
    assessment.set_name(absl::StrCat("applicants/", uscc, "/assessments/self"));
    assessment.set_model(scope_.model().name());
    assessment.set_manufacturing_type(kType);
    *assessment.mutable_submit_time() = ToTimestamp(now_);
    maturity::v1::AssessmentObject& object = *assessment.mutable_object_at_submission();
    object.set_industry_code(absl::StrCat(kIndustries[rank_of_31_(random_)], "31"));
    object.set_region_code(absl::StrCat(kProvinces[rank_of_31_(random_)], "0500"));
    object.set_size(static_cast<maturity::v1::EnterpriseSize>(kSizes[rank_of_4_(random_)]));
    const double reached = reach_(random_);
    for (const maturity::Leaf& leaf : scope_.model().leaves()) {
      if (!leaf.IsIn(kType)) continue;
      const double here = reached + spread_(random_);
      for (const maturity::v1::Item& item : leaf.subdomain->items()) {
        maturity::v1::Answer& answer = *assessment.add_answers();
        answer.set_item(item.id());
        answer.set_degree(DegreeAt(here + spread_(random_) - item.level()));
      }
    }
    const auto sheet = maturity::AnswerSheet::OfKept(scope_.model(), assessment.answers());
    *assessment.mutable_result() = maturity::Evaluate(scope_, sheet, maturity::Detail::kScores);
    return assessment;
  }

 private:
  template <std::size_t kRanks>
  static std::discrete_distribution<int> ByRank() {
    std::vector<double> weights;
    for (std::size_t rank = 1; rank <= kRanks; ++rank) weights.push_back(1.0 / static_cast<double>(rank));
    return {weights.begin(), weights.end()};
  }

  static maturity::v1::Degree DegreeAt(double above) {
    if (above > 0) return maturity::v1::DEGREE_FULLY;
    if (above > -0.5) return maturity::v1::DEGREE_MOSTLY;
    return above > -1.2 ? maturity::v1::DEGREE_PARTLY : maturity::v1::DEGREE_NOT;
  }

  const maturity::Scope& scope_;
  const absl::Time now_;
  std::mt19937 random_{39117};
  std::discrete_distribution<int> rank_of_31_ = ByRank<31>();
  std::discrete_distribution<int> rank_of_4_ = ByRank<4>();
  std::normal_distribution<double> reach_{1.8, 1.1};
  std::normal_distribution<double> spread_{0, 0.6};
};

struct Filled {
  absl::Duration contributing = absl::ZeroDuration();
  std::size_t country_bytes = 0;
  std::size_t group_bytes = 0;  // of the largest one of an industry, a province and a size
};

Task<absl::StatusOr<Filled>> Fill(Flags flags, std::shared_ptr<const maturity::MaturityModel> model,
                                  const maturity::PeerRepository& peers) {
  CO_ASSIGN_OR_RETURN(const maturity::Scope scope, maturity::Scope::Of(model, kType, {}, ""));
  const absl::Time now = absl::Now();
  const auto year = static_cast<int>(absl::ToCivilYear(now, programme::Shanghai()).year());
  const auto comparison = maturity::Comparison::OfModel(model->name(), kType, year);
  Inventor inventor(scope, now);
  Filled filled;
  for (int i = 0; i < flags.enterprises; ++i) {
    const std::string uscc = bench::InventedUscc(flags.first + i);
    const maturity::v1::Assessment invented = inventor.Next(uscc);
    CO_ASSIGN_OR_RETURN(const auto reaches, maturity::ReachesOf(model, invented));
    auto contribution = maturity::ContributionOf(invented, reaches);
    maturity::ObjectName plant{.applicant = {.uscc = uscc}, .id = "plant"};
    const absl::Time begun = absl::Now();
    CO_RETURN_IF_ERROR(co_await peers.Contribute(comparison, std::move(plant), std::move(contribution)));
    filled.contributing += absl::Now() - begun;
  }
  maturity::v1::PeerGroup group;
  group.set_year(year);
  CO_ASSIGN_OR_RETURN(const auto country, co_await peers.Cell(comparison, group));
  filled.country_bytes = country.ByteSizeLong();
  group.set_industry_division(absl::StrCat(kIndustries[0]));
  group.set_province_code(absl::StrCat(kProvinces[0], "0000"));
  group.set_size(static_cast<maturity::v1::EnterpriseSize>(kSizes[1]));
  CO_ASSIGN_OR_RETURN(const auto cell, co_await peers.Cell(comparison, group));
  filled.group_bytes = cell.ByteSizeLong();
  co_return filled;
}

absl::Status Run(const Flags& flags) {
  ASSIGN_OR_RETURN(const maturity::ModelCatalogue models, maturity::LoadModels(flags.models));
  ASSIGN_OR_RETURN(const std::unique_ptr<store::Store> store, store::Open(flags.store));
  const maturity::PeerRepository peers(*store);
  ThreadExecutor executor;
  const absl::Time begun = absl::Now();
  ASSIGN_OR_RETURN(const Filled filled, executor.RunUntilDone(Fill(flags, models.Find(bench::kModel), peers)));
  std::printf(
      "{\"enterprises\": %d, \"seconds\": %.1f, \"contribute_us\": %.0f, \"country_cell_bytes\": %zu, "
      "\"group_cell_bytes\": %zu}\n",
      flags.enterprises, absl::ToDoubleSeconds(absl::Now() - begun),
      absl::ToDoubleMicroseconds(filled.contributing) / flags.enterprises, filled.country_bytes, filled.group_bytes);
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("invented peers in the store of a maturity service");
  Flags flags;
  app.add_option("--store", flags.store)->required();
  app.add_option("--models", flags.models, "directory of the maturity models")->required();
  app.add_option("--first", flags.first, "number of the first enterprise");
  app.add_option("--enterprises", flags.enterprises)->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = Run(flags);
  return status.ok() ? 0 : Fail("fill_peers", status);
}
