#include "common/programme/loader.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/programme/test_programme.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::programme {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// One way to break the small programme.
struct Break {
  std::string name;    // the claim, as a test's name
  std::string from;    // replaced, everywhere
  std::string to;      // by this
  std::string at;      // the reason points at the first place of this in the broken file
  std::string reason;  // and contains this
};

void PrintTo(const Break& broken, std::ostream* out) { *out << broken.name; }

std::string Apply(const Break& broken) {
  const std::string text = absl::StrReplaceAll(kTestProgramme, {{broken.from, broken.to}});
  EXPECT_NE(text, kTestProgramme) << "there is nothing to replace";
  return text;
}

// `small.textproto:line:column: ` of the first place of `at` in `text`.
std::string Position(const std::string& text, const std::string& at) {
  const size_t offset = text.find(at);
  EXPECT_NE(offset, std::string::npos) << at;
  const std::string before = text.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const size_t column = offset - (before.rfind('\n') + 1) + 1;
  return absl::StrCat("small.textproto:", line, ":", column, ": ");
}

absl::Status Load(const std::string& text) {
  return ParseProgrammes({{.path = "small.textproto", .text = text}}).status();
}

class BrokenFileTest : public testing::TestWithParam<Break> {};

TEST_P(BrokenFileTest, IsRefusedWhereItIsBroken) {
  const std::string text = Apply(GetParam());

  const absl::Status status = Load(text);

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(GetParam().reason)));
  const std::string message(status.message());
  const size_t reason = message.find(GetParam().reason);
  ASSERT_NE(reason, std::string::npos);
  const size_t line = message.rfind('\n', reason) + 1;  // npos + 1 is 0, the first line
  EXPECT_THAT(message.substr(line), StartsWith(Position(text, GetParam().at)));
}

// The parser points at the token after the one that it stumbled over.
const Break kGrammar[] = {
    {"UnknownField", "years_to_build: 2", "years_to_bild: 2", ": 2\n}\nform_sections",
     "has no field named \"years_to_bild\""},
    {"UnknownEnumValue", "STRENGTH_WARNING", "STRENGTH_WARN", "coverage {",
     "Unknown enumeration value of \"STRENGTH_WARN\""},
    {"NumberForText", "zh: \"小\"", "zh: 3", "3 en", "Expected string"},
    {"FieldGivenTwice", "year: 2023", "year: 2023 year: 2024", ": 2024", "specified multiple times"},
};

const Break kFields[] = {
    {"IdWithCapital", "\"level-2\"", "\"Level-2\"", "id: \"Level-2\"", "`Level-2` is not an id"},
    {"IdWithDoubleHyphen", "\"level-2\"", "\"level--2\"", "id: \"level--2\"", "`level--2` is not an id"},
    {"MissingId", "  id: \"level-2\"\n", "", "rules {", "`id` is missing"},
    {"RuleIdTwice", "\"honest\"", "\"coverage\"", "rules {\n  id: \"coverage\"\n  clause { ours", "used twice"},
    {"TrackIdTwice", "\"zone\"", "\"factory\"", "tracks {\n  id: \"factory\"\n  name { zh: \"先行区\"",
     "`factory` is used twice for a track"},
    {"ScenarioIdTwiceAcrossLinks", "\"milling\"", "\"drawing\"", "scenarios { id: \"drawing\" number: 2",
     "`drawing` is used twice for a scenario"},
    {"CriterionIdTwice", "\"novelty\"", "\"use\"", "criteria { id: \"use\" name { zh: \"用\"", "used twice"},
    {"MissingClause", "  clause { document: \"一号\" section: \"二\" }\n  text { zh: \"覆盖。\"",
     "  text { zh: \"覆盖。\"", "rules {\n  id: \"coverage\"", "`clause` is missing"},
    {"ClauseOfNothing", "clause { ours: true note: \"Nobody asked.\" }", "clause {}", "clause {}",
     "names its `document`"},
    {"ClauseWithoutSection", "clause { document: \"一号\" section: \"四\" }", "clause { document: \"一号\" }",
     "clause { document: \"一号\" }", "`document` and `section` of a clause go together"},
    {"ClauseOfUnknownNotice", "clause { document: \"一号\" section: \"四\" }",
     "clause { document: \"二号\" section: \"四\" }", "document: \"二号\"", "there is no notice `二号`"},
    {"OursWithoutNote", "ours: true note: \"Odd.\"", "ours: true", "clause { ours: true } size", "explains"},
    {"NoteWithoutOurs", "section: \"四\"", "section: \"四\" note: \"So.\"",
     "clause { document: \"一号\" section: \"四\"", "explains"},
    {"MissingChinese", "zh: \"覆盖。\" en", "en", "text { en: \"Coverage.\"", "`zh` is missing"},
    {"MissingEnglish", " en: \"Coverage.\"", "", "text { zh: \"覆盖。\" }", "`en` is missing"},
    {"MissingText", "  text { zh: \"覆盖。\" en: \"Coverage.\" }\n", "", "rules {\n  id: \"coverage\"",
     "`text` is missing"},
    {"MissingStrength", "  strength: STRENGTH_WARNING\n", "", "rules {\n  id: \"coverage\"", "`strength` is missing"},
    {"MissingKind", "  maturity { model: \"model\" least_level: 2 }\n", "", "rules {\n  id: \"level-2\"",
     "needs a kind"},
    {"MissingRouteDestination", "  by_place { unit_categories: \"province\" }\n", "", "routes {",
     "needs a destination"},
    {"NoSuchDay", "\"2023-08-31\"", "\"2023-08-32\"", "last_day: \"2023-08-32\"", "is not a day"},
    {"NoSuchTime", "\"17:00\"", "\"25:00\"", "last_time: \"25:00\"", "is not a time"},
    {"NoSuchIssueDay", "\"2023-07-28\"", "\"2023-07-28T00:00\"", "issued_on:", "is not a day"},
    {"IndustryCodeWithLetter", "codes: \"2671\"", "codes: \"C267\"", "codes: \"C267\"", "2 to 4 digits of GB/T 4754"},
    {"ShortPlaceCode", "place: \"610000\"", "place: \"61\"", "place: \"61\"", "6 digits of GB/T 2260"},
    {"UnknownTrack", "tracks: \"chain\"", "tracks: \"chian\"", "tracks: \"chian\"", "there is no track `chian`"},
    {"UnknownModel", "model: \"model\"", "model: \"modell\"", "model: \"modell\"", "there is no model `modell`"},
    {"UnknownArea", "areas: \"shop\"", "areas: \"shed\"", "areas: \"shed\"", "there is no link set `shed`"},
    {"UnknownLinkSet", "link_set: \"all-links\"", "link_set: \"no-links\"", "link_set: \"no-links\"",
     "there is no link set `no-links`"},
    {"UnknownLink", "links: \"making\"", "links: \"baking\"", "links: \"baking\"", "there is no link `baking`"},
    {"UnknownCategoryOfUnit", "category: \"province\" place", "category: \"provinz\" place", "category: \"provinz\"",
     "there is no unit category `provinz`"},
    {"UnknownUnit", "unit: \"610000\"", "unit: \"620000\"", "unit: \"620000\"", "there is no unit `620000`"},
    {"UnknownRubric", "rubric: \"sheet\"", "rubric: \"sheets\"", "rubric: \"sheets\"", "there is no rubric `sheets`"},
    {"UnknownFormField", "field: \"summary\"", "field: \"sumary\"", "field: \"sumary\"",
     "there is no form field `sumary`"},
    {"LevelOutOfRange", "least_level: 2", "least_level: 6", "least_level: 6", "`least_level` is 6, wanted 1 to 5"},
    {"NegativeLimit", "limit: 15", "limit: -1", "limit: -1", "`limit` is -1, wanted 0 or more"},
    {"WeightOutOfRange", "weight_percent: 60", "weight_percent: 160", "weight_percent: 160", "wanted 0 to 100"},
    {"NoColumns",
     "  columns { heading { zh: \"序号\" en: \"No.\" } known: COLUMN_CONTENT_SEQUENCE }\n"
     "  columns { heading { zh: \"概况\" en: \"Summary\" } field: \"summary\" }\n",
     "", "list_layouts {", "`columns` needs at least 1"},
    {"TextTooLong", "note: \"As usual.\"",
     absl::StrCat("quote_zh: \"", std::string(501, 'x'), "\" note: \"As usual.\""),
     "quote_zh:", "has 501 characters, at most 500"},
    {"NotUtf8", "en: \"Level 2 or above.\"", "en: \"Level \\377\"", "en: \"Level ", "is not UTF-8"},
};

const Break kRules[] = {
    {"TrackExtendsOneBelow", "  applicant_kind: APPLICANT_KIND_ENTERPRISE\n}\ntracks {\n  id: \"chain\"",
     "  applicant_kind: APPLICANT_KIND_ENTERPRISE\n  extends: \"chain\"\n}\ntracks {\n  id: \"chain\"",
     "extends: \"chain\"", "`chain` must stand above `factory`"},
    {"TrackExtendsOneThatIsDescribedOnly", "  applicant_kind: APPLICANT_KIND_REGION\n  described_only: true\n}",
     "  applicant_kind: APPLICANT_KIND_REGION\n  described_only: true\n}\n"
     "tracks {\n  id: \"big-zone\"\n  name { zh: \"大\" en: \"Big\" }\n  clause { document: \"一号\" section: \"一\" "
     "}\n"
     "  applicant_kind: APPLICANT_KIND_REGION\n  extends: \"zone\"\n}",
     "extends: \"zone\"", "`zone` takes no applications"},
    {"TrackExtendsOneThatExtends", "tracks {\n  id: \"zone\"",
     "tracks {\n  id: \"link\"\n  name { zh: \"链\" en: \"Link\" }\n  clause { document: \"一号\" section: \"一\" }\n"
     "  applicant_kind: APPLICANT_KIND_ENTERPRISE\n  extends: \"chain\"\n}\ntracks {\n  id: \"zone\"",
     "extends: \"chain\"", "`chain` extends a track itself"},
    {"LinkNumbersWithGap", "number: 2\n", "number: 3\n", "number: 3\n", "`number` is 3 after 1"},
    {"ScenarioNumberTwice", "number: 3 name { zh: \"焊\"", "number: 2 name { zh: \"焊\"", "number: 2 name { zh: \"焊\"",
     "`number` is 2 after 2"},
    {"LinkInTwoAreas", "  link_sets {", "  areas {", "links: [\"design\", \"making\"]", "is in `shop` already"},
    {"IndustryCodeTwice", "codes: \"2671\"", "codes: \"26\"", "codes: \"26\" }\n}", "stands in `chemicals` already"},
    {"DeclarationThatIsAnError", "STRENGTH_DECLARATION", "STRENGTH_ERROR", "strength: STRENGTH_ERROR\n  declaration",
     "a declaration has the strength"},
    {"MaturityOnTheApplicantsWord", "strength: STRENGTH_ERROR\n  maturity",
     "strength: STRENGTH_DECLARATION\n  maturity", "strength: STRENGTH_DECLARATION\n  maturity",
     "only `declaration` and `no_incident`"},
    {"ModelOfAnotherKind", "MODEL_KIND_MATURITY", "MODEL_KIND_INDICATORS", "model: \"model\"", "is no maturity model"},
    {"CoverageOfNothing",
     "coverage { least_links: 2 areas: \"shop\" link_set_minimums { link_set: \"all-links\" least: 1 } }",
     "coverage {}", "coverage {}", "asks for nothing"},
    {"MoreLinksThanThereAre", "least_links: 2", "least_links: 3", "least_links: 3", "has only 2 links"},
    {"MoreLinksThanTheSetHas", "link_set: \"all-links\" least: 1", "link_set: \"all-links\" least: 3", "least: 3",
     "`all-links` has only 2 links"},
    {"SetThatIsNoArea", "areas: \"shop\"", "areas: \"all-links\"", "areas: \"all-links\"", "`all-links` is no area"},
    {"MostBelowLeast", "declaration { statement { zh: \"真实。\" en: \"True.\" } }",
     "scenario_instances { least: 3 most: 2 }", "most: 2", "`most` is less than `least`"},
    {"MoreIndicatorsThanThereAre", "declaration { statement { zh: \"真实。\" en: \"True.\" } }",
     "indicators { list: \"kpi\" least_reported: 2 }", "least_reported: 2", "has only 1 indicators"},
    {"YearsBackwards", "declaration { statement { zh: \"真实。\" en: \"True.\" } }",
     "holds_title { any_of { title: \"task\" first_year: 2023 last_year: 2021 } }", "last_year: 2021",
     "`last_year` is before `first_year`"},
    {"UnknownTitle", "declaration { statement { zh: \"真实。\" en: \"True.\" } }",
     "holds_no_title { any_of { title: \"crown\" } }", "title: \"crown\"", "there is no title `crown`"},
    {"SectionTextThatAsksForNothing", "declaration { statement { zh: \"真实。\" en: \"True.\" } }",
     "section_text { fields: \"summary\" }", "section_text", "asks for nothing"},
};

const Break kRecommendation[] = {
    {"NoFilingDeadline", "act: ACT_FILE", "act: ACT_DELIVER_PAPER", "tracks {\n  id: \"factory\"",
     "no deadline for ACT_FILE"},
    {"NoRecommendingDeadline", "act: ACT_RECOMMEND", "act: ACT_DELIVER_PAPER", "tracks {\n  id: \"factory\"",
     "no deadline for ACT_RECOMMEND"},
    {"TwoDeadlinesForOneAct", "act: ACT_RECOMMEND", "act: ACT_FILE", "deadlines {\n  id: \"recommending\"",
     "a second deadline ACT_FILE"},
    {"RecommendingEndsBeforeFiling", "2023-09-15", "2023-08-30", "deadlines {\n  id: \"recommending\"", "ends before"},
    {"NoRouteForSome", "ROUTED_APPLICANTS_ALL", "ROUTED_APPLICANTS_CENTRAL", "tracks {\n  id: \"factory\"",
     "no route for other enterprises"},
    {"UnitWithoutPlace", " place: \"610000\"", "", "units {", "`place` is missing"},
    {"NoQuotaForARoutedCategory",
     "quotas {\n  id: \"quota\"\n  clause { document: \"一号\" section: \"三\" }\n  text { zh: \"15个。\" en: \"15.\" "
     "}\n"
     "  tracks: \"factory\"\n  unit_category: \"province\"\n  limit: 15\n}\n",
     "", "tracks {\n  id: \"factory\"", "no quota without a condition for the unit category `province`"},
    {"TwoQuotasForOneCategory", "  when { attribute: \"cumulative_provincial_projects\" more_than: 300 }\n", "",
     "quotas {\n  id: \"quota-over-300\"", "`quota` caps the same already"},
    {"TwoQuotasOnOneCondition", "  unit: \"610000\"\n",
     "  unit_category: \"province\"\n  when { attribute: \"cumulative_provincial_projects\" more_than: 300 }\n",
     "when { attribute: \"cumulative_provincial_projects\" more_than: 300 }\n  limit: 9", "has the same condition"},
    {"ConditionsOnTwoAttributes", "  unit: \"610000\"\n",
     "  unit_category: \"province\"\n  when { attribute: \"accepted_projects\" more_than: 3 }\n",
     "attribute: \"accepted_projects\"", "it would be open which one goes first"},
    {"QuotaOnAnExtendingTrack", "tracks: \"factory\"\n  unit: \"610000\"", "tracks: \"chain\"\n  unit: \"610000\"",
     "tracks: \"chain\"\n  unit", "counts on the quota of `factory`"},
    {"QuotaOnATrackThatIsDescribedOnly", "tracks: \"factory\"\n  unit: \"610000\"",
     "tracks: \"zone\"\n  unit: \"610000\"", "tracks: \"zone\"", "`zone` takes no applications"},
    {"AttributeWithHyphen", "cumulative_provincial_projects", "cumulative-projects",
     "attribute: \"cumulative-projects\"", "is not lower case letters"},
};

const Break kOutcome[] = {
    {"WeightsDoNotSumTo100", "weight_percent: 60", "weight_percent: 50", "rubrics {", "sum to 90 per cent, wanted 100"},
    {"CriterionWithoutWeight", "weight_percent: 60", "weight_percent: 0", "criteria { id: \"novelty\"",
     "must be a veto"},
    {"EvenPanel", "size: 3 quorum: 3", "size: 4 quorum: 3", "size: 4", "wanted an odd number"},
    {"QuorumAboveSize", "size: 3 quorum: 3", "size: 3 quorum: 4", "quorum: 4", "`quorum` is more than `size`"},
    {"TrimsAwayAQuorum", "size: 3 quorum: 3", "size: 3 quorum: 2", "quorum: 2", "trims as many scores as a quorum has"},
    {"TrimmedMeanThatTrimsNothing", " trimmed_each_end: 1", "", "aggregation {", "`trimmed_each_end` goes with"},
    {"MeanThatTrims", "METHOD_TRIMMED_MEAN", "METHOD_MEAN", "aggregation {", "`trimmed_each_end` goes with"},
    {"UnknownTieKey", "tie_keys { criterion: \"use\" }", "tie_keys { criterion: \"usage\" }", "criterion: \"usage\"",
     "no criterion `usage`"},
    {"PanelWithoutRubric", "  rubric: \"sheet\"\n", "", "stages {", "`rubric` and `panel` of a stage go together"},
    {"NobodyJudges", "  kind: STAGE_KIND_ONLINE_REVIEW", "  tracks: \"zone\"\n  kind: STAGE_KIND_ONLINE_REVIEW",
     "tracks {\n  id: \"factory\"", "no stage judges the track `factory`"},
    {"NoPublicity", "  days: 5", "  tracks: \"zone\"\n  days: 5", "tracks {\n  id: \"factory\"", "no publicity period"},
    {"TitleGrantedOnRevocation", "HONOUR_STATE_LISTED", "HONOUR_STATE_REVOKED",
     "granted_on:", "granted when listed or when"},
    {"TitleFollowsItself", "  years_to_build: 2", "  follows: \"task\"", "follows: \"task\"", "does not follow itself"},
};

// What the schema can say and nobody acts on.
const Break kNotSupported[] = {
    {"Share", "declaration { statement { zh: \"真实。\" en: \"True.\" } }",
     "share { mark: \"ai\" mark_name { zh: \"智能\" en: \"AI\" } least_percent: 20 }", "share {",
     "kind `share` is not supported by this version"},
    {"Attachments", "declaration { statement { zh: \"真实。\" en: \"True.\" } }",
     "attachments { kinds { id: \"video\" name { zh: \"视频\" en: \"Video\" } media_types: \"video/mp4\" most: 1 "
     "max_seconds: 480 } }",
     "attachments {", "kind `attachments` is not supported by this version"},
    {"Window", "unit_categories {\n",
     "windows {\n  id: \"always\"\n  clause { document: \"一号\" section: \"三\" }\n  text { zh: \"常\" en: \"Always\" "
     "}\n"
     "  act: ACT_REQUEST_ACCEPTANCE\n  always: true\n}\nunit_categories {\n",
     "windows {", "kind `window` is not supported by this version"},
    {"Grace", "last_time: \"17:00\"", "last_time: \"17:00\" grace_minutes: 30", "grace_minutes",
     "kind `grace after a deadline`"},
    {"Extension", "last_time: \"17:00\"",
     "extensions { clause { document: \"一号\" section: \"三\" } reason { zh: \"灾\" en: \"Flood\" } last_day: "
     "\"2023-09-20\" }",
     "extensions {", "kind `extension of a deadline`"},
    {"JointAudit", "quotas {\n  id: \"quota\"",
     "recommendation_levels {\n  id: \"level\"\n  clause { document: \"一号\" section: \"三\" }\n"
     "  text { zh: \"推荐\" en: \"Recommend\" }\n  unit_categories: \"province\"\n  joint_departments { zh: \"财政\" "
     "en: \"Finance\" }\n}\n"
     "quotas {\n  id: \"quota\"",
     "joint_departments", "kind `joint audit`"},
    {"Unlimited", "limit: 9", "unlimited: true", "unlimited: true", "kind `exempt from a quota`"},
    {"Uncounted", "limit: 9", "limit: 9 uncounted { title: \"task\" }", "uncounted {", "kind `uncounted applications`"},
    {"SubCap", "limit: 9", "limit: 9 sub_caps { applicants: ROUTED_APPLICANTS_CENTRAL limit: 2 }", "sub_caps {",
     "kind `sub-cap`"},
    {"SharedCap", "tracks: \"factory\"\n  unit: \"610000\"", "tracks: [\"factory\", \"zone\"]\n  unit: \"610000\"",
     "tracks: [", "kind `shared cap`"},
    {"Reserves", "stages {\n",
     "rankings {\n  clause { document: \"一号\" section: \"三\" }\n  text { zh: \"排\" en: \"Rank\" }\n  required: "
     "true\n  reserves: 2\n}\n"
     "stages {\n",
     "reserves: 2", "kind `reserves below the line`"},
    {"Standbys", "size: 3 quorum: 3", "size: 3 quorum: 3\n  standbys: 2", "standbys: 2", "kind `standbys`"},
    {"Reports", "titles {\n",
     "report_plans {\n  id: \"yearly\"\n  clause { document: \"一号\" section: \"四\" }\n  text { zh: \"报\" en: "
     "\"Report\" }\n"
     "  every_months: 12\n}\ntitles {\n",
     "report_plans {", "kind `progress reports`"},
    {"Acceptance", "titles {\n",
     "acceptances {\n  id: \"acceptance\"\n  clause { document: \"一号\" section: \"四\" }\n  text { zh: \"验\" en: "
     "\"Accept\" }\n"
     "  who { title: \"task\" }\n  grants: \"task\"\n}\ntitles {\n",
     "acceptances {", "kind `acceptance`"},
};

std::string NameOf(const testing::TestParamInfo<Break>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Grammar, BrokenFileTest, testing::ValuesIn(kGrammar), NameOf);
INSTANTIATE_TEST_SUITE_P(Fields, BrokenFileTest, testing::ValuesIn(kFields), NameOf);
INSTANTIATE_TEST_SUITE_P(Rules, BrokenFileTest, testing::ValuesIn(kRules), NameOf);
INSTANTIATE_TEST_SUITE_P(Recommendation, BrokenFileTest, testing::ValuesIn(kRecommendation), NameOf);
INSTANTIATE_TEST_SUITE_P(Outcome, BrokenFileTest, testing::ValuesIn(kOutcome), NameOf);
INSTANTIATE_TEST_SUITE_P(NotSupported, BrokenFileTest, testing::ValuesIn(kNotSupported), NameOf);

TEST(LoaderTest, TakesTheSmallProgramme) { EXPECT_THAT(Load(kTestProgramme), IsOk()); }

// Every check meets every other part missing.
TEST(LoaderTest, LosingAnyLineIsHarmlessOrRefusedWithAPlace) {
  const std::vector<std::string> lines = absl::StrSplit(kTestProgramme, '\n');
  for (size_t lost = 0; lost < lines.size(); ++lost) {
    std::vector<std::string> rest = lines;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(lost));
    const absl::Status status = Load(absl::StrJoin(rest, "\n"));
    EXPECT_THAT(status, AnyOf(IsOk(), StatusIs(absl::StatusCode::kInvalidArgument, StartsWith("small.textproto:"))))
        << "without " << lines[lost];
  }
}

TEST(LoaderTest, GivesEveryReasonOfEveryFile) {
  const std::string text = absl::StrReplaceAll(
      kTestProgramme, {{"least_level: 2", "least_level: 0"}, {"weight_percent: 60", "weight_percent: 61"}});

  const auto result = ParseProgrammes(
      {{.path = "a/small.textproto", .text = text}, {.path = "a/typo.textproto", .text = "yeer: 1\nlevl: 2\nyear: 3"}});

  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument,
                               AllOf(HasSubstr("`least_level` is 0"), HasSubstr("sum to 101 per cent"),
                                     HasSubstr("a/typo.textproto:1:5: "), HasSubstr("a/typo.textproto:2:5: "))));
}

TEST(LoaderTest, SaysWhereTheGrammarEndsInAFileThatIsCutShort) {
  EXPECT_THAT(Load("id: \"small\"\nname {"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("small.textproto:2:")));
}

TEST(LoaderTest, AnElementOfAListIsReportedAtItsList) {
  const std::string text =
      absl::StrReplaceAll(kTestProgramme, {{"links: [\"design\", \"making\"]", "links: [\"design\", \"baking\"]"}});
  EXPECT_THAT(Load(text),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(Position(text, "links: [\"design\""))));
}

TEST(LoaderTest, TheFileIsNamedAfterTheProgramme) {
  const auto result = ParseProgrammes({{.path = "large.textproto", .text = kTestProgramme}});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument,
                               HasSubstr("large.textproto:2:1: the id `small` is not the file's name `large`")));
}

TEST(LoaderTest, AProgrammeRunsOnlyUnderOneThatIsThere) {
  const std::string under = absl::StrCat(kTestProgramme, "under: \"plan\"\n");
  EXPECT_THAT(Load(under), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("there is no programme `plan`")));

  const std::string plan = absl::StrReplaceAll(kTestProgramme, {{"id: \"small\"", "id: \"plan\""}});
  EXPECT_THAT(ParseProgrammes({{.path = "small.textproto", .text = under}, {.path = "plan.textproto", .text = plan}}),
              IsOk());
}

TEST(LoaderTest, AProgrammeCanUseTheCatalogueOfAnother) {
  const std::string own = kTestProgramme;
  const size_t begin = own.find("catalogue {");
  const std::string borrowed = absl::StrReplaceAll(
      own.substr(0, begin) + "catalogue_of: \"owner\"\n" + own.substr(own.find("models {")), {{"一号", "二号"}});
  const std::string owner = absl::StrReplaceAll(own, {{"id: \"small\"", "id: \"owner\""}});

  ASSERT_OK_AND_ASSIGN(const Programmes programmes, ParseProgrammes({{.path = "small.textproto", .text = borrowed},
                                                                     {.path = "owner.textproto", .text = owner}}));
  EXPECT_EQ(programmes.Find("small")->LinkOfScenario("welding")->id(), "making");

  EXPECT_THAT(Load(borrowed),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no programme `owner` with a catalogue")));
}

TEST(LoaderTest, TakesWhatWindowsEditorsWrite) {
  const std::string text = absl::StrCat("\xEF\xBB\xBF", absl::StrReplaceAll(kTestProgramme, {{"\n", "\r\n"}}));
  EXPECT_THAT(Load(text), IsOk());
}

class DirectoryTest : public testing::Test {
 protected:
  void Write(const std::string& name, const std::string& text) const { std::ofstream(directory() / name) << text; }
  const std::filesystem::path& directory() const { return temporary_.path(); }

 private:
  const TemporaryDirectory temporary_;
};

TEST_F(DirectoryTest, ReadsEveryProgrammeFileAndNothingElse) {
  Write("small.textproto", kTestProgramme);
  Write("other.textproto", absl::StrReplaceAll(kTestProgramme, {{"id: \"small\"", "id: \"other\""}}));
  Write("README.md", "not a programme");

  ASSERT_OK_AND_ASSIGN(const Programmes programmes, LoadProgrammes(directory()));

  EXPECT_THAT(programmes.ids(), ElementsAre("other", "small"));
}

TEST_F(DirectoryTest, ReportsFilesInTheOrderOfTheirNames) {
  Write("b.textproto", "x");
  Write("a.textproto", "x");

  const absl::Status status = LoadProgrammes(directory()).status();

  ASSERT_THAT(status, Not(IsOk()));
  EXPECT_LT(status.message().find("a.textproto"), status.message().find("b.textproto"));
}

TEST_F(DirectoryTest, RefusesADirectoryWithoutProgrammes) {
  EXPECT_THAT(LoadProgrammes(directory()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(LoadProgrammes(directory() / "nowhere"), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace jiebang::programme
