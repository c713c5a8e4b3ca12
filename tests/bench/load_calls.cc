#include <memory>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "jiebang/application/v1/application_service.pb.h"
#include "jiebang/maturity/v1/insight_service.pb.h"
#include "tests/bench/invented_uscc.h"
#include "tests/bench/load.h"

namespace jiebang::bench {
namespace {

struct Work {
  std::string method;
  std::string request;
};

Work Benchmark(const LoadFlags& flags) {
  maturity::v1::GetBenchmarkRequest request;
  request.set_name(flags.name);
  for (const int dimension : flags.dimensions) {
    request.add_dimensions(static_cast<maturity::v1::PeerDimension>(dimension));
  }
  return {"/jiebang.maturity.v1.InsightService/GetBenchmark", request.SerializeAsString()};
}

Work NextWork(const LoadFlags& flags, int number) {
  namespace pb = application::v1;
  if (flags.call == "benchmark") return Benchmark(flags);
  if (flags.call == "read") {
    pb::GetApplicantRequest request;
    request.set_name("applicants/" + InventedUscc(flags.first));
    return {"/jiebang.application.v1.ApplicationService/GetApplicant", request.SerializeAsString()};
  }
  pb::CreateApplicantRequest request;
  pb::Applicant& applicant = *request.mutable_applicant();
  applicant.set_name("applicants/" + InventedUscc(flags.first + number));
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

Measured LoadCalls(const LoadFlags& flags, const Credentials& credentials) {
  grpc::GenericStub stub(rpc::ChannelTo(flags.target));
  grpc::CompletionQueue queue;
  Measured measured;
  const auto begin = [&] {
    auto* const call = new Call;
    const Work work = NextWork(flags, measured.begun++);
    credentials.AddTo(call->context);
    grpc::Slice slice(work.request);
    const grpc::ByteBuffer bytes(&slice, 1);
    call->begun = absl::Now();
    call->reader = stub.PrepareUnaryCall(&call->context, work.method, bytes, &queue);
    call->reader->StartCall();
    call->reader->Finish(&call->response, &call->status, call);
  };
  const Span span(flags);
  for (int i = 0; i < flags.in_flight; ++i) begin();
  for (int running = flags.in_flight; running > 0;) {
    void* tag = nullptr;
    bool ok = false;
    if (!queue.Next(&tag, &ok)) break;
    const std::unique_ptr<Call> call(static_cast<Call*>(tag));
    const absl::Time now = absl::Now();
    if (call->status.ok()) {
      measured.Answered(span, call->begun, now);
      measured.answer_bytes = call->response.Length();
    } else {
      measured.Failed(call->status.error_message());
    }
    if (now < span.end) {
      begin();
    } else {
      --running;
    }
  }
  return measured;
}

}  // namespace jiebang::bench
