#include "services/maturity/domain/model_loader.h"

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "services/maturity/domain/model_checks.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Good() { return OneSubdomainModel("m", {1, 1, 1, 1, 1}); }

absl::Status StatusOf(const std::string& text) {
  return ParseModels({{.path = "models/m.textproto", .text = text}}).status();
}

TEST(ModelLoaderTest, ReadsTheModelThatIsShipped) {
  const std::shared_ptr<const MaturityModel> model = ShippedModel();

  ASSERT_NE(model, nullptr);
  EXPECT_EQ(model->leaves().size(), 20);
  std::vector<int> items(kLevels, 0);
  for (const Leaf& leaf : model->leaves()) {
    for (int level = 1; level <= kLevels; ++level) items[level - 1] += static_cast<int>(leaf.ItemsAt(level).size());
  }
  EXPECT_THAT(items, ElementsAre(38, 51, 56, 45, 24));
  EXPECT_EQ(model->proto().satisfied_permille(), 800);
  EXPECT_EQ(model->proto().empty_cell_rule(), v1::Model::EMPTY_CELL_RULE_INHERIT);
  EXPECT_EQ(model->proto().total_rule(), v1::Model::TOTAL_RULE_STOP_AT_FIRST_UNSATISFIED);
}

TEST(ModelLoaderTest, ASecondVersionStandsBesideTheFirst) {
  EXPECT_THAT(ShippedModels().names(), ElementsAre("models/gbt39116-2020", "models/quick-check-2026"));
  EXPECT_LT(ShippedModels().Find("models/quick-check-2026")->items().size(), 50);
}

TEST(ModelLoaderTest, TakesAGoodFile) { EXPECT_THAT(StatusOf(Good()), IsOk()); }

struct Fault {
  std::string name;
  std::string from, to;  // what is replaced in the good file
  std::string reason;
};

class FaultyModel : public testing::TestWithParam<Fault> {};

TEST_P(FaultyModel, IsRefusedWithFileAndReason) {
  const std::string text = absl::StrReplaceAll(Good(), {{GetParam().from, GetParam().to}});
  ASSERT_NE(text, Good());

  EXPECT_THAT(StatusOf(text), StatusIs(absl::StatusCode::kInvalidArgument,
                                       AllOf(HasSubstr("models/m.textproto"), HasSubstr(GetParam().reason))));
}

INSTANTIATE_TEST_SUITE_P(
    , FaultyModel,
    testing::Values(Fault{"Grammar", "satisfied_permille", "satisfied_percent", "satisfied_percent"},
                    Fault{"OtherName", "models/m", "models/n", "is not models/ and the file's name"},
                    Fault{"MalformedName", "models/m", "m", "models/{model}"},
                    Fault{"WeightsOfDiscrete", "discrete: 100", "discrete: 99", "discrete sum to 99"},
                    Fault{"WeightsOfProcess", "process: 100", "process: 101", "process sum to 101"},
                    Fault{"MalformedId", "\"e\"", "\"E 1\"", "1 to 63 of a-z0-9-"},
                    Fault{"LevelTooHigh", "level: 5", "level: 6", "level 6 is not 1 to 5"},
                    Fault{"LevelTooLow", "level: 1", "level: 0", "level 0 is not 1 to 5"},
                    Fault{"ItemOfAnotherLevel", "only-2-a", "only-3-b", "the id is not only-2-{letter}"},
                    Fault{"ItemTwice", "only-2-a\" level: 2", "only-1-a\" level: 1", "twice"},
                    Fault{"NoItemAtLevel1", "only-1-a\" level: 1", "only-2-b\" level: 2", "no item at level 1"},
                    Fault{"NoItemAtALevel", "only-5-a\" level: 5", "only-4-b\" level: 4", "level 5"},
                    Fault{"NothingMandatory", "mandatory: true", "", "no mandatory domain"},
                    Fault{"Threshold", "satisfied_permille: 800", "satisfied_permille: 1001", "satisfied_permille"},
                    Fault{"NoRuleForEmptyCells", "empty_cell_rule: EMPTY_CELL_RULE_INHERIT", "", "empty_cell_rule"},
                    Fault{"NoRuleForTotals", "total_rule: TOTAL_RULE_STOP_AT_FIRST_UNSATISFIED", "", "total_rule"},
                    Fault{"NoRuleForTailoring", "tailoring_rule: TAILORING_RULE_WITHIN_LAYER", "", "tailoring_rule"},
                    Fault{"DegreeMissing", "degree: DEGREE_MOSTLY", "degree: DEGREE_PARTLY", "every degree once"},
                    Fault{"ScaleFalls", "tenths: 8", "tenths: 4", "does not ascend"},
                    Fault{"ScaleShort", "tenths: 10", "tenths: 9", "from 0 to 10"},
                    Fault{"CellForgotten", "only-3-a\" level: 3", "only-2-b\" level: 2", "does not name: 3"},
                    Fault{"CellNotEmpty", "id: \"only\"", "id: \"only\" empty_levels: 3", "names: 3"},
                    Fault{"LevelsOutOfOrder", "only-3-a\" level: 3", "only-1-b\" level: 1", "do not ascend by level"},
                    Fault{"NoEvidence", "evidence_en: \"proof\"", "", "example of evidence"},
                    Fault{"TextInOneLanguage", "text_en: \"text\"", "", "Chinese or in English"},
                    Fault{"TitleInOneLanguage", "title_zh: \"名\"", "", "Chinese or in English"}),
    [](const auto& info) { return info.param.name; });

TEST(ModelLoaderTest, RefusesAnIdThatIsThereTwice) {
  const std::string twice =
      absl::StrReplaceAll(Good(), {{"subdomains {",
                                    "subdomains { id: \"only\" title_zh: \"名\" title_en: \"name\" weights {} "
                                    "empty_levels: [1, 2, 3, 4, 5] } subdomains {"}});

  EXPECT_THAT(StatusOf(twice),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("`only`: the id is there twice")));
}

// A domain of three subdomains, the last of which has items at level 1 alone.
void AddDomain(v1::Element& element, int weight, bool mandatory, int first_two) {
  v1::Domain& domain = *element.add_domains();
  domain.set_id(absl::StrCat("d-", element.domains_size()));
  domain.set_title_zh("名");
  domain.set_title_en("name");
  domain.mutable_weights()->set_discrete(weight);
  domain.mutable_weights()->set_process(weight);
  domain.set_mandatory(mandatory);
  for (const int share : {first_two - 1, 1, 100 - first_two}) {
    v1::Subdomain& subdomain = *domain.add_subdomains();
    subdomain.set_id(absl::StrCat(domain.id(), "-", domain.subdomains_size()));
    subdomain.set_title_zh("名");
    subdomain.set_title_en("name");
    subdomain.mutable_weights()->set_discrete(share);
    subdomain.mutable_weights()->set_process(share);
    for (int level = 1; level <= (domain.subdomains_size() == 3 ? 1 : kLevels); ++level) {
      v1::Item& item = *subdomain.add_items();
      item.set_id(absl::StrCat(subdomain.id(), "-", level, "-a"));
      item.set_level(level);
      item.set_text_zh("文");
      item.set_text_en("text");
      item.set_evidence_zh("据");
      item.set_evidence_en("proof");
    }
    for (int level = 2; domain.subdomains_size() == 3 && level <= kLevels; ++level) subdomain.add_empty_levels(level);
  }
}

v1::Model WithoutDomains(v1::Model::EmptyCellRule rule) {
  v1::Model model;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(Good(), &model));
  model.set_empty_cell_rule(rule);
  model.mutable_elements(0)->clear_domains();
  return model;
}

// Where a level lacks subdomains, each of these domains divides by another prime: exact scores would need more than 63
// bits, so the model is refused before any request comes.
TEST(ModelLoaderTest, RefusesAModelWhoseScoresCannotBeExact) {
  v1::Model model = WithoutDomains(v1::Model::EMPTY_CELL_RULE_RENORMALISE);
  for (const int prime : {97, 89, 83, 79, 73, 71, 67, 61, 59, 53}) {
    AddDomain(*model.mutable_elements(0), 10, true, prime);
  }

  EXPECT_THAT(CheckModel(model), ElementsAre());
  EXPECT_THAT(CheckDenominators(MaturityModel(model)), ElementsAre(HasSubstr("too long")));

  model.set_empty_cell_rule(v1::Model::EMPTY_CELL_RULE_INHERIT);
  EXPECT_THAT(CheckDenominators(MaturityModel(model)), ElementsAre());
}

TEST(ModelLoaderTest, RefusesMoreCasesOfTailoringThanCanBeLookedAt) {
  v1::Model model = WithoutDomains(v1::Model::EMPTY_CELL_RULE_INHERIT);
  AddDomain(*model.mutable_elements(0), 50, true, 50);
  for (int i = 0; i < 5; ++i) AddDomain(*model.mutable_elements(0), 10, false, 50);

  EXPECT_THAT(CheckModel(model), ElementsAre());
  EXPECT_THAT(CheckDenominators(MaturityModel(model)), ElementsAre(HasSubstr("15 subdomains can be tailored out")));
}

TEST(ModelLoaderTest, NamesTheFaultsOfEveryFile) {
  const absl::Status status = ParseModels({{.path = "a.textproto", .text = "nonsense"},
                                           {.path = "b.textproto", .text = OneSubdomainModel("c", {1, 1, 1, 1, 1})}})
                                  .status();

  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("a.textproto"), HasSubstr("b.textproto"))));
}

TEST(ModelLoaderTest, ReadsADirectory) {
  const TemporaryDirectory directory;
  for (const std::string id : {"one", "two"}) {
    std::ofstream(directory.path() / (id + ".textproto")) << OneSubdomainModel(id, {1, 1, 1, 1, 1});
  }
  std::ofstream(directory.path() / "readme.md") << "no model";

  ASSERT_OK_AND_ASSIGN(const ModelCatalogue models, LoadModels(directory.path()));

  EXPECT_THAT(models.names(), ElementsAre("models/one", "models/two"));
  EXPECT_THAT(LoadModels(directory.path() / "none"), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace jiebang::maturity
