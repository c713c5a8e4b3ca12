// The maturity service over the embedded store, as its callers meet it: through every check, without a network.
#ifndef JIEBANG_SERVICES_MATURITY_TESTING_SUITE_H_
#define JIEBANG_SERVICES_MATURITY_TESTING_SUITE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/clock/clock.h"
#include "common/testing/method_caller.h"
#include "common/testing/temporary_directory.h"
#include "common/token/principal_seal.h"
#include "gmock/gmock.h"
#include "jiebang/maturity/v1/maturity_service.pb.h"
#include "jiebang/maturity/v1/object_service.pb.h"
#include "services/maturity/service.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {

inline constexpr char kMine[] = "91512081MA62K0260E";
inline constexpr char kOther[] = "91320000134755689A";
inline constexpr char kModel[] = "models/gbt39116-2020";

// Credentials of a role; of an applicant or an expert with what it is.
identity::v1::Principal Holding(options::v1::Role role, const std::string& id = "");

std::string NameOf(const std::string& assessment, const std::string& uscc = kMine);
std::string ObjectOf(const std::string& object, const std::string& uscc = kMine);

// Answers that reach exactly this level: mostly up to it, not above.
Answers UpTo(int level);

// Has registered `plant` of kMine.
class MaturitySuite : public testing::Test {
 protected:
  MaturitySuite();
  ~MaturitySuite() override;

  template <class Response>
  absl::StatusOr<Response> Ask(const std::string& method, const identity::v1::Principal& principal,
                               const google::protobuf::Message& request) {
    return CallerOf(request).Ask<Response>(method, principal, request);
  }

  // Registers an object of the applicant.
  absl::StatusOr<v1::AssessmentObject> Register(const std::string& uscc, const std::string& object,
                                                const std::string& industry = "3831");

  // A draft of the applicant's object with these answers under the national model for discrete manufacturing.
  absl::StatusOr<v1::Assessment> Draft(const std::string& uscc, const std::string& id, const Answers& answers,
                                       const std::string& object = "plant");

  // The same, submitted.
  absl::StatusOr<v1::Assessment> File(const std::string& uscc, const std::string& id, const Answers& answers,
                                      const std::string& object = "plant");

  // Waits until peer groups and sites of groups have followed everything that happened so far.
  void Settle();

  const identity::v1::Principal kApplicant = Holding(options::v1::ROLE_APPLICANT, kMine);
  const identity::v1::Principal kStranger = Holding(options::v1::ROLE_APPLICANT, kOther);
  const identity::v1::Principal kMinistry = Holding(options::v1::ROLE_MINISTRY);
  const identity::v1::Principal kService = Holding(options::v1::ROLE_SERVICE);

  FixedClock clock_{absl::FromUnixSeconds(1'790'000'000)};

  // The caller of the contract that a request belongs to.
  MethodCaller& CallerOf(const google::protobuf::Message& request);
  MethodCaller& Caller(const std::string& contract) { return *callers_.at(contract); }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_;
  programme::Programmes programmes_;
  ReferenceLines references_;
  PageTokens page_tokens_{std::string(32, 'p')};
  token::PrincipalSeal seal_;
  Service service_;
  std::map<std::string, std::unique_ptr<MethodCaller>> callers_;  // by the contract's full name
  ThreadExecutor tasks_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_TESTING_SUITE_H_
