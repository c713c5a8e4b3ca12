// The load: one asynchronous client that keeps a number of calls in flight for a time and says how many were answered
// and how fast, as one line of JSON. The same program drives the suite and the yardsticks, with requests of the same
// size.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_format.h"
#include "common/process/process.h"
#include "common/rpc/channel.h"
#include "common/rpc/metadata.h"
#include "common/uscc/uscc.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "jiebang/application/v1/application_service.pb.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

struct Flags {
  std::string target;
  std::string call = "bare";
  int in_flight = 64;
  double seconds = 2;
  double warm_up_seconds = 0.5;
  std::string secret;
  std::string token;
  int first = 0;
};

// A USCC with a right check character for each number; its organisation code is right too.
std::string Uscc(int number) {
  std::string code = absl::StrFormat("91110000%08d", number);
  code.push_back(OrganisationCheckCharacter(std::string_view(code).substr(8, 8)));
  code.push_back(UsccCheckCharacter(code));
  return code;
}

struct Work {
  std::string method;
  std::string request;
};

Work NextWork(const Flags& flags, int number) {
  namespace pb = application::v1;
  if (flags.call == "read") {
    pb::GetApplicantRequest request;
    request.set_name("applicants/" + Uscc(flags.first));
    return {"/jiebang.application.v1.ApplicationService/GetApplicant", request.SerializeAsString()};
  }
  pb::CreateApplicantRequest request;
  pb::Applicant& applicant = *request.mutable_applicant();
  applicant.set_name("applicants/" + Uscc(flags.first + number));
  applicant.set_display_name("示例企业（演练）有限公司");
  applicant.set_legal_form(pb::Applicant::LEGAL_FORM_LEGAL_PERSON);
  applicant.set_region_code("320500");
  applicant.set_industry_code("3831");
  applicant.set_contact_name("示例");
  applicant.set_contact_phone("000-00000000");
  request.set_request_id(absl::StrFormat("bench-%d", flags.first + number));
  return {
      flags.call == "write" ? "/jiebang.application.v1.ApplicationService/CreateApplicant" : "/jiebang.bench.Bare/Call",
      request.SerializeAsString()};
}

struct Call {
  grpc::ClientContext context;
  grpc::ByteBuffer response;
  grpc::Status status;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  absl::Time begun;
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("the load of the bench");
  Flags flags;
  app.add_option("--target", flags.target)->required();
  app.add_option("--call", flags.call, "bare, read or write")->check(CLI::IsMember({"bare", "read", "write"}));
  app.add_option("--in-flight", flags.in_flight);
  app.add_option("--seconds", flags.seconds);
  app.add_option("--warm-up", flags.warm_up_seconds);
  app.add_option("--secret", flags.secret, "calls as the gateway would, straight to a service");
  app.add_option("--token", flags.token, "calls with a bearer token");
  app.add_option("--first", flags.first, "number of the first applicant");
  CLI11_PARSE(app, argc, argv);

  std::string sealed;
  if (!flags.secret.empty()) {
    const absl::StatusOr<Secrets> secrets = Secrets::FromFile(flags.secret);
    if (!secrets.ok()) return Fail("load", secrets.status());
    identity::v1::Principal principal;
    principal.set_subject("bench");
    principal.add_roles(options::v1::ROLE_MINISTRY);
    principal.set_expire_seconds(absl::ToUnixSeconds(absl::Now() + absl::Hours(24)));
    sealed = secrets->seal.Seal(principal);
  }
  grpc::GenericStub stub(rpc::ChannelTo(flags.target));
  grpc::CompletionQueue queue;
  int begun = 0;
  const auto begin = [&] {
    auto* const call = new Call;
    const Work work = NextWork(flags, begun++);
    if (!sealed.empty()) call->context.AddMetadata(rpc::kPrincipalMetadata, sealed);
    if (!flags.token.empty()) call->context.AddMetadata(rpc::kAuthorizationMetadata, "Bearer " + flags.token);
    grpc::Slice slice(work.request);
    const grpc::ByteBuffer bytes(&slice, 1);
    call->begun = absl::Now();
    call->reader = stub.PrepareUnaryCall(&call->context, work.method, bytes, &queue);
    call->reader->StartCall();
    call->reader->Finish(&call->response, &call->status, call);
  };
  const absl::Time start = absl::Now();
  const absl::Time measured_from = start + absl::Seconds(flags.warm_up_seconds);
  const absl::Time end = measured_from + absl::Seconds(flags.seconds);
  std::vector<double> microseconds;
  int errors = 0;
  std::string first_error;
  for (int i = 0; i < flags.in_flight; ++i) begin();
  for (int running = flags.in_flight; running > 0;) {
    void* tag = nullptr;
    bool ok = false;
    if (!queue.Next(&tag, &ok)) break;
    const std::unique_ptr<Call> call(static_cast<Call*>(tag));
    const absl::Time now = absl::Now();
    if (!call->status.ok()) {
      ++errors;
      if (first_error.empty()) first_error = call->status.error_message();
    } else if (now >= measured_from && now < end) {
      microseconds.push_back(absl::ToDoubleMicroseconds(now - call->begun));
    }
    if (now < end) {
      begin();
    } else {
      --running;
    }
  }
  std::sort(microseconds.begin(), microseconds.end());
  const auto at = [&](double share) {
    return microseconds.empty() ? 0.0 : microseconds[static_cast<std::size_t>(share * (microseconds.size() - 1))];
  };
  std::printf(
      "{\"calls\": %zu, \"per_second\": %.0f, \"p50_us\": %.0f, \"p99_us\": %.0f, \"errors\": %d, \"begun\": %d}\n",
      microseconds.size(), microseconds.size() / flags.seconds, at(0.5), at(0.99), errors, begun);
  if (errors > 0) std::fprintf(stderr, "load: %d errors, the first: %s\n", errors, first_error.c_str());
  return errors == 0 ? 0 : 1;
}
