#include "services/application/handler/exports.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/random/random.h"
#include "absl/strings/str_format.h"
#include "common/deterministic/deterministic.h"
#include "common/status/status_macros.h"
#include "services/application/domain/application_name.h"
#include "services/application/domain/errors.h"
#include "services/application/domain/export.h"
#include "services/application/handler/change.h"

namespace jiebang::application {
namespace {

// A running export is changed several times a second by the one who writes it.
constexpr int kMostCancelAttempts = 64;

std::string NewOperationId() { return absl::StrFormat("%016x", absl::Uniform<std::uint64_t>(absl::BitGen())); }

store::Event ExportWasBegun(const rpc::Call& call, const v1::KeptExport& kept) {
  const v1::ExportApplicationsRequest& request = kept.metadata().request();
  return call.Happened(
      "export.created", kept.name(),
      {{"parent", request.parent()}, {"format", v1::ExportApplicationsRequest::Format_Name(request.format())}});
}

}  // namespace

Exports::Exports(ExportRepository& repository, const programme::Programmes& programmes)
    : repository_(repository),
      programmes_(programmes),
      begin_policy_(v1::GetOperationRequest::descriptor()
                        ->file()
                        ->FindServiceByName("ExportService")
                        ->FindMethodByName("ExportApplications")
                        ->options()
                        .GetExtension(options::v1::policy)) {}

Task<absl::StatusOr<Exports::Operation>> Exports::Begin(const rpc::Call& call,
                                                        const v1::ExportApplicationsRequest& request) {
  CO_ASSIGN_OR_RETURN(const ApplicationParent parent, ApplicationParent::ParseWithWildcards(request.parent()));
  if (programmes_.Find(parent.programme) == nullptr) co_return ProgrammeNotFound(parent.programme);
  const std::string& subject = call.principal().subject();
  const std::string id = request.operation_id().empty() ? NewOperationId() : request.operation_id();
  const OperationName name = OperationName::Of(subject, id);
  const absl::StatusOr<VersionedExport> present = co_await repository_.Get(name);
  if (present.ok()) {
    const bool is_repetition = DeterministicBytes(present->kept.metadata().request()) == DeterministicBytes(request);
    if (!is_repetition) co_return ExportExists(name.ToString());
    co_return OperationOf(present->kept);
  }
  if (!absl::IsNotFound(present.status())) co_return present.status();
  CO_ASSIGN_OR_RETURN(const std::vector<VersionedExport> others,
                      co_await repository_.OfOwner(name.owner, kMostExports));
  if (others.size() == kMostExports) co_return TooManyExports(kMostExports);
  const v1::KeptExport kept = BeginExport(name, subject, request, call.now());
  const absl::Status saved = co_await repository_.Save(kept, 0, 0, "", ExportWasBegun(call, kept));
  if (!saved.ok()) co_return AsRefusal(saved, kept.name());
  co_return OperationOf(kept);
}

Task<absl::StatusOr<VersionedExport>> Exports::Own(const rpc::Call& call, std::string name) const {
  CO_ASSIGN_OR_RETURN(const OperationName parsed, OperationName::Parse(name));
  if (!parsed.IsOf(call.principal().subject())) co_return OperationNotFound(name);
  CO_ASSIGN_OR_RETURN(VersionedExport present, co_await repository_.Get(parsed));
  const bool may_ask =
      policy::AuthoriseResource(begin_policy_, call.principal(), present.kept.metadata().request()).ok();
  if (present.kept.owner() != call.principal().subject() || !may_ask) co_return OperationNotFound(name);
  co_return present;
}

Task<absl::StatusOr<Exports::Operation>> Exports::Get(const rpc::Call& call, const v1::GetOperationRequest& request) {
  CO_ASSIGN_OR_RETURN(const VersionedExport present, co_await Own(call, request.name()));
  co_return OperationOf(present.kept);
}

Task<absl::StatusOr<v1::ListOperationsResponse>> Exports::List(const rpc::Call& call,
                                                               const v1::ListOperationsRequest& /*request*/) {
  const OperationName any = OperationName::Of(call.principal().subject(), "");
  CO_ASSIGN_OR_RETURN(const std::vector<VersionedExport> own, co_await repository_.OfOwner(any.owner, kMostExports));
  v1::ListOperationsResponse response;
  for (const VersionedExport& present : own) {
    if (present.kept.owner() == call.principal().subject()) *response.add_operations() = OperationOf(present.kept);
  }
  co_return response;
}

Task<absl::StatusOr<Exports::Operation>> Exports::Cancel(const rpc::Call& call,
                                                         const v1::CancelOperationRequest& request) {
  for (int attempt = 1;; ++attempt) {
    CO_ASSIGN_OR_RETURN(const VersionedExport present, co_await Own(call, request.name()));
    if (present.kept.done()) co_return OperationOf(present.kept);
    const v1::KeptExport cancelled = EndExport(present.kept, ExportCancelled(), call.now());
    store::Event event = call.Happened("export.cancelled", request.name());
    const absl::Status saved = co_await repository_.Save(cancelled, present.version, 0, "", std::move(event));
    if (saved.ok()) co_return OperationOf(cancelled);
    if (!absl::IsAborted(saved) || attempt == kMostCancelAttempts) co_return AsRefusal(saved, request.name());
  }
}

Task<absl::StatusOr<v1::DeleteOperationResponse>> Exports::Delete(const rpc::Call& call,
                                                                  const v1::DeleteOperationRequest& request) {
  CO_ASSIGN_OR_RETURN(VersionedExport present, co_await Own(call, request.name()));
  if (!present.kept.done()) co_return OperationRunning(request.name());
  store::Event event = call.Happened("export.deleted", request.name());
  const absl::Status removed = co_await repository_.Remove(std::move(present), std::move(event));
  if (!removed.ok()) co_return AsRefusal(removed, request.name());
  co_return v1::DeleteOperationResponse();
}

Task<absl::Status> Exports::Download(const rpc::Call& call, const v1::DownloadExportRequest& request,
                                     rpc::Writer<v1::DownloadExportResponse> parts) {
  CO_ASSIGN_OR_RETURN(const VersionedExport present, co_await Own(call, request.name()));
  if (!present.kept.done() || present.kept.has_error()) co_return ExportNotReady(request.name());
  const std::int64_t size_bytes = present.kept.metadata().size_bytes();
  if (request.read_offset() > size_bytes) co_return OffsetBeyondEnd(request.read_offset(), size_bytes);
  CO_ASSIGN_OR_RETURN(const OperationName name, OperationName::Parse(request.name()));
  std::int64_t offset = request.read_offset();
  v1::DownloadExportResponse response;
  while (offset < size_bytes) {
    CO_ASSIGN_OR_RETURN(std::optional<FilePart> part, co_await repository_.Read(name, offset));
    if (!part.has_value()) co_return OperationNotFound(request.name());  // taken away meanwhile
    offset += static_cast<std::int64_t>(part->data.size());
    response.set_offset(part->offset);
    response.set_data(std::move(part->data));
    const bool taken = co_await parts.Write(response);
    if (!taken) co_return absl::OkStatus();
  }
  co_return absl::OkStatus();
}

void Exports::Register(rpc::ServiceMethods& methods) {
  methods.Add("ExportApplications", this, &Exports::Begin);
  methods.Add("GetOperation", this, &Exports::Get);
  methods.Add("ListOperations", this, &Exports::List);
  methods.Add("CancelOperation", this, &Exports::Cancel);
  methods.Add("DeleteOperation", this, &Exports::Delete);
  methods.AddStream("DownloadExport", this, &Exports::Download);
}

}  // namespace jiebang::application
