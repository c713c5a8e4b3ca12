#include "tests/storm/traffic.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/errors/error.h"
#include "common/errors/error_details.h"
#include "common/rpc/metadata.h"
#include "common/rpc/status_conversion.h"
#include "google/rpc/error_details.pb.h"
#include "grpcpp/grpcpp.h"
#include "jiebang/application/v1/application_service.pb.h"

namespace jiebang::storm {
namespace {

namespace pb = application::v1;

constexpr absl::Duration kPatience = absl::Seconds(10);

const char* PathOf(Kind kind) {
  switch (kind) {
    case Kind::kRead:
      return "/jiebang.application.v1.ApplicationService/GetApplication";
    case Kind::kDraft:
      return "/jiebang.application.v1.ApplicationService/UpdateApplication";
    case Kind::kSubmission:
      return "/jiebang.application.v1.ApplicationService/SubmitApplication";
    case Kind::kRegistration:
      return "/jiebang.application.v1.ApplicationService/CreateApplicant";
    case Kind::kCreation:
      return "/jiebang.application.v1.ApplicationService/CreateApplication";
  }
  return "";
}

std::shared_ptr<grpc::Channel> Connection(const std::string& target, int number) {
  grpc::ChannelArguments arguments;
  // Channels with the same arguments would share a connection.
  arguments.SetInt("jiebang.storm.connection", number);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace

const char* ToString(Kind kind) {
  constexpr std::array<const char*, kKinds> kNames = {"reads", "drafts", "submissions", "registrations", "creations"};
  return kNames[static_cast<std::size_t>(kind)];
}

struct Traffic::Call {
  Kind kind;
  int enterprise;
  absl::Time begun;
  grpc::ClientContext context;
  grpc::ByteBuffer response;
  grpc::Status status;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
};

Traffic::Traffic(const std::string& target, int connections, const World& world,
                 const std::vector<Enterprise>& enterprises)
    : world_(world), enterprises_(enterprises) {
  for (int i = 0; i < connections; ++i) stubs_.push_back(std::make_unique<grpc::GenericStub>(Connection(target, i)));
}

Traffic::~Traffic() {
  while (under_way_ > 0) TakeEnded(absl::InfiniteFuture(), [](Kind, int, Fate) {});
  queue_.Shutdown();
}

std::string Traffic::RequestOf(Kind kind, const Enterprise& enterprise) const {
  switch (kind) {
    case Kind::kRead: {
      pb::GetApplicationRequest request;
      request.set_name(enterprise.application);
      return request.SerializeAsString();
    }
    case Kind::kDraft: {
      pb::UpdateApplicationRequest request;
      request.mutable_application()->set_name(enterprise.application);
      request.mutable_application()->set_title("演练：改过的题目");
      request.mutable_update_mask()->add_paths("title");
      return request.SerializeAsString();
    }
    case Kind::kSubmission: {
      pb::SubmitApplicationRequest request;
      request.set_name(enterprise.application);
      request.set_request_id(absl::StrCat("storm-", enterprise.uscc));
      return request.SerializeAsString();
    }
    case Kind::kRegistration: {
      pb::CreateApplicantRequest request;
      pb::Applicant& applicant = *request.mutable_applicant();
      applicant.set_name(absl::StrCat("applicants/", enterprise.uscc));
      applicant.set_display_name("示例企业（演练）有限公司");
      applicant.set_legal_form(pb::Applicant::LEGAL_FORM_LEGAL_PERSON);
      applicant.set_region_code(world_.unit);
      applicant.set_industry_code("3831");
      request.set_request_id("storm-register");
      return request.SerializeAsString();
    }
    case Kind::kCreation: {
      pb::CreateApplicationRequest request;
      const std::size_t end = enterprise.application.rfind("/applications/");
      request.set_parent(enterprise.application.substr(0, end));
      request.set_application_id("storm");
      *request.mutable_application() = world_.content;
      request.set_request_id("storm-create");
      return request.SerializeAsString();
    }
  }
  return "";
}

void Traffic::Begin(Kind kind, int enterprise) {
  auto* const call = new Call{.kind = kind, .enterprise = enterprise, .begun = absl::Now()};
  const Enterprise& caller = enterprises_[enterprise];
  call->context.set_deadline(absl::ToChronoTime(call->begun + kPatience));
  call->context.AddMetadata(rpc::kAuthorizationMetadata, caller.authorization);
  const grpc::Slice slice(RequestOf(kind, caller));
  const grpc::ByteBuffer bytes(&slice, 1);
  next_stub_ = (next_stub_ + 1) % stubs_.size();
  call->reader = stubs_[next_stub_]->PrepareUnaryCall(&call->context, PathOf(kind), bytes, &queue_);
  call->reader->StartCall();
  call->reader->Finish(&call->response, &call->status, call);
  ++tallies_[static_cast<std::size_t>(kind)].begun;
  ++under_way_;
}

void Traffic::TakeEnded(absl::Time until, Ended ended) {
  while (under_way_ > 0) {
    void* tag = nullptr;
    bool ok = false;
    if (queue_.AsyncNext(&tag, &ok, absl::ToChronoTime(until)) != grpc::CompletionQueue::GOT_EVENT) return;
    const std::unique_ptr<Call> call(static_cast<Call*>(tag));
    const absl::Time now = absl::Now();
    --under_way_;
    ended(call->kind, call->enterprise, TakeIn(*call, now));
    until = std::min(until, now);
  }
}

Fate Traffic::TakeIn(const Call& call, absl::Time now) {
  Tally& tally = tallies_[static_cast<std::size_t>(call.kind)];
  if (call.status.ok()) {
    ++tally.accepted;
    tally.milliseconds.push_back(static_cast<float>(absl::ToDoubleMilliseconds(now - call.begun)));
    return Fate::kAccepted;
  }
  const absl::Status status = rpc::FromGrpc(call.status);
  const auto details = DetailsOf(status);
  const bool is_for_load =
      absl::IsUnavailable(status) || absl::IsResourceExhausted(status) || absl::IsDeadlineExceeded(status);
  if (is_for_load && details && DetailOf<google::rpc::RetryInfo>(*details)) {
    ++tally.refused;
    ++tally.refusals[ReasonOf(status)];
    return Fate::kRefusedWithHint;
  }
  ++tally.neither[status.ToString().substr(0, 120)];
  return Fate::kNeither;
}

std::array<Tally, kKinds> Traffic::TakeTallies() { return std::exchange(tallies_, {}); }

}  // namespace jiebang::storm
