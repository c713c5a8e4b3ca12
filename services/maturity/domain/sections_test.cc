#include "services/maturity/domain/sections.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {
namespace {

const Act kFirst{.by = "platform-a", .at = absl::FromUnixSeconds(1'790'000'000)};
const Act kLater{.by = "platform-b", .at = absl::FromUnixSeconds(1'790'000'060)};

v1::Assessment SectionedDraft() {
  v1::Assessment asked;
  asked.set_manufacturing_type(v1::MANUFACTURING_TYPE_PROCESS);
  const AssessmentName name{.applicant = {.uscc = "91320000000000000X"}, .id = "a"};
  return *NewDraft(ShippedModel(), name, asked, nullptr, kFirst);
}

Answers OneAnswer(const std::string& item, v1::Degree degree = v1::DEGREE_FULLY) {
  Answers answers;
  *answers.Add() = AnswerTo(item, degree);
  return answers;
}

TEST(SectionsTest, ADraftHasOneForEachSubdomainThatCounts) {
  const v1::Assessment draft = SectionedDraft();

  EXPECT_EQ(draft.sections_size(), 18);
  EXPECT_EQ(draft.sections(0).subdomain(), "strategy");
  EXPECT_EQ(draft.sections(0).item_count(), 6);
  EXPECT_EQ(FindSection(draft, "product-design"), nullptr) << "of the other type";
}

TEST(SectionsTest, TwoPeopleSaveTwoSubdomainsWithoutMeetingEachOther) {
  const v1::Assessment draft = SectionedDraft();
  const std::string data_etag = FindSection(draft, "data")->etag();
  const std::string sales_etag = FindSection(draft, "sales")->etag();

  ASSERT_OK_AND_ASSIGN(const v1::Assessment first,
                       WithSection(ShippedModel(), draft, "data", data_etag, OneAnswer("data-1-a"), kFirst));
  ASSERT_OK_AND_ASSIGN(const v1::Assessment second,
                       WithSection(ShippedModel(), first, "sales", sales_etag, OneAnswer("sales-1-a"), kLater));

  EXPECT_EQ(second.answers_size(), 2);
  EXPECT_EQ(FindSection(second, "data")->updated_by(), "platform-a");
  EXPECT_EQ(FindSection(second, "sales")->updated_by(), "platform-b");
  EXPECT_EQ(FindSection(second, "sales")->answered_count(), 1);
  EXPECT_NE(FindSection(second, "sales")->etag(), sales_etag);
  EXPECT_EQ(second.result().answered_count(), 2);
}

TEST(SectionsTest, TheSecondToSaveOneSubdomainIsToldSo) {
  const v1::Assessment draft = SectionedDraft();
  const std::string etag = FindSection(draft, "data")->etag();
  ASSERT_OK_AND_ASSIGN(const v1::Assessment saved,
                       WithSection(ShippedModel(), draft, "data", etag, OneAnswer("data-1-a"), kFirst));

  EXPECT_THAT(WithSection(ShippedModel(), saved, "data", etag, OneAnswer("data-1-a", v1::DEGREE_NOT), kLater),
              IsRefusal(absl::StatusCode::kAborted, "ETAG_MISMATCH"));
}

// The whole draft changed the section too, so who saves the section by its old version is told.
TEST(SectionsTest, AnswersSavedWithTheWholeDraftChangeTheirSection) {
  const v1::Assessment draft = SectionedDraft();
  v1::Assessment change;
  *change.mutable_answers() = OneAnswer("data-1-a");

  ASSERT_OK_AND_ASSIGN(const v1::Assessment changed, Changed(ShippedModel(), draft, change, {}, kLater));

  EXPECT_NE(FindSection(changed, "data")->etag(), FindSection(draft, "data")->etag());
  EXPECT_EQ(FindSection(changed, "sales")->etag(), FindSection(draft, "sales")->etag());
}

TEST(SectionsTest, ItemsOfAnotherSubdomainAreRefused) {
  const auto saved = WithSection(ShippedModel(), SectionedDraft(), "data", "", OneAnswer("sales-1-a"), kFirst);

  EXPECT_THAT(saved, IsRefusal(absl::StatusCode::kInvalidArgument, "ANSWERS_INVALID"));
  EXPECT_THAT(saved, HasViolation("answers[0].item", "is not an item of data"));
}

TEST(SectionsTest, WhatDoesNotCountHasNone) {
  for (const char* const subdomain : {"product-design", "moon"}) {
    EXPECT_THAT(WithSection(ShippedModel(), SectionedDraft(), subdomain, "", {}, kFirst),
                IsRefusal(absl::StatusCode::kNotFound, "SECTION_NOT_FOUND"));
  }
}

TEST(SectionsTest, OneThatComesBackDoesNotBeginWhereItWas) {
  v1::Assessment draft = *WithSection(ShippedModel(), SectionedDraft(), "sales", "", OneAnswer("sales-1-a"), kFirst);
  const std::string etag = FindSection(draft, "sales")->etag();
  v1::Assessment change;
  *change.mutable_tailored_subdomains() = Without({"sales"});
  google::protobuf::FieldMask mask;
  mask.add_paths("tailored_subdomains");
  draft = *Changed(ShippedModel(), draft, change, mask, kFirst);
  EXPECT_EQ(FindSection(draft, "sales"), nullptr);

  draft = *Changed(ShippedModel(), draft, v1::Assessment(), mask, kLater);

  ASSERT_NE(FindSection(draft, "sales"), nullptr);
  EXPECT_NE(FindSection(draft, "sales")->etag(), etag);
  EXPECT_EQ(FindSection(draft, "sales")->answered_count(), 1) << "its answers were kept";
}

}  // namespace
}  // namespace jiebang::maturity
