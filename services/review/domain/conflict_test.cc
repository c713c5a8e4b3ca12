#include "services/review/domain/conflict.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::review {
namespace {

using testing::Eq;
using testing::Optional;

constexpr char kUscc[] = "91512081MA62K0260E";

v1::Expert EmployedBy(const std::string& employer) {
  v1::Expert expert;
  expert.set_employer(employer);
  return expert;
}

struct Spelling {
  std::string employer;
  std::string applicant;
  bool is_same;
};

class Spellings : public testing::TestWithParam<Spelling> {};

TEST_P(Spellings, OfOneEnterpriseAreTheSame) {
  const Spelling& spelling = GetParam();
  const std::optional<Conflict> found =
      Ties(EmployedBy(spelling.employer)).With({kUscc, spelling.applicant, "units/1"});
  EXPECT_EQ(found.has_value(), spelling.is_same) << spelling.employer << " and " << spelling.applicant;
}

// The irregular ones are from published lists of the ministry.
INSTANTIATE_TEST_SUITE_P(
    OfPublishedLists, Spellings,
    testing::Values(Spelling{"宝山钢铁股份有限公司", "宝山钢铁股份有限公司", true},
                    Spelling{"日立电梯(成都)有限公司", "日立电梯 （ 成都 ） 有限公司", true},
                    Spelling{"日立电梯〔成都〕有限公司", "日立电梯（成都）有限公司", true},
                    Spelling{"日立电梯【成都】有限公司", "日立电梯[成都]有限公司", true},
                    Spelling{"北京ABB电气传动系统有限公司", "北京 ABB 电气传动系统有限公司", true},
                    Spelling{"北京ＡＢＢ电气传动系统有限公司", "北京abb电气传动系统有限公司", true},
                    Spelling{"日立电梯\u00A0(成都)\u3000有限公司", "日立电梯(成都)有限公司", true},
                    Spelling{"日立\u200B电梯(成都)有限公司\uFEFF", "日立电梯(成都)有限公司", true},
                    Spelling{"  宝山钢铁股份有限公司\n", "宝山钢铁股份有限公司", true},
                    Spelling{"施耐德（无锡）有限公司", "施耐德·(无锡)有限公司", false},
                    Spelling{"中国石化股份有限公司镇海炼化分公司", "中国石化股份有限公司", true},
                    Spelling{"中国石化股份有限公司镇海炼化分公司", "中国石化股份有限公司茂名分公司", true},
                    Spelling{"中国石化股份有限公司镇海分厂", "中国石化股份有限公司", true},
                    Spelling{"宝山钢铁股份有限公司", "宝山钢铁（湛江）股份有限公司", false},
                    Spelling{"江苏分公司", "浙江分公司", false},
                    Spelling{"日立电梯(成都)有限公司", "日立电梯(上海)有限公司", false}));

TEST(Conflict, NothingInCommonIsNone) {
  v1::Expert expert = EmployedBy("清华大学");
  expert.set_unit("units/320000");
  expert.add_conflict_usccs("91350203M0001QAY9B");
  EXPECT_EQ(Ties(expert).With({kUscc, "宝山钢铁股份有限公司", "units/310000"}), std::nullopt);
}

TEST(Conflict, NoTiesAreNotTiesToNobody) { EXPECT_EQ(Ties(v1::Expert()).With({"", "", ""}), std::nullopt); }

TEST(Conflict, EmployersCodeCountsWhateverTheNameSays) {
  v1::Expert expert = EmployedBy("上海宝钢");
  expert.set_employer_uscc("91512081ma62k0260e");
  EXPECT_THAT(Ties(expert).With({kUscc, "宝山钢铁股份有限公司", "units/310000"}), Optional(Eq(Conflict::kEmployer)));
}

TEST(Conflict, UnitThatRecommended) {
  v1::Expert expert = EmployedBy("清华大学");
  expert.set_unit("units/310000");
  EXPECT_THAT(Ties(expert).With({kUscc, "宝山钢铁股份有限公司", "units/310000"}), Optional(Eq(Conflict::kUnit)));
  EXPECT_EQ(Ties(expert).With({kUscc, "宝山钢铁股份有限公司", "units/3100"}), std::nullopt);
}

TEST(Conflict, Declared) {
  v1::Expert expert = EmployedBy("清华大学");
  expert.add_conflict_usccs("91350203M0001QAY9B");
  expert.add_conflict_usccs(" 91512081MA62K0260E ");
  EXPECT_THAT(Ties(expert).With({kUscc, "宝山钢铁股份有限公司", "units/310000"}), Optional(Eq(Conflict::kDeclared)));
}

}  // namespace
}  // namespace jiebang::review
