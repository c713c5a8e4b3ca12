#include "services/maturity/domain/conditions.h"

#include "common/programme/loader.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"

namespace jiebang::maturity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kNationalModel[] = "models/gbt39116-2020";

std::vector<std::string> OpenedBy(int from, int to, const std::string& model = kNationalModel) {
  const absl::StatusOr<programme::Programmes> programmes = programme::LoadProgrammes(JIEBANG_PROGRAMMES);
  EXPECT_THAT(programmes, IsOk());
  std::vector<std::string> clauses;
  for (const v1::OpenedCondition& condition : ConditionsOpened(*programmes, model, from, to)) {
    clauses.push_back(condition.clause().document() + " " + condition.clause().section() + ": " + condition.rule());
    EXPECT_FALSE(condition.programme_title().zh().empty());
  }
  return clauses;
}

// The notice of 2023, two (3), and annex 3 of the notice of 2024.
TEST(ConditionsTest, ComeFromTheProgrammesWithTheirClause) {
  EXPECT_THAT(OpenedBy(1, 2), ElementsAre("工信厅联通装函〔2023〕212号 二（三）: maturity-level-2",
                                          "陕工信发〔2024〕262号 附件3 一、5: maturity-level-2"));
  EXPECT_THAT(OpenedBy(2, 3), ElementsAre("陕工信发〔2024〕262号 附件3 一、5: maturity-level-3"));
  EXPECT_THAT(OpenedBy(3, 4), ElementsAre("陕工信发〔2024〕262号 附件3 一、5: maturity-level-4"));
}

TEST(ConditionsTest, ALevelThatNobodyAsksForOpensNothing) {
  EXPECT_THAT(OpenedBy(0, 1), IsEmpty());
  EXPECT_THAT(OpenedBy(4, 5), IsEmpty());
  EXPECT_THAT(OpenedBy(1, 2, "models/quick-check-2026"), IsEmpty());
}

}  // namespace
}  // namespace jiebang::maturity
