#include "common/policy/policy.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/testing/error_matchers.h"
#include "common/testing/proto_source.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace jiebang::policy {
namespace {

constexpr char kUscc[] = "91512081MA62K0260E";

template <class T>
T Parsed(const std::string& text) {
  T proto;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &proto)) << text;
  return proto;
}

Principal Caller(const std::string& text) { return Parsed<Principal>(text); }
MethodPolicy Policy(const std::string& text) { return Parsed<MethodPolicy>(text); }

Principal Applicant() { return Caller(absl::StrCat("subject: 'a' roles: ROLE_APPLICANT uscc: '", kUscc, "'")); }
Principal Unit() { return Caller("subject: 'u' roles: ROLE_UNIT unit: '320000'"); }
Principal Expert() { return Caller("subject: 'e' roles: ROLE_EXPERT expert: 'expert-12'"); }

const ProtoSource& Contract() {
  static const auto* const contract = new ProtoSource(R"(
    message Draft { string name = 1; }
    message Request { string name = 1; Draft draft = 2; repeated string names = 3; })");
  return *contract;
}

std::unique_ptr<google::protobuf::Message> Request(const std::string& name) {
  return Contract().New("Request", absl::StrCat("name: '", name, "'"));
}

auto IsNotOwner() { return IsRefusal(absl::StatusCode::kPermissionDenied, "NOT_OWNER"); }
auto IsNotAllowed() { return IsRefusal(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"); }

TEST(AuthoriseMethod, AsksNobodyForItsCredentials) {
  EXPECT_THAT(AuthoriseMethod(Policy("roles: ROLE_UNIT"), Principal()),
              IsRefusal(absl::StatusCode::kUnauthenticated, "CREDENTIALS_MISSING"));
  EXPECT_THAT(AuthoriseMethod(Policy("roles: ROLE_UNIT"), Caller("subject: 'x' unit: '320000'")),
              IsRefusal(absl::StatusCode::kUnauthenticated, "CREDENTIALS_MISSING"));
}

TEST(AuthoriseMethod, WantsOneRoleOfThePolicy) {
  const MethodPolicy policy = Policy("roles: [ROLE_UNIT, ROLE_MINISTRY]");
  EXPECT_THAT(AuthoriseMethod(policy, Unit()), IsOk());
  EXPECT_THAT(AuthoriseMethod(policy, Caller("roles: [ROLE_AUDITOR, ROLE_MINISTRY]")), IsOk());
  EXPECT_THAT(AuthoriseMethod(policy, Applicant()), IsNotAllowed());
  EXPECT_THAT(AuthoriseMethod(policy, Caller("roles: ROLE_SERVICE")), IsNotAllowed());
  EXPECT_THAT(AuthoriseMethod(policy, Applicant()),
              StatusIs(absl::StatusCode::kPermissionDenied, testing::HasSubstr("unit, ministry")));
}

TEST(AuthoriseMethod, LetsEverybodyCallWhatIsPublic) {
  EXPECT_THAT(AuthoriseMethod(Policy("roles: [ROLE_MINISTRY, ROLE_PUBLIC]"), Principal()), IsOk());
  EXPECT_THAT(AuthoriseMethod(Policy("roles: ROLE_PUBLIC"), Unit()), IsOk());
}

TEST(AuthoriseMethod, TakesNobodysWordForBeingThePublic) {
  EXPECT_THAT(AuthoriseMethod(Policy("roles: ROLE_UNIT"), Caller("roles: ROLE_PUBLIC")), IsNotAllowed());
}

TEST(AuthoriseMethod, AllowsNobodyWhatNamesNoRole) {
  EXPECT_THAT(AuthoriseMethod(MethodPolicy(), Caller("roles: ROLE_UNSPECIFIED")), IsNotAllowed());
  EXPECT_THAT(AuthoriseMethod(MethodPolicy(), Caller("roles: ROLE_MINISTRY")), IsNotAllowed());
}

TEST(AuthoriseResource, WantsEveryResourceToBeTheOwners) {
  const MethodPolicy policy = Policy("roles: [ROLE_APPLICANT, ROLE_UNIT, ROLE_MINISTRY] resource: 'names'");
  const auto request = [](const std::string& names) { return Contract().New("Request", names); };
  const auto own = request("names: 'units/320000/lists/a' names: 'units/320000/lists/b'");
  const auto foreign = request("names: 'units/320000/lists/a' names: 'units/330000/lists/b'");
  EXPECT_THAT(AuthoriseResource(policy, Unit(), *own), IsOk());
  EXPECT_THAT(AuthoriseResource(policy, Unit(), *foreign), IsNotOwner());
  EXPECT_THAT(AuthoriseResource(policy, Unit(), *request("name: 'units/320000'")), IsNotOwner());
  EXPECT_THAT(AuthoriseResource(policy, Caller("roles: ROLE_MINISTRY"), *foreign), IsOk());
}

TEST(AuthoriseResource, LetsOwnersActOnWhatIsTheirs) {
  const MethodPolicy policy = Policy("roles: [ROLE_APPLICANT, ROLE_UNIT, ROLE_EXPERT] resource: 'name'");
  EXPECT_THAT(AuthoriseResource(policy, Applicant(), *Request(absl::StrCat("applicants/", kUscc))), IsOk());
  EXPECT_THAT(AuthoriseResource(policy, Unit(), *Request("programmes/p/units/320000/tracks/t/quota")), IsOk());
  EXPECT_THAT(AuthoriseResource(policy, Expert(), *Request("programmes/p/experts/expert-12/assignments/3")), IsOk());
  EXPECT_THAT(AuthoriseResource(policy, Unit(), *Request("programmes/p/units/330000")), IsNotOwner());
  EXPECT_THAT(AuthoriseResource(policy, Unit(), *Request("")), IsNotOwner());
}

TEST(AuthoriseResource, LetsTheMinistryActOnEverything) {
  const MethodPolicy policy = Policy("roles: [ROLE_UNIT, ROLE_MINISTRY, ROLE_SERVICE] resource: 'name'");
  EXPECT_THAT(AuthoriseResource(policy, Caller("roles: ROLE_MINISTRY"), *Request("units/330000")), IsOk());
  EXPECT_THAT(AuthoriseResource(policy, Caller("roles: ROLE_SERVICE"), *Request("programmes/p/units/-")), IsOk());
}

TEST(AuthoriseResource, WantsOneRoleThatMayCallAndOwns) {
  const MethodPolicy units_only = Policy("roles: ROLE_UNIT resource: 'name'");
  const Principal both = Caller("roles: [ROLE_MINISTRY, ROLE_UNIT] unit: '320000'");
  EXPECT_THAT(AuthoriseResource(units_only, both, *Request("units/320000")), IsOk());
  EXPECT_THAT(AuthoriseResource(units_only, both, *Request("units/330000")), IsNotOwner())
      << "the ministry owns it but may not call, the unit may call but does not own it";
  EXPECT_THAT(AuthoriseResource(units_only, Caller("roles: ROLE_MINISTRY"), *Request("units/330000")), IsNotAllowed());
}

TEST(AuthoriseResource, GoesByTheIdOfTheRoleAndNoOther) {
  const MethodPolicy policy = Policy("roles: [ROLE_APPLICANT, ROLE_UNIT] resource: 'name'");
  const Principal unit_with_uscc = Caller(absl::StrCat("roles: ROLE_UNIT uscc: '", kUscc, "'"));
  EXPECT_THAT(AuthoriseResource(policy, unit_with_uscc, *Request(absl::StrCat("applicants/", kUscc))), IsNotOwner());
}

TEST(AuthoriseResource, AsksForNoOwnerWhereNothingIsOwned) {
  EXPECT_THAT(AuthoriseResource(Policy("roles: ROLE_UNIT resource_free: true"), Unit(), *Request("units/330000")),
              IsOk());
  EXPECT_THAT(AuthoriseResource(Policy("roles: ROLE_PUBLIC resource: 'name'"), Principal(), *Request("units/330000")),
              IsOk());
  EXPECT_THAT(AuthoriseResource(Policy("roles: ROLE_UNIT resource_free: true"), Applicant(), *Request("")),
              IsNotAllowed());
  EXPECT_THAT(AuthoriseResource(Policy("roles: ROLE_UNIT resource_free: true"), Principal(), *Request("")),
              IsRefusal(absl::StatusCode::kUnauthenticated, "CREDENTIALS_MISSING"));
}

struct Attempt {
  Principal caller;
  std::string resource;
};
void PrintTo(const Attempt& attempt, std::ostream* out) {
  *out << attempt.caller.ShortDebugString() << " on " << attempt.resource;
}

class Attack : public testing::TestWithParam<Attempt> {};

TEST_P(Attack, Fails) {
  const MethodPolicy policy = Policy("roles: [ROLE_APPLICANT, ROLE_UNIT, ROLE_EXPERT] resource: 'name'");
  EXPECT_FALSE(Owns(GetParam().caller, GetParam().resource));
  EXPECT_THAT(AuthoriseResource(policy, GetParam().caller, *Request(GetParam().resource)), IsNotOwner());
}

INSTANTIATE_TEST_SUITE_P(
    Wildcards, Attack,
    testing::Values(Attempt{Unit(), "programmes/p/units/-"}, Attempt{Unit(), "programmes/p/units/*"},
                    Attempt{Caller("roles: ROLE_UNIT unit: '-'"), "programmes/p/units/-"},
                    Attempt{Caller("roles: ROLE_APPLICANT uscc: '-'"), "units/320000/applicants/-"},
                    Attempt{Caller("roles: ROLE_UNIT unit: '..'"), "units/.."}));

INSTANTIATE_TEST_SUITE_P(NamesWithinNames, Attack,
                         testing::Values(Attempt{Unit(), "programmes/units/lists/320000"},
                                         Attempt{Unit(), "programmes/units/320000/units/330000"},
                                         Attempt{Unit(), "units/330000/units/320000"},
                                         Attempt{Unit(), "units/320000/units/330000"}, Attempt{Unit(), "units/units"},
                                         Attempt{Unit(), "x/units/320000"}, Attempt{Unit(), "myunits/320000"},
                                         Attempt{Caller("roles: ROLE_UNIT unit: '330000/units/320000'"),
                                                 "units/330000/units/320000"},
                                         Attempt{Unit(), "applicants/320000"}));

INSTANTIATE_TEST_SUITE_P(OtherSpellings, Attack,
                         testing::Values(Attempt{Unit(), "Units/320000"},
                                         Attempt{Applicant(), "applicants/91512081ma62k0260e"},
                                         Attempt{Unit(), "units/320000 "}, Attempt{Unit(), "units/3200001"},
                                         Attempt{Unit(), "units/32000"}, Attempt{Unit(), "units/%3320000"},
                                         Attempt{Unit(), "units"}, Attempt{Unit(), "units/320000:submit"}));

INSTANTIATE_TEST_SUITE_P(EmptySegments, Attack,
                         testing::Values(Attempt{Unit(), ""}, Attempt{Unit(), "/"}, Attempt{Unit(), "units/320000/"},
                                         Attempt{Unit(), "/units/320000"}, Attempt{Unit(), "programmes//units/320000"},
                                         Attempt{Unit(), "units/320000//x"},
                                         Attempt{Caller("roles: ROLE_APPLICANT"), "applicants/"},
                                         Attempt{Caller("roles: ROLE_APPLICANT"), "applicants"},
                                         Attempt{Caller("roles: ROLE_APPLICANT"), ""},
                                         Attempt{Caller("roles: ROLE_APPLICANT"), "applicants//revisions/x"},
                                         Attempt{Caller("roles: ROLE_UNIT"), "units/"},
                                         Attempt{Caller("roles: ROLE_EXPERT"), "experts/"}));

TEST(Owns, GivesOwnersWhatStandsBelowTheirName) {
  EXPECT_TRUE(Owns(Unit(), "units/320000"));
  EXPECT_TRUE(Owns(Unit(), "programmes/units/units/320000/applicants/x/applications/y/revisions/1"));
  EXPECT_FALSE(Owns(Principal(), "units/320000"));
  EXPECT_FALSE(Owns(Caller("roles: ROLE_PUBLIC unit: '320000'"), "units/320000"));
  for (const char* role : {"ROLE_MINISTRY", "ROLE_OPERATOR", "ROLE_AUDITOR", "ROLE_SERVICE"}) {
    EXPECT_TRUE(Owns(Caller(absl::StrCat("roles: ", role)), "units/330000")) << role;
  }
}

TEST(Owns, KnowsNoRoleOfTheFuture) {
  Principal principal;
  principal.add_roles(static_cast<options::v1::Role>(99));
  EXPECT_FALSE(Owns(principal, "units/320000"));
}

TEST(ResourceOf, FollowsThePath) {
  const auto request = Contract().New("Request", "name: 'n' draft { name: 'd' } names: 'x'");
  EXPECT_EQ(ResourceOf(Policy("resource: 'name'"), *request), "n");
  EXPECT_EQ(ResourceOf(Policy("resource: 'draft.name'"), *request), "d");
  EXPECT_EQ(ResourceOf(Policy("resource: 'draft.name'"), *Request("n")), "") << "unset";
  EXPECT_EQ(ResourceOf(Policy("resource: 'names'"), *request), "x");
  EXPECT_EQ(ResourceOf(MethodPolicy(), *request), "");
  for (const char* path : {"draft", "draft.x", "name.x", "x", "."}) {
    EXPECT_EQ(ResourceOf(Policy(absl::StrCat("resource: '", path, "'")), *request), "") << path;
  }
}

TEST(HasRole, LooksThroughAllOfThem) {
  const Principal principal = Caller("roles: [ROLE_UNIT, ROLE_MINISTRY]");
  EXPECT_TRUE(HasRole(principal, options::v1::ROLE_MINISTRY));
  EXPECT_FALSE(HasRole(principal, options::v1::ROLE_EXPERT));
  EXPECT_FALSE(HasRole(Principal(), options::v1::ROLE_UNSPECIFIED));
}

}  // namespace
}  // namespace jiebang::policy
